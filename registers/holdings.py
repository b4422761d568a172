"""What a debtor has and owes on a day, as far as the registers tell: the one place that says so.

Law, features and pages read these columns and compute nothing of the kind themselves. A register
that speaks every month tells the newest known row of each account, payer and kind of income, or
loan; cadastre and traffic police tell the last known row of each thing. What of it counts:

- A month is fresh up to FRESH_MONTHS before the month of the day, a quarter up to
  FRESH_QUARTER_MONTHS. Each account and loan is dated by the day alone: a bank that reports late
  hides no other account and makes no other one stale. A stale one is still there: how much is on
  it is unknown.
- A payer that has been silent for more than LATE_MONTHS while others report, or for longer than is
  fresh, is taken to pay no more: the tax committee hears of every payer each month. What is paid
  for somebody's support says nothing of when an employer reports, so the two are told apart.
- Of an account only the balance above what is blocked is free, never less than nothing: what is
  blocked on one account is not taken from another.
- Owned is what was acquired by the day and not disposed of by then. Of a thing owned in part the
  share of its value counts, in whole som, half a som rounded up.

All amounts are whole som. Days of reports are `registers.snapshot`'s affair: `known_on` of a point
is the last day whose reports count, `as_of_date` the day that is judged (the same but for past
actions).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import polars as pl

from registers.errors import NoHoldingsError
from registers.extract import Registers
from registers.snapshot import By, known_at

# Our reading; no register and no law says it.
FRESH_MONTHS: Final = 6
LATE_MONTHS: Final = 2
FRESH_QUARTER_MONTHS: Final = 12

# Paid for the support of somebody, by others and at other times than earnings.
SUPPORT_KINDS: Final = ("alimony_received", "benefit")


def holdings(registers: Registers, points: pl.DataFrame, table: str) -> pl.DataFrame:
    """The newest known row of each thing of each point's debtor, with what of it counts.

    Args:
        points: point_id, case_id, debtor_id, as_of_date; optionally known_on (as_of_date where it
            is missing).
        table: one of HOLDINGS.

    Returns:
        point_id, as_of_date, the columns of the table and those of `marked`, sorted by point and
        key.

    Raises:
        NoHoldingsError: the table tells of nothing that a debtor has or owes.

    >>> from datetime import date
    >>> from registers.examples import registers_of
    >>> late = {"month": date(2025, 9, 1), "balance_som": 30_000_000, "blocked_som": 0}
    >>> over = {"month": date(2026, 2, 1), "balance_som": 2_000_000, "blocked_som": 9_000_000}
    >>> told = registers_of({"accounts": [late, over]})
    >>> point = {"point_id": 0, "case_id": "case-0", "debtor_id": "debtor-0"}
    >>> day = pl.DataFrame([{**point, "as_of_date": date(2026, 4, 1)}])
    >>> columns = ["account_id", "is_current", "is_stale", "free_som"]
    >>> holdings(told, day, "accounts").select(columns).rows()
    [('account-0', False, True, 30000000), ('account-1', True, False, 0)]
    """
    if "known_on" not in points.columns:
        points = points.with_columns(pl.col("as_of_date").alias("known_on"))
    rows = marked(table, known_rows(registers, points, table))
    return rows.filter("is_newest") if "is_newest" in rows.columns else rows


def known_rows(
    registers: Registers, points: pl.DataFrame, table: str, by: By = "debtor"
) -> pl.DataFrame:
    """Rows of a table known on `known_on` of each point, with the judged day as `as_of_date`."""
    asked = points.select(
        "point_id", "case_id", "debtor_id", pl.col("known_on").alias("as_of_date")
    )
    rows = known_at(registers, asked, table, by)
    if (points["known_on"] == points["as_of_date"]).all():
        return rows
    days = points.select("point_id", "as_of_date")
    return rows.drop("as_of_date").join(days, on="point_id", maintain_order="left")


def marked(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """All rows of a table with what of them counts on each row's `as_of_date`.

    Args:
        table: one of HOLDINGS.
        rows: point_id, as_of_date (the judged day) and the columns of the table, as known.

    Returns:
        The rows, and as booleans, for a table of months or quarters: `is_newest` (of its account,
        payer and kind, loan or debtor), `is_fresh` (its month says something about the day),
        `is_current` (newest, and counts), `is_stale` (newest, and does not); for things:
        `is_owned`, `is_encumbered`, `is_part`. In som: `free_som` of an account, `net_som` of an
        income (after tax, never below zero), `value_som` of a thing (the debtor's part of it).

    Raises:
        NoHoldingsError: the table tells of nothing that a debtor has or owes.
    """
    if table not in _MARKS:
        raise NoHoldingsError(table, HOLDINGS)
    return _MARKS[table](rows)


def _accounts(rows: pl.DataFrame) -> pl.DataFrame:
    free = (pl.col("balance_som") - pl.col("blocked_som")).clip(lower_bound=0)
    return _by_month(rows, "account_id").with_columns(free.alias("free_som"))


def _obligations(rows: pl.DataFrame) -> pl.DataFrame:
    return _by_month(rows, "obligation_id")


def _businesses(rows: pl.DataFrame) -> pl.DataFrame:
    return _by_month(rows, "debtor_id", period="quarter", fresh=FRESH_QUARTER_MONTHS)


def _incomes(rows: pl.DataFrame) -> pl.DataFrame:
    month = _month_index("month")
    newest = month.max().over("point_id", pl.col("kind").is_in(SUPPORT_KINDS))
    still_pays = month >= newest - LATE_MONTHS
    net = (pl.col("gross_som") - pl.col("tax_som")).clip(lower_bound=0)
    dated = _by_month(rows, "payer_id", "kind")
    counts = pl.col("is_current") & still_pays
    return dated.with_columns(
        counts.alias("is_current"),
        (pl.col("is_newest") & ~counts).alias("is_stale"),
        net.alias("net_som"),
    )


def _by_month(
    rows: pl.DataFrame, *key: str, period: str = "month", fresh: int = FRESH_MONTHS
) -> pl.DataFrame:
    """Which rows are the newest of their key, and whether their month is fresh on the day."""
    month = _month_index(period)
    dated = rows.with_columns(
        (pl.col(period) == pl.col(period).max().over("point_id", *key)).alias("is_newest"),
        (month >= _month_index("as_of_date") - fresh).alias("is_fresh"),
    )
    return dated.with_columns(
        (pl.col("is_newest") & pl.col("is_fresh")).alias("is_current"),
        (pl.col("is_newest") & ~pl.col("is_fresh")).alias("is_stale"),
    )


def _month_index(day: str) -> pl.Expr:
    """Whole months since year 0, so that months can be counted as integers."""
    return pl.col(day).dt.year().cast(pl.Int64) * 12 + pl.col(day).dt.month()


def _vehicles(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        _is_owned(),
        pl.col("pledged").alias("is_encumbered"),
        pl.lit(value=False).alias("is_part"),
        pl.col("assessed_som").alias("value_som"),
    )


def _real_estate(rows: pl.DataFrame) -> pl.DataFrame:
    part = (pl.col("share") * pl.col("cadastral_som") + 0.5).floor().cast(pl.Int64)
    return rows.with_columns(
        _is_owned(),
        (pl.col("encumbrance") != "none").alias("is_encumbered"),
        (pl.col("share") < 1.0).alias("is_part"),
        part.alias("value_som"),
    )


def _is_owned() -> pl.Expr:
    """Acquired by the day, and not disposed of by then (the day of disposal is excluded)."""
    day = pl.col("as_of_date")
    gone = (pl.col("disposed_on") <= day).fill_null(value=False)
    return ((pl.col("acquired_on") <= day) & ~gone).alias("is_owned")


_MARKS: Final[Mapping[str, Callable[[pl.DataFrame], pl.DataFrame]]] = MappingProxyType(
    {
        "accounts": _accounts,
        "businesses": _businesses,
        "incomes": _incomes,
        "obligations": _obligations,
        "real_estate": _real_estate,
        "vehicles": _vehicles,
    }
)
HOLDINGS: Final = tuple(_MARKS)
