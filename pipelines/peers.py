"""Peers of the ranking on an invented nation: what others reach from the same registers.

    un-confounded   the same training on the same nation, in which choices were drawn by lottery
    DR-learner      EconML's, on the same covariates and the same folds of debtors

Both choose for the same questions, among the measures that law and truth allow.
"""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from lightgbm import LGBMClassifier, LGBMRegressor
from numpy.typing import NDArray

from models.boosting import Matrix, Vector
from models.bundle import Bundle
from models.inputs import Inputs
from models.scoring import score
from models.settings import TrainingSettings
from models.training import Trained
from pipelines.judging import Truth, choose
from registers.errors import DataError

Chosen = NDArray[np.int64]
LEAST_TAKEN: Final = 100
"""Decisions below which EconML's cross-fitting cannot give a measure a model in every fold."""
NOTHING: Final = -1


class OracleMissingError(DataError):
    """EconML is not installed: it is no part of the program, only what it is compared with."""

    def __init__(self) -> None:
        super().__init__(
            "EconML is not installed, with which the ranking is compared. Install it with "
            "'make oracles', or leave it out with --no-econml."
        )


def choices_of(peer: Bundle, its_truth: Truth, truth: Truth, measures: tuple[str, ...]) -> Chosen:
    """What `peer` would choose at the questions of `truth`: places in `measures`, or NOTHING.

    `its_truth` are the questions as the peer's measures see them.
    """
    shared = np.asarray([m in measures for m in peer.measures], dtype=np.bool_)
    lawful = its_truth.lawful & shared
    net = score(peer, its_truth.features, its_truth.pairs, lawful).net
    place = np.asarray([measures.index(m) if m in measures else NOTHING for m in peer.measures])
    picked = np.where(lawful.any(axis=1), place[choose(net, lawful)], NOTHING)
    by_case = dict(zip(its_truth.features["case_id"], picked.tolist(), strict=True))
    cases = truth.features["case_id"].to_list()
    return np.asarray([by_case.get(case, NOTHING) for case in cases], dtype=np.int64)


@dataclass(frozen=True)
class Oracle:
    """EconML's DR-learner, fitted: `effects` of the `arms` (places of measures), first as zero."""

    learner: Any
    arms: NDArray[np.int64]
    columns: NDArray[np.int64]

    def choices(self, truth: Truth, inputs: Inputs, costs: Vector) -> Chosen:
        """The measure with the highest expected net amount among those that it knows."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of unknown facts, which trees read as a branch
            effects = np.asarray(self.learner.const_marginal_effect(wide(inputs, self.columns)))
        rates = np.full(truth.lawful.shape, -np.inf)
        rates[:, self.arms[0]] = 0.0
        rates[:, self.arms[1:]] = effects.reshape(len(inputs), len(self.arms) - 1)
        lawful = truth.lawful & np.isfinite(rates)
        net = truth.owed[:, None] * np.where(np.isfinite(rates), rates, 0.0) - costs
        return np.where(lawful.any(axis=1), choose(net, lawful), NOTHING)


def wide(inputs: Inputs, columns: NDArray[np.int64]) -> Matrix:
    """Facts of the case, then the chosen pair columns of every measure, (n, d + m * k)."""
    pairs = inputs.pairs[:, :, columns].reshape(len(inputs), -1)
    return np.concatenate([inputs.cases, pairs], axis=1)


def fit_oracle(trained: Trained) -> Oracle:
    """EconML's DRLearner with LightGBM, on the folds and covariates of `trained`.

    A decision has one row, so what differs by measure (reach, earlier tries) stands beside it once
    for every measure. Measures taken fewer than LEAST_TAKEN times are left out.

    Raises:
        OracleMissingError: EconML is not installed.
    """
    try:
        dr = importlib.import_module("econml.dr")
    except ModuleNotFoundError:
        raise OracleMissingError from None
    examples, settings = trained.examples, trained.settings
    counts = np.bincount(examples.arm, minlength=len(examples.measures) + 1)[:-1]
    arms = np.flatnonzero(counts >= LEAST_TAKEN)
    keep = np.flatnonzero(np.isin(examples.arm, arms))
    design = trained.design
    numbers = ("reach_share", "n_tried", "days_since_tried")
    columns = np.asarray([design.pair_columns.index(c) for c in numbers])
    x = wide(design.inputs(examples.features, examples.pairs), columns)[keep]
    folds = trained.folds[keep]
    splits = [(np.flatnonzero(folds != k), np.flatnonzero(folds == k)) for k in np.unique(folds)]
    learner = dr.DRLearner(
        model_propensity=_classifier(settings),
        model_regression=_regressor(settings),
        model_final=_regressor(settings),
        min_propensity=settings.trim,
        cv=splits,
        allow_missing=True,
        random_state=settings.seed,
    )
    code = np.searchsorted(arms, examples.arm[keep])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same, and of names that LightGBM gives
        learner.fit(examples.rate[keep], code, X=x, inference=None)
    return Oracle(learner, arms, columns)


def _classifier(settings: TrainingSettings) -> LGBMClassifier:
    return LGBMClassifier(**_parameters(settings, rounds=60))


def _regressor(settings: TrainingSettings) -> LGBMRegressor:
    return LGBMRegressor(**_parameters(settings, rounds=150))


def _parameters(settings: TrainingSettings, rounds: int) -> dict[str, Any]:
    return {
        "n_estimators": rounds,
        "learning_rate": 0.05,
        "num_leaves": 15,
        "min_child_samples": 40,
        "reg_lambda": 5.0,
        "colsample_bytree": 0.7,
        "max_bin": 63,
        "n_jobs": settings.threads,
        "random_state": settings.seed,
        "verbosity": -1,
    }
