"""Entry in the Register of Obligations (Art. 40(3), 41, 41¹, 43³, 43⁴; since OʻRQ-1069).

It ends a case in which the debtor was not found or nothing was found that could be levied.
"""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.parameters import parameter
from law.uz.gates import (
    FOR_ALL,
    debt_remains,
    debtor_notified,
    money_claim,
    no_treatment,
    not_bankrupt,
    ordinary_procedure,
    term_over,
)
from law.uz.measures.missing_debtor import IS_MISSING, or_missing
from law.uz.measures.shared import MONEY_PARAMETERS
from law.uz.pledges import PLEDGE_FACTS, secures_this_claim
from law.words import words

# Art. 40(2), (3): how a case ends that leaves an entry behind.
ENDS_WITH_ENTRY: tuple[str, ...] = ("returned_no_property", "debtor_not_found")

_BEFORE_THE_RECORD = words(
    uz="Aytib boʻlmaydi: {as_of_date} kunidagi Majburiyatlar reyestri qoidalari dasturga "
    "kiritilmagan. Ular 2025-yil 16-iyundan boshlab kiritilgan (OʻRQ-1069; 41¹-modda).",
    ru="Сказать нельзя: правила Реестра обязательств на {as_of_date} в программу не внесены. Они "
    "внесены с 16 июня 2025 г. (ЗРУ-1069; ст. 41¹).",
    en="This cannot be told: the rules of the Register of Obligations are not recorded for "
    "{as_of_date}. The record begins on 16 June 2025 (OʻRQ-1069; Art. 41¹).",
)

# Art. 41¹ by OʻRQ-1069 of 16.06.2025. A decree of 03.01.2024 (UP-1) speaks of such a register
# [secondary]; by which rules it was kept before the Law had it is not recorded.
register_exists = Condition(
    id="register_exists",
    article="41¹",
    reason_code="register_did_not_exist",
    title=words(
        uz="Majburiyatlar reyestri amal qiladi",
        ru="Реестр обязательств действует",
        en="The Register of Obligations exists",
    ),
    broken=_BEFORE_THE_RECORD,
    unknown=_BEFORE_THE_RECORD,
    remedy=words(
        uz="Oʻsha kuni amal qilgan hujjatni lex.uz dan tekshiring.",
        ru="Проверьте на lex.uz акт, который действовал в тот день.",
        en="Check on lex.uz the act that was in force on that day.",
    ),
    holds=pl.when(parameter("obligations_register").is_not_null()).then(True),
    facts=("as_of_date",),
    parameters=("obligations_register",),
    missing="law_of_that_day",
)

_closing = pl.col("closing")

# Art. 40, 41¹: the entry goes with the ending of the case, on the same day or after it.
case_ends_without_result = Condition(
    id="case_ends_without_result",
    article="40",
    reason_code="case_closed_otherwise",
    title=words(
        uz="Ish ochiq yoki natijasiz tugatilgan",
        ru="Производство открыто или окончено без результата",
        en="The case is open or ended without result",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: ish boshqa asosda tugatilgan (40-modda).",
        ru="Внести в реестр нельзя: производство окончено по другому основанию (ст. 40).",
        en="An entry cannot be made: the case ended on another ground (Art. 40).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: ish qoʻzgʻatilgan kun yoki tugatilish asosi qayd etilmagan. Buni "
        "ishni yurituvchi davlat ijrochisi biladi (40-modda).",
        ru="Сказать нельзя: не записан день возбуждения или основание окончания. Это знает "
        "исполнитель, ведущий дело (ст. 40).",
        en="This cannot be told: the day of opening or the ground of the ending is not recorded. "
        "The officer of the case knows it (Art. 40).",
    ),
    remedy=words(
        uz="Tugatilish asosi notoʻgʻri boʻlsa, uni tuzating; aks holda yozuv kerak emas.",
        ru="Если основание записано неверно, исправьте его; иначе запись не нужна.",
        en="If the ground is recorded wrongly, correct it; otherwise no entry is needed.",
    ),
    holds=pl.when(pl.col("opened_on").is_null())
    .then(None)
    .when(pl.col("closed_on") > pl.col("as_of_date"))
    .then(True)
    .when(_closing.is_not_null())
    .then(_closing.is_in(ENDS_WITH_ENTRY))
    .when(pl.col("closed_on").is_null())
    .then(True),
    facts=("opened_on", "closed_on", "closing"),
    missing="closing",
)

