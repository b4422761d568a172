"""Levy on pledged property (Art. 51, 54(4), 56, 62).

For the claim that it secures the pledge goes first; for other claims only after the rest of the
property. Pledged movables other than vehicles are in no register of the contract.
"""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, debtor_served, ordinary_procedure, pledge_or_not_bankrupt
from law.uz.measures.shared import MONEY_PARAMETERS, family_home_stays
from law.uz.pledges import PLEDGE_FACTS, secures_this_claim
from law.words import words

_something_is_pledged = (pl.col("n_pledged_vehicles") > 0) | (pl.col("n_pledged_objects") > 0)
_PLEDGES = ("n_pledged_objects", "n_pledged_vehicles")

# Art. 51: levy on a pledge needs a pledge. A secured claim has one, whatever the registers hold.
a_pledge_is_known = Condition(
    id="a_pledge_is_known",
    article="51",
    reason_code="nothing_pledged",
    title=words(
        uz="Garovdagi mol-mulk bor",
        ru="Заложенное имущество есть",
        en="There is pledged property",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: talab garov bilan taʼminlanmagan, reyestrlarda "
        "garovdagi mol-mulk ham yoʻq (51-modda).",
        ru="Эту меру применить нельзя: требование не обеспечено залогом, и заложенного имущества "
        "в реестрах нет (ст. 51).",
        en="This measure is not available: no pledge secures the claim, and the registers hold no "
        "pledged property (Art. 51).",
    ),
    remedy=words(
        uz="Undiruvni pulga, daromadga yoki garovda boʻlmagan mol-mulkka qarating.",
        ru="Обратите взыскание на деньги, доходы или имущество без залога.",
        en="Levy money, income or property that is not pledged.",
    ),
    holds=pl.col("secured") | _something_is_pledged,
    facts=("secured", *_PLEDGES),
)

# Art. 51: its own pledge comes first for a claim. One pledged thing is taken to be the pledge of a
# secured claim (inferred), the home never; of the home, of several, or of none in the registers,
# only the claimant can tell.
pledge_is_this_claims = Condition(
    id="pledge_is_this_claims",
    article="51",
    reason_code="pledge_of_another_claim",
    title=words(
        uz="Garov aynan shu talabni taʼminlaydi yoki talab garovsiz",
        ru="Залог обеспечивает именно это требование, или требование без залога",
        en="The pledge secures this very claim, or the claim is unsecured",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: bu mol-mulk boshqa talab boʻyicha garovda, undiruv esa "
        "avvalo shu talabning oʻz garov predmetiga qaratiladi (51-modda).",
        ru="Эту меру применить нельзя: это имущество заложено по другому требованию, а взыскание "
        "сначала обращается на предмет залога по этому требованию (ст. 51).",
        en="This measure is not available: this property is pledged for another claim, and the "
        "claim's own pledge is levied first (Art. 51).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qaysi mol-mulk aynan shu talab boʻyicha garovda ekani reyestrlarda "
        "yoʻq. Buni undiruvchi va garov reyestri biladi (51-modda).",
        ru="Сказать нельзя: какое имущество заложено именно по этому требованию, в реестрах не "
        "записано. Это знают взыскатель и реестр залогов (ст. 51).",
        en="This cannot be told: no register says which property is pledged for this very claim. "
        "The claimant and the pledge register know it (Art. 51).",
    ),
    remedy=words(
        uz="Undiruvchidan garov shartnomasini soʻrang va undiruvni undagi mol-mulkka qarating.",
        ru="Запросите у взыскателя договор залога и обратите взыскание на имущество из него.",
        en="Ask the claimant for the contract of pledge and levy the property named in it.",
    ),
    holds=~pl.col("secured") | secures_this_claim(),
    facts=PLEDGE_FACTS,
    confidence="inferred",
)

_rest_falls_short = (
    pl.when(pl.col("known_property_som") >= pl.col("outstanding_som"))
    .then(False)
    .when(
        pl.all_horizontal(
            pl.col(amount).is_not_null()
            for amount in ("whole_balance_som", "free_vehicles_som", "free_real_estate_som")
        )
    )
    .then(pl.col("known_property_som") < pl.col("outstanding_som"))
)

