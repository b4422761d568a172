"""Facts that may be changed in a question "what if", each as one consistent change of all it moves.

A change names every column of the feature frame, of the law's facts (`LAW` before their names) and
of the pair frame that it moves; what follows from these is worked out again (`features.dependent`,
`features.pair_changes`, the law's own derivation). What months ago averages say (balances, loans)
stays. No fact here is protected or beyond anybody's power: not who the debtor is, not health,
family or benefits, not the claim or its document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import polars as pl

from models.ranges import Ranges

LAW: Final = "law_"
AMOUNT: Final = "change_som"
AGREEMENT: Final = "mediation_or_instalment"
PAYMENT_SHARES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
Sets = Mapping[str, pl.Expr]
_ALONE: Final[Mapping[str, pl.Expr]] = MappingProxyType({})


@dataclass(frozen=True)
class Change:
    """One step of one changeable fact.

    Attributes:
        kind: The fact; its words stand in `explain.change_words`.
        amount: The sum that its sentence names, whole units; null where it names none.
        size: How much is changed, in the unit of `measured_by`.
        measured_by: The feature whose quartiles in training lie one unit of cost apart; empty for
            an event, which costs one.
        where: Cases in which the change makes sense and everything it moves is known.
        sets: New values of features and of the law's facts, from the old ones and AMOUNT.
        pair_sets: New values in the pair of one measure, `measure`.
    """

    kind: str
    amount: pl.Expr
    size: pl.Expr
    measured_by: str
    where: pl.Expr
    sets: Sets
    measure: str = ""
    pair_sets: Sets = field(default_factory=lambda: _ALONE)


def changes(ranges: Ranges, legal_order_id: str) -> list[Change]:
    """Every step of every changeable fact, in a fixed order; payments alone where the law is not
    that of Uzbekistan, whose amounts the others move."""
    payments = [payment(share) for share in PAYMENT_SHARES]
    if legal_order_id != "uz":
        return payments
    return [
        *payments,
        *_balances(ranges),
        *_job(ranges),
        *_agreement(ranges),
        _vehicles_released(),
        _vehicles_pledged(),
    ]


def payment(share: float) -> Change:
    """The debtor pays a share of what is owed, to two digits, the day before."""
    owed, paid = pl.col("outstanding_som"), pl.col(AMOUNT)
    unit = pl.lit(10.0).pow((owed * share).log10().floor() - 1)
    amount = ((owed * share / unit).round() * unit).round()
    more, n = pl.col("paid_som") + paid, pl.col("n_payments") + 1
    claimed = (pl.col(f"{LAW}claim_som") + pl.col(f"{LAW}fee_som")).cast(pl.Float64)
    return Change(
        kind="payment",
        amount=amount,
        size=paid,
        measured_by="outstanding_som",
        where=(owed >= 100) & pl.col("n_payments").is_not_null() & (amount < owed),
        sets={
            "outstanding_som": owed - paid,
            "paid_som": more,
            "paid_90d_som": pl.col("paid_90d_som") + paid,
            "n_payments": n,
            "days_since_last_payment": pl.lit(1.0),
            "n_voluntary_payments": pl.col("n_voluntary_payments") + 1,
            "voluntary_paid_som": pl.col("voluntary_paid_som") + paid,
            "paid_share": pl.when(claimed > 0).then(more / claimed),
            "n_voluntary_payments_this_case": pl.col("n_voluntary_payments_this_case") + 1,
            "voluntary_paid_this_case_som": pl.col("voluntary_paid_this_case_som") + paid,
            "days_since_voluntary_payment": pl.lit(1.0),
            "mean_payment_som": more / n,
            f"{LAW}outstanding_som": pl.col(f"{LAW}outstanding_som") - _whole(paid),
            f"{LAW}consolidated_som": pl.col(f"{LAW}consolidated_som") - _whole(paid),
        },
    )


def _balances(ranges: Ranges) -> list[Change]:
    """All that the debtor has on accounts rises or falls, on the fullest one, to the least or a
    quartile of training."""
    usual = ranges.get("account_balance_som")
    if usual is None:
        return []
    held, free = pl.col("account_balance_som"), pl.col(f"{LAW}account_free_som")
    level, most = pl.col(AMOUNT), pl.col("max_account_balance_som")
    moved = level - held
    return [
        Change(
            kind="balance",
            amount=pl.lit(amount),
            size=moved.abs(),
            measured_by="account_balance_som",
            where=_accounts_are_known() & (moved != 0) & (most + moved >= 0) & (free + moved >= 0),
            sets={
                "account_balance_som": level,
                "max_account_balance_som": most + moved,
                "min_balance_6m_som": pl.min_horizontal("min_balance_6m_som", level),
                f"{LAW}account_free_som": free + _whole(moved),
            },
        )
        for amount in dict.fromkeys((usual.least, usual.lower, usual.middle, usual.upper))
    ]


def _accounts_are_known() -> pl.Expr:
    has_fresh = (pl.col("n_accounts") >= 1) & (pl.col("n_stale_accounts") == 0)
    amounts = ("account_balance_som", "max_account_balance_som", f"{LAW}account_free_som")
    return has_fresh & pl.all_horizontal(pl.col(a).is_not_null() for a in amounts)


def _job(ranges: Ranges) -> list[Change]:
    """A person without any income in a year has a job instead, as the middle one seen: its wage,
    and as many months of it."""
    names = (
        "mean_wage_net_6m_som",
        "last_month_gross_som",
        "income_report_age_days",
        "days_since_last_wage",
        "n_wage_months_12",
        "n_income_months_12",
    )
    if any(name not in ranges for name in names):
        return []
    wage, gross, age, since, *months = (ranges[name].middle for name in names)
    net, day = pl.col(AMOUNT), pl.col("as_of_date") - pl.duration(days=int(since))
    worked = ("n_income_months_12", "n_wage_months_12", "months_with_present_employer")
    sets = {
        "last_month_gross_som": pl.lit(max(gross, wage)),
        **dict.fromkeys(("last_month_net_som", "mean_net_6m_som", "mean_wage_net_6m_som"), net),
        **dict.fromkeys(worked, pl.lit(float(int(min(months))))),
        **dict.fromkeys(("n_payers", "formal_wage_share", "has_current_wage"), pl.lit(1.0)),
        "has_pension": pl.col("has_pension").fill_null(0.0),
        "n_wage_gaps_12": pl.lit(0.0),
        "income_report_age_days": pl.lit(age),
        "days_since_last_wage": pl.lit(since),
        f"{LAW}leviable_income_som": _whole(net),
        **dict.fromkeys((f"{LAW}last_wage_on", f"{LAW}income_month"), day),
        f"{LAW}incomes_reported_on": pl.col("as_of_date") - pl.duration(days=int(age)),
    }
    return [
        Change(
            kind="job",
            amount=pl.lit(wage),
            size=net,
            measured_by="mean_wage_net_6m_som",
            where=(pl.col("debtor_kind") == "individual")
            & (pl.col("n_income_months_12").fill_null(0) == 0)
            & ~pl.col("is_unknown_incomes")
            & (pl.col(f"{LAW}leviable_income_som") == 0),
            sets=sets,
        )
    ]


def _agreement(ranges: Ranges) -> list[Change]:
    """A first instalment agreement was made, as long ago as the last measure of a case is at least,
    and nothing is known of it yet."""
    if "days_since_last_measure" not in ranges:
        return []
    counts = ("n_measures", "n_soft_measures", "n_measures_pending")
    days = pl.lit(max(ranges["days_since_last_measure"].least, 1.0))
    since = pl.min_horizontal("days_since_last_measure", days)
    return [
        Change(
            kind="agreement",
            amount=pl.lit(None, dtype=pl.Float64),
            size=pl.lit(1.0),
            measured_by="",
            where=pl.all_horizontal(pl.col(n).is_not_null() for n in counts)
            & (pl.col("n_soft_measures") == 0)
            & (pl.col("days_since_opening") > days),
            sets={
                **{name: pl.col(name) + 1 for name in counts},
                "days_since_last_measure": since,
            },
            measure=AGREEMENT,
            pair_sets={
                "n_tried": pl.lit(1.0),
                "days_since_tried": days,
                "tried_result": pl.lit("pending"),
                "paid_since_tried_share": pl.lit(0.0),
                "brought_share": pl.lit(0.0),
            },
        )
    ]


def _vehicles_released() -> Change:
    """All pledges on the debtor's vehicles end."""
    freed = pl.col(f"{LAW}pledged_vehicles_som").cast(pl.Float64)
    return _vehicles("vehicles_released", freed, "n_pledged_vehicles", 1.0)


