"""What a model was learnt from, read without its trees: day, law, data and their lineage."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.errors import BundleDamagedError
from registers.lineage import LINEAGE_FILE, Lineage, parse_lineage


@dataclass(frozen=True)
class ModelOrigin:
    """Where a model came from.

    Attributes:
        data_hash: The source hash of the tables that it was trained on.
        lineage: Where those tables came from; None for a model of an older version, or of tables
            whose validation recorded none.
    """

    version: str
    as_of: date
    law_version: str
    data_hash: str
    bundle_hash: str
    lineage: Lineage | None


def read_origin(folder: Path) -> ModelOrigin:
    """The origin of the model in a folder.

    Raises:
        BundleDamagedError: a file is missing or not the one that training wrote.
        LineageUnreadableError: the lineage is of a form that this program does not read.
    """
    try:
        text = (folder / "bundle.json").read_text(encoding="utf-8")
        body = json.loads(text)
        return ModelOrigin(
            version=body["version"],
            as_of=date.fromisoformat(body["as_of"]),
            law_version=body["law_version"],
            data_hash=body["data_hash"],
            bundle_hash=hashlib.sha256(text.encode()).hexdigest(),
            lineage=_lineage(folder, body["files"].get(LINEAGE_FILE)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleDamagedError(folder, "bundle.json") from error


def _lineage(folder: Path, digest: str | None) -> Lineage | None:
    if digest is None:
        return None
    file = folder / LINEAGE_FILE
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BundleDamagedError(folder, LINEAGE_FILE) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise BundleDamagedError(folder, LINEAGE_FILE)
    return parse_lineage(content.decode(), file)
