"""The explanation record: it adds up, names its contrast, and refuses what is not true."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
import pytest

from explain.errors import (
    AdditivityError,
    MisalignedAttributionError,
    MisplacedContributionError,
    MissingFactsError,
    ProtectedReasonError,
    UnlabelledFeatureError,
)
from explain.examples import AS_OF, Example, build_example
from explain.record import SCHEMA, build_explanations
from explain.templates import OLDER_THAN_USUAL
from features.catalogue import FEATURES
from law.catalogue import catalogue
from models.parts import CORRECTIONS
from registers.errors import VerificationError
from registers.legal_orders import legal_order
from registers.texts import LANGUAGES

BY_NAME = {feature.name: feature for feature in FEATURES}


def explained(example: Example, order: str = "uz") -> pl.DataFrame:
    return build_explanations(
        example.features,
        example.ranked,
        example.attribution,
        catalogue(order),
        legal_order(order),
    )


def with_attribution(example: Example, **changed: Any) -> Example:
    changed_parts = replace(example.attribution, **changed)
    return Example(example.features, example.ranked, changed_parts)


def facts_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in row["contributions"] if item["feature"] not in CORRECTIONS]


def test_columns_and_types_are_those_of_the_file() -> None:
    record = explained(build_example(3, 2, seed=1))
    assert dict(record.schema) == dict(SCHEMA)
    assert record.height == 6


def test_no_question_gives_an_empty_record_of_the_same_types() -> None:
    empty = build_example(2, 2, seed=1).only([])
    assert dict(explained(empty).schema) == dict(SCHEMA)


def test_base_and_contributions_read_from_the_record_give_the_expected_amount() -> None:
    example = build_example(20, 3, seed=2)
    record = explained(example)
    for row, expected in zip(
        record.iter_rows(named=True), example.ranked["expected_net_som"], strict=True
    ):
        total = row["base_som"] + sum(c["contribution_som"] for c in row["contributions"])
        assert total == pytest.approx(expected, rel=1e-9, abs=1e-6)
        themes = row["base_som"] + sum(t["contribution_som"] for t in row["theme_totals"])
        assert themes == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_zero_contributions_are_left_out_and_all_others_are_there() -> None:
    example = build_example(5, 2, seed=3)
    record = explained(example)
    for row, values in zip(record["contributions"], example.attribution.values, strict=True):
        listed = [i["feature"] for i in row.to_list() if i["feature"] not in CORRECTIONS]
        names = example.attribution.feature_names
        assert listed == [name for name, v in zip(names, values, strict=True) if v != 0]


def test_values_read_back_exactly() -> None:
    example = build_example(30, 1, seed=4)
    facts = {row["case_id"]: row for row in example.features.iter_rows(named=True)}
    kinds = {feature.name: feature.kind for feature in FEATURES}
    for row in explained(example).iter_rows(named=True):
        for item in facts_of(row):
            fact, text = facts[row["case_id"]][item["feature"]], item["value"]
            if fact is None or kinds[item["feature"]] == "category":
                assert text == fact
            elif kinds[item["feature"]] == "flag":
                assert text == ("true" if fact else "false")
            else:
                assert float(text) == fact


def test_each_contribution_names_its_register_and_both_of_its_days() -> None:
    example = build_example(10, 1, seed=5)
    facts = {row["case_id"]: row for row in example.features.iter_rows(named=True)}
    sources = {feature.name: feature.sources[0].split(".")[0] for feature in FEATURES}
    for row in explained(example).iter_rows(named=True):
        for item in facts_of(row):
            assert item["source_table"] == sources[item["feature"]]
            fact = facts[row["case_id"]]
            part = BY_NAME[item["feature"]].rows
            stamp = item["source_table"] + ("" if part == "all" else f"_{part}")
            assert item["known_on"] == fact[f"known_on_{stamp}"]
            assert item["observed_on"] == fact[f"observed_on_{stamp}"]


def test_an_old_fact_is_marked_where_its_register_usually_speaks_sooner() -> None:
    record = explained(build_example(60, 1, seed=5))
    items = [item for row in record.iter_rows(named=True) for item in facts_of(row)]
    limits = {"accounts": 75, "incomes": 106, "obligations": 81, "businesses": 184}
    seen = set()
    for item in items:
        age = (AS_OF - item["observed_on"]).days if item["observed_on"] else 0
        is_old = age > limits.get(item["source_table"], 10**6)
        assert item["is_stale"] == is_old, item
        seen.add((item["source_table"], is_old))
    assert {("accounts", True), ("accounts", False), ("incomes", True)} <= seen
    assert ("vehicles", True) not in seen


def test_a_reason_that_rests_on_an_old_fact_says_so_in_every_language() -> None:
    example = build_example(60, 1, seed=5)
    words = OLDER_THAN_USUAL.as_dict()
    said = 0
    for row in explained(example).iter_rows(named=True):
        old = {item["feature"] for item in row["contributions"] if item["is_stale"]}
        for reason in row["reasons"]:
            for language in LANGUAGES:
                assert (words[language] in reason[language]) == (reason["feature"] in old)
            said += reason["feature"] in old
    assert said > 0


def test_an_old_fact_changes_no_amount_and_no_order() -> None:
    example = build_example(20, 3, seed=5)
    fresh = example.features.with_columns(
        pl.col(c) + pl.duration(days=10_000)
        for c in example.features.columns
        if c.startswith("observed_on_")
    )
    told = explained(example)
    younger = explained(Example(fresh, example.ranked, example.attribution))
    kept = ["case_id", "measure", "rank", "base_som", "theme_totals", "contrast_to", "unstable"]
    assert told.select(kept).equals(younger.select(kept))
    assert not younger.equals(told)


def test_themes_come_in_one_order_for_every_row() -> None:
    record = explained(build_example(4, 3, seed=6))
    orders = {tuple(t["theme"] for t in row) for row in record["theme_totals"].to_list()}
    assert orders == {
        (
            "income",
            "assets",
            "payment_behaviour",
            "earlier_measures",
            "protection",
            "claim",
            "corrections",
        )
    }


def test_each_measure_is_contrasted_with_the_next_and_the_last_with_none() -> None:
    record = explained(build_example(3, 3, seed=7))
    for _, case in record.group_by("case_id"):
        measures = case["measure"].to_list()
        assert case["contrast_to"].to_list() == [*measures[1:], None]


def test_reasons_and_other_factors_add_up_to_the_advantage_over_the_next_measure() -> None:
    example = build_example(25, 3, seed=8)
    record = explained(example).with_columns(net=example.ranked["expected_net_som"])
    for _, case in record.group_by("case_id"):
        rows = case.sort("rank").to_dicts()
        for mine, other in pairwise(rows):
            told = sum(r["contribution_som"] for r in mine["reasons"])
            rest = mine["other_factors"]["contribution_som"] if mine["other_factors"] else 0.0
            assert told + rest == pytest.approx(mine["net"] - other["net"], abs=1.0)


def test_there_are_at_most_four_reasons_and_the_largest_comes_first() -> None:
    for reasons in explained(build_example(40, 3, seed=9))["reasons"].to_list():
        sizes = [abs(reason["contribution_som"]) for reason in reasons]
        assert 1 <= len(sizes) <= 4
        assert sizes == sorted(sizes, reverse=True)


def test_where_only_averages_differ_the_record_says_so() -> None:
    record = explained(build_example(10, 2, seed=10, silent_facts=True)).filter(pl.col("rank") == 1)
    for row in record.iter_rows(named=True):
        (reason,) = row["reasons"]
        assert reason["reason_code"] == "average_effect"
        assert "the data do not support a difference by this debtor's facts" in reason["en"]
        assert row["other_factors"] is None


def test_a_case_is_told_the_same_alone_and_among_others() -> None:
    example = build_example(30, 3, seed=11)
    together = explained(example)
    for case in ("case-000000", "case-000017"):
        alone = explained(example.only([case]))
        assert alone.equals(together.filter(pl.col("case_id") == case))


def test_a_lighter_measure_before_a_better_one_gives_that_as_its_first_reason() -> None:
    example = build_example(1, 2, seed=12)
    swapped = example.ranked.reverse().with_columns(
        rank=pl.Series([1, 2]),
        in_best_set=pl.lit(True),
        intrusiveness=pl.Series([3, 8], dtype=pl.Int64),
    )
    turned = example.attribution.take(np.array([1, 0]))
    record = explained(Example(example.features, swapped, turned))
    first = record.row(0, named=True)
    assert first["reasons"][0]["reason_code"] == "less_intrusive"
    assert "3 against 8 of 10" in first["reasons"][0]["en"]
    assert len(first["reasons"]) <= 4
    assert record["unstable"].to_list() == [True, True]


def test_a_measure_before_a_better_one_without_being_lighter_says_noise() -> None:
    example = build_example(1, 2, seed=12)
    swapped = example.ranked.reverse().with_columns(
        rank=pl.Series([1, 2]), in_best_set=pl.Series([True, False])
    )
    turned = example.attribution.take(np.array([1, 0]))
    record = explained(Example(example.features, swapped, turned))
    assert record.row(0, named=True)["reasons"][0]["reason_code"] == "within_noise"
    assert record["unstable"].to_list() == [True, False]


@pytest.mark.parametrize(("n_best", "expected"), [(1, [False] * 3), (2, [True, True, False])])
def test_members_of_a_wide_best_set_are_marked_unstable(n_best: int, expected: list[bool]) -> None:
    example = build_example(1, 3, seed=13)
    ranked = example.ranked.with_columns(in_best_set=pl.col("rank") <= n_best)
    record = explained(Example(example.features, ranked, example.attribution))
    assert record["unstable"].to_list() == expected


def test_a_score_that_the_parts_do_not_give_is_refused() -> None:
    example = build_example(3, 2, seed=14)
    base = example.attribution.base_som.copy()
    base[4] += 0.1
    with pytest.raises(AdditivityError, match="1 ranked measures do not add up"):
        explained(with_attribution(example, base_som=base))
    assert issubclass(AdditivityError, VerificationError)


def test_a_fact_with_more_than_the_model_can_give_it_is_refused() -> None:
    """Two contributions changed places: their sum is right, what they say is not."""
    example = build_example(3, 2, seed=14)
    values, reach = example.attribution.values.copy(), example.attribution.reach_som.copy()
    row, (small, large) = values[4], np.argsort(np.abs(values[4]))[[0, -1]]
    reach[4, small] = abs(row[small])
    row[[small, large]] = row[[large, small]]
    with pytest.raises(MisplacedContributionError, match="In 1 ranked measures"):
        explained(with_attribution(example, values=values, reach_som=reach))


def test_corrections_are_listed_by_name_and_come_from_no_register() -> None:
    example = build_example(20, 2, seed=19)
    told = 0
    for row, corrections in zip(
        explained(example)["contributions"].to_list(), example.attribution.corrections, strict=True
    ):
        listed = {i["feature"]: i for i in row if i["feature"] in CORRECTIONS}
        assert [i["feature"] for i in row][len(row) - len(listed) :] == list(listed)
        for name, som in zip(CORRECTIONS, corrections, strict=True):
            assert (name in listed) == (som != 0)
            if name in listed:
                item = listed[name]
                assert item["contribution_som"] == som
                assert item["source_table"] is item["known_on"] is item["observed_on"] is None
                assert item["value"] is None
                told += 1
    assert told > 10


def test_a_correction_is_a_reason_of_its_own_and_never_a_fact_of_the_debtor() -> None:
    example = build_example(10, 3, seed=20)
    large = example.attribution.corrections * 1e4
    net = example.ranked["expected_net_som"] + (large - example.attribution.corrections).sum(axis=1)
    ranked = example.ranked.with_columns(expected_net_som=net)
    record = explained(
        Example(example.features, ranked, replace(example.attribution, corrections=large))
    )
    reasons = [r for row in record["reasons"].to_list() for r in row]
    found = [r for r in reasons if r["reason_code"] in CORRECTIONS]
    assert {r["reason_code"] for r in found} == set(CORRECTIONS)
    assert all(r["feature"] is None for r in found)
    labels = [f.label.en.lower() for f in FEATURES]
    assert not any(r["en"].lower().startswith(label) for r in found for label in labels)


def test_where_no_fact_is_told_the_limits_still_are() -> None:
    """The measures differ by their averages and by what the limits of the share take off."""
    example = build_example(1, 2, seed=10, silent_facts=True)
    corrections = np.array([[0.0, -40_000.0], [0.0, 0.0]])
    net = example.ranked["expected_net_som"].to_numpy() + corrections.sum(axis=1)
    ranked = example.ranked.with_columns(expected_net_som=pl.Series(net))
    changed = replace(example.attribution, corrections=corrections)
    reasons = explained(Example(example.features, ranked, changed))["reasons"].to_list()[0]
    codes = [r["reason_code"] for r in reasons]
    assert codes[-2:] == ["average_effect", "share_limits"]
    assert sum(r["contribution_som"] for r in reasons[-2:]) == pytest.approx(net[0] - net[1])
    assert "more than is owed" in reasons[-1]["en"]


def test_a_correction_without_words_is_refused() -> None:
    example = build_example(1, 2, seed=16)
    with pytest.raises(UnlabelledFeatureError, match="mystery_limit"):
        explained(with_attribution(example, correction_names=("share_limits", "mystery_limit")))


def test_a_contribution_that_is_no_number_is_refused() -> None:
    example = build_example(3, 2, seed=14)
    values = example.attribution.values.copy()
    values[2, 5] = np.nan
    with pytest.raises(AdditivityError):
        explained(with_attribution(example, values=values))


def test_contributions_of_other_rows_are_refused() -> None:
    example = build_example(3, 2, seed=15)
    with pytest.raises(MisalignedAttributionError):
        explained(with_attribution(example, values=example.attribution.values[:-1]))


def test_a_protected_attribute_is_never_a_reason() -> None:
    example = build_example(1, 2, seed=16)
    names = ("sex", *example.attribution.feature_names[1:])
    with pytest.raises(ProtectedReasonError, match="sex"):
        explained(with_attribution(example, feature_names=names))


def test_a_fact_without_a_label_is_refused() -> None:
    example = build_example(1, 2, seed=16)
    names = ("mystery_index", *example.attribution.feature_names[1:])
    with pytest.raises(UnlabelledFeatureError, match="mystery_index"):
        explained(with_attribution(example, feature_names=names))


def test_a_ranked_case_without_facts_is_refused() -> None:
    example = build_example(2, 2, seed=17)
    with pytest.raises(MissingFactsError, match="1 ranked cases"):
        explained(Example(example.features[1:], example.ranked, example.attribution))


def test_amounts_of_the_trial_are_told_in_dollars() -> None:
    example = build_example(3, 3, seed=18, legal_order="philadelphia")
    texts = explained(example, "philadelphia")["reasons"].to_list()
    assert all("US dollars" in reason["en"] for row in texts for reason in row)
    assert not any("soʻm" in reason["uz_Latn"] for row in texts for reason in row)
