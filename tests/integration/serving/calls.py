"""The calls that many tests make: recommend, propose, decide, through HTTP."""

from typing import Any

from starlette.testclient import TestClient

from tests.integration.serving.few_cases import LEVY

API = "/api/v1"
REASON = "Facts and law were checked."
Answer = Any  # an HTTP answer; the client library's own type differs between its versions


def recommend(officer: TestClient, case_id: str = "c1") -> str:
    """The id of the case's recommendation."""
    answer = officer.post(f"{API}/cases/{case_id}/recommendations")
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def send_proposal(officer: TestClient, recommendation_id: str, **body: object) -> Answer:
    """The answer to a proposal; the first ranked measure unless the body says otherwise."""
    path = f"{API}/recommendations/{recommendation_id}/proposals"
    return officer.post(path, json={"measure": LEVY, **body})


def propose(officer: TestClient, case_id: str = "c1", **body: object) -> str:
    """The id of an accepted proposal on a new recommendation."""
    answer = send_proposal(officer, recommend(officer, case_id), **body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def send_decision(
    reviewer: TestClient,
    proposal_id: str,
    decision: str = "approve",
    ground: str = "lawful_and_proportionate",
    reason: str = REASON,
    key: str | None = None,
    **body: object,
) -> Answer:
    """The answer to a decision."""
    headers = {"Idempotency-Key": key} if key else {}
    return reviewer.post(
        f"{API}/proposals/{proposal_id}/decision",
        json={"decision": decision, "ground": ground, "reason": reason, **body},
        headers=headers,
    )


def refused(answer: Answer, status: int, code: str) -> str:
    """The sentence of an expected refusal."""
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["detail"])
