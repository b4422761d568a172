"""Repairs whatever the texts: undone by their list, counted once, and never without proof."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import polars as pl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from registers.contract import Column, Table
from registers.examples import example_tables
from registers.extract import write_extract
from registers.tables import TABLES
from registers.validation import Settings, TableReport, validate_extract
from registers.validation.evidence import UnprovenCode, gather_evidence
from registers.validation.repairs import repair, trim
from tests.assets.catalogue import polars_alone

QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
PROBE = Table(
    name="probe",
    owner="nobody",
    key=("code",),
    columns=(
        Column("code", "id"),
        Column("kind", "text", nullable=True, values=("car", "bus")),
        Column("day", "date", nullable=True),
        Column("share", "float", nullable=True),
        Column("note", "text", nullable=True),
    ),
)

space = st.sampled_from(["", "", "", " ", "\t", "\u00a0", "  "])
days = st.dates(date(2020, 1, 1), date(2026, 1, 1))


def spaced(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(space, texts, space).map("".join)


code = st.one_of(
    st.text("ABEK0123456789", min_size=1, max_size=5),
    st.text("АВЕК0123456789", min_size=1, max_size=5),  # the same, in Cyrillic
    st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=4),
)
written_day = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.strftime("%d.%m.%Y")),
    days.map(lambda day: day.strftime("%Y-%d-%m")),
    st.sampled_from(["", "05/06/26", "2026-02-30", "soon"]),
)
number = st.sampled_from(["0,5", "0.5", "1,25", "12", "1,500", "", "-0,125", "a half"])
kind = st.sampled_from(["car", "bus", "cаr", "саr", "tram", ""])
row = st.tuples(spaced(code), spaced(kind), spaced(written_day), spaced(number), spaced(code))


def as_frame(rows: list[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(PROBE.column_names, pl.String), orient="row")


def undone(repaired: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """The texts before the repairs: the changes taken back, the last one first."""
    cells = {name: repaired[name].to_list() for name in repaired.columns}
    for change in changes.reverse().iter_rows(named=True):
        place = cells[change["column"]]
        assert place[change["row_number"]] == change["now"]
        place[change["row_number"]] = change["was"]
    return pl.DataFrame(cells, schema=repaired.schema)


@QUICK
@given(st.lists(row, min_size=1, max_size=12))
def test_every_repair_can_be_undone_from_its_list(rows: list[tuple[str, ...]]) -> None:
    frame = as_frame(rows)
    evidence = gather_evidence(PROBE, [trim(frame)])
    repaired = repair(PROBE, frame, evidence)
    before = undone(repaired.frame, repaired.changes)
    for name in frame.columns:
        expected = [
            None if kept is None else text
            for text, kept in zip(frame[name], trim(frame)[name], strict=True)
        ]
        assert before[name].to_list() == expected


@QUICK
@given(st.lists(row, min_size=1, max_size=12))
def test_a_second_time_there_is_nothing_left_to_repair(rows: list[tuple[str, ...]]) -> None:
    frame = as_frame(rows)
    once = repair(PROBE, frame, gather_evidence(PROBE, [trim(frame)]))
    swapped = once.changes.filter(pl.col("rule") == "day_and_month")
    assume(swapped.is_empty())  # ISO days with the day in the middle are read by their column
    twice = repair(PROBE, once.frame, gather_evidence(PROBE, [trim(once.frame)]))
    assert twice.changes.is_empty()
    assert twice.frame.equals(once.frame)


@QUICK
@given(st.lists(days, min_size=6, max_size=60), st.data())
def test_one_slip_of_the_pen_never_turns_a_column_of_days_around(
    column: list[date], data: st.DataObject
) -> None:
    texts = [day.isoformat() for day in column]
    place = data.draw(st.integers(0, len(texts) - 1))
    texts[place] = data.draw(
        st.sampled_from(["2026-13-01", "2026-31-12", "31.12.2026", "12/31/2026", "2025-02-30"])
    )
    frame = as_frame([("A", "car", text, "1", "x") for text in texts])
    repaired = repair(PROBE, frame, gather_evidence(PROBE, [trim(frame)])).frame["day"].to_list()
    del texts[place], repaired[place]
    assert repaired == texts


PAYMENT_ROWS = st.lists(
    st.tuples(
        spaced(st.sampled_from(["payment-1", "payment-2", "pаyment-1", "payment-3", "", "nan"])),
        spaced(st.sampled_from(["case-0", "саse-0", "case-9"])),
        spaced(st.one_of(written_day, days.map(date.isoformat))),
        spaced(st.sampled_from(["100", "1,5", "-3", "2 000", "7.0", "many"])),
        spaced(st.sampled_from(["voluntary", "wage", "gift"])),
        st.just(""),
        st.sampled_from(["2026-01-05", "2026-01-06"]),
    ),
    min_size=1,
    max_size=14,
)


@contextmanager
def validated(rows: list[tuple[str, ...]], batch_rows: int) -> Iterator[tuple[TableReport, Path]]:
    """The payments of an extract with these lines, read in batches of so many rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write_extract(folder / "in", example_tables({"actions": [{}]}), "uz")
        columns = TABLES["payments"].column_names
        frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
        frame.write_csv(extract / "payments.csv", quote_style="always")
        by = Settings(judge=polars_alone, extracted_on=date(2026, 2, 1), batch_rows=batch_rows)
        report = validate_extract(extract, folder / "out", settings=by)
        yield report.tables["payments"], folder / "out"


