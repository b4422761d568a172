"""A reason on its way into the store: whole, with its paragraphs, and the same from everywhere."""

import sqlite3

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from serving.grounds import MAXIMUM_REASON_CHARACTERS
from serving.recording import reason_hash
from serving.security.sessions import form_token
from serving.service import Service
from serving.store.database import database_path
from tests.integration.serving.calls import API, propose, recommend, refused, send_decision
from tests.integration.serving.calls import send_proposal as send
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import LEVY

SENTENCE = "The debtor pays in parts. "
LINES = "The debtor pays.\nThe claimant agrees.\n\nThe law was checked."


def stored(service: Service) -> tuple[str, str, str]:
    """Reason, its salt and the public entry of the last transition."""
    with sqlite3.connect(database_path(service.settings.store)) as connection:
        row = connection.execute(
            "SELECT reason, reason_salt, CAST(entry AS TEXT) FROM transitions "
            "JOIN ledger_entries ON position = ledger_index ORDER BY id DESC LIMIT 1"
        ).fetchone()
    return str(row[0]), str(row[1]), str(row[2])


def test_a_text_that_is_too_long_is_refused_in_four_languages_and_nothing_is_cut(
    sign_in: SignIn, service: Service
) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    text = SENTENCE * 150 + "x" * (MAXIMUM_REASON_CHARACTERS - 150 * len(SENTENCE))
    assert len(text) == MAXIMUM_REASON_CHARACTERS
    answer = send(officer, rec, reason=text + "y")
    assert "Shorten it by 1." in refused(answer, 422, "reason-too-long")
    assert set(answer.json()["texts"]) == {"uz_Latn", "uz_Cyrl", "ru", "en"}
    assert send(officer, rec, reason=text).json()["reason"] == text
    assert stored(service)[0] == text


def test_the_end_of_a_long_decision_is_recorded(sign_in: SignIn) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    text = SENTENCE * 150 + "And this is the end of it."
    assert (
        send_decision(reviewer, proposal, reason=text).json()["reason"].endswith("the end of it.")
    )


def test_paragraphs_reach_the_store(sign_in: SignIn, service: Service) -> None:
    propose(sign_in("olim"), reason=LINES)
    assert stored(service)[0] == LINES


def test_a_form_and_a_program_send_the_same_text_with_the_same_hash(
    app: FastAPI, service: Service, sign_in: SignIn
) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    send(officer, rec, reason=LINES)
    from_program = stored(service)
    other = recommend(officer, "c2")
    data = {
        "measure": LEVY,
        "reason": LINES.replace("\n", "\r\n"),
        "csrf_token": form_token(officer.cookies["chora"]),
    }
    page = officer.post(f"/recommendations/{other}/proposals", data=data, follow_redirects=False)
    assert page.status_code == 303
    from_form = stored(service)
    assert from_form[0] == from_program[0]
    assert from_form[1] != from_program[1]
    for reason, salt, entry in (from_form, from_program):
        assert reason_hash(LINES, salt) == reason_hash(reason, salt)
        assert reason_hash(reason, salt) in entry


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("aaaaaaaaaaaa", "reason-repeats"),
        ("pays pays pays pays", "reason-repeats"),
        ("123456789012", "reason-required"),
        ("The debtor\x00 pays every month.", "text-unreadable"),
    ],
)
def test_what_says_nothing_is_refused_with_its_sentence_everywhere(
    sign_in: SignIn, reason: str, code: str
) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    rec = recommend(officer)
    refused(send(officer, rec, reason=reason), 422, code)
    stay = {"ground": "suspended", "reason": reason}
    refused(officer.post(f"{API}/recommendations/{rec}/stay", json=stay), 422, code)
    proposal = str(send(officer, rec).json()["id"])
    refused(send_decision(reviewer, proposal, reason=reason), 422, code)
    withdrawal = {"reason": reason}
    refused(officer.post(f"{API}/proposals/{proposal}/withdrawal", json=withdrawal), 422, code)


def test_half_a_character_is_no_failure_of_the_service(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    body = b'{"measure": "bank_account_levy", "reason": "The debtor pays \\ud800 in parts."}'
    answer = post_bytes(officer, recommend(officer), body)
    assert answer == 422


def post_bytes(officer: TestClient, rec: str, body: bytes) -> int:
    """The status of an answer to a proposal sent as it stands."""
    path, kind = f"{API}/recommendations/{rec}/proposals", {"Content-Type": "application/json"}
    return int(officer.post(path, content=body, headers=kind).status_code)


def test_a_field_named_twice_is_refused_and_none_of_both_is_taken(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    twice = b'{"measure": "search", "first_choice": "search", "first_choice": "travel_ban"}'
    path, kind = f"{API}/recommendations/{rec}/proposals", {"Content-Type": "application/json"}
    refused(officer.post(path, content=twice, headers=kind), 422, "repeated-field")
    assert officer.get(f"{API}/recommendations/{rec}").json()["state"] == "recommended"
