"""The manifest of an extract: what was sent, so that what arrived can be compared with it.

`manifest.json` lies beside the files and states for each its SHA-256, size and number of rows, the
day of the extract and whether it is a full one or an increment. It is checked before a file is
read; an extract without a manifest is read as it is, and its report says so.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pyarrow.parquet as pq

from registers.errors import ManifestError, TableRefusedError
from registers.extract import hash_of_files

MANIFEST_FILE = "manifest.json"
FORMAT = 1

Extent = Literal["full", "increment"]


@dataclass(frozen=True)
class FileEntry:
    """What a manifest states of one file; `rows` is None where the sender did not count them."""

    sha256: str
    n_bytes: int
    rows: int | None


@dataclass(frozen=True)
class Manifest:
    """What the sender states of an extract.

    Attributes:
        files: what was sent, by the name relative to the folder of the tables.
        extracted_on: the day of the extract; no row can have been reported later.
        extent: `full` replaces everything, `increment` adds, corrects and withdraws rows.
        follows: SHA-256 of the manifest that this increment continues, or None.
        sha256: SHA-256 of the manifest's own bytes.
    """

    files: Mapping[str, FileEntry]
    extracted_on: date | None
    extent: Extent
    follows: str | None
    sha256: str


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None where there is none; raises ManifestError."""
    file = folder / MANIFEST_FILE
    if not file.is_file():
        return None
    content = file.read_bytes()
    try:
        stated = json.loads(content.decode("utf-8"))
        return _manifest(stated, hashlib.sha256(content).hexdigest())
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(file, _why(error)) from error


def _why(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the field {error.args[0]} is missing"
    if isinstance(error, UnicodeDecodeError | json.JSONDecodeError):
        return "it is no JSON in UTF-8"
    return "a field has another form than a manifest needs"


def _manifest(stated: dict[str, Any], sha256: str) -> Manifest:
    if stated["manifest"] != FORMAT or stated.get("extent", "full") not in ("full", "increment"):
        raise ValueError
    day = stated.get("extracted_on")
    return Manifest(
        files={
            name: FileEntry(str(entry["sha256"]), int(entry["bytes"]), _count(entry.get("rows")))
            for name, entry in stated["files"].items()
        },
        extracted_on=None if day is None else date.fromisoformat(day),
        extent=stated.get("extent", "full"),
        follows=stated.get("follows"),
        sha256=sha256,
    )


def _count(rows: object) -> int | None:
    if rows is None or isinstance(rows, int):
        return rows
    raise ValueError


def write_manifest(
    folder: Path,
    files: Iterable[Path],
    extracted_on: date | None,
    extent: Extent = "full",
    follows: str | None = None,
) -> Path:
    """Writes the manifest of some files of a folder and returns its path."""
    entries = {file.relative_to(folder).as_posix(): _entry(file) for file in sorted(files)}
    content = {
        "manifest": FORMAT,
        "extracted_on": extracted_on.isoformat() if extracted_on else None,
        "extent": extent,
        "follows": follows,
        "files": entries,
    }
    path = folder / MANIFEST_FILE
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


def _entry(file: Path) -> dict[str, object]:
    rows = pq.read_metadata(file).num_rows if file.suffix == ".parquet" else None
    return {"sha256": hash_of_files([file]), "bytes": file.stat().st_size, "rows": rows}


def check_file(table: str, name: str, file: Path, manifest: Manifest) -> str:
    """The SHA-256 of a file that is what the manifest states; raises TableRefusedError.

    The size is compared first: a file that was cut off in transfer is told as such.
    """
    entry = manifest.files.get(name)
    if entry is None:
        raise TableRefusedError(
            table,
            "not_in_manifest",
            f"{table}: {name} is not named in {MANIFEST_FILE}. Ask the agency whether it belongs "
            "to the extract, and for a manifest that names it.",
        )
    size = file.stat().st_size
    if size != entry.n_bytes:
        what = "was cut off" if size < entry.n_bytes else "was changed"
        raise TableRefusedError(
            table,
            "truncated_file" if size < entry.n_bytes else "altered_file",
            f"{table}: {name} has {size} bytes where {MANIFEST_FILE} states {entry.n_bytes}: it "
            f"{what} on the way. Transfer it again.",
        )
    sha256 = hash_of_files([file])
    if sha256 != entry.sha256:
        raise TableRefusedError(
            table,
            "altered_file",
            f"{table}: {name} is not the file that {MANIFEST_FILE} describes (its SHA-256 "
            "differs). Transfer it again, and ask the agency who changed it.",
        )
    return sha256


def check_rows(table: str, name: str, n_rows: int, manifest: Manifest) -> None:
    """Raises TableRefusedError where a file has not as many rows as its manifest states."""
    stated = manifest.files[name].rows
    if stated is not None and stated != n_rows:
        raise TableRefusedError(
            table,
            "row_count_differs",
            f"{table}: {name} has {n_rows} rows where {MANIFEST_FILE} states {stated}. "
            "Ask the agency for the table again.",
        )


def missing_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The files that the manifest names and the folder lacks."""
    yield from (name for name in manifest.files if not (folder / name).is_file())