def _vehicles_pledged() -> Change:
    """All free vehicles of the debtor are pledged to others."""
    held = pl.col(f"{LAW}free_vehicles_som").cast(pl.Float64)
    return _vehicles("vehicles_pledged", held, "n_free_vehicles", -1.0)


def _vehicles(kind: str, amount: pl.Expr, counted: str, sign: float) -> Change:
    n_free, n_pledged = (pl.col(f"{LAW}n_{of}_vehicles") for of in ("free", "pledged"))
    free, pledged = (pl.col(f"{LAW}{of}_vehicles_som") for of in ("free", "pledged"))
    nought = pl.lit(0, dtype=pl.Int64)
    to_free = sign > 0
    moved = sign * pl.col(AMOUNT)
    features = ("unpledged_vehicles_value_som", "pledged_value_som")
    return Change(
        kind=kind,
        amount=amount,
        size=pl.col(AMOUNT),
        measured_by="vehicles_value_som",
        where=(pl.col(f"{LAW}{counted}") > 0)
        & (amount > 0)
        & (pl.col("is_secured") == 0)
        & pl.all_horizontal(pl.col(name).is_not_null() for name in features),
        sets={
            "unpledged_vehicles_value_som": pl.col("unpledged_vehicles_value_som") + moved,
            "pledged_value_som": pl.col("pledged_value_som") - moved,
            f"{LAW}n_free_vehicles": n_free + n_pledged if to_free else nought,
            f"{LAW}free_vehicles_som": free + pledged if to_free else nought,
            f"{LAW}n_pledged_vehicles": nought if to_free else n_free + n_pledged,
            f"{LAW}pledged_vehicles_som": nought if to_free else free + pledged,
        },
    )


def _whole(amount: pl.Expr) -> pl.Expr:
    return amount.round().cast(pl.Int64)
