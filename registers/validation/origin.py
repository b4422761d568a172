"""The lineage of accepted tables: which extract, file and manifest, and how each was judged."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registers.extract import source_hash_of, unknown_file
from registers.lineage import (
    ExtractLineage,
    Lineage,
    TableLineage,
    ValidationOutcome,
    hash_file,
)
from registers.validation.former_tables import FormerTables
from registers.validation.reporting import TableReport, ValidationReport


def build_lineage(folder: Path, report: ValidationReport, former: FormerTables) -> Lineage:
    """Where the tables that were just written into `folder` came from."""
    return Lineage(
        source_hash=source_hash_of(folder),
        validated_with=MappingProxyType({"chora": version("chora"), "judge": report.judge}),
        extracts=_extracts(report, former),
        tables=MappingProxyType(
            {name: _table(folder, table, former) for name, table in report.tables.items()}
        ),
    )


def _extracts(report: ValidationReport, former: FormerTables) -> tuple[ExtractLineage, ...]:
    """The extracts in the order in which they were taken in; a manifest stands there once."""
    own = ExtractLineage(
        source=report.source,
        manifest_sha256=report.manifest_sha256,
        extracted_on=report.stated_day,
        kind="full" if former.onto is None else "increment",
    )
    if own.manifest_sha256 is not None and own in former.extracts:
        return former.extracts
    return (*former.extracts, own)


def _table(folder: Path, table: TableReport, former: FormerTables) -> TableLineage:
    file = folder / f"{table.name}.parquet"
    unknown = unknown_file(folder, table.name)
    before = former.lineage.tables.get(table.name) if former.lineage else None
    if before is not None and not table.source_file and not table.is_absent:
        return before
    return TableLineage(
        source=table.source_file or "not delivered",
        source_sha256=table.source_sha256,
        table_sha256=hash_file(file),
        rows=table.rows,
        read=table.read,
        accepted=table.accepted,
        repaired=table.repaired,
        set_aside=table.set_aside,
        repairs=MappingProxyType({rule: sum(n.values()) for rule, n in table.repairs.items()}),
        validation=_outcome(table),
        absent=table.is_absent,
        unknown_owners=table.n_unknown,
        unknown_sha256=hash_file(unknown) if unknown else None,
    )


def _outcome(table: TableReport) -> ValidationOutcome:
    verdict: dict[str, Any] = dict(table.verdict or {})
    return ValidationOutcome(
        expectations=int(verdict.get("expectations", 0)),
        is_clean=bool(verdict.get("is_clean", True)) and not table.refused,
        warnings=tuple(finding.sentence for finding in table.findings),
        suite_sha256=_hash(verdict["suite"]) if "suite" in verdict else None,
    )


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
