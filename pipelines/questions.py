"""Reading the questions: which cases, on which day."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from registers.errors import UserError


class QuestionsError(UserError):
    """The file of questions cannot be read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: {what}. Questions are a Parquet or CSV file with the columns case_id (text) "
            "and as_of_date (date, as in 2026-04-01)."
        )


def read_questions(path: Path) -> pl.DataFrame:
    """case_id and as_of_date of the questions in `path`.

    Raises:
        QuestionsError: no such file, not readable, a column missing or of another type.
    """
    if not path.is_file():
        raise QuestionsError(path, "there is no such file")
    try:
        frame = (
            pl.read_csv(path, infer_schema=False)
            if path.suffix == ".csv"
            else pl.read_parquet(path)
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise QuestionsError(path, "the file cannot be read") from error
    if frame.width == 0:
        raise QuestionsError(path, "the file cannot be read")
    missing = [c for c in ("case_id", "as_of_date") if c not in frame.columns]
    if missing:
        raise QuestionsError(path, f"the column {missing[0]} is missing")
    if frame["case_id"].dtype.is_nested():
        raise QuestionsError(path, "case_id is no text")
    if frame["as_of_date"].dtype.is_numeric() or frame["as_of_date"].dtype.is_nested():
        raise QuestionsError(path, "as_of_date holds something that is no date")
    try:
        typed = frame.select(pl.col("case_id").cast(pl.String), _day(frame["as_of_date"]))
    except pl.exceptions.PolarsError as error:
        raise QuestionsError(path, "as_of_date holds something that is no date") from error
    empty = typed.select(pl.any_horizontal(pl.all().is_null()).sum()).item()
    if empty:
        raise QuestionsError(path, f"{empty} rows lack case_id or as_of_date")
    return typed


def _day(column: pl.Series) -> pl.Expr:
    if column.dtype == pl.String:
        return pl.col("as_of_date").str.to_date("%Y-%m-%d", strict=True)
    return pl.col("as_of_date").cast(pl.Date)
