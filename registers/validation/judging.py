"""The rows of a batch that fail, with their reasons: found by Polars in one pass.

A row that fails is set aside whole. `reason_code` is the first reason in the order of the checks;
the sentence names table, row and column and the remedy, and where a row has several faults it
lists them all. No sentence repeats a value.
"""

from dataclasses import dataclass

import polars as pl

from registers.contract import Table
from registers.sources.protocol import SWALLOWED
from registers.validation.checks import Check

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
    """What Polars found in one batch of a table.

    Attributes:
        frame: the cells with their flags.
        checks: the checks, in the order in which reasons are given.
        n_failing: the number of failing rows of each check, in the order of `checks`.
        is_bad: True in the rows to set aside.
        reasons: row_number, reason_code, columns (of the first reason) and reason of the rows to
            set aside, in file order.
    """

    frame: pl.DataFrame
    checks: tuple[Check, ...]
    n_failing: tuple[int, ...]
    is_bad: pl.Series
    reasons: pl.DataFrame


def judge_rows(
    table: Table, cells: pl.DataFrame, checks: list[Check], numbers: pl.Series | None = None
) -> Judged:
    """The failing rows of a batch and why; `numbers` are the places of its rows in the source."""
    if numbers is None:
        numbers = pl.int_range(cells.height, eager=True)
    failing = cells.select(check.fails.alias(str(n)) for n, check in enumerate(checks))
    is_bad = failing.select(pl.any_horizontal(pl.lit(False), pl.all())).to_series()
    if is_bad.len() != cells.height:  # no check at all
        is_bad = pl.repeat(False, cells.height, eager=True)
    return Judged(
        frame=cells,
        checks=tuple(checks),
        n_failing=tuple(int(column.sum()) for column in failing.iter_columns()),
        is_bad=is_bad,
        reasons=_reasons(table, cells, tuple(checks), is_bad, numbers),
    )


def _reasons(
    table: Table,
    cells: pl.DataFrame,
    checks: tuple[Check, ...],
    is_bad: pl.Series,
    numbers: pl.Series,
) -> pl.DataFrame:
    if not is_bad.any():
        return REASONS.to_frame()
    # Marked before the good rows leave: whether a key is repeated only all rows together tell.
    bad = cells.select(
        numbers.cast(pl.UInt32).alias("row_number"),
        *(check.is_reason.alias(f"!{n}") for n, check in enumerate(checks)),
        *([SWALLOWED] if SWALLOWED in cells.columns else []),
    ).filter(is_bad)
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
    place = _place(table, SWALLOWED in cells.columns)
    reason = pl.concat_str(place, sentence, also.fill_null(""))
    return bad.select(
        "row_number", code.alias("reason_code"), columns.alias("columns"), reason.alias("reason")
    ).cast(REASONS)


def _place(table: Table, has_lines: bool) -> pl.Expr:
    """Table and row, and the lines of the file where a stray quotation mark swallowed them."""
    lines = pl.format(" (lines {} of the file)", SWALLOWED) if has_lines else pl.lit("")
    number = pl.format("{}, row {}", pl.lit(table.name), pl.col("row_number"))
    return pl.concat_str(number, lines.fill_null(""), pl.lit(": "))


def _first(texts: list[tuple[int, str]]) -> pl.Expr:
    """The text of the first check that is a reason for the row."""
    return pl.coalesce(*(pl.when(pl.col(f"!{n}")).then(pl.lit(text)) for n, text in texts))


def _in_short(check: Check) -> str:
    return (
        f"{check.reason_code} ({', '.join(check.columns)})" if check.columns else check.reason_code
    )
