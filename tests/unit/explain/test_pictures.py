"""Pictures for analysts: they are drawn, they rank facts rightly, and they are reproducible."""

from __future__ import annotations

from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest
from numpy.typing import NDArray

from explain.pictures import draw_global_pictures, explain_globally

LABELS = ("balance on bank accounts", "net income", "time since service")


@pytest.fixture(scope="module")
def inputs() -> NDArray[np.float64]:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 3))
    x[rng.random(x.shape) < 0.1] = np.nan
    return x


@pytest.fixture(scope="module")
def model(inputs: NDArray[np.float64]) -> lgb.Booster:
    y = 3 * np.nan_to_num(inputs[:, 0]) + np.nan_to_num(inputs[:, 1])
    params = {"objective": "regression", "num_leaves": 7, "verbosity": -1, "num_threads": 1}
    return lgb.train(params, lgb.Dataset(inputs, y), 20)


def test_the_explanation_adds_up_and_puts_the_driver_first(
    model: lgb.Booster, inputs: NDArray[np.float64]
) -> None:
    found = explain_globally(model, inputs, LABELS)
    sizes = np.abs(found.values).mean(axis=0)
    assert list(np.argsort(-sizes)) == [0, 1, 2]
    assert found.feature_names[0] == "Balance on bank accounts"
    np.testing.assert_allclose(
        found.values.sum(axis=1) + found.base_values, model.predict(inputs), rtol=1e-9
    )


def test_both_pictures_are_written_as_png(
    model: lgb.Booster, inputs: NDArray[np.float64], tmp_path: Path
) -> None:
    paths = draw_global_pictures(model, inputs, LABELS, tmp_path / "pictures", "usual")
    assert [path.name for path in paths] == ["usual_bar.png", "usual_beeswarm.png"]
    for path in paths:
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG\r\n")
        assert len(data) > 5_000
