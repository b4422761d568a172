"""Seizure and sale of a vehicle (Art. 21(1), 47, 51, 53-56, 60, 63)."""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import coercive, ordinary_procedure, pledge_or_not_bankrupt
from law.uz.measures.shared import is_own_pledge, money_comes_first
from law.words import words

# Art. 46(1), 53: levy needs something to levy.
owns_a_vehicle = Condition(
    id="owns_a_vehicle",
    article="53",
    reason_code="no_vehicle",
    title=words(
        uz="Qarzdorning transport vositasi bor",
        ru="У должника есть машина",
        en="The debtor owns a vehicle",
    ),
    broken=words(
        uz="Bu chora uchun asos yoʻq: qarzdor nomida transport vositasi yoʻq (53-modda). Boshqa "
        "chorani "
        "tanlang.",
        ru="Для этой меры нет оснований: за должником не числится машина (ст. 53). Выберите "
        "другую меру.",
        en="There is no ground for this measure: no vehicle is registered in the debtor's name "
        "(Art. 53). Choose another measure.",
    ),
    holds=pl.col("n_vehicles") > 0,
    facts=("n_vehicles",),
    refusal="unfounded",
)

_other_som = pl.col("leviable_balance_som") + pl.col("free_real_estate_som")

# Art. 51: pledged property serves its own claim first, and others only if the rest is not enough.
# A secured claim and one pledged thing: taken to be its pledge; several: cannot tell which.
not_pledged_to_others = Condition(
    id="not_pledged_to_others",
    article="51",
    reason_code="vehicle_pledged_to_others",
    title=words(
        uz="Transport vositasi boshqa kreditor garovida emas",
        ru="Машина не заложена другому кредитору",
        en="The vehicle is not pledged to another creditor",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: transport vositasi boshqa talab boʻyicha garovda, boshqa "
        "mol-mulk esa qarzga ({outstanding_som}) yetadi (51-modda). Boshqa chorani tanlang.",
        ru="Эту меру применить нельзя: машина в залоге по другому требованию, а остального "
        "имущества хватает на долг ({outstanding_som}) (ст. 51). Выберите другую меру.",
        en="This measure is not open: the vehicle is pledged for another claim, and the other "
        "property covers the debt ({outstanding_som}) (Art. 51). Choose another measure.",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: transport vositasi aynan shu talab boʻyicha garovdami yoki boshqa "
        "mol-mulk "
        "yetadimi, nomaʼlum. Buni undiruvchi va garov reyestri biladi (51-modda).",
        ru="Сказать нельзя: неизвестно, заложена ли машина именно по этому требованию и хватает ли "
        "другого имущества. Это знают взыскатель и реестр залогов (ст. 51).",
        en="This cannot be told: whether the vehicle is pledged for this very claim, or whether "
        "the other property is enough. The claimant and the pledge register know it (Art. 51).",
    ),
    holds=pl.when((pl.col("n_vehicles") == 0) | (pl.col("n_free_vehicles") > 0))
    .then(True)
    .when(is_own_pledge("n_pledged_vehicles"))
    .then(True)
    .when(pl.col("secured"))
    .then(None)
    .otherwise(_other_som < pl.col("outstanding_som")),
    facts=(
        "free_real_estate_som",
        "leviable_balance_som",
        "n_free_vehicles",
        "n_pledged_objects",
        "n_pledged_vehicles",
        "n_vehicles",
        "outstanding_som",
        "secured",
    ),
    missing="pledge_of_this_claim",
    parameters=("minimum_wage", "protected_account_share"),
    confidence="inferred",
)

sale_rules = Confirmation(
    id="sale_rules",
    article="54",
    text=words(
        uz="Baholovchi shart; xatlashdan keyin kamida uch ish kuni oʻtsin; faqat elektron "
        "onlayn-auksionda "
        "sotiladi (53–56-moddalar).",
        ru="Нужен оценщик; после ареста должно пройти не менее трёх рабочих дней; продажа только "
        "на электронном онлайн-аукционе (ст. 53–56).",
        en="A valuer is needed; at least three working days pass after attachment; sale only by "
        "electronic online auction (Art. 53-56).",
    ),
    when=pl.lit(True),
)
not_used_in_production = Confirmation(
    id="not_used_in_production",
    article="60",
    text=words(
        uz="Transport vositasi ishlab chiqarishda bevosita qatnashmasligini tekshiring: aks holda "
        "u "
        "uchinchi navbatda (60-modda).",
        ru="Проверьте, что машина не участвует прямо в производстве: иначе она в третьей очереди "
        "(ст. 60).",
        en="Check that the vehicle is not used directly in production: then it would be in the "
        "third rank (Art. 60).",
    ),
    when=pl.col("debtor_kind").is_in(["legal_entity", "entrepreneur"]),
)

RULES = MeasureRules(
    (
        *coercive(bankruptcy=pledge_or_not_bankrupt),
        ordinary_procedure,
        owns_a_vehicle,
        money_comes_first("n_pledged_vehicles"),
        not_pledged_to_others,
    ),
    (sale_rules, not_used_in_production),
)
