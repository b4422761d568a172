"""State and ledger entry together: both there or both absent, and no word of a person in it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from ledger.notes import parse_key
from ledger.proving import verify_proof
from ledger.verification import verify
from serving import recording
from serving.app import create_app
from serving.service import Service
from serving.settings import Settings
from tests.integration.serving.calls import API, REASON, propose, recommend, refused, send_decision
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import SEARCH, FewCases


def entries(service: Service) -> list[bytes]:
    with service.store.reading() as session:
        rows = session.execute(text("SELECT entry FROM ledger_entries ORDER BY position"))
        return [row[0] for row in rows]


def count(service: Service, table: str) -> int:
    with service.store.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_every_transition_has_its_entry_and_the_ledger_verifies(
    service: Service, sign_in: SignIn
) -> None:
    decision = send_decision(sign_in("rano"), propose(sign_in("olim"))).json()
    assert count(service, "transitions") == len(entries(service)) == 3
    body = json.loads(entries(service)[decision["ledger_index"]])["body"]
    assert body["decision_id"] == decision["id"]
    assert (body["action"], body["from_state"], body["to_state"]) == (
        "approve",
        "proposed",
        "approved",
    )
    assert verify(service.settings.store).ok


def test_the_ledger_holds_no_word_name_or_case_number(service: Service, sign_in: SignIn) -> None:
    override = {"measure": SEARCH, "reason_code": "other", "reason": "Saw the car at the bazaar"}
    send_decision(sign_in("rano"), propose(sign_in("olim"), **override), "reject")
    written = b"".join(
        file.read_bytes() for file in service.settings.ledger_folder.rglob("*") if file.is_file()
    )
    for secret in ("bazaar", REASON, "Olim", "Rano", "olim", "p-olim", '"c1"', "claim_som"):
        assert secret.encode() not in written


def test_one_person_has_one_hash_whatever_the_account(service: Service, sign_in: SignIn) -> None:
    propose(sign_in("olim"), "c1")
    other = propose(sign_in("oysha"), "c2")
    send_decision(sign_in("olim2"), other)
    people = [json.loads(entry)["body"]["person_hash"] for entry in entries(service)]
    assert people[0] == people[1] == people[4]
    assert len(set(people)) == 2


def test_a_failure_after_the_entry_leaves_neither_entry_nor_state(
    service: Service, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")

    def fail(*_: object) -> None:
        raise IntegrityError("stopped", None, ValueError("stopped"))

    with monkeypatch.context() as patched:
        patched.setattr("serving.deciding.view_decision", fail)
        refused(send_decision(reviewer, proposal), 500, "internal-error")
    assert count(service, "transitions") == count(service, "ledger_entries") == 2
    assert count(service, "decisions") == 0
    assert send_decision(reviewer, proposal).status_code == 201
    assert verify(service.settings.store).ok


@pytest.mark.parametrize("table", ["decisions", "transitions", "ledger_entries"])
@pytest.mark.parametrize("change", ["DELETE FROM {t}", "UPDATE {t} SET rowid = rowid + 7"])
def test_what_was_recorded_cannot_be_changed_in_the_database(
    service: Service, sign_in: SignIn, table: str, change: str
) -> None:
    send_decision(sign_in("rano"), propose(sign_in("olim")))
    with (
        pytest.raises(IntegrityError, match=f"{table} is append-only"),
        service.store.writing() as session,
    ):
        session.execute(text(change.format(t=table)))


def test_a_stop_between_commit_and_publication_is_made_good_at_the_next_start(
    service: Service,
    sign_in: SignIn,
    settings: Settings,
    desk: FewCases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer = sign_in("olim")
    recommend(officer)
    with monkeypatch.context() as patched:
        patched.setattr(recording, "publish", lambda *_: (_ for _ in ()).throw(OSError("stop")))
        proposal = propose(officer, "c2")
        ready = officer.get("/readyz")
    assert ready.status_code == 503
    assert "ledger" in ready.json()["missing"][0]
    assert "3 entries" not in verify(settings.store).sentence
    create_app(settings, desk).state.service.store.close()
    assert "3 entries" in verify(settings.store).sentence
    assert send_decision(sign_in("rano"), proposal).status_code == 201


def test_the_proof_of_a_decision_verifies_without_the_service(sign_in: SignIn) -> None:
    reviewer = sign_in("rano")
    decision = send_decision(reviewer, propose(sign_in("olim"))).json()
    proof = reviewer.get(f"{API}/decisions/{decision['id']}/proof").json()
    assert proof["ledger_index"] == decision["ledger_index"]
    verify_proof(proof["proof"], parse_key(proof["public_key"]))
    assert json.loads(proof["proof"]["entry"])["body"]["decision_id"] == decision["id"]


def test_the_ledger_is_served_as_static_files(
    service: Service, sign_in: SignIn, tmp_path: Path
) -> None:
    reviewer = sign_in("rano")
    send_decision(reviewer, propose(sign_in("olim")))
    folder = service.settings.ledger_folder
    for file in ("checkpoint", "key.pub", "tile/0/000.p/3", "tile/entries/000.p/3"):
        answer = reviewer.get(f"/ledger/{file}")
        assert (answer.status_code, answer.content) == (200, (folder / file).read_bytes())
    for file in ("tile/0/001", "tile/0/000.p/0", "tile/%2e%2e/key.pub", "tile/0/%2e%2e/README"):
        assert reviewer.get(f"/ledger/{file}").status_code == 404


def test_a_flipped_byte_in_the_store_stops_the_service_at_start(
    service: Service, sign_in: SignIn, settings: Settings, desk: FewCases
) -> None:
    from ledger.errors import LedgerError

    send_decision(sign_in("rano"), propose(sign_in("olim")))
    with service.store.writing() as session:
        session.execute(text("DROP TRIGGER ledger_entries_no_update"))
        session.execute(
            text(
                "UPDATE ledger_entries SET entry = CAST(replace(CAST(entry AS TEXT), "
                "'approve', 'reject!') AS BLOB) WHERE position = 2"
            )
        )
    with pytest.raises(LedgerError, match="Entry 2"):
        create_app(settings, desk)
