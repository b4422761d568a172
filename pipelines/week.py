"""An office's week: which measures on which cases bring most in the hours that officers have.

Per officer a small integer programme (SciPy's HiGHS): at most one measure per case, hours within
those given, expected net recovery as large as it can be. Before it come the cases that do not wait:
claims that somebody lives by (maintenance, damage to health, wages) and cases whose term of
enforcement ends within the week. Of these as many as possible are served, then for as much as
possible; only what is left of the hours goes to the others. So no small alimony debt starves beside
a large loan.

What one more hour would bring is the shadow price of the hours in the linear relaxation.

The plan proposes an order of work. It decides nothing: each measure is proposed by an officer and
approved by another person as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, vstack

from law.facts import build_facts
from law.rules import figures_of
from registers.errors import UserError
from registers.extract import Registers
from registers.snapshot import Snapshot, locate

DAYS: Final = 7
KEYS: Final = ["case_id", "as_of_date"]
LIVES_BY: Final = "claim_somebody_lives_by"
TERM_ENDS: Final = "term_ends_this_week"
WHY_UNDONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "decide_by_hand": "the program does not stand by its order here: look at the case yourself",
        "brings_nothing": "no lawful measure is expected to bring more than it costs",
        "no_hours": "no hours are given for this officer",
        "hours_used_up": "the hours go further elsewhere",
        "officer_unknown": "no officer of the case is known: name one first",
    }
)
"""Why a case is left undone, in words."""
_PLAN = pl.Schema(
    {
        "officer_id": pl.String(),
        "turn": pl.Int64(),
        "case_id": pl.String(),
        "as_of_date": pl.Date(),
        "measure": pl.String(),
        "hours": pl.Float64(),
        "expected_net_som": pl.Float64(),
        "first_because": pl.String(),
    }
)
_UNDONE = pl.Schema(
    {
        "officer_id": pl.String(),
        "case_id": pl.String(),
        "as_of_date": pl.Date(),
        "reason_code": pl.String(),
        "reason": pl.String(),
        "expected_net_som": pl.Float64(),
        "first_because": pl.String(),
    }
)
_OFFICERS = pl.Schema(
    {
        "officer_id": pl.String(),
        "hours": pl.Float64(),
        "hours_planned": pl.Float64(),
        "n_cases": pl.Int64(),
        "n_planned": pl.Int64(),
        "expected_net_som": pl.Float64(),
        "next_hour_som": pl.Float64(),
    }
)


class PlanInputError(UserError):
    """Recommendations or hours from which no week can be planned."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(f"{what} {to_do}")


