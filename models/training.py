"""From examples to a trained model: nuisances, rankers, tournament, levels, intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.abstention import AbstentionLimits, Sample, set_limits
from models.asking import all_rates
from models.boosting import Matrix, Trees, Vector, fit_trees
from models.composition import Composition, fit_composition
from models.design import fit_encoder
from models.errors import DebtorInTwoFoldsError, OneOutcomeError, TooFewExamplesError
from models.examples import Examples
from models.fitting import ByFold, Data, cross_fit, fit_by_fold, held_out
from models.folds import assign_folds
from models.inputs import Design, Inputs, fit_design
from models.intervals import (
    Hidden,
    compare,
    estimate_hidden,
    interval_scale,
    jackknife_draws,
)
from models.levels import Levels, density_ratio, fit_levels
from models.masking import balance, draw_registers, unknown_registers
from models.nuisance import Nuisances, Scores, fit_propensity, propensities_of
from models.rankers.base import Kind, Ranker
from models.rankers.blend import bag
from models.rankers.calibrated import Calibrated
from models.settings import MIN_DEBTORS, MIN_EXAMPLES, TrainingSettings
from models.spread import Spread
from models.tournament import READABLE, Tournament, hold_tournament
from models.twins import Twins
from models.unknown import UnknownCost, learn_unknown_cost

Progress = Callable[[str], None]
N_HELD: int = 2000
"""Cases that the jackknife's level is set on."""


@dataclass(frozen=True)
class Today:
    """Cases that are open on the day of training: what levels and limits are set for."""

    features: pl.DataFrame
    pairs: pl.DataFrame
    lawful: NDArray[np.bool_]


@dataclass(frozen=True)
class Trained:
    """Everything that training learned; `models.bundle` writes the part that scoring needs.

    `by_fold` holds every ranker without each fold, `oof_rates` per ranker the shares (n, m) that it
    expects of the examples out of fold, `oof_level` those of the chosen one at today's level;
    `likeness` (n,) is how much each example is like a case that is open today.
    """

    examples: Examples
    design: Design
    settings: TrainingSettings
    folds: NDArray[np.int64]
    fold_nuisances: list[Nuisances]
    scores: Scores
    costs: Vector
    oof_rates: dict[Kind, Matrix]
    by_fold: dict[Kind, list[Ranker]]
    oof_level: Matrix
    likeness: Vector
    tournament: Tournament
    ranker: Ranker
    fold_rankers: list[Ranker]
    propensity: Trees | None
    any_payment: Trees
    composition: Composition
    interval_scale: float
    hidden: Hidden
    unknown_cost: UnknownCost
    limits: AbstentionLimits


def train(
    examples: Examples,
    settings: TrainingSettings,
    progress: Progress = lambda _: None,
    today: Today | None = None,
) -> Trained:
    """A ranking learned from `examples`, its levels set for the cases of `today`.

    Raises:
        TooFewExamplesError: fewer than MIN_EXAMPLES decisions, or no measure that can be ranked.
        OneOutcomeError: all outcomes are missing, or all are the same.
        BadPropensityError: a recorded propensity lies outside (0, 1].
    """
    check_examples(examples)
    data = prepare(examples, settings)
    fold_nuisances, scores = cross_fit(data, progress)
    costs = mean_costs(examples)
    by_fold = fit_by_fold(data, fold_nuisances, scores, progress)
    tournament = hold_tournament(by_fold.rates, examples, scores, costs, data.folds, settings)
    chosen = tournament.chosen
    progress(f"levels and intervals of the chosen ranker: {chosen}")
    open_cases = None if today is None else data.design.inputs(today.features, today.pairs)
    likeness = _likeness(data, open_cases)
    ranker, fold_rankers = at_level(chosen, by_fold, data, likeness)
    oof_level = held_out(fold_rankers, data)
    propensity = _answering_propensity(data)
    some = np.linspace(0, len(examples) - 1, min(len(examples), N_HELD)).astype(np.int64)
    draws = jackknife_draws(fold_rankers, data.twins.inputs.take(some), examples.lawful[some])
    scale = interval_scale(draws, oof_level[some], examples.take(some), scores.take(some))
    hidden = estimate_hidden(examples, oof_level)
    cost = learn_unknown_cost(
        fold_rankers, data.design, data.twins.inputs, examples, data.folds, scale
    )
    progress("limits of abstention")
    spread = Spread(scale, hidden, cost)
    if today is None or open_cases is None:
        asked = data.twins.inputs.take(some), examples.features[some], examples.lawful[some]
    else:
        few = np.linspace(0, len(open_cases) - 1, min(len(open_cases), N_HELD)).astype(np.int64)
        asked = open_cases.take(few), today.features[few], today.lawful[few]
    sample = _sample(ranker, fold_rankers, spread, costs, propensity, *asked)
    return Trained(
        examples=examples,
        design=data.design,
        settings=settings,
        folds=data.folds,
        fold_nuisances=fold_nuisances,
        scores=scores,
        costs=costs,
        oof_rates=by_fold.rates,
        by_fold=by_fold.rankers,
        oof_level=oof_level,
        likeness=likeness,
        tournament=tournament,
        ranker=ranker,
        fold_rankers=fold_rankers,
        propensity=propensity,
        any_payment=_fit_any_payment(data, scores),
        composition=fit_composition(data, scores),
        interval_scale=scale,
        hidden=hidden,
        unknown_cost=cost,
        limits=set_limits(sample, examples, settings.abstain_share),
    )


