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

from registers.errors import DataError, UserError, VerificationError
from registers.extract import unknown_file
from registers.lineage_facts import ExtractLineage, Lineage, TableLineage, ValidationOutcome
from registers.unknown_rows import UNKNOWN_FOLDER

__all__ = [
    "LINEAGE_FILE",
    "ExtractLineage",
    "Lineage",
    "LineageUnreadableError",
    "NoLineageError",
    "OtherTablesError",
    "TableLineage",
    "ValidationOutcome",
    "changed_tables",
    "find_lineage",
    "hash_file",
    "lineage_from_dict",
    "lineage_of",
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


class OtherTablesError(VerificationError):
    """Accepted tables that are not those of which the lineage tells."""

    exit_code = 12

    def __init__(self, folder: Path, changed: list[str]) -> None:
        which = f" ({', '.join(changed)})" if changed else ""
        super().__init__(
            f"{folder}: the tables are not those that were validated{which}, so nothing can be "
            "followed back to its source. Run chora validate again from the extract."
        )


class LineageUnreadableError(DataError):
    """A lineage that is not what validation writes."""

    def __init__(self, where: Path | str, why: str) -> None:
        super().__init__(
            f"{where} cannot be read: {why}. Run chora validate again from the extract, or take "
            "the file from a copy."
        )


def parse_lineage(text: str, where: Path | str = LINEAGE_FILE) -> Lineage:
    """The lineage of a text that `as_text` wrote.

    Raises:
        LineageUnreadableError: it is no JSON, or not what validation writes.
    """
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        raise LineageUnreadableError(where, "it is no JSON") from error
    return lineage_from_dict(body, where)


def lineage_from_dict(body: Mapping[str, Any], where: Path | str = LINEAGE_FILE) -> Lineage:
    """The lineage of the content of lineage.json; fields that a later version added are left.

    Raises:
        LineageUnreadableError: a field is missing or of another kind.
    """
    try:
        return Lineage(
            source_hash=_text(body["source_hash"]),
            validated_with=MappingProxyType(dict(body["validated_with"])),
            extracts=tuple(_extract(one) for one in body["extracts"]),
            tables=MappingProxyType({n: _table(one) for n, one in body["tables"].items()}),
        )
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
        unknown_owners=int(body.get("unknown_owners", 0)),
        unknown_sha256=body.get("unknown_sha256"),
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


def lineage_of(folder: Path, source_hash: str) -> Lineage | None:
    """The lineage of the very tables that were read from a folder; None where none was recorded.

    Raises:
        OtherTablesError: a file was changed after the lineage was written.
        LineageUnreadableError: the lineage is not what validation writes.
    """
    lineage = find_lineage(folder)
    if lineage is not None and lineage.source_hash != source_hash:
        raise OtherTablesError(folder, sorted(changed_tables(folder, lineage)))
    return lineage


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
        "unknown/<table>" where whose rows are not all known is told otherwise.
    """
    found: dict[str, str] = {}
    for name, table in lineage.tables.items():
        file = folder / f"{name}.parquet"
        if not file.is_file():
            found[name] = "missing"
        elif hash_file(file) != table.table_sha256:
            found[name] = "differs"
        unknown = unknown_file(folder, name)
        if (hash_file(unknown) if unknown else None) != table.unknown_sha256:
            found[f"{UNKNOWN_FOLDER}/{name}"] = "differs"
    return found
