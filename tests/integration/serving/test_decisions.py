"""What happens to a proposal: law of the day, two at once, the same request twice, stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from serving.service import Service
from tests.integration.serving.calls import (
    API,
    REASON,
    propose,
    recommend,
    refused,
    send_decision,
    send_proposal,
)
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import BAN, LEVY, SALE, Clock, FewCases


def state_of(client: object, recommendation: str) -> str:
    answer = client.get(f"{API}/recommendations/{recommendation}")  # type: ignore[attr-defined]
    return str(answer.json()["state"])


# -- proposing ----------------------------------------------------------------------------------


def test_a_ranked_measure_is_proposed_without_further_words(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    view = send_proposal(officer, recommend(officer), measure=BAN, first_choice=SALE).json()
    assert (view["kind"], view["rank"], view["first_choice"]) == ("ranked", 2, SALE)


def test_an_override_needs_a_code_and_words(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    refused(send_proposal(officer, rec, measure=SALE), 422, "override-reason-required")
    coded = {"measure": SALE, "reason_code": "already_tried"}
    refused(send_proposal(officer, rec, **coded), 422, "reason-required")
    view = send_proposal(officer, rec, **coded, reason="The levy found nothing.").json()
    assert (view["kind"], view["rank"], view["reason_code"]) == ("override", None, "already_tried")


def test_no_measure_may_be_proposed_with_a_reason(sign_in: SignIn, desk: FewCases) -> None:
    desk.verdicts = {("c1", name): "unlawful" for name in (LEVY, BAN)}
    officer = sign_in("olim")
    body = {"measure": "none", "reason_code": "debtor_cooperates", "reason": "Pays every month."}
    answer = send_proposal(officer, recommend(officer), **body)
    assert answer.json()["kind"] == "none"
    assert send_decision(sign_in("rano"), answer.json()["id"]).status_code == 201


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        ("unlawful", "measure-not-lawful"),
        ("unfounded", "measure-not-lawful"),
        ("cannot_tell", "measure-cannot-tell"),
    ],
)
def test_what_the_law_does_not_allow_cannot_be_proposed(
    sign_in: SignIn, desk: FewCases, verdict: str, code: str
) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    desk.verdicts = {("c1", LEVY): verdict}
    assert "The facts are these." in refused(send_proposal(officer, rec), 422, code)
    assert state_of(officer, rec) == "recommended"


def test_an_unknown_measure_is_refused(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    answer = send_proposal(officer, recommend(officer), measure="driving_licence_restriction")
    refused(answer, 422, "unknown-measure")


def test_only_the_newest_recommendation_takes_a_proposal(sign_in: SignIn, desk: FewCases) -> None:
    officer = sign_in("olim")
    old = recommend(officer)
    desk.model_version = "uz-2"
    new = recommend(officer)
    assert old != new
    refused(send_proposal(officer, old), 409, "superseded")
    assert send_proposal(officer, new).status_code == 201


def test_asking_twice_gives_the_same_recommendation(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    first = officer.post(f"{API}/cases/c1/recommendations")
    again = officer.post(f"{API}/cases/c1/recommendations")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_an_unfinished_proposal_blocks_a_new_recommendation(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    proposal = propose(officer)
    refused(officer.post(f"{API}/cases/c1/recommendations"), 409, "open-proposal")
    send_decision(sign_in("rano"), proposal, "reject", ground="disproportionate")
    assert officer.post(f"{API}/cases/c1/recommendations").status_code == 201


# -- deciding -----------------------------------------------------------------------------------


def test_a_measure_no_longer_lawful_cannot_be_approved_but_rejected(
    sign_in: SignIn, desk: FewCases
) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    desk.verdicts = {("c1", LEVY): "unlawful"}
    sentence = refused(send_decision(reviewer, proposal), 409, "no-longer-lawful")
    assert "no longer lawful for this case on 1 April 2026" in sentence
    assert send_decision(reviewer, proposal, "reject", ground="not_lawful").status_code == 201


def test_a_measure_that_cannot_be_judged_any_more_cannot_be_approved(
    sign_in: SignIn, desk: FewCases
) -> None:
    proposal = propose(sign_in("olim"))
    desk.verdicts = {("c1", LEVY): "cannot_tell"}
    refused(send_decision(sign_in("rano"), proposal), 409, "no-longer-lawful")


def test_a_returned_proposal_is_proposed_again_and_the_old_one_is_closed(sign_in: SignIn) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    rec = recommend(officer)
    first = send_proposal(officer, rec).json()["id"]
    send_decision(reviewer, first, "return", ground="facts_doubtful")
    second = send_proposal(officer, rec, measure=BAN).json()["id"]
    refused(send_decision(reviewer, first), 409, "changed-meanwhile")
    assert send_decision(sign_in("rustam"), second).status_code == 201
    history = officer.get(f"{API}/recommendations/{rec}").json()["history"]
    assert [step["to_state"] for step in history] == [
        "recommended",
        "proposed",
        "returned",
        "proposed",
        "approved",
    ]


def test_the_second_of_two_decisions_reads_when_the_case_changed(
    sign_in: SignIn, clock: Clock
) -> None:
    proposal = propose(sign_in("olim"))
    clock.move(hours=5)
    assert send_decision(sign_in("rano"), proposal).status_code == 201
    clock.move(minutes=1)
    late = send_decision(sign_in("rustam"), proposal, "reject")
    assert refused(late, 409, "changed-meanwhile") == (
        "This case changed at 19:02. Reload it and read the new state before you decide."
    )


def test_a_decision_on_an_older_version_is_refused(sign_in: SignIn) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    read = reviewer.get(f"{API}/proposals/{proposal}").json()["version"]
    refused(send_decision(reviewer, proposal, version=read - 1), 409, "changed-meanwhile")
    assert send_decision(reviewer, proposal, version=read).status_code == 201


def test_of_many_decisions_at_once_one_is_recorded(service: Service, sign_in: SignIn) -> None:
    reviewers = [sign_in("rano"), sign_in("rustam")] * 4
    for case_id in ("c1", "c2"):
        proposal = propose(sign_in("olim"), case_id)
        decisions = ["approve", "reject"] * 4
        with ThreadPoolExecutor(8) as pool:
            answers = list(
                pool.map(
                    lambda pair: send_decision(pair[0], proposal, pair[1]),  # noqa: B023
                    zip(reviewers, decisions, strict=True),
                )
            )
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [201] + [409] * 7
        assert all(a.json()["code"] == "changed-meanwhile" for a in answers if a.status_code == 409)


# -- the same request twice ---------------------------------------------------------------------


def test_the_same_key_and_body_are_answered_alike_and_done_once(sign_in: SignIn) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    first = send_decision(reviewer, proposal, key="k-1")
    again = send_decision(reviewer, proposal, key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(sign_in: SignIn) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    send_decision(reviewer, proposal, key="k-1")
    refused(send_decision(reviewer, proposal, "reject", key="k-1"), 409, "idempotency-key-reused")


def test_another_person_may_use_the_same_key(sign_in: SignIn) -> None:
    first, second = propose(sign_in("olim"), "c1"), propose(sign_in("olim"), "c2")
    assert send_decision(sign_in("rano"), first, key="k-1").status_code == 201
    assert send_decision(sign_in("rustam"), second, key="k-1").status_code == 201


def test_a_refused_request_does_not_use_up_its_key(sign_in: SignIn, desk: FewCases) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    desk.verdicts = {("c1", LEVY): "unlawful"}
    refused(send_decision(reviewer, proposal, key="k-1"), 409, "no-longer-lawful")
    desk.verdicts = {}
    assert send_decision(reviewer, proposal, key="k-1").status_code == 201


def test_one_key_sent_many_times_at_once_decides_once(sign_in: SignIn) -> None:
    proposal, reviewer = propose(sign_in("olim")), sign_in("rano")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: send_decision(reviewer, proposal, key="k"), range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1


def test_a_proposal_sent_twice_with_one_key_is_one_proposal(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    path = f"{API}/recommendations/{recommend(officer)}/proposals"
    sent = [
        officer.post(path, json={"measure": LEVY}, headers={"Idempotency-Key": "k"})
        for _ in range(2)
    ]
    assert sent[0].content == sent[1].content
    assert sent[1].headers["Idempotent-Replayed"] == "true"


# -- around the decision ------------------------------------------------------------------------


def test_a_stayed_proposal_cannot_be_decided_until_it_is_resumed(sign_in: SignIn) -> None:
    officer, reviewer = sign_in("olim"), sign_in("rano")
    proposal = propose(officer)
    rec = reviewer.get(f"{API}/proposals/{proposal}").json()["recommendation_id"]
    path = f"{API}/recommendations/{rec}"
    body = {"ground": "suspended", "reason": "The court suspended the case."}
    assert officer.post(f"{path}/stay", json=body).json()["stayed_from"] == "proposed"
    refused(send_decision(reviewer, proposal), 409, "state-refused")
    back = officer.post(f"{path}/resumption", json={"reason": "The suspension ended."})
    assert (back.json()["state"], back.json()["stayed_from"]) == ("proposed", None)
    assert send_decision(reviewer, proposal).status_code == 201


def test_only_the_proposer_withdraws(sign_in: SignIn) -> None:
    proposal = propose(sign_in("olim"))
    path = f"{API}/proposals/{proposal}/withdrawal"
    refused(sign_in("oysha").post(path, json={"reason": REASON}), 403, "not-the-proposer")
    assert sign_in("olim").post(path, json={"reason": REASON}).json()["state"] == "withdrawn"
    refused(send_decision(sign_in("rano"), proposal), 409, "changed-meanwhile")


def test_an_approved_measure_is_recorded_as_executed_once(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    rec = recommend(officer)
    path = f"{API}/recommendations/{rec}/execution"
    refused(officer.post(path, json={}), 409, "state-refused")
    send_decision(sign_in("rano"), send_proposal(officer, rec).json()["id"])
    assert officer.post(path, json={}).json()["state"] == "executed"
    refused(officer.post(path, json={}), 409, "state-refused")
