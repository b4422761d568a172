"""Seizure and sale of a vehicle (Art. 21(1), 47, 51, 53-56, 60, 63)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, debtor_served, ordinary_procedure
from law.uz.measures.shared import (
    IS_IN_BUSINESS,
    money_comes_first,
    not_on_a_day_off,
    own_pledge_first,
    wage_first_for_alimony,
)
from law.uz.pledges import PLEDGE_FACTS, is_own_pledge
from law.words import words

# Art. 46(1), 53: levy needs something to levy.
owns_a_vehicle = Condition(
    id="owns_a_vehicle",
    article="53",
    reason_code="no_vehicle",
    title=words(
        uz="Qarzdorning transport vositasi bor",
        ru="У должника есть транспортное средство",
        en="The debtor owns a vehicle",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarzdor nomida transport vositasi yoʻq (53-modda).",
        ru="Для этой меры нет оснований: за должником не числится транспортное средство (ст. 53).",
        en="There is no ground for this measure: no vehicle is registered in the debtor's name "
        "(Art. 53).",
    ),
    remedy=words(
        uz="Undiruvni pulga, daromadga yoki boshqa mol-mulkka qarating.",
        ru="Обратите взыскание на деньги, доходы или иное имущество.",
        en="Levy money, income or other property.",
    ),
    holds=pl.col("n_vehicles") > 0,
    facts=("n_vehicles",),
    refusal="unfounded",
)

_other_som = pl.col("whole_balance_som") + pl.col("free_real_estate_som")

# Art. 51: pledged property serves its own claim first, and others only if the rest is not enough.
# A secured claim whose pledge is another thing has that one levied first: `own_pledge_first`.
not_pledged_to_others = Condition(
    id="not_pledged_to_others",
    article="51",
    reason_code="vehicle_pledged_to_others",
    title=words(
        uz="Transport vositasi boshqa kreditor garovida emas",
        ru="Транспортное средство не заложено другому кредитору",
        en="The vehicle is not pledged to another creditor",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: transport vositasi boshqa talab boʻyicha garovda, boshqa "
        "mol-mulk esa qarzga ({outstanding_som}) yetadi (51-modda).",
        ru="Эту меру применить нельзя: транспортное средство в залоге по другому требованию, а "
        "остального имущества хватает на долг ({outstanding_som}) (ст. 51).",
        en="This measure is not available: the vehicle is pledged for another claim, and the other "
        "property covers the debt ({outstanding_som}) (Art. 51).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: transport vositasi aynan shu talab boʻyicha garovdami yoki boshqa "
        "mol-mulk "
        "yetadimi, nomaʼlum. Buni undiruvchi va garov reyestri biladi (51-modda).",
        ru="Сказать нельзя: неизвестно, заложено ли транспортное средство именно по этому "
        "требованию и хватает ли другого имущества. Это знают взыскатель и реестр залогов (ст. "
        "51).",
        en="This cannot be told: it is not known whether the vehicle is pledged for this very "
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
    holds=(pl.col("n_vehicles") == 0)
    | (pl.col("n_free_vehicles") > 0)
    | is_own_pledge("vehicle")
    | (pl.col("outstanding_som") == 0)
    | (_other_som < pl.col("outstanding_som")),
    facts=(
        "free_real_estate_som",
        "leviable_balance_som",
        "whole_balance_som",
        "n_free_vehicles",
        "n_vehicles",
        "outstanding_som",
        *PLEDGE_FACTS,
    ),
    parameters=("minimum_wage", "protected_account_share"),
    confidence="inferred",
)

sale_rules = Confirmation(
    id="sale_rules",
    article="54",
    text=words(
        uz="Transport vositasini faqat baholovchi baholaydi, davlat ijrochisi oʻzi baholamaydi; "
        "xatlashdan keyin kamida uch ish kuni oʻtsin; faqat elektron onlayn-auksionda sotiladi "
        "(53, 54, 56-moddalar).",
        ru="Транспортное средство оценивает только оценщик, но не сам исполнитель; после ареста "
        "должно пройти не менее трёх рабочих дней; продажа только на электронном онлайн-аукционе "
        "(ст. 53, 54, 56).",
        en="A vehicle is valued by a valuer only, never by the officer; at least three working "
        "days pass after attachment; sale only by electronic online auction (Art. 53, 54, 56).",
    ),
    when=pl.lit(True),
)
not_used_in_production = Confirmation(
    id="not_used_in_production",
    article="60",
    text=words(
        uz="Tadbirkorlik qarzi boʻyicha: transport vositasi ishlab chiqarishda bevosita "
        "qatnashmasligini tekshiring, aks holda u uchinchi navbatda (60-modda).",
        ru="По долгу от предпринимательства проверьте, что транспортное средство не занято прямо в "
        "производстве: иначе оно в третьей очереди (ст. 60).",
        en="For a debt from a business check that the vehicle is not used directly in production: "
        "then it would be in the third rank (Art. 60).",
    ),
    when=IS_IN_BUSINESS,
)

RULES = MeasureRules(
    (
        *coercive(notified=debtor_served),
        ordinary_procedure,
        owns_a_vehicle,
        own_pledge_first("vehicle"),
        money_comes_first("vehicle"),
        not_pledged_to_others,
    ),
    (wage_first_for_alimony, not_on_a_day_off, sale_rules, not_used_in_production),
)