# Art. 40, 43³: an entry without a search for assets is prohibited.
registers_were_asked = Condition(
    id="registers_were_asked",
    article="40",
    reason_code="assets_not_searched",
    title=words(
        uz="Mol-mulk qidirilgan (soʻrovlar: {n_asset_queries}, natijasiz choralar: "
        "{n_fruitless_measures})",
        ru="Имущество искали (запросов: {n_asset_queries}, мер без результата: "
        "{n_fruitless_measures})",
        en="Assets were looked for (queries: {n_asset_queries}, measures without result: "
        "{n_fruitless_measures})",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: bu ishda mol-mulk va daromad qidirilmagan, na soʻrov, na "
        "natijasiz chora bor (40-modda).",
        ru="Внести в реестр нельзя: в этом деле имущество и доходы не искали, нет ни запросов, ни "
        "мер без результата (ст. 40).",
        en="An entry cannot be made: assets and income were not looked for in this case; there is "
        "neither a query nor a measure without result (Art. 40).",
    ),
    remedy=words(
        uz="Avval banklar, soliq qoʻmitasi, kadastr va yoʻl harakati xavfsizligi xizmatiga soʻrov "
        "yuboring.",
        ru="Сначала направьте запросы в банки, налоговый комитет, кадастр и службу безопасности "
        "дорожного движения.",
        en="First ask the banks, the tax committee, the cadastre and the traffic police.",
    ),
    holds=(pl.col("n_asset_queries") > 0) | (pl.col("n_fruitless_measures") > 0),
    facts=("n_asset_queries", "n_fruitless_measures"),
)

# Art. 40(2), 42: a debtor is not found until a search has ended in vain.
missing_debtor_was_searched_for = Condition(
    id="missing_debtor_was_searched_for",
    article="40(2)",
    reason_code="debtor_not_searched_for",
    title=words(
        uz="Qarzdor topilgan yoki uni qidirish natija bermagan",
        ru="Должник найден, или его розыск не дал результата",
        en="The debtor is found, or a search ended in vain",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: qarzdor bedarak, ammo bu ishda natijasiz tugagan qidiruv "
        "yoʻq (40, 42-moddalar).",
        ru="Внести в реестр нельзя: должник пропал, но в деле нет розыска, который окончился без "
        "результата (ст. 40, 42).",
        en="An entry cannot be made: the debtor is missing, but no search in this case has ended "
        "without result (Art. 40, 42).",
    ),
    remedy=words(
        uz="Avval qarzdor yoki uning mol-mulkini qidiring (42, 75-moddalar).",
        ru="Сначала проведите розыск должника или его имущества (ст. 42, 75).",
        en="First search for the debtor or for assets (Art. 42, 75).",
    ),
    holds=~IS_MISSING | (pl.col("n_fruitless_searches") > 0),
    facts=("debtor_status", "n_fruitless_searches"),
    confidence="inferred",
)

# Art. 40(3), 53: movables stand in no register; only an inventory on the spot can find none. The
# place of a missing debtor is looked for by the search.
_NO_INVENTORY = words(
    uz="Aytib boʻlmaydi: qarzdorning uyi yoki idorasidagi mol-mulk hech bir reyestrda yoʻq, "
    "roʻyxat va xatlash esa oʻtkazilmagan (40, 53-moddalar).",
    ru="Сказать нельзя: что находится у должника дома или в офисе, нет ни в одном реестре, а опись "
    "и арест не проводились (ст. 40, 53).",
    en="This cannot be told: what the debtor keeps at home or in an office is in no register, and "
    "no inventory was made (Art. 40, 53).",
)
inventory_was_made = Condition(
    id="inventory_was_made",
    article="40(3)",
    reason_code="no_inventory_made",
    title=words(
        uz="Koʻchar mol-mulk joyida roʻyxatga olib koʻrilgan",
        ru="Движимое имущество искали на месте (опись)",
        en="Movables were looked for on the spot (inventory)",
    ),
    broken=_NO_INVENTORY,
    unknown=_NO_INVENTORY,
    remedy=words(
        uz="Qarzdorning turar joyi yoki idorasida mol-mulkni roʻyxatga oling; hech narsa "
        "topilmasa, dalolatnoma tuzing (53-modda).",
        ru="Проведите опись по месту жительства или нахождения должника; если ничего нет, "
        "составьте акт (ст. 53).",
        en="Make an inventory at the debtor's home or office; if nothing is found, draw up a "
        "record (Art. 53).",
    ),
    holds=pl.when(IS_MISSING | (pl.col("n_attachments") > 0)).then(True),
    facts=("debtor_status", "n_attachments"),
    missing="goods_at_the_debtors",
    confidence="inferred",
)

