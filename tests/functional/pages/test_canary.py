"""A name with its PINFL in every field of every request: it stays in the store and goes no further.

Looked for in the public ledger, the log, addresses, metrics, and the problems that are answered.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.functional.pages.conftest import PASSWORD, PEOPLE
from tests.functional.pages.every_field import Field, People, Target, in_text, targets
from tests.functional.pages.office import Office, run_office
from tests.integration.serving.calls import send_proposal

PINFL = "31234567890123"
CANARY = f"Aliyev Vali {PINFL}"
SECRETS = (CANARY, PINFL, "Aliyev")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with run_office(tmp_path_factory.mktemp("canary") / "store", PEOPLE, PASSWORD) as office:
        yield office


def values(field: Field) -> list[object]:
    """The canary as a text, and in a reason that is accepted; as a key and a value of an object."""
    if field.where == "json":
        return [CANARY, f"{CANARY} pays every month and asked for time", {CANARY: CANARY}]
    if field.where == "form":
        return [CANARY, f"{CANARY} pays every month and asked for time"]
    return [CANARY]


def ledger_holds(office: Office, secret: str) -> list[str]:
    folder = office.app.state.service.settings.ledger_folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 4, "The ledger was not published."
    return [path.name for path in files if secret.encode() in path.read_bytes()]


def told_too_much(target: Target, field: Field, answer: Any) -> bool:
    """Whether a problem or an address of the answer holds a secret."""
    said = ""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        said = answer.text
    if field.where in ("form", "json"):
        said += " ".join(answer.headers.get(name, "") for name in ("location", "content-location"))
        said += " ".join(answer.headers.get_list("set-cookie"))
    return any(in_text(secret, said) for secret in SECRETS)


def test_no_field_of_any_request_leads_a_name_out_of_the_store(
    office: Office, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    people, leaked, recorded = People(office.app), [], 0
    for target in targets(office.app):
        for field in target.fields:
            for value in values(field):
                answer = people.send(target, field, value)
                recorded += answer.status_code in (201, 303)
                if told_too_much(target, field, answer):
                    leaked.append((target.method, target.path, field.name))
    assert leaked == []
    assert recorded > 10, "Hardly anything was accepted, so hardly anything was tested."
    own_log = [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
    said = "\n".join(own_log) + "".join(capfd.readouterr())
    metrics = people.client("dilnoza").get("/metrics").text
    for secret in SECRETS:
        assert ledger_holds(office, secret) == []
        assert not in_text(secret, said)
        assert not in_text(secret, metrics)


def test_a_reason_code_of_a_ranked_measure_comes_from_its_list(office: Office) -> None:
    people = People(office.app)
    officer = people.client("dilnoza")
    case = "0000150-26"
    made = officer.post(f"/api/v1/cases/{case}/recommendations").json()["id"]
    answer = send_proposal(officer, made, reason_code=CANARY)
    assert (answer.status_code, answer.json()["code"]) == (422, "reason-code-unknown")
    assert send_proposal(officer, made, reason_code="other").status_code == 201


def test_an_idempotency_key_is_kept_as_its_hash(office: Office, tmp_path: Path) -> None:
    officer = People(office.app).client("dilnoza")
    made = officer.post("/api/v1/cases/0000151-26/recommendations").json()["id"]
    path, body = f"/api/v1/recommendations/{made}/proposals", {"measure": "bank_account_levy"}
    key = {"Idempotency-Key": f"key of {PINFL}-x"}
    first = officer.post(path, json=body, headers=key)
    again = officer.post(path, json=body, headers=key)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    database = office.app.state.service.store.folder / "chora.db"
    assert f"key of {PINFL}-x".encode() not in database.read_bytes()
