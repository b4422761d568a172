"""No decision without a second person, a stated ground and the right of that person."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from serving.service import Service
from tests.integration.serving.calls import propose, refused, send_decision, send_proposal
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import BAN


def test_author_cannot_decide_on_own_proposal(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    sentence = refused(send_decision(officer, propose(officer)), 403, "same-person")
    assert sentence == "You proposed this measure, so another officer must decide on it."


def test_author_cannot_decide_through_a_second_account(sign_in: SignIn) -> None:
    proposal = propose(sign_in("olim"))
    refused(send_decision(sign_in("olim2"), proposal), 403, "same-person")
    for decision in ("reject", "return"):
        refused(send_decision(sign_in("olim2"), proposal, decision), 403, "same-person")


def test_the_database_itself_refuses_a_decision_by_the_proposer(
    service: Service, sign_in: SignIn
) -> None:
    send_decision(sign_in("rano"), propose(sign_in("olim")))
    copy = (
        "INSERT INTO decisions SELECT 'dec_x', 'pro_x', recommendation_id, account_id, "
        "proposer_person_id, proposer_person_id, decision, ground, reason, law, working_day, "
        "decided_at, 99 FROM decisions"
    )
    with pytest.raises(IntegrityError, match="four_eyes"), service.store.writing() as session:
        session.execute(text(copy))


@pytest.mark.parametrize("username", ["olim", "oysha", "asal"])
def test_officers_and_analysts_do_not_decide(sign_in: SignIn, username: str) -> None:
    proposal = propose(sign_in("oysha" if username == "olim" else "olim"))
    refused(send_decision(sign_in(username), proposal), 403, "role-refused")


@pytest.mark.parametrize("username", ["rano", "asal"])
def test_reviewers_and_analysts_do_not_propose(sign_in: SignIn, username: str) -> None:
    recommendation = sign_in("olim").post("/api/v1/cases/c1/recommendations").json()["id"]
    refused(send_proposal(sign_in(username), recommendation), 403, "role-refused")


def test_another_person_approves(sign_in: SignIn) -> None:
    answer = send_decision(sign_in("rano"), propose(sign_in("olim")))
    assert answer.status_code == 201
    assert (answer.json()["proposed_by"], answer.json()["decided_by"]) == ("Olim", "Rano")


def test_a_measure_that_needs_a_senior_officer_waits_for_one(sign_in: SignIn) -> None:
    proposal = propose(sign_in("olim"), measure=BAN)
    sentence = refused(send_decision(sign_in("rano"), proposal), 403, "senior-required")
    assert "senior officer (Art. 42)" in sentence
    assert send_decision(sign_in("rustam"), proposal).status_code == 201


def test_rejecting_such_a_measure_needs_no_senior_officer(sign_in: SignIn) -> None:
    proposal = propose(sign_in("olim"), measure=BAN)
    assert send_decision(sign_in("rano"), proposal, "reject").status_code == 201


@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [
        ("it is fine", "Facts and law were checked.", "ground-required"),
        ("lawful_and_proportionate", "ok", "reason-required"),
        ("lawful_and_proportionate", "          ", "reason-required"),
    ],
)
def test_no_decision_without_a_stated_ground(
    sign_in: SignIn, ground: str, reason: str, code: str
) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    refused(send_decision(reviewer, proposal, ground=ground, reason=reason), 422, code)
    found = reviewer.get(f"/api/v1/proposals/{proposal}").json()
    assert (found["state"], found["decision"]) == ("proposed", None)


def test_rights_end_at_the_office(sign_in: SignIn) -> None:
    elsewhere = propose(sign_in("oysha"), "c3")
    refused(send_decision(sign_in("rano"), elsewhere), 403, "not-your-office")
    officer = sign_in("olim")
    for path in ("/cases/c3", f"/proposals/{elsewhere}"):
        refused(officer.get(f"/api/v1{path}"), 403, "not-your-office")
    refused(officer.post("/api/v1/cases/c3/recommendations"), 403, "not-your-office")
    body = {"case_id": "c3", "measure": BAN}
    refused(officer.post("/api/v1/actions/check", json=body), 403, "not-your-office")
    assert {line["case_id"] for line in officer.get("/api/v1/cases").json()["cases"]} == {
        "c1",
        "c2",
        "c4",
    }
