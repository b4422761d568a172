"""Sale of attached movables (Art. 53, 54, 56). Vehicles have a measure of their own."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, debtor_served, ordinary_procedure
from law.uz.measures.shared import (
    money_falls_short,
    own_pledge_goes_first,
    production_comes_last,
    wage_first_for_alimony,
)
from law.words import words

# Art. 53, 56: sold is what was attached before.
something_is_attached = Condition(
    id="something_is_attached",
    article="53",
    reason_code="nothing_attached",
    title=words(
        uz="Koʻchar mol-mulk {attached_on} kuni xatlangan",
        ru="Движимое имущество арестовано {attached_on}",
        en="Movables were attached on {attached_on}",
    ),
    broken=words(
        uz="Mol-mulkni sotish mumkin emas: bu ishda koʻchar mol-mulk xatlanmagan "
        "(53, 56-moddalar).",
        ru="Продавать нечего: по делу движимое имущество не арестовано (ст. 53, 56).",
        en="Nothing can be sold: no movables are attached in this case (Art. 53, 56).",
    ),
    remedy=words(
        uz="Avval mol-mulkni roʻyxatga oling va xatlang; xatlash hali ham amalda boʻlsa, buni "
        "ishda qayd eting (53-modda).",
        ru="Сначала опишите и арестуйте имущество; если арест ещё действует, отметьте это в деле "
        "(ст. 53).",
        en="First inventory and attach the property; if the attachment is still in force, record "
        "that in the case (Art. 53).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: xatlash {attachment_ended_on} kuni tugagan deb qayd etilgan. Mol-mulk "
        "hozir ham xatlanganmi, ishni yurituvchi davlat ijrochisi biladi (53-modda).",
        ru="Сказать нельзя: арест отмечен как оконченный {attachment_ended_on}. Действует ли он "
        "сейчас, знает исполнитель, ведущий дело (ст. 53).",
        en="This cannot be told: the attachment is recorded as ended on {attachment_ended_on}. The "
        "officer of the case knows whether the property is still attached (Art. 53).",
    ),
    holds=pl.when(pl.col("attached_on").is_not_null())
    .then(True)
    .when(pl.col("n_attachments") == 0)
    .then(False)
    .when(pl.col("attachment_ended_on").is_null() & pl.col("n_attachments").is_not_null())
    .then(True),
    facts=("n_attachments", "attached_on", "attachment_ended_on"),
)

# Art. 53: an attachment that found nothing left nothing to sell.
attachment_found_something = Condition(
    id="attachment_found_something",
    article="53",
    reason_code="attachment_found_nothing",
    title=words(
        uz="Xatlashda mol-mulk topilgan",
        ru="При аресте найдено имущество",
        en="The attachment found something",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: xatlash oʻtkazilgan, lekin mol-mulk topilmagan (53-modda).",
        ru="Для этой меры нет оснований: арест проводился, но имущество не найдено (ст. 53).",
        en="There is no ground for this measure: an attachment was carried out and found nothing "
        "(Art. 53).",
    ),
    remedy=words(
        uz="Yangi mol-mulk topilsa, uni roʻyxatga oling va xatlang (53-modda).",
        ru="Если найдётся имущество, опишите и арестуйте его (ст. 53).",
        en="If property is found, inventory and attach it (Art. 53).",
    ),
    holds=pl.col("attached_on").is_not_null()
    | pl.col("attachment_ended_on").is_not_null()
    | (pl.col("n_attachments") == 0),
    facts=("n_attachments", "attached_on", "attachment_ended_on"),
    refusal="unfounded",
)

# Art. 53: removed for sale at the earliest three working days after attachment.
may_be_removed = Condition(
    id="may_be_removed",
    article="53",
    reason_code="attached_too_recently",
    title=words(
        uz="Xatlangandan keyin uch ish kuni oʻtgan ({removal_from} kuni)",
        ru="После ареста прошло три рабочих дня ({removal_from})",
        en="Three working days have passed since the attachment (on {removal_from})",
    ),
    broken=words(
        uz="Sotishga hali erta: mol-mulk {attached_on} kuni xatlangan, uni kamida uch ish kunidan "
        "soʻng, {removal_from} kunidan olib ketish mumkin (53-modda).",
        ru="Продавать ещё рано: имущество арестовано {attached_on}, изъять его можно не ранее чем "
        "через три рабочих дня, с {removal_from} (ст. 53).",
        en="It is too early to sell: attached on {attached_on}, the property may be removed after "
        "three working days at the earliest, from {removal_from} (Art. 53).",
    ),
    remedy=words(
        uz="{removal_from} kunini kuting; tez buziladigan mahsulot darhol olinadi (53-modda).",
        ru="Дождитесь {removal_from}; скоропортящееся изымается сразу (ст. 53).",
        en="Wait until {removal_from}; perishable goods are removed at once (Art. 53).",
    ),
    # Without an attachment another condition refuses; one that nobody can read may be too recent.
    holds=pl.when(pl.col("n_attachments").is_not_null()).then(
        pl.col("attached_on").is_null() | (pl.col("as_of_date") >= pl.col("removal_from"))
    ),
    facts=("as_of_date", "n_attachments", "removal_from", "attached_on"),
    parameters=("removal_after_attachment_days",),
)

own_valuation = Confirmation(
    id="own_valuation",
    article="54",
    text=words(
        uz="Davlat ijrochisi faqat {own_valuation_item_som}gacha boʻlgan buyumni, jami "
        "{own_valuation_total_som}gacha oʻzi baholaydi, transport vositasini esa hech qachon "
        "baholamaydi; qolganini baholovchi baholaydi (54-modda).",
        ru="Исполнитель сам оценивает вещь только до {own_valuation_item_som}, всего до "
        "{own_valuation_total_som}; транспортное средство и остальное оценивает оценщик (ст. 54).",
        en="The officer alone may value an item of up to {own_valuation_item_som}, "
        "{own_valuation_total_som} in all, and never a vehicle; a valuer does the rest (Art. 54).",
    ),
    when=pl.lit(True),
    facts=("own_valuation_item_som", "own_valuation_total_som"),
)
valuation_notice = Confirmation(
    id="valuation_notice",
    article="54",
    text=words(
        uz="Tekshiring: baholash haqida uch ish kuni ichida xabar berilgan va sudda nizolashish "
        "uchun 10 kun oʻtgan (54-modda).",
        ru="Проверьте: извещение об оценке отправлено в течение трёх рабочих дней, и 10 дней на её "
        "оспаривание в суде прошли (ст. 54).",
        en="Check that the notice of the valuation was sent within three working days and that the "
        "ten days to dispute it in court have passed (Art. 54).",
    ),
    when=pl.lit(True),
)
how_it_is_sold = Confirmation(
    id="how_it_is_sold",
    article="56(3)",
    text=words(
        uz="Transport, intellektual mulk huquqi va 56-modda 3-qismidagi boshqa mol-mulk faqat "
        "elektron onlayn-auksionda sotiladi; nasiyaga sotilmaydi (56-modda).",
        ru="Транспорт, права интеллектуальной собственности и иное имущество из части 3 статьи 56 "
        "продают только на электронном онлайн-аукционе; продажа в рассрочку недопустима (ст. 56).",
        en="Vehicles, intellectual property and the other kinds of Art. 56(3) are sold only by "
        "electronic online auction; nothing is sold on credit (Art. 56).",
    ),
    when=pl.lit(True),
)
sell_in_time = Confirmation(
    id="sell_in_time",
    article="56",
    text=words(
        uz="Sotish muddati: {sell_by} kunigacha (xatlangan kundan ikki oy, 56-modda).",
        ru="Срок реализации: до {sell_by} (два месяца со дня ареста, ст. 56).",
        en="The sale must be done by {sell_by} (two months from attachment, Art. 56).",
    ),
    when=pl.col("sell_by").is_not_null(),
    facts=("sell_by",),
)

RULES = MeasureRules(
    (
        *coercive(notified=debtor_served),
        ordinary_procedure,
        something_is_attached,
        attachment_found_something,
        may_be_removed,
        money_falls_short(),
    ),
    (
        wage_first_for_alimony,
        own_valuation,
        valuation_notice,
        how_it_is_sold,
        sell_in_time,
        production_comes_last,
        own_pledge_goes_first,
    ),
)
