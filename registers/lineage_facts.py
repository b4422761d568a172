"""What a lineage holds: extracts, accepted tables, and how each table was judged."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal


@dataclass(frozen=True)
class ExtractLineage:
    """One extract that the tables were made of, in the order in which they were taken in.

    Attributes:
        source: What the source is called in reports: a folder or a schema, no credentials.
        manifest_sha256: SHA-256 of its manifest, or None where it had none.
        extracted_on: The day of the extract where it was stated.
        kind: "full", or "increment" on the extracts before it.
    """

    source: str
    manifest_sha256: str | None = None
    extracted_on: date | None = None
    kind: Literal["full", "increment"] = "full"


@dataclass(frozen=True)
class ValidationOutcome:
    """How the expectations on one table turned out.

    Attributes:
        expectations: How many were judged.
        is_clean: Whether all were met by all rows as delivered.
        warnings: Sentences about the table as a whole (freshness, shares, row counts).
        suite_sha256: Hash of the suite of expectations.
    """

    expectations: int = 0
    is_clean: bool = True
    warnings: tuple[str, ...] = ()
    suite_sha256: str | None = None


@dataclass(frozen=True)
class TableLineage:
    """One accepted table: read == accepted + set_aside, `rows` are those accepted and kept.

    Attributes:
        source: The file, or schema.table, from which it was read.
        source_sha256: SHA-256 of the bytes as delivered, or None where there are none.
        table_sha256: SHA-256 of the accepted file, TABLES/<table>.parquet.
        rows: Rows of the accepted file.
        repairs: Rows changed, by stated rule.
        absent: The table was not delivered: nothing is known from it.
        unknown_owners: Debtors or cases of which not all rows are known.
        unknown_sha256: SHA-256 of TABLES/unknown/<table>.parquet, or None where it has no row.
    """

    source: str
    table_sha256: str
    rows: int
    read: int
    accepted: int
    repaired: int
    set_aside: int
    source_sha256: str | None = None
    repairs: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    validation: ValidationOutcome = ValidationOutcome()
    absent: bool = False
    unknown_owners: int = 0
    unknown_sha256: str | None = None


@dataclass(frozen=True)
class Lineage:
    """Where the tables with this `source_hash` came from."""

    source_hash: str
    validated_with: Mapping[str, str]
    extracts: tuple[ExtractLineage, ...]
    tables: Mapping[str, TableLineage]

    def of_tables(self, names: Collection[str]) -> Lineage:
        """The same for some of the tables, in the order of this lineage; unknown names are left."""
        kept = {name: table for name, table in self.tables.items() if name in names}
        return replace(self, tables=MappingProxyType(kept))

    def as_dict(self) -> dict[str, Any]:
        """The content of lineage.json."""
        return {
            "source_hash": self.source_hash,
            "validated_with": dict(self.validated_with),
            "extracts": [_extract_as_dict(extract) for extract in self.extracts],
            "tables": {name: _table_as_dict(table) for name, table in self.tables.items()},
        }

    def as_text(self) -> str:
        """The text of lineage.json; the same lineage gives the same bytes."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2) + "\n"


def _extract_as_dict(extract: ExtractLineage) -> dict[str, Any]:
    day = extract.extracted_on
    return asdict(extract) | {"extracted_on": day.isoformat() if day else None}


def _table_as_dict(table: TableLineage) -> dict[str, Any]:
    outcome = table.validation
    return {
        "source": table.source,
        "source_sha256": table.source_sha256,
        "table_sha256": table.table_sha256,
        "rows": table.rows,
        "read": table.read,
        "accepted": table.accepted,
        "repaired": table.repaired,
        "set_aside": table.set_aside,
        "repairs": dict(table.repairs),
        "validation": asdict(outcome) | {"warnings": list(outcome.warnings)},
        "absent": table.absent,
        **_unknown_as_dict(table),
    }


def _unknown_as_dict(table: TableLineage) -> dict[str, Any]:
    """Nothing where all is known: such a lineage keeps the text that it always had."""
    if table.unknown_sha256 is None:
        return {}
    return {"unknown_owners": table.unknown_owners, "unknown_sha256": table.unknown_sha256}
