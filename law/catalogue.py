"""The measures of each legal order: names, articles, how intrusive.

`catalogue("uz")["travel_ban"]` is the measure; the order is that of the register contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from law.errors import UnknownMeasureError, UnknownRulesError
from registers.texts import Texts

LEGAL_ORDER_IDS: tuple[str, ...] = ("uz", "philadelphia", "pawnshop")

Touches = Literal[
    "account",
    "income",
    "vehicle",
    "real_estate",
    "receivable",
    "movable",
    "pledge",
    "register",
    "person",
    "none",
]


@dataclass(frozen=True)
class Measure:
    """A measure of the law.

    `intrusiveness` runs from 1 (lightest) to 10 (heaviest); `touches` is the kind of asset that
    the measure takes, holds or draws on ("register": it asks or writes a register, "person": it
    binds the debtor, "none": it takes and binds nothing).
    """

    id: str
    names: Texts
    articles: tuple[str, ...]
    intrusiveness: int
    needs_senior: bool = False
    touches: Touches = "none"

    @property
    def main_article(self) -> str:
        """The article that a lawful verdict cites."""
        return self.articles[0]


@cache
def catalogue(legal_order_id: str = "uz") -> Mapping[str, Measure]:
    """All measures of a legal order by id, in catalogue order; raises UnknownRulesError.

    >>> list(catalogue("philadelphia"))[:2]
    ['no_letter', 'reminder']
    """
    from law.pawnshop.catalogue import MEASURES as PAWNSHOP
    from law.philadelphia.catalogue import MEASURES as PHILADELPHIA
    from law.uz.catalogue import MEASURES as UZ

    known = {"uz": UZ, "philadelphia": PHILADELPHIA, "pawnshop": PAWNSHOP}
    measures = known.get(legal_order_id)
    if measures is None:
        raise UnknownRulesError(legal_order_id, LEGAL_ORDER_IDS)
    return MappingProxyType({measure.id: measure for measure in measures})


def find_measure(measure: str, legal_order_id: str = "uz") -> Measure:
    """The measure with this id; raises UnknownMeasureError with the nearest valid one."""
    known = catalogue(legal_order_id)
    if measure not in known:
        raise UnknownMeasureError(measure, legal_order_id, known)
    return known[measure]
