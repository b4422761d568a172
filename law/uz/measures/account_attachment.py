"""Attachment of outgoing account operations (Art. 47(10), 21(4)); at opening: Art. 23(5)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import attaching, ordinary_procedure
from law.uz.measures.shared import money_falls_short, not_yet_in_force, sums_of_article_69
from law.words import words

# Art. 47(10): the outgoing operations of an account are stopped; there must be an account.
account_is_known = Condition(
    id="account_is_known",
    article="47(10)",
    reason_code="no_account",
    title=words(
        uz="Qarzdorning hisobvaragʻi maʼlum",
        ru="Счёт должника известен",
        en="An account of the debtor is known",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarzdorning hisobvaragʻi topilmagan (47-modda).",
        ru="Для этой меры нет оснований: счетов должника не найдено (ст. 47).",
        en="There is no ground for this measure: no account of the debtor is known (Art. 47).",
    ),
    remedy=words(
        uz="Banklardan qarzdorning hisobvaraqlarini soʻrang (21, 47-moddalar).",
        ru="Запросите у банков сведения о счетах должника (ст. 21, 47).",
        en="Ask the banks for the accounts of the debtor (Art. 21, 47).",
    ),
    holds=pl.col("n_accounts") > 0,
    facts=("n_accounts",),
    refusal="unfounded",
)

no_account_attachment_in_force = not_yet_in_force(
    "account_attachment",
    "47(10)",
    uz="Bu chora uchun asos yoʻq: hisobvaraqlarning xarajat qismi {account_attachment_since} "
    "kunidan xatlangan (47-modda).",
    ru="Для этой меры нет оснований: расходная часть счетов арестована уже с "
    "{account_attachment_since} (ст. 47).",
    en="There is no ground for this measure: the outgoing operations have been attached since "
    "{account_attachment_since} (Art. 47).",
    remedy=words(
        uz="Bank xatlashni qanday ijro etayotganini tekshiring; yangi hisobvaraq topilsagina "
        "qaror chiqaring (47-modda).",
        ru="Проверьте, как банк исполняет арест; новое решение нужно только для нового счёта "
        "(ст. 47).",
        en="Check how the bank carries the attachment out; decide again only where a new account "
        "is found (Art. 47).",
    ),
)

only_what_is_needed = Confirmation(
    id="only_what_is_needed",
    article="47(11)",
    text=words(
        uz="Faqat yigʻim bilan birga qarz ({outstanding_som}), jarima va xarajatlar doirasida "
        "xatlang; qarz undirilgach, xatlashni bekor qiling (39, 47-moddalar).",
        ru="Арестуйте только в пределах долга со сбором ({outstanding_som}), штрафов и расходов; "
        "после взыскания снимите арест (ст. 39, 47).",
        en="Attach only up to the debt with its fee ({outstanding_som}), fines and costs; lift "
        "the attachment once it is paid (Art. 39, 47).",
    ),
    when=pl.lit(True),
    facts=("outstanding_som",),
)
protected_money_stays_free = Confirmation(
    id="protected_money_stays_free",
    article="47(12)",
    text=words(
        uz="Qarzdor ixtiyorida {protected_amount_som} qolsin: bu summa daxlsiz (47-modda).",
        ru="Оставьте в распоряжении должника {protected_amount_som}: эта сумма неприкосновенна "
        "(ст. 47).",
        en="Leave {protected_amount_som} at the debtor's disposal: this amount is protected "
        "(Art. 47).",
    ),
    when=pl.col("protected_amount_som") > 0,
    facts=("protected_amount_som",),
)

RULES = MeasureRules(
    (
        *attaching(),
        ordinary_procedure,
        account_is_known,
        money_falls_short("47(10)", refusal="unfounded", secures=True),
        no_account_attachment_in_force,
    ),
    (only_what_is_needed, protected_money_stays_free, sums_of_article_69),
)
