"""Withholding from wages, pension and other income (Art. 46(3), 64-70; simplified: Art. 43²)."""

from dataclasses import replace

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.parameters import parameter
from law.uz.ceilings import is_for_alimony_arrears
from law.uz.gates import coercive, debt_remains
from law.uz.measures.shared import MONEY_PARAMETERS, not_yet_in_force, own_pledge_goes_first
from law.words import words

# Art. 46(3), 64: wages, stipend, pension and other income are those of a natural person.
income_of_a_person = Condition(
    id="income_of_a_person",
    article="46(3)",
    reason_code="not_a_natural_person",
    title=words(
        uz="Qarzdor jismoniy shaxs",
        ru="Должник физическое лицо",
        en="The debtor is a natural person",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdor yuridik shaxs, ish haqi va pensiya esa jismoniy "
        "shaxsniki (46, 64-moddalar).",
        ru="Эту меру применить нельзя: должник юридическое лицо, а зарплату и пенсию получают "
        "граждане (ст. 46, 64).",
        en="This measure is not available: the debtor is a legal entity; wages and pensions belong "
        "to natural persons (Art. 46, 64).",
    ),
    remedy=words(
        uz="Yuridik shaxsning hisobvaraqlari va mol-mulkiga undiruv qarating (47, 58-moddalar).",
        ru="Обратите взыскание на счета и имущество юридического лица (ст. 47, 58).",
        en="Levy the entity's accounts and property (Art. 47, 58).",
    ),
    holds=pl.col("is_natural_person"),
    facts=("debtor_kind", "is_natural_person"),
)

# Art. 43²: in the simplified procedure only where the sum does not exceed the minimum wage.
simplified_within_minimum_wage = Condition(
    id="simplified_within_minimum_wage",
    article="43²",
    reason_code="above_minimum_wage",
    title=words(
        uz="Soddalashtirilgan tartibda summa mehnatga haq toʻlashning eng kam miqdoridan oshmaydi",
        ru="В упрощённом порядке сумма не выше минимального размера оплаты труда",
        en="In the simplified procedure the sum is within the minimum wage",
    ),
    broken=words(
        uz="Daromaddan ushlab qolish mumkin emas: soddalashtirilgan tartibda qarz "
        "({outstanding_som}) mehnatga haq toʻlashning eng kam miqdoridan ({minimum_wage_som}) "
        "oshmasligi kerak (43²-modda).",
        ru="Удержание из доходов недоступно: в упрощённом порядке долг ({outstanding_som}) не "
        "должен превышать минимальный размер оплаты труда ({minimum_wage_som}) (ст. 43²).",
        en="Withholding from income is not available: in the simplified procedure the debt "
        "({outstanding_som}) must not exceed the minimum wage ({minimum_wage_som}) (Art. 43²).",
    ),
    remedy=words(
        uz="Undiruvni hisobvaraqdagi pulga qarating yoki qarz mehnatga haq toʻlashning eng kam "
        "miqdorigacha kamaygach, shu choraga qayting (43²-modda).",
        ru="Обратите взыскание на деньги на счетах или вернитесь к мере, когда долг не будет "
        "превышать минимальный размер оплаты труда (ст. 43²).",
        en="Levy the money on accounts, or come back to this measure when the debt is within the "
        "minimum wage (Art. 43²).",
    ),
    holds=(pl.col("procedure") != "simplified")
    | (pl.col("outstanding_som") <= pl.col("minimum_wage_som")),
    facts=("minimum_wage_som", "outstanding_som", "procedure"),
    parameters=("minimum_wage",),
)

_suffices = pl.col("known_property_som") >= pl.col("consolidated_som")
_is_complete = pl.all_horizontal(
    pl.col(amount).is_not_null()
    for amount in (
        "whole_balance_som",
        "free_vehicles_som",
        "free_real_estate_som",
        "own_pledge_som",
    )
)
_insufficient = pl.when(_suffices).then(False).when(_is_complete).then(~_suffices)

