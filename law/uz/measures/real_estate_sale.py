"""Sale of real estate by electronic auction (Art. 46(1), 47, 51, 52, 54, 56, 60, 63)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, debtor_served, ordinary_procedure
from law.uz.measures.shared import (
    IS_IN_BUSINESS,
    family_home_stays,
    money_comes_first,
    own_pledge_first,
    wage_first_for_alimony,
)
from law.uz.pledges import PLEDGE_FACTS, is_own_pledge
from law.words import words

# Art. 46(1), 53: levy needs something to levy.
owns_real_estate = Condition(
    id="owns_real_estate",
    article="53",
    reason_code="no_real_estate",
    title=words(
        uz="Qarzdorning koʻchmas mulki bor",
        ru="У должника есть недвижимость",
        en="The debtor owns real estate",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarzdor nomida koʻchmas mulk yoʻq (53-modda).",
        ru="Для этой меры нет оснований: за должником не числится недвижимость (ст. 53).",
        en="There is no ground for this measure: no real estate is registered in the debtor's "
        "name (Art. 53).",
    ),
    remedy=words(
        uz="Undiruvni pulga, daromadga yoki koʻchar mol-mulkka qarating.",
        ru="Обратите взыскание на деньги, доходы или движимое имущество.",
        en="Levy money, income or movables.",
    ),
    holds=pl.col("n_real_estate") > 0,
    facts=("n_real_estate",),
    refusal="unfounded",
)

# Art. 52(1): the only home in which the debtor or the family permanently lives is exempt, unless
# the document names it or it is pledged for this claim.
more_than_the_only_home = Condition(
    id="more_than_the_only_home",
    article="52",
    reason_code="only_home",
    title=words(
        uz="Yagona uydan boshqa koʻchmas mulk bor",
        ru="Есть недвижимость помимо единственного жилья",
        en="There is real estate besides the only home",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: bu qarzdor yoki uning oilasi doimiy yashaydigan "
        "yagona uy (kvartira), u hujjatda nazarda tutilmagan va shu talab boʻyicha garovda emas "
        "(52-modda).",
        ru="Продать недвижимость нельзя: это единственное жильё, где постоянно живут должник или "
        "его семья; в документе оно не названо и по этому требованию не заложено (ст. 52).",
        en="The real estate cannot be sold: it is the only home in which the debtor or the family "
        "permanently lives, the document does not name it, and it is not pledged for this claim "
        "(Art. 52).",
    ),
    remedy=words(
        uz="Undiruvni boshqa mol-mulkka qarating; uyning ajratiladigan qismiga faqat sud ruxsati "
        "bilan (52-modda).",
        ru="Обратите взыскание на иное имущество; на отделимую часть жилья только с разрешения "
        "суда (ст. 52).",
        en="Levy other property; a separable part of the home only if a court allows it (Art. 52).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: oilaning yagona uyi aynan shu talab boʻyicha garovdami, nomaʼlum. "
        "Buni undiruvchi va garov reyestri biladi (51, 52-moddalar).",
        ru="Сказать нельзя: неизвестно, заложено ли единственное жильё семьи именно по этому "
        "требованию. Это знают взыскатель и реестр залогов (ст. 51, 52).",
        en="This cannot be told: it is not known whether the only home of the family is pledged "
        "for this very claim. The claimant and the pledge register know it (Art. 51, 52).",
    ),
    holds=(pl.col("n_real_estate") == 0)
    | (pl.col("n_real_estate") > pl.col("n_exempt_dwellings"))
    | is_own_pledge("real_estate"),
    facts=("levies_dwelling", "n_exempt_dwellings", "n_real_estate", *PLEDGE_FACTS),
)

# Art. 52(1): where the other dwellings are only shares, pledged or unfinished, or nobody is
# recorded as living in the only one, no register tells whether the family keeps a home.
family_keeps_a_home = Condition(
    id="family_keeps_a_home",
    article="52",
    reason_code="family_loses_its_home",
    title=words(
        uz="Sotuvdan keyin oilada yashash uyi qoladi",
        ru="После продажи у семьи остаётся жильё",
        en="The family keeps a dwelling after the sale",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: sotuvdan keyin oila uysiz qoladi (52-modda).",
        ru="Продать недвижимость нельзя: после продажи семья останется без жилья (ст. 52).",
        en="The real estate cannot be sold: the sale would leave the family without a dwelling "
        "(Art. 52).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: uyda kim yashashi qayd etilmagan yoki boshqa uylar faqat ulush, "
        "garovda yoki qurilishi tugallanmagan; oilada uy qoladimi, joyida aniqlanadi (52-modda).",
        ru="Сказать нельзя: не отмечено, кто живёт в жилье, или прочее жильё лишь доля, в залоге "
        "или не достроено; останется ли у семьи жильё, выясняют на месте (ст. 52).",
        en="This cannot be told: nobody is recorded as living in the dwelling, or the others are "
        "only shares, pledged or unfinished. Whether the family keeps a home is found out on the "
        "spot (Art. 52).",
    ),
    remedy=words(
        uz="Oila qayerda yashashini joyida aniqlang va buni ishda qayd eting; shubha qolsa, boshqa "
        "mol-mulkka qarating (52-modda).",
        ru="Выясните на месте, где живёт семья, и отметьте это в деле; если сомнение остаётся, "
        "обратите взыскание на иное имущество (ст. 52).",
        en="Find out on the spot where the family lives and record it in the case; if doubt "
        "remains, levy other property (Art. 52).",
    ),
    holds=(pl.col("n_doubtful_homes") == 0)
    | (pl.col("n_real_estate") > (pl.col("n_exempt_dwellings") + pl.col("n_doubtful_homes")))
    | is_own_pledge("real_estate")
    | pl.col("family_keeps_a_home"),
    facts=(
        "n_doubtful_homes",
        "n_exempt_dwellings",
        "n_real_estate",
        "family_keeps_a_home",
        *PLEDGE_FACTS,
    ),
    confidence="inferred",
)

_reachable = pl.col("n_free_objects") + pl.col("n_pledged_objects") + pl.col("n_pledged_homes")

# Art. 52(4): property under an investment obligation is exempt while it lasts.
more_than_investment = Condition(
    id="more_than_investment",
    article="52(4)",
    reason_code="investment_obligation",
    title=words(
        uz="Investitsiya majburiyatidan xoli koʻchmas mulk bor",
        ru="Есть недвижимость без инвестиционного обязательства",
        en="There is real estate free of investment obligations",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: u boʻyicha investitsiya majburiyati davom etmoqda "
        "(52-modda).",
        ru="Продать недвижимость нельзя: по ней действует инвестиционное обязательство (ст. 52).",
        en="The real estate cannot be sold: an investment obligation on it is still running "
        "(Art. 52).",
    ),
    remedy=words(
        uz="Investitsiya davri tugashini kuting yoki undiruvni boshqa mol-mulkka qarating.",
        ru="Дождитесь конца инвестиционного периода или обратите взыскание на иное имущество.",
        en="Wait for the end of the investment period, or levy other property.",
    ),
    holds=(pl.col("n_investment_objects") == 0) | (_reachable > 0),
    facts=("n_free_objects", "n_investment_objects", "n_pledged_homes", "n_pledged_objects"),
)

# Art. 51: pledged property serves its own claim first, and others only if the rest is not enough.
not_pledged_to_others = Condition(
    id="real_estate_not_pledged_to_others",
    article="51",
    reason_code="real_estate_pledged_to_others",
    title=words(
        uz="Koʻchmas mulk boshqa kreditor garovida emas",
        ru="Недвижимость не заложена другому кредитору",
        en="The real estate is not pledged to another creditor",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: u boshqa talab boʻyicha garovda, boshqa mol-mulk "
        "({lighter_property_som}) esa qarzga ({outstanding_som}) yetadi (51-modda).",
        ru="Продать недвижимость нельзя: она в залоге по другому требованию, а другого имущества "
        "({lighter_property_som}) хватает на долг ({outstanding_som}) (ст. 51).",
        en="The real estate cannot be sold: it is pledged for another claim, and the other "
        "property ({lighter_property_som}) covers the debt ({outstanding_som}) (Art. 51).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: koʻchmas mulk aynan shu talab boʻyicha garovdami yoki boshqa mol-mulk "
        "yetadimi, nomaʼlum. Buni undiruvchi va garov reyestri biladi (51-modda).",
        ru="Сказать нельзя: неизвестно, заложена ли недвижимость именно по этому требованию и "
        "хватает ли другого имущества. Это знают взыскатель и реестр залогов (ст. 51).",
        en="This cannot be told: it is not known whether the real estate is pledged for this very "
        "claim, or whether the other property is enough. The claimant and the pledge register "
        "know it (Art. 51).",
    ),
    remedy=words(
        uz="Garov shartnomasini tekshiring; avval undiruvni garovda boʻlmagan mol-mulkka yoki shu "
        "talab boʻyicha garov predmetiga qarating.",
        ru="Проверьте договор залога; сначала обратите взыскание на имущество без залога или на "
        "предмет залога по этому требованию.",
        en="Check the contract of pledge; first levy property that is not pledged, or the claim's "
        "own pledge.",
    ),
    holds=(pl.col("n_free_objects") > 0)
    | (_reachable == 0)
    | is_own_pledge("real_estate")
    | (pl.col("outstanding_som") == 0)
    | ((pl.col("whole_balance_som") + pl.col("free_vehicles_som")) < pl.col("outstanding_som")),
    facts=(
        "free_vehicles_som",
        "leviable_balance_som",
        "whole_balance_som",
        "lighter_property_som",
        "n_free_objects",
        "outstanding_som",
        *PLEDGE_FACTS,
    ),
    parameters=("minimum_wage", "protected_account_share"),
    confidence="inferred",
)

# What is summed up as lighter property is the least there is where a register does not tell all.
_LIGHTER_IS_KNOWN = pl.all_horizontal(
    pl.col(amount).is_not_null() for amount in ("whole_balance_som", "free_vehicles_som")
)

# Art. 47: the officer orders property by liquidity; Art. 60: movables before real estate.
lighter_property_insufficient = Condition(
    id="lighter_property_insufficient",
    article="47",
    reason_code="lighter_property_suffices",
    title=words(
        uz="Pul va transport vositalari ({lighter_property_som}) qarzga yetmaydi",
        ru="Денег и транспортных средств ({lighter_property_som}) не хватает на долг",
        en="Money and vehicles ({lighter_property_som}) do not cover the debt",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: pul va transport vositalari ({lighter_property_som}) "
        "qarzni "
        "({outstanding_som}) qoplaydi va tezroq sotiladi (47, 60-moddalar).",
        ru="Продать недвижимость нельзя: деньги и транспортные средства ({lighter_property_som}) "
        "покрывают долг ({outstanding_som}) и продаются быстрее (ст. 47, 60).",
        en="The real estate cannot be sold: money and vehicles ({lighter_property_som}) cover the "
        "debt ({outstanding_som}) and are sold sooner (Art. 47, 60).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: pul va transport vositalari qarzga yetishi yoki garov aynan shu "
        "talabniki ekani nomaʼlum. Buni banklar, yoʻl harakati xavfsizligi xizmati va undiruvchi "
        "biladi (47, 51-moddalar).",
        ru="Сказать нельзя: неизвестно, хватает ли денег и транспортных средств на долг или "
        "заложен ли объект именно по этому требованию. Это знают банки, служба безопасности "
        "дорожного движения и взыскатель (ст. 47, 51).",
        en="This cannot be told: it is not known whether money and vehicles cover the debt, or "
        "whether the object is pledged for this very claim. The banks, the traffic police and the "
        "claimant know it (Art. 47, 51).",
    ),
    remedy=words(
        uz="Avval undiruvni pul va transport vositalariga qarating; qarz qolsa, shu choraga "
        "qayting.",
        ru="Сначала обратите взыскание на деньги и транспортные средства; если долг останется, "
        "вернитесь к этой мере.",
        en="Levy money and vehicles first; come back to this measure if a debt remains.",
    ),
    # Nothing covers a debt of nothing: `debt_remains` says so.
    holds=is_own_pledge("real_estate")
    | pl.when(pl.col("outstanding_som") == 0)
    .then(True)
    .when(pl.col("lighter_property_som") >= pl.col("outstanding_som"))
    .then(False)
    .when(_LIGHTER_IS_KNOWN)
    .then(pl.col("lighter_property_som") < pl.col("outstanding_som")),
    facts=(
        "free_vehicles_som",
        "leviable_balance_som",
        "whole_balance_som",
        "lighter_property_som",
        "outstanding_som",
        *PLEDGE_FACTS,
    ),
    parameters=("minimum_wage", "protected_account_share"),
    confidence="inferred",
)

_lighter_and_rights = pl.col("lighter_property_som") + pl.col("receivables_som")
_lighter_and_proved = pl.col("lighter_property_som") + pl.col("proved_receivable_som")


def _falls_short(som: pl.Expr) -> pl.Expr:
    """Whether a sum that is the least there is falls short: true only where all of it is known."""
    owed = pl.col("outstanding_som")
    return pl.when(som >= owed).then(False).when(_LIGHTER_IS_KNOWN).then(som < owed)


# Art. 60: of an entity property rights come second, before real estate. What the entity reports to
# be owed is no proof (Art. 48⁵): where it could cover the debt only a statement settles the order.
rights_before_real_estate = Condition(
    id="rights_before_real_estate",
    article="60",
    reason_code="receivables_suffice",
    title=words(
        uz="Pul, transport va debitorlik qarzi qarzga yetmaydi",
        ru="Денег, транспорта и дебиторской задолженности не хватает на долг",
        en="Money, vehicles and receivables do not cover the debt",
    ),
    broken=words(
        uz="Koʻchmas mulkni sotib boʻlmaydi: isbotlangan debitorlik qarzi "
        "({proved_receivable_som}) pul va transport ({lighter_property_som}) bilan birga qarzga "
        "({outstanding_som}) yetadi, u navbatda oldin turadi (60-modda).",
        ru="Продать недвижимость нельзя: подтверждённой дебиторской задолженности "
        "({proved_receivable_som}) вместе с деньгами и транспортом ({lighter_property_som}) "
        "хватает на долг ({outstanding_som}), а она идёт раньше (ст. 60).",
        en="The real estate cannot be sold: proved receivables ({proved_receivable_som}) with "
        "money and vehicles ({lighter_property_som}) cover the debt ({outstanding_som}), and they "
        "come earlier (Art. 60).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: hisobotdagi debitorlik qarzi qarzga yetishi mumkin, u isbotlanganmi, "
        "nomaʼlum. Buni qarzdor va uning kontragentlari biladi (48⁵, 60-moddalar).",
        ru="Сказать нельзя: дебиторской задолженности по отчётности может хватить на долг, но "
        "подтверждена ли она, неизвестно. Это знают должник и его контрагенты (ст. 48⁵, 60).",
        en="This cannot be told: the receivables that are reported could cover the debt, and "
        "whether they are proved is not known. The debtor and its partners know it (Art. 48⁵, 60).",
    ),
    remedy=words(
        uz="Solishtirma dalolatnomani soʻrang va avval debitorlik qarzini undiring; u yetmasa, shu "
        "choraga qayting.",
        ru="Запросите акт сверки и сначала взыщите дебиторскую задолженность; если её не хватит, "
        "вернитесь к этой мере.",
        en="Ask for the reconciliation act and levy the receivables first; come back to this "
        "measure if they fall short.",
    ),
    holds=(pl.col("debtor_kind") != "legal_entity")
    | is_own_pledge("real_estate")
    | (pl.col("outstanding_som") == 0)
    | pl.when(pl.col("proved_receivable_som").is_not_null())
    .then(_falls_short(_lighter_and_proved))
    .when(_falls_short(_lighter_and_rights))
    .then(True),
    facts=(
        "debtor_kind",
        "free_vehicles_som",
        "whole_balance_som",
        "lighter_property_som",
        "outstanding_som",
        "receivables_som",
        "proved_receivable_som",
        *PLEDGE_FACTS,
    ),
    confidence="inferred",
)

proportion = Confirmation(
    id="proportion",
    article="47(11)",
    text=words(
        uz="Obyekt qiymati ({free_real_estate_som}) qarzdan ({outstanding_som}) yuqori: sotish "
        "nega "
        "zarurligini asoslang (47, 53-moddalar). Qonunda eng kam qarz chegarasi topilmadi.",
        ru="Стоимость объекта ({free_real_estate_som}) выше долга ({outstanding_som}): обоснуйте, "
        "почему нужна продажа (ст. 47, 53). Наименьшего долга для продажи в законе не найдено.",
        en="The value ({free_real_estate_som}) is above the debt ({outstanding_som}): give reasons "
        "why a sale is needed (Art. 47, 53). The Law was not found to name a minimum debt.",
    ),
    when=pl.col("free_real_estate_som") > pl.col("outstanding_som"),
    facts=("free_real_estate_som", "outstanding_som"),
)
sale_rules = Confirmation(
    id="sale_rules",
    article="54",
    text=words(
        uz="Baholovchi jalb etiladi; mulk faqat elektron onlayn-auksionda sotiladi (54, "
        "56-moddalar). Ishlab chiqarishda foydalaniladigan mol-mulk uchinchi navbatda sotiladi "
        "(60-modda).",
        ru="Нужен оценщик; продажа только на электронном онлайн-аукционе (ст. 54, 56). "
        "Производственное имущество в третьей очереди (ст. 60).",
        en="A valuer is needed; sale only by electronic online auction (Art. 54, 56). Property "
        "used in production is in the third rank (Art. 60).",
    ),
    when=pl.lit(True),
)
rights_come_second = Confirmation(
    id="rights_come_second",
    article="60",
    text=words(
        uz="Tadbirkorlik qarzi boʻyicha avval ishlab chiqarishda qatnashmaydigan koʻchar mol-mulk, "
        "keyin mulkiy huquqlar (debitorlik qarzi {receivables_som}), soʻng koʻchmas mulk "
        "(60-modda).",
        ru="По долгу от предпринимательства сначала движимое имущество вне производства, затем "
        "имущественные права (дебиторская задолженность {receivables_som}), потом недвижимость "
        "(ст. 60).",
        en="For a debt from a business first movables not used in production, then property "
        "rights (receivables {receivables_som}), then real estate (Art. 60).",
    ),
    when=IS_IN_BUSINESS & (pl.col("receivables_som") > 0),
    facts=("receivables_som",),
)

RULES = MeasureRules(
    (
        *coercive(notified=debtor_served),
        ordinary_procedure,
        owns_real_estate,
        more_than_the_only_home,
        family_keeps_a_home,
        more_than_investment,
        own_pledge_first("real_estate"),
        money_comes_first("real_estate"),
        not_pledged_to_others,
        lighter_property_insufficient,
        rights_before_real_estate,
    ),
    (family_home_stays, wage_first_for_alimony, proportion, sale_rules, rights_come_second),
)
