"""By when each step of a case is due under Law 258-II: the last day, from the facts of the case.

Terms are those of the law in force on the day that is judged. Where an event has not happened, or
is unknown, its deadline is unknown: null. So is a deadline outside the calendar.
"""

import polars as pl

from law.parameters import parameter
from law.uz.calendar import next_working_day, within_calendar, working_days_after
from law.uz.kinds import is_criminal_fine


def with_deadlines(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with must_open_by, enforce_by, attach_by, removal_from, sell_by, appeal_until."""
    return facts.with_columns(
        must_open_by().alias("must_open_by"),
        enforce_by().alias("enforce_by"),
        attach_by().alias("attach_by"),
        removal_from().alias("removal_from"),
        sell_by().alias("sell_by"),
        simplified_measures_by().alias("simplified_measures_by"),
        appeal_until("as_of_date").alias("appeal_until"),
        act_due_until().alias("act_due_until"),
        plus("postponed_since", parameter("postponement_days"), "d").alias(
            "postponed_at_most_until"
        ),
        plus("mediation_since", parameter("mediation_days"), "d").alias("mediation_at_most_until"),
        (next_working_day("as_of_date") == pl.col("as_of_date")).alias("is_working_day"),
        next_working_day("as_of_date").alias("next_working_day"),
    )


def plus(day: str | pl.Expr, number: pl.Expr, unit: str) -> pl.Expr:
    """A day and a dated number of days ("d"), months ("mo") or years ("y") after it."""
    start = pl.col(day) if isinstance(day, str) else day
    return start.dt.offset_by(pl.format(f"{{}}{unit}", number.cast(pl.Int64)))


def must_open_by() -> pl.Expr:
    """Art. 23(2): the proceedings are opened within one working day of receipt."""
    return working_days_after("presented_on", parameter("opening_term_working_days"))


def longest_voluntary_term() -> pl.Expr:
    """Art. 23(3), 43¹: the last day of the longest voluntary term.

    Fifteen days from the opening, in the simplified procedure five from the receipt; the day of the
    opening or receipt itself does not count (inferred: the Law was not read to say how to count).
    The term of a criminal fine is set by the Penal-Execution Code (Art. 19), which was not read.
    """
    simplified = plus("served_on", parameter("voluntary_term_simplified_days"), "d")
    ordinary = plus("opened_on", parameter("voluntary_term_days"), "d")
    return (
        pl.when(~is_criminal_fine() & (pl.col("procedure") == "simplified"))
        .then(simplified)
        .when(~is_criminal_fine() & pl.col("procedure").is_not_null())
        .then(ordinary)
    )


def voluntary_term_end() -> pl.Expr:
    """The day from which later terms run: the recorded end of the voluntary term, else its last."""
    return pl.coalesce("voluntary_until", longest_voluntary_term())


def enforce_by() -> pl.Expr:
    """Art. 30: two months after the voluntary term, longer by the days that do not count.

    Alimony is executed at once (Art. 30(2)): its term is counted from the opening (inferred).
    Stays after the last day do not extend it (law/case_facts/stays.py).
    """
    starts_on = term_begins(voluntary_term_end())
    ends_on = plus(starts_on, parameter("enforcement_term_months"), "mo")
    return within_calendar(plus(ends_on, pl.col("excluded_days"), "d"))


def term_begins(voluntary_end: pl.Expr) -> pl.Expr:
    """Art. 30: the day from which the two months run; null for an unknown kind of claim."""
    return (
        pl.when(pl.col("claim_kind") == "alimony")
        .then(pl.col("opened_on"))
        .when(pl.col("claim_kind").is_not_null())
        .then(voluntary_end)
    )


def act_due_until() -> pl.Expr:
    """Art. 71: the first day on which an ordered act may be compelled.

    Fifteen days from the opening, or the end of a longer voluntary term. The day of the opening
    does not count (inferred).
    """
    fifteen = plus("opened_on", parameter("non_property_term_days"), "d").dt.offset_by("1d")
    return pl.when(fifteen.is_not_null()).then(pl.max_horizontal(fifteen, "voluntary_until"))


def attach_by() -> pl.Expr:
    """Art. 53: property is attached within one month of the service of the opening decision."""
    return within_calendar(plus("served_on", parameter("attachment_term_months"), "mo"))


def removal_from() -> pl.Expr:
    """Art. 53: attached property is removed three working days after the attachment or later.

    Perishable goods may be removed at once; no register tells what is perishable.
    """
    return working_days_after("attached_on", parameter("removal_after_attachment_days"))


def sell_by() -> pl.Expr:
    """Art. 56: attached property is sold within two months of the attachment."""
    return within_calendar(plus("attached_on", parameter("sale_term_months"), "mo"))


def simplified_measures_by() -> pl.Expr:
    """Art. 43¹: simplified measures within three working days after the voluntary term."""
    due = working_days_after(voluntary_term_end(), parameter("simplified_measures_working_days"))
    return pl.when(pl.col("procedure") == "simplified").then(due)


def appeal_until(notified_on: str | pl.Expr) -> pl.Expr:
    """Art. 86¹: the last of the ten days to complain of a decision or action notified on that day.

    The tenth day itself, also where it is no working day: the Law was not read to move it.
    """
    return within_calendar(plus(notified_on, parameter("appeal_term_days"), "d"))


def lift_travel_ban_by(performed_on: str | pl.Expr) -> pl.Expr:
    """Art. 42¹: the travel ban is lifted by the day after performance."""
    return within_calendar(plus(performed_on, parameter("travel_ban_lift_days"), "d"))