def check_examples(examples: Examples) -> None:
    """Refuse what nothing can be learned from, each with its sentence."""
    n_debtors = len(set(examples.debtors))
    if len(examples) < MIN_EXAMPLES or n_debtors < MIN_DEBTORS or not examples.measures:
        raise TooFewExamplesError(len(examples), n_debtors, len(examples.measures))
    rate = examples.rate
    if np.isnan(rate).all():
        raise OneOutcomeError(len(examples), missing=True)
    if float(np.ptp(rate)) <= 1e-9:
        raise OneOutcomeError(len(examples), missing=False)


def check_folds(debtors: list[str], folds: NDArray[np.int64]) -> None:
    """Raises DebtorInTwoFoldsError where a debtor stands on both sides of a split."""
    places = pl.DataFrame({"debtor": debtors, "fold": folds})
    split = places.group_by("debtor").agg(pl.col("fold").n_unique()).filter(pl.col("fold") > 1)
    if split.height:
        raise DebtorInTwoFoldsError(split.height)


def prepare(examples: Examples, settings: TrainingSettings) -> Data:
    """The examples with their design, folds and copies without registers."""
    encoder = fit_encoder(examples.features, examples.beside)
    design = fit_design(encoder, examples.pairs, examples.measures, examples.legal_order)
    inputs = design.inputs(examples.features, examples.pairs)
    share = max(settings.masked_share, settings.min_copies / len(examples))
    drawn = draw_registers(examples.features, share, settings.seed)
    has_copy = np.asarray(drawn.any(axis=1))
    twins = Twins(inputs, design.without(inputs, drawn), has_copy)
    folds = assign_folds(examples.debtors, settings.n_folds)
    check_folds(examples.debtors, folds)
    return Data(examples, twins, folds, design, settings)


def _sample(
    ranker: Ranker,
    fold_rankers: list[Ranker],
    spread: Spread,
    costs: Vector,
    propensity: Trees | None,
    inputs: Inputs,
    features: pl.DataFrame,
    lawful: NDArray[np.bool_],
) -> Sample:
    """Cases as they would be scored, for the limits of abstention."""
    owed = features["outstanding_som"].cast(pl.Float64).to_numpy()
    rate = np.clip(all_rates(ranker, inputs, lawful), 0.0, 1.0)
    draws = np.clip(jackknife_draws(fold_rankers, inputs, lawful), 0.0, 1.0)
    unknown = unknown_registers(features)
    v = spread.variances(rate, draws, unknown)
    net = np.where(lawful, owed[:, None] * rate - costs, np.nan)
    best = np.argmax(np.where(lawful, net, -np.inf), axis=1)
    m_hat = propensities_of(propensity, inputs.cases, len(costs))
    regret = compare(rate, v, lawful, owed, costs, spread.hidden.alike).regret
    overlap = m_hat[np.arange(len(owed)), best]
    return Sample(features, owed, net, regret, overlap, np.asarray(unknown.any(axis=1)))


def mean_costs(examples: Examples) -> Vector:
    """Mean cost of each measure where it was taken, in the legal order's unit.

    Of a measure that nobody took, the mean over all decisions.
    """
    everyone = float(examples.cost.mean())
    taken = [examples.cost[examples.arm == a] for a in range(len(examples.measures))]
    return np.asarray([float(c.mean()) if len(c) else everyone for c in taken])


def _likeness(data: Data, today: Inputs | None) -> Vector:
    if today is None or not len(today):
        return np.ones(len(data.examples))
    encoder = data.design.encoder
    return density_ratio(
        data.twins.inputs.cases, today.cases, encoder.categorical, data.settings.seed
    )


def at_level(
    chosen: Kind, by_fold: ByFold, data: Data, likeness: Vector
) -> tuple[Ranker, list[Ranker]]:
    """The mean of the fold rankers, and each of them, at the level of today's cases.

    The maps of a fold ranker are learned from the other folds. Those of a ranker that a person can
    read are the same for all measures, so that its order stays the one that was chosen.
    """
    examples, rankers = data.examples, by_fold.rankers[chosen]
    ranked = np.flatnonzero(examples.arm < len(examples.measures))
    rates = by_fold.rates[chosen][ranked, examples.arm[ranked]]
    weight = likeness[ranked]
    own = data.settings.level_prior_alpha, data.settings.level_prior_beta
    prior = None if chosen in READABLE else own

    def levels(rows: NDArray[np.bool_]) -> Levels:
        arm, y = examples.arm[ranked][rows], examples.rate[ranked][rows]
        return fit_levels(rates[rows], arm, y, weight[rows], len(examples.measures), prior)

    everyone = np.ones(len(ranked), dtype=np.bool_)
    folds: list[Ranker] = [
        Calibrated(r, levels(data.folds[ranked] != k)) for k, r in enumerate(rankers)
    ]
    return Calibrated(bag(rankers), levels(everyone)), folds


def _answering_propensity(data: Data) -> Trees | None:
    if data.examples.all_recorded:
        return None
    settings = data.settings
    return fit_propensity(
        data.twins, data.examples, data.design, settings, settings.seed, copies=True
    )


def _fit_any_payment(data: Data, scores: Scores) -> Trees:
    examples, settings = data.examples, data.settings
    of_copies = balance(examples.arm, scores.taken)
    some = (examples.recovered > 0).astype(float)
    twins = data.twins.under(examples.arm)
    rows, y, weights = twins.doubled(some, np.ones(len(some)), of_copies)
    return fit_trees(
        rows.with_arm(),
        y,
        settings.outcome,
        objective="binary",
        categorical=data.design.with_arm,
        seed=settings.seed,
        weight=weights,
    )
