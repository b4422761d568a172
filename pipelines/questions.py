"""Reading the questions: which cases, on which day.

A file of questions is read like a table of an extract: the same repairs, proven by the same columns
(`registers.validation`). A question that cannot be read is set aside with its line and a sentence;
the others are answered. A blank line is no question.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from registers.contract import Column, Table
from registers.errors import TableRefusedError, UserError
from registers.sources.files import CsvTable, ParquetTable
from registers.sources.protocol import BROKEN_ROW, MARKS, RAW_FIELDS, SWALLOWED
from registers.validation.cells import STRAY_QUOTE, flags_of, plain_cells, read_cells
from registers.validation.checks import build_checks
from registers.validation.evidence import Evidence, gather_evidence
from registers.validation.judging import judge_rows
from registers.validation.repairs import prepared, repair
from registers.validation.unproven import refuse_unproven

QUESTIONS = Table(
    name="questions",
    owner="whoever asks",
    key=("case_id", "as_of_date"),
    columns=(Column("case_id", "id"), Column("as_of_date", "date")),
)
SET_ASIDE = pl.Schema(
    {
        "case_id": pl.String(),
        "as_of_date": pl.Date(),
        "reason_code": pl.String(),
        "reason": pl.String(),
    }
)
_ALL = 1_000_000_000


class QuestionsError(UserError):
    """The file of questions cannot be read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: {what}. Questions are a Parquet or CSV file with the columns case_id (text) "
            "and as_of_date (date, as in 2026-04-01)."
        )


@dataclass(frozen=True)
class Questions:
    """What a file asks.

    Attributes:
        asked: case_id and as_of_date of the questions that can be read, in file order.
        set_aside: the others, as far as they can be read, with reason_code and reason.
        n_repaired: questions in which a stated rule changed a text.
        warnings: what may be wrong with questions that could be read.
    """

    asked: pl.DataFrame
    set_aside: pl.DataFrame
    n_repaired: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """How many questions the file holds."""
        return self.asked.height + self.set_aside.height


def read_questions(path: Path) -> Questions:
    """The questions in `path`.

    Raises:
        QuestionsError: no such file, not readable, a column missing, or written in a dialect that
            the file does not prove.
    """
    if not path.is_file():
        raise QuestionsError(path, "there is no such file")
    try:
        raw, lines = _read(path)
        missing = [name for name in QUESTIONS.column_names if name not in raw.columns]
        if missing:
            raise QuestionsError(path, f"the column {missing[0]} is missing")
        plain = plain_cells(QUESTIONS, raw)
        evidence = gather_evidence(QUESTIONS, [prepared(QUESTIONS, plain)])
        refuse_unproven(QUESTIONS, path.name, evidence)
    except TableRefusedError as refusal:
        what = str(refusal).removeprefix("questions: ").rstrip(".")
        raise QuestionsError(path, f"the file cannot be read: {what}") from refusal
    return _parted(path, raw, plain, evidence, lines)


def _read(path: Path) -> tuple[pl.DataFrame, pl.Series]:
    """The rows as they stand, and where each stands: the line, or in Parquet the row."""
    if path.stat().st_size == 0:
        raise QuestionsError(path, "the file cannot be read: it is empty")
    if path.suffix != ".csv":
        rows = next(ParquetTable("questions", path.name, path, "").batches(_ALL), None)
        raw = ParquetTable("questions", path.name, path, "").schema.to_frame()
        raw = raw if rows is None else rows
        return raw, pl.int_range(1, raw.height + 1, eager=True)
    source = CsvTable("questions", path.name, path, "", QUESTIONS.column_names)
    raw = next(source.batches(_ALL), source.schema.to_frame())
    lines = pl.Series("line", source.line_numbers(), dtype=pl.Int64)
    is_blank = (raw[RAW_FIELDS].str.strip_chars() == "").fill_null(False)
    return raw.filter(~is_blank), lines.filter(~is_blank)


def _parted(
    path: Path, raw: pl.DataFrame, plain: pl.DataFrame, evidence: Evidence, lines: pl.Series
) -> Questions:
    repaired = repair(QUESTIONS, plain, evidence)
    cells = read_cells(QUESTIONS, repaired.frame)
    flags = frozenset(flags_of(QUESTIONS, plain.schema))
    if BROKEN_ROW in raw.columns:
        cells = cells.with_columns(raw[BROKEN_ROW], raw[SWALLOWED].is_not_null().alias(STRAY_QUOTE))
        flags |= {BROKEN_ROW, STRAY_QUOTE}
    judged = judge_rows(QUESTIONS, cells, build_checks(QUESTIONS, flags, {}), lines)
    place = "line" if set(MARKS) <= set(raw.columns) else "row"
    told = pl.col("reason").str.replace("questions, row", f"{path.name}, {place}", literal=True)
    is_missing = pl.col("reason_code") == "missing_value"
    code = pl.when(is_missing).then(pl.lit("incomplete_question"))
    aside = cells.filter(judged.is_bad).select(QUESTIONS.column_names)
    reasons = judged.reasons.select(
        code.otherwise(pl.lit("unreadable_question")).alias("reason_code"), told.alias("reason")
    )
    asked = cells.filter(~judged.is_bad).select(QUESTIONS.column_names)
    is_kept = ~judged.is_bad.gather(repaired.changes["row_number"])
    return Questions(
        asked=asked,
        set_aside=pl.concat([aside, reasons], how="horizontal").cast(SET_ASIDE),
        n_repaired=repaired.changes.filter(is_kept)["row_number"].n_unique(),
        warnings=_warnings(path, evidence),
    )


def _warnings(path: Path, evidence: Evidence) -> tuple[str, ...]:
    n_odd = evidence.of("as_of_date").n_odd_days
    if not n_odd:
        return ()
    return (
        f"{path.name}: as_of_date holds days before months as well as months before days, in "
        f"{n_odd} cells. These are set aside, and the other days may be wrong too: write days as "
        "in 2026-01-31.",
    )
