"""Where accepted tables came from: TABLES/lineage.json, written by validation, read years later.

A lineage says for each accepted table from which source it was read, the hashes of manifest, source
and accepted file, what became of its rows, which repairs were made and how it was judged. It holds
counts, codes, hashes and sentences about whole tables, never the value of a row. Its key is
`source_hash`, the hash over the accepted files that models, recommendations and ledger entries
carry: by it a feature, a recommendation and a decision are followed back to their source.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registers.errors import DataError, UserError
from registers.lineage_facts import ExtractLineage, Lineage, TableLineage, ValidationOutcome

__all__ = [
    "LINEAGE_FILE",
    "ExtractLineage",
    "Lineage",
    "LineageUnreadableError",
    "NoLineageError",
    "TableLineage",
    "ValidationOutcome",
    "changed_tables",
    "find_lineage",
    "hash_file",
    "load_lineage",
    "parse_lineage",
    "write_lineage",
]

LINEAGE_FILE = "lineage.json"
_CHUNK = 1 << 20


class NoLineageError(UserError):
    """Tables of a validation that recorded no lineage."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} has no {LINEAGE_FILE}: these tables were validated by an older version, "
            "which did not record where they came from. Run chora validate again from the extract."
        )


class LineageUnreadableError(DataError):
    """A lineage that is not what validation writes."""

    def __init__(self, where: Path | str, why: str) -> None:
        super().__init__(
            f"{where} cannot be read: {why}. Run chora validate again from the extract, or take "
            "the file from a copy."
        )


def parse_lineage(text: str, where: Path | str = LINEAGE_FILE) -> Lineage:
    """The lineage of a text that `as_text` wrote; fields that a later version added are left.

    Raises:
        LineageUnreadableError: it is no JSON, or a field is missing or of another kind.
    """
    try:
        body = json.loads(text)
        return Lineage(
            source_hash=_text(body["source_hash"]),
            validated_with=MappingProxyType(dict(body["validated_with"])),
            extracts=tuple(_extract(one) for one in body["extracts"]),
            tables=MappingProxyType({n: _table(one) for n, one in body["tables"].items()}),
        )
    except json.JSONDecodeError as error:
        raise LineageUnreadableError(where, "it is no JSON") from error
    except KeyError as error:
        raise LineageUnreadableError(where, f"the field {error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise LineageUnreadableError(where, "a field is of another kind than it should") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _extract(body: Mapping[str, Any]) -> ExtractLineage:
    day = body["extracted_on"]
    if body["kind"] not in ("full", "increment"):
        raise ValueError(body["kind"])
    return ExtractLineage(
        source=_text(body["source"]),
        manifest_sha256=body["manifest_sha256"],
        extracted_on=date.fromisoformat(day) if day else None,
        kind=body["kind"],
    )


def _table(body: Mapping[str, Any]) -> TableLineage:
    counts = {name: int(body[name]) for name in ("rows", "read", "accepted", "repaired")}
    outcome = body["validation"]
    return TableLineage(
        source=_text(body["source"]),
        source_sha256=body["source_sha256"],
        table_sha256=_text(body["table_sha256"]),
        **counts,
        set_aside=int(body["set_aside"]),
        repairs=MappingProxyType({rule: int(n) for rule, n in body["repairs"].items()}),
        validation=ValidationOutcome(
            expectations=int(outcome["expectations"]),
            is_clean=bool(outcome["is_clean"]),
            warnings=tuple(_text(one) for one in outcome["warnings"]),
            suite_sha256=outcome["suite_sha256"],
        ),
        absent=bool(body["absent"]),
    )


def load_lineage(folder: Path) -> Lineage:
    """The lineage of the accepted tables in a folder.

    Raises:
        NoLineageError: the tables were validated by a version that recorded none.
        LineageUnreadableError: the file is not what validation writes.
    """
    file = folder / LINEAGE_FILE
    if not file.is_file():
        raise NoLineageError(folder)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LineageUnreadableError(file, "it is no text in UTF-8") from error
    return parse_lineage(text, file)


def find_lineage(folder: Path) -> Lineage | None:
    """The lineage of a folder, or None where its validation recorded none.

    Raises LineageUnreadableError where there is one that cannot be read.
    """
    return load_lineage(folder) if (folder / LINEAGE_FILE).is_file() else None


def write_lineage(folder: Path, lineage: Lineage) -> None:
    """Writes TABLES/lineage.json."""
    (folder / LINEAGE_FILE).write_text(lineage.as_text(), encoding="utf-8")


def hash_file(file: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces: tables of a nation do not fit twice in memory."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def changed_tables(folder: Path, lineage: Lineage) -> dict[str, str]:
    """The tables of a lineage whose accepted file in `folder` is another now, and how.

    Returns:
        Table -> "missing" or "differs"; empty where every file is the one that was recorded.
    """
    found: dict[str, str] = {}
    for name, table in lineage.tables.items():
        file = folder / f"{name}.parquet"
        if not file.is_file():
            found[name] = "missing"
        elif hash_file(file) != table.table_sha256:
            found[name] = "differs"
    return found
