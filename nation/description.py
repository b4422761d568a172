"""The description of a nation: what was asked for, and how its world is made, in words.

It lies in truth/description.json: whoever measures a ranking on the nation reads there which
variables drive what, and how far hidden confounding goes.
"""

from __future__ import annotations

from typing import Any

from nation.drivers import SKILL, TRAITS, build_drivers
from nation.effects import AFTER_CHANGE
from nation.measures import MEASURE_IDS
from nation.mess import LATE_NOW, MONTHS_LATE_NOW
from nation.officers import HARSH
from nation.settings import Request

_SIGNALS = {
    "willing": "obligations.days_past_due and businesses.tax_arrears_som, with noise",
    "evasive": "obligations.days_past_due, faintly; what levies did not find",
    "mobile": "turnover in accounts.credits_som against income; the region",
    "means": "incomes, account balances, property; cash stands in no register",
}


def describe(request: Request) -> dict[str, Any]:
    """The contents of truth/description.json."""
    return {
        "debtors": request.debtors,
        "seed": request.seed,
        "as_of": request.as_of.isoformat(),
        "blocks": request.block_sizes,
        "simulated_truth": {
            "questions": _number(request.n_truth_questions),
            "actions": _number(request.n_truth_actions),
            "runs_per_measure": request.n_draws,
        },
        "hidden_confounding": _confounding(request.switches.gamma),
        "drivers": _drivers(request),
        "lottery": _lottery(request.switches.lottery_share),
        "officer_skill": {"log_odds_per_unit": SKILL, "in": "truth/officers_skill.parquet"},
        "regime_change": _regime(request),
        "untidy_banks": _banks(request),
    }


def _banks(request: Request) -> dict[str, Any] | None:
    if not request.switches.untidy_banks:
        return None
    return {
        "late_now": LATE_NOW,
        "months_late_now": MONTHS_LATE_NOW,
        "meaning": "Some banks send two or three months at once; two have sent nothing for four "
        "months on the day of the questions. Some accounts are blocked above their balance.",
    }


def _number(asked: int | None) -> int | str:
    return "all" if asked is None else asked


def _confounding(gamma: float) -> dict[str, Any]:
    return {
        "gamma": gamma,
        "meaning": "For two debtors alike in every register the odds of any one decision differ "
        f"by a factor of {gamma:g} at most (Rosenbaum's bound).",
        "seen_by_officers_only": "truth/debtors.parquet, unwillingness (0 to 1)",
        "raises_the_odds_of": [MEASURE_IDS[measure] for measure in HARSH],
    }


def _lottery(share: float) -> dict[str, Any]:
    return {
        "share": share,
        "meaning": "How often equal chances among the open measures decide in place of habit, "
        "where two or more are open. Levies on receivables are never drawn, and mistakes stay.",
    }


def _drivers(request: Request) -> dict[str, Any]:
    drivers = build_drivers(request.switches.effect_driver)
    whether = ["willing", "evasive", "means"]
    which = ["mobile"] if drivers.is_apart else list(TRAITS)
    return {
        "world": drivers.name,
        "whether_anything_is_paid": whether,
        "which_measure_works_best": which,
        "independent": drivers.is_apart,
        "log_odds_by_measure": drivers.rows(),
        "hides_money_and_employers": drivers.hiding,
        "shown_in_registers_by": _SIGNALS,
    }


def _regime(request: Request) -> dict[str, Any] | None:
    change = request.switches.regime_change
    if change is None:
        return None
    return {
        "from": change.isoformat(),
        "measure": "bank_account_levy",
        "brings": AFTER_CHANGE,
        "meaning": "Levies decided on or after that day bring this part of what they brought "
        "before. Officers do not know of it and go on as they were.",
    }