@dataclass(frozen=True)
class Week:
    """`plan`: one row per measure to be proposed, in each officer's order. `undone`: every other
    case with its reason and what its best measure would bring. `officers`: hours given and used,
    what is expected, and what one more hour would bring (null where no hour is short)."""

    plan: pl.DataFrame
    undone: pl.DataFrame
    officers: pl.DataFrame

    def write(self, folder: Path) -> None:
        """plan.parquet, undone.parquet and officers.parquet in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("plan", "undone", "officers"):
            getattr(self, name).write_parquet(folder / f"{name}.parquet")


def plan_week(
    registers: Registers, recommendations: pl.DataFrame, hours: float | Mapping[str, float]
) -> Week:
    """The week of every officer who has a case among `recommendations`.

    Args:
        registers: validated registers; they tell officers, claims and how long measures took.
        recommendations: as `chora recommend` writes them, all of one day.
        hours: of every officer, or by officer_id.

    Raises:
        PlanInputError: recommendations of several days or none, hours below 0, or no past measure
            from which to tell how long one takes.
    """
    day = _the_day(recommendations)
    _check_hours(hours)
    asked = _with_cases(registers, recommendations, day)
    asked = asked.join(hours_of_measures(registers, day), on="measure", how="left")
    parts = []
    for officer, cases in asked.sort("officer_id", "case_id", "rank").group_by(
        "officer_id", maintain_order=True
    ):
        name = officer[0]
        given = None if name is None else _hours_of(hours, str(name))
        parts.append(_plan_officer(None if name is None else str(name), cases, given))
    frames = [
        pl.concat([_frame(p[i], schema) for p in parts])
        for i, schema in enumerate((_PLAN, _UNDONE, _OFFICERS))
    ]
    return Week(
        frames[0].sort("officer_id", "turn", nulls_last=True),
        frames[1].sort("officer_id", "case_id", nulls_last=True),
        frames[2].sort("officer_id", nulls_last=True),
    )


def hours_of_measures(registers: Registers, day: date) -> pl.DataFrame:
    """measure, hours: the mean hours that officers spent on it, as known on a day.

    A measure that nobody has taken yet counts the mean of all.
    """
    past = Snapshot(registers, day).table("actions").drop_nulls("officer_hours")
    if past.is_empty():
        raise PlanInputError(
            f"No measure taken by {day} tells how many hours it took.",
            "Deliver the register of actions with officer_hours.",
        )
    known = past.group_by("measure").agg(pl.col("officer_hours").mean().alias("hours"))
    names = pl.DataFrame({"measure": list(registers.legal_order.measures)})
    mean = float(past["officer_hours"].mean())  # type: ignore[arg-type]
    return names.join(known, on="measure", how="left").with_columns(pl.col("hours").fill_null(mean))


def _the_day(recommendations: pl.DataFrame) -> date:
    days = recommendations["as_of_date"].unique().sort().to_list()
    if len(days) == 1:
        day: date = days[0]
        return day
    if not days:
        raise PlanInputError(
            "There is no ranked measure to plan with.", "Ask 'chora recommend' about open cases."
        )
    raise PlanInputError(
        f"The recommendations are of {len(days)} days, from {days[0]} to {days[-1]}.",
        "A week is planned from those of one day.",
    )


def _check_hours(hours: float | Mapping[str, float]) -> None:
    for name, given in hours.items() if isinstance(hours, Mapping) else [("every officer", hours)]:
        if not 0 <= given <= DAYS * 24:
            raise PlanInputError(
                f"{given:g} hours are given for {name}.", f"A week has 0 to {DAYS * 24} of them."
            )


def _hours_of(hours: float | Mapping[str, float], officer: str) -> float | None:
    return hours.get(officer) if isinstance(hours, Mapping) else hours


def _with_cases(registers: Registers, recommendations: pl.DataFrame, day: date) -> pl.DataFrame:
    """The recommendations with officer_id and first_because of their cases."""
    points, _ = locate(registers, recommendations.select(KEYS).unique().sort(KEYS))
    order = registers.legal_order.id
    facts = build_facts(registers, points)
    deadline = figures_of(order).deadlines.get("enforce_by")
    ends = pl.col(deadline) if deadline else pl.lit(None, dtype=pl.Date)
    lives_by = pl.col("claim_kind").is_in(sorted(figures_of(order).first_claims))
    because = (
        pl.when(lives_by.fill_null(value=False))
        .then(pl.lit(LIVES_BY))
        .when(ends.is_between(day, day + timedelta(days=DAYS), closed="left").fill_null(False))
        .then(pl.lit(TERM_ENDS))
        .alias("first_because")
    )
    cases = Snapshot(registers, day).table("cases").select("case_id", "officer_id")
    return recommendations.join(facts.select(*KEYS, because), on=KEYS, how="left").join(
        cases, on="case_id", how="left"
    )


Rows = list[dict[str, object]]


def _plan_officer(
    officer: str | None, cases: pl.DataFrame, given: float | None
) -> tuple[Rows, Rows, Rows]:
    """Plan, undone and the officer's line."""
    best = cases.group_by("case_id", maintain_order=True).agg(
        pl.col("expected_net_som").max(), pl.first("as_of_date", "first_because", "abstained")
    )
    stands = cases.filter(~pl.col("abstained"), pl.col("expected_net_som") > 0)
    taken = pl.DataFrame(schema=cases.schema)
    price: float | None = None
    if given is not None:
        taken, price = choose(stands, given)
    order = pl.col("expected_net_som") / pl.max_horizontal("hours", pl.lit(1e-9))
    taken = taken.sort(
        pl.col("first_because").is_null(), order, "case_id", descending=[False, True, False]
    )
    done = set(taken["case_id"])
    plan: Rows = [
        {"officer_id": officer, "turn": i + 1, **{k: row[k] for k in list(_PLAN)[2:]}}
        for i, row in enumerate(taken.iter_rows(named=True))
    ]
    undone: Rows = []
    for row in best.iter_rows(named=True):
        if row["case_id"] in done:
            continue
        if officer is None:
            code = "officer_unknown"
        elif row["abstained"]:
            code = "decide_by_hand"
        elif row["expected_net_som"] <= 0:
            code = "brings_nothing"
        else:
            code = "no_hours" if given is None else "hours_used_up"
        told = {k: row[k] for k in (*KEYS, "expected_net_som", "first_because")}
        undone.append(
            {"officer_id": officer, "reason_code": code, "reason": WHY_UNDONE[code], **told}
        )
    line: dict[str, object] = {
        "officer_id": officer,
        "hours": given,
        "hours_planned": float(taken["hours"].sum()),
        "n_cases": best.height,
        "n_planned": taken.height,
        "expected_net_som": float(taken["expected_net_som"].sum()),
        "next_hour_som": price,
    }
    return plan, undone, [line]


