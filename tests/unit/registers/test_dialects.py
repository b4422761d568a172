"""What a column proves of the dialect in which it is written, and what stops its table."""

from datetime import date, datetime

import polars as pl
import pytest

from registers.contract import Column, Table
from registers.errors import TableRefusedError
from registers.validation.cells import plain_cells, read_cells
from registers.validation.evidence import Evidence, gather_evidence
from registers.validation.repairs import prepared, repair
from registers.validation.unproven import refuse_unproven

PROBE = Table(
    name="probe",
    owner="nobody",
    key=("some_id",),
    columns=(
        Column("some_id", "id", nullable=True),
        Column("amount_som", "som", nullable=True),
        Column("area", "float", nullable=True),
        Column("is_so", "bool", nullable=True),
        Column("day", "date", nullable=True),
        Column("note", "text", nullable=True),
        Column("burden", "text", nullable=True, values=("none", "pledge")),
    ),
)
NO_BREAK, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
JAN_5 = date(2026, 1, 5)


def evidence_of(frame: pl.DataFrame) -> Evidence:
    """Gathered cell by cell: what a column proves depends on no batch."""
    plain = prepared(PROBE, plain_cells(PROBE, frame))
    return gather_evidence(PROBE, (plain[n] for n in range(plain.height)))


def probe(column: str, values: list[object] | pl.Series) -> pl.DataFrame:
    cells = values if isinstance(values, pl.Series) else pl.Series(values)
    others = [c.name for c in PROBE.columns if c.name != column]
    texts = {name: pl.Series([None] * len(cells), dtype=pl.String) for name in others}
    return pl.DataFrame({**texts, column: cells})


def read(column: str, values: list[object] | pl.Series) -> list[object]:
    """What validation reads; raises TableRefusedError."""
    frame = probe(column, values)
    evidence = evidence_of(frame)
    refuse_unproven(PROBE, "probe.csv", evidence)
    mended = repair(PROBE, plain_cells(PROBE, frame), evidence).frame
    return read_cells(PROBE, mended)[column].to_list()


def refusal(column: str, values: list[object] | pl.Series) -> str:
    with pytest.raises(TableRefusedError) as refused:
        read(column, values)
    assert column in str(refused.value)
    return refused.value.reason_code


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["t", "F", "T"], [True, False, True]),
        (["1", "0", "1.0"], [True, False, True]),
        (["yes", "NO", "Yes"], [True, False, True]),
        (["y", "n", "n"], [True, False, False]),
        (["Ha", "yoʻq", "yo'q"], [True, False, False]),
        (["ҳа", "йўқ", "Ҳа"], [True, False, True]),
        (["Да", "нет", "да"], [True, False, True]),
        (["ИСТИНА", "ЛОЖЬ", None], [True, False, None]),
        (["f", "f", "f"], [False, False, False]),
        (["True", "FALSE", "true"], [True, False, True]),
        (pl.Series([1, 0, None]), [True, False, None]),
        (pl.Series([1.0, 0.0, None]), [True, False, None]),
    ],
)
def test_a_whole_column_proves_how_true_is_written(
    words: list[object] | pl.Series, expected: list[object]
) -> None:
    assert read("is_so", words) == expected


@pytest.mark.parametrize(
    "words",
    [["t", "f", "x"], ["1", "0", "2"], ["t", "1", "0"], ["yes", "да"], pl.Series([0.0, 1.0, 2.0])],
)
def test_a_column_that_contradicts_its_dialect_of_truth_refuses_the_table(
    words: list[object] | pl.Series,
) -> None:
    assert refusal("is_so", words) == "mixed_booleans"


def test_one_slip_among_true_and_false_costs_its_row_alone() -> None:
    assert read("is_so", ["true"] * 9 + ["t"]) == [True] * 9 + [None]


@pytest.mark.parametrize("space", [" ", NO_BREAK, NARROW, THIN, "'", "\u2019"])
def test_grouped_amounts_are_read(space: str) -> None:
    texts = [f"1{space}234{space}567,00", "567,00", f"12{space}000", "0", None]
    assert read("amount_som", texts) == [1_234_567, 567, 12_000, 0, None]
    assert read("area", [f"1{space}234,5", "54,5"]) == [1234.5, 54.5]


@pytest.mark.parametrize("odd", ["12 34", "1 234,50", "1  234", "7,5"])
def test_amounts_of_which_one_is_grouped_otherwise_refuse_the_table(odd: str) -> None:
    assert refusal("amount_som", ["1 234 567,00", "2 000", odd]) == "mixed_amounts"


