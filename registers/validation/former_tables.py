"""The tables that validation accepted before: what an increment continues, what is compared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registers.errors import IncrementError
from registers.extract import REPORT_FILE, check_accepted, report_of
from registers.lineage import ExtractLineage, Lineage, NoLineageError, load_lineage
from registers.sources.protocol import ExtractSource
from registers.unknown_rows import UNKNOWN_FOLDER
from registers.validation.portrait import Portrait
from registers.validation.refusal_words import Note
from registers.validation.reporting import TableReport


@dataclass(frozen=True)
class FormerTables:
    """Accepted tables of former extracts, of which there may be none.

    Attributes:
        onto: the folder that an increment continues, or None for a full extract.
        reported: what report.json said of each table of the last extract.
        label: which extract the tables are compared with, or None.
        lineage: where the continued tables came from.
    """

    onto: Path | None = None
    reported: Mapping[str, Any] = field(default_factory=dict)
    label: str | None = None
    lineage: Lineage | None = None

    @staticmethod
    def of(extract: ExtractSource, onto: Path | None, last: Path) -> "FormerTables":
        """What came before an extract; raises IncrementError where it does not continue it."""
        report = _report(last if onto is None else onto)
        lineage = None
        if onto is not None:
            lineage = _check_continues(extract, onto)
        elif extract.is_increment:
            raise IncrementError(
                "The extract is an increment, so it says nothing without the tables before it. "
                "Name them: --onto TABLES."
            )
        return FormerTables(onto, report.get("tables", {}), report.get("source"), lineage)

    @property
    def extracts(self) -> tuple[ExtractLineage, ...]:
        """The extracts that the continued tables were made of."""
        return self.lineage.extracts if self.lineage else ()

    def file_of(self, table: str) -> Path | None:
        """The accepted table that an increment continues; None where there is none."""
        if self.onto is None or self.reported.get(table, {}).get("absent", True):
            return None
        return self.onto / f"{table}.parquet"

    def unknown_of(self, table: str) -> Path | None:
        """Whose rows of a continued table are not all known; None where that was not recorded."""
        if self.file_of(table) is None or self.onto is None:
            return None
        file = self.onto / UNKNOWN_FOLDER / f"{table}.parquet"
        return file if file.is_file() else None

    def withdrawn_of(self, table: str) -> Path | None:
        """The rows that were taken back before, or None."""
        file = self.onto / "withdrawn" / f"{table}.parquet" if self.onto else None
        return file if file is not None and file.is_file() else None

    def unchanged(self, table: str) -> TableReport:
        """The report on a table that an increment leaves as it is."""
        before = self.reported[table]
        return TableReport(
            table,
            rows=int(before.get("rows", 0)),
            n_unknown=int(before.get("unknown_owners", 0)),
            n_unknown_rows=int(before.get("unknown_rows", 0)),
            n_without_owner=int(before.get("rows_without_owner", 0)),
            remarks=(Note("left_as_it_was"),),
            portrait=Portrait.from_dict(before.get("portrait", {})),
        )

    def portrait_of(self, table: str, source_sha256: str | None) -> Portrait | None:
        """The table in the last extract, unless that was this very file."""
        before = self.reported.get(table)
        if before is None or before.get("refused") or before.get("absent"):
            return None
        if source_sha256 is not None and before.get("source_sha256") == source_sha256:
            return None
        return Portrait.from_dict(before.get("portrait", {}))


def _report(folder: Path) -> dict[str, Any]:
    """What a former report tells; nothing where there is none that can be read."""
    try:
        report = json.loads((folder / REPORT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def _check_continues(extract: ExtractSource, onto: Path) -> Lineage | None:
    report = report_of(onto)
    check_accepted(onto, report)
    if report["legal_order"] != extract.description["legal_order"]:
        raise IncrementError(
            f"The increment is of the legal order {extract.description['legal_order']}, but "
            f"{onto} of {report['legal_order']}. Name the tables that it continues."
        )
    try:
        lineage = load_lineage(onto)
    except NoLineageError:
        return None
    hashes = [known.manifest_sha256 for known in lineage.extracts]
    if extract.follows and extract.manifest_sha256 not in hashes and extract.follows not in hashes:
        raise IncrementError(
            f"The manifest of the increment says that it follows {extract.follows[:12]}…, which "
            f"is not among the extracts of {onto}. An extract between them is missing: validate "
            "it first."
        )
    return lineage
