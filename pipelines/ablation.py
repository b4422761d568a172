"""What each part of the recipe is worth: taken back alone, on a nation whose truth is known.

Each variant is the recipe as it was before that part (issue by issue in decisions 0027 and 0028).
The first two need a training of their own; the others read the same model in another way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from features.catalogue.behaviour import BEHAVIOUR_FEATURES
from features.catalogue.means import MEANS_FEATURES
from features.catalogue.pairs import PAIR_FEATURES
from features.catalogue.ratios import RATIO_FEATURES
from models.boosting import Vector
from models.bundle import Bundle, load_bundle, save_bundle
from models.examples import Examples
from models.intervals import Hidden
from models.rankers.base import Kind
from models.rankers.calibrated import Calibrated
from models.ranking import order
from models.report import build_report
from models.scoring import Scored, score
from models.settings import TrainingSettings
from models.training import Today, Trained, train
from pipelines.judging import Scale, Truth, choose, coverage_of, levels_of

Progress = Callable[[str], None]
Figures = dict[str, Any]
OLD_LAG_DAYS: Final = 60
OLD_LEAST_TAKEN: Final = 100
OLD_TIE: Final = 0.1
"""A tie could give up a tenth of what the best measure was expected to bring."""
NEW_FEATURES: Final = tuple(f.name for f in (*BEHAVIOUR_FEATURES, *MEANS_FEATURES, *RATIO_FEATURES))


def ablate(
    trained: Trained,
    bundle: Bundle,
    truth: Truth,
    intrusiveness: NDArray[np.int64],
    today: Today | None,
    as_of: date,
    learners: Mapping[str, tuple[float, float]],
    work: Path,
    progress: Progress,
) -> dict[str, Figures]:
    """Figures of each of the variants (`pipelines.variants`).

    `expected` and `shown` (share and som closed), `slope`, `slope_som`, `ece`, `coverage`.
    `learners` is what each ranker closes by itself; of variant 3 only `expected` is
    told, of the ranker that would have been chosen.
    """
    weights = intrusiveness
    scored = score(bundle, truth.features, truth.pairs, truth.lawful)
    found = {"none": _figures(scored, truth, bundle, weights)}
    examples = trained.examples
    refits = {
        "examples": without_examples(examples, as_of),
        "pairs": without_covariates(examples),
    }
    for name, fewer in refits.items():
        progress(f"ablation: {name}")
        rare = fewer.arm_counts < 1
        settings = TrainingSettings(seed=trained.settings.seed)
        fitted = train(fewer.examples, settings, lambda _: None, today)
        other = _as_bundle(fitted, bundle, work / name)
        lawful = truth.lawful & ~rare
        some = np.asarray(lawful.any(axis=1))
        scored_so = score(other, truth.features, truth.pairs, lawful)
        found[name] = _figures(scored_so, truth, other, weights, some)
    old = old_choice(trained)
    found["tournament"] = {"chosen": old, "expected": list(learners[old])}
    inner = bundle.ranker
    if isinstance(inner, Calibrated):
        folds = tuple(r.inner for r in bundle.fold_rankers if isinstance(r, Calibrated))
        bare = replace(bundle, ranker=inner.inner, fold_rankers=folds)
        again = score(bare, truth.features, truth.pairs, truth.lawful)
        found["levels"] = _figures(again, truth, bare, weights)
    told = bundle.hidden
    shown = 0.0 if np.isnan(told.found) else max(told.found, 0.0)
    narrow = replace(bundle, hidden=Hidden(shown, told.alike, told.n_pairs, told.found, 0.0))
    again = score(narrow, truth.features, truth.pairs, truth.lawful)
    found["intervals"] = _figures(again, truth, narrow, weights)
    best = np.max(np.where(truth.lawful, scored.net, -np.inf), axis=1)
    most = OLD_TIE * np.maximum(best, 0.0)
    found["ties"] = _figures(scored, truth, bundle, weights, most_lost=most)
    return found


class Fewer:
    """Examples of a variant, and how often each measure is taken in them."""

    def __init__(self, examples: Examples) -> None:
        self.examples = examples
        self.arm_counts = np.bincount(examples.arm, minlength=len(examples.measures) + 1)[:-1]


def without_examples(examples: Examples, as_of: date) -> Fewer:
    """As before: what our law does not support teaches nothing, nor do rare measures and the
    decisions of the last weeks."""
    m = len(examples.measures)
    last = as_of - timedelta(days=examples.window_days + OLD_LAG_DAYS)
    old = examples.take(np.flatnonzero((examples.features["as_of_date"] <= last).to_numpy()))
    ranked = old.arm < m
    lawful = old.lawful[np.arange(len(old)), np.minimum(old.arm, m - 1)]
    arm = np.where(ranked & lawful, old.arm, m)
    counts = np.bincount(arm, minlength=m + 1)
    return Fewer(replace(old, arm=np.where(counts[arm] < OLD_LEAST_TAKEN, m, arm)))


def without_covariates(examples: Examples) -> Fewer:
    """As before: nothing of the measure in the case, and no features of decision 0028."""
    features = examples.features.with_columns(
        pl.lit(None, dtype=examples.features.schema[c]).alias(c) for c in NEW_FEATURES
    )
    pairs = examples.pairs.with_columns(
        pl.lit(None, dtype=examples.pairs.schema[f.name]).alias(f.name) for f in PAIR_FEATURES
    )
    return Fewer(replace(examples, features=features, pairs=pairs))


def old_choice(trained: Trained) -> Kind:
    """By value in som, the simplest within one standard error of the best (until decision 0028)."""
    entries = trained.tournament.entries
    best = max(entries, key=lambda e: e.value.value)
    within = [e for e in entries if e.value.value >= best.value.value - best.value.se]
    return within[0].kind


def _as_bundle(trained: Trained, like: Bundle, folder: Path) -> Bundle:
    save_bundle(
        trained,
        folder,
        version=like.version,
        legal_order=like.legal_order,
        as_of=like.as_of,
        law_version=like.law_version,
        data_hash=like.data_hash,
        report=build_report(trained),
    )
    return load_bundle(folder)


def _figures(
    scored: Scored,
    truth: Truth,
    bundle: Bundle,
    weights: NDArray[np.int64],
    some: NDArray[np.bool_] | None = None,
    most_lost: Vector | None = None,
) -> Figures:
    """`some` (n,): where a measure is left to choose; elsewhere the officers' choice stands."""
    scale = Scale(truth)
    rank, _ = order(scored, weights, most_lost)
    expected, shown = choose(scored.net, scored.lawful), np.argmax(rank == 1, axis=1)
    if some is not None:
        expected, shown = (np.where(some, p, -1) for p in (expected, shown))
    asked = replace(truth, lawful=scored.lawful)
    levels = levels_of(scored, asked, bundle)
    return {
        "chosen": bundle.ranker.kind,
        "expected": list(scale.closed(scale.of_some(expected))),
        "shown": list(scale.closed(scale.of_some(shown))),
        "slope": levels["share"],
        "slope_som": levels["som"],
        "ece": levels["ece"],
        "coverage": coverage_of(scored, asked, bundle)["all"],
    }
