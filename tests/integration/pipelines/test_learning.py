"""Training, evaluating and promoting through the recipes."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from law.catalogue import catalogue
from models.errors import GateFailedError, NoModelError, TooFewExamplesError, UnknownModelError
from models.examples import build_examples, logged_decisions, reporting_lag_days
from models.off_policy import ESTIMATORS
from models.origin import read_origin
from models.overlap import MIN_EFFECTIVE_N
from models.promotion import confirm, propose
from models.registry import Store, choose_model
from models.sensitivity import LARGEST
from pipelines.evaluate import evaluate_logged
from pipelines.evaluation_page import evaluation_page
from pipelines.from_logs import OTHERS, SMALLEST_GROUP
from pipelines.profile import profile
from pipelines.questions import QuestionsError, read_questions
from pipelines.train import train_candidate
from pipelines.truth import NoTruthError, true_value
from registers.delays import reporting_delays
from registers.examples import registers_of
from registers.lineage import load_lineage
from registers.snapshot import Snapshot
from tests.integration.pipelines.conftest import AS_OF, SETTINGS
from tests.integration.pipelines.house import House


def test_examples_are_decisions_whose_window_had_closed_and_was_reported(house: House) -> None:
    registers = house.registers
    decisions, left_out = logged_decisions(registers, AS_OF)
    lag = reporting_lag_days(reporting_delays(registers, AS_OF))
    newest = decisions["as_of_date"].max()
    assert isinstance(newest, date)
    assert (AS_OF - newest).days >= 180 + lag
    assert left_out["outcome_window_open"] > 0


def test_what_was_reported_after_the_day_of_training_is_not_learned_from(house: House) -> None:
    day = date(2025, 10, 1)
    early = build_examples(house.registers, day, min_per_measure=30)
    known = {
        name: table.filter(pl.col("reported_on") <= day)
        for name, table in house.registers.tables.items()
    }
    registers = registers_of({})
    cut = type(registers)(
        tables=known,
        absent=frozenset(),
        legal_order=registers.legal_order,
        source_hash="cut",
        as_of=day,
    )
    again = build_examples(cut, day, min_per_measure=30)
    assert early.measures == again.measures
    assert (early.recovered == again.recovered).all()
    assert early.features.drop("point_id").equals(again.features.drop("point_id"))


def test_a_candidate_answers_until_somebody_promotes_a_champion(
    house: House, tmp_path: Path
) -> None:
    bundle, sentence = choose_model(house.store, "uz")
    assert bundle.version == "uz-1"
    assert sentence == "No champion yet: model uz-1, the newest candidate."
    with pytest.raises(UnknownModelError, match="No model uz-9 in this store"):
        choose_model(house.store, "uz", "uz-9")
    with pytest.raises(NoModelError, match="chora train"):
        choose_model(Store(tmp_path), "uz")


def test_a_second_training_is_the_next_version_and_only_two_people_promote(
    house: House, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    first = train_candidate(house.registers, AS_OF, store, SETTINGS)
    second = train_candidate(house.registers, AS_OF, store, SETTINGS)
    assert (first.version, second.version) == ("uz-1", "uz-2")
    trees = [sorted((store.models / v / "trees").iterdir()) for v in ("uz-1", "uz-2")]
    assert [p.read_bytes() for p in trees[0]] == [p.read_bytes() for p in trees[1]]
    passing = _with_gates(store, "uz-2", passed=True)
    propose(store, passing, by="K. Analyst", reason="same as before, new day")
    assert choose_model(store, "uz")[1].startswith("No champion yet")
    confirm(store, passing, by="B. Yusupov", reason="the same trees")
    record = store.champion_record("uz")
    assert record is not None
    assert (record["version"], record["by"]) == ("uz-2", "B. Yusupov")
    assert choose_model(store, "uz")[1] == "Model uz-2, the champion."
    failing = _with_gates(store, "uz-1", passed=False)
    with pytest.raises(GateFailedError, match="uz-1 was not promoted: too bad"):
        propose(store, failing, by="K. Analyst", reason="hurry")
    assert store.champion_version("uz") == "uz-2"


def _with_gates(store: Store, version: str, *, passed: bool) -> str:
    """The version with one gate of that outcome, its files' hashes made right again."""
    folder = store.models / version
    report = json.loads((folder / "report.json").read_text())
    report["gates"] = [{"name": "test", "passed": passed, "sentence": "too bad"}]
    text = json.dumps(report)
    (folder / "report.json").write_text(text)
    body = json.loads((folder / "bundle.json").read_text())
    body["files"]["report.json"] = hashlib.sha256(text.encode()).hexdigest()
    (folder / "bundle.json").write_text(json.dumps(body))
    return version


def test_mlflow_holds_the_run_with_its_figures_and_the_hash_of_the_data(house: House) -> None:
    from models.tracking import Tracking

    client = Tracking(house.store.folder).client
    version = client.get_model_version("chora-uz", "1")
    run = client.get_run(version.run_id)
    assert run.data.tags["data_hash"] == house.registers.source_hash
    assert run.data.metrics["n_examples"] > 300
    assert run.data.params["n_folds"] == "3"
    assert {f.path for f in client.list_artifacts(version.run_id)} == {"bundle"}


