"""The challenger on later decisions: trained before, tested after, beside the champion.

The candidate has seen every outcome that is known, so it cannot be tested on any of them. Its
recipe can: it is run again with what was known on an earlier day, and of that twin the ranker of
the candidate's kind is judged on the decisions made after the day. The champion answers the same
decisions where it was trained by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from models.boosting import Matrix
from models.bundle import Bundle
from models.errors import (
    BundleDamagedError,
    BundleFormatError,
    OneOutcomeError,
    TooFewExamplesError,
    UnknownModelError,
)
from models.examples import Examples, build_examples
from models.folds import assign_folds
from models.gates.gate import Gate, unknown
from models.gates.later import (
    FEWEST_DEBTORS,
    Later,
    compare,
    completed,
    later_gates,
    narrowed,
    on_measures,
)
from models.inputs import Inputs
from models.nuisance import Nuisances, Scores, joined, score_examples
from models.rankers.base import Kind, Ranker, all_rates
from models.rankers.blend import bag
from models.rankers.calibrated import Calibrated
from models.registry import Store
from models.settings import TrainingSettings
from models.training import Trained, train
from pipelines.today import open_today
from registers.extract import Registers

Progress = Callable[[str], None]
LATER_SHARE: Final = 0.3
"""Share of the closed decisions that is kept for the test."""
NAMES: Final = (
    "champion",
    "later_constant_order",
    "later_level",
    "later_level_by_measure",
    "later_slope",
    "later_slope_by_measure",
    "effects",
)


@dataclass(frozen=True)
class Challenge:
    """The gates on later decisions; `twin` and `later` are None where none could be judged."""

    gates: list[Gate]
    twin: Trained | None
    later: Later | None
    day: date | None


def challenge(
    trained: Trained,
    registers: Registers,
    champion: Bundle | str | None,
    progress: Progress = lambda _: None,
) -> Challenge:
    """Judge the recipe of `trained`, run as of an earlier day, on the decisions made since.

    `champion` is what `champion_of` gives.
    """
    day = day_of_test(trained.examples, champion)
    progress(f"the same training as of {day}, to be tested on later decisions")
    settings = with_kinds(trained.settings, trained.tournament.chosen)
    try:
        earlier = build_examples(registers, day, min_per_measure=settings.min_per_measure)
        earlier = narrowed(earlier, _common(earlier.measures, trained.examples.measures))
        twin = train(earlier, settings, today=open_today(registers, day, earlier.measures))
    except (TooFewExamplesError, OneOutcomeError) as error:
        why = f"As of {day} the recipe could not be trained. {error}"
        return Challenge([unknown(name, why) for name in NAMES], None, None, day)
    later = later_of(trained.examples, day, twin, trained.tournament.chosen)
    constant = _shares(bag(twin.by_fold["constant"]), _inputs(twin, later.examples))
    gates = [
        _against_champion(later, champion),
        compare(NAMES[1], "the constant order, learned from the same decisions", later, constant),
        *later_gates(later),
    ]
    return Challenge(gates, twin, later, day)


def champion_of(store: Store, legal_order: str) -> Bundle | str | None:
    """The champion; a sentence where there is one that this program cannot read; None without."""
    version = store.champion_version(legal_order)
    if version is None:
        return None
    try:
        return store.load(version)
    except (BundleFormatError, BundleDamagedError, UnknownModelError) as error:
        return str(error)


def day_of_test(examples: Examples, champion: Bundle | str | None) -> date:
    """The day that parts what is learned from and what is tested on.

    The last LATER_SHARE of the closed decisions were made after it. Where the champion was trained
    later than that, its day, if enough decisions were made since.
    """
    days = examples.features["as_of_date"].sort()
    day = days[int((1.0 - LATER_SHARE) * (len(days) - 1))]
    assert isinstance(day, date)  # noqa: S101
    if not isinstance(champion, Bundle) or champion.as_of <= day:
        return day
    since = examples.features.filter(pl.col("as_of_date") > champion.as_of)
    enough = since["debtor_id"].n_unique() >= FEWEST_DEBTORS
    return champion.as_of if enough else day


def with_kinds(settings: TrainingSettings, chosen: Kind) -> TrainingSettings:
    """The settings with the chosen ranker alone, and what a stack is a mean of."""
    kinds = (*settings.stacked, "stack") if chosen == "stack" else (chosen,)
    return replace(settings, kinds=kinds)


def later_of(examples: Examples, day: date, twin: Trained, kind: Kind) -> Later:
    """The decisions made after `day`, as the twin sees them; a measure it never met is "other"."""
    rows = np.flatnonzero((examples.features["as_of_date"] > day).to_numpy())
    own = narrowed(examples.take(rows), twin.examples.measures)
    inputs = _inputs(twin, own)
    scores = scores_before(inputs, own, twin.fold_nuisances, twin.settings)
    return Later(own, scores, _shares(bag(twin.by_fold[kind]), inputs))


def before_level(ranker: Ranker) -> Ranker:
    """What a ranker learned of past decisions, before its level is set for the cases open today.

    Later decisions were made on cases of every age, so their outcomes speak of this level.
    """
    return ranker.inner if isinstance(ranker, Calibrated) else ranker


def scores_before(
    inputs: Inputs, examples: Examples, nuisances: list[Nuisances], settings: TrainingSettings
) -> Scores:
    """Scores by nuisances that saw neither the debtor nor the time of these decisions."""
    folds, parts = assign_folds(examples.debtors, settings.n_folds), []
    for k in range(settings.n_folds):
        rows = np.flatnonzero(folds == k)
        if len(rows):
            own = examples.take(rows)
            parts.append(
                (rows, score_examples(inputs.take(rows), own, nuisances[k], settings.trim))
            )
    return joined(parts, len(examples))


def _inputs(twin: Trained, examples: Examples) -> Inputs:
    return twin.design.inputs(examples.features, examples.pairs)


def _against_champion(later: Later, champion: Bundle | str | None) -> Gate:
    if champion is None:
        return unknown(NAMES[0], "There is no champion to compare with: this would be the first.")
    if isinstance(champion, str):
        return unknown(NAMES[0], f"The champion cannot be asked. {champion}")
    late = later.examples.features["as_of_date"].min()
    if isinstance(late, date) and late <= champion.as_of:
        n = later.examples.features.filter(pl.col("as_of_date") > champion.as_of)
        return unknown(
            NAMES[0],
            f"The champion {champion.version} was trained as of {champion.as_of}; since then only "
            f"{n['debtor_id'].n_unique()} debtors have decisions with a closed window "
            f"({FEWEST_DEBTORS} needed).",
        )
    return against(later, champion)


def against(later: Later, champion: Bundle) -> Gate:
    """The challenger against the champion on later decisions, over the measures that both rank."""
    examples = later.examples
    pairs = completed(examples.pairs, champion.measures)
    rates = _shares(before_level(champion.ranker), champion.design.inputs(examples.features, pairs))
    common = _common(examples.measures, champion.measures)
    its = rates[:, [champion.measures.index(m) for m in common]]
    own = on_measures(later, common)
    return compare(NAMES[0], f"the champion {champion.version}", own, its)


def _common(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(m for m in some if m in others)


def _shares(ranker: Ranker, inputs: Inputs) -> Matrix:
    return np.clip(all_rates(ranker, inputs), 0.0, 1.0)
