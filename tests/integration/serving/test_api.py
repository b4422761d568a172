"""The shape of answers and errors, the worklist, readiness, metrics."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from serving.app import create_app
from serving.settings import Settings
from tests.integration.serving.calls import API, propose, recommend, refused, send_decision
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import LEVY, FewCases

PATHS = {
    ("get", "/cases"),
    ("get", "/cases/{case_id}"),
    ("post", "/cases/{case_id}/recommendations"),
    ("get", "/recommendations/{recommendation_id}"),
    ("post", "/recommendations/{recommendation_id}/proposals"),
    ("post", "/proposals/{proposal_id}/decision"),
    ("get", "/decisions/{decision_id}"),
    ("get", "/decisions/{decision_id}/proof"),
    ("post", "/actions/check"),
    ("get", "/models"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}


def test_the_described_addresses_are_all_there(app: FastAPI) -> None:
    with TestClient(app) as client:
        described = client.get(f"{API}/openapi.json").json()["paths"]
    found = {(method, path) for path, methods in described.items() for method in methods}
    assert {(method, f"{API}{path}") for method, path in PATHS} <= found
    assert ("get", "/ledger/checkpoint") in found


def test_unknown_things_are_problems_with_a_sentence(sign_in: SignIn) -> None:
    client = sign_in("rano")
    for path in ("/cases/c9", "/recommendations/x", "/proposals/x", "/decisions/x"):
        assert "Check the number" in refused(client.get(f"{API}{path}"), 404, "not-found")
    refused(client.get(f"{API}/nothing"), 404, "not-found")
    refused(client.get("/nothing"), 404, "not-found")


def test_a_wrong_method_tells_all_that_are_allowed(sign_in: SignIn) -> None:
    answer = sign_in("olim").put(f"{API}/session")
    refused(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "DELETE, GET, POST"


def test_a_malformed_request_is_told_where_and_never_what_was_sent(sign_in: SignIn) -> None:
    body = {"decision": "approve-secret-word", "ground": "g", "nickname": "secret-word"}
    answer = sign_in("rano").post(f"{API}/proposals/x/decision", json=body)
    refused(answer, 422, "invalid")
    assert "secret-word" not in answer.text
    pointers = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert pointers == {
        "/body/decision": "literal_error",
        "/body/reason": "missing",
        "/body/nickname": "extra_forbidden",
    }


def test_a_body_that_is_no_json_is_a_problem(sign_in: SignIn) -> None:
    client = sign_in("rano")
    answer = client.post(
        f"{API}/actions/check", content=b"{", headers={"Content-Type": "application/json"}
    )
    refused(answer, 422, "invalid")


def test_an_unforeseen_error_tells_nothing_of_its_cause(
    app: FastAPI, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sign_in("olim").cookies["chora"]
    monkeypatch.setattr(app.state.service.desk, "office_of", lambda _: 1 / 0)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get(f"{API}/cases/c1", headers={"Cookie": f"chora={token}"})
    refused(answer, 500, "internal-error")
    assert "division" not in answer.text


def test_refusals_speak_four_languages(sign_in: SignIn) -> None:
    texts = sign_in("olim").get(f"{API}/cases/c3").json()["texts"]
    assert set(texts) == {"uz_Latn", "uz_Cyrl", "ru", "en"}


def _pages(client: Any, **params: object) -> list[str]:
    found, cursor = [], None
    while True:
        query = {**params, "limit": 1, **({"cursor": cursor} if cursor else {})}
        page = client.get(f"{API}/cases", params=query).json()
        found += [line["case_id"] for line in page["cases"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def test_the_worklist_is_read_page_by_page_in_its_order(sign_in: SignIn) -> None:
    client = sign_in("oysha")
    assert _pages(client) == ["c4", "c3", "c2", "c1"]
    recommend(client, "c2")
    assert _pages(client) == ["c2", "c4", "c3", "c1"]
    assert _pages(client, order="date") == ["c1", "c2", "c3", "c4"]
    assert _pages(client, order="outstanding") == ["c4", "c3", "c2", "c1"]
    assert _pages(client, q="SOUTH") == ["c3"]
    assert _pages(client, state="recommended") == ["c2"]


def test_a_foreign_cursor_is_refused(sign_in: SignIn) -> None:
    client = sign_in("oysha")
    cursor = client.get(f"{API}/cases", params={"limit": 1}).json()["next_cursor"]
    for wrong in ("!", "W10=", "Z", cursor[:-6]):
        refused(client.get(f"{API}/cases", params={"cursor": wrong}), 422, "bad-cursor")
    refused(
        client.get(f"{API}/cases", params={"cursor": cursor, "order": "date"}), 422, "bad-cursor"
    )


def test_a_case_file_tells_profile_and_history(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    send_decision(sign_in("rano"), propose(officer))
    file = officer.get(f"{API}/cases/c1").json()
    assert file["outstanding_som"] == 1000
    (recommendation,) = file["recommendations"]
    assert recommendation["state"] == "approved"
    assert recommendation["proposals"][0]["decision"]["decided_by"] == "Rano"


def test_a_stored_document_is_the_bytes_of_the_recipe(sign_in: SignIn, desk: FewCases) -> None:
    officer = sign_in("olim")
    path = f"{API}/recommendations/{recommend(officer)}/document"
    assert officer.get(path).content == desk.recommend("c1").document


def test_a_question_that_was_set_aside_is_told_with_its_reason(sign_in: SignIn) -> None:
    answer = sign_in("olim").post(f"{API}/cases/c4/recommendations")
    assert "The case was closed on that day." in refused(answer, 422, "not-recommendable")


def test_the_law_answers_for_any_measure_of_the_catalogue(sign_in: SignIn, desk: FewCases) -> None:
    desk.verdicts = {("c1", LEVY): "unlawful"}
    client = sign_in("rano")
    body = {"case_id": "c1", "measure": LEVY, "as_of_date": "2026-03-01"}
    answer = client.post(f"{API}/actions/check", json=body).json()
    assert (answer["verdict"], answer["on"]) == ("unlawful", "2026-03-01")
    assert answer["grounds"][0]["article"] == "64"
    body["measure"] = "utility_cut_off"
    refused(client.post(f"{API}/actions/check", json=body), 422, "unknown-measure")


def test_a_person_may_state_facts_that_no_register_holds(sign_in: SignIn) -> None:
    client = sign_in("rano")
    stated = {"claimant_funds_search": True, "pledge_value_som": 5_000_000}
    body = {"case_id": "c1", "measure": LEVY, "facts": {**stated, "ordered_act": "eviction"}}
    answer = client.post(f"{API}/actions/check", json=body).json()
    assert answer["finding"] == "in_order"
    assert answer["stated"] == {**stated, "ordered_act": "eviction"}


@pytest.mark.parametrize(
    ("facts", "code", "word"),
    [
        ({"claimant_fund_search": True}, "unknown-fact", "claimant_funds_search"),
        ({"claimant_funds_search": "perhaps"}, "unusable-fact", "true, false"),
        ({"claimant_funds_search": 5}, "unusable-fact", "true, false"),
        ({"pledge_value_som": -5}, "unusable-fact", "12500000"),
        ({"ordered_act": "burn"}, "unusable-fact", "eviction"),
        ({"term_restored": None}, "invalid", "form"),
        ({"term_restored": 0.5}, "invalid", "form"),
        ({"term_restored": "yes" * 99}, "invalid", "form"),
        ([], "invalid", "form"),
    ],
)
def test_a_statement_that_cannot_be_is_refused_with_what_can(
    sign_in: SignIn, facts: object, code: str, word: str
) -> None:
    body = {"case_id": "c1", "measure": LEVY, "facts": facts}
    answer = sign_in("rano").post(f"{API}/actions/check", json=body)
    assert word in refused(answer, 422, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_description_names_what_a_check_answers(sign_in: SignIn) -> None:
    described = sign_in("rano").get(f"{API}/openapi.json").json()
    ok = described["paths"][f"{API}/actions/check"]["post"]["responses"]["200"]
    name = ok["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    told = set(described["components"]["schemas"][name]["properties"])
    new = {"finding", "remedy", "warnings", "amounts", "deadlines", "stated", "to_state"}
    assert told >= {"verdict", "grounds", "confirmations", "law_version", *new}


def test_without_a_model_the_service_says_so(sign_in: SignIn, desk: FewCases) -> None:
    desk.has_model = False
    officer = sign_in("olim")
    assert officer.get("/readyz").status_code == 503
    assert "chora train" in refused(
        officer.post(f"{API}/cases/c1/recommendations"), 503, "no-model"
    )


def test_without_tables_the_service_starts_and_says_so(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        assert client.get("/healthz").json() == {"status": "alive"}
        answer = client.get(f"{API}/readyz")
        assert (answer.status_code, answer.json()["is_ready"]) == (503, False)
        assert "chora validate" in answer.json()["missing"][0]


def test_metrics_name_templates_and_no_case(sign_in: SignIn) -> None:
    officer = sign_in("olim")
    send_decision(sign_in("rano"), propose(officer))
    officer.get(f"{API}/cases/c1")
    officer.get("/secret-path-of-a-person")
    text = officer.get("/metrics").text
    assert 'route="/cases/{case_id}"' in text
    assert 'chora_transitions_total{action="approve"} 1.0' in text
    assert "chora_ledger_entries 3.0" in text
    assert "secret-path" not in text
    assert "/c1" not in text


def test_the_models_are_listed(sign_in: SignIn) -> None:
    (model,) = sign_in("asal").get(f"{API}/models").json()
    assert (model["version"], model["is_champion"]) == ("uz-1", True)


def test_the_day_of_a_promotion_is_for_all_and_its_person_and_reason_for_analysts(
    sign_in: SignIn,
) -> None:
    (told,) = sign_in("asal").get(f"{API}/models").json()[0]["promotions"]
    assert (told["on"], told["by"]) == ("2026-03-30", "K. Analyst")
    assert (told["proposed_by"], told["proposed_because"]) == ("B. Analyst", "Better than uz-0.")
    waits = sign_in("asal").get(f"{API}/models").json()[0]["proposal"]
    assert waits == {"on": "2026-04-01", "by": "C. Analyst", "reason": "As before."}
    for name in ("olim", "rano"):
        answer = sign_in(name).get(f"{API}/models")
        (told,) = answer.json()[0]["promotions"]
        assert {k: v for k, v in told.items() if v is not None} == {
            "on": "2026-03-30",
            "bundle_hash": "7" * 64,
        }
        assert answer.json()[0]["proposal"] == {"on": "2026-04-01", "by": None, "reason": None}
        assert "Analyst" not in answer.text


def test_no_log_line_holds_a_name_or_a_reason(
    sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="chora.serving")
    send_decision(sign_in("rano"), propose(sign_in("olim")))
    sign_in("olim").get(f"{API}/cases/c3")
    lines = json.dumps([record.getMessage() for record in caplog.records if "chora" in record.name])
    assert "Olim" not in lines
    assert "Facts" not in lines
