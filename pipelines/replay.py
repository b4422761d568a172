"""Rebuilding a recommendation from its tables, model and law, to compare it byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from law.engine import law_version
from models.registry import Store
from pipelines.document import document_bytes, recommend_case
from registers.errors import ChoraError
from registers.extract import load_tables


@dataclass(frozen=True)
class Replayed:
    """What a rebuilt recommendation showed; `differences` is empty where nothing differs."""

    document: bytes
    differences: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the rebuilt bytes are those that were recorded."""
        return not self.differences


class ReplayDiffersError(ChoraError):
    """A recommendation cannot be rebuilt as it was."""

    exit_code = 31

    def __init__(self, decision_id: str, differences: tuple[str, ...]) -> None:
        super().__init__(
            f"The recommendation behind decision {decision_id} is not rebuilt as it was: "
            f"{'; '.join(differences)}."
        )


def replay(
    store: Store,
    tables: Path,
    *,
    case_id: str,
    as_of: date,
    model_version: str,
    top: int,
    recorded: bytes,
    source_hash: str,
    recorded_law: str,
) -> Replayed:
    """Rebuild and compare; each difference names what changed: registers, law, or bytes.

    Raises:
        NotValidatedError, UnknownModelError and their kin: a part is no longer there.
    """
    registers = load_tables(tables)
    bundle = store.load(model_version)
    document = document_bytes(recommend_case(registers, case_id, as_of, bundle, top))
    differences = []
    if registers.source_hash != source_hash:
        differences.append("the register tables were replaced by others")
    if law_version(bundle.legal_order) != recorded_law:
        differences.append(
            f"the law was {recorded_law}, now it is {law_version(bundle.legal_order)}"
        )
    if document != recorded:
        was, now = (hashlib.sha256(b).hexdigest()[:12] for b in (recorded, document))
        differences.append(f"the document's hash was {was}, rebuilt it is {now}")
    # The same bytes from later tables or a later law are the same recommendation.
    return Replayed(document, tuple(differences) if document != recorded else ())