# Nothing that may be levied: no money, income, vehicle or real estate, pledged things included
# (Art. 51 opens them where the rest is not enough), and nothing in the debtor's business.
_nothing_of_a_business = (pl.col("debtor_kind") == "individual") | (
    (pl.col("receivables_som") == 0) & (pl.col("production_assets_som") == 0)
)
_OWNED = (
    "leviable_balance_som",
    "whole_balance_som",
    "leviable_income_som",
    "n_free_vehicles",
    "n_pledged_vehicles",
    "n_free_objects",
    "n_pledged_objects",
)

# Art. 40(2), (3): the debtor was not found, or nothing was found that could be levied.
nothing_to_levy = Condition(
    id="nothing_to_levy",
    article="40(3)",
    reason_code="property_or_income_known",
    title=words(
        uz="Undiriladigan mol-mulk va daromad yoʻq",
        ru="Обращать взыскание не на что",
        en="Nothing is known that could be levied",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: reyestrlarga koʻra undirish mumkin boʻlgan narsa bor. Pul "
        "{leviable_balance_som}, daromad {leviable_income_som}, transport {free_vehicles_som}, "
        "koʻchmas mulk {free_real_estate_som}; garovdagi mol-mulk va biznes aktivlari ham hisobga "
        "olinadi (40-modda).",
        ru="Внести в реестр нельзя: по реестрам есть на что обратить взыскание. Деньги "
        "{leviable_balance_som}, доход {leviable_income_som}, транспорт {free_vehicles_som}, "
        "недвижимость {free_real_estate_som}; учитываются и заложенное имущество, и активы бизнеса "
        "(ст. 40).",
        en="An entry cannot be made: by the registers there is something to levy. Money "
        "{leviable_balance_som}, income {leviable_income_som}, vehicles {free_vehicles_som}, real "
        "estate {free_real_estate_som}; pledged property and assets of the business count too "
        "(Art. 40).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: ayrim reyestrlar javob bermagan, undiriladigan narsa bor-yoʻqligi "
        "nomaʼlum. Buni banklar, soliq qoʻmitasi, yoʻl harakati xavfsizligi xizmati va kadastr "
        "biladi (40-modda).",
        ru="Сказать нельзя: ответили не все реестры, и неизвестно, есть ли на что обратить "
        "взыскание. Это знают банки, налоговый комитет, служба безопасности дорожного движения и "
        "кадастр (ст. 40).",
        en="This cannot be told: not every register has answered, so whether there is something to "
        "levy is not known. The banks, the tax committee, the traffic police and the cadastre know "
        "it (Art. 40).",
    ),
    remedy=words(
        uz="Javob bermagan reyestrlarga soʻrov yuboring va undiruvni maʼlum mol-mulk va daromadga "
        "qarating; natija boʻlmasa, shu choraga qayting.",
        ru="Запросите реестры, которые не ответили, и обратите взыскание на известное имущество и "
        "доход; не будет результата, вернитесь к этой мере.",
        en="Ask the registers that have not answered and levy the property and income that are "
        "known; come back to this measure if nothing comes of it.",
    ),
    holds=pl.all_horizontal(pl.col(name) == 0 for name in _OWNED) & _nothing_of_a_business,
    facts=(
        *_OWNED,
        "debtor_kind",
        "free_real_estate_som",
        "free_vehicles_som",
        "production_assets_som",
        "receivables_som",
    ),
    parameters=MONEY_PARAMETERS,
    confidence="inferred",
)