@pytest.mark.parametrize(
    "ids",
    [
        ["3.00012E+14", "3.00012E+14"],
        ["D1", "7.3928E+09", "12345678"],
        ["3E+14", "4E+14"],
        ["3,00012E+14", "A"],
        ["3.00012e14", "A"],
    ],
)
def test_ids_of_a_spreadsheet_refuse_the_table(ids: list[object]) -> None:
    assert refusal("some_id", ids) == "spreadsheet_ids"


@pytest.mark.parametrize(
    "ids",
    [
        ["73928e05", "12345678", "a1b2c3d4"],
        ["7e05", "12E34", "3e-4"],
        ["0017", "0018"],
        ["17.1", "17.0", "18.0"],
        ["1237/26/1714-ИИ", "1238/26/1715-ИИ"],
        ["01.0", "02.0"],
    ],
)
def test_ids_that_only_look_like_numbers_stay_as_they_are(ids: list[object]) -> None:
    assert read("some_id", ids) == ids


def test_ids_of_a_data_frame_are_whole_numbers_again() -> None:
    assert read("some_id", ["17.0", None, "0.0", "1200.00"]) == ["17", None, "0", "1200"]
    assert read("some_id", pl.Series([17.0, None, 1200.0])) == ["17", None, "1200"]
    short = pl.Series([17.0, 2.0**25], dtype=pl.Float32)
    assert read("some_id", short) == ["17", None]


def test_one_number_in_two_forms_refuses_the_table() -> None:
    assert refusal("some_id", ["17", "17.0", "18"]) == "ids_in_two_forms"
    assert refusal("some_id", ["0017", "17.0", "18.0"]) == "ids_in_two_forms"


@pytest.mark.parametrize("mark", ["\\N", "NULL", "null", "NA", "n/a", "None", "NaN", "—", "-", ""])
def test_marks_of_missing_values_are_missing(mark: str) -> None:
    for column in ("some_id", "amount_som", "area", "is_so", "day", "note"):
        assert read(column, [mark, None]) == [None, None], column


def test_a_value_of_a_closed_list_is_no_mark() -> None:
    assert read("burden", ["none", "pledge", "NULL"]) == ["none", "pledge", None]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-04T19:00:00Z",
        "2026-01-04 19:00:00+00",
        "2026-01-04 19:00:00.000 UTC",
        "2026-01-05T00:00:00+05:00",
        "2026-01-05T00:00:00Z",
        "2026-01-05 09:30:00+0500",
        "2026-01-05 00:00:00",
        "2026-01-05",
    ],
)
def test_an_instant_is_its_day_in_tashkent(text: str) -> None:
    assert read("day", [text]) == [JAN_5]


def test_the_day_of_an_instant_follows_the_clocks_of_its_year() -> None:
    """Tashkent was six hours ahead until 1991: the day of a registration must not slip."""
    assert read("day", ["1985-12-31T18:00:00Z"]) == [date(1986, 1, 1)]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_instants_in_parquet_are_the_same_days(unit: str) -> None:
    midnight = pl.Series([datetime(2026, 1, 5)]).dt.cast_time_unit(unit)  # type: ignore[arg-type]  # noqa: DTZ001
    for zone in ("UTC", "Asia/Tashkent", "Europe/Moscow"):
        instant = midnight.dt.replace_time_zone("Asia/Tashkent").dt.convert_time_zone(zone)
        assert read("day", instant) == [JAN_5]


def test_a_midnight_of_a_zone_where_it_is_another_day_is_no_day() -> None:
    assert read("day", ["2026-01-05T00:00:00+09:00"]) == [None]
    east = pl.Series([datetime(2026, 1, 5)]).dt.replace_time_zone("Asia/Tokyo")  # noqa: DTZ001
    assert read("day", east) == [None]


def test_midnights_of_tashkent_in_utc_without_a_zone_refuse_the_table() -> None:
    assert refusal("day", ["2026-01-04 19:00:00", "2026-01-05 19:00"]) == "times_of_another_zone"
    naive = pl.Series([datetime(2026, 1, 4, 19), datetime(2026, 1, 5, 19)])  # noqa: DTZ001
    assert refusal("day", naive) == "times_of_another_zone"


@pytest.mark.parametrize(
    "days",
    [
        ["13.01.2026", "14.01.2026", "01/14/2026", "05.01.2026"],
        ["2026-13-01", "2026-01-14", "13.01.2026"],
        ["13.01.2026", "2026-14-01", "2026-01-15"],
    ],
)
def test_both_orders_prove_neither_and_are_counted(days: list[object]) -> None:
    frame = probe("day", days)
    proof = evidence_of(frame).of("day")
    assert proof.n_odd_days == 1
    assert (proof.year_last, proof.year_first) == (None, None)


def test_the_order_of_iso_says_nothing_of_points() -> None:
    proof = evidence_of(probe("day", ["13.01.2026", "2026-01-14"])).of("day")
    assert (proof.n_odd_days, proof.year_last) == (0, "first")
