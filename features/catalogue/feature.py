"""What the program knows about one feature: name, words for it, unit and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from features.errors import FeatureDefinitionError
from registers.texts import Texts

Family = Literal[
    "claim",
    "solvency",
    "assets",
    "history",
    "social",
    "behaviour",
    "means",
    "ratios",
    "pair",
    "audit",
]
Theme = Literal[
    "income", "assets", "payment_behaviour", "earlier_measures", "protection", "claim", "audit"
]
Kind = Literal["number", "category", "flag"]
Unit = Literal["som", "days", "months", "years", "share", "count", "yes/no", "kind"]
Higher = Literal["eases", "hinders", "either"]
Rows = Literal["all", "this_case", "other_cases"]


@dataclass(frozen=True)
class Feature:
    """One column of the feature frame and everything a reader may ask about it.

    Attributes:
        name: Column name; endings tell the unit (`_som`, `_days`, `n_`, `is_`, `has_`).
        family: The module that computes it.
        theme: The heading under which its contributions are summed in an explanation.
        kind: number (Float64), flag (Float64 0/1) or category (String).
        unit: som = whole units of the legal order's amount unit; share = 0..1 unless said.
        sources: Register columns `table.column`; the first is the principal one, whose rows
            date the fact in an explanation (`observed_on_<stamp>`, `known_on_<stamp>`).
        rows: Which rows of the principal table it is made of: all that concern the debtor, those
            of this case, or those of the debtor's other cases.
        label: Short noun phrase in four languages that fits inside a sentence.
        meaning: One English sentence: window, what is counted, when it is null.
        higher: What a higher value usually means for recovery; "either" where it depends.
        n_decimals: Decimals to show to a person.
        values: Words for each value of a category, in four languages.

    Raises:
        FeatureDefinitionError: Kind and unit contradict each other, or a source is no column.

    >>> from features.catalogue import feature
    >>> feature("account_balance_som").tables
    ('accounts',)
    >>> feature("claim_kind").word("alimony").en
    'alimony'
    >>> feature("claim_kind").word(None).en  # the register does not say
    'unknown'
    """

    name: str
    family: Family
    theme: Theme
    kind: Kind
    unit: Unit
    sources: tuple[str, ...]
    label: Texts
    meaning: str
    higher: Higher = "either"
    n_decimals: int = 0
    rows: Rows = "all"
    values: Mapping[str, Texts] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        expected = {"category": {"kind"}, "flag": {"yes/no"}}.get(self.kind)
        if expected is not None and self.unit not in expected:
            raise FeatureDefinitionError(self.name, f"a {self.kind} cannot have unit {self.unit}")
        if not self.sources or any(s.count(".") != 1 for s in self.sources):
            raise FeatureDefinitionError(self.name, "each source must read table.column")

    @property
    def tables(self) -> tuple[str, ...]:
        """Source tables, principal one first, each once."""
        return tuple(dict.fromkeys(source.split(".")[0] for source in self.sources))

    @property
    def stamp(self) -> str:
        """The name of the stamp that dates the principal fact (`features.freshness`)."""
        return self.tables[0] if self.rows == "all" else f"{self.tables[0]}_{self.rows}"

    @property
    def known_on(self) -> str:
        """The frame's column that tells from which day the principal fact was known."""
        return f"known_on_{self.stamp}"

    @property
    def observed_on(self) -> str:
        """The frame's column that tells to which day the principal fact refers."""
        return f"observed_on_{self.stamp}"

    def word(self, value: str | None) -> Texts:
        """The words for a category's value; an unlisted value is shown as it is."""
        if value is None:
            return UNKNOWN
        return self.values.get(value, Texts(uz_Latn=value, uz_Cyrl=value, ru=value, en=value))


UNKNOWN = Texts(uz_Latn="nomaʼlum", uz_Cyrl="номаълум", ru="неизвестно", en="unknown")
