"""What a whole table looks like, in counts that say nothing of a single row.

A portrait is painted batch by batch and stands in the report, so that the next extract can be
compared with it: rows, missing values, values of closed lists, sizes of amounts in classes of
about an eighth, the days of the reports and the number of debtors. Of a table with fewer than
`LEAST_ROWS` rows only the counts are kept.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from math import log
from typing import Any

import numpy as np
import polars as pl

from registers.contract import Column, Table

LEAST_ROWS = 50
_CLASSES_PER_TENFOLD = 20
_MEASURED = ("som", "int", "float")


@dataclass(frozen=True)
class Portrait:
    """A table in counts.

    Attributes:
        n_rows: rows.
        n_debtors: different debtors, or None where the table names none.
        first_reported, last_reported: the days of the first and the last report (ISO), or None.
        missing: rows without a value, by column.
        values: rows by value, by column with a closed list.
        sizes: rows by class of size (see `size_class`), by column of numbers.
        monthly: the typical size (middle of the class of the median) by month of report, by
            column of amounts; months with too few rows are left out.
        is_constant: columns in which every row has the same value.
    """

    n_rows: int = 0
    n_debtors: int | None = None
    first_reported: str | None = None
    last_reported: str | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sizes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    monthly: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    is_constant: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The portrait in report.json."""
        return {**asdict(self), "is_constant": list(self.is_constant)}

    @staticmethod
    def from_dict(stated: Mapping[str, Any]) -> "Portrait":
        """The portrait of a report; fields of another version are left out."""
        known = {name: stated[name] for name in Portrait.__dataclass_fields__ if name in stated}
        return Portrait(**{**known, "is_constant": tuple(known.get("is_constant", ()))})

    def median(self, column: str) -> float | None:
        """About the median of a column of numbers, or None where the table is too small."""
        return _median({int(size): n for size, n in self.sizes.get(column, {}).items()})


EMPTY = Portrait()


def size_class(column: str) -> pl.Expr:
    """The class of a number: 0 for 0, then a new one with each eighth; below 0 mirrored."""
    size = ((pl.col(column).abs().cast(pl.Float64) + 1.0).log10() * _CLASSES_PER_TENFOLD).floor()
    return (size * pl.col(column).sign()).cast(pl.Int32)


def _size_of(size: int) -> float:
    return float(np.sign(size)) * (10 ** ((abs(size) + 0.5) / _CLASSES_PER_TENFOLD) - 1.0)


def _median(counts: Mapping[int, int]) -> float | None:
    n, below = sum(counts.values()), 0
    if n < LEAST_ROWS:
        return None
    for size in sorted(counts):
        below += counts[size]
        if 2 * below >= n:
            return _size_of(size)
    return None


class PortraitPainter:
    """Counts the rows of a table as they are accepted."""

    def __init__(self, table: Table) -> None:
        self.table, self.n_rows = table, 0
        self._missing: Counter[str] = Counter()
        self._values: dict[str, Counter[str]] = {}
        self._sizes: dict[str, Counter[tuple[str, int]]] = {}
        self._days: list[date] = []
        self._debtors = np.empty(0, dtype=np.uint64)
        self._first: dict[str, object] = {}
        self._varies: set[str] = set()

    def add(self, rows: pl.DataFrame) -> None:
        """Takes the next accepted rows."""
        if rows.is_empty():
            return
        self.n_rows += rows.height
        for name, n in rows.null_count().row(0, named=True).items():
            self._missing[name] += n
        self._days += [rows["reported_on"].min(), rows["reported_on"].max()]  # type: ignore[list-item]
        for column in self.table.columns:
            self._add_column(column, rows)
        if "debtor_id" in rows.columns:
            hashes = rows["debtor_id"].unique().hash().to_numpy()
            self._debtors = np.union1d(self._debtors, hashes)

    def _add_column(self, column: Column, rows: pl.DataFrame) -> None:
        if column.varies and column.name not in self._varies:
            self._look_for_another(column.name, rows[column.name])
        if column.values is not None or column.kind == "bool":
            counted = rows[column.name].cast(pl.String).drop_nulls().value_counts()
            self._values.setdefault(column.name, Counter()).update(dict(counted.iter_rows()))
        elif column.kind in _MEASURED:
            month = pl.col("reported_on").dt.to_string("%Y-%m")
            counted = (
                rows.lazy()
                .filter(pl.col(column.name).is_not_null())
                .group_by(
                    pl.col("reported_on").dt.truncate("1mo"),
                    size_class(column.name).alias("size"),
                )
                .agg(pl.len())
                .select(month, "size", "len")
                .collect()
            )
            sizes = {(m, size): n for m, size, n in counted.iter_rows()}
            self._sizes.setdefault(column.name, Counter()).update(sizes)

    def _look_for_another(self, name: str, values: pl.Series) -> None:
        known = values.drop_nulls()
        if known.is_empty():
            return
        first = self._first.setdefault(name, known[0])
        if (known != first).any():
            self._varies.add(name)

    def portrait(self) -> Portrait:
        """The portrait of all rows taken so far."""
        if self.n_rows < LEAST_ROWS:
            return Portrait(self.n_rows, self._n_debtors)
        return Portrait(
            n_rows=self.n_rows,
            n_debtors=self._n_debtors,
            first_reported=min(self._days).isoformat(),
            last_reported=max(self._days).isoformat(),
            missing={c.name: self._missing[c.name] for c in self.table.columns if c.nullable},
            values={name: dict(sorted(counts.items())) for name, counts in self._values.items()},
            sizes={name: self._all_sizes(counts) for name, counts in self._sizes.items()},
            monthly={
                c.name: self._by_month(self._sizes.get(c.name, Counter()))
                for c in self.table.columns
                if c.kind == "som"
            },
            is_constant=tuple(name for name in self._first if name not in self._varies),
        )

    @property
    def _n_debtors(self) -> int | None:
        return len(self._debtors) if "debtor_id" in self.table.column_names else None

    @staticmethod
    def _all_sizes(counts: Counter[tuple[str, int]]) -> dict[str, int]:
        total: Counter[int] = Counter()
        for (_, size), n in counts.items():
            total[size] += n
        return {str(size): total[size] for size in sorted(total)}

    @staticmethod
    def _by_month(counts: Counter[tuple[str, int]]) -> dict[str, float]:
        months: dict[str, Counter[int]] = {}
        for (month, size), n in counts.items():
            months.setdefault(month, Counter())[size] += n
        medians = {month: _median(sizes) for month, sizes in sorted(months.items())}
        return {month: round(m, 2) for month, m in medians.items() if m is not None}


def population_shift(now: Mapping[str, int], last: Mapping[str, int]) -> float:
    """The population stability index between two counts of the same classes.

    Siddiqi (2006), Credit Risk Scorecards: below 0.1 no shift, above 0.25 a large one. A class
    with less than one row in two thousand counts as that much, so that an empty one has a value.
    """
    n_now, n_last = sum(now.values()), sum(last.values())
    if not n_now or not n_last:
        return 0.0
    floor = 0.0005
    shares = [(now.get(c, 0) / n_now, last.get(c, 0) / n_last) for c in sorted({*now, *last})]
    raised = [(max(a, floor), max(b, floor)) for a, b in shares]
    return sum((a - b) * log(a / b) for a, b in raised)
