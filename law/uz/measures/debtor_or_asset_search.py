"""Search for the debtor, for assets or for a child (Art. 42, 75-77).

A missing debtor is no obstacle here but the ground; only death and liquidation are.
"""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.uz.gates import (
    FOR_ALL,
    debtor_notified,
    no_treatment,
    not_bankrupt,
    ordinary_procedure,
    term_over,
)
from law.uz.measures.missing_debtor import IS_MISSING, or_missing
from law.uz.measures.shared import MONEY_PARAMETERS, debt_or_act_remains, not_yet_in_force
from law.words import words

# Art. 42: alimony, health damage with loss of the breadwinner, damage to the state.
OWN_DECISION_KINDS: tuple[str, ...] = ("alimony", "damage_health", "damage_state")

IS_NOT_FOR_MONEY = pl.col("claim_kind") == "non_property"
_on_own_decision = pl.col("claim_kind").is_in(OWN_DECISION_KINDS) | (
    IS_NOT_FOR_MONEY & (pl.col("ordered_act") == "child_handover")
)

# Art. 42: for other claims only if the claimant agrees to bear the cost and advances it.
claimant_pays_or_listed = Condition(
    id="claimant_pays_or_listed",
    article="42",
    reason_code="search_not_funded",
    title=words(
        uz="Qidiruv toifasi qonunda nazarda tutilgan yoki undiruvchi xarajatni oldindan toʻlagan",
        ru="Розыск по такому требованию прямо предусмотрен, или взыскатель оплатил его вперёд",
        en="The Law lists this kind of claim, or the claimant has advanced the cost",
    ),
    broken=words(
        uz="Qidiruv eʼlon qilib boʻlmaydi: bu talab boʻyicha undiruvchining roziligi va "
        "xarajatlarni oldindan toʻlashi kerak (42-modda).",
        ru="Объявить розыск нельзя: по такому требованию нужны согласие взыскателя и аванс на "
        "расходы (ст. 42).",
        en="A search cannot be declared: for this claim the claimant must agree and advance the "
        "cost (Art. 42).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: undiruvchi qidiruvga rozi boʻlib, xarajatini oldindan toʻlaganmi, "
        "nomaʼlum. Buni undiruvchi biladi (42-modda).",
        ru="Сказать нельзя: неизвестно, согласен ли взыскатель на розыск и внёс ли аванс. Это "
        "знает взыскатель (ст. 42).",
        en="This cannot be told: it is not known whether the claimant agrees to a search and has "
        "advanced its cost. The claimant knows it (Art. 42).",
    ),
    remedy=words(
        uz="Undiruvchidan yozma rozilik va xarajatlar uchun boʻnak oling.",
        ru="Получите от взыскателя письменное согласие и аванс на расходы.",
        en="Get the claimant's written consent and an advance on the cost.",
    ),
    holds=_on_own_decision | pl.col("claimant_funds_search"),
    facts=("claim_kind", "claimant_funds_search", "ordered_act"),
)

# Art. 42, 75: one searches for what is not found.
# Vehicles can be hidden: only money on accounts and real estate need nobody to look for them.
_EASILY_FOUND = ("leviable_balance_som", "free_real_estate_som")
_easily_found = pl.col(_EASILY_FOUND[0]).fill_null(0) + pl.col(_EASILY_FOUND[1]).fill_null(0)

_covers_the_debt = (pl.col("outstanding_som") > 0) & (_easily_found >= pl.col("outstanding_som"))

