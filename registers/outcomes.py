"""Outstanding amounts and recoveries: the only place where an outcome is made.

Amounts are whole `_som` (int64), so that sums do not depend on the order of rows.
"""

from datetime import date

import polars as pl

from registers.delays import EVERY_SOURCE, SMALLEST_SHARE, Delays
from registers.extract import Registers
from registers.snapshot import Snapshot, known_at
from registers.unknown import unknown_points


def outstanding(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    """What was owed at each point as far as known that day: point_id, outstanding_som.

    Claim plus fee of the case as known on as_of_date, less the payments known by then; never
    below 0. Null where the case was not known that day, and where not all rows of the case or of
    its payments are known: then `most_outstanding` is the most that it can be.
    """
    lost = [
        unknown_points(registers, points, name, by="case")["point_id"]
        for name in ("cases", "payments")
    ]
    is_known = ~pl.col("point_id").is_in(pl.concat(lost).implode())
    return most_outstanding(registers, points).with_columns(
        pl.when(is_known).then("outstanding_som")
    )


def most_outstanding(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    """The same from the rows that are known: payments that nobody could read would lower it."""
    cases = known_at(registers, points, "cases", by="case")
    owed = cases.select("point_id", (pl.col("claim_som") + pl.col("fee_som")).alias("owed_som"))
    paid = (
        known_at(registers, points, "payments", by="case")
        .group_by("point_id")
        .agg(pl.col("amount_som").sum().alias("paid_som"))
    )
    rest = pl.col("owed_som") - pl.col("paid_som").fill_null(0)
    return (
        points.select("point_id")
        .join(owed, on="point_id", how="left")
        .join(paid, on="point_id", how="left")
        .select("point_id", rest.clip(lower_bound=0).alias("outstanding_som"))
        .sort("point_id")
    )


def recovered(
    registers: Registers,
    points: pl.DataFrame,
    window_days: int,
    known_by: date,
    delays: Delays | None = None,
) -> pl.DataFrame:
    """What came in on the case in the window of each point: point_id, recovered_som.

    Payments with as_of_date <= paid_on < as_of_date + window_days that were not known on the day,
    each by its last row known on `known_by`, capped at what was outstanding and never below 0. A
    payment known on the day has lowered what was outstanding: it is no outcome, whatever amount
    or day it is corrected to later. The caller sees to it that the window has closed by
    `known_by`. Null where what was outstanding is, and where not all payments of the case are
    known on `known_by`: an outcome that nobody knows is none of 0.

    With `delays` each known payment stands for those of its source and day that are not reported
    yet: its amount counts 1 / F times (Horvitz and Thompson 1952), F being the share of such
    payments that is reported by then. So what is still on its way is made up for on average.
    """
    asked = points.with_columns(pl.lit(None, dtype=pl.String).alias("action_id"))
    found = outcomes(registers, asked, window_days, known_by, delays)
    return found.select("point_id", "recovered_som")


def outcomes(
    registers: Registers,
    points: pl.DataFrame,
    window_days: int,
    known_by: date,
    delays: Delays | None = None,
) -> pl.DataFrame:
    """What came in (`recovered`), what of it the decision and earlier ones brought, and when.

    Args:
        points: point_id, case_id, debtor_id, as_of_date and action_id, the decision taken there;
            where a column `until` names an earlier day, payments count only before that day.
        window_days, known_by, delays: as for `recovered`.

    Returns:
        point_id, recovered_som, brought_som (payments that the treasury traced to action_id),
        on_its_way_som (those traced to measures decided before the day), which together are no
        more than recovered_som, the rest being voluntary or not traced; and first_paid_days (from
        the day to the first payment; null where none came), sorted by point_id. All null where
        recovered_som is.
    """
    later = points.with_columns(pl.lit(known_by).alias("as_of_date"))
    lost = unknown_points(registers, later, "payments", by="case")["point_id"]
    payments = _payments(registers, known_by, delays)
    never = pl.lit(None, dtype=pl.Date)
    asked = points if "until" in points.columns else points.with_columns(until=never)
    window_end = pl.min_horizontal(
        pl.col("as_of_date").dt.offset_by(f"{window_days}d"), pl.col("until")
    )
    in_window = pl.col("paid_on").is_between(pl.col("as_of_date"), window_end, closed="left")
    known = known_at(registers, points, "payments", by="case").select("point_id", "payment_id")
    actions = Snapshot(registers, known_by).table("actions").select("action_id", "decided_on")
    own = (pl.col("action_id") == pl.col("taken_id")).fill_null(False)
    earlier = (pl.col("decided_on") < pl.col("as_of_date")).fill_null(False) & ~own
    received = (
        asked.select("point_id", "case_id", "as_of_date", "until", taken_id=pl.col("action_id"))
        .join(payments, on="case_id", how="inner")
        .filter(in_window)
        .join(known, on=["point_id", "payment_id"], how="anti")
        .join(actions, on="action_id", how="left")
        .with_columns((pl.col("paid_on") - pl.col("as_of_date")).dt.total_days().alias("days"))
        .group_by("point_id")
        .agg(
            pl.col("amount_som").sum().alias("received_som"),
            pl.col("amount_som").filter(own).sum().alias("own_som"),
            pl.col("amount_som").filter(earlier).sum().alias("earlier_som"),
            pl.col("days").filter(pl.col("amount_som") > 0).min().alias("first_paid_days"),
        )
    )
    capped = pl.min_horizontal(pl.col("received_som").fill_null(0), "outstanding_som")
    recovered_som = capped.clip(lower_bound=0)
    brought = pl.min_horizontal(pl.col("own_som").fill_null(0).clip(lower_bound=0), recovered_som)
    earlier_som = pl.col("earlier_som").fill_null(0).clip(lower_bound=0)
    told = {
        "recovered_som": recovered_som,
        "brought_som": brought,
        "on_its_way_som": pl.min_horizontal(earlier_som, recovered_som - brought),
        "first_paid_days": pl.col("first_paid_days"),
    }
    is_known = pl.col("outstanding_som").is_not_null()
    is_known &= ~pl.col("point_id").is_in(lost.implode())
    return (
        outstanding(registers, points)
        .join(received, on="point_id", how="left")
        .select("point_id", *(pl.when(is_known).then(v).alias(n) for n, v in told.items()))
        .sort("point_id")
    )


def _payments(registers: Registers, known_by: date, delays: Delays | None) -> pl.DataFrame:
    """payment_id, case_id, action_id, paid_on and amount_som of the payments known on a day."""
    columns = ["payment_id", "case_id", "action_id", "paid_on", "amount_som"]
    known = Snapshot(registers, known_by).table("payments")
    if delays is None:
        return known.select(columns)
    days = (pl.lit(delays.until) - pl.col("paid_on")).dt.total_days().alias("days")
    own = pl.col("source").is_in(sorted(delays.shares))
    source = pl.when(own).then(pl.col("source")).otherwise(pl.lit(EVERY_SOURCE)).alias("source")
    share = pl.col("share_reported").fill_null(1.0).clip(lower_bound=SMALLEST_SHARE)
    return (
        known.with_columns(days, source)
        .join(delays.frame(), on=["source", "days"], how="left", maintain_order="left")
        .with_columns((pl.col("amount_som") / share).round().cast(pl.Int64))
        .select(columns)
    )
