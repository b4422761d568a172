"""Facts that cannot both be true: then nobody can tell, and the contradiction is named.

Each entry is a code with what stands against what; `contradiction()` gives the first that holds.
Names in four languages are in law/code_names.yaml under `contradiction`.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from law.parameters import parameter
from law.uz.kinds import is_criminal_fine

_status = pl.col("debtor_status")
_is_simplified = pl.col("procedure") == "simplified"
_is_entity = pl.col("debtor_kind") == "legal_entity"

# Art. 43¹: kinds of claim that come into the simplified procedure only up to five base units.
NOT_LISTED: tuple[str, ...] = (
    "bank_credit",
    "contract",
    "damage_health",
    "damage_property",
    "damage_state",
)
_ceiling_at_opening = parameter("bhm", day="opened_on") * parameter(
    "simplified_ceiling_bhm", day="opened_on"
)

CONTRADICTIONS: Mapping[str, pl.Expr] = MappingProxyType(
    {
        # A wage for a month that began after the death; a late report of an earlier month is none.
        "deceased_with_wage": (_status == "deceased")
        & (pl.col("last_wage_on") > pl.col("debtor_status_on")),
        "liquidated_with_revenue": (_status == "liquidated")
        & (pl.col("last_revenue_on") > pl.col("debtor_status_on")),
        "entity_with_wage": _is_entity & pl.col("last_wage_on").is_not_null(),
        # Family law lays alimony on persons.
        "alimony_of_entity": _is_entity & (pl.col("claim_kind") == "alimony"),
        # Art. 23, 27: the document is issued, presented and opened in this order; the voluntary
        # term and the service follow the opening.
        "presented_before_issue": pl.col("presented_on") < pl.col("document_on"),
        "opened_before_presentation": pl.col("opened_on") < pl.col("presented_on"),
        "term_over_before_opening": pl.col("voluntary_until") < pl.col("opened_on"),
        "served_before_opening": pl.col("served_on") < pl.col("opened_on"),
        # Art. 43¹: the simplified procedure is for natural persons, and not for criminal fines or
        # documents that are executed at once.
        "simplified_for_entity": _is_simplified & _is_entity,
        "simplified_criminal_fine": _is_simplified
        & (is_criminal_fine() | pl.col("claim_kind").is_in(["alimony", "wages"])),
        # Fines, taxes, court costs, utilities and dues may be of any size, everything else not.
        "simplified_above_ceiling": _is_simplified
        & pl.col("claim_kind").is_in(NOT_LISTED)
        & (pl.col("claim_som") > _ceiling_at_opening),
    }
)


def contradiction() -> pl.Expr:
    """The code of the first contradiction among the facts; null where they agree."""
    return pl.coalesce(
        *(pl.when(holds).then(pl.lit(code)) for code, holds in CONTRADICTIONS.items())
    )
