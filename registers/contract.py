"""The words in which a register is described: Column, Rule and Table.

One description serves reading, validation, the snapshot, the documents and the generated suites
of Great Expectations. The tables themselves are in `registers.tables`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import polars as pl

from registers.legal_orders import LegalOrder
from registers.rules import Rule

__all__ = ["FIRST_DAY", "GREATEST_TOTAL", "LAST_DAY", "Column", "Kind", "Rule", "Table"]

Kind: TypeAlias = Literal["id", "text", "int", "float", "bool", "date", "som"]

Bound: TypeAlias = int | float | date

DTYPES: Mapping[Kind, pl.DataType] = MappingProxyType(
    {
        "id": pl.String(),
        "text": pl.String(),
        "int": pl.Int64(),
        "float": pl.Float64(),
        "bool": pl.Boolean(),
        "date": pl.Date(),
        "som": pl.Int64(),
    }
)

# A date outside of these is a slip of the pen (year 25, year 9999), whatever the column.
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 1, 1)


# An id of 128 characters is a hash in hexadecimal; a longer text is a line that lost its end.
LONGEST: Mapping[Kind, int] = MappingProxyType({"id": 128, "text": 64})

# The sum of a column over a whole register stays below this, so that no sum over some of its rows,
# nor one of up to four such sums (claim_som + fee_som), can leave an int64.
GREATEST_TOTAL = 2**61


@dataclass(frozen=True)
class Column:
    """One column of a register: what it holds and which values it may take.

    Attributes:
        kind: `id` a pseudonym, `som` a whole amount in the unit of the legal order, not below 0.
        nullable: whether the value may be missing.
        values: the closed list of values, or None.
        minimum: the lowest value that is accepted; `som` columns start at 0, dates at 1900.
        maximum: the highest value that is accepted; every `som` column has one, for a filler
            value such as 9 999 999 999 999 999 is no amount.
        above: a bound that the value must exceed.
        pattern: a regular expression that the whole text matches.
        refers_to: the table whose key (first column) must hold the value.
        of_legal_order: the values are the measures of the legal order of the extract.
        unit: the unit where the name does not tell it.
        doc: what the column says, for its data sheet.
        varies: a table of many rows in which all have the same value is a fault of the export.
        longest: the most characters of an id or a code; `longest_text` tells what the kind brings.
        typical: between which amounts the median of a whole Uzbek register lies, however poor
            or rich the debtors: outside of it the unit is another one (thousands of som).
    """

    name: str
    kind: Kind
    nullable: bool = False
    values: tuple[str, ...] | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    refers_to: str | None = None
    unit: str | None = None
    doc: str = ""
    above: float | None = None
    pattern: str | None = None
    of_legal_order: bool = False
    varies: bool = False
    typical: tuple[int, int] | None = None
    longest: int | None = None

    @property
    def dtype(self) -> pl.DataType:
        """The Polars type of the column."""
        return DTYPES[self.kind]

    @property
    def lowest(self) -> Bound | None:
        """The lowest accepted value, with the bound that the kind brings along."""
        if self.minimum is not None:
            return self.minimum
        of_kind: dict[Kind, Bound] = {"som": 0, "date": FIRST_DAY}
        return of_kind.get(self.kind)

    @property
    def highest(self) -> Bound | None:
        """The highest accepted value, with the bound that the kind brings along."""
        if self.maximum is not None:
            return self.maximum
        return LAST_DAY if self.kind == "date" else None

    @property
    def longest_text(self) -> int | None:
        """The most characters of an id or of a free code; None where a list or a form says more."""
        if self.values is not None or self.pattern is not None or self.of_legal_order:
            return None
        return self.longest or LONGEST.get(self.kind)

    def under(self, legal_order: LegalOrder) -> "Column":
        """The column as one legal order has it: its measures become the list of values.

        What is typical and what varies is known of Uzbek registers alone.
        """
        values = legal_order.measures if self.of_legal_order else self.values
        if legal_order.id == "uz":
            return replace(self, values=values)
        return replace(self, values=values, typical=None, varies=False)


@dataclass(frozen=True)
class Table:
    """One register: its owner, key, columns, rules, known faults and data sheet.

    Attributes:
        fresh_days: how old the last report may be before the agency counts as late, in days;
            None for a register that reports changes alone and may be silent for long.
        covers: the least share of all debtors that has a row, or None where no row is usual.
    """

    name: str
    owner: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    known_faults: tuple[str, ...] = ()
    doc: str = ""
    fresh_days: int | None = None
    covers: float | None = None

    @property
    def schema(self) -> pl.Schema:
        """Names and Polars types in the order of the contract."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in the order of the contract."""
        return tuple(column.name for column in self.columns)

    @property
    def references(self) -> tuple[Column, ...]:
        """The columns whose value must exist in another table."""
        return tuple(column for column in self.columns if column.refers_to is not None)

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where the table has none."""
        return {column.name: column for column in self.columns}[name]

    def under(self, legal_order: LegalOrder) -> "Table":
        """The table as one legal order has it."""
        return replace(self, columns=tuple(column.under(legal_order) for column in self.columns))

    def empty(self) -> pl.DataFrame:
        """The table without rows, with the types of the contract."""
        return pl.DataFrame(schema=self.schema)