something_is_not_found = Condition(
    id="something_is_not_found",
    article="75",
    reason_code="nothing_to_search_for",
    title=words(
        uz="Qarzdor topilmagan yoki pul va koʻchmas mulk qarzga yetmaydi",
        ru="Должник не найден, или денег и недвижимости не хватает на долг",
        en="The debtor is missing, or money and real estate fall short of the debt",
    ),
    broken=words(
        uz="Qidiruv uchun asos yoʻq: qarzdor topilgan, hisobvaraqdagi pul ({leviable_balance_som}) "
        "va koʻchmas mulk ({free_real_estate_som}) qarzga ({outstanding_som}) yetadi "
        "(42, 75-moddalar).",
        ru="Для розыска нет оснований: должник найден, денег на счетах ({leviable_balance_som}) и "
        "недвижимости ({free_real_estate_som}) хватает на долг ({outstanding_som}) (ст. 42, 75).",
        en="There is no ground for a search: the debtor is found, and money on accounts "
        "({leviable_balance_som}) and real estate ({free_real_estate_som}) cover the debt "
        "({outstanding_som}) (Art. 42, 75).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdor topilgan, mol-mulki haqida esa ayrim reyestrlar javob "
        "bermagan. Avval banklar va kadastrga soʻrov yuboring (42-modda).",
        ru="Сказать нельзя: должник найден, а о его имуществе ответили не все реестры. Сначала "
        "запросите банки и кадастр (ст. 42).",
        en="This cannot be told: the debtor is found, and not every register has answered about "
        "the property. First ask the banks and the cadastre (Art. 42).",
    ),
    remedy=words(
        uz="Undiruvni maʼlum mol-mulkka qarating.",
        ru="Обратите взыскание на известное имущество.",
        en="Levy the property that is known.",
    ),
    holds=IS_MISSING
    | IS_NOT_FOR_MONEY
    | pl.when(_covers_the_debt)
    .then(False)
    .when(
        pl.all_horizontal(
            pl.col(amount).is_not_null() for amount in ("whole_balance_som", "free_real_estate_som")
        )
    )
    .then(~_covers_the_debt),
    facts=(
        "claim_kind",
        "debtor_status",
        "free_real_estate_som",
        "leviable_balance_som",
        "whole_balance_som",
        "outstanding_som",
    ),
    parameters=MONEY_PARAMETERS,
    refusal="unfounded",
    confidence="inferred",
)

senior_approves = Confirmation(
    id="senior_approves",
    article="76",
    text=words(
        uz="Qidiruv haqidagi qarorni katta davlat ijrochisi tasdiqlaydi; qidiruv davrida ishni "
        "toʻxtatish mumkin (35, 76-moddalar).",
        ru="Постановление о розыске утверждает старший государственный исполнитель; на время "
        "розыска производство может быть приостановлено (ст. 35, 76).",
        en="The senior officer approves the decision on the search; during the search the case may "
        "be suspended (Art. 35, 76).",
    ),
    when=pl.lit(True),
)
whom_or_what = Confirmation(
    id="whom_or_what",
    article="42",
    text=words(
        uz="Kim yoki nima qidirilayotganini aniq yozing: qarzdor, uning mol-mulki yoki bola. "
        "Maʼlum manzillar tekshirilganini tasdiqlang (42, 75-moddalar).",
        ru="Укажите, кого или что разыскиваете: должника, его имущество или ребёнка. Подтвердите, "
        "что известные адреса проверены (ст. 42, 75).",
        en="State what is searched for: the debtor, the debtor's property or a child. Confirm that "
        "the known addresses were checked (Art. 42, 75).",
    ),
    when=pl.lit(True),
)

RULES = MeasureRules(
    (
        *FOR_ALL,
        not_bankrupt,
        ordinary_procedure,
        debt_or_act_remains,
        term_over,
        or_missing(debtor_notified),
        no_treatment,
        something_is_not_found,
        claimant_pays_or_listed,
        not_yet_in_force(
            "search",
            "42",
            uz="Bu chora uchun asos yoʻq: qidiruv {search_since} kunidan davom etmoqda (42-modda).",
            ru="Для этой меры нет оснований: розыск ведётся с {search_since} (ст. 42).",
            en="There is no ground for this measure: a search has been going on since "
            "{search_since} (Art. 42).",
        ),
    ),
    (senior_approves, whom_or_what),
)
