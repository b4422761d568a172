"""The rows of a table that fail, with their reasons: found by Polars in one pass.

A row that fails is set aside whole. `reason_code` is the first reason in the order of the checks;
the sentence names table, row and column and the remedy, and where a row has several faults it
lists them all. No sentence repeats a value.
"""

from dataclasses import dataclass

import polars as pl

from registers.contract import Table
from registers.validation.checks import REPEATED, Check, repeated_key

REASONS = pl.Schema(
    {
        "row_number": pl.UInt32(),
        "reason_code": pl.String(),
        "columns": pl.String(),
        "reason": pl.String(),
    }
)


@dataclass(frozen=True)
class Judged:
    """What Polars found in one table.

    Attributes:
        frame: the cells with the flag of repeated keys.
        checks: all checks, that of repeated keys last.
        n_failing: the number of failing rows of each check, in the order of `checks`.
        reasons: row_number, reason_code, columns (of the first reason) and reason of the rows to
            set aside, in file order.
    """

    frame: pl.DataFrame
    checks: tuple[Check, ...]
    n_failing: tuple[int, ...]
    reasons: pl.DataFrame


def judge_rows(table: Table, cells: pl.DataFrame, checks: list[Check]) -> Judged:
    """The failing rows of a table and why; repeated keys are judged among the other rows."""
    is_good = ~pl.any_horizontal(pl.lit(False), *(check.fails for check in checks))
    same_key = pl.struct(*table.key, "reported_on")
    repeated = is_good & ~same_key.is_first_distinct().over(is_good)
    frame = cells.with_columns(repeated.alias(REPEATED))
    every = (*checks, repeated_key(table))
    n_failing = frame.select(check.fails.sum().alias(str(n)) for n, check in enumerate(every))
    return Judged(
        frame=frame,
        checks=every,
        n_failing=tuple(int(n) for n in n_failing.row(0)) if frame.height else (0,) * len(every),
        reasons=_reasons(table, frame, every),
    )


def _reasons(table: Table, frame: pl.DataFrame, checks: tuple[Check, ...]) -> pl.DataFrame:
    failing = (
        frame.with_row_index("row_number")
        .filter(pl.any_horizontal(check.fails for check in checks))
        .with_columns(check.is_reason.alias(f"!{n}") for n, check in enumerate(checks))
    )
    told = list(enumerate(checks))
    code = _first([(n, check.reason_code) for n, check in told])
    columns = _first([(n, ", ".join(check.columns)) for n, check in told])
    sentence = _first([(n, check.sentence) for n, check in told])
    every = pl.concat_str(
        *(pl.when(pl.col(f"!{n}")).then(pl.lit(_in_short(check))) for n, check in told),
        separator=", ",
        ignore_nulls=True,
    )
    n_reasons = pl.sum_horizontal(pl.col(f"!{n}").cast(pl.UInt32) for n, _ in told)
    also = pl.when(n_reasons > 1).then(pl.format(" All faults of the row: {}.", every))
    place = pl.format("{}, row {}: ", pl.lit(table.name), pl.col("row_number"))
    reason = pl.concat_str(place, sentence, also.fill_null(""))
    return failing.select(
        "row_number", code.alias("reason_code"), columns.alias("columns"), reason.alias("reason")
    ).cast(REASONS)


def _first(texts: list[tuple[int, str]]) -> pl.Expr:
    """The text of the first check that is a reason for the row."""
    return pl.coalesce(*(pl.when(pl.col(f"!{n}")).then(pl.lit(text)) for n, text in texts))


def _in_short(check: Check) -> str:
    return (
        f"{check.reason_code} ({', '.join(check.columns)})" if check.columns else check.reason_code
    )