def test_mlflow_holds_where_the_tables_of_a_run_came_from(house: House, tmp_path: Path) -> None:
    from models.tracking import Tracking

    lineage = load_lineage(house.tables)
    client = Tracking(house.store.folder).client
    run = client.get_run(client.get_model_version("chora-uz", "1").run_id)
    assert run.data.tags["sources"] == "; ".join(one.source for one in lineage.extracts)
    text = lineage.as_text()
    assert run.data.tags["lineage_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    kept = client.download_artifacts(run.info.run_id, "bundle/lineage.json", str(tmp_path))
    assert Path(kept).read_text(encoding="utf-8") == text
    assert read_origin(house.store.models / house.result.version).lineage == lineage


def test_the_evaluation_says_what_officers_and_ranking_are_worth(house: House) -> None:
    report = evaluate_logged(house.registers, house.bundle)
    values = report["values"]
    assert values["officers"]["value"] > 0
    for name in ("best_expected", "as_shown"):
        hidden = values[name]["sensitivity"]
        assert hidden["point"] is None or 1.0 <= hidden["point"] <= LARGEST
        assert hidden["sure"] is None or hidden["sure"] <= hidden["point"]
    for unit, name in product(("values", "shares"), ESTIMATORS):
        estimate = report[unit]["best_expected"][name]
        assert estimate["low"] <= estimate["value"] <= estimate["high"]
    assert 0 < report["shares"]["officers"]["value"] < 1
    assert report["shares"]["as_shown"]["overlap"] == values["as_shown"]["overlap"]
    groups = {(g["attribute"], g["group"]) for g in report["groups"]}
    assert {("sex", "f"), ("sex", "m"), ("kind", "individual")} <= groups


def test_the_evaluation_says_where_logs_can_tell_and_what_budgets_bring(house: House) -> None:
    report = evaluate_logged(house.registers, house.bundle)
    measures = {m["measure"]: m for m in report["overlap"]["measures"]}
    for m in measures.values():
        assert m["n_taken"] <= m["n"]
        assert m["n_used"] == m["n_taken"]
        assert m["effective_n"] <= m["n_taken"] + 1e-9
        assert m["effective_n"] >= MIN_EFFECTIVE_N or not m["tells"]
    regions = report["overlap"]["regions"]
    assert sum(r["n"] for r in regions) == report["n_decisions"]
    assert all(r["n"] >= SMALLEST_GROUP for r in regions if r["region"] != OTHERS)
    weights = {m.id: m.intrusiveness for m in catalogue("uz").values()}
    for curve in report["qini"].values():
        used = [p["used"] for p in curve["points"]]
        assert used == sorted(used)
        assert min(weights.values()) <= used[0] < used[-1] <= max(weights.values())
        officers = [p for p in curve["points"] if p["budget"] == curve["officers_intrusiveness"]]
        assert len(officers) == 1
    page = evaluation_page(report)
    for m in measures:
        assert catalogue("uz")[m].names.en in page
    two_steps = report["two_steps"]
    assert two_steps["n"] + sum(two_steps["left_out"].values()) == report["n_decisions"]
    assert two_steps["is_used"] is False
    assert two_steps["sentence"] in page
    told = report["shares"]["as_shown"]["overlap"]["tells"]
    assert ("these logs cannot tell | these logs cannot tell" in page) is not told


def test_the_truth_is_compared_where_a_nation_tells_it(house: House, tmp_path: Path) -> None:
    truth = true_value(house.registers, house.bundle, house.nation / "truth")
    assert truth["chosen_best_expected"] <= truth["optimum"]
    assert truth["officers"] <= truth["optimum"]
    assert truth["refused_by_truth"] == 0
    with pytest.raises(NoTruthError, match="chora nation"):
        true_value(house.registers, house.bundle, tmp_path)


def test_only_questions_with_a_simulated_truth_are_compared(house: House, tmp_path: Path) -> None:
    """A large nation has a truth for a part of its questions."""
    shutil.copytree(house.nation / "truth", tmp_path / "truth")
    shutil.copy(house.nation / "questions.parquet", tmp_path)
    known = pl.read_parquet(tmp_path / "truth" / "truth.parquet")
    some = known["case_id"].unique().sort()[:40]
    known.filter(pl.col("case_id").is_in(some.implode())).write_parquet(
        tmp_path / "truth" / "truth.parquet"
    )
    truth = true_value(house.registers, house.bundle, tmp_path / "truth")
    assert 30 <= truth["n_cases"] <= 40
    assert truth["refused_by_truth"] == 0
    assert 0 < truth["chosen_as_shown"] <= truth["optimum"]


def test_registers_without_decisions_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TooFewExamplesError, match="Only 0 past decisions"):
        train_candidate(registers_of({"payments": []}), AS_OF, Store(tmp_path), SETTINGS)


def test_the_profile_has_a_row_for_every_open_money_claim(house: House) -> None:
    frame = profile(house.registers, AS_OF)
    assert frame["case_id"].is_sorted()
    assert frame["case_id"].is_unique().all()
    assert set(house.questions["case_id"]) <= set(frame["case_id"])
    closed = Snapshot(house.registers, AS_OF).table("cases").filter(pl.col("closed_on") <= AS_OF)
    assert not set(closed["case_id"]) & set(frame["case_id"])
    assert profile(house.registers, date(2001, 1, 1)).is_empty()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("case_id\nC1\n", "the column as_of_date is missing"),
        ("", "cannot be read"),
        ("\0\0", "cannot be read"),
        ('case_id,as_of_date\n"C1,2026-04-01\n', "stray quotation mark"),
        ("case_id,as_of_date\n3.00012E+14,2026-04-01\n", "a spreadsheet shows"),
        ("case_id,as_of_date\nC1,2026-03-31 19:00:00\n", "19:00 without a time zone"),
    ],
)
def test_bad_questions_are_named(content: str, what: str, tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_text(content)
    with pytest.raises(QuestionsError, match=what):
        read_questions(file)
    with pytest.raises(QuestionsError, match="there is no such file"):
        read_questions(tmp_path / "nothing.parquet")
