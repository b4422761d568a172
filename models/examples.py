"""Past decisions as training examples: known facts, the measure chosen, what came of it.

A logged decision is an example once its outcome window has passed and was reported
(the register contract: "A decision point, its outcome, and what counts as good").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.frame import build_features
from law.engine import judge
from law.facts import build_facts
from models.boosting import Vector
from models.errors import NoOutcomesError
from models.settings import MIN_DEBTORS_PER_MEASURE
from registers.extract import Registers
from registers.outcomes import outstanding, recovered
from registers.snapshot import Snapshot, locate

OTHER = "other"
MAX_REPORTING_LAG_DAYS = 60


@dataclass(frozen=True)
class Examples:
    """n decisions and their outcomes, row i of every member speaking of decision i.

    `arm` is the position of the measure in `measures`, or len(measures) for a measure that is
    not ranked. `lawful` is (n, len(measures)). `recorded_propensity` is NaN where no rule or
    lottery was recorded. Money is in the legal order's unit (som, US cents).
    """

    measures: tuple[str, ...]
    features: pl.DataFrame
    arm: NDArray[np.int64]
    lawful: NDArray[np.bool_]
    outstanding: Vector
    recovered: Vector
    cost: Vector
    recorded_propensity: Vector
    left_out: dict[str, int]
    window_days: int

    @property
    def rate(self) -> Vector:
        """Recovered share of the outstanding amount, 0..1."""
        return np.asarray(self.recovered / self.outstanding)

    @property
    def net(self) -> Vector:
        """The outcome: recovered within the window, capped, minus the cost of the measure."""
        return self.recovered - self.cost

    @property
    def all_recorded(self) -> bool:
        """Whether every decision has the propensity of a rule or a lottery."""
        return not np.isnan(self.recorded_propensity).any()

    def weights(self, power: float, winsorise_at: float) -> Vector:
        """How much each example counts: its outstanding amount, capped, to `power`; mean 1."""
        capped = np.minimum(self.outstanding, np.quantile(self.outstanding, winsorise_at))
        return np.asarray(capped**power / (capped**power).mean())

    @property
    def debtors(self) -> list[str]:
        """The debtor of each decision, the cluster of all its uncertainty."""
        return self.features["debtor_id"].to_list()

    def __len__(self) -> int:
        return len(self.arm)

    def take(self, rows: NDArray[np.int64]) -> Examples:
        """The examples at `rows`, in that order."""
        return replace(
            self,
            features=self.features[rows],
            arm=self.arm[rows],
            lawful=self.lawful[rows],
            outstanding=self.outstanding[rows],
            recovered=self.recovered[rows],
            cost=self.cost[rows],
            recorded_propensity=self.recorded_propensity[rows],
        )


def reporting_lag_days(registers: Registers, as_of: date) -> int:
    """Days within which 99 % of the payments known on `as_of` had been reported (at most 60)."""
    payments = Snapshot(registers, as_of).table("payments")
    if payments.is_empty():
        return 0
    lags = (payments["reported_on"] - payments["paid_on"]).dt.total_days()
    lag = lags.quantile(0.99, interpolation="higher")
    return int(min(max(lag or 0, 0), MAX_REPORTING_LAG_DAYS))


def check_outcomes(registers: Registers) -> None:
    """Raises NoOutcomesError unless the payments are there: without them nothing was recovered."""
    if "payments" in registers.all_set_aside:
        raise NoOutcomesError("every row of it was set aside")
    if "payments" in registers.absent:
        raise NoOutcomesError("it was not delivered")
    if "payments" in registers.mostly_set_aside:
        raise NoOutcomesError("half of its rows or more were set aside")


def logged_decisions(registers: Registers, as_of: date) -> tuple[pl.DataFrame, dict[str, int]]:
    """Decisions known on `as_of` whose outcome window has closed and was reported.

    One row per case and day: action_id, case_id, as_of_date (the day of the decision), measure,
    cost_som, propensity; and how many were left out, by reason. Where two measures were chosen
    for a case on one day nobody can tell what either did, so both are left out.
    """
    window = timedelta(days=registers.legal_order.outcome_window_days)
    lag = timedelta(days=reporting_lag_days(registers, as_of))
    actions = Snapshot(registers, as_of).table("actions").rename({"decided_on": "as_of_date"})
    closed = actions.filter(pl.col("as_of_date") <= as_of - window - lag)
    n_closed = closed.height
    # An extract that ends before the day cannot tell what was paid after its last report.
    if registers.as_of is not None:
        closed = closed.filter(pl.col("as_of_date") <= registers.as_of - window)
    single = closed.filter(pl.len().over("case_id", "as_of_date") == 1)
    columns = ["action_id", "case_id", "as_of_date", "measure", "cost_som", "propensity"]
    left_out = {
        "outcome_window_open": actions.height - n_closed,
        "extract_ends_before_window": n_closed - closed.height,
        "several_measures_on_one_day": closed.height - single.height,
    }
    return single.select(columns).sort("case_id", "as_of_date"), left_out


def build_examples(
    registers: Registers,
    as_of: date,
    *,
    min_per_measure: int = 0,
    ranked: tuple[str, ...] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Examples:
    """Examples from all that was known on `as_of`.

    Measures that the log holds fewer than `min_per_measure` times where they were lawful are
    not ranked (arm "other"): nothing can be learned of them. With `ranked` the measures are
    given instead (those of a model that is evaluated). A decision of whose case a payment was set
    aside has no known outcome: it is left out and counted.

    Raises:
        NoOutcomesError: the payments are not there, or hardly any of them could be read.
    """
    check_outcomes(registers)
    decisions, left_out = logged_decisions(registers, as_of)
    points, set_aside = locate(registers, decisions.select("case_id", "as_of_date"))
    for reason, n in set_aside.group_by("reason_code").len().sort("reason_code").iter_rows():
        left_out[reason] = n
    chosen = points.join(decisions, on=["case_id", "as_of_date"], how="left")
    window = registers.legal_order.outcome_window_days
    chosen = (
        chosen.join(outstanding(registers, points), on="point_id", how="left")
        .join(recovered(registers, points, window, as_of), on="point_id", how="left")
        .sort("point_id")
    )
    is_known = chosen.select(
        pl.all_horizontal(pl.col("outstanding_som", "recovered_som").is_not_null())
    ).to_series()
    left_out["outcome_unknown"] = int((~is_known).sum())
    owed = chosen["outstanding_som"].fill_null(0) > 0
    left_out["nothing_outstanding"] = int((is_known & ~owed).sum())
    owed &= is_known
    points = points.filter(owed)
    chosen = chosen.filter(owed)
    progress(f"{points.height} past decisions; building their features")
    features = build_features(registers, points).sort("point_id")
    progress("judging what the law allowed at each of them")
    measures, lawful = lawful_matrix(registers, points)
    arm = _arms(chosen["measure"], measures)
    if ranked is None:
        debtors = points["debtor_id"].to_numpy()
        keep = _ranked(arm, lawful, debtors, min_per_measure)
    else:
        keep = np.asarray([m in ranked for m in measures])
    ranked = tuple(m for m, k in zip(measures, keep, strict=True) if k)
    admissible = lawful[:, keep]
    return Examples(
        measures=ranked,
        features=features,
        arm=_admissible(_arms(chosen["measure"], ranked), admissible),
        lawful=admissible,
        outstanding=chosen["outstanding_som"].cast(pl.Float64).to_numpy(),
        recovered=chosen["recovered_som"].cast(pl.Float64).to_numpy(),
        cost=chosen["cost_som"].cast(pl.Float64).to_numpy(),
        recorded_propensity=chosen["propensity"].fill_null(np.nan).to_numpy(),
        left_out=left_out,
        window_days=window,
    )


def lawful_matrix(
    registers: Registers, points: pl.DataFrame
) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """The measures of the legal order, and (n, m): True where the law allowed it that day."""
    order = registers.legal_order
    if points.is_empty():
        return order.measures, np.zeros((0, len(order.measures)), dtype=np.bool_)
    judged = judge(build_facts(registers, points), order.id)
    wide = (
        judged.select("point_id", "measure", lawful=pl.col("verdict") == "lawful")
        .pivot(on="measure", index="point_id", values="lawful")
        .sort("point_id")
    )
    matrix = wide.select(order.measures).to_numpy().astype(np.bool_)
    return order.measures, matrix.reshape(points.height, len(order.measures))


def _arms(chosen: pl.Series, measures: tuple[str, ...]) -> NDArray[np.int64]:
    codes = {m: i for i, m in enumerate(measures)}
    return chosen.replace_strict(codes, default=len(measures), return_dtype=pl.Int64).to_numpy()


def _admissible(arm: NDArray[np.int64], lawful: NDArray[np.bool_]) -> NDArray[np.int64]:
    """`arm`, with decisions that the law did not support moved to "other"."""
    m = lawful.shape[1]
    padded = np.column_stack([lawful, np.ones(len(arm), dtype=bool)])
    return np.where(padded[np.arange(len(arm)), arm], arm, m)


def _ranked(
    arm: NDArray[np.int64],
    lawful: NDArray[np.bool_],
    debtors: NDArray[np.object_],
    min_per_measure: int,
) -> NDArray[np.bool_]:
    """Which measures were taken often enough, and of enough debtors, to be learned."""
    keep = []
    for i in range(lawful.shape[1]):
        taken = (arm == i) & lawful[:, i]
        n_debtors = len(set(debtors[taken]))
        least = min(MIN_DEBTORS_PER_MEASURE, min_per_measure)
        keep.append(bool(taken.sum() >= min_per_measure and n_debtors >= least))
    return np.asarray(keep, dtype=np.bool_)
