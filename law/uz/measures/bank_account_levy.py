"""Levy on bank money (Art. 46(1), 47, 48, 58; in the simplified procedure Art. 43²)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive
from law.uz.measures.shared import (
    MONEY_PARAMETERS,
    own_pledge_goes_first,
    sums_of_article_69,
    term_longer_than_the_law,
)
from law.words import words

_is_barred = pl.col("barred_from_accounts")

# Art. 43²: in the simplified procedure not for utilities, apartment owners' dues, videoconference.
simplified_not_utility = Condition(
    id="simplified_not_utility",
    article="43²",
    reason_code="simplified_utility_debt",
    title=words(
        uz="Soddalashtirilgan tartibdagi kommunal qarz emas",
        ru="Не коммунальный долг в упрощённом порядке",
        en="Not a utility debt in the simplified procedure",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: soddalashtirilgan tartibda kommunal qarz, uy-joy badali "
        "va videokonferensaloqa xarajati bank hisobvaragʻidan undirilmaydi (43²-modda).",
        ru="Эту меру применить нельзя: в упрощённом порядке коммунальный долг, взносы "
        "собственников жилья и расходы на видеоконференцсвязь со счетов не взыскиваются (ст. 43²).",
        en="This measure is not available: in the simplified procedure utility debts, apartment "
        "owners' dues and videoconference costs are not levied from bank accounts (Art. 43²).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarz uy-joy badali yoki videokonferensaloqa xarajatimi, reyestrlarda "
        "yoʻq. Bu ijro hujjatida yozilgan; unday boʻlsa, hisobvaraqdan undirilmaydi (43²-modda).",
        ru="Сказать нельзя: в реестрах нет, взносы ли это собственников жилья или расходы на "
        "видеоконференцсвязь. Это видно из документа; такой долг со счетов не взыскивается "
        "(ст. 43²).",
        en="This cannot be told: no register says whether these are apartment owners' dues or "
        "videoconference costs. The document says it; such a debt is not levied from accounts "
        "(Art. 43²).",
    ),
    remedy=words(
        uz="Daromaddan ushlab qoling yoki ishni umumiy tartibga oʻtkazing (43¹, 43²-moddalar).",
        ru="Удержите из доходов или переведите дело в общий порядок (ст. 43¹, 43²).",
        en="Withhold from income, or move the case to the ordinary procedure (Art. 43¹, 43²).",
    ),
    holds=(pl.col("procedure") != "simplified")
    | (
        (pl.col("claim_kind") != "utility")
        & (~pl.col("claim_kind").is_in(["court_costs", "other_money"]) | ~_is_barred)
    ),
    facts=("claim_kind", "procedure", "barred_from_accounts"),
)

# Art. 47(12): half of the minimum wage stays with a natural person; what is above it may be taken.
money_to_levy = Condition(
    id="money_to_levy",
    article="47(12)",
    reason_code="nothing_leviable_on_accounts",
    title=words(
        uz="Hisobvaraqlarda undirish mumkin boʻlgan pul bor ({leviable_balance_som})",
        ru="На счетах есть деньги для взыскания ({leviable_balance_som})",
        en="There is money on accounts that may be levied ({leviable_balance_som})",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: maʼlum hisobvaraqlarda boʻsh pul {account_free_som}, daxlsiz "
        "summa {protected_amount_som} (47-modda).",
        ru="Для этой меры нет оснований: на известных счетах свободно {account_free_som}, "
        "неприкосновенная сумма {protected_amount_som} (ст. 47).",
        en="There is no ground for this measure: the known accounts hold {account_free_som} free, "
        "and the protected amount is {protected_amount_som} (Art. 47).",
    ),
    remedy=words(
        uz="Banklardan qoldiq va boshqa hisobvaraqlarni soʻrang; daxlsiz summadan ortiq pul "
        "boʻlsa, undiring (21, 47-moddalar).",
        ru="Запросите у банков остаток и другие счета; взыскивайте то, что выше неприкосновенной "
        "суммы (ст. 21, 47).",
        en="Ask the banks for the balance and other accounts; levy what is above the protected "
        "amount (Art. 21, 47).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: hisobvaraqlar qoldigʻi nomaʼlum yoki eskirgan. Uni banklar va "
        "omonatchilar maʼlumotlar bazasi biladi; daxlsiz summa {protected_amount_som} (47-modda).",
        ru="Сказать нельзя: остаток на счетах неизвестен или устарел. Его знают банки и база "
        "данных вкладчиков; неприкосновенная сумма {protected_amount_som} (ст. 47).",
        en="This cannot be told: the balance of the accounts is unknown or out of date. The banks "
        "and the depositor database know it; the protected amount is {protected_amount_som} "
        "(Art. 47).",
    ),
    holds=pl.when(pl.col("leviable_balance_som") > 0)
    .then(True)
    .otherwise(pl.col("whole_balance_som") > 0),
    facts=(
        "account_free_som",
        "leviable_balance_som",
        "whole_balance_som",
        "n_accounts",
        "protected_amount_som",
    ),
    parameters=MONEY_PARAMETERS,
    refusal="unfounded",
)

# Art. 48²: the money of a securities firm's clients is not its own.
not_clients_money = Confirmation(
    id="not_clients_money",
    article="48²",
    text=words(
        uz="Qarzdor qimmatli qogʻozlar bozorida ishlasa, hisobvaraqdagi pul mijozlarniki "
        "emasligini bankdan aniqlang: mijozlar puli undirilmaydi (48²-modda).",
        ru="Если должник работает на рынке ценных бумаг, уточните в банке, что деньги на счёте не "
        "принадлежат его клиентам: с них не взыскивают (ст. 48²).",
        en="If the debtor is a securities firm, make sure with the bank that the money on the "
        "account is not its clients': that is not levied (Art. 48²).",
    ),
    when=pl.col("debtor_kind") == "legal_entity",
)

RULES = MeasureRules(
    (*coercive(), simplified_not_utility, money_to_levy),
    (term_longer_than_the_law, sums_of_article_69, not_clients_money, own_pledge_goes_first),
)
