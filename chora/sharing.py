"""Claims against one debtor as the registers hold them, and a distribution as it is printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chora.console import say, show_table
from registers.errors import UserError
from registers.texts import Texts, format_amount

if TYPE_CHECKING:
    import polars as pl

    from registers.extract import Registers


class UnknownDebtorError(UserError):
    """A debtor of whom no case was known on that day."""

    def __init__(self, debtor: str, on: date, nearest: str) -> None:
        super().__init__(
            f"No case of a debtor '{debtor}' was known on {on.isoformat()}.{nearest} "
            "Check the pseudonym and the day."
        )


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
_UNREAD_PAYMENTS = Texts(
    "Toʻlovlarining bir qismi oʻqilmagan ishlar: {cases}. Bu ishlarda qarz koʻrsatilganidan kam "
    "boʻlishi mumkin: taqsimlashdan oldin toʻlovlarni aniqlang.",
    "Тўловларининг бир қисми ўқилмаган ишлар: {cases}. Бу ишларда қарз кўрсатилганидан кам "
    "бўлиши мумкин: тақсимлашдан олдин тўловларни аниқланг.",
    "Дела, часть платежей по которым прочесть не удалось: {cases}. Долг по ним может быть меньше "
    "указанного: выясните платежи до распределения.",
    "Cases of which some payments could not be read: {cases}. Less may be owed on them than is "
    "shown: find out the payments before the sum is shared out.",
)
_UNREAD_CASES = Texts(
    "Qarzdorning ayrim ishlari oʻqilmagan va chetga olingan: bu yerda koʻrsatilmagan talab ham "
    "boʻlishi mumkin.",
    "Қарздорнинг айрим ишлари ўқилмаган ва четга олинган: бу ерда кўрсатилмаган талаб ҳам "
    "бўлиши мумкин.",
    "Часть дел должника прочесть не удалось, они отложены: может быть требование, которого здесь "
    "нет.",
    "Some cases of the debtor could not be read and were set aside: there may be a claim that is "
    "not shown here.",
)
_OPEN = Texts(
    "Yetishmayotgan maʼlumot aniqlanguncha taqsimlanmaydi",
    "Етишмаётган маълумот аниқлангунча тақсимланмайди",
    "Не распределяется до выяснения недостающих сведений",
    "Kept until the missing facts are known",
)


def open_claims(registers: Registers, debtor: str, on: date) -> pl.DataFrame:
    """The open money claims against a debtor known on a day, with what is owed on each at most.

    Payments that nobody could read are not taken off; `unread_payments` names the cases.
    """
    import polars as pl

    from law.errors import nearest
    from law.uz.distribution import CLAIMS
    from law.uz.errors import NoRanksOfClaimsError
    from registers.outcomes import most_outstanding
    from registers.snapshot import Snapshot, locate

    if registers.legal_order.id != "uz":
        raise NoRanksOfClaimsError(registers.legal_order.id)
    mine = registers.filter_debtors([debtor])
    cases = Snapshot(mine, on).table("cases").filter(pl.col("debtor_id") == debtor)
    if cases.is_empty():
        everybody = registers.table("cases")["debtor_id"].unique().sort().to_list()
        raise UnknownDebtorError(debtor, on, nearest(debtor, everybody))
    questions = cases.select("case_id", pl.lit(on).alias("as_of_date"))
    points, _ = locate(mine, questions)
    owed = points.join(most_outstanding(mine, points), on="point_id")
    return (
        cases.join(
            owed.select("case_id", pl.col("outstanding_som").alias("owed_som")), on="case_id"
        )
        .filter(pl.col("owed_som") > 0)
        .select(CLAIMS.names())
        .sort("case_id")
    )


def say_what_is_unknown(registers: Registers, debtor: str, on: date, language: str) -> None:
    """Print what of the debtor's cases and payments is not all known on a day."""
    import polars as pl

    from registers.snapshot import Snapshot, locate
    from registers.unknown import unknown_points

    if "payments" in registers.absent:
        say(_NO_PAYMENTS.in_language(language))
    mine = registers.filter_debtors([debtor])
    cases = Snapshot(mine, on).table("cases").filter(pl.col("debtor_id") == debtor)
    questions = cases.select("case_id", pl.lit(on).alias("as_of_date"))
    points, _ = locate(mine, questions)
    if "payments" not in registers.absent:
        unread = unknown_points(mine, points, "payments", "case")["point_id"]
        named = points.filter(pl.col("point_id").is_in(unread.implode()))["case_id"].to_list()
        if named:
            say(_UNREAD_PAYMENTS.in_language(language).format(cases=", ".join(named)))
    if unknown_points(mine, points, "cases", "debtor").height:
        say(_UNREAD_CASES.in_language(language))


def say_nothing_owed(amount: int, language: str) -> None:
    """Print that nothing is owed, and that the whole sum goes back."""
    say(_NOTHING_OWED.in_language(language))
    _say_what_is_left(amount, _RETURNED, language)


def say_distribution(
    amount: int,
    answer: pl.DataFrame,
    language: str,
    *,
    costs_are_told: bool,
) -> None:
    """Print the parts as a table, a sentence for each, what is left, and what to know beside."""
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
    _say_what_is_not_read(answer, language)
    if amount < answer["owed_som"].sum() and not costs_are_told:
        say(COSTS_IN_FEE.in_language(language))


def _say_what_is_left(som: int, label: Texts, language: str) -> None:
    if som:
        say(f"{label.in_language(language)}: {format_amount(som, language)}")


def _say_what_is_not_read(answer: pl.DataFrame, language: str) -> None:
    """How sure the ranks are, where the Law does not say them outright."""
    from law.uz.decision_reasons import cited
    from law.uz.decision_words import WEAKER

    for confidence, said in WEAKER.items():
        articles = answer.filter(confidence=confidence)["article"].to_list()
        if articles:
            say(said.format(cited=cited(articles)).in_language(language))