_FINISH_IT = words(
    uz="Avval shu mol-mulkdan undirishni yakunlang; natija boʻlmasa, shu choraga qayting.",
    ru="Сначала завершите взыскание за счёт этого имущества; не будет результата, вернитесь к этой "
    "мере.",
    en="First finish the levy on that property; come back to this measure if nothing comes of it.",
)

# Art. 40(3): what was attached is there to be sold, what is proved to be owed can be levied.
nothing_in_hand = Condition(
    id="nothing_in_hand",
    article="40(3)",
    reason_code="attached_or_owed",
    title=words(
        uz="Xatlangan mol-mulk va isbotlangan debitorlik qarzi yoʻq",
        ru="Нет арестованного имущества и подтверждённой дебиторской задолженности",
        en="Nothing is attached, and nothing is proved to be owed to the debtor",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: koʻchar mol-mulk xatlangan yoki isbotlangan debitorlik "
        "qarzi bor (40, 48⁵, 53-moddalar).",
        ru="Внести в реестр нельзя: есть арестованное имущество или подтверждённая дебиторская "
        "задолженность (ст. 40, 48⁵, 53).",
        en="An entry cannot be made: movables are attached, or a receivable is proved (Art. 40, "
        "48⁵, 53).",
    ),
    remedy=_FINISH_IT,
    holds=pl.when(pl.col("attached_on").is_not_null() | (pl.col("proved_receivable_som") > 0))
    .then(False)
    .when(pl.col("n_attachments").is_not_null())
    .then(True),
    facts=("n_attachments", "attached_on", "proved_receivable_som"),
    confidence="inferred",
)