# Art. 64: periodic payments, or a sum (consolidated, Art. 25¹) up to the minimum wage, or no or not
# enough property, the claim's own pledge included (Art. 51: it comes first). Property that is
# unknown in part leaves the question open.
one_ground_of_article_64 = Condition(
    id="one_ground_of_article_64",
    article="64",
    reason_code="property_suffices",
    title=words(
        uz="64-moddadagi asoslardan biri bor",
        ru="Есть одно из оснований статьи 64",
        en="One of the grounds of Art. 64 is there",
    ),
    broken=words(
        uz="Ish haqi va daromadga undiruv qaratib boʻlmaydi: talablar ({consolidated_som}) "
        "mehnatga haq toʻlashning eng kam miqdoridan ({minimum_wage_som}) yuqori, topilgan "
        "mol-mulk ({known_property_som}) esa ularga yetadi (64-modda).",
        ru="Удержание из доходов недоступно: требования ({consolidated_som}) выше минимального "
        "размера оплаты труда ({minimum_wage_som}), а найденного имущества ({known_property_som}) "
        "на них хватает (ст. 64).",
        en="Withholding from income is not available: the claims ({consolidated_som}) are above "
        "the minimum wage ({minimum_wage_som}), and the property that was found "
        "({known_property_som}) covers them (Art. 64).",
    ),
    remedy=words(
        uz="Avval topilgan mol-mulkka undiruv qarating; u yetmasa, daromaddan ushlab qoling "
        "(47, 64-moddalar).",
        ru="Сначала обратите взыскание на найденное имущество; если его не хватит, удерживайте из "
        "доходов (ст. 47, 64).",
        en="Levy the property that was found first; withhold from income if it falls short "
        "(Art. 47, 64).",
    ),
    # Family Code 139: alimony is taken from wages first, whether it runs on or was fixed as a sum.
    holds=pl.col("periodic")
    | (pl.col("claim_kind") == "alimony")
    | (pl.col("consolidated_som") <= pl.col("minimum_wage_som"))
    | _insufficient,
    facts=(
        "claim_kind",
        "consolidated_som",
        "free_real_estate_som",
        "free_vehicles_som",
        "known_property_som",
        "leviable_balance_som",
        "whole_balance_som",
        "minimum_wage_som",
        "own_pledge_som",
        "periodic",
    ),
    parameters=MONEY_PARAMETERS,
)

# Art. 64: periodic payments are withheld month by month, whatever is outstanding today.
payments_go_on = replace(
    debt_remains,
    holds=pl.col("periodic") | (pl.col("outstanding_som") > 0),
    facts=("outstanding_som", "periodic"),
)

# Art. 68: benefits only by court decision for alimony or health damage; which benefit it is, and
# what the court decided, no register tells. Art. 69: sums received as alimony can never be levied.
_has_income = pl.col("leviable_income_som") > 0
_benefit_of_article_68 = (pl.col("n_benefit_months") > 0) & pl.col("claim_kind").is_in(
    ["alimony", "damage_health"]
)
_by_court_decision = (
    pl.when(pl.col("benefit_may_be_levied").is_not_null())
    .then(pl.col("benefit_may_be_levied"))
    .when(~pl.col("document_kind").is_in(["court_writ", "court_order"]))
    .then(False)
)
income_to_withhold = Condition(
    id="income_to_withhold",
    article="64",
    reason_code="no_leviable_income",
    title=words(
        uz="Undirish mumkin boʻlgan joriy daromad bor ({leviable_income_som})",
        ru="Есть текущий доход для удержания ({leviable_income_som})",
        en="There is current income to withhold from ({leviable_income_som})",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: soʻnggi olti oyda undirish mumkin boʻlgan daromad qayd "
        "etilmagan (64, 68, 69-moddalar).",
        ru="Для этой меры нет оснований: за последние шесть месяцев нет сведений о доходе, из "
        "которого можно удерживать (ст. 64, 68, 69).",
        en="There is no ground for this measure: no income that may be levied is known for the "
        "last six months (Art. 64, 68, 69).",
    ),
    remedy=words(
        uz="Soliq qoʻmitasi va pensiya jamgʻarmasidan daromadni soʻrang; nafaqa uchun sud qarori "
        "kerak (21, 68-moddalar).",
        ru="Запросите доходы в налоговом комитете и пенсионном фонде; для пособия нужно решение "
        "суда (ст. 21, 68).",
        en="Ask the tax committee and the pension fund for income; a benefit needs a court "
        "decision (Art. 21, 68).",
    ),
    holds=pl.when(_has_income)
    .then(True)
    .when(_benefit_of_article_68)
    .then(_by_court_decision)
    .when(~_benefit_of_article_68)
    .then(_has_income),
    unknown=words(
        uz="Aytib boʻlmaydi: undirish mumkin boʻlgan daromad {leviable_income_som}, faqat nafaqa "
        "bor. Undan faqat sud qarori bilan undiriladi, bunday qaror bor-yoʻqligini sud biladi "
        "(68-modda).",
        ru="Сказать нельзя: доход для удержания {leviable_income_som}, есть только пособие. Из "
        "него взыскивают лишь по решению суда; есть ли такое решение, знает суд (ст. 68).",
        en="This cannot be told: the income that may be levied is {leviable_income_som}, and there "
        "is only a benefit. It may be levied only by a court decision; the court knows whether "
        "there is one (Art. 68).",
    ),
    facts=(
        "claim_kind",
        "document_kind",
        "leviable_income_som",
        "n_benefit_months",
        "benefit_may_be_levied",
    ),
    parameters=("wage_cap_share", "wage_cap_share_alimony_arrears"),
    refusal="unfounded",
    # That six months without news mean no income is our reading.
    confidence="inferred",
)

