"""Catalogue of the assets family: vehicles, real estate and production assets."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from registers.texts import Texts

ASSETS_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="n_vehicles",
        family="assets",
        theme="assets",
        kind="number",
        unit="count",
        sources=("vehicles.vehicle_id", "vehicles.disposed_on"),
        label=Texts(
            uz_Latn="avtotransport vositalari soni",
            uz_Cyrl="автотранспорт воситалари сони",
            ru="число транспортных средств",
            en="number of vehicles",
        ),
        meaning=(
            "Vehicles owned on the day; zero where the register has none, null where the "
            "register is missing."
        ),
        higher="eases",
    ),
    Feature(
        name="vehicles_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("vehicles.assessed_som",),
        label=Texts(
            uz_Latn="avtotransport vositalarining bahosi",
            uz_Cyrl="автотранспорт воситаларининг баҳоси",
            ru="оценка транспортных средств",
            en="assessed value of vehicles",
        ),
        meaning="Assessed value of the vehicles owned on the day.",
        higher="eases",
    ),
    Feature(
        name="unpledged_vehicles_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("vehicles.assessed_som", "vehicles.pledged"),
        label=Texts(
            uz_Latn="garovga qoʻyilmagan avtotransport bahosi",
            uz_Cyrl="гаровга қўйилмаган автотранспорт баҳоси",
            ru="оценка незаложенного транспорта",
            en="value of unpledged vehicles",
        ),
        meaning="The same without pledged vehicles.",
        higher="eases",
    ),
    Feature(
        name="newest_vehicle_age_years",
        family="assets",
        theme="assets",
        kind="number",
        unit="years",
        sources=("vehicles.model_year",),
        label=Texts(
            uz_Latn="eng yangi avtotransport yoshi",
            uz_Cyrl="энг янги автотранспорт ёши",
            ru="возраст самого нового транспорта",
            en="age of the newest vehicle",
        ),
        meaning="Year of the decision point minus the newest model year; null without vehicles.",
        higher="hinders",
    ),
    Feature(
        name="n_real_estate",
        family="assets",
        theme="assets",
        kind="number",
        unit="count",
        sources=("real_estate.object_id", "real_estate.disposed_on"),
        label=Texts(
            uz_Latn="koʻchmas mulk obyektlari soni",
            uz_Cyrl="кўчмас мулк объектлари сони",
            ru="число объектов недвижимости",
            en="number of real estate objects",
        ),
        meaning=(
            "Objects owned on the day, also in part; zero where the cadastre has none, null "
            "where it is missing."
        ),
        higher="eases",
    ),
    Feature(
        name="real_estate_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("real_estate.cadastral_som", "real_estate.share"),
        label=Texts(
            uz_Latn="koʻchmas mulkning kadastr qiymati",
            uz_Cyrl="кўчмас мулкнинг кадастр қиймати",
            ru="кадастровая стоимость недвижимости",
            en="cadastral value of real estate",
        ),
        meaning="The debtor's share of the cadastral value, each object rounded to whole units.",
        higher="eases",
    ),
    Feature(
        name="non_residence_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("real_estate.cadastral_som", "real_estate.residence", "real_estate.share"),
        label=Texts(
            uz_Latn="yashash joyi boʻlmagan koʻchmas mulk qiymati",
            uz_Cyrl="яшаш жойи бўлмаган кўчмас мулк қиймати",
            ru="стоимость недвижимости, не являющейся жильём семьи",
            en="value of real estate other than the home",
        ),
        meaning="The same without the objects where the debtor or the family lives (Art. 52).",
        higher="eases",
    ),
    Feature(
        name="free_real_estate_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("real_estate.cadastral_som", "real_estate.encumbrance", "real_estate.residence"),
        label=Texts(
            uz_Latn="taqiqsiz va yashash joyi boʻlmagan koʻchmas mulk",
            uz_Cyrl="тақиқсиз ва яшаш жойи бўлмаган кўчмас мулк",
            ru="свободная от обременений недвижимость",
            en="unencumbered real estate other than the home",
        ),
        meaning="The same without encumbered objects.",
        higher="eases",
    ),
    Feature(
        name="encumbered_share",
        family="assets",
        theme="assets",
        kind="number",
        unit="share",
        sources=("real_estate.encumbrance", "real_estate.cadastral_som"),
        label=Texts(
            uz_Latn="ogʻirlashtirilgan koʻchmas mulk ulushi",
            uz_Cyrl="оғирлаштирилган кўчмас мулк улуши",
            ru="доля обременённой недвижимости",
            en="encumbered share of real estate",
        ),
        meaning="Encumbered part of the real estate value; null where that value is zero.",
        higher="hinders",
        n_decimals=2,
    ),
    Feature(
        name="pledged_value_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=(
            "real_estate.encumbrance",
            "vehicles.pledged",
            "real_estate.cadastral_som",
            "vehicles.assessed_som",
        ),
        label=Texts(
            uz_Latn="garovdagi mol-mulk qiymati",
            uz_Cyrl="гаровдаги мол-мулк қиймати",
            ru="стоимость заложенного имущества",
            en="value of pledged property",
        ),
        meaning="Pledged real estate and pledged vehicles.",
    ),
    Feature(
        name="production_assets_som",
        family="assets",
        theme="assets",
        kind="number",
        unit="som",
        sources=("businesses.production_assets_som", "businesses.quarter"),
        label=Texts(
            uz_Latn="ishlab chiqarish aktivlari",
            uz_Cyrl="ишлаб чиқариш активлари",
            ru="производственные активы",
            en="production assets",
        ),
        meaning=(
            "Production assets at the newest quarter; levied last (Art. 60); null where no "
            "business is known, or its newest quarter lies more than a year back."
        ),
    ),
    Feature(
        name="free_assets_to_outstanding",
        family="assets",
        theme="assets",
        kind="number",
        unit="share",
        sources=("vehicles.assessed_som", "real_estate.cadastral_som", "cases.claim_som"),
        label=Texts(
            uz_Latn="erkin mol-mulkning qarzga nisbati",
            uz_Cyrl="эркин мол-мулкнинг қарзга нисбати",
            ru="отношение свободного имущества к долгу",
            en="free property relative to the debt",
        ),
        meaning=(
            "Unpledged vehicles and unencumbered real estate other than the home over the "
            "amount still due; may exceed one."
        ),
        higher="eases",
        n_decimals=2,
    ),
)
