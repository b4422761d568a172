"""A trial taken in, learned from and judged, over several divisions into folds."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import numpy as np

from models.examples import build_examples
from models.policy_value import LoggedRewards
from models.rankers.base import Kind
from models.registry import Store
from models.report import calibration
from models.settings import TrainingSettings
from models.tournament import Policy, Tournament
from models.training import Trained, train
from pipelines.train import register_candidate
from pipelines.trials.errors import SplitsError
from pipelines.trials.intervals import Held, check_intervals
from pipelines.trials.trial import Drawn, Outcome, Progress, Trial
from pipelines.trials.values import (
    Estimate,
    answers_of,
    as_shown,
    best_constant,
    best_constant_elsewhere,
    by_value,
    difference,
    n_orders,
    ranker_policies,
    reward_log,
    value_of,
)
from registers.extract import Registers, load_tables
from registers.lineage import lineage_of
from registers.validation import validate_extract

SPLITS = 5
USED = "chosen ranking as shown, fitted to all"
CHOSEN = "chosen ranking as shown, out of fold"
BY_VALUE = "chosen ranking by expected value alone, out of fold"
ELSEWHERE = "best constant of the other folds"


@dataclass(frozen=True)
class Judged:
    """One outcome: what each policy is worth, by name, and its difference from the best constant.

    `best` is the arm that is best for everybody, picked on the same decisions; `over_nothing` what
    the chosen ranking is worth above doing nothing, `over_elsewhere` above the best constant policy
    that was picked, like it, without the fold it is judged on.
    """

    outcome: Outcome
    best: str
    values: Mapping[str, Estimate]
    behind: Mapping[str, Estimate]
    over_nothing: Estimate
    over_elsewhere: Estimate


@dataclass(frozen=True)
class Division:
    """What came of one division into folds.

    `level` is the slope of doubly robust scores on stated shares over all arms and decisions;
    `n_orders` how many different orders of the arms the chosen ranking gives, fitted to all;
    `sends` how many it would give each arm first.
    """

    tournament: Tournament
    judged: tuple[Judged, ...]
    held: Held
    level: tuple[float, float]
    n_orders: int
    sends: Mapping[str, int]
    trimmed: int

    @property
    def chosen(self) -> Kind:
        """The ranker that the tournament chose."""
        return self.tournament.chosen

    @property
    def gap(self) -> Estimate:
        """The chosen ranking as shown less the best constant policy, in what is maximised."""
        return self.judged[0].behind[CHOSEN]

    @property
    def gap_by_value(self) -> Estimate:
        """The same of the first arm by expected value alone."""
        return self.judged[0].behind[BY_VALUE]


@dataclass(frozen=True)
class TrialRun:
    """All that a page tells: the trial, its import, and each division into folds."""

    trial: Trial
    imported: tuple[str, ...]
    measures: tuple[str, ...]
    n: int
    n_clusters: int
    beside: tuple[str, ...]
    settings: TrainingSettings
    divisions: tuple[Division, ...]
    seconds: float
    peak_mb: float


def run_trial(
    trial: Trial,
    file: Path,
    work: Path,
    *,
    splits: int = SPLITS,
    settings: TrainingSettings | None = None,
    progress: Progress = lambda _: None,
) -> TrialRun:
    """Import, validate, train and judge the trial in `work`.

    The model of the first division is registered in `work`/store as any other, where it reads
    nothing but the registers of the contract.

    Raises:
        SplitsError: fewer than two divisions.
        SourceFileError: the file is not the trial's.
        TooFewExamplesError: it holds too few decisions.
    """
    if splits < 2:
        raise SplitsError(splits)
    started, settings = monotonic(), settings or TrainingSettings()
    imported = trial.read(file, work / "extract", progress)
    progress("validating")
    validate_extract(work / "extract", work / "tables", progress)
    registers = load_tables(work / "tables")
    examples = build_examples(
        registers, trial.closed_on, min_per_measure=settings.min_per_measure, progress=progress
    )
    drawn = trial.draw(examples, work / "extract")
    divisions = []
    for number in range(splits):
        progress(f"division {number + 1} of {splits}")
        own = replace(settings, seed=settings.seed + 1_000_003 * number)
        trained = train(drawn.split(number), own, progress)
        if number == 0 and not drawn.examples.beside:
            _register(trained, trial, registers, work, progress)
        divisions.append(judge(trial, drawn, trained))
    return TrialRun(
        trial=trial,
        imported=imported.sentences,
        measures=examples.measures,
        n=len(examples),
        n_clusters=len(set(drawn.clusters)),
        beside=drawn.examples.beside,
        settings=settings,
        divisions=tuple(divisions),
        seconds=monotonic() - started,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def judge(trial: Trial, drawn: Drawn, trained: Trained) -> Division:
    """What one division shows."""
    examples = trained.examples
    names = [f"{m} for everybody" for m in examples.measures]
    n = len(examples)
    policies: dict[str, Policy] = {name: np.full(n, a) for a, name in enumerate(names)}
    policies |= {f"ranker {kind}": p for kind, p in ranker_policies(trained).items()}
    said = answers_of(trained)
    policies[BY_VALUE] = by_value(trained, said.rates)
    policies[CHOSEN] = as_shown(trained, said.rates, said.draws)
    policies[USED] = as_shown(trained, said.all_rates, said.draws)
    judged = []
    for outcome in trial.outcomes(examples):
        log = reward_log(trained, drawn.strata, outcome.reward)
        judged.append(_judge_outcome(trial, outcome, log, policies, trained))
    report = calibration(trained)["pooled"]
    counts = np.bincount(policies[USED], minlength=len(examples.measures))
    return Division(
        tournament=trained.tournament,
        judged=tuple(judged),
        held=check_intervals(trained, said),
        level=(report["slope"], report["se"]),
        n_orders=n_orders(said.all_rates),
        sends={m: int(c) for m, c in zip(examples.measures, counts, strict=True) if c},
        trimmed=trained.scores.n_trimmed,
    )


def _judge_outcome(
    trial: Trial,
    outcome: Outcome,
    log: LoggedRewards,
    policies: Mapping[str, Policy],
    trained: Trained,
) -> Judged:
    measures = trained.examples.measures
    best = best_constant(log, len(measures))
    elsewhere = best_constant_elsewhere(log, len(measures), trained.folds)
    constant = np.full(len(log.reward), best)
    nothing = np.full(len(log.reward), measures.index(trial.nothing))
    shown = dict(policies) | {ELSEWHERE: elsewhere}
    return Judged(
        outcome=outcome,
        best=measures[best],
        values={name: value_of(log, p) for name, p in shown.items()},
        behind={name: difference(log, p, constant) for name, p in shown.items()},
        over_nothing=difference(log, policies[CHOSEN], nothing),
        over_elsewhere=difference(log, policies[CHOSEN], elsewhere),
    )


def _register(
    trained: Trained, trial: Trial, registers: Registers, work: Path, progress: Progress
) -> None:
    lineage = lineage_of(work / "tables", registers.source_hash)
    store = Store(work / "store")
    result = register_candidate(trained, registers, trial.closed_on, store, lineage)
    progress(f"registered {result.version}")
