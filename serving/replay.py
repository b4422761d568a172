"""Rebuilding the recommendation behind a decision and comparing it byte for byte.

1. The stored bytes still have the hash that the ledger's entry names.
2. The register tables are those of the recommendation (same source hash).
3. The law is that of the recommendation (same law version).
4. The same model, asked the same question, gives the same bytes.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from models.registry import Store as ModelStore
from registers.errors import ChoraError
from registers.extract import Registers, load_tables
from serving.reading import get_decision
from serving.store.database import Store
from serving.store.models import LedgerEntry, Recommendation

EXIT_SAME = 0
EXIT_DIFFERS = 31


@dataclass(frozen=True)
class ReplayResult:
    """Whether the recommendation could be rebuilt, and a sentence that says so."""

    decision_id: str
    recommendation_id: str
    is_same: bool
    sentence: str
    stored_hash: str
    rebuilt_hash: str | None

    @property
    def exit_code(self) -> int:
        """What the command returns."""
        return EXIT_SAME if self.is_same else EXIT_DIFFERS


def replay(store: Store, decision_id: str, tables: Path | None = None) -> ReplayResult:
    """Rebuild the recommendation behind a decision.

    `tables` replaces the folder that was used then, where the tables were moved.

    Raises:
        NotFoundError: there is no such decision.
    """
    with store.reading() as session:
        decision = get_decision(session, decision_id)
        row = decision.proposal.recommendation
        entry = session.get_one(LedgerEntry, decision.ledger_index).entry
    problem = _find_changed_bytes(row, entry)
    if problem:
        return _result(decision_id, row, None, problem)
    try:
        rebuilt = _rebuild(store, row, tables or Path(row.tables_folder))
    except _OtherBasisError as error:
        return _result(decision_id, row, None, str(error))
    except ChoraError as error:
        return _result(decision_id, row, None, f"The recommendation cannot be rebuilt. {error}")
    return _result(decision_id, row, rebuilt, None)


class _OtherBasisError(Exception):
    """Tables or law are not those of the recommendation."""


def _find_changed_bytes(row: Recommendation, entry: bytes) -> str | None:
    stored = hashlib.sha256(row.document).hexdigest()
    if stored != row.output_hash:
        return "The stored recommendation is not the one that was hashed: the store was changed."
    if json.loads(entry)["body"]["output_hash"] != stored:
        return "The stored recommendation is not the one that the ledger names."
    return None


def _rebuild(store: Store, row: Recommendation, tables: Path) -> bytes:
    from law.engine import law_version
    from serving.register_desk import recommend_one

    registers = _same_registers(row, tables)
    if law_version(row.legal_order) != row.law_version:
        raise _OtherBasisError(
            f"The law of this program is not the one of the recommendation ({row.law_version}). "
            "Replay it with the version of Chora that made it."
        )
    bundle = ModelStore(store.folder).load(row.model_version)
    return recommend_one(registers, bundle, row.case_id, row.as_of_date, row.top).document


def _same_registers(row: Recommendation, tables: Path) -> Registers:
    registers = load_tables(tables)
    if registers.source_hash != row.source_hash:
        raise _OtherBasisError(
            f"The tables in {tables} are not those of the recommendation. "
            "Name the tables of that day with --tables."
        )
    return registers


def _result(
    decision_id: str, row: Recommendation, rebuilt: bytes | None, problem: str | None
) -> ReplayResult:
    is_same = rebuilt == row.document
    if problem is None:
        problem = (
            "The recommendation was rebuilt and is the same, byte for byte."
            if is_same
            else "The rebuilt recommendation differs from the stored one."
        )
    rebuilt_hash = None if rebuilt is None else hashlib.sha256(rebuilt).hexdigest()
    return ReplayResult(decision_id, row.id, is_same, problem, row.output_hash, rebuilt_hash)