def choose(offered: pl.DataFrame, hours: float) -> tuple[pl.DataFrame, float | None]:
    """The rows to take of `offered` (case_id, hours, expected_net_som > 0, first_because).

    Returns:
        The rows, at most one per case and within `hours`: as many as possible of the cases that do
        not wait, then as much as possible of them, then as much as possible of the others; and
        what one more hour would bring the others (None where hours are left over).
    """
    waits = offered["first_because"].is_null().to_numpy()
    first, others = offered.filter(~waits), offered.filter(waits)
    most = int(_solve(first, np.ones(first.height), hours).sum())
    kept = _solve(first, first["expected_net_som"].to_numpy(), hours, at_least=most)
    first = first.filter(pl.Series(kept))
    left = max(hours - float(first["hours"].sum()), 0.0)
    rest = others.filter(pl.Series(_solve(others, others["expected_net_som"].to_numpy(), left)))
    return pl.concat([first, rest]), _price(others, left)


def _solve(
    offered: pl.DataFrame, worth: NDArray[np.float64], hours: float, at_least: int = 0
) -> NDArray[np.bool_]:
    if offered.is_empty():
        return np.zeros(0, dtype=np.bool_)
    of_case = _cases_by_rows(offered)
    limits = [
        LinearConstraint(offered["hours"].to_numpy()[None, :], -np.inf, hours),
        LinearConstraint(of_case, -np.inf, 1.0),
    ]
    if at_least:
        limits.append(LinearConstraint(np.ones((1, offered.height)), at_least, np.inf))
    scale = max(float(worth.max()), 1.0)
    found = milp(
        -worth / scale,
        constraints=limits,
        integrality=np.ones(offered.height),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 1e-6},
    )
    return np.asarray(found.x > 0.5, dtype=np.bool_)


def _price(offered: pl.DataFrame, hours: float) -> float | None:
    """The shadow price of the hours in the linear relaxation; None where they are not short."""
    if offered.is_empty():
        return None
    of_case = _cases_by_rows(offered)
    spent = offered["hours"].to_numpy()[None, :]
    found = linprog(
        -offered["expected_net_som"].to_numpy(),
        A_ub=_stacked(spent, of_case),
        b_ub=np.concatenate([[hours], np.ones(of_case.shape[0])]),
        bounds=(0, 1),
        method="highs",
    )
    price = -float(found.ineqlin.marginals[0])
    return price if price > 0 else None


def _cases_by_rows(offered: pl.DataFrame) -> csr_matrix:
    """(cases, rows), 1 where a row is a measure of a case."""
    case = np.unique(offered["case_id"].to_numpy(), return_inverse=True)[1]
    at = np.arange(offered.height)
    return csr_matrix((np.ones(offered.height), (case, at)), shape=(case.max() + 1, len(at)))


def _stacked(above: NDArray[np.float64], below: csr_matrix) -> csr_matrix:
    return vstack([csr_matrix(above), below]).tocsr()


def _frame(rows: Rows, schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row") if rows else schema.to_frame()


def read_recommendations(path: Path) -> pl.DataFrame:
    """The columns of recommendations.parquet that a week is planned from.

    Raises:
        PlanInputError: the file cannot be read or lacks a column.
    """
    needed = [*KEYS, "rank", "measure", "expected_net_som", "abstained"]
    frame = _read(path, "Name the recommendations.parquet that 'chora recommend' wrote.")
    if missing := [name for name in needed if name not in frame.columns]:
        raise PlanInputError(
            f"{path} has no column {', '.join(missing)}.",
            "Name the recommendations.parquet that 'chora recommend' wrote.",
        )
    return frame.select(needed)


def read_hours(path: Path) -> dict[str, float]:
    """Hours by officer_id from a Parquet or CSV file with these two columns.

    Raises:
        PlanInputError: the file cannot be read, lacks a column, names an officer twice or has
            hours that are no number.
    """
    to_do = "It is a Parquet or CSV file with the columns officer_id and hours."
    frame = _read(path, to_do)
    if missing := [name for name in ("officer_id", "hours") if name not in frame.columns]:
        raise PlanInputError(f"{path} has no column {' and '.join(missing)}.", to_do)
    told = frame.select(
        pl.col("officer_id").cast(pl.String), pl.col("hours").cast(pl.Float64, strict=False)
    )
    bad = told.filter(pl.any_horizontal(pl.all().is_null()) | ~pl.col("hours").is_finite()).height
    if bad:
        raise PlanInputError(f"{path}: {bad} lines have no officer_id or no hours.", to_do)
    twice = told.filter(pl.col("officer_id").is_duplicated())["officer_id"].unique().sort()
    if len(twice):
        raise PlanInputError(f"{path} names officer {twice[0]} more than once.", to_do)
    return dict(told.iter_rows())


def _read(path: Path, to_do: str) -> pl.DataFrame:
    try:
        if path.suffix == ".csv":
            return pl.read_csv(path, schema_overrides={"officer_id": pl.String})
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise PlanInputError(f"{path} cannot be read.", to_do) from error
