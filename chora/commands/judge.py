"""Is a proposed or past action lawful and founded?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import progress, say, show_table
from chora.options import Tables, as_day
from registers.errors import UserError
from registers.texts import LANGUAGES

if TYPE_CHECKING:
    import polars as pl

    from law.judgement import Judgement

EXITS = {"lawful": 0, "unlawful": 20, "unfounded": 20, "cannot_tell": 21}


class AskOneWayError(UserError):
    """Neither one measure nor a file of actions was named, or both."""

    def __init__(self) -> None:
        super().__init__(
            "Ask about one measure (--case ID --measure M --as-of DATE) "
            "or about a file of actions (--actions FILE --out F)."
        )


class UnknownLanguageError(UserError):
    """A language that the sentences do not come in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There is no language {language}. Languages: {', '.join(LANGUAGES)}.")


class ActionsFileError(UserError):
    """The file of actions cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} cannot be read. --actions takes a Parquet or CSV file with case_id, measure "
            "and decided_on."
        )


def lawful(
    tables: Tables,
    case: Annotated[str | None, typer.Option(help="The case.")] = None,
    measure: Annotated[str | None, typer.Option(help="The measure, as in travel_ban.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the measure.")
    ] = None,
    actions: Annotated[
        Path | None, typer.Option(help="Proposed or past actions: case_id, measure, decided_on.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write the verdicts (Parquet).")] = None,
    language: Annotated[str, typer.Option(help="uz_Latn, uz_Cyrl, ru or en.")] = "en",
) -> None:
    """Judge one measure in one case, or a file of actions: verdict, article, facts, sentence.

    Exit 0 lawful, 20 unlawful or unfounded, 21 cannot tell; of a file, the gravest of its verdicts.
    """
    one = case is not None and measure is not None and as_of is not None
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    if one and actions is None and case and measure and as_of:
        raise typer.Exit(_judge_one(tables, case, measure, as_of, language))
    if actions is not None and out is not None and case is None and measure is None:
        raise typer.Exit(_judge_file(tables, actions, out))
    raise AskOneWayError


def _judge_one(tables: Path, case: str, measure: str, as_of: datetime, language: str) -> int:
    from law.judgement import check_measure
    from registers.extract import load_tables

    judgement = check_measure(load_tables(tables), case, measure, as_day(as_of))
    _say_judgement(judgement, language)
    return EXITS[judgement.verdict]


def _say_judgement(judgement: Judgement, language: str) -> None:
    say(f"{judgement.measure}: {judgement.verdict.replace('_', ' ')}")
    for ground in judgement.grounds:
        say(f"  {ground.verdict}: {ground.sentence.in_language(language)}")
        facts = ", ".join(f"{name} = {value}" for name, value in sorted(ground.facts.items()))
        read = f"    {ground.article}; rule {ground.rule}; source {ground.confidence}"
        say(f"{read}; facts: {facts}" if facts else read)
    for confirmation in judgement.confirmations:
        say(f"  a person confirms: {confirmation.in_language(language)}")


def _read_actions(path: Path) -> pl.DataFrame:
    import polars as pl

    try:
        if path.suffix == ".csv":
            return pl.read_csv(path, try_parse_dates=True)
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ActionsFileError(path) from error


def _judge_file(tables: Path, actions: Path, out: Path) -> int:
    from law.actions import judge_actions
    from registers.extract import load_tables

    asked = _read_actions(actions)
    with progress("judging actions"):
        verdicts = judge_actions(load_tables(tables), asked)
        out.parent.mkdir(parents=True, exist_ok=True)
        verdicts.write_parquet(out)
    counts = verdicts.group_by("verdict", "rule").len().sort("verdict", "rule")
    show_table(f"{verdicts.height} actions", ["verdict", "rule", "actions"], counts.rows())
    say(f"Written: {out}")
    found = set(verdicts["verdict"].to_list())
    gravest = ("unlawful", "unfounded", "cannot_tell")
    return EXITS[next((v for v in gravest if v in found), "lawful")]


def add_to(app: typer.Typer) -> None:
    """Add this command to the front door."""
    app.command()(lawful)
