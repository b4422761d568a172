"""The proof that a decision stands in the ledger, checkable without this service."""

from dataclasses import dataclass

from ledger.proving import prove
from serving.people import Person
from serving.review import read_decision
from serving.service import Service


@dataclass(frozen=True)
class Proof:
    """An inclusion proof of format 1 (see `ledger.proving`) and the decision that it is about."""

    decision_id: str
    ledger_index: int
    proof: dict[str, object]
    public_key: str
    how_to_check: str


def prove_decision(service: Service, person: Person, decision_id: str) -> Proof:
    """The proof for a decision that the person may read.

    Raises:
        NotFoundError, NotYourOfficeError: as for reading the decision.
        LedgerError: the published ledger is broken or behind.
    """
    decision = read_decision(service, person, decision_id)
    folder = service.settings.ledger_folder
    return Proof(
        decision_id=decision.id,
        ledger_index=decision.ledger_index,
        proof=prove(folder, decision.ledger_index),
        public_key=(folder / "key.pub").read_text().strip(),
        how_to_check="python -m ledger --help, or any RFC 6962 verifier with the key above",
    )