# Art. 68: a benefit is levied for alimony and health damage where a court lets it be.
no_benefit_to_levy = Condition(
    id="no_benefit_to_levy",
    article="68",
    reason_code="benefit_may_be_levied",
    title=words(
        uz="Undirish mumkin boʻlgan nafaqa yoʻq",
        ru="Нет пособия, доступного для взыскания",
        en="There is no benefit that may be levied",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: sud ruxsat bergan nafaqadan undirish mumkin (40, "
        "68-moddalar).",
        ru="Внести в реестр нельзя: можно взыскать из пособия, разрешённого судом (ст. 40, 68).",
        en="An entry cannot be made: a benefit may be levied by a court decision (Art. 40, 68).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdorda nafaqa bor, undan undirishga sud ruxsat berganmi, nomaʼlum. "
        "Buni sud biladi (40, 68-moddalar).",
        ru="Сказать нельзя: есть пособие, а разрешил ли суд взыскание из него, неизвестно. Это "
        "знает суд (ст. 40, 68).",
        en="This cannot be told: there is a benefit, and whether a court lets it be levied is not "
        "known. The court knows it (Art. 40, 68).",
    ),
    remedy=_FINISH_IT,
    holds=~pl.col("claim_kind").is_in(["alimony", "damage_health"])
    | (pl.col("n_benefit_months") == 0)
    | ~pl.col("benefit_may_be_levied"),
    facts=("claim_kind", "n_benefit_months", "benefit_may_be_levied"),
    confidence="inferred",
)

_HELD_BACK = words(
    uz="Aytib boʻlmaydi: investitsiya majburiyatidagi obyekt bor, majburiyat qachon tugashi "
    "nomaʼlum. Buni kadastr biladi (40, 52-moddalar).",
    ru="Сказать нельзя: есть объект с инвестиционным обязательством, когда оно закончится, "
    "неизвестно. Это знает кадастр (ст. 40, 52).",
    en="This cannot be told: there is an object under an investment obligation, and when it ends "
    "is not known. The cadastre knows it (Art. 40, 52).",
)

# Art. 52(4): property under an investment obligation can be levied once that ends.
no_investment_object = Condition(
    id="no_investment_object",
    article="52(4)",
    reason_code="investment_obligation",
    title=words(
        uz="Investitsiya majburiyatidagi obyekt yoʻq",
        ru="Нет объектов с инвестиционным обязательством",
        en="No object is under an investment obligation",
    ),
    broken=_HELD_BACK,
    unknown=_HELD_BACK,
    remedy=_FINISH_IT,
    holds=pl.when(pl.col("n_investment_objects") == 0).then(True),
    facts=("n_investment_objects",),
    confidence="inferred",
)

# Art. 52: a dwelling of which it is in doubt whether it is the home may turn out to be leviable.
no_dwelling_in_doubt = Condition(
    id="no_dwelling_in_doubt",
    article="52",
    reason_code="another_dwelling",
    title=words(
        uz="Oilaning uyidan boshqa undiriladigan uy yoʻq",
        ru="Нет жилья, кроме жилья семьи, на которое можно обратить взыскание",
        en="There is no dwelling to levy besides the home of the family",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: oilaning uyidan boshqa undiriladigan uy bor (40, "
        "52-moddalar).",
        ru="Внести в реестр нельзя: кроме жилья семьи есть другое, доступное для взыскания "
        "(ст. 40, 52).",
        en="An entry cannot be made: besides the home of the family there is a dwelling to levy "
        "(Art. 40, 52).",
    ),
    remedy=_FINISH_IT,
    holds=(pl.col("n_doubtful_homes") == 0) | ~pl.col("family_keeps_a_home"),
    facts=("n_doubtful_homes", "family_keeps_a_home"),
    confidence="inferred",
)

# Art. 51: a secured claim has its pledge, until somebody states that nothing of it is left.
no_own_pledge = Condition(
    id="no_own_pledge",
    article="51",
    reason_code="own_pledge_not_levied",
    title=words(
        uz="Shu talab boʻyicha garov predmeti qolmagan",
        ru="Предмета залога по этому требованию не осталось",
        en="No pledge of this claim is left",
    ),
    broken=words(
        uz="Reyestrga kiritib boʻlmaydi: shu talab boʻyicha garov predmeti bor, undiruv avval unga "
        "qaratiladi (40, 51-moddalar).",
        ru="Внести в реестр нельзя: есть предмет залога по этому требованию, взыскание сначала "
        "обращается на него (ст. 40, 51).",
        en="An entry cannot be made: there is a pledge of this claim, and levy goes to it first "
        "(Art. 40, 51).",
    ),
    remedy=_FINISH_IT,
    holds=~pl.col("secured") | ~secures_this_claim(),
    facts=PLEDGE_FACTS,
    confidence="inferred",
)

senior_decides = Confirmation(
    id="senior_decides",
    article="40",
    text=words(
        uz="Hech bir chora natija bermaganini tasdiqlang; dalolatnomani katta davlat ijrochisi "
        "tasdiqlaydi (40-modda).",
        ru="Подтвердите, что ни одна мера не дала результата; акт утверждает старший "
        "государственный исполнитель (ст. 40).",
        en="Confirm that no measure had a result; the senior officer approves the act (Art. 40).",
    ),
    when=pl.lit(True),
)
ten_years = Confirmation(
    id="ten_years",
    article="43⁴",
    text=words(
        uz="Yozuv oʻn yil saqlanadi; qarz toʻlansa, oʻchiriladi, mol-mulk topilsa, ish tiklanadi "
        "(41¹, 43⁴-moddalar).",
        ru="Запись хранится десять лет; при исполнении её удаляют, при появлении имущества "
        "производство возобновляют (ст. 41¹, 43⁴).",
        en="The entry is kept for ten years; it is removed on performance, and the case is resumed "
        "when property is found (Art. 41¹, 43⁴).",
    ),
    when=pl.lit(True),
)

_GATES = tuple(case_ends_without_result if g.id == "case_is_open" else g for g in FOR_ALL)

RULES = MeasureRules(
    (
        *_GATES,
        register_exists,
        not_bankrupt,
        money_claim,
        ordinary_procedure,
        debt_remains,
        term_over,
        or_missing(debtor_notified),
        no_treatment,
        registers_were_asked,
        missing_debtor_was_searched_for,
        inventory_was_made,
        nothing_to_levy,
        nothing_in_hand,
        no_benefit_to_levy,
        no_investment_object,
        no_dwelling_in_doubt,
        no_own_pledge,
    ),
    (senior_decides, ten_years),
)