# Art. 51: for another claim pledged property is levied only if the rest is not enough.
rest_is_not_enough = Condition(
    id="rest_is_not_enough",
    article="51",
    reason_code="other_property_suffices",
    title=words(
        uz="Talab garov bilan taʼminlangan yoki boshqa mol-mulk ({known_property_som}) yetmaydi",
        ru="Требование обеспечено залогом, или другого имущества ({known_property_som}) мало",
        en="A pledge secures the claim, or the other property ({known_property_som}) falls short",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: talab garovsiz, boshqa mol-mulk ({known_property_som}) "
        "esa qarzga ({outstanding_som}) yetadi (51-modda).",
        ru="Эту меру применить нельзя: требование без залога, а другого имущества "
        "({known_property_som}) хватает на долг ({outstanding_som}) (ст. 51).",
        en="This measure is not available: the claim is unsecured, and the other property "
        "({known_property_som}) covers the debt ({outstanding_som}) (Art. 51).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: talab garovsiz, boshqa mol-mulk qarzga yetishi esa nomaʼlum. Buni "
        "banklar, yoʻl harakati xavfsizligi xizmati va kadastr biladi (51-modda).",
        ru="Сказать нельзя: требование без залога, а хватает ли другого имущества, неизвестно. Это "
        "знают банки, служба безопасности дорожного движения и кадастр (ст. 51).",
        en="This cannot be told: the claim is unsecured, and whether the other property is enough "
        "is not known. The banks, the traffic police and the cadastre know it (Art. 51).",
    ),
    remedy=words(
        uz="Avval undiruvni pul va garovda boʻlmagan mol-mulkka qarating; ular yetmasa, shu "
        "choraga qayting.",
        ru="Сначала обратите взыскание на деньги и имущество без залога; если их не хватит, "
        "вернитесь к этой мере.",
        en="First levy money and property that is not pledged; come back to this measure if they "
        "fall short.",
    ),
    # Where nothing is pledged or nothing is left, other conditions say so.
    holds=pl.col("secured")
    | ~_something_is_pledged
    | (pl.col("outstanding_som") == 0)
    | _rest_falls_short,
    facts=(
        "secured",
        "free_real_estate_som",
        "free_vehicles_som",
        "known_property_som",
        "leviable_balance_som",
        "whole_balance_som",
        "outstanding_som",
        *_PLEDGES,
    ),
    parameters=MONEY_PARAMETERS,
    confidence="inferred",
)

court_price = Confirmation(
    id="court_price",
    article="54(4)",
    text=words(
        uz="Boshlangʻich narx sud qarori boʻyicha olinadi (54-modda); transport va koʻchmas mulk "
        "faqat elektron onlayn-auksionda sotiladi (56-modda).",
        ru="Начальная цена берётся из решения суда (ст. 54); транспорт и недвижимость продаются "
        "только на электронном онлайн-аукционе (ст. 56).",
        en="The starting price is that of the court's decision (Art. 54); vehicles and real estate "
        "are sold only by electronic online auction (Art. 56).",
    ),
    when=pl.lit(True),
)
no_discount = Confirmation(
    id="no_discount",
    article="56",
    text=words(
        uz="Garov predmetining narxi 10 foizga tushirilmaydi; sotilmasa, u undiruvchiga takroriy "
        "savdodagi boshlangʻich narxdan 25 foiz past narxda taklif qilinadi (56-modda).",
        ru="Цену предмета залога на 10 % не снижают; непроданный предмет залога предлагают "
        "взыскателю на 25 % ниже начальной цены повторных торгов (ст. 56).",
        en="The price of a pledge is not cut by 10 %; unsold, it is offered to the claimant at "
        "25 % below the starting price of the repeat sale (Art. 56).",
    ),
    when=pl.lit(True),
)
tell_secured_creditors = Confirmation(
    id="tell_secured_creditors",
    article="51",
    text=words(
        uz="Garov bilan taʼminlangan boshqa kreditorlarni xatlash haqida uch kun ichida xabardor "
        "qiling (51-modda).",
        ru="Известите других залоговых кредиторов об аресте в течение трёх дней (ст. 51).",
        en="Tell the other secured creditors of the attachment within three days (Art. 51).",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (
        *coercive(bankruptcy=pledge_or_not_bankrupt, notified=debtor_served),
        ordinary_procedure,
        a_pledge_is_known,
        pledge_is_this_claims,
        rest_is_not_enough,
    ),
    (court_price, no_discount, tell_secured_creditors, family_home_stays),
)
