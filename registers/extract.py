"""An extract of registers on disk and the validated registers in memory.

An extract is a folder with one file per table and, where it is not Uzbek, an `extract.json` that
names its legal order. `Registers` are what `chora validate` wrote: every table of the contract is
there, absent ones empty and named as absent.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from registers.errors import (
    ExtractDescriptionError,
    ExtractNotFoundError,
    NotValidatedError,
    TablesChangedError,
    UnusableTablesError,
)
from registers.legal_orders import DEFAULT_LEGAL_ORDER, LegalOrder, legal_order
from registers.tables import TABLES, table_named
from registers.unknown_rows import UNKNOWN_FOLDER, unknown_of, unknown_schema

EXTRACT_FILE = "extract.json"
REPORT_FILE = "report.json"
SUFFIXES: tuple[str, ...] = (".parquet", ".csv")


@dataclass(frozen=True)
class Registers:
    """Validated registers of one legal order.

    Attributes:
        tables: every table of the contract, in its order; absent ones are empty.
        absent: the tables of which nothing is known: not delivered, or every row set aside.
        source_hash: SHA-256 over the accepted files, in the order of their names.
        as_of: the latest reported_on of any row, or None where there is no row.
        withdrawn: rows that were taken back, by table: key, reported_on, withdrawn_on; a table
            of which nothing was taken back is left out.
        unknown: whose rows of a table are not all known, by table (`registers.unknown`); a table
            of which nothing was set aside is left out.
        all_set_aside: tables of `absent` that were delivered and of which every row was set aside.
        mostly_set_aside: tables of which as many rows were set aside as accepted, or more.
    """

    tables: Mapping[str, pl.DataFrame]
    absent: frozenset[str]
    legal_order: LegalOrder
    source_hash: str
    as_of: date | None
    withdrawn: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    unknown: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    all_set_aside: frozenset[str] = frozenset()
    mostly_set_aside: frozenset[str] = frozenset()
    # What the snapshot prepares once per table; holds nothing that `tables` does not tell.
    prepared: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def table(self, name: str) -> pl.DataFrame:
        """All accepted rows of a table in file order; raises UnknownTableError."""
        return self.tables[table_named(name).name]

    def filter_debtors(self, debtor_ids: Collection[str]) -> "Registers":
        """The registers of some debtors: every answer about them has the same bytes as before.

        A case that changed hands between debtors is kept whole, with all debtors that it had.
        """
        cases = self.tables["cases"]
        wanted = pl.Series("debtor_id", sorted(set(debtor_ids)), dtype=pl.String)
        own = cases.filter(pl.col("debtor_id").is_in(wanted.implode()))["case_id"].unique()
        chains = cases.filter(pl.col("case_id").is_in(own.implode()))
        return self._narrowed(pl.concat([wanted, chains["debtor_id"]]).unique().sort())

    def for_case(self, case_id: str) -> "Registers":
        """The registers of the debtor of one case, with all cases of that debtor."""
        of_case = self.tables["cases"].filter(pl.col("case_id") == case_id)
        return self.filter_debtors(of_case["debtor_id"].unique().to_list())

    def _narrowed(self, debtors: pl.Series) -> "Registers":
        """Rows of these debtors, of their cases, and of objects that they held at any time."""
        cases = self.tables["cases"].filter(pl.col("debtor_id").is_in(debtors.implode()))
        case_ids = cases["case_id"].unique()
        tables = {
            name: _rows_of(name, frame, debtors, case_ids) for name, frame in self.tables.items()
        }
        unknown = {
            name: own
            for name, frame in self.unknown.items()
            if (own := unknown_of(frame, debtors, case_ids)).height
        }
        return replace(
            self,
            tables=MappingProxyType(tables),
            unknown=MappingProxyType(unknown),
            prepared={},
        )


def _rows_of(
    name: str, frame: pl.DataFrame, debtors: pl.Series, case_ids: pl.Series
) -> pl.DataFrame:
    """The rows of a table whose key belongs, in any of its rows, to these debtors or cases."""
    owner, ids = ("debtor_id", debtors)
    if owner not in frame.columns or name == "cases":
        owner, ids = ("case_id", case_ids)
    key = TABLES[name].key
    own = frame.filter(pl.col(owner).is_in(ids.implode()))
    if owner in key:
        return own
    # A corrected row may have moved its key to another owner: keep the chain whole.
    keys = own[key[0]].unique()
    return frame.filter(pl.col(key[0]).is_in(keys.implode()))


def find_extract(path: Path) -> Path:
    """The folder with the files of an extract: `path` itself or `path/registers`."""
    for folder in (path, path / "registers"):
        if any((folder / f"{name}{suffix}").is_file() for name in TABLES for suffix in SUFFIXES):
            return folder
    raise ExtractNotFoundError(path)


def read_description(folder: Path) -> dict[str, Any]:
    """What extract.json says about an extract; an extract without one is Uzbek.

    Raises ExtractDescriptionError for a file that cannot be read, and UnknownLegalOrderError.
    """
    file = folder / EXTRACT_FILE
    if not file.is_file():
        return {"legal_order": DEFAULT_LEGAL_ORDER}
    try:
        described = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ExtractDescriptionError(file, "it is no JSON in UTF-8") from error
    if not isinstance(described, dict):
        raise ExtractDescriptionError(file, "it is no JSON object")
    described.setdefault("legal_order", DEFAULT_LEGAL_ORDER)
    legal_order(str(described["legal_order"]))
    return described


def write_extract(
    folder: Path, tables: Mapping[str, pl.DataFrame], order: LegalOrder | str
) -> Path:
    """Writes tables as an extract into folder/registers and returns that folder.

    Tables that are not given are not written: they are absent, which is not the same as empty.
    Columns are put into the order and types of the contract.
    """
    order = legal_order(order) if isinstance(order, str) else order
    registers = folder / "registers"
    registers.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        (registers / f"{name}.parquet").unlink(missing_ok=True)
    for name, frame in tables.items():
        schema = table_named(name).schema
        frame.select(schema.names()).cast(schema).write_parquet(
            registers / f"{name}.parquet", compression="zstd"
        )
    write_json(registers / EXTRACT_FILE, {"legal_order": order.id})
    return registers


def load_tables(folder: Path) -> Registers:
    """The registers that `chora validate` wrote into a folder.

    Raises:
        NotValidatedError: the folder is a raw extract.
        ExtractNotFoundError: the folder holds no tables at all.
        UnusableTablesError: a table was refused when the extract was validated.
        TablesChangedError: a table is missing or has other columns than the contract.
    """
    report = report_of(folder)
    check_accepted(folder, report)
    tables = {name: _accepted(folder, name) for name in TABLES}
    known = {name: told.get("known") for name, told in report["tables"].items()}
    nothing = frozenset(name for name, how in known.items() if how == "nothing")
    return Registers(
        tables=MappingProxyType(tables),
        absent=frozenset(report["absent"]) | nothing,
        legal_order=legal_order(report["legal_order"]),
        source_hash=source_hash_of(folder),
        as_of=latest_report(tables),
        withdrawn=MappingProxyType(_withdrawn(folder)),
        unknown=MappingProxyType(_unknown(folder)),
        all_set_aside=nothing,
        mostly_set_aside=nothing | {name for name, how in known.items() if how == "little"},
    )


def source_hash_of(folder: Path) -> str:
    """SHA-256 over the accepted tables, the rows taken back and what is unknown, by name.

    Of the unknown those files count that hold a row: where all is known, nothing is added.
    """
    accepted = [folder / f"{name}.parquet" for name in sorted(TABLES)]
    withdrawn = [folder / "withdrawn" / f"{name}.parquet" for name in sorted(TABLES)]
    unknown = [file for name in sorted(TABLES) if (file := unknown_file(folder, name)) is not None]
    return hash_of_files([*accepted, *(file for file in withdrawn if file.is_file()), *unknown])


def unknown_file(folder: Path, name: str) -> Path | None:
    """The file that says whose rows of a table are not all known; None where all are."""
    file = folder / UNKNOWN_FOLDER / f"{name}.parquet"
    if not file.is_file():
        return None
    return file if pl.scan_parquet(file).select(pl.len()).collect().item() else None


def check_accepted(folder: Path, report: Mapping[str, Any]) -> None:
    """Raises UnusableTablesError where a table or a withdrawal was refused."""
    every = {**report["tables"], **report.get("withdrawals", {})}
    refused = {name: t["refused"] for name, t in every.items() if t["refused"]}
    if refused:
        raise UnusableTablesError(folder, refused)


def report_of(folder: Path) -> dict[str, Any]:
    """What validation reported on the tables of a folder.

    Raises:
        NotValidatedError: the folder is a raw extract.
        ExtractNotFoundError: the folder holds no tables at all.
        ExtractDescriptionError: the report cannot be read.
    """
    file = folder / REPORT_FILE
    if not file.is_file():
        raise NotValidatedError(find_extract(folder))
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ExtractDescriptionError(file, "it is no JSON in UTF-8") from error
    if not isinstance(report, dict) or not {"tables", "absent", "legal_order"} <= set(report):
        raise NotValidatedError(folder)
    return report


def _accepted(folder: Path, name: str) -> pl.DataFrame:
    file = folder / f"{name}.parquet"
    if not file.is_file():
        raise TablesChangedError(folder, name, "the file is missing")
    try:
        frame = pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TablesChangedError(folder, name, "the file cannot be read") from error
    if frame.schema != TABLES[name].schema:
        raise TablesChangedError(folder, name, "its columns are not those of the contract")
    return frame


def _withdrawn(folder: Path) -> dict[str, pl.DataFrame]:
    files = {name: folder / "withdrawn" / f"{name}.parquet" for name in TABLES}
    found = {name: pl.read_parquet(file) for name, file in files.items() if file.is_file()}
    return {name: frame for name, frame in found.items() if frame.height}


def _unknown(folder: Path) -> dict[str, pl.DataFrame]:
    found: dict[str, pl.DataFrame] = {}
    for name, table in TABLES.items():
        file = unknown_file(folder, name)
        if file is None:
            continue
        frame = pl.read_parquet(file)
        if frame.schema != unknown_schema(table):
            raise TablesChangedError(
                folder, f"{UNKNOWN_FOLDER}/{name}", "its columns are not those of validation"
            )
        found[name] = frame
    return found


def hash_of_files(files: Iterable[Path]) -> str:
    """SHA-256 over the bytes of files, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            while piece := content.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()


def latest_report(tables: Mapping[str, pl.DataFrame]) -> date | None:
    """The latest reported_on of any row, or None."""
    days = [frame["reported_on"].max() for frame in tables.values()]
    return max((day for day in days if isinstance(day, date)), default=None)


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Writes JSON that people can read: UTF-8, sorted nowhere, two spaces, a final newline."""
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
