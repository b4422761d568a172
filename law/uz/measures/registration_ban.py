"""Ban on registration of vehicles and real estate (Art. 21(1), (2), 53); at opening: Art. 23(5)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import attaching, ordinary_procedure
from law.uz.measures.shared import not_yet_in_force
from law.words import words

_some = (pl.col("n_vehicles") > 0) | (pl.col("n_real_estate") > 0)

# Art. 21: the ban is addressed to the registers of vehicles and of real estate.
something_registered = Condition(
    id="something_registered",
    article="21",
    reason_code="nothing_registered",
    title=words(
        uz="Roʻyxatda transport vositasi yoki koʻchmas mulk bor",
        ru="Зарегистрированы транспорт или недвижимость",
        en="A vehicle or real estate is registered",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarzdor nomida transport vositasi ham, koʻchmas mulk ham "
        "yoʻq (21-modda).",
        ru="Для этой меры нет оснований: за должником не числятся ни транспорт, ни недвижимость "
        "(ст. 21).",
        en="There is no ground for this measure: neither a vehicle nor real estate is registered "
        "in the debtor's name (Art. 21).",
    ),
    remedy=words(
        uz="Yoʻl harakati xavfsizligi xizmati va kadastrdan soʻrang; mulk topilsa, taqiqlang "
        "(21-modda).",
        ru="Запросите службу безопасности дорожного движения и кадастр; если имущество найдётся, "
        "наложите запрет (ст. 21).",
        en="Ask the traffic police and the cadastre; ban registration if property is found "
        "(Art. 21).",
    ),
    holds=_some,
    facts=("n_real_estate", "n_vehicles"),
    refusal="unfounded",
)

in_proportion = Confirmation(
    id="in_proportion",
    article="53",
    text=words(
        uz="Cheklov turi va hajmini asoslang: mol-mulkning ahamiyati hisobga olinadi. Qarz "
        "toʻlangach "
        "taqiqni bekor qiling (39, 47, 53-moddalar).",
        ru="Обоснуйте вид и объём ограничения с учётом значения имущества. После исполнения "
        "снимите запрет (ст. 39, 47, 53).",
        en="Give reasons for kind and extent of the restriction, in view of what the property "
        "means "
        "to its owner. Lift the ban after performance (Art. 39, 47, 53).",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (
        *attaching(),
        ordinary_procedure,
        something_registered,
        not_yet_in_force(
            "registration_ban",
            "21",
            uz="Bu chora uchun asos yoʻq: roʻyxatdan oʻtkazish {registration_ban_since} kunidan "
            "allaqachon "
            "taqiqlangan (21-modda).",
            ru="Для этой меры нет оснований: регистрация уже запрещена с {registration_ban_since} "
            "(ст. 21).",
            en="There is no ground for this measure: registration has been banned since "
            "{registration_ban_since} (Art. 21).",
            remedy=words(
                uz="Amaldagi taqiq ijrosini tekshiring; yangi qaror faqat yangi mol-mulk topilsa "
                "kerak (21-modda).",
                ru="Проверьте, как исполняется действующий запрет; новое решение нужно, только "
                "если найдено другое имущество (ст. 21).",
                en="Check how the ban in force is carried out; decide again only where other "
                "property is found (Art. 21).",
            ),
        ),
    ),
    (in_proportion,),
)
