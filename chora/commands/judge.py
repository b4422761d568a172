"""Is a proposed or past action lawful, founded and in time?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from chora.console import progress, say
from chora.options import Tables, as_day
from registers.errors import UserError
from registers.texts import LANGUAGES

EXITS = {"lawful": 0, "unlawful": 20, "unfounded": 20, "cannot_tell": 21}


class AskOneWayError(UserError):
    """Neither one measure nor a file of actions was named, or both, or an option of the other."""

    def __init__(self) -> None:
        super().__init__(
            "Ask about one measure (--case ID --measure M --as-of DATE, with --fact and --all) "
            "or about a file of actions (--actions FILE --out F, with --report and --planted)."
        )


class UnknownLanguageError(UserError):
    """A language that the sentences do not come in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There is no language {language}. Languages: {', '.join(LANGUAGES)}.")


class FactFormError(UserError):
    """A statement that is not of the form NAME=VALUE."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' states no fact. Write --fact NAME=VALUE, as in "
            "--fact claimant_funds_search=yes."
        )


def lawful(
    tables: Tables,
    case: Annotated[str | None, typer.Option(help="The case.")] = None,
    measure: Annotated[str | None, typer.Option(help="The measure, as in travel_ban.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the measure.")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE: a fact that no register holds, stated by you; repeatable."),
    ] = None,
    shows_all: Annotated[
        bool, typer.Option("--all", help="List the conditions that hold, too.")
    ] = False,
    actions: Annotated[
        Path | None, typer.Option(help="Proposed or past actions: case_id, measure, decided_on.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write the verdicts (Parquet).")] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Where to write counts by office and measure (.parquet, .csv or .md)."),
    ] = None,
    planted: Annotated[
        Path | None,
        typer.Option(help="Known faults (action_id, planted): prints precision and recall."),
    ] = None,
    language: Annotated[str, typer.Option(help="uz_Latn, uz_Cyrl, ru or en.")] = "en",
) -> None:
    """Judge one measure in one case, or a file of past actions: verdict, article, what to do.

    One measure, as an officer would ask before deciding:

    \b
        chora lawful TABLES --case C12 --measure travel_ban --as-of 2026-04-01 --language ru
        chora lawful TABLES --case C12 --measure debtor_or_asset_search --as-of 2026-04-01 \\
            --fact claimant_funds_search=yes

    All past actions of a Bureau, each judged with what was known the day before it:

    \b
        chora lawful TABLES --actions actions.parquet --out verdicts.parquet --report report.md
        chora lawful TABLES --actions n/registers/actions.parquet --out verdicts.parquet \\
            --planted n/truth/actions.parquet

    The verdict is that of the rules. Warnings beyond it (unfounded: heavier than needed, out of
    proportion, repeated without new facts; late: after the day that the Law sets) are for a person
    to weigh and change no exit code.

    Exit 0 lawful, 20 unlawful or unfounded, 21 cannot tell; of a file, the gravest of its verdicts.
    """
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)
    one = case is not None and measure is not None and as_of is not None
    of_one, of_file = (fact, shows_all), (actions, out, report, planted)
    if one and not any(of_file) and case and measure and as_of:
        code = _judge_one(tables, case, measure, as_of, fact or [], language, shows_all)
        raise typer.Exit(code)
    if actions and out and not any((case, measure, as_of, *of_one)):
        raise typer.Exit(_judge_file(tables, actions, out, report, planted, language))
    raise AskOneWayError


def _judge_one(
    tables: Path,
    case: str,
    measure: str,
    as_of: datetime,
    fact: list[str],
    language: str,
    shows_all: bool,
) -> int:
    from chora.lawful_one import say_checked
    from chora.reading import load_tables_and_law
    from law.actions.check import check_action
    from law.stated import read_statements

    stated = read_statements(_statements(fact))
    registers = load_tables_and_law(tables)
    day = as_day(as_of)
    checked = check_action(registers, case, measure, day, stated)
    order = registers.legal_order
    say_checked(checked, case=case, on=day, order=order, language=language, shows_all=shows_all)
    return EXITS[checked.judgement.verdict]


def _statements(texts: list[str]) -> dict[str, str]:
    statements = {}
    for text in texts:
        name, is_there, value = text.partition("=")
        if not is_there or not name.strip():
            raise FactFormError(text)
        statements[name.strip()] = value
    return statements


def _judge_file(
    tables: Path,
    actions: Path,
    out: Path,
    report: Path | None,
    planted: Path | None,
    language: str,
) -> int:
    from chora.lawful_file import judge_file, known_faults, read_actions, say_judged, say_quality
    from chora.reading import load_tables_and_law
    from law.actions.quality import weigh_warnings
    from law.actions.report import check_suffix, write_report

    if report is not None:
        check_suffix(report)
    asked = read_actions(actions)
    faults = known_faults(asked, planted)
    with progress("judging actions") as step:
        registers = load_tables_and_law(tables)
        judged = judge_file(registers, asked, out, step)
    if judged.is_empty():
        say(f"{actions} holds no action, so there is nothing to judge. An empty table: {out}")
        return 0
    say_judged(judged, language)
    if faults is not None:
        say_quality(weigh_warnings(judged, faults[0], language), faults[1], out)
    say(f"Written: {out}")
    if report is not None:
        write_report(judged, report, registers.legal_order.id, language)
        say(f"Report: {report}")
    found = set(judged["verdict"].to_list())
    gravest = ("unlawful", "unfounded", "cannot_tell")
    return EXITS[next((v for v in gravest if v in found), "lawful")]


def add_to(app: typer.Typer) -> None:
    """Add this command to the front door."""
    app.command()(lawful)
