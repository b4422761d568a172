"""From examples to a trained model: nuisances, rankers, tournament, final fit, intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, Vector, fit_trees
from models.calibration import Isotonic
from models.design import Encoder, fit_encoder
from models.errors import TooFewExamplesError
from models.examples import Examples
from models.folds import assign_folds
from models.intervals import hidden_sd, interval_scale, jackknife_draws
from models.masking import Facts, balance, draw_registers
from models.nuisance import Nuisances, Scores, cross_fit, fit_nuisances
from models.rankers import (
    KINDS,
    DRLearner,
    Kind,
    Ranker,
    all_rates,
    calibrate_effects,
    fit_constant,
    fit_effects,
    fit_s_learner,
    held_out_rates,
    predict_effects,
)
from models.settings import MIN_DEBTORS, MIN_EXAMPLES, TrainingSettings
from models.tournament import Tournament, hold_tournament
from models.unknown import UnknownCost, learn_unknown_cost

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Trained:
    """Everything that training learned; `models.bundle` writes the part that scoring needs.

    `oof_rates` holds, per ranker, the out-of-fold expected shares (n, m) of the examples.
    """

    examples: Examples
    encoder: Encoder
    settings: TrainingSettings
    folds: NDArray[np.int64]
    fold_nuisances: list[Nuisances]
    scores: Scores
    costs: Vector
    oof_rates: dict[Kind, Matrix]
    tournament: Tournament
    ranker: Ranker
    fold_rankers: list[Ranker]
    nuisances: Nuisances
    any_payment: Trees
    interval_scale: float
    hidden_sd: float
    unknown_cost: UnknownCost


def train(
    examples: Examples, settings: TrainingSettings, progress: Progress = lambda _: None
) -> Trained:
    """A ranking learned from `examples`.

    Raises:
        TooFewExamplesError: fewer than MIN_EXAMPLES decisions, or no measure that can be ranked.
    """
    n_debtors = len(set(examples.debtors))
    if len(examples) < MIN_EXAMPLES or n_debtors < MIN_DEBTORS or not examples.measures:
        raise TooFewExamplesError(len(examples), n_debtors, len(examples.measures))
    encoder = fit_encoder(examples.features)
    facts = facts_of(examples, encoder, settings)
    x = facts.x
    folds = assign_folds(examples.debtors, settings.n_folds)
    fold_nuisances, scores = cross_fit(facts, examples, folds, encoder, settings, progress)
    costs = mean_costs(examples)
    by_fold = _fold_rankers(
        facts, examples, folds, fold_nuisances, scores, encoder, settings, progress
    )
    oof_rates = {k: held_out_rates(by_fold[k], x, folds, len(examples.measures)) for k in KINDS}
    tournament = hold_tournament(oof_rates, examples, scores, costs, folds, settings)
    chosen = tournament.chosen
    progress(f"final fit of the chosen ranker: {chosen}")
    nuisances = fit_nuisances(
        facts,
        examples,
        encoder,
        settings,
        settings.seed,
        propensity_for=None if examples.all_recorded else "answering",
    )
    ranker = _final_ranker(
        chosen, facts, examples, nuisances, scores, by_fold, folds, encoder, settings
    )
    progress("intervals")
    draws = jackknife_draws(by_fold[chosen], x, len(examples.measures))
    halves = _half_rates(chosen, facts, examples, scores, encoder, settings)
    scale = interval_scale(draws, halves, oof_rates[chosen], examples, scores)
    return Trained(
        examples=examples,
        encoder=encoder,
        settings=settings,
        folds=folds,
        fold_nuisances=fold_nuisances,
        scores=scores,
        costs=costs,
        oof_rates=oof_rates,
        tournament=tournament,
        ranker=ranker,
        fold_rankers=by_fold[chosen],
        nuisances=nuisances,
        any_payment=_fit_any_payment(facts, examples, scores, encoder, settings),
        hidden_sd=hidden_sd(examples, scores),
        unknown_cost=learn_unknown_cost(by_fold[chosen], encoder, x, examples, folds, scale),
        interval_scale=scale,
    )


def facts_of(examples: Examples, encoder: Encoder, settings: TrainingSettings) -> Facts:
    """The facts of the examples, and their copies without registers."""
    x = encoder.matrix(examples.features)
    drawn = draw_registers(examples.features, settings.masked_share, settings.seed)
    return Facts(x, encoder.without(x, drawn), np.asarray(drawn.any(axis=1)))


def mean_costs(examples: Examples) -> Vector:
    """Mean cost of each measure where it was taken, in the legal order's unit."""
    return np.asarray(
        [float(examples.cost[examples.arm == a].mean()) for a in range(len(examples.measures))]
    )


