"""Catalogue of the means family: money, wages, loans and things over the months."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from registers.uzbek import words

MEANS_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="mean_balance_6m_som",
        family="means",
        theme="income",
        kind="number",
        unit="som",
        sources=("accounts.balance_som",),
        label=words(
            uz="hisobvaraqlardagi olti oylik oʻrtacha qoldiq",
            ru="средний остаток на счетах за шесть месяцев",
            en="mean balance on accounts over six months",
        ),
        meaning=(
            "Balances of all accounts in the newest six months, over the number of months; null "
            "where no account is reported."
        ),
        higher="eases",
    ),
    Feature(
        name="min_balance_6m_som",
        family="means",
        theme="income",
        kind="number",
        unit="som",
        sources=("accounts.balance_som",),
        label=words(
            uz="hisobvaraqlardagi olti oylik eng kam qoldiq",
            ru="наименьший остаток на счетах за шесть месяцев",
            en="lowest balance on accounts over six months",
        ),
        meaning="The least balance of each account in those months, summed.",
        higher="eases",
    ),
    Feature(
        name="balance_range_6m_som",
        family="means",
        theme="income",
        kind="number",
        unit="som",
        sources=("accounts.balance_som",),
        label=words(
            uz="olti oyda hisobvaraq qoldigʻining oʻzgarishi",
            ru="размах остатка на счетах за шесть месяцев",
            en="swing of the balance over six months",
        ),
        meaning="The greatest less the least balance of each account in those months, summed.",
    ),
    Feature(
        name="n_wage_months_12",
        family="means",
        theme="income",
        kind="number",
        unit="count",
        sources=("incomes.gross_som", "incomes.kind"),
        label=words(
            uz="oxirgi oʻn ikki oyda ish haqi olingan oylar soni",
            ru="число месяцев с зарплатой из двенадцати",
            en="number of months with a wage out of twelve",
        ),
        meaning=(
            "Months with a wage among the newest twelve of the debtor's incomes; null where no "
            "income is reported."
        ),
        higher="eases",
    ),
    Feature(
        name="n_wage_gaps_12",
        family="means",
        theme="income",
        kind="number",
        unit="count",
        sources=("incomes.month", "incomes.kind"),
        label=words(
            uz="ish haqi toʻlanmagan oraliq oylar soni",
            ru="число пропущенных месяцев зарплаты",
            en="number of months missing between wages",
        ),
        meaning="Months without a wage between the first and the last of those months.",
        higher="hinders",
    ),
    Feature(
        name="days_since_last_wage",
        family="means",
        theme="income",
        kind="number",
        unit="days",
        sources=("incomes.month", "incomes.kind"),
        label=words(
            uz="oxirgi ish haqi oyidan beri oʻtgan kunlar",
            ru="срок с месяца последней зарплаты",
            en="time since the month of the last wage",
        ),
        meaning="Days since the first day of the last month with a wage; null where there is none.",
        higher="hinders",
    ),
    Feature(
        name="months_with_present_employer",
        family="means",
        theme="income",
        kind="number",
        unit="months",
        sources=("incomes.month", "incomes.payer_id"),
        label=words(
            uz="hozirgi ish beruvchidan ish haqi olingan davr",
            ru="срок получения зарплаты у нынешнего работодателя",
            en="time with the present employer",
        ),
        meaning=(
            "Months with a wage from the payer of the newest wage, the longest of several; null "
            "where there is no wage."
        ),
        higher="eases",
    ),
    Feature(
        name="max_days_past_due_12m",
        family="means",
        theme="payment_behaviour",
        kind="number",
        unit="days",
        sources=("obligations.days_past_due",),
        label=words(
            uz="bir yildagi eng uzoq kechikish",
            ru="наибольшая просрочка за год",
            en="longest delay on loans within a year",
        ),
        meaning=(
            "Greatest days_past_due of any loan in the newest twelve months; null where no loan "
            "is reported."
        ),
        higher="hinders",
    ),
    Feature(
        name="n_past_due_obligations",
        family="means",
        theme="payment_behaviour",
        kind="number",
        unit="count",
        sources=("obligations.days_past_due",),
        label=words(
            uz="muddati oʻtgan kreditlar soni",
            ru="число просроченных кредитов",
            en="number of loans past due",
        ),
        meaning="Loans still reported whose newest row is past due; null where none is reported.",
        higher="hinders",
    ),
    Feature(
        name="past_due_loans_som",
        family="means",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("obligations.outstanding_som", "obligations.days_past_due"),
        label=words(
            uz="muddati oʻtgan kreditlar qoldigʻi",
            ru="остаток просроченных кредитов",
            en="debt on loans past due",
        ),
        meaning="What is outstanding on those loans.",
        higher="hinders",
    ),
    Feature(
        name="n_things_ever",
        family="means",
        theme="assets",
        kind="number",
        unit="count",
        sources=("real_estate.acquired_on", "vehicles.acquired_on"),
        label=words(
            uz="reyestrlarda qayd etilgan mol-mulklar soni",
            ru="число вещей, когда-либо учтённых в реестрах",
            en="number of things ever recorded",
        ),
        meaning=(
            "Vehicles and objects of real estate that the registers ever held for the debtor; "
            "null where one of the registers is missing."
        ),
        higher="eases",
    ),
    Feature(
        name="n_things_sold",
        family="means",
        theme="assets",
        kind="number",
        unit="count",
        sources=("real_estate.disposed_on", "vehicles.disposed_on"),
        label=words(
            uz="tasarrufdan chiqarilgan mol-mulklar soni",
            ru="число отчуждённых вещей",
            en="number of things disposed of",
        ),
        meaning="Of those, disposed of by the day.",
        higher="hinders",
    ),
    Feature(
        name="things_sold_som",
        family="means",
        theme="assets",
        kind="number",
        unit="som",
        sources=("real_estate.cadastral_som", "vehicles.assessed_som"),
        label=words(
            uz="tasarrufdan chiqarilgan mol-mulk qiymati",
            ru="стоимость отчуждённых вещей",
            en="value of things disposed of",
        ),
        meaning="Assessed and cadastral value of the debtor's part of those, as last recorded.",
    ),
    Feature(
        name="days_since_last_sale",
        family="means",
        theme="assets",
        kind="number",
        unit="days",
        sources=("real_estate.disposed_on", "vehicles.disposed_on"),
        label=words(
            uz="oxirgi mol-mulk tasarrufidan beri oʻtgan kunlar",
            ru="срок с последнего отчуждения",
            en="time since the last disposal",
        ),
        meaning="Days since the last of those disposals; null where there was none.",
    ),
)
