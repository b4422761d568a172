"""What a recommendation promises, on registers, law and model together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from law.engine import check_measure
from models.errors import OtherLegalOrderError
from pipelines.recommend import FRAMES, Recommendations, recommend, recommend_into
from registers.extract import Registers
from registers.legal_orders import LEGAL_ORDERS
from serving.documents import build_document
from tests.integration.pipelines.house import House


@pytest.fixture(scope="module")
def answers(house: House) -> Recommendations:
    return recommend(house.registers, house.questions, house.bundle)


def test_asking_twice_gives_the_same_bytes(
    house: House, answers: Recommendations, tmp_path: Path
) -> None:
    again = recommend(house.registers, house.questions.reverse(), house.bundle)
    answers.write(tmp_path / "first")
    again.write(tmp_path / "second")
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_answers_written_batch_by_batch_are_the_same_bytes(
    batch: int,
    house: House,
    answers: Recommendations,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = house.questions.sort("case_id")[:40]
    asked = pl.concat([few, few[3:5]])  # two questions are asked twice
    recommend(house.registers, asked, house.bundle).write(tmp_path / "whole")
    monkeypatch.setattr("pipelines.recommend.BATCH", batch)
    steps: list[str] = []
    told = recommend_into(tmp_path / "parts", house.registers, asked, house.bundle, 3, steps.append)
    for name in FRAMES:
        whole, parts = (tmp_path / of / f"{name}.parquet" for of in ("whole", "parts"))
        assert parts.read_bytes() == whole.read_bytes(), name
    ranked = pl.read_parquet(tmp_path / "parts" / "recommendations.parquet")
    cases = ranked.unique(["case_id", "as_of_date"])
    assert (told.n_ranked, told.n_abstained) == (cases.height, cases["abstained"].sum())
    assert len(steps) >= 40 / batch


def test_questions_that_could_not_be_read_stand_with_the_others_set_aside(
    house: House, tmp_path: Path
) -> None:
    unread = pl.DataFrame(
        {
            "case_id": ["A0"],
            "as_of_date": [None],
            "reason_code": ["not_a_date"],
            "reason": ["It is no day."],
        },
        schema_overrides={"as_of_date": pl.Date},
    )
    asked = pl.DataFrame({"case_id": ["nobody"], "as_of_date": [date(2026, 4, 1)]})
    told = recommend_into(tmp_path, house.registers, asked, house.bundle, others=unread)
    assert told.set_aside["case_id"].to_list() == ["A0", "nobody"]
    assert pl.read_parquet(tmp_path / "set_aside.parquet").equals(told.set_aside)
    assert pl.read_parquet(tmp_path / "recommendations.parquet").is_empty()


def test_a_case_alone_gives_the_bytes_of_the_batch(house: House, answers: Recommendations) -> None:
    registers, bundle = house.registers, house.bundle
    for case_id, as_of in house.questions.sort("case_id").rows()[::17]:
        question = pl.DataFrame({"case_id": [case_id], "as_of_date": [as_of]})
        alone = recommend(registers.for_case(case_id), question, bundle)
        assert build_document(alone, case_id, as_of) == build_document(answers, case_id, as_of)


def test_rows_reported_later_change_nothing(house: House, answers: Recommendations) -> None:
    """Every table is given rows that say something else, reported a day after the question."""
    registers, day = house.registers, date(2026, 4, 2)
    later = {
        name: pl.concat([table, table.sample(fraction=0.3, seed=1).with_columns(reported_on=day)])
        for name, table in registers.tables.items()
    }
    money = later["payments"].with_columns(
        amount_som=pl.when(pl.col("reported_on") == day)
        .then(pl.col("amount_som") * 7)
        .otherwise(pl.col("amount_som"))
    )
    changed = Registers(
        tables=later | {"payments": money},
        absent=registers.absent,
        legal_order=registers.legal_order,
        source_hash=registers.source_hash,
        as_of=day,
    )
    again = recommend(changed, house.questions, house.bundle)
    for case_id, as_of in house.questions.rows():
        assert build_document(again, case_id, as_of) == build_document(answers, case_id, as_of)


def test_every_ranked_measure_is_lawful_by_the_law_alone(
    house: House, answers: Recommendations
) -> None:
    registers = house.registers
    for case_id, as_of, measure in (
        answers.recommendations.select("case_id", "as_of_date", "measure").sort("case_id").rows()
    )[::5]:
        assert check_measure(registers, case_id, measure, as_of).verdict == "lawful"


def test_every_measure_of_the_catalogue_is_ranked_or_excluded_with_its_article(
    house: House,
) -> None:
    everything = recommend(house.registers, house.questions, house.bundle, top=19)
    both = pl.concat(
        [f.select("case_id", "measure") for f in (everything.recommendations, everything.excluded)]
    )
    assert both.is_unique().all()
    assert set(both.group_by("case_id").len()["len"]) == {len(LEGAL_ORDERS["uz"].measures)}
    assert everything.excluded["article"].str.len_chars().min() > 0  # type: ignore[operator]


def test_ranks_begin_at_one_and_intervals_hold_the_expectation(answers: Recommendations) -> None:
    r = answers.recommendations
    ranks = r.group_by("case_id").agg(pl.col("rank").sort())["rank"].to_list()
    assert all(found == list(range(1, len(found) + 1)) for found in ranks)
    assert (r["low_som"] <= r["expected_net_som"]).all()
    assert (r["expected_net_som"] <= r["high_som"]).all()
    assert r["recovery_rate"].is_between(0, 1).all()


def test_contributions_add_up_to_the_expected_amount(answers: Recommendations) -> None:
    total = answers.explanations.select(
        "case_id",
        "measure",
        total=pl.col("base_som")
        + pl.col("contributions")
        .list.eval(pl.element().struct.field("contribution_som"))
        .list.sum(),
    )
    both = answers.recommendations.join(total, on=["case_id", "measure"])
    assert both.height == answers.recommendations.height
    gap = (both["total"] - both["expected_net_som"]).abs()
    assert (gap <= 1e-9 * (1 + both["expected_net_som"].abs() + both["total"].abs()) * 100).all()


def test_questions_that_cannot_be_answered_are_set_aside_with_a_reason(house: House) -> None:
    known = house.questions.row(0)
    asked = pl.DataFrame(
        {
            "case_id": [known[0], "C-nobody", known[0]],
            "as_of_date": [known[1], known[1], known[1] - timedelta(days=4000)],
        }
    )
    answers = recommend(house.registers, asked, house.bundle)
    assert answers.recommendations["case_id"].unique().to_list() == [known[0]]
    assert answers.set_aside.height == 2
    assert (answers.set_aside["reason"].str.len_chars() > 20).all()


def test_a_model_of_another_legal_order_is_refused(house: House) -> None:
    bundle = replace(house.bundle, legal_order="philadelphia")
    with pytest.raises(OtherLegalOrderError, match="trained under the legal order philadelphia"):
        recommend(house.registers, house.questions, bundle)
