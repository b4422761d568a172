"""Catalogue of audit facts: protected attributes and proxies, which no model may read."""

from __future__ import annotations

from typing import Final

from features.catalogue.feature import Feature
from registers.texts import Texts

AUDIT_FEATURES: Final[tuple[Feature, ...]] = (
    Feature(
        name="sex",
        family="audit",
        theme="audit",
        kind="category",
        unit="kind",
        sources=("debtors.sex",),
        label=Texts(uz_Latn="jins", uz_Cyrl="жинс", ru="пол", en="sex"),
        meaning="Kept for audits only.",
    ),
    Feature(
        name="birth_year",
        family="audit",
        theme="audit",
        kind="number",
        unit="years",
        sources=("debtors.birth_year",),
        label=Texts(
            uz_Latn="tugʻilgan yil", uz_Cyrl="туғилган йил", ru="год рождения", en="year of birth"
        ),
        meaning="Kept for audits only.",
    ),
    Feature(
        name="region",
        family="audit",
        theme="audit",
        kind="category",
        unit="kind",
        sources=("debtors.region",),
        label=Texts(uz_Latn="viloyat", uz_Cyrl="вилоят", ru="регион", en="region"),
        meaning=(
            "Kept for audits only: a likely proxy of origin and income, which no article "
            "makes relevant."
        ),
    ),
    Feature(
        name="district",
        family="audit",
        theme="audit",
        kind="category",
        unit="kind",
        sources=("debtors.district",),
        label=Texts(uz_Latn="tuman", uz_Cyrl="туман", ru="район", en="district"),
        meaning="Kept for audits only, for the same reason.",
    ),
    Feature(
        name="n_household_members",
        family="audit",
        theme="audit",
        kind="number",
        unit="count",
        sources=("households.members", "households.month"),
        label=Texts(
            uz_Latn="oila aʼzolari soni",
            uz_Cyrl="оила аъзолари сони",
            ru="число членов семьи",
            en="household members",
        ),
        meaning="Newest month reported; kept for audits only.",
    ),
    Feature(
        name="n_minors",
        family="audit",
        theme="audit",
        kind="number",
        unit="count",
        sources=("households.minors", "households.month"),
        label=Texts(
            uz_Latn="voyaga yetmaganlar soni",
            uz_Cyrl="вояга етмаганлар сони",
            ru="число несовершеннолетних",
            en="minors in the household",
        ),
        meaning="Newest month reported; kept for audits only.",
    ),
    Feature(
        name="n_disabled",
        family="audit",
        theme="audit",
        kind="number",
        unit="count",
        sources=("households.disabled", "households.month"),
        label=Texts(
            uz_Latn="nogironligi boʻlganlar soni",
            uz_Cyrl="ногиронлиги бўлганлар сони",
            ru="число лиц с инвалидностью",
            en="persons with a disability in the household",
        ),
        meaning="Newest month reported; kept for audits only.",
    ),
    Feature(
        name="in_social_register",
        family="audit",
        theme="audit",
        kind="flag",
        unit="yes/no",
        sources=("households.social_register", "households.month"),
        label=Texts(
            uz_Latn="ijtimoiy reyestrda turishi",
            uz_Cyrl="ижтимоий реестрда туриши",
            ru="учёт в социальном реестре",
            en="entry in the social register",
        ),
        meaning=(
            "Newest month reported; kept for audits only: Law 258-II attaches no levy rule to it."
        ),
    ),
)