no_wage_withholding_in_force = not_yet_in_force(
    "wage_withholding",
    "64",
    uz="Bu chora uchun asos yoʻq: daromaddan {wage_withholding_since} kunidan allaqachon ushlab "
    "qolinmoqda (64-modda).",
    ru="Для этой меры нет оснований: из доходов удерживают уже с "
    "{wage_withholding_since} (ст. 64).",
    en="There is no ground for this measure: income has been withheld since "
    "{wage_withholding_since} (Art. 64).",
    remedy=words(
        uz="Ish beruvchi pulni uch kunda oʻtkazayotganini tekshiring; ish joyi oʻzgargan boʻlsa, "
        "avvalgi qarorni tugatib, yangisini chiqaring (64-modda).",
        ru="Проверьте, перечисляет ли работодатель деньги в три дня; если место работы другое, "
        "прекратите прежнее удержание и вынесите новое решение (ст. 64).",
        en="Check that the employer transfers the money within three days; if the employer has "
        "changed, end the old withholding and decide anew (Art. 64).",
    ),
)

_cap_was_raised = parameter("wage_cap_share_alimony_arrears") > parameter("wage_cap_share")
_higher_cap = is_for_alimony_arrears() & _cap_was_raised
cap_after_tax = Confirmation(
    id="cap_after_tax",
    article="66",
    text=words(
        uz="Soliqdan keyingi daromadning koʻpi bilan 50 foizi ushlanadi (65, 66-moddalar).",
        ru="Удерживается не более 50 % дохода после налогов (ст. 65, 66).",
        en="At most 50 % of income after tax may be withheld (Art. 65, 66).",
    ),
    when=~_higher_cap,
)
cap_for_alimony_arrears = Confirmation(
    id="cap_for_alimony_arrears",
    article="66(3)",
    text=words(
        uz="Soliqdan keyingi daromadning koʻpi bilan 50 foizi, aliment qarzi boʻyicha 70 foizi "
        "ushlanadi (65, 66-moddalar).",
        ru="Удерживается не более 50 % дохода после налогов, по задолженности по алиментам не "
        "более 70 % (ст. 65, 66).",
        en="At most 50 % of income after tax may be withheld, 70 % for alimony arrears "
        "(Art. 65, 66).",
    ),
    when=_higher_cap,
)

arrears_raise_the_cap = Confirmation(
    id="arrears_raise_the_cap",
    article="66(3)",
    text=words(
        uz="Aliment qarzi boʻlsa, uning summasini kiriting: shunda koʻpi bilan 70 foiz ushlanadi "
        "(66-modda).",
        ru="Если по алиментам есть задолженность, укажите её сумму: тогда удерживается до 70 % "
        "(ст. 66).",
        en="If alimony is in arrears, state the amount: then up to 70 % may be withheld (Art. 66).",
    ),
    when=(pl.col("claim_kind") == "alimony")
    & pl.col("alimony_arrears_som").is_null()
    & _cap_was_raised,
)
shared_with_other_cases = Confirmation(
    id="shared_with_other_cases",
    article="66",
    text=words(
        uz="Boshqa ish boʻyicha {other_withholding_since} kunidan ushlab qolinmoqda: barcha "
        "hujjatlar boʻyicha chegara bitta. Qancha qolganini ish beruvchidan aniqlang (66-modda).",
        ru="По другому делу удерживают с {other_withholding_since}: предел один для всех "
        "документов. Уточните у работодателя, сколько осталось (ст. 66).",
        en="Another case has withheld since {other_withholding_since}: all documents share one "
        "limit. Ask the employer what is left of it (Art. 66).",
    ),
    when=pl.col("has_other_withholding"),
    facts=("other_withholding_since",),
)

this_much_a_month = Confirmation(
    id="this_much_a_month",
    article="66",
    text=words(
        uz="Bu ishda oyiga koʻpi bilan {withholdable_som} ushlanadi; boshqa hujjatlar boʻyicha "
        "ushlanmalar ham shu chegaraga kiradi (66-modda).",
        ru="По этому делу удерживается не более {withholdable_som} в месяц; удержания по другим "
        "документам входят в тот же предел (ст. 66).",
        en="In this case at most {withholdable_som} may be withheld a month; what is withheld for "
        "other documents counts towards the same limit (Art. 66).",
    ),
    when=pl.col("withholdable_som") > 0,
    facts=("withholdable_som",),
)

not_from_article_69 = Confirmation(
    id="not_from_article_69",
    article="69",
    text=words(
        uz="69-moddadagi toʻlovlardan ushlab qolmang: aliment, zarar uchun tovon, homiladorlik, "
        "tugʻish va dafn nafaqalari, xizmat safari pullari va ishdan boʻshatish nafaqasi.",
        ru="Не удерживайте из выплат статьи 69: алименты, возмещение вреда, пособия по "
        "беременности, рождению и на погребение, командировочные, выходное пособие.",
        en="Leave out the sums of Art. 69: alimony received, compensation for injury, maternity, "
        "birth and funeral benefits, business-trip and severance pay.",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (
        income_of_a_person,
        *coercive(debt=payments_go_on),
        simplified_within_minimum_wage,
        one_ground_of_article_64,
        income_to_withhold,
        no_wage_withholding_in_force,
    ),
    (
        cap_after_tax,
        cap_for_alimony_arrears,
        arrears_raise_the_cap,
        shared_with_other_cases,
        this_much_a_month,
        not_from_article_69,
        own_pledge_goes_first,
    ),
)
