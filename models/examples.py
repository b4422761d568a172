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
from features.pairs import build_pairs
from law.engine import judge
from law.facts import build_facts
from models.boosting import Vector
from models.errors import NoOutcomesError
from registers.delays import Delays, reporting_delays
from registers.extract import Registers
from registers.legal_orders import LegalOrder
from registers.outcomes import outcomes, outstanding
from registers.snapshot import Snapshot, locate

OTHER = "other"
REPORTED_SHARE = 0.95
MAX_REPORTING_LAG_DAYS = 14


@dataclass(frozen=True)
class Examples:
    """n decisions and their outcomes, row i of every member speaking of decision i.

    `arm` is the position in `measures` of the measure that was taken, whether or not the law
    supports it; len(measures) for one that is not ranked. `lawful` is (n, len(measures)): what may
    be offered. `pairs` has a row per decision and measure: row i * len(measures) + a is measure a
    of decision i (see `features.pairs`). `recorded_propensity` is NaN where no rule or lottery was
    recorded. Money is in the legal order's unit (som, US cents); `recovered` makes up on average
    for payments that are not reported yet; `brought` is what of it the treasury traced to the
    measure that was taken and `on_its_way` to earlier ones, `first_paid_days` the days to the first
    payment (NaN: none came). `beside` names columns of `features` that are in no catalogue: numbers
    that a trial's own file tells, null where it does not.
    """

    measures: tuple[str, ...]
    features: pl.DataFrame
    pairs: pl.DataFrame
    arm: NDArray[np.int64]
    lawful: NDArray[np.bool_]
    outstanding: Vector
    recovered: Vector
    brought: Vector
    on_its_way: Vector
    first_paid_days: Vector
    cost: Vector
    recorded_propensity: Vector
    left_out: dict[str, int]
    window_days: int
    legal_order: str = "uz"
    beside: tuple[str, ...] = ()

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

    @property
    def n_taken(self) -> dict[str, int]:
        """How many decisions took each measure: what is learned of a rare one is borrowed."""
        return {m: int((self.arm == a).sum()) for a, m in enumerate(self.measures)}

    @property
    def spoken(self) -> NDArray[np.bool_]:
        """(n, m): where a measure was lawful or was taken. Nothing else is asked of a ranker."""
        spoken = self.lawful.copy()
        ranked = np.flatnonzero(self.arm < len(self.measures))
        spoken[ranked, self.arm[ranked]] = True
        return spoken

    def speaks_of(self, a: int) -> NDArray[np.bool_]:
        """Where measure a was lawful or was taken, (n,); everywhere where it never was either."""
        rows = self.lawful[:, a] | (self.arm == a)
        return np.asarray(rows if rows.any() else np.ones(len(self), dtype=np.bool_))

    def __len__(self) -> int:
        return len(self.arm)

    def take(self, rows: NDArray[np.int64]) -> Examples:
        """The examples at `rows`, in that order."""
        return replace(
            self,
            features=self.features[rows],
            pairs=self.pairs[pair_rows(rows, len(self.measures))],
            arm=self.arm[rows],
            lawful=self.lawful[rows],
            outstanding=self.outstanding[rows],
            recovered=self.recovered[rows],
            brought=self.brought[rows],
            on_its_way=self.on_its_way[rows],
            first_paid_days=self.first_paid_days[rows],
            cost=self.cost[rows],
            recorded_propensity=self.recorded_propensity[rows],
        )


def pair_rows(rows: NDArray[np.int64], n_measures: int) -> NDArray[np.int64]:
    """The rows of `Examples.pairs` that belong to the decisions at `rows`, in that order."""
    return np.asarray(rows[:, None] * n_measures + np.arange(n_measures)).ravel()


def reporting_lag_days(delays: Delays) -> int:
    """Days within which 95 % of the payments are reported (at most 14).

    Those that come later are made up for: each known payment stands for the unknown of its age.
    """
    return min(delays.within(REPORTED_SHARE), MAX_REPORTING_LAG_DAYS)


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
    delays = reporting_delays(registers, as_of)
    lag = timedelta(days=reporting_lag_days(delays))
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
    min_per_measure: int = 1,
    ranked: tuple[str, ...] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Examples:
    """Examples from all that was known on `as_of`.

    Every measure that was taken at least `min_per_measure` times is ranked, lawful by our reading
    or not: what it brings is learned from where it was taken, the law decides where it is offered.
    With `ranked` the measures are given instead (those of a model that is evaluated). A decision
    of whose case a payment was set aside has no known outcome: it is left out and counted.

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
    delays = reporting_delays(registers, as_of)
    chosen = chosen.join(outstanding(registers, points), on="point_id", how="left").sort("point_id")
    known = outcomes(registers, chosen, window, as_of, delays)
    chosen = chosen.join(known, on="point_id", how="left", maintain_order="left")
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
    facts = build_facts(registers, points)
    measures = registers.legal_order.measures
    lawful = lawful_matrix(facts, registers.legal_order)
    taken = chosen["measure"]
    if ranked is None:
        ranked = _ranked(taken, measures, max(min_per_measure, 1))
    keep = np.asarray([m in ranked for m in measures], dtype=np.bool_)
    ranked = tuple(m for m, k in zip(measures, keep, strict=True) if k)
    pairs = build_pairs(registers, points, facts).filter(pl.col("measure").is_in(ranked))
    return Examples(
        measures=ranked,
        features=features,
        pairs=pairs,
        arm=_arms(taken, ranked),
        lawful=lawful[:, keep],
        outstanding=chosen["outstanding_som"].cast(pl.Float64).to_numpy(),
        recovered=chosen["recovered_som"].cast(pl.Float64).to_numpy(),
        brought=chosen["brought_som"].cast(pl.Float64).to_numpy(),
        on_its_way=chosen["on_its_way_som"].cast(pl.Float64).to_numpy(),
        first_paid_days=chosen["first_paid_days"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        cost=chosen["cost_som"].cast(pl.Float64).to_numpy(),
        recorded_propensity=chosen["propensity"].fill_null(np.nan).to_numpy(),
        left_out=left_out,
        window_days=window,
        legal_order=registers.legal_order.id,
    )


def lawful_matrix(facts: pl.DataFrame, order: LegalOrder) -> NDArray[np.bool_]:
    """(n, m) over the measures of the legal order: True where the law allowed it that day.

    Rows are those of `facts`, sorted by point_id.
    """
    if facts.is_empty():
        return np.zeros((0, len(order.measures)), dtype=np.bool_)
    wide = (
        judge(facts, order.id)
        .select("point_id", "measure", lawful=pl.col("verdict") == "lawful")
        .pivot(on="measure", index="point_id", values="lawful")
        .sort("point_id")
    )
    matrix = wide.select(order.measures).to_numpy().astype(np.bool_)
    return matrix.reshape(facts.height, len(order.measures))


def _arms(taken: pl.Series, measures: tuple[str, ...]) -> NDArray[np.int64]:
    codes = {m: i for i, m in enumerate(measures)}
    return taken.replace_strict(codes, default=len(measures), return_dtype=pl.Int64).to_numpy()


def _ranked(taken: pl.Series, measures: tuple[str, ...], least: int) -> tuple[str, ...]:
    """The measures that were taken at least that often, in the order of the catalogue."""
    counts = dict(taken.value_counts().iter_rows())
    return tuple(m for m in measures if counts.get(m, 0) >= least)
