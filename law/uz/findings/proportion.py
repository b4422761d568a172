"""Unfounded: the thing is worth many times the debt and lighter means were not tried (47(11), 53).

The Law asks for proportion and names no figure. The multiples are the project's own, marked as
inferred; the warning says that a person must weigh it. It is given only where a single thing is
at stake: of several the officer may take the one that fits.
"""

import polars as pl

from law.actions.findings import Finding
from law.condition import Condition
from law.parameters import parameter
from law.words import words

_lighter_means = pl.col("withholding_is_open").fill_null(False) | (
    pl.col("account_levy_is_open") & (pl.col("leviable_balance_som") > 0)
).fill_null(False)
_untried = ~pl.col("has_tried_levy") & ~pl.col("has_wage_withholding") & _lighter_means
_REMEDY = words(
    uz="Avval hisobvaraqdagi pul yoki daromaddan undirishni sinab koʻring yoki nega aynan shu "
    "chora zarurligini qarorda asoslang.",
    ru="Сначала попробуйте взыскать деньги со счетов или из дохода либо обоснуйте в постановлении, "
    "почему нужна именно эта мера.",
    en="First try the money on accounts or the income, or give reasons in the decision why this "
    "measure is needed.",
)


def _is_above(value: str, multiple: str) -> pl.Expr:
    return pl.col(value) > pl.col("consolidated_som") * parameter(multiple).cast(pl.Int64)


# Art. 47(11), 53: scope as needed for the document; what the property means to its owner counts.
real_estate_in_proportion = Condition(
    id="real_estate_in_proportion",
    article="47(11)",
    reason_code="real_estate_out_of_proportion",
    title=words(
        uz="Koʻchmas mulk qiymati qarzga mutanosib",
        ru="Стоимость недвижимости соразмерна долгу",
        en="The value of the real estate is in proportion to the debt",
    ),
    broken=words(
        uz="Mutanosiblikni oʻylab koʻring: sotiladigan obyekt qiymati {free_real_estate_som}, "
        "barcha ochiq talablar {consolidated_som}; yengilroq choralar hali sinalmagan "
        "(47, 53-moddalar). Qonunda chegara yoʻq, buni inson hal qiladi.",
        ru="Взвесьте соразмерность: объект стоит {free_real_estate_som}, все открытые требования "
        "{consolidated_som}; более лёгкие меры не пробовались (ст. 47, 53). Предела в законе нет, "
        "решает человек.",
        en="Weigh the proportion: the object is worth {free_real_estate_som}, all open claims come "
        "to {consolidated_som}, and lighter means were not tried (Art. 47, 53). The Law names no "
        "limit; a person must weigh it.",
    ),
    remedy=_REMEDY,
    holds=~(
        (pl.col("n_free_objects") == 1)
        & _untried
        & _is_above("free_real_estate_som", "proportion_real_estate")
    ),
    facts=(
        "account_levy_is_open",
        "consolidated_som",
        "free_real_estate_som",
        "has_tried_levy",
        "has_wage_withholding",
        "leviable_balance_som",
        "n_free_objects",
        "withholding_is_open",
    ),
    parameters=("proportion_real_estate",),
    confidence="inferred",
)

# Art. 47(11), 53: the same for a vehicle.
vehicle_in_proportion = Condition(
    id="vehicle_in_proportion",
    article="47(11)",
    reason_code="vehicle_out_of_proportion",
    title=words(
        uz="Transport vositasining qiymati qarzga mutanosib",
        ru="Стоимость транспортного средства соразмерна долгу",
        en="The value of the vehicle is in proportion to the debt",
    ),
    broken=words(
        uz="Mutanosiblikni oʻylab koʻring: transport vositasi {free_vehicles_som} turadi, barcha "
        "ochiq talablar {consolidated_som}; yengilroq choralar hali sinalmagan (47, 53-moddalar). "
        "Qonunda chegara yoʻq, buni inson hal qiladi.",
        ru="Взвесьте соразмерность: транспортное средство стоит {free_vehicles_som}, все открытые "
        "требования {consolidated_som}; более лёгкие меры не пробовались (ст. 47, 53). Предела в "
        "законе нет, решает человек.",
        en="Weigh the proportion: the vehicle is worth {free_vehicles_som}, all open claims come "
        "to {consolidated_som}, and lighter means were not tried (Art. 47, 53). The Law names no "
        "limit; a person must weigh it.",
    ),
    remedy=_REMEDY,
    holds=~(
        (pl.col("n_free_vehicles") == 1)
        & _untried
        & _is_above("free_vehicles_som", "proportion_vehicle")
    ),
    facts=(
        "account_levy_is_open",
        "consolidated_som",
        "free_vehicles_som",
        "has_tried_levy",
        "has_wage_withholding",
        "leviable_balance_som",
        "n_free_vehicles",
        "withholding_is_open",
    ),
    parameters=("proportion_vehicle",),
    confidence="inferred",
)

FINDINGS: tuple[Finding, ...] = (
    Finding("unfounded", real_estate_in_proportion, ("real_estate_sale",)),
    Finding("unfounded", vehicle_in_proportion, ("vehicle_seizure_sale",)),
)
