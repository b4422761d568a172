"""When a whole table is warned of and when it is stopped: the last figure that passes and on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from registers.legal_orders import legal_order
from registers.tables import TABLES
from registers.uzbek import words
from registers.validation.expectations import record_measures
from registers.validation.findings import SENTENCES, find
from registers.validation.plausibility import (
    Extract,
    Measure,
    measure_set_aside,
    measure_table,
)
from registers.validation.portrait import (
    LEAST_ROWS,
    Portrait,
    PortraitPainter,
    population_shift,
)
from registers.validation.reasons import Reason

TABLE = TABLES["incomes"].under(legal_order("uz"))
DAY = date(2026, 4, 1)
RULE = Reason(
    "wrong_type",
    "gross_som",
    4812,
    (0, 1, 2),
    words(
        uz="`gross_som` butun summa emas.",
        ru="`gross_som` не целая сумма.",
        en="`gross_som` is not a whole amount.",
    ),
)


def rows(n: int, **columns: Any) -> pl.DataFrame:
    """`n` incomes of as many debtors, from 2 to 4 million som, reported in March 2026."""
    made = {
        "debtor_id": [f"debtor-{i}" for i in range(n)],
        "month": date(2026, 2, 1),
        "payer_id": "payer-0",
        "kind": "wage",
        "gross_som": [2_000_000 + 2_000_000 * i // max(n, 1) for i in range(n)],
        "tax_som": 240_000,
        "reported_on": date(2026, 3, 10),
    }
    return pl.DataFrame({**made, **columns}, schema_overrides=dict(TABLE.schema))


def portrait(*frames: pl.DataFrame) -> Portrait:
    painter = PortraitPainter(TABLE)
    for frame in frames:
        painter.add(frame)
    return painter.portrait()


def findings(
    now: Portrait, last: Portrait | None = None, n_debtors: int = 1000, day: date | None = DAY
) -> dict[str, str]:
    measures = measure_table(TABLE, now, Extract(day, n_debtors, last))
    record_measures(measures)  # both judges agree, or this raises
    return {f.name.removeprefix("incomes."): f.level for f in find("incomes", measures, ())}


def test_a_table_like_the_last_one_raises_no_finding() -> None:
    assert findings(portrait(rows(500)), portrait(rows(500))) == {}


@pytest.mark.parametrize(
    ("n_rows", "level"),
    [(99, "stop"), (100, "warn"), (399, "warn"), (400, None), (750, None), (751, "warn"),
     (2500, "warn"), (2501, "stop")],
)  # fmt: skip
def test_rows_against_the_last_extract(n_rows: int, level: str | None) -> None:
    now = Portrait(n_rows=n_rows, n_debtors=500)
    assert findings(now, portrait(rows(500))).get("row_count") == level


def test_a_small_last_extract_is_no_measure() -> None:
    assert "row_count" not in findings(Portrait(n_rows=1, n_debtors=1), portrait(rows(49)))


@pytest.mark.parametrize(("n_debtors", "level"), [(199, None), (200, "stop")])
def test_an_empty_table_of_an_agency_stops_where_there_are_debtors(
    n_debtors: int, level: str | None
) -> None:
    assert findings(Portrait(), n_debtors=n_debtors).get("empty_table") == level


def test_an_empty_table_of_the_bureau_may_be_true() -> None:
    measures = measure_table(TABLES["appeals"], Portrait(), Extract(DAY, 10_000))
    assert find("appeals", measures, ()) == []


@pytest.mark.parametrize(("n", "level"), [(99, None), (100, "warn"), (499, "warn"), (500, "stop")])
def test_one_amount_in_every_row_stops_the_table(n: int, level: str | None) -> None:
    found = findings(portrait(rows(n, gross_som=3_000_000)))
    assert found.get("constant_column.gross_som") == level


def test_one_different_amount_in_a_later_batch_is_enough() -> None:
    frames = [rows(200, gross_som=3_000_000), rows(1, gross_som=3_000_001)]
    assert "constant_column.gross_som" not in findings(portrait(*frames))


def test_thousands_of_som_are_found_without_a_last_extract() -> None:
    thousands = rows(500).with_columns(pl.col("gross_som") // 1000, tax_som=240)
    assert findings(portrait(thousands)).get("unusual_scale.gross_som") == "stop"
    assert findings(portrait(thousands[:499])).get("unusual_scale.gross_som") == "warn"


def test_a_unit_that_changed_since_the_last_extract_is_found() -> None:
    thousands = rows(500).with_columns(pl.col("gross_som") // 1000)
    found = findings(portrait(thousands), portrait(rows(500)))
    assert found.get("scale_changed.gross_som") == "stop"


def test_a_unit_that_changed_within_the_extract_is_found() -> None:
    months = [date(2025, 12, 10), date(2026, 1, 10), date(2026, 2, 10)]
    before = [rows(100, reported_on=month) for month in months]
    after = rows(60).with_columns(pl.col("gross_som") // 1000)
    assert findings(portrait(*before, after)).get("scale_jumped.gross_som") == "stop"
    assert "scale_jumped.gross_som" not in findings(portrait(*before, rows(60)))


def test_a_rise_of_incomes_is_no_change_of_unit() -> None:
    raised = rows(500).with_columns(pl.col("gross_som") * 2)
    assert "scale_changed.gross_som" not in findings(portrait(raised), portrait(rows(500)))


def test_debtors_that_went_missing_are_warned_of_and_then_stop() -> None:
    last = portrait(rows(500))
    for n, level in [(450, None), (449, "warn"), (250, "warn"), (249, "stop")]:
        now = pl.concat([rows(n), rows(500 - n).with_columns(debtor_id=pl.lit("debtor-0"))])
        assert findings(portrait(now), last).get("debtors_lost") == level, n


def test_values_spread_otherwise_are_warned_of() -> None:
    kinds = ["pension" if i % 2 else "wage" for i in range(500)]
    found = findings(portrait(rows(500, kind=kinds)), portrait(rows(500)))
    assert found.get("shifted_values.kind") == "warn"


def test_a_column_that_was_left_empty_stops_the_table() -> None:
    table = TABLES["cases"].under(legal_order("uz"))
    last = Portrait(n_rows=500, missing={"served_on": 100})
    for n, level in [(150, None), (151, "warn"), (350, "warn"), (351, "stop")]:
        now = Portrait(n_rows=500, missing={"served_on": n})
        found = find("cases", measure_table(table, now, Extract(DAY, 0, last)), ())
        assert {f.measure.code: f.level for f in found} == (
            {"more_missing": level} if level else {}
        )


@pytest.mark.parametrize(("days", "level"), [(75, None), (76, "warn")])
def test_an_agency_that_is_late_is_warned_of(days: int, level: str | None) -> None:
    day = date(2026, 3, 10) + timedelta(days=days)
    assert findings(portrait(rows(500)), day=day).get("late_agency") == level


def test_a_register_of_changes_may_be_silent_for_long() -> None:
    for name, n, heard in [("vehicles", 5000, False), ("cases", 499, False), ("cases", 500, True)]:
        now = Portrait(n_rows=n, last_reported="2024-01-01")
        codes = {m.code for m in measure_table(TABLES[name], now, Extract(DAY, 1000))}
        assert ("late_agency" in codes) is heard, (name, n)


def test_a_shift_that_chance_may_bring_to_a_small_table_is_no_finding() -> None:
    few, many = (
        (
            portrait(rows(n)),
            portrait(rows(n, kind=["pension" if i % 9 else "wage" for i in range(n)])),
        )
        for n in (50, 5000)
    )
    small = [Portrait(n_rows=60, values={"kind": {"wage": n, "pension": 60 - n}}) for n in (22, 38)]
    large = [
        Portrait(n_rows=6000, values={"kind": {"wage": 100 * n, "pension": 6000 - 100 * n}})
        for n in (22, 38)
    ]
    assert "shifted_values.kind" not in findings(small[1], small[0])
    assert findings(large[1], large[0]).get("shifted_values.kind") == "warn"
    assert findings(few[1], few[0]).get("shifted_values.kind") == "warn"
    assert findings(many[1], many[0]).get("shifted_values.kind") == "warn"


def test_few_debtors_with_a_row_are_warned_of() -> None:
    assert findings(portrait(rows(100)), n_debtors=1000).get("low_coverage") is None
    assert findings(portrait(rows(100)), n_debtors=1001).get("low_coverage") == "warn"


def test_a_person_may_let_a_stop_pass_by_its_name() -> None:
    measures = measure_table(TABLE, Portrait(), Extract(DAY, 1000))
    (stop,) = find("incomes", measures, ())
    assert stop.level == "stop"
    assert "--accept incomes.empty_table" in stop.sentence
    (passed,) = find("incomes", measures, ("incomes.empty_table",))
    assert passed.level == "warn"
    assert "Accepted by the operator" in passed.sentence


def test_every_check_has_its_sentence_in_four_languages() -> None:
    last = portrait(rows(500))
    worst = rows(2600, gross_som=3, kind="pension").with_columns(debtor_id=pl.lit("debtor-0"))
    measures: list[Measure] = [
        *measure_table(TABLE, portrait(worst), Extract(date(2027, 1, 1), 9000, last)),
        *measure_table(TABLE, Portrait(), Extract(DAY, 1000)),
        *measure_set_aside(100, 60, 60),
        *measure_set_aside(100, 0, 0),
    ]
    found = find("incomes", measures, (), [RULE])
    assert {f.measure.code for f in found} >= {"row_count", "empty_table", "late_agency"}
    for finding in found:
        for text in finding.texts.as_dict().values():
            assert "{" not in text
            assert text.endswith(".")
    # both_orders comes from reading the columns, not from the figures of the table.
    of_others = {"more_missing", "scale_jumped", "both_orders"}
    assert {m.code for m in measures} | of_others == set(SENTENCES)


@pytest.mark.parametrize(
    ("read", "set_aside", "found"),
    [
        (1000, 0, {}),
        (1000, 49, {}),
        (1000, 50, {"rows_set_aside": "warn"}),
        (1000, 499, {"rows_set_aside": "warn"}),
        (1000, 500, {"rows_set_aside": "stop"}),
        (1000, 1000, {"all_rows_set_aside": "stop"}),
        (99, 5, {}),  # of few rows one or two are no part of it
        (50, 24, {}),
        (50, 25, {"rows_set_aside": "stop"}),
        (49, 25, {"rows_set_aside": "warn"}),
        (50, 50, {"all_rows_set_aside": "stop"}),
        (1, 1, {"all_rows_set_aside": "warn"}),  # no table passes in silence
    ],
)
def test_five_percent_set_aside_warns_and_half_of_a_table_stops(
    read: int, set_aside: int, found: dict[str, str]
) -> None:
    measures = measure_set_aside(read, read - set_aside, read - set_aside)
    record_measures(measures)
    assert {f.measure.code: f.level for f in find("incomes", measures, ())} == found


def test_an_increment_that_cannot_be_read_leaves_the_rows_before_it() -> None:
    (found,) = find("incomes", measure_set_aside(60, 0, 5000), ())
    assert (found.measure.code, found.level) == ("rows_set_aside", "stop")


def test_half_a_table_set_aside_passes_by_name() -> None:
    measures = measure_set_aside(1000, 400, 400)
    passed = find("incomes", measures, ["incomes.rows_set_aside"])
    assert [f.level for f in passed] == ["warn"]
    assert "Accepted by the operator" in passed[0].sentence


def test_the_sentence_names_the_row_rule_behind_it_where_one_set_most_rows_aside() -> None:
    measures = measure_set_aside(4812, 0, 0)
    (found,) = find("incomes", measures, (), [RULE])
    assert "In 4\u00a0812 of 4\u00a0812 rows the reason is one: `gross_som`" in found.sentence
    mixed = [replace(RULE, n_rows=50), replace(RULE, code="orphan", n_rows=50)]
    (found,) = find("incomes", measure_set_aside(100, 0, 0), (), mixed)
    assert "the reason is one" not in found.sentence


def test_a_small_table_keeps_nothing_but_its_counts() -> None:
    small = portrait(rows(LEAST_ROWS - 1))
    assert small == Portrait(n_rows=LEAST_ROWS - 1, n_debtors=LEAST_ROWS - 1)


def test_a_portrait_comes_back_from_its_report() -> None:
    painted = portrait(rows(500))
    assert Portrait.from_dict(painted.as_dict()) == painted
    assert Portrait.from_dict({"n_rows": 3, "of_a_later_version": 1}) == Portrait(n_rows=3)


def test_the_median_is_right_within_an_eighth() -> None:
    assert portrait(rows(500)).median("gross_som") == pytest.approx(3_000_000, rel=0.125)


def test_batches_paint_the_portrait_of_the_whole() -> None:
    whole = rows(500, kind=["pension" if i % 3 else "wage" for i in range(500)])
    assert portrait(*whole.iter_slices(7)) == portrait(whole)


def test_the_stability_index_is_that_of_siddiqi() -> None:
    assert population_shift({"a": 50, "b": 50}, {"a": 500, "b": 500}) == 0
    # (0.6-0.5) ln(0.6/0.5) + (0.4-0.5) ln(0.4/0.5)
    assert population_shift({"a": 60, "b": 40}, {"a": 50, "b": 50}) == pytest.approx(
        0.0405, abs=1e-4
    )
    assert population_shift({}, {"a": 1}) == 0
