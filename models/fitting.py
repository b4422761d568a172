"""Rankers fitted without each fold of debtors, and what each says of the debtors it did not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.boosting import Matrix, Trees, at_once
from models.examples import Examples
from models.inputs import Design
from models.nuisance import (
    Nuisances,
    Scores,
    fit_propensity,
    fit_usual,
    joined,
    propensities_of,
    score_examples,
    taken_propensities,
)
from models.rankers.base import KINDS, Kind, Ranker, all_rates
from models.rankers.blend import Blend, stack_weights
from models.rankers.card import fit_card
from models.rankers.constant import fit_constant
from models.rankers.effects import (
    EFFECT_KINDS,
    EffectKind,
    EffectLearner,
    calibrate_effects,
    fit_effects,
    fit_ranking,
    raw_effects,
)
from models.rankers.outcome import (
    SLearner,
    fit_s_learner,
    fit_t_learner,
    own_columns,
    rates_after,
    shortened_to,
)
from models.settings import TrainingSettings
from models.twins import Twins

T = TypeVar("T")
Progress = Callable[[str], None]
FitOne = Callable[[int, Examples, Twins], T]
STAGES: Final = (0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
"""Shares of the asked rounds of boosting among which the best is chosen, out of fold."""
Folds = NDArray[np.int64]


@dataclass(frozen=True)
class Data:
    """What every fit reads: examples with their twins, folds, design and settings."""

    examples: Examples
    twins: Twins
    folds: Folds
    design: Design
    settings: TrainingSettings

    def outside(self, k: int) -> NDArray[np.int64]:
        """The decisions that a model of fold k may see."""
        return np.flatnonzero(self.folds != k)

    def inside(self, k: int) -> NDArray[np.int64]:
        """The decisions that it is judged on."""
        return np.flatnonzero(self.folds == k)

    def fit_outside_each(self, one: FitOne[T]) -> list[T]:
        """What `one` fits without each fold of debtors, some side by side.

        It is given the fold, and the examples and twins outside it.
        """

        def job(k: int) -> T:
            seen = self.outside(k)
            return one(k, self.examples.take(seen), self.twins.take(seen))

        jobs = [partial(job, k) for k in range(self.settings.n_folds)]
        return at_once(jobs, self.settings.threads)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The rankers that take part; the constant order and the S-learner always do."""
        asked = (*self.settings.kinds, "constant", "s_learner")
        return tuple(k for k in KINDS if k in asked)


def cross_fit(data: Data, progress: Progress) -> tuple[list[Nuisances], Scores]:
    """Nuisances per fold (fitted without it) and the scores of all examples out of fold."""
    examples, settings, n = data.examples, data.settings, len(data.examples)
    m = len(examples.measures)
    m_hat = np.full((n, m + 1), np.nan)
    folds = range(settings.n_folds)

    def propensity(k: int, part: Examples, twins: Twins) -> Trees | None:
        if examples.all_recorded:
            return None
        return fit_propensity(twins, part, data.design, settings, settings.seed + k, copies=False)

    progress(f"propensities, {settings.n_folds} folds")
    trees = data.fit_outside_each(propensity)
    for k in folds:
        test = data.inside(k)
        m_hat[test] = propensities_of(trees[k], data.twins.inputs.cases[test], m)
    taken = np.maximum(taken_propensities(examples, m_hat), settings.trim)

    def outcome(k: int, part: Examples, twins: Twins) -> SLearner:
        own = taken[data.outside(k)]
        return fit_s_learner(
            twins.under(part.arm), part, own, data.design, settings, settings.seed + k
        )

    progress(f"outcomes, {settings.n_folds} folds")
    learners = data.fit_outside_each(outcome)
    rounds = best_rounds(learners, data)

    def usual_practice(k: int, part: Examples, twins: Twins) -> Trees:
        return fit_usual(twins, part, data.design, settings, settings.seed + k)

    progress(f"outcomes: {rounds} rounds; usual practice")
    usual = data.fit_outside_each(usual_practice)
    fitted: list[Nuisances] = []
    parts: list[tuple[NDArray[np.int64], Scores]] = []
    for k in folds:
        test = data.inside(k)
        fitted.append(Nuisances(trees[k], shortened_to(learners[k], rounds), usual[k], m))
        if len(test):
            inputs = data.twins.inputs.take(test)
            scores = score_examples(inputs, examples.take(test), fitted[k], settings.trim)
            parts.append((test, scores))
    return fitted, joined(parts, n)


def best_rounds(learners: list[SLearner], data: Data) -> int:
    """After how many rounds the outcome models lose least on the folds they have not seen.

    One number for all folds, from STAGES of what was asked for: how long trees may learn hangs on
    how much there is to learn from.
    """
    examples, most = data.examples, data.settings.share.rounds
    stages = sorted({max(int(part * most), 1) for part in STAGES})
    losses = np.zeros(len(stages))
    for k, learner in enumerate(learners):
        test = data.inside(k)
        test = test[examples.arm[test] < len(examples.measures)]
        if not len(test):
            continue
        rows = data.twins.inputs.of(test, examples.arm[test])
        for i, rounds in enumerate(stages):
            gap = rates_after(learner, rows, rounds) - examples.rate[test]
            losses[i] += float((gap**2).sum())
    return stages[int(np.argmin(losses))]


@dataclass
class ByFold:
    """Per kind one ranker for each fold, and the shares (n, m) they give to that fold's cases."""

    rankers: dict[Kind, list[Ranker]] = field(default_factory=dict)
    rates: dict[Kind, Matrix] = field(default_factory=dict)

    def put(self, kind: Kind, rankers: list[Ranker], data: Data) -> None:
        """Add a kind and judge it on the folds that it has not seen."""
        self.rankers[kind] = rankers
        self.rates[kind] = held_out(rankers, data)


