"""Whatever a file holds: read is accepted plus set aside, and nobody sees a traceback."""

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registers.examples import example_tables
from registers.extract import write_extract
from registers.tables import TABLES
from registers.validation import validate_extract
from registers.validation.expectations import Verdict
from registers.validation.judging import Judged

HEADER = ",".join(TABLES["payments"].column_names)

cell = st.one_of(
    st.sampled_from(["", "case-0", "2026-01-05", "2026-02-30", "-1", "12", "1.5", "voluntary"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=6),
)
line = st.lists(cell, min_size=1, max_size=9).map(
    lambda cells: ",".join('"' + text.replace('"', '""') + '"' for text in cells)
)


def trusting(name: str, judged: Judged) -> Verdict:
    return Verdict(judged.frame.height, judged.n_failing, {})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(line, max_size=8))
def test_every_line_is_accepted_or_set_aside(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write_extract(folder / "in", example_tables({"actions": [{}]}), "uz")
        text = "\n".join([HEADER, *lines]) + "\n"
        (extract / "payments.csv").write_text(text, encoding="utf-8", newline="")
        report = validate_extract(extract, folder / "out", judge=trusting)
        payments = report.tables["payments"]
        assert payments.refused is None
        assert payments.read == len(lines) == payments.accepted + payments.set_aside
        aside = pl.read_parquet(folder / "out" / "quarantine" / "payments.parquet")
        assert aside["row_number"].is_sorted()
        assert aside.null_count().sum_horizontal().item() == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.sampled_from(["csv", "parquet"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write_extract(folder / "in", example_tables({}), "uz")
        (extract / f"payments.{suffix}").write_bytes(content)
        report = validate_extract(extract, folder / "out", judge=trusting)
        told = report.tables["payments"].refused
        assert told is not None
        assert told.startswith("payments: ")
        assert told.endswith(".")
        assert report.exit_code == 12


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_parquet_file_cut_anywhere_is_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract = write_extract(folder / "in", example_tables({"payments": [{}] * 3}), "uz")
        file = extract / "payments.parquet"
        whole = file.read_bytes()
        file.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        report = validate_extract(extract, folder / "out", judge=trusting)
        assert report.exit_code == 12
        assert report.tables["payments"].refused