def _fold_rankers(
    facts: Facts,
    examples: Examples,
    folds: NDArray[np.int64],
    nuisances: list[Nuisances],
    scores: Scores,
    encoder: Encoder,
    settings: TrainingSettings,
    progress: Progress,
) -> dict[Kind, list[Ranker]]:
    """Each ranker fitted without each fold."""
    n, m = examples.lawful.shape
    effects, predicted = [], np.zeros((n, m))
    rankers: dict[Kind, list[Ranker]] = {k: [] for k in KINDS}
    for k in range(settings.n_folds):
        progress(f"rankers, fold {k + 1} of {settings.n_folds}")
        train_rows, test = np.flatnonzero(folds != k), np.flatnonzero(folds == k)
        part, part_scores = examples.take(train_rows), scores.take(train_rows)
        rankers["constant"].append(fit_constant(nuisances[k], part, part_scores, settings))
        seen = facts.take(train_rows)
        rankers["s_learner"].append(
            fit_s_learner(seen, part, part_scores, encoder, settings, settings.seed + k)
        )
        seed = settings.seed + 10_000 * (k + 1)
        fitted = fit_effects(seen, part, part_scores, encoder, settings, seed)
        effects.append(fitted)
        predicted[test] = predict_effects(fitted, facts.x[test])
    for k, fitted in enumerate(effects):
        maps = calibrate_effects(predicted, examples, scores, folds != k, settings.isotonic_bins)
        rankers["dr_learner"].append(DRLearner(nuisances[k].usual, fitted, maps))
    return rankers


def _final_ranker(
    kind: Kind,
    facts: Facts,
    examples: Examples,
    nuisances: Nuisances,
    scores: Scores,
    by_fold: dict[Kind, list[Ranker]],
    folds: NDArray[np.int64],
    encoder: Encoder,
    settings: TrainingSettings,
) -> Ranker:
    if kind == "constant":
        return fit_constant(nuisances, examples, scores, settings)
    if kind == "s_learner":
        return fit_s_learner(facts, examples, scores, encoder, settings, settings.seed)
    predicted = np.zeros(examples.lawful.shape)
    for k, ranker in enumerate(by_fold["dr_learner"]):
        assert isinstance(ranker, DRLearner)  # noqa: S101
        predicted[folds == k] = predict_effects(ranker.effects, facts.x[folds == k])
    everything = np.ones(len(examples), dtype=bool)
    maps = calibrate_effects(predicted, examples, scores, everything, settings.isotonic_bins)
    effects = fit_effects(facts, examples, scores, encoder, settings, settings.seed)
    return DRLearner(nuisances.usual, effects, maps)


def _half_rates(
    kind: Kind,
    facts: Facts,
    examples: Examples,
    scores: Scores,
    encoder: Encoder,
    settings: TrainingSettings,
) -> tuple[Matrix, Matrix]:
    """Expected shares (n, m) of two rankers of that kind, fitted to disjoint halves of debtors.

    Their effects keep no calibration: the maps come from the folds and would tie the halves.
    """
    half = assign_folds((f"half of {d}" for d in examples.debtors), 2)
    rates = []
    for side in (0, 1):
        rows = np.flatnonzero(half == side)
        part, part_scores = examples.take(rows), scores.take(rows)
        seed = settings.seed + 77 + side
        seen = facts.take(rows)
        nuisances = fit_nuisances(seen, part, encoder, settings, seed, propensity_for=None)
        ranker: Ranker
        if kind == "constant":
            ranker = fit_constant(nuisances, part, part_scores, settings)
        elif kind == "s_learner":
            ranker = fit_s_learner(seen, part, part_scores, encoder, settings, seed)
        else:
            effects = fit_effects(seen, part, part_scores, encoder, settings, seed)
            straight = Isotonic((-1.0, 1.0), (-1.0, 1.0))
            ranker = DRLearner(nuisances.usual, effects, (straight,) * len(effects))
        rates.append(all_rates(ranker, facts.x, len(examples.measures)))
    return rates[0], rates[1]


def _fit_any_payment(
    facts: Facts,
    examples: Examples,
    scores: Scores,
    encoder: Encoder,
    settings: TrainingSettings,
) -> Trees:
    of_copies = balance(examples.arm, scores.taken)
    some = (examples.recovered > 0).astype(float)
    x, y, weights = facts.with_arm(examples.arm).doubled(some, None, of_copies)
    return fit_trees(
        x,
        y,
        settings.outcome,
        objective="binary",
        categorical=[*encoder.categorical, facts.x.shape[1]],
        seed=settings.seed,
        threads=settings.threads,
        weight=weights,
    )
