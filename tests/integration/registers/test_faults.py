"""Each kind of fault: a sentence with the remedy, sums that add up, never a traceback.

The golden extracts lie in tests/assets/faults. Each is validated as the generated page does it and,
among the long tests, by the command line with Great Expectations as the judge; some of each outcome
go that way in every run.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from chora.main import app
from tests.assets.catalogue import FAULTS, answer, make
from tests.assets.fault import EXTRACTED_ON, FAULTS_FOLDER, Fault

Way = Callable[[Fault, Path], tuple[int, str]]
EXIT_CODES = {"accepted": 0, "repaired": 0, "set aside": 11, "refused": 12}
OF_ALL_KINDS = ("01-", "13-", "38-", "42-", "55-", "67-", "80-")


def arguments(fault: Fault, out: Path) -> Iterator[list[str]]:
    """The calls of `chora` that an operator makes, the extract before first."""
    day = ["--extracted-on", EXTRACTED_ON.isoformat()]
    if fault.before:
        yield ["validate", str(fault.folder / "last"), "--out", str(out / "before"), *day]
    before = [f"--{fault.before}", str(out / "before")] if fault.before else []
    yield ["validate", str(fault.folder), "--out", str(out / "tables"), *day, *before]


def by_command(fault: Fault, folder: Path) -> tuple[int, str]:
    """The exit code of the command line and what it printed."""
    for call in arguments(fault, folder):
        result = CliRunner().invoke(app, call, catch_exceptions=False)
    return result.exit_code, " ".join(result.output.split())


def by_recipe(fault: Fault, folder: Path) -> tuple[int, str]:
    """The exit code of the report and the sentences that would be printed."""
    report = answer(fault, folder).report
    return report.exit_code, " ".join(report.sentences)


class Outcome:
    """What validation said of a fault and what it wrote."""

    def __init__(self, fault: Fault, way: Way, folder: Path) -> None:
        self.fault = fault
        self.tables = folder / "tables"
        self.exit_code, self.printed = way(fault, folder)
        self.report = json.loads((self.tables / "report.json").read_text(encoding="utf-8"))

    @property
    def table(self) -> dict[str, Any]:
        name = self.fault.table.removesuffix(" withdrawn")
        group = "tables" if name == self.fault.table else "withdrawals"
        return dict(self.report[group][name])

    @property
    def file(self) -> str:
        return f"{self.fault.table.replace(' ', '.')}.parquet"

    def codes(self) -> set[str]:
        table = self.table
        found = {*table["reasons"], *table["repairs"], str(table["refused_code"])}
        found |= {finding["check"].split(".")[1] for finding in table["findings"]}
        return found | ({"ignored"} if self.report["ignored_files"] else set())

    def told(self) -> str:
        """All that operator and agency read: console, notes and reasons of rows set aside."""
        reasons = self.aside()["reason"].to_list()
        return " ".join([self.printed, *self.table["notes"], *reasons])

    def aside(self) -> pl.DataFrame:
        return pl.read_parquet(self.tables / "quarantine" / self.file)

    def repairs(self) -> pl.DataFrame:
        return pl.read_parquet(self.tables / "repairs" / self.file)


SOME = [fault for fault in FAULTS if fault.name.startswith(OF_ALL_KINDS)]
WAYS = [
    *(pytest.param((fault, by_recipe), id=fault.name) for fault in FAULTS),
    *(pytest.param((fault, by_command), id=f"{fault.name}-command") for fault in SOME),
    *(
        pytest.param((fault, by_command), id=f"{fault.name}-command", marks=pytest.mark.long)
        for fault in FAULTS
        if fault not in SOME
    ),
]


@pytest.fixture(scope="module", params=WAYS)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    fault, way = request.param
    return Outcome(fault, way, tmp_path_factory.mktemp("fault"))


def test_a_fault_ends_as_the_catalogue_says(outcome: Outcome) -> None:
    table, fault = outcome.table, outcome.fault
    assert outcome.exit_code == EXIT_CODES[fault.outcome] == outcome.report["exit_code"]
    assert "Traceback" not in outcome.printed
    counts = (table["read"], table["accepted"], table["repaired"], table["set_aside"])
    assert counts == fault.counts
    assert (table["refused"] is not None) == (fault.outcome == "refused")
    if fault.outcome != "set aside":  # other rows of such a table may well have been repaired
        assert bool(table["repaired"]) == (fault.outcome == "repaired")
    if fault.code and not table["notes"]:
        assert fault.code in outcome.codes()


def test_what_is_read_of_a_fault_names_the_remedy(outcome: Outcome) -> None:
    assert outcome.fault.remedy in outcome.told() or "all accepted" in outcome.fault.remedy


def test_every_row_of_every_table_is_accounted_for(outcome: Outcome) -> None:
    every = {**outcome.report["tables"], **outcome.report["withdrawals"]}
    for name, table in every.items():
        assert table["read"] == table["accepted"] + table["set_aside"], name
        assert table["repaired"] <= table["accepted"], name
        assert sum(table["reasons"].values()) == table["set_aside"], name
    table = outcome.table
    assert outcome.aside().height == table["set_aside"]
    assert outcome.repairs()["row_number"].n_unique() == table["repaired"]
    n_cells = sum(n for columns in table["repairs"].values() for n in columns.values())
    assert outcome.repairs().height == n_cells


def test_the_page_of_a_fault_tells_it_in_every_language(outcome: Outcome) -> None:
    page = (outcome.tables / "report.html").read_text(encoding="utf-8")
    parts = page.split('<div class="part ')[1:]
    assert len(parts) == 4
    assert len({part.count("<li>") for part in parts}) == 1
    assert len({part.count("<section>") for part in parts}) == 1
    for code in {*outcome.table["reasons"]}:
        assert all(f"<code>{code}</code>" in part for part in parts)
    for finding in outcome.table["findings"]:
        if finding["level"] == "stop":
            assert all(f"--accept {finding['check']}" in part for part in parts)
    assert "http" not in page
    assert "payment-0" not in page


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_golden_extract_is_what_the_generator_makes(fault: Fault, tmp_path: Path) -> None:
    make(fault, tmp_path)
    kept = {f.relative_to(fault.folder): f for f in fault.folder.rglob("*") if f.is_file()}
    made = {f.relative_to(tmp_path): f for f in tmp_path.rglob("*") if f.is_file()}
    assert set(kept) == set(made)
    for name, file in kept.items():
        assert content(file) == content(made[name]), name


def content(file: Path) -> object:
    """Bytes; of Parquet the columns and rows, for its bytes depend on the library that wrote it."""
    if file.name == "manifest.json":
        return {
            name: entry["rows"] for name, entry in json.loads(file.read_text())["files"].items()
        }
    if file.suffix != ".parquet":
        return file.read_bytes()
    try:
        frame = pl.read_parquet(file)
        return frame.schema, str(frame.select(pl.all().to_physical()).rows())
    except pl.exceptions.PolarsError as error:
        return type(error)


def test_the_catalogue_has_a_folder_and_a_number_for_each_fault_and_no_other() -> None:
    names = [fault.name for fault in FAULTS]
    assert {folder.name for folder in FAULTS_FOLDER.iterdir()} == set(names)
    assert [int(name.split("-")[0]) for name in names] == list(range(1, len(names) + 1))


def test_the_golden_extracts_are_small() -> None:
    sizes = [file.stat().st_size for file in FAULTS_FOLDER.rglob("*") if file.is_file()]
    assert sum(sizes) < 1_500_000
    assert max(sizes) < 16_000


@pytest.mark.parametrize("fault", SOME[::3], ids=lambda fault: fault.name)
def test_a_real_process_shows_sentences_and_no_traceback(fault: Fault, tmp_path: Path) -> None:
    for call in arguments(fault, tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "chora.main", *call],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == EXIT_CODES[fault.outcome]
    assert "Traceback" not in done.stderr + done.stdout
    assert "panicked" not in done.stderr
    said = " ".join(done.stdout.split())
    assert f"{fault.table}: " in said