def held_out(rankers: list[Ranker], data: Data) -> Matrix:
    """Shares (n, m) of each case from the ranker that was fitted without its fold."""
    rates = np.zeros(data.examples.lawful.shape)
    for k, ranker in enumerate(rankers):
        rows = data.inside(k)
        if len(rows):
            inputs = data.twins.inputs.take(rows)
            rates[rows] = all_rates(ranker, inputs, data.examples.spoken[rows])
    return rates


def fit_by_fold(
    data: Data, nuisances: list[Nuisances], scores: Scores, progress: Progress
) -> ByFold:
    """Every ranker that takes part, fitted without each fold."""
    found, folds = ByFold(), range(data.settings.n_folds)
    learners = [n.outcome for n in nuisances]
    for kind in data.kinds:
        if kind == "stack":
            continue
        progress(f"rankers: {kind}")
        if kind == "s_learner":
            found.put(kind, list(learners), data)  # type: ignore[arg-type]
        elif kind in EFFECT_KINDS:
            found.put(kind, _effect_rankers(kind, data, nuisances, scores), data)
        elif kind == "rank_learner":
            found.put(kind, _rank_rankers(data, nuisances, scores), data)
        else:
            jobs = [partial(_simple, kind, k, data, nuisances[k], scores) for k in folds]
            threads = 1 if kind == "t_learner" else data.settings.threads
            found.put(kind, at_once(jobs, threads), data)
    if "stack" in data.kinds:
        progress("rankers: stack")
        _put_stack(found, data)
    return found


def _simple(kind: Kind, k: int, data: Data, nuisances: Nuisances, scores: Scores) -> Ranker:
    seen = data.outside(k)
    part, own = data.examples.take(seen), scores.take(seen)
    if kind == "constant":
        return fit_constant(nuisances.usual, part, own, data.settings)
    if kind == "rule_card":
        cases = data.twins.inputs.cases[seen]
        codes = data.design.encoder.categorical
        return fit_card(nuisances.usual, cases, codes, part, own, data.settings)
    twins, seed = data.twins.take(seen).under(part.arm), data.settings.seed + 1000 * (k + 1)
    s = nuisances.outcome
    return fit_t_learner(twins, part, s, data.design, data.settings, seed)  # type: ignore[arg-type]


def _effect_rankers(
    kind: EffectKind, data: Data, nuisances: list[Nuisances], scores: Scores
) -> list[Ranker]:
    fitted = []
    for k in range(data.settings.n_folds):
        seen = data.outside(k)
        fitted.append(
            fit_effects(
                kind,
                data.twins.take(seen).of,
                data.examples.take(seen),
                scores.take(seen),
                data.design,
                data.settings,
                data.settings.seed + 10_000 * (k + 1) + 7 * EFFECT_KINDS.index(kind),
            )
        )
    return _calibrated(kind, fitted, data, nuisances, scores)


def _rank_rankers(data: Data, nuisances: list[Nuisances], scores: Scores) -> list[Ranker]:
    def one(k: int, part: Examples, twins: Twins) -> tuple[Trees, ...]:
        seed, own = data.settings.seed + 50_000 * (k + 1), scores.take(data.outside(k))
        return fit_ranking(twins, part, own, data.design, data.settings, seed)

    fitted = data.fit_outside_each(one)
    return _calibrated("rank_learner", fitted, data, nuisances, scores)


def _calibrated(
    kind: Kind,
    fitted: list[tuple[Trees, ...]],
    data: Data,
    nuisances: list[Nuisances],
    scores: Scores,
) -> list[Ranker]:
    """Effects set to their true size by what the other folds show."""
    predicted, spoken = np.zeros(data.examples.lawful.shape), data.examples.spoken
    for k, effects in enumerate(fitted):
        test = data.inside(k)
        for a in range(len(data.examples.measures)):
            at = test[spoken[test, a]]
            rows = data.twins.inputs.of(at, np.full(len(at), a))
            predicted[at, a] = raw_effects(effects, rows)
    own, bins = own_columns(data.design), data.settings.isotonic_bins
    return [
        EffectLearner(
            nuisances[k].usual,
            effects,
            calibrate_effects(predicted, data.examples, scores, data.folds != k, bins),
            own,
            kind,
        )
        for k, effects in enumerate(fitted)
    ]


def _put_stack(found: ByFold, data: Data) -> None:
    """The convex mean of the `stacked`, its weights learned from the other folds."""
    examples = data.examples
    kinds = [k for k in found.rankers if k in data.settings.stacked]
    ranked = np.flatnonzero(examples.arm < len(examples.measures))
    columns = np.column_stack(
        [np.clip(found.rates[k][ranked, examples.arm[ranked]], 0.0, 1.0) for k in kinds]
    )
    weight = examples.weights(data.settings.size_weight, data.settings.winsorise_at)[ranked]
    rankers: list[Ranker] = []
    for k in range(data.settings.n_folds):
        use = data.folds[ranked] != k
        weights = stack_weights(columns[use], examples.rate[ranked][use], weight[use])
        keep = np.flatnonzero(weights > 0.01)
        share = weights[keep] / weights[keep].sum()
        members = tuple(found.rankers[kinds[j]][k] for j in keep)
        rankers.append(Blend(members, tuple(float(w) for w in share), "stack"))
    found.put("stack", rankers, data)
