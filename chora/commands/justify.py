"""What a decision rests on, and who gets what of a collected sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import say, show_table
from chora.options import Day, Tables, as_day
from registers.errors import UserError
from registers.texts import LANGUAGES, Texts, format_amount

if TYPE_CHECKING:
    import polars as pl

    from registers.extract import Registers

Language = Annotated[str, typer.Option(help="uz_Latn, uz_Cyrl, ru or en.")]


class NoSuchLanguageError(UserError):
    """A language that the texts do not come in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There is no language {language}. Languages: {', '.join(LANGUAGES)}.")


class StatementFormError(UserError):
    """A statement that is not written as NAME=VALUE."""

    def __init__(self, option: str, text: str, example: str) -> None:
        super().__init__(f"{option} {text}: write NAME=VALUE, as in {option} {example}.")


class UnknownDebtorError(UserError):
    """A debtor of whom no case was known on that day."""

    def __init__(self, debtor: str, on: date, nearest: str) -> None:
        super().__init__(
            f"No case of a debtor '{debtor}' was known on {on.isoformat()}.{nearest} "
            "Check the pseudonym and the day."
        )


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
    from registers.extract import load_tables

    _check_language(language)
    stated = read_statements(_named("--fact", fact, "claimant_funds_search=yes"))
    registers = load_tables(tables)
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
    from registers.extract import load_tables

    _check_language(language)
    registers = load_tables(tables)
    day = as_day(as_of)
    claims = _open_claims(registers, debtor, day)
    ranks = _by_case("--rank", rank, claims)
    charged = _by_case("--costs", costs, claims)
    answer = share_out(amount, _with_statements(claims, ranks, charged), day, pledge_of)
    if claims.is_empty():
        say(_NOTHING_OWED.in_language(language))
        say(f"{_RETURNED.in_language(language)}: {format_amount(amount, language)}")
        return
    _show(amount, answer, language, claims, charged)
    if "payments" in registers.absent:
        say(_NO_PAYMENTS.in_language(language))


_TITLE = Texts(
    "Undirilgan pulni taqsimlash",
    "Ундирилган пулни тақсимлаш",
    "Распределение взысканной суммы",
    "Distribution of a collected sum",
)
_COLUMNS = (
    Texts("ish", "иш", "дело", "case"),
    Texts("talab", "талаб", "требование", "claim"),
    Texts("navbat", "навбат", "очередь", "rank"),
    Texts("qarz", "қарз", "долг", "owed"),
    Texts("toʻlanadi", "тўланади", "выплата", "paid"),
)
_NOTHING_OWED = Texts(
    "Bu kuni qarzdorning ochiq pul talabi yoʻq: taqsimlanadigan qarz ham yoʻq.",
    "Бу куни қарздорнинг очиқ пул талаби йўқ: тақсимланадиган қарз ҳам йўқ.",
    "На этот день открытых денежных требований к должнику нет: распределять нечего.",
    "On this day no money claim against the debtor is open: there is nothing to share out.",
)
_RETURNED = Texts(
    "Qarzdorga qaytariladi", "Қарздорга қайтарилади", "Возвращается должнику", "Back to the debtor"
)
_NO_PAYMENTS = Texts(
    "Toʻlovlar reyestri berilmagan: avval toʻlangan summalar qarzdan ayirilmagan.",
    "Тўловлар реестри берилмаган: аввал тўланган суммалар қарздан айирилмаган.",
    "Реестр платежей не передан: уплаченное ранее из долга не вычтено.",
    "The register of payments was not delivered: what was paid before is not taken off.",
)
_OPEN = Texts(
    "Yetishmayotgan maʼlumot aniqlanguncha taqsimlanmaydi",
    "Етишмаётган маълумот аниқлангунча тақсимланмайди",
    "Не распределяется до выяснения недостающих сведений",
    "Kept until the missing facts are known",
)


def _show(
    amount: int,
    answer: pl.DataFrame,
    language: str,
    claims: pl.DataFrame,
    charged: Mapping[str, int],
) -> None:
    from law.code_names import code_texts
    from law.uz.distribution import open_som, returned_som
    from law.uz.distribution_words import COSTS_IN_FEE

    def money(som: int) -> str:
        return format_amount(som, language)

    def kind(code: str) -> str:
        named = code_texts("claim_kind", code)
        return named.in_language(language) if named else code

    rows = [
        (
            row["case_id"],
            kind(row["claim_kind"]),
            "?" if row["rank"] is None else row["rank"],
            money(row["owed_som"]),
            money(row["paid_som"])
            if row["paid_som"] is not None
            else f"{money(row['least_som'])} – {money(row['most_som'])}",
        )
        for row in answer.iter_rows(named=True)
    ]
    title = f"{_TITLE.in_language(language)}: {money(amount)}"
    show_table(title, [column.in_language(language) for column in _COLUMNS], rows)
    for row in answer.iter_rows(named=True):
        say(f"{row['case_id']}: {row[f'sentence_{language}']}")
    _say_what_is_left(returned_som(amount, answer), _RETURNED, language)
    _say_what_is_left(open_som(amount, answer), _OPEN, language)
    has_fee = [r["case_id"] for r in claims.iter_rows(named=True) if r["fee_som"]]
    if amount < answer["owed_som"].sum() and any(case not in charged for case in has_fee):
        say(COSTS_IN_FEE.in_language(language))


def _say_what_is_left(som: int, label: Texts, language: str) -> None:
    if som:
        say(f"{label.in_language(language)}: {format_amount(som, language)}")


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise NoSuchLanguageError(language)


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


def _open_claims(registers: Registers, debtor: str, on: date) -> pl.DataFrame:
    """The open money claims against a debtor known on a day, with what is owed on each."""
    import polars as pl

    from law.errors import nearest
    from law.uz.distribution import CLAIMS
    from registers.outcomes import outstanding
    from registers.snapshot import Snapshot, locate

    mine = registers.filter_debtors([debtor])
    cases = Snapshot(mine, on).table("cases").filter(pl.col("debtor_id") == debtor)
    if cases.is_empty():
        everybody = registers.table("cases")["debtor_id"].unique().sort().to_list()
        raise UnknownDebtorError(debtor, on, nearest(debtor, everybody))
    questions = cases.select("case_id", pl.lit(on).alias("as_of_date"))
    points, _ = locate(mine, questions)
    owed = points.join(outstanding(mine, points), on="point_id")
    return (
        cases.join(
            owed.select("case_id", pl.col("outstanding_som").alias("owed_som")), on="case_id"
        )
        .filter(pl.col("owed_som") > 0)
        .select(CLAIMS.names())
        .sort("case_id")
    )


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(grounds)
    app.command()(distribute)
