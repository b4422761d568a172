"""The recipe of an evaluation: what a model's ranking is worth on past decisions.

Every decision is judged by the fold models that have not seen its debtor, so a model may be
evaluated on the extract that it was trained on, or on a later one, without flattering itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.catalogue import catalogue
from models.boosting import Matrix, Vector
from models.bundle import Bundle
from models.calibration import calibration_slope
from models.examples import Examples, build_examples
from models.folds import assign_folds
from models.nuisance import Scores, joined, score_examples
from models.rankers.base import all_rates
from models.rankers.outcome import SLearner
from models.ranking import order
from models.scoring import score
from models.sequences import build_sequences
from models.settings import TrainingSettings
from models.tournament import best_lawful, clusters_of, money_log, net_amounts, share_log
from models.two_steps import judge_two_steps
from pipelines.from_logs import (
    SMALLEST_GROUP,
    overlap_by_measure,
    overlap_by_region,
    qini_of,
    values_of,
)
from pipelines.recommend import intrusiveness_of
from registers.errors import UserError
from registers.extract import Registers
from registers.snapshot import Snapshot

INTRUSIVE = 7


class NothingToEvaluateError(UserError):
    """The extract holds no decision whose outcome window has closed."""

    def __init__(self) -> None:
        super().__init__(
            "No decision in these tables has a closed and reported outcome window: "
            "there is nothing to evaluate. Use a later extract."
        )


def evaluate_logged(
    registers: Registers, bundle: Bundle, progress: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Off-policy values, calibration and group figures on all closed decisions.

    Raises:
        NothingToEvaluateError: no decision has a closed outcome window.
    """
    if registers.as_of is None:
        raise NothingToEvaluateError
    # The model's own day may be later than the last report: the file of a trial ends before it.
    day = max(registers.as_of, bundle.as_of)
    examples = build_examples(registers, day, ranked=bundle.measures, progress=progress)
    some = examples.lawful.any(axis=1)
    if not some.any():
        raise NothingToEvaluateError
    examples = examples.take(np.flatnonzero(some))
    progress("scoring out of fold")
    scores, rates = honest_scores(examples, bundle)
    progress("judging from the log, one step and two")
    net = net_amounts(rates, examples.outstanding, bundle.costs)
    policies = {
        "best_expected": best_lawful(net, examples.lawful),
        "as_shown": shown_policy(examples, rates, bundle),
    }
    money = money_log(examples, scores, bundle.costs)
    share = share_log(examples, scores, bundle.costs)
    weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
    regions = audit_groups(registers, examples)["region"].to_list()
    return {
        "model_version": bundle.version,
        "legal_order": bundle.legal_order,
        "n_decisions": len(examples),
        "n_debtors": len(set(examples.debtors)),
        "values": values_of(money, policies, examples),
        "shares": values_of(share, policies, examples),
        "overlap": {
            "measures": overlap_by_measure(money, examples, scores, regions),
            "regions": overlap_by_region(money, policies["as_shown"], regions),
        },
        "qini": {
            "shares": qini_of(share, net / examples.outstanding[:, None], examples, weights),
            "values": qini_of(money, net, examples, weights),
        },
        "two_steps": _two_steps(registers, examples, scores, rates, bundle),
        "calibration": _calibration(examples, scores, rates),
        "groups": _groups(registers, examples, rates, bundle),
    }


def honest_scores(examples: Examples, bundle: Bundle) -> tuple[Scores, Matrix]:
    """AIPW scores and expected shares (n, m) from the fold models that have not seen the debtor."""
    inputs = bundle.design.inputs(examples.features, examples.pairs)
    folds = assign_folds(examples.debtors, bundle.n_folds)
    rates, parts = np.zeros(examples.lawful.shape), []
    for k in range(bundle.n_folds):
        rows = np.flatnonzero(folds == k)
        if not len(rows):
            continue
        own = inputs.take(rows)
        rates[rows] = all_rates(bundle.fold_rankers[k], own)
        nuisances = bundle.fold_nuisances[k]
        parts.append((rows, score_examples(own, examples.take(rows), nuisances, bundle.trim)))
    return joined(parts, len(examples)), rates


