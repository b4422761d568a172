"""A lineage for tables of the tests whose validation recorded none."""

import json
from datetime import date
from pathlib import Path

from registers.extract import load_tables
from registers.lineage import (
    ExtractLineage,
    Lineage,
    TableLineage,
    ValidationOutcome,
    find_lineage,
    hash_file,
    write_lineage,
)

MANIFEST = "ab" * 32


def give_lineage(tables: Path) -> Lineage:
    """The lineage of tables in a folder; built from their report where there is none yet."""
    found = find_lineage(tables)
    if found is None:
        found = lineage_from_report(tables)
        write_lineage(tables, found)
    return found


def lineage_from_report(tables: Path) -> Lineage:
    """What report.json and the accepted files tell, in the form of a lineage."""
    registers = load_tables(tables)
    report = json.loads((tables / "report.json").read_text())
    return Lineage(
        source_hash=registers.source_hash,
        validated_with={"chora": "test", "judge": report["judge"]},
        extracts=(ExtractLineage("registers", MANIFEST, date(2026, 4, 1)),),
        tables={
            name: TableLineage(
                source=one["source_file"] or "not delivered",
                source_sha256=one["source_sha256"],
                table_sha256=hash_file(tables / f"{name}.parquet"),
                rows=registers.table(name).height,
                read=one["read"],
                accepted=one["accepted"],
                repaired=one["repaired"],
                set_aside=one["set_aside"],
                validation=ValidationOutcome(is_clean=not one["set_aside"]),
                absent=one["absent"],
            )
            for name, one in report["tables"].items()
        },
    )
