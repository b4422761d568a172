"""A saved model answers as the trained one, says when it is damaged, and explains exactly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.boosting import Trees
from models.bundle import Bundle, load_bundle, save_bundle
from models.errors import BundleDamagedError, BundleFormatError, DamagedRecordError
from models.ranker_text import ranker_from, ranker_text
from models.rankers import KINDS, Kind, Ranker, bag
from models.rankers.base import all_rates
from models.registry import Store
from models.report import build_report
from models.scoring import attribute, score
from models.telling import tell_amounts
from models.training import Trained


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
    e = world.examples
    scored = score(bundle, e.features, e.pairs, e.lawful)
    inputs = trained.design.inputs(e.features, e.pairs)
    expected = trained.ranker.rates(inputs.under(np.zeros(len(e), dtype=np.int64)))
    assert (scored.rate[:, 0] == expected).all()
    assert ((scored.low <= scored.net) & (scored.net <= scored.high)).all()


def test_a_case_alone_scores_as_in_the_batch(folder: Path, world: Any) -> None:
    bundle = load_bundle(folder)
    e = world.examples
    batch = score(bundle, e.features, e.pairs, e.lawful)
    for i in (0, 17, 1999):
        one = e.take(np.asarray([i]))
        alone = score(bundle, one.features, one.pairs, one.lawful)
        assert (alone.net[0] == batch.net[i]).all()
        assert (alone.low[0] == batch.low[i]).all()
        assert (alone.compared.p_first[0] == batch.compared.p_first[i]).all()
        assert alone.compared.regret[0] == batch.compared.regret[i]


@pytest.mark.parametrize("kind", KINDS)
def test_contributions_add_up_to_the_score(
    kind: Kind, folder: Path, with_ranker: Callable[[Bundle, Kind], Bundle], world: Any
) -> None:
    bundle = with_ranker(load_bundle(folder), kind)
    n = 400
    rows, arm = np.repeat(np.arange(n), 3), np.tile(np.arange(3), n)
    e = world.examples
    scored = score(bundle, e.features, e.pairs, e.lawful)
    found = attribute(bundle, e.features, e.pairs, rows, arm)
    total = found.base_som + found.values.sum(axis=1) + found.corrections.sum(axis=1)
    assert np.allclose(total, scored.net[rows, arm], rtol=1e-9, atol=1e-9)


def test_contributions_of_usual_practice_are_those_of_shap(
    folder: Path, every_ranker: dict[Kind, list[Ranker]], world: Any
) -> None:
    """Where no share is held within 0..1, base and contributions are shap's own, those of an
    amount and of its ratio to the debt together."""
    import shap

    ranker: Any = every_ranker["constant"][0]
    bundle = replace(load_bundle(folder), ranker=ranker)
    n, e = 200, world.examples
    arm = np.ones(n, dtype=np.int64)
    rows = bundle.design.inputs(e.features, e.pairs).of(np.arange(n), arm)
    inside = (ranker.rates(rows) > 0.01) & (ranker.rates(rows) < 0.99)
    oracle = shap.TreeExplainer(ranker.usual.booster).shap_values(rows.cases)
    found = attribute(bundle, e.features, e.pairs, np.arange(n), arm)
    names, mine = tell_amounts(bundle.design.encoder.columns, oracle * e.outstanding[:n, None])
    at = [found.feature_names.index(name) for name in names]
    assert inside.sum() > 100
    assert np.allclose(found.values[:, at][inside], mine[inside], rtol=1e-6, atol=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_from_its_text_as_it_was(
    kind: Kind, folder: Path, every_ranker: dict[Kind, list[Ranker]], world: Any
) -> None:
    kept: dict[str, Trees] = {}

    def put(name: str, trees: Trees) -> str:
        kept[name] = Trees.from_text(trees.text)
        return name

    ranker = bag(every_ranker[kind])
    text = json.loads(json.dumps(ranker_text(ranker, "full", put)))
    again = ranker_from(text, kept.__getitem__)
    e = world.examples
    inputs = load_bundle(folder).design.inputs(e.features, e.pairs)
    assert (all_rates(again, inputs) == all_rates(ranker, inputs)).all()
    assert again.kind == kind


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
    scored = score(
        load_bundle(folder), world.examples.features, world.examples.pairs, world.examples.lawful
    )
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
    with pytest.raises(DamagedRecordError, match="from one backup"):
        store.champion_version("uz")


def test_the_bundle_holds_no_debtor(folder: Path, world: Any) -> None:
    everything = "".join(p.read_text() for p in folder.rglob("*") if p.is_file())
    assert json.loads((folder / "bundle.json").read_text())["format"] == 4
    assert not any(f'"{d}"' in everything for d in set(world.examples.debtors))
