"""Facts that no register of the contract holds and that a person of the case can state.

A rule that needs one answers "cannot tell" and names it with who knows it. Once it is stated
(`chora lawful … --fact claimant_funds_search=yes`, `facts` in POST /actions/check) the rule is
asked again; the verdict shows that it rests on a statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from law.errors import UnknownFactError, UnusableFactError

_YES = ("yes", "true", "1")
_NO = ("no", "false", "0")

ORDERED_ACTS: tuple[str, ...] = (
    "eviction",
    "item_handover",
    "reinstatement",
    "moving_in",
    "demolition",
    "land_handover",
    "child_handover",
    "other_act",
)

PLEDGED_THINGS: tuple[str, ...] = ("vehicle", "real_estate", "other_thing", "none")


@dataclass(frozen=True)
class StatedFact:
    """A fact that can be stated: its type, the values it may take, the article that needs it."""

    name: str
    dtype: pl.DataType
    article: str
    values: tuple[str, ...] = ()

    def read(self, text: str) -> bool | int | str:
        """The value that a text states; raises UnusableFactError with the forms it takes."""
        word = text.strip().lower()
        if self.dtype == pl.Boolean and word in (*_YES, *_NO):
            return word in _YES
        if self.dtype == pl.Int64 and word.replace("_", "").isdigit():
            return int(word.replace("_", ""))
        if self.dtype == pl.String and word in self.values:
            return word
        raise UnusableFactError(self.name, text, self.forms)

    @property
    def forms(self) -> str:
        """How a value of this fact is written."""
        if self.dtype == pl.Boolean:
            return "yes or no"
        return "an amount in whole som" if self.dtype == pl.Int64 else ", ".join(self.values)


def _fact(name: str, dtype: pl.DataType, article: str, *values: str) -> StatedFact:
    return StatedFact(name, dtype, article, values)


STATED: Mapping[str, StatedFact] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            # The court restored a missed term (Art. 29).
            _fact("term_restored", pl.Boolean(), "29"),
            # The ground of the claim is one that survives the debtor's bankruptcy (Art. 62).
            _fact("claim_survives_bankruptcy", pl.Boolean(), "62"),
            # The officer decided not to suspend for treatment in hospital (Art. 35).
            _fact("suspension_refused", pl.Boolean(), "35"),
            # The claimant asks for mediation (Art. 34, 36).
            _fact("claimant_asks_mediation", pl.Boolean(), "36"),
            # The writ was issued on a court act (Art. 42¹).
            _fact("rests_on_court_act", pl.Boolean(), "42¹"),
            # Which thing is pledged for this very claim; none: nothing, or not any more (Art. 51).
            _fact("pledge_of_this_claim", pl.String(), "51", *PLEDGED_THINGS),
            # The family keeps a dwelling when the other real estate is sold (Art. 52).
            _fact("family_keeps_a_home", pl.Boolean(), "52"),
            # What the pledge that secures alimony is worth (Art. 42¹).
            _fact("pledge_value_som", pl.Int64(), "42¹"),
            # What is overdue of alimony or other periodic payments (Art. 66(3); 47(11)).
            _fact("alimony_arrears_som", pl.Int64(), "66(3)"),
            # The document awards wages of no more than three months (Art. 30(2)).
            _fact("wages_within_three_months", pl.Boolean(), "30(2)"),
            # Apartment owners' dues or videoconference costs: not levied from accounts (Art. 43²).
            _fact("barred_from_accounts", pl.Boolean(), "43²"),
            # A court decided that the benefit may be levied (Art. 68).
            _fact("benefit_may_be_levied", pl.Boolean(), "68"),
            # What third parties owe the debtor by a reconciliation act or other papers (Art. 48⁵).
            _fact("proved_receivable_som", pl.Int64(), "48⁵"),
            # The claimant agrees to a search and has advanced its cost (Art. 42).
            _fact("claimant_funds_search", pl.Boolean(), "42"),
            # The debtor could pay and does not, without valid reason (Art. 71; Adm. Code, 198¹).
            _fact("refuses_without_reason", pl.Boolean(), "71"),
            # What the document orders, where it awards no money (Art. 57, 71-74).
            _fact("ordered_act", pl.String(), "71", *ORDERED_ACTS),
        )
    }
)


def stated_columns(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with every statable fact as a column: null where nobody stated it."""
    missing = [name for name in STATED if name not in facts.columns]
    return facts.with_columns(pl.lit(None, dtype=STATED[n].dtype).alias(n) for n in missing)


def read_statements(statements: Mapping[str, str]) -> dict[str, bool | int | str]:
    """Statements as typed, by the name of the fact; raises UnknownFactError, UnusableFactError.

    >>> read_statements({"claimant_funds_search": "yes", "pledge_value_som": "5_000_000"})
    {'claimant_funds_search': True, 'pledge_value_som': 5000000}
    """
    for name in statements:
        if name not in STATED:
            raise UnknownFactError(name, STATED)
    return {name: STATED[name].read(text) for name, text in statements.items()}


def with_statements(
    facts: pl.DataFrame, statements: Mapping[str, bool | int | str]
) -> pl.DataFrame:
    """The facts with what was stated about every row; `read_statements` checks the values."""
    return facts.with_columns(
        pl.lit(value, dtype=STATED[name].dtype).alias(name) for name, value in statements.items()
    )
