"""Catalogue of the solvency family, second part: money on accounts and loans."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from registers.texts import Texts

SOLVENCY_MONEY_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="account_balance_som",
        family="solvency",
        theme="assets",
        kind="number",
        unit="som",
        sources=("accounts.balance_som", "accounts.month"),
        label=Texts(
            uz_Latn="hisobvaraqlardagi qoldiq",
            uz_Cyrl="ҳисобварақлардаги қолдиқ",
            ru="остаток на счетах",
            en="balance on bank accounts",
        ),
        meaning=(
            "Newest balance of each account that was reported for one of the six months before "
            "the decision point's own or later, added up; null where no account was ever reported "
            "and where all are older."
        ),
        higher="eases",
    ),
    Feature(
        name="max_account_balance_som",
        family="solvency",
        theme="assets",
        kind="number",
        unit="som",
        sources=("accounts.balance_som", "accounts.month"),
        label=Texts(
            uz_Latn="eng katta hisobvaraq qoldigʻi",
            uz_Cyrl="энг катта ҳисобварақ қолдиғи",
            ru="наибольший остаток на одном счёте",
            en="largest balance on one account",
        ),
        meaning="The largest of those balances.",
        higher="eases",
    ),
    Feature(
        name="blocked_som",
        family="solvency",
        theme="assets",
        kind="number",
        unit="som",
        sources=("accounts.blocked_som", "accounts.month"),
        label=Texts(
            uz_Latn="hisobvaraqlarda bloklangan mablagʻ",
            uz_Cyrl="ҳисобварақларда блокланган маблағ",
            ru="заблокированные средства на счетах",
            en="blocked money on bank accounts",
        ),
        meaning="Money on those accounts that others have blocked.",
        higher="hinders",
    ),
    Feature(
        name="leviable_balance_som",
        family="solvency",
        theme="assets",
        kind="number",
        unit="som",
        sources=(
            "accounts.balance_som",
            "accounts.blocked_som",
            "debtors.kind",
            "cases.claim_kind",
        ),
        label=Texts(
            uz_Latn="undiruv qaratish mumkin boʻlgan qoldiq",
            uz_Cyrl="ундирув қаратиш мумкин бўлган қолдиқ",
            ru="остаток, доступный для взыскания",
            en="balance open to levy",
        ),
        meaning=(
            "What the law lets be taken from accounts: on each of those accounts the balance above "
            "what is blocked, added up, minus the protected amount (Art. 47(12)), never below "
            "zero. The law's own fact: 0 where no account is known, null where all are older."
        ),
        higher="eases",
    ),
    Feature(
        name="mean_credits_3m_som",
        family="solvency",
        theme="assets",
        kind="number",
        unit="som",
        sources=("accounts.credits_som", "accounts.month"),
        label=Texts(
            uz_Latn="hisobvaraqlarga oylik oʻrtacha tushum",
            uz_Cyrl="ҳисобварақларга ойлик ўртача тушум",
            ru="средние месячные поступления на счета",
            en="mean monthly credits to accounts",
        ),
        meaning="Credits in the three months that end with the newest month, per month reported.",
        higher="eases",
    ),
    Feature(
        name="balance_to_outstanding",
        family="solvency",
        theme="assets",
        kind="number",
        unit="share",
        sources=("accounts.balance_som", "cases.claim_som"),
        label=Texts(
            uz_Latn="qoldiqning qarzga nisbati",
            uz_Cyrl="қолдиқнинг қарзга нисбати",
            ru="отношение остатка к долгу",
            en="balance relative to the debt",
        ),
        meaning=(
            "Balance on bank accounts over the amount still due; may exceed one; null where "
            "nothing is due."
        ),
        higher="eases",
        n_decimals=2,
    ),
    Feature(
        name="n_accounts",
        family="solvency",
        theme="assets",
        kind="number",
        unit="count",
        sources=("accounts.account_id",),
        label=Texts(
            uz_Latn="hisobvaraqlar soni",
            uz_Cyrl="ҳисобварақлар сони",
            ru="число счетов",
            en="number of bank accounts",
        ),
        meaning="Accounts ever reported; null where none was.",
        higher="eases",
    ),
    Feature(
        name="n_stale_accounts",
        family="solvency",
        theme="assets",
        kind="number",
        unit="count",
        sources=("accounts.account_id", "accounts.month"),
        label=Texts(
            uz_Latn="qoldigʻi eskirgan hisobvaraqlar soni",
            uz_Cyrl="қолдиғи эскирган ҳисобварақлар сони",
            ru="число счетов с устаревшим остатком",
            en="number of accounts with an outdated balance",
        ),
        meaning=(
            "Accounts whose newest month lies more than six months before that of the decision "
            "point: what is on them today is unknown, so the balances are the least there is."
        ),
    ),
    Feature(
        name="n_banks",
        family="solvency",
        theme="assets",
        kind="number",
        unit="count",
        sources=("accounts.bank_id",),
        label=Texts(
            uz_Latn="banklar soni", uz_Cyrl="банклар сони", ru="число банков", en="number of banks"
        ),
        meaning="Banks that keep those accounts.",
    ),
    Feature(
        name="balance_age_days",
        family="solvency",
        theme="assets",
        kind="number",
        unit="days",
        sources=("accounts.reported_on",),
        label=Texts(
            uz_Latn="qoldiq maʼlumotining eskiligi",
            uz_Cyrl="қолдиқ маълумотининг эскилиги",
            ru="давность сведений об остатке",
            en="age of the newest balance report",
        ),
        meaning="Days since the newest account row was reported.",
    ),
    Feature(
        name="obligations_outstanding_som",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("obligations.outstanding_som", "obligations.month"),
        label=Texts(
            uz_Latn="kreditlar boʻyicha qarz",
            uz_Cyrl="кредитлар бўйича қарз",
            ru="долг по кредитам",
            en="debt to lenders",
        ),
        meaning=(
            "Newest amount owed on each loan that was reported for one of the six months before "
            "the decision point's own or later; null where the credit bureau knows no such loan."
        ),
        higher="hinders",
    ),
    Feature(
        name="obligations_due_som",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="som",
        sources=("obligations.monthly_due_som", "obligations.month"),
        label=Texts(
            uz_Latn="kreditlar boʻyicha oylik toʻlov",
            uz_Cyrl="кредитлар бўйича ойлик тўлов",
            ru="ежемесячный платёж по кредитам",
            en="monthly loan payments",
        ),
        meaning="Monthly dues of those loans.",
        higher="hinders",
    ),
    Feature(
        name="max_days_past_due",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="days",
        sources=("obligations.days_past_due", "obligations.month"),
        label=Texts(
            uz_Latn="kreditlar boʻyicha eng uzoq kechikish",
            uz_Cyrl="кредитлар бўйича энг узоқ кечикиш",
            ru="наибольшая просрочка по кредитам",
            en="longest loan arrears",
        ),
        meaning="The longest delay among those loans.",
        higher="hinders",
    ),
    Feature(
        name="n_obligations",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="count",
        sources=("obligations.obligation_id",),
        label=Texts(
            uz_Latn="kreditlar soni",
            uz_Cyrl="кредитлар сони",
            ru="число кредитов",
            en="number of loans",
        ),
        meaning="Those loans.",
    ),
    Feature(
        name="debt_service_to_income",
        family="solvency",
        theme="payment_behaviour",
        kind="number",
        unit="share",
        sources=("obligations.monthly_due_som", "incomes.gross_som", "incomes.tax_som"),
        label=Texts(
            uz_Latn="kredit toʻlovlarining daromaddagi ulushi",
            uz_Cyrl="кредит тўловларининг даромаддаги улуши",
            ru="доля платежей по кредитам в доходе",
            en="loan payments relative to income",
        ),
        meaning=(
            "Monthly loan payments over the mean net income; may exceed one; null where "
            "either is unknown."
        ),
        higher="hinders",
        n_decimals=2,
    ),
)
