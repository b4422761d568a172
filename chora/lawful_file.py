"""What `chora lawful --actions` does: judges a file, reports, and weighs its own warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from chora.console import say, show_table
from registers.errors import UserError
from registers.texts import group_digits

if TYPE_CHECKING:
    from law.actions.quality import Quality
    from registers.extract import Registers

_IDS = dict.fromkeys(("action_id", "case_id", "measure"), pl.String)


class ActionsFileError(UserError):
    """A file of actions, or of known faults, that cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} cannot be read. Name a Parquet or CSV file with a head line: case_id, measure "
            "and decided_on for actions; action_id and planted for known faults."
        )


def read_actions(path: Path) -> pl.DataFrame:
    """The rows of a Parquet or CSV file, ids as text; raises ActionsFileError."""
    try:
        if path.suffix != ".csv":
            return pl.read_parquet(path)
        read = pl.read_csv(path, try_parse_dates=True, schema_overrides=_IDS)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ActionsFileError(path) from error
    # Without a row no column of a CSV file has a type.
    return read if read.height else pl.DataFrame(schema=dict.fromkeys(read.columns, pl.Null))


def judge_file(
    registers: Registers, actions: pl.DataFrame, out: Path, step: Callable[[str], None]
) -> pl.DataFrame:
    """The verdicts, written to `out`."""
    from law.actions import judge_actions

    judged = judge_actions(registers, actions, step)
    step("writing")
    out.parent.mkdir(parents=True, exist_ok=True)
    judged.write_parquet(out)
    return judged


def say_judged(judged: pl.DataFrame, language: str) -> None:
    """Prints a table by finding and rule, and the measures that no catalogue names."""
    from law.actions.finding_names import FOUND_NAMES
    from law.actions.report import rules_report

    rows = [
        (rule, FOUND_NAMES[found].in_language(language), article.split(",")[0], n, _percent(share))
        for found, rule, article, n, share in rules_report(judged).rows()
    ]
    columns = ["rule", "finding", "article", "actions", "share"]
    show_table(f"{group_digits(judged.height)} actions", columns, rows)
    unknown = judged.filter(pl.col("rule") == "unknown_measure")
    for measure, sentence, n in _unknown_measures(unknown, language):
        say(f"{measure} ({n}): {sentence}")


def _unknown_measures(rows: pl.DataFrame, language: str) -> Iterable[tuple[str, str, int]]:
    said = pl.col(f"finding_{language}").first()
    return rows.group_by("measure").agg(said, pl.len()).sort("measure").rows()


def known_faults(actions: pl.DataFrame, planted: Path | None) -> tuple[pl.DataFrame, str] | None:
    """Action and fault, with what they are; None where neither is given.

    The faults of a file, else what the actions themselves were cancelled as. Raises
    ActionsFileError, PlantedUnusableError.
    """
    from law.actions.quality import check_known_faults

    if planted is not None:
        faults = read_actions(planted)
        check_known_faults(faults)
        return faults, "Warnings against the known faults"
    if not {"action_id", "cancelled_as"} <= set(actions.columns):
        return None
    cancelled = actions.group_by("action_id", maintain_order=True).agg(
        pl.col("cancelled_as").drop_nulls().last().alias("planted")
    )
    if cancelled["planted"].null_count() == cancelled.height:
        return None
    return cancelled, "Warnings against what was cancelled later (much that is wrong never is)"


def say_quality(quality: Quality, title: str, out: Path) -> None:
    """Prints precision and recall by kind and measure; writes the differences beside `out`."""
    columns = ["kind", "planted", "warned", "right", "precision", "recall"]
    show_table(title, columns, [_shown(row) for row in quality.by_kind.rows()])
    by_measure = quality.by_measure.drop("right")
    columns = ["measure", "kind", "planted", "warned", "prec.", "recall"]
    show_table("By measure", columns, [_shown(row) for row in by_measure.rows()])
    if not quality.by_fault.is_empty():
        columns = ["rule that was broken", "planted", "warned", "recall"]
        show_table("By planted fault", columns, [_shown(r) for r in quality.by_fault.rows()])
    if quality.differences.is_empty():
        say("Nothing was missed and nothing wrongly warned of.")
        return
    counts = quality.differences.group_by("difference", "finding_rule").len()
    rows = counts.sort("difference", "len", "finding_rule", descending=[False, True, False]).rows()
    show_table("Differences", ["difference", "rule of the finding", "actions"], rows)
    file = out.with_name(f"{out.stem}.differences.parquet")
    quality.differences.write_parquet(file)
    say(f"Each difference with its reason: {file}")


def _shown(row: tuple[object, ...]) -> tuple[str, ...]:
    """Cells as they should be read: rates in percent, nothing where there is none."""
    return tuple("–" if cell is None else _cell(cell) for cell in row)


def _cell(cell: object) -> str:
    if isinstance(cell, float):
        return _percent(cell)
    return group_digits(cell) if isinstance(cell, int) else str(cell)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