@QUICK
@given(PAYMENT_ROWS)
def test_counts_add_up_and_the_lists_hold_what_they_count(rows: list[tuple[str, ...]]) -> None:
    with validated(rows, 5) as (payments, out):
        accepted = pl.read_parquet(out / "payments.parquet")
        aside = pl.read_parquet(out / "quarantine" / "payments.parquet")
        repairs = pl.read_parquet(out / "repairs" / "payments.parquet")
        if payments.refused:  # a column contradicts its own dialect: then nothing of it counts
            assert payments.refused_code in get_args(UnprovenCode)
            assert (payments.read, accepted.height, repairs.height) == (0, 0, 0)
            return
        assert payments.read == len(rows) == accepted.height + aside.height
        assert payments.set_aside == aside.height == aside["row_number"].n_unique()
        assert payments.repaired == repairs["row_number"].n_unique() <= payments.accepted
        assert sum(n for rule in payments.repairs.values() for n in rule.values()) == repairs.height
        assert not set(repairs["row_number"]) & set(aside["row_number"])


@QUICK
@given(PAYMENT_ROWS)
def test_accepted_rows_lead_back_to_the_texts_that_were_delivered(
    rows: list[tuple[str, ...]],
) -> None:
    with validated(rows, 4) as (payments, out):
        assume(payments.refused is None)
        accepted = pl.read_parquet(out / "payments.parquet")
        aside = set(pl.read_parquet(out / "quarantine" / "payments.parquet")["row_number"])
        repairs = pl.read_parquet(out / "repairs" / "payments.parquet")
        numbers = [n for n in range(len(rows)) if n not in aside]
        for number, now in zip(numbers, accepted.iter_rows(named=True), strict=True):
            own = repairs.filter(pl.col("row_number") == number)
            for place, name in enumerate(accepted.columns):
                text = _as_text(now[name])
                for change in own.filter(pl.col("column") == name).reverse().iter_rows(named=True):
                    assert _same(text, change["now"])
                    text = change["was"]
                assert _same(text, rows[number][place])


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _same(text: str, delivered: str) -> bool:
    """Whether two texts say the same value: 7.0 is 7, and 2 000 was listed as it stood."""
    if delivered.strip(" \t\u00a0") in ("", "nan"):
        return text.strip(" \t\u00a0") in ("", "nan")
    return text == delivered or delivered.removesuffix(".0") == text


@QUICK
@given(PAYMENT_ROWS)
def test_batches_of_any_size_give_the_same_rows_quarantine_and_repairs(
    rows: list[tuple[str, ...]],
) -> None:
    seen = []
    for batch_rows in (1, 2, 7, 1000):
        with validated(rows, batch_rows) as (payments, out):
            frames = [
                pl.read_parquet(out / folder / "payments.parquet").rows()
                for folder in ("", "quarantine", "repairs")
            ]
            told = (payments.refused, payments.portrait, payments.reasons)
            counts = (payments.n_by_reason, payments.repairs, told)
            seen.append((frames, counts))
    assert all(other == seen[0] for other in seen[1:])


def test_the_probe_proves_what_the_contract_would() -> None:
    day = date(2026, 1, 20)
    texts = [(day + timedelta(days=n)).strftime("%d.%m.%Y") for n in range(5)]
    frame = as_frame([("A1", "cаr", text, "0,5", "x") for text in texts])
    repaired = repair(PROBE, frame, gather_evidence(PROBE, [trim(frame)]))
    assert repaired.frame["day"][0] == "2026-01-20"
    assert repaired.frame["share"].to_list() == ["0.5"] * 5
    assert repaired.frame["kind"].to_list() == ["car"] * 5
