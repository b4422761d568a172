"""An amount and its ratio to the debt are told as one fact."""

import numpy as np

from features.catalogue import FEATURES
from features.catalogue.ratios import RATIO_OF
from models.telling import tell_amounts


def test_a_ratio_is_told_under_the_name_of_its_amount() -> None:
    names = ("blocked_som", "claim_kind", "blocked_to_outstanding", "paid_to_outstanding")
    values = np.asarray([[1.0, 2.0, 4.0, 8.0], [-1.0, 0.0, 1.0, 0.5]])
    told, folded = tell_amounts(names, values)
    assert told == ("blocked_som", "claim_kind", "paid_to_outstanding")
    assert folded.tolist() == [[5.0, 2.0, 8.0], [0.0, 0.0, 0.5]]
    assert values[0, 0] == 1.0


def test_no_contribution_is_lost_and_no_ratio_is_told_beside_its_amount() -> None:
    names = tuple(feature.name for feature in FEATURES)
    values = np.random.default_rng(2).normal(size=(5, len(names)))
    told, folded = tell_amounts(names, values)
    assert not set(told) & set(RATIO_OF)
    assert np.allclose(folded.sum(axis=1), values.sum(axis=1))
