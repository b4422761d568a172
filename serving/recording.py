"""The one module that writes to the ledger: a change of state and its entry, in one transaction.

1. The caller holds a writing transaction and has checked that the change is allowed.
2. `record_transition` appends the ledger entry as a row of the same database, adds the transition
   and moves the recommendation: all three commit together or vanish together.
3. After the commit, before the answer is given, `Publisher.publish` brings the ledger's public
   files up to the database. If the machine stops in between, the next start does it.

Entries hold no personal data: people as keyed hashes, reasons as salted hashes, cases not at all,
and only what `serving.ledger_fields` lists.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from ledger.appending import append_entry
from ledger.notes import Checkpoint
from ledger.publishing import publish
from ledger.signing import Signer
from serving.ledger_fields import SCHEMA, check_entry
from serving.people import Person
from serving.store.database import Store
from serving.store.entries import SqlEntryStore
from serving.store.models import Recommendation, StoreFact, Transition

PERSON_SALT = "person_salt"


@dataclass(frozen=True)
class Step:
    """One change of state to be recorded.

    `facts` go into the ledger as they are: what `serving.ledger_fields` lists and nothing else.
    """

    action: str
    to_state: str
    person: Person
    at: datetime
    ground: str | None = None
    reason: str | None = None
    proposal_id: str | None = None
    decision_id: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def record_transition(
    session: Session, recommendation: Recommendation, step: Step, is_first: bool = False
) -> Transition:
    """The transition just recorded, with its place in the ledger; the recommendation has moved."""
    from_state = None if is_first else recommendation.state
    version = recommendation.version + (0 if is_first else 1)
    salt = secrets.token_hex(16) if step.reason is not None else None
    body = _entry(session, recommendation, step, from_state, version, salt)
    check_entry(body, recommendation.legal_order)
    transition = Transition(
        recommendation_id=recommendation.id,
        version=version,
        action=step.action,
        from_state=from_state,
        to_state=step.to_state,
        account_id=step.person.account_id,
        proposal_id=step.proposal_id,
        decision_id=step.decision_id,
        ground=step.ground,
        reason=step.reason,
        reason_salt=salt,
        at=step.at,
        ledger_index=append_entry(SqlEntryStore(session), body),
    )
    recommendation.state, recommendation.version = step.to_state, version
    recommendation.changed_at = step.at
    session.add(transition)
    session.flush()
    return transition


def _entry(
    session: Session,
    recommendation: Recommendation,
    step: Step,
    from_state: str | None,
    version: int,
    salt: str | None,
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "at": step.at.isoformat(timespec="microseconds"),
        "action": step.action,
        "from_state": from_state,
        "to_state": step.to_state,
        "version": version,
        "recommendation_id": recommendation.id,
        "proposal_id": step.proposal_id,
        "decision_id": step.decision_id,
        "as_of_date": recommendation.as_of_date.isoformat(),
        "output_hash": recommendation.output_hash,
        "input_hash": recommendation.input_hash,
        "model_version": recommendation.model_version,
        "law_version": recommendation.law_version,
        "source_hash": recommendation.source_hash,
        "role": step.person.role.value,
        "person_hash": person_hash(session, step.person.person_id),
        "ground": step.ground,
        "reason_hash": None if step.reason is None else reason_hash(step.reason, salt or ""),
        "facts": dict(step.facts),
    }


def reason_hash(reason: str, salt: str) -> str:
    """The hash under which a reason stands in the ledger; the salt stays in the store."""
    return hashlib.sha256(f"{salt}\n{reason}".encode()).hexdigest()


def person_hash(session: Session, person_id: str) -> str:
    """The keyed hash of a person: equal for all accounts of one person, told to nobody else."""
    fact = session.get(StoreFact, PERSON_SALT)
    if fact is None:
        fact = StoreFact(name=PERSON_SALT, value=secrets.token_hex(32))
        session.add(fact)
        session.flush()
    return hmac.new(fact.value.encode(), person_id.encode(), hashlib.sha256).hexdigest()


class Publisher:
    """Keeps the ledger's public files up to the entries of the store."""

    def __init__(self, store: Store, folder: Path, signer: Signer) -> None:
        self._store = store
        self._folder = folder
        self._signer = signer
        self._lock = Lock()

    def publish(self) -> Checkpoint:
        """The checkpoint over all committed entries, published.

        Raises:
            LedgerError: the files were changed by somebody else; nothing was overwritten.
        """
        with self._lock, self._store.reading() as session:
            return publish(self._folder, SqlEntryStore(session), self._signer)
