"""Unfounded: a less intrusive measure would do as well (Art. 47, 53).

Art. 47 takes money first and property by liquidity, and only as much as is needed. Nobody may be
warned on a guess: the lighter measure must itself be lawful that day and cover all open claims.
"""

import polars as pl

from law.actions.findings import Finding
from law.condition import Condition
from law.parameters import parameter
from law.uz.kinds import is_criminal_fine
from law.words import words

# Art. 32¹: for a criminal fine the travel ban is a duty, not a choice.
_is_free_choice = ~is_criminal_fine()

_money_suffices = (
    pl.col("account_levy_is_open")
    & ~pl.col("has_tried_account_levy")
    & (pl.col("leviable_balance_som") >= pl.col("consolidated_som"))
)

# Art. 47(1): money first. A levy that was tried already has shown what it can do.
money_covers_the_debt = Condition(
    id="money_covers_the_debt",
    article="47",
    reason_code="money_covers_the_debt",
    title=words(
        uz="Hisobvaraqlardagi pul qarzni qoplamaydi",
        ru="Деньги на счетах не покрывают долг",
        en="The money on accounts does not cover the debt",
    ),
    broken=words(
        uz="Chora asossiz koʻrinadi: hisobvaraqlarda undirish mumkin boʻlgan pul "
        "({leviable_balance_som}) barcha ochiq talablarni ({consolidated_som}) qoplaydi, undiruv "
        "esa hali pulga qaratilmagan (47-modda).",
        ru="Мера выглядит необоснованной: денег на счетах ({leviable_balance_som}) хватает на все "
        "открытые требования ({consolidated_som}), а взыскание на них ещё не обращалось (ст. 47).",
        en="The measure looks unfounded: the money on accounts that may be levied "
        "({leviable_balance_som}) covers all open claims ({consolidated_som}), and it has not been "
        "levied yet (Art. 47).",
    ),
    remedy=words(
        uz="Avval undiruvni bank hisobvaraqlaridagi pulga qarating; bu chorani qoldiq qolsa "
        "qoʻllang.",
        ru="Сначала обратите взыскание на деньги на счетах; эту меру оставьте для остатка долга.",
        en="First levy the money on the accounts; keep this measure for what is then left.",
    ),
    holds=~(_is_free_choice & _money_suffices),
    facts=(
        "account_levy_is_open",
        "claim_kind",
        "consolidated_som",
        "document_kind",
        "has_tried_account_levy",
        "leviable_balance_som",
    ),
    parameters=("minimum_wage", "protected_account_share"),
    confidence="inferred",
)

_term = parameter("enforcement_term_months").cast(pl.Int64)
_income_suffices = (
    (pl.col("withholding_is_open") | pl.col("has_wage_withholding"))
    & ~pl.col("periodic")
    & (pl.col("withholdable_som") * _term >= pl.col("consolidated_som"))
)
# Art. 64 takes property before wages, except for sums up to the minimum wage.
_comes_before_property = (pl.col("consolidated_som") <= pl.col("minimum_wage_som")) | pl.col(
    "has_wage_withholding"
)


def _income_covers(code: str, suffices: pl.Expr, *also_read: str) -> Condition:
    """Art. 30, 47: what can be withheld within the term of enforcement needs nothing heavier."""
    read = (
        "claim_kind",
        "consolidated_som",
        "document_kind",
        "has_wage_withholding",
        "periodic",
        "withholdable_som",
        "withholding_is_open",
    )
    return Condition(
        id=code,
        article="47",
        reason_code=code,
        title=words(
            uz="Daromaddan ushlab qolish qarzni ijro muddatida qoplamaydi",
            ru="Удержание из доходов не покроет долг за срок исполнения",
            en="Withholding from income does not cover the debt within the term of enforcement",
        ),
        broken=words(
            uz="Chora asossiz koʻrinadi: daromaddan oyiga {withholdable_som} ushlab qolish mumkin, "
            "bu barcha ochiq talablarni ({consolidated_som}) ijro muddati ichida qoplaydi "
            "(30, 47-moddalar).",
            ru="Мера выглядит необоснованной: из дохода можно удерживать {withholdable_som} в "
            "месяц, этого хватает на все открытые требования ({consolidated_som}) в пределах "
            "срока исполнения (ст. 30, 47).",
            en="The measure looks unfounded: {withholdable_som} a month can be withheld from "
            "income, which covers all open claims ({consolidated_som}) within the term of "
            "enforcement (Art. 30, 47).",
        ),
        remedy=words(
            uz="Undiruvni ish haqi va daromadga qarating yoki u yetmasligini qarorda asoslang.",
            ru="Обратите взыскание на зарплату и доходы или обоснуйте в постановлении, почему "
            "этого мало.",
            en="Withhold from wages and income, or give reasons in the decision why that is not "
            "enough.",
        ),
        holds=~(_is_free_choice & suffices),
        facts=tuple(sorted({*read, *also_read})),
        parameters=("enforcement_term_months", "wage_cap_share"),
        confidence="inferred",
    )


# Art. 64: of property only where the Law itself lets wages come first.
income_covers_the_debt = _income_covers(
    "income_covers_the_debt", _income_suffices & _comes_before_property, "minimum_wage_som"
)
# Art. 42¹: a ban takes nothing; it presses, and there is nothing to press for.
income_covers_without_ban = _income_covers("income_covers_without_ban", _income_suffices)

FINDINGS: tuple[Finding, ...] = (
    Finding(
        "unfounded",
        money_covers_the_debt,
        (
            "account_attachment",
            "receivables_levy",
            "movable_attachment",
            "vehicle_seizure_sale",
            "movable_sale",
            "real_estate_sale",
            "travel_ban",
            "debtor_or_asset_search",
        ),
    ),
    Finding(
        "unfounded",
        income_covers_the_debt,
        (
            "movable_attachment",
            "vehicle_seizure_sale",
            "movable_sale",
            "real_estate_sale",
        ),
    ),
    Finding("unfounded", income_covers_without_ban, ("travel_ban",)),
)
