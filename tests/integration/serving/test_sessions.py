"""Sign-in, sessions, foreign requests, headers."""

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from serving.accounts import AccountRefusedError, NewAccount, add_account, switch_off_account
from serving.app import create_app
from serving.service import Service
from serving.settings import Settings
from serving.states import Role
from tests.integration.serving.calls import API, refused
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import PASSWORD, Clock, FewCases

OURS = {"Sec-Fetch-Site": "same-origin"}


def test_nobody_reads_anything_without_signing_in(app: FastAPI) -> None:
    with TestClient(app) as client:
        for path in ("/cases", "/cases/c1", "/models", "/decisions/x", "/session"):
            refused(client.get(f"{API}{path}"), 401, "not-signed-in")


def test_a_session_id_is_new_at_each_sign_in_and_the_old_one_ends(sign_in: SignIn) -> None:
    client = sign_in("olim")
    first = client.cookies["chora"]
    client.post(f"{API}/session", json={"username": "olim", "password": PASSWORD})
    assert client.cookies["chora"] != first
    client.cookies.set("chora", first, domain="testserver.local")
    client.cookies.clear()
    refused(client.get(f"{API}/cases", headers={"Cookie": f"chora={first}"}), 401, "not-signed-in")


def test_the_store_holds_no_session_id_and_no_password(service: Service, sign_in: SignIn) -> None:
    token = sign_in("olim").cookies["chora"]
    content = (service.settings.store / "chora.db").read_bytes()
    assert token.encode() not in content
    assert PASSWORD.encode() not in content


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: FastAPI) -> None:
    with TestClient(app, headers=OURS) as client:
        answer = client.post(f"{API}/session", json={"username": "olim", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(settings: Settings, desk: FewCases) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, is_https=True), desk)
    add_account(app.state.service.store, NewAccount("olim", PASSWORD, Role.OFFICER, "Olim"))
    with TestClient(app, base_url="https://testserver", headers=OURS) as client:
        answer = client.post(f"{API}/session", json={"username": "olim", "password": PASSWORD})
        assert answer.headers["set-cookie"].startswith("__Host-chora=")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        assert client.get(f"{API}/cases").status_code == 200


def test_a_session_ends_when_idle_and_lives_while_used(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("olim")
    for _ in range(5):
        clock.move(minutes=29)
        assert client.get(f"{API}/cases").status_code == 200
    clock.move(minutes=31)
    refused(client.get(f"{API}/cases"), 401, "not-signed-in")


def test_a_session_ends_after_ten_hours_however_busy(sign_in: SignIn, clock: Clock) -> None:
    client = sign_in("olim")
    for _ in range(30):
        clock.move(minutes=20)
        answer = client.get(f"{API}/cases")
    refused(answer, 401, "not-signed-in")


def test_signing_out_revokes_the_session(sign_in: SignIn) -> None:
    client = sign_in("olim")
    token = client.cookies["chora"]
    answer = client.delete(f"{API}/session")
    assert (answer.status_code, answer.headers["clear-site-data"]) == (204, '"cache", "storage"')
    refused(client.get(f"{API}/cases", headers={"Cookie": f"chora={token}"}), 401, "not-signed-in")


def test_an_account_switched_off_loses_its_sessions_at_once(
    service: Service, sign_in: SignIn
) -> None:
    client = sign_in("olim")
    switch_off_account(service.store, "olim")
    refused(client.get(f"{API}/cases"), 401, "not-signed-in")
    answer = client.post(f"{API}/session", json={"username": "olim", "password": PASSWORD})
    refused(answer, 401, "sign-in-failed")


def test_a_wrong_name_and_a_wrong_password_read_the_same(app: FastAPI) -> None:
    with TestClient(app, headers=OURS) as client:
        sentences = {
            refused(
                client.post(f"{API}/session", json={"username": name, "password": "wrong"}),
                401,
                "sign-in-failed",
            )
            for name in ("olim", "nobody")
        }
    assert len(sentences) == 1


def test_after_five_failures_even_the_right_password_waits(app: FastAPI, clock: Clock) -> None:
    with TestClient(app, headers=OURS) as client:
        right = {"username": "olim", "password": PASSWORD}
        for _ in range(5):
            client.post(f"{API}/session", json={**right, "password": "wrong"})
        refused(client.post(f"{API}/session", json=right), 429, "too-many-attempts")
        clock.move(minutes=16)
        assert client.post(f"{API}/session", json=right).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
def test_a_change_asked_for_by_another_site_is_refused(
    sign_in: SignIn, headers: dict[str, str]
) -> None:
    client = sign_in("olim")
    refused(
        client.post(f"{API}/cases/c1/recommendations", headers=headers), 403, "cross-site-request"
    )


def test_a_program_without_browser_headers_sends_the_token(app: FastAPI) -> None:
    with TestClient(app) as client:
        body = {"username": "olim", "password": PASSWORD}
        token = client.post(f"{API}/session", json=body).json()["csrf_token"]
        path = f"{API}/cases/c1/recommendations"
        refused(client.post(path), 403, "cross-site-request")
        refused(client.post(path, headers={"X-CSRF-Token": "x"}), 403, "cross-site-request")
        assert client.post(path, headers={"X-CSRF-Token": token}).status_code == 201


def test_a_foreign_host_name_is_refused(app: FastAPI) -> None:
    with TestClient(app, base_url="http://evil.example") as client:
        assert client.get("/healthz").status_code == 400


def test_every_answer_carries_the_security_headers(sign_in: SignIn) -> None:
    client = sign_in("olim")
    for path in (f"{API}/cases", "/nothing", "/healthz", "/ledger/checkpoint"):
        headers = client.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert client.get(f"{API}/cases").headers["cache-control"] == "no-store"


def test_demo_accounts_are_made_once_and_only_for_the_demo(
    settings: Settings, desk: FewCases
) -> None:
    from dataclasses import replace

    for _ in range(2):
        app = create_app(replace(settings, is_demo=True), desk)
    with app.state.service.store.reading() as session:
        found = session.execute(text("SELECT username, role, is_senior FROM accounts"))
        rows = {row[0]: (row[1], bool(row[2])) for row in found}
    assert rows == {
        "officer": ("officer", False),
        "officer2": ("officer", False),
        "reviewer": ("reviewer", False),
        "senior": ("reviewer", True),
        "analyst": ("analyst", False),
    }


def test_a_taken_user_name_is_refused(service: Service) -> None:
    with pytest.raises(AccountRefusedError, match="taken"):
        add_account(service.store, NewAccount("olim", PASSWORD, Role.OFFICER, "Another"))
