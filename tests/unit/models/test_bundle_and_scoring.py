"""A saved model answers as the trained one, says when it is damaged, and explains exactly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from features.catalogue.ratios import RATIO_OF
from models.bundle import Bundle, load_bundle, save_bundle
from models.errors import BundleDamagedError, BundleFormatError, DamagedRecordError
from models.registry import Store
from models.report import build_report
from models.scoring import attribute, score
from models.training import Trained

KINDS = ("constant", "dr_learner", "s_learner")


@pytest.fixture(scope="module")
def folder(trained: Trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(trained, tmp_path_factory.mktemp("models") / "uz-1")


def save(trained: Trained, path: Path) -> Path:
    save_bundle(
        trained,
        path,
        version="uz-1",
        legal_order="uz",
        as_of=date(2026, 4, 1),
        law_version="law",
        data_hash="data",
        report=build_report(trained),
    )
    return path


def test_a_loaded_model_scores_as_the_trained_one(
    trained: Trained, folder: Path, world: Any
) -> None:
    bundle = load_bundle(folder)
    scored = score(bundle, world.examples.features, world.examples.lawful)
    x = trained.encoder.matrix(world.examples.features)
    expected = np.clip(trained.ranker.rates(x, np.zeros(len(x), dtype=np.int64)), 0, 1)
    assert (scored.rate[:, 0] == expected).all()
    assert ((scored.low <= scored.net) & (scored.net <= scored.high)).all()


def test_a_case_alone_scores_as_in_the_batch(folder: Path, world: Any) -> None:
    bundle = load_bundle(folder)
    features, lawful = world.examples.features, world.examples.lawful
    batch = score(bundle, features, lawful)
    for i in (0, 17, 1999):
        alone = score(bundle, features[i : i + 1], lawful[i : i + 1])
        assert (alone.net[0] == batch.net[i]).all()
        assert (alone.low[0] == batch.low[i]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_contributions_add_up_to_the_score(
    kind: str, folder: Path, with_ranker: Callable[[Bundle, str], Bundle], world: Any
) -> None:
    bundle = with_ranker(load_bundle(folder), kind)
    n = 400
    rows, arm = np.repeat(np.arange(n), 3), np.tile(np.arange(3), n)
    scored = score(bundle, world.examples.features, world.examples.lawful)
    found = attribute(bundle, world.examples.features, rows, arm)
    total = found.base_som + found.values.sum(axis=1) + found.corrections.sum(axis=1)
    assert np.allclose(total, scored.net[rows, arm], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("kind", ["constant", "s_learner"])
def test_contributions_are_those_of_shap(
    kind: str, folder: Path, with_ranker: Callable[[Bundle, str], Bundle], world: Any
) -> None:
    """Where no share is held within 0..1, base and contributions are shap's own, those of an
    amount and of its ratio to the debt together."""
    import shap

    bundle = with_ranker(load_bundle(folder), kind)
    ranker: Any = bundle.ranker
    n = 200
    arm = np.ones(n, dtype=np.int64)
    x = bundle.encoder.matrix(world.examples.features)[:n]
    inside = (ranker.rates(x, arm) > 0.01) & (ranker.rates(x, arm) < 0.99)
    trees = ranker.usual if kind == "constant" else ranker.outcome
    z = x if kind == "constant" else np.column_stack([x, arm.astype(float)])
    columns = shap.TreeExplainer(trees.booster).shap_values(z)[:, : x.shape[1]]
    at = {name: i for i, name in enumerate(bundle.feature_names)}
    for ratio, amount in RATIO_OF.items():
        columns[:, at[amount]] += columns[:, at[ratio]]
    owed = world.examples.outstanding[:n]
    found = attribute(bundle, world.examples.features, np.arange(n), arm)
    oracle = columns[:, [at[name] for name in found.feature_names]]
    assert inside.sum() > 100
    assert np.allclose(found.values[inside], (oracle * owed[:, None])[inside], rtol=1e-6, atol=1e-3)


def test_a_changed_file_is_named(trained: Trained, tmp_path: Path) -> None:
    folder = save(trained, tmp_path / "uz-1")
    file = next(iter(sorted((folder / "trees").iterdir())))
    file.write_text(file.read_text() + "\n")
    with pytest.raises(BundleDamagedError, match=f"trees/{file.name} is missing or was changed"):
        load_bundle(folder)
    file.unlink()
    with pytest.raises(BundleDamagedError, match="Restore the folder"):
        load_bundle(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 2}'])
def test_a_model_of_another_version_is_refused_with_what_to_do(text: str, tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text(text)
    with pytest.raises((BundleFormatError, BundleDamagedError), match="chora train"):
        load_bundle(tmp_path)


def test_a_model_of_features_that_are_no_more_is_refused(trained: Trained, tmp_path: Path) -> None:
    folder = save(trained, tmp_path / "uz-1")
    text = (folder / "bundle.json").read_text()
    (folder / "bundle.json").write_text(text.replace('"n_measures"', '"n_moons"'))
    with pytest.raises((BundleFormatError, BundleDamagedError), match=r"n_moons.*chora train"):
        load_bundle(folder)


def test_no_amount_of_a_person_is_in_the_model_text(folder: Path, world: Any) -> None:
    for file in (folder / "trees").iterdir():
        line = next(x for x in file.read_text().splitlines() if x.startswith("feature_infos="))
        assert set(re.findall(r"\[([^\]]*)\]", line)) <= {"-inf:inf"}


def test_anything_is_paid_at_least_as_surely_as_a_share(folder: Path, world: Any) -> None:
    scored = score(load_bundle(folder), world.examples.features, world.examples.lawful)
    assert (scored.any_payment >= scored.rate).all()


def test_a_champion_that_is_not_what_was_promoted_is_refused(
    trained: Trained, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    folder = save(trained, store.models / "uz-1")
    record = {"uz": {"version": "uz-1", "bundle_hash": load_bundle(folder).bundle_hash}}
    store.champions.write_text(json.dumps(record))
    assert store.load("uz-1").version == "uz-1"
    body = json.loads((folder / "bundle.json").read_text())
    (folder / "bundle.json").write_text(json.dumps(body | {"costs": [0.0] * len(body["costs"])}))
    with pytest.raises(BundleDamagedError, match="was changed after training"):
        store.load("uz-1")


def test_a_copy_beside_the_models_and_a_damaged_list_of_champions_stop_nothing_else(
    trained: Trained, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    save(trained, store.models / "uz-1")
    save(trained, store.models / "uz-copy")
    assert store.versions() == ["uz-1"]
    store.champions.write_text("{")
    with pytest.raises(DamagedRecordError, match="chora promote"):
        store.champion_version("uz")


def test_the_bundle_holds_no_debtor(folder: Path, world: Any) -> None:
    everything = "".join(p.read_text() for p in folder.rglob("*") if p.is_file())
    assert json.loads((folder / "bundle.json").read_text())["format"] == 3
    assert not any(f'"{d}"' in everything for d in set(world.examples.debtors))
