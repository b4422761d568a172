"""Whether a whole table can be believed: against itself, against its extract, against the last one.

Rows may be faultless one by one and wrong together: an agency sends nothing, everything twice, one
value in every row, or thousands where som are meant. Each question is a measure with two ranges:
outside of the first a person is warned, outside of the second the table is stopped. A person who
knows better lets a stopped table pass by name (`chora validate --accept incomes.row_count`), and
the report says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf, nextafter
from typing import Literal

from registers.contract import Table
from registers.validation.portrait import LEAST_ROWS, Portrait, population_shift

Level = Literal["good", "warn", "stop"]
Range = tuple[float, float]

Shown = dict[str, float | int | str]

ANY: Range = (-inf, inf)
# Below these numbers of rows or debtors chance alone may do what a check looks for.
LEAST_FOR_CONSTANT = 100
LEAST_FOR_STOP = 500
LEAST_DEBTORS = 200
LARGE_SHIFT = 0.25
# Of this part of its rows set aside a table is warned of, of that it is none any more.
SMALL_PART, LARGE_PART = 0.05, 0.5


@dataclass(frozen=True)
class Measure:
    """One figure of a table and the ranges in which it is good and in which it is bearable.

    Attributes:
        code: the check, as reports and `--accept` name it.
        column: the column that it is about, or None.
        value: what was measured.
        good: outside of it (bounds included) a person is warned.
        bearable: outside of it the table is stopped.
        shown: the numbers for the sentence.
    """

    code: str
    column: str | None
    value: float
    good: Range
    bearable: Range
    shown: Mapping[str, float | int | str]

    @property
    def level(self) -> Level:
        """What follows from the figure."""
        if not self.bearable[0] <= self.value <= self.bearable[1]:
            return "stop"
        return "good" if self.good[0] <= self.value <= self.good[1] else "warn"


@dataclass(frozen=True)
class Extract:
    """What a table is compared with.

    Attributes:
        day: the day of the extract, or of its latest report where nobody states it.
        n_debtors: the accepted debtors.
        last: the portrait of the same table in the last extract, or None.
    """

    day: date | None
    n_debtors: int
    last: Portrait | None = None


def measure_set_aside(read: int, accepted: int, rows: int) -> tuple[Measure, ...]:
    """How large a part of the rows read was set aside, and whether the table has any `rows` left.

    Setting rows aside is no matter of chance, so half of a table is told at any size; a table of a
    few rows stops nothing, for it counts as unknown where all of it was set aside.
    """
    lost = read - accepted
    if not lost:
        return ()
    stops = read >= LEAST_ROWS
    shown: Shown = {"rows": lost, "of": read, "share": _percent(lost / read)}
    if not rows:
        bearable = (1.0, inf) if stops else ANY
        return (Measure("all_rows_set_aside", None, accepted, (1, inf), bearable, shown),)
    least = LARGE_PART if read < LEAST_FOR_CONSTANT else SMALL_PART
    bearable = _below(LARGE_PART) if stops else ANY
    return (Measure("rows_set_aside", None, lost / read, _below(least), bearable, shown),)


def _below(limit: float) -> Range:
    """From none up to a share that is not reached."""
    return (-inf, nextafter(limit, 0.0))


def measure_table(table: Table, now: Portrait, extract: Extract) -> tuple[Measure, ...]:
    """The figures of a table, in the order in which they are told."""
    return (
        *_against_itself(table, now),
        *_against_the_extract(table, now, extract),
        *(_against_the_last(table, now, extract) if extract.last else ()),
    )


def _against_itself(table: Table, now: Portrait) -> Iterator[Measure]:
    for column in table.columns:
        name = column.name
        if column.varies and now.n_rows >= LEAST_FOR_CONSTANT:
            varies = float(name not in now.is_constant)
            bearable = (1.0, 1.0) if now.n_rows >= LEAST_FOR_STOP else ANY
            shown: Shown = {"rows": now.n_rows}
            yield Measure("constant_column", name, varies, (1, 1), bearable, shown)
        median = now.median(name)
        if column.typical is not None and median is not None:
            low, high = column.typical
            bearable = (low, high) if now.n_rows >= LEAST_FOR_STOP else ANY
            shown = {"median": round(median), "low": low, "high": high}
            yield Measure("unusual_scale", name, median, (low, high), bearable, shown)
        yield from _jump(name, now.monthly.get(name, {}))


def _jump(name: str, monthly: Mapping[str, float]) -> Iterator[Measure]:
    """The last month against the middle of the months before it."""
    months = sorted(monthly)
    before = sorted(monthly[month] for month in months[:-1])
    if len(before) < 2 or before[len(before) // 2] < 1:
        return
    ratio = monthly[months[-1]] / before[len(before) // 2]
    shown: Shown = {"month": months[-1], "ratio": _ratio(ratio)}
    yield Measure("scale_jumped", name, ratio, (0.1, 10), (0.01, 100), shown)


def _against_the_extract(table: Table, now: Portrait, extract: Extract) -> Iterator[Measure]:
    is_agency = table.name not in _BUREAU
    if is_agency and extract.n_debtors >= LEAST_DEBTORS:
        shown: Shown = {"rows": now.n_rows, "debtors": extract.n_debtors}
        yield Measure("empty_table", None, now.n_rows, (1, inf), (1, inf), shown)
    if table.covers is not None and now.n_rows and extract.n_debtors >= LEAST_DEBTORS:
        share = (now.n_debtors or 0) / extract.n_debtors
        shown = {"share": _percent(share), "least": _percent(table.covers)}
        yield Measure("low_coverage", None, share, (table.covers, inf), ANY, shown)
    if table.fresh_days is None or (not is_agency and now.n_rows < LEAST_FOR_STOP):
        return
    if now.last_reported is not None and extract.day is not None:
        age = (extract.day - date.fromisoformat(now.last_reported)).days
        shown = {"day": now.last_reported, "days": age, "limit": table.fresh_days}
        yield Measure("late_agency", None, age, (-inf, table.fresh_days), ANY, shown)


# The Bureau's own registers: a small office may have no event, appeal or payment for months.
_BUREAU = ("debtors", "cases", "case_events", "actions", "payments", "appeals")


def _against_the_last(table: Table, now: Portrait, extract: Extract) -> Iterator[Measure]:
    last = extract.last
    if last is None or last.n_rows < LEAST_ROWS:
        return
    ratio = now.n_rows / last.n_rows
    shown: Shown = {"rows": now.n_rows, "last": last.n_rows, "ratio": _ratio(ratio)}
    yield Measure("row_count", None, ratio, (0.8, 1.5), (0.2, 5), shown)
    if now.n_rows < LEAST_ROWS:
        return
    yield from _coverage(now, last)
    for column in table.columns:
        yield from _columns(column.name, now, last)


def _coverage(now: Portrait, last: Portrait) -> Iterator[Measure]:
    if now.n_debtors is None or not last.n_debtors:
        return
    ratio = now.n_debtors / last.n_debtors
    shown: Shown = {"debtors": now.n_debtors, "last": last.n_debtors, "ratio": _ratio(ratio)}
    yield Measure("debtors_lost", None, ratio, (0.9, inf), (0.5, inf), shown)


def _columns(name: str, now: Portrait, last: Portrait) -> Iterator[Measure]:
    if name in now.missing and name in last.missing:
        share, before = now.missing[name] / now.n_rows, last.missing[name] / last.n_rows
        shown: Shown = {"share": _percent(share), "last": _percent(before)}
        yield Measure("more_missing", name, share - before, (-1, 0.1), (-1, 0.5), shown)
    if name in now.values and name in last.values:
        shift = population_shift(now.values[name], last.values[name])
        most = LARGE_SHIFT + _by_chance(now, last, len({*now.values[name], *last.values[name]}))
        yield Measure("shifted_values", name, shift, (0, most), ANY, {"index": round(shift, 2)})
    median, before_median = now.median(name), last.median(name)
    if median and before_median and median > 0 and before_median > 0:
        ratio = median / before_median
        shown = {"ratio": _ratio(ratio)}
        few = min(now.n_rows, last.n_rows) < LEAST_DEBTORS
        yield Measure(
            "scale_changed", name, ratio, (0.1, 10) if few else (0.4, 2.5), (0.01, 100), shown
        )


def _by_chance(now: Portrait, last: Portrait, n_values: int) -> float:
    """Twice the index that two draws from one distribution have on average (Yurdakul 2018)."""
    return 2 * (n_values - 1) * (1 / now.n_rows + 1 / last.n_rows)


def _ratio(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
