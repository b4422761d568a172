"""What a decision rests on, and who gets what of a collected sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.commands.judge import UnknownLanguageError
from chora.console import say
from chora.options import Day, Tables, as_day
from chora.reading import load_tables_and_law
from chora.sharing import open_claims, say_distribution, say_nothing_owed, say_what_is_unknown
from registers.errors import UserError
from registers.texts import LANGUAGES

if TYPE_CHECKING:
    import polars as pl

    from registers.extract import Registers

Language = Annotated[str, typer.Option(help="uz_Latn, uz_Cyrl, ru or en.")]


class StatementFormError(UserError):
    """A statement that is not written as NAME=VALUE."""

    def __init__(self, option: str, text: str, example: str) -> None:
        super().__init__(f"{option} {text}: write NAME=VALUE, as in {option} {example}.")


class NotAnAmountError(UserError):
    """A statement about a case whose value is no whole number."""

    def __init__(self, option: str, text: str) -> None:
        super().__init__(f"{option} {text}: the value must be a whole number.")


def grounds(
    tables: Tables,
    case: Annotated[str, typer.Option(help="The case.")],
    measure: Annotated[str, typer.Option(help="The measure, as in travel_ban.")],
    as_of: Day,
    language: Language = "uz_Latn",
    fact: Annotated[
        list[str] | None,
        typer.Option(help="A fact that no register holds, as claimant_funds_search=yes."),
    ] = None,
    officer: Annotated[
        str | None, typer.Option(help="Pseudonym of the officer; that of the case if left out.")
    ] = None,
    notified_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of notice; the day of decision if not."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where to write the text.")] = None,
) -> None:
    """Draft the grounds of a decision by Art. 86: seven parts, with the appeal route and term.

    The text is a draft: a person checks it, signs it or refuses it. Exit 0 whatever the verdict.
    """
    from law.decision_grounds import decision_grounds
    from law.judgement import check_measure
    from law.stated import read_statements

    _check_language(language)
    stated = read_statements(_named("--fact", fact, "claimant_funds_search=yes"))
    registers = load_tables_and_law(tables)
    day = as_day(as_of)
    judgement = check_measure(registers, case, measure, day, stated)
    draft = decision_grounds(
        judgement,
        _case_row(registers, case, day),
        decided_on=day,
        officer_id=officer,
        notified_on=as_day(notified_on) if notified_on else None,
        legal_order_id=registers.legal_order.id,
        currency=registers.legal_order.currency,
    )
    text = draft.as_text(language)
    if out is None:
        say(text.rstrip())
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        say(f"Written: {out}")


def distribute(
    tables: Tables,
    debtor: Annotated[str, typer.Option(help="Pseudonym of the debtor.")],
    amount: Annotated[int, typer.Option(help="What was collected, whole som.")],
    as_of: Day,
    pledge_of: Annotated[
        str | None, typer.Option(help="The case whose pledged thing brought the money.")
    ] = None,
    rank: Annotated[
        list[str] | None,
        typer.Option(help="A rank that no register tells, as CASE=2; 0 for an imposed fine."),
    ] = None,
    costs: Annotated[
        list[str] | None,
        typer.Option(help="Costs within the fee of a case, as CASE=120000 (whole som)."),
    ] = None,
    language: Language = "en",
) -> None:
    """Share a collected sum out among the claims against a debtor (Art. 51, 78-80).

    Ranks in turn, in proportion inside a rank. Where a rank cannot be told, the part is left open
    between its least and its most, and what is missing is named.
    """
    from law.uz.distribution import distribute as share_out

    _check_language(language)
    registers = load_tables_and_law(tables)
    day = as_day(as_of)
    claims = open_claims(registers, debtor, day)
    ranks = _by_case("--rank", rank, claims)
    charged = _by_case("--costs", costs, claims)
    answer = share_out(amount, _with_statements(claims, ranks, charged), day, pledge_of)
    if claims.is_empty():
        say_nothing_owed(amount, language)
        say_what_is_unknown(registers, debtor, day, language)
        return
    fees_told = all(row["case_id"] in charged or not row["fee_som"] for row in claims.to_dicts())
    say_distribution(amount, answer, language, costs_are_told=fees_told)
    say_what_is_unknown(registers, debtor, day, language)


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise UnknownLanguageError(language)


def _named(option: str, texts: Sequence[str] | None, example: str) -> dict[str, str]:
    """NAME=VALUE texts as a mapping."""
    named = {}
    for text in texts or ():
        name, is_given, value = text.partition("=")
        if not name or not is_given or not value:
            raise StatementFormError(option, text, example)
        named[name.strip()] = value.strip()
    return named


def _by_case(option: str, texts: Sequence[str] | None, claims: pl.DataFrame) -> dict[str, int]:
    """CASE=NUMBER texts as a mapping; every case must be among the claims."""
    from law.uz.errors import UnknownClaimError

    known = claims["case_id"].to_list()
    numbers = {}
    for case, value in _named(option, texts, "CASE=2").items():
        if case not in known:
            raise UnknownClaimError(case, known)
        if not value.lstrip("-").replace("_", "").isdigit():
            raise NotAnAmountError(option, f"{case}={value}")
        numbers[case] = int(value)
    return numbers


def _with_statements(
    claims: pl.DataFrame, ranks: Mapping[str, int], costs: Mapping[str, int]
) -> pl.DataFrame:
    import polars as pl

    def stated(numbers: Mapping[str, int]) -> pl.Expr:
        return pl.col("case_id").replace_strict(dict(numbers), default=None, return_dtype=pl.Int64)

    return claims.with_columns(stated(ranks).alias("stated_rank"), stated(costs).alias("costs_som"))


def _case_row(registers: Registers, case: str, on: date) -> dict[str, object]:
    import polars as pl

    from registers.snapshot import Snapshot

    known = Snapshot(registers.for_case(case), on).table("cases")
    return known.filter(pl.col("case_id") == case).row(0, named=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(grounds)
    app.command()(distribute)
