"""What cannot be explained by tables is explained by LightGBM and said, or refused by name."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pytest

from models.boosting import Matrix, Trees, explain
from models.tree_shap import store
from models.tree_shap.errors import (
    LinearTreesNotExplainedError,
    ObjectiveNotExplainedError,
    OtherColumnsError,
    SeveralClassesNotExplainedError,
)
from models.tree_shap.tables import tables_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_held", OrderedDict())


def some_rows() -> Matrix:
    return np.random.default_rng(1).normal(size=(300, 3))


def trained(**params: Any) -> Trees:
    x = some_rows()
    y = x[:, 0] + x[:, 1] * x[:, 2]
    y = np.digitize(y, [-0.5, 0.5]).astype(float) if "num_class" in params else y
    given = {"objective": "regression", "verbosity": -1, "num_threads": 1, **params}
    return Trees.from_text(lgb.train(given, lgb.Dataset(x, y), 3).model_to_string())


def squares(predicted: Matrix, data: lgb.Dataset) -> tuple[Matrix, Matrix]:
    return predicted - np.asarray(data.get_label()), np.ones(len(predicted))


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"objective": "multiclass", "num_class": 3}, SeveralClassesNotExplainedError),
        ({"linear_tree": True}, LinearTreesNotExplainedError),
        ({"objective": squares}, ObjectiveNotExplainedError),
    ],
)
def test_ensembles_whose_score_has_no_parts_are_refused_by_name(
    params: dict[str, Any], error: type[Exception]
) -> None:
    trees = trained(**params)
    for _ in range(2):  # the second time as well
        with pytest.raises(error):
            explain(trees, some_rows())


def test_an_objective_that_is_not_known_is_named() -> None:
    known = trained()
    text = known.text.replace("objective=regression", "objective=of_tomorrow")
    with pytest.raises(ObjectiveNotExplainedError, match="of_tomorrow"):
        explain(Trees(known.booster, text), some_rows())


@pytest.mark.parametrize("width", [0, 2, 4])
def test_rows_with_other_columns_are_refused(width: int) -> None:
    with pytest.raises(OtherColumnsError, match=f"{width} columns"):
        explain(trained(), np.zeros((5, width)))


def no_rows_in_a_leaf(text: str) -> str:
    begin = text.index("leaf_count=") + len("leaf_count=")
    return text[:begin] + "0" + text[text.index(" ", begin) :]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace("version=v4", "version=v5"), "another version"),
        (lambda text: text.replace("split_feature=", "splits="), "cannot be read"),
        (no_rows_in_a_leaf, "no rows"),
    ],
)
def test_a_text_that_is_not_met_here_is_left_to_lightgbm_and_that_is_said(
    change: Any, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    trees, x = trained(), some_rows()
    odd = Trees(trees.booster, change(trees.text))
    with caplog.at_level(logging.WARNING, logger="chora.models"):
        found, again = explain(odd, x), explain(odd, x)
    expected = np.asarray(trees.booster.predict(x, pred_contrib=True))
    assert why in found.fallback
    assert again.fallback == found.fallback
    assert (found.values == expected[:, :-1]).all()
    assert [why in record.getMessage() for record in caplog.records] == [True]  # once


def test_means_of_trees_are_left_to_lightgbm() -> None:
    forest = trained(boosting="rf", bagging_freq=1, bagging_fraction=0.7)
    found = explain(forest, some_rows())
    expected = np.asarray(forest.booster.predict(some_rows(), pred_contrib=True))
    assert "mean of trees" in found.fallback
    assert (found.values == expected[:, :-1]).all()


def test_without_numba_lightgbm_explains_and_what_is_fixed_goes_to_the_base(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "IS_COMPILED", False)
    trees, x = trained(), some_rows()
    found = explain(trees, x, fixed=(1,))
    expected = np.asarray(trees.booster.predict(x, pred_contrib=True))
    assert "numba" in found.fallback
    np.testing.assert_allclose(found.base, expected[:, -1] + expected[:, 1], rtol=1e-12)
    assert (found.values[:, 1] == 0).all()


def test_tables_are_made_once_per_ensemble_and_the_oldest_make_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []

    def counting(*args: Any) -> Any:
        made.append(args)
        return tables_of(*args)

    monkeypatch.setattr("models.tree_shap.store.tables_of", counting)
    first, second, x = trained(), trained(num_leaves=5), some_rows()
    for trees in (first, Trees.from_text(first.text), second, first):
        explain(trees, x)
    assert len(made) == 2
    monkeypatch.setattr(store, "HELD_BYTES", 1)
    explain(trained(num_leaves=4), x)
    assert len(store._held) == 1


def test_no_rows_have_no_parts() -> None:
    found = explain(trained(), np.zeros((0, 3)))
    assert found.base.shape == (0,)
    assert found.values.shape == (0, 3)


PROGRAM = """
import models.boosting, numpy as np, lightgbm as lgb
from models.boosting import Trees, explain
x = np.random.default_rng(1).normal(size=(200, 3))
params = {"objective": "regression", "verbosity": -1, "num_leaves": 4}
trees = Trees.from_text(lgb.train(params, lgb.Dataset(x, x[:, 0]), 2).model_to_string())
print(models.boosting.__file__, explain(trees, x[:5]).fallback or "fully")
"""


@pytest.mark.long
def test_folders_that_cannot_be_written_do_not_keep_anything_from_being_explained(
    tmp_path: Path,
) -> None:
    """A service may run from a folder that it cannot write to, with no home of its own."""
    shutil.copytree(ROOT / "models", tmp_path / "models", ignore=shutil.ignore_patterns("__py*"))
    nowhere = tmp_path / "models" / "tree_shap" / "__pycache__"
    nowhere.write_text("")  # no folder, hence no file in it, whoever asks
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        "HOME": str(nowhere / "home"),
        "XDG_CACHE_HOME": str(nowhere / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    program = [sys.executable, "-c", PROGRAM]
    ran = subprocess.run(
        program, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [str(tmp_path / "models" / "boosting.py"), "fully"]
