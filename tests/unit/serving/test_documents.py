"""The bytes of a recommendation depend on the case's own rows alone."""

import json
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from serving.documents import build_document

DAY = date(2026, 4, 1)


@dataclass(frozen=True)
class Answer:
    recommendations: pl.DataFrame
    excluded: pl.DataFrame
    explanations: pl.DataFrame
    unknown: pl.DataFrame
    similar: pl.DataFrame
    what_if: pl.DataFrame
    asking: pl.DataFrame


def answer(*case_ids: str) -> Answer:
    rows = [
        {"case_id": case, "as_of_date": DAY, "rank": rank, "measure": f"m{rank}"}
        for case in case_ids
        for rank in (1, 2)
    ]
    ranked = pl.DataFrame(rows).with_columns(
        expected_net_som=pl.col("rank") * 0.1,
        abstained=pl.lit(False),
        abstain_reason=pl.lit(None, dtype=pl.String),
        estimated_facts=pl.lit([], dtype=pl.List(pl.String)),
    )
    facts = pl.struct(known_on=pl.lit(DAY), value=pl.lit(None, dtype=pl.Float64))
    explained = ranked.select("case_id", "as_of_date", "rank").with_columns(
        contributions=pl.concat_list(facts)
    )
    excluded = ranked.select("case_id", "as_of_date").unique().with_columns(verdict=pl.lit("x"))
    unknown = ranked.select("case_id", "as_of_date").clear()
    similar = unknown.with_columns(rank=pl.lit(1))
    unknown = unknown.with_columns(register=pl.lit("x"))
    return Answer(ranked, excluded, explained, unknown, similar, similar, similar)


def test_a_case_alone_and_in_a_batch_give_the_same_bytes() -> None:
    assert build_document(answer("b"), "b", DAY) == build_document(answer("a", "b", "c"), "b", DAY)


def test_days_lists_and_structs_become_json() -> None:
    document = json.loads(build_document(answer("a"), "a", DAY))
    assert document["explanations"][0]["contributions"] == [
        {"known_on": "2026-04-01", "value": None}
    ]
    assert document["recommendations"][1]["expected_net_som"] == 0.2
    assert (document["case_id"], document["as_of_date"]) == ("a", "2026-04-01")


def test_a_case_without_a_lawful_measure_abstains_and_says_so() -> None:
    found = answer("a")
    nothing = replace(
        found,
        recommendations=found.recommendations.clear(),
        explanations=found.explanations.clear(),
    )
    document = json.loads(build_document(nothing, "a", DAY))
    assert (document["abstained"], document["abstain_reason"]) == (True, "no_lawful_measure")


def test_registers_that_are_not_all_known_stand_in_the_document_of_their_case_alone() -> None:
    found = answer("a", "b")
    lost = pl.DataFrame(
        {"case_id": ["a"], "as_of_date": [DAY], "register": ["vehicles"], "why": ["not_delivered"]}
    )
    frames = replace(found, unknown=lost)
    told = json.loads(build_document(frames, "a", DAY))["unknown_registers"]
    assert told == [{"register": "vehicles", "why": "not_delivered"}]
    assert build_document(frames, "b", DAY) == build_document(found, "b", DAY)