def shown_policy(examples: Examples, rates: Matrix, bundle: Bundle) -> NDArray[np.int64]:
    """The measure that would stand first on the page: of those that cannot be told apart, the
    least intrusive.

    Expected amounts are those of the fold ranker that has not seen the debtor; only what cannot
    be told apart is read from the spread of all fold rankers.
    """
    scored = score(bundle, examples.features, examples.pairs, examples.lawful)
    net = net_amounts(rates, examples.outstanding, bundle.costs)
    scored = replace(scored, net=np.where(examples.lawful, net, np.nan))
    weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
    rank, _ = order(scored, weights)
    return np.asarray(np.argmax(rank == 1, axis=1))


def _two_steps(
    registers: Registers, examples: Examples, scores: Scores, rates: Matrix, bundle: Bundle
) -> dict[str, Any]:
    """What a planner two steps ahead would add to the model's order: measured, not used.

    It takes as many rounds of boosting as the model's own outcomes were found to need.
    """
    assert registers.as_of is not None  # noqa: S101
    sequences = build_sequences(registers, examples, max(registers.as_of, bundle.as_of))
    settings = TrainingSettings(n_folds=bundle.n_folds, trim=bundle.trim)
    core = bundle.fold_nuisances[0].outcome
    if isinstance(core, SLearner):
        share = replace(settings.share, rounds=core.outcome.booster.num_trees())
        settings = replace(settings, share=share)
    found = judge_two_steps(sequences, examples, scores, rates, bundle.costs, settings)
    return found.as_dict()


def _calibration(examples: Examples, scores: Scores, rates: Matrix) -> dict[str, Any]:
    clusters = clusters_of(examples)
    found = {}
    for a, measure in enumerate(examples.measures):
        rows = examples.lawful[:, a]
        if rows.sum() < 2:
            continue
        slope, se = calibration_slope(rates[rows, a], scores.gamma[rows, a], clusters[rows])
        found[measure] = {
            "slope": slope,
            "se": se,
            "mean_expected_rate": float(rates[rows, a].mean()),
            "mean_doubly_robust_rate": float(scores.gamma[rows, a].mean()),
        }
    return found


def _groups(
    registers: Registers, examples: Examples, rates: Matrix, bundle: Bundle
) -> list[dict[str, Any]]:
    """Per group of debtors: expected and recovered share of the measure taken, and how often an
    intrusive measure would stand first. Attributes that the model never sees are audited here."""
    assert registers.as_of is not None  # noqa: S101
    attributes = audit_groups(registers, examples)
    taken = examples.arm < len(examples.measures)
    expected = rates[np.arange(len(examples)), np.where(taken, examples.arm, 0)]
    weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
    intrusive = weights[shown_policy(examples, rates, bundle)] >= INTRUSIVE
    rows = []
    for name in ("sex", "kind", "age_band", "region"):
        column = attributes[name].to_numpy()
        for value in sorted({v for v in column.tolist() if v is not None}):
            group = column == value
            both = group & taken
            if group.sum() < SMALLEST_GROUP:  # a few people's outcomes are personal data
                continue
            rows.append(
                {
                    "attribute": name,
                    "group": value,
                    "n": int(group.sum()),
                    "expected_rate": _mean(expected[both]),
                    "recovered_rate": _mean(examples.rate[both]),
                    "intrusive_first_share": _mean(intrusive[group].astype(float)),
                }
            )
    return rows


def _mean(values: Vector) -> float | None:
    return float(values.mean()) if len(values) else None


def audit_groups(registers: Registers, examples: Examples) -> pl.DataFrame:
    """sex, kind, age_band and region of each example's debtor: for audits, never for the model."""
    assert registers.as_of is not None  # noqa: S101
    debtors = Snapshot(registers, registers.as_of).table("debtors")
    age = registers.as_of.year - pl.col("birth_year")
    return examples.features.select("debtor_id").join(
        debtors.select(
            "debtor_id",
            "sex",
            "kind",
            "region",
            age_band=pl.when(age < 30)
            .then(pl.lit("under 30"))
            .when(age < 60)
            .then(pl.lit("30 to 59"))
            .when(age >= 60)
            .then(pl.lit("60 and over")),
        ),
        on="debtor_id",
        how="left",
        maintain_order="left",
    )
