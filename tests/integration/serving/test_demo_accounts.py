"""Demo accounts have public passwords: they work with --demo and never without."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import delete
from starlette.testclient import TestClient

from serving.accounts import NewAccount, add_account, switch_off_account
from serving.app import create_app
from serving.demo import DEMO_ACCOUNTS
from serving.settings import Settings
from serving.states import Role
from serving.store.migrate import create_store
from serving.store.models import StoreFact
from tests.integration.serving.calls import API
from tests.integration.serving.few_cases import PASSWORD, FewCases

Start = Callable[[bool], FastAPI]


@pytest.fixture
def start(settings: Settings, desk: FewCases) -> Iterator[Start]:
    """Starts the service on one and the same store, with or without the demo."""
    apps: list[FastAPI] = []

    def begin(is_demo: bool) -> FastAPI:
        apps.append(create_app(replace(settings, is_demo=is_demo), desk))
        return apps[-1]

    yield begin
    for app in apps:
        app.state.service.store.close()


def enter(app: FastAPI, username: str, password: str) -> TestClient | None:
    client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"})
    body = {"username": username, "password": password}
    answer = client.post(f"{API}/session", json=body)
    assert answer.status_code in (201, 401)
    return client if answer.status_code == 201 else None


def test_demo_accounts_work_only_as_long_as_the_service_runs_with_the_demo(start: Start) -> None:
    for is_demo in (True, False, True, False):
        app = start(is_demo)
        for account in DEMO_ACCOUNTS:
            entered = enter(app, account.username, account.password)
            assert (entered is not None) is is_demo, account.username


def test_a_session_of_a_demo_account_ends_at_a_start_without_the_demo(start: Start) -> None:
    client = enter(start(True), "officer", "demo-officer-1")
    assert client is not None
    token = client.cookies["chora"]
    other = TestClient(start(False), headers={"Cookie": f"chora={token}"})
    assert other.get(f"{API}/session").status_code == 401
    again = TestClient(start(True), headers={"Cookie": f"chora={token}"})
    assert again.get(f"{API}/session").status_code == 401


def test_demo_accounts_of_an_older_version_are_switched_off_too(start: Start) -> None:
    app = start(True)
    with app.state.service.store.writing() as session:
        session.execute(delete(StoreFact).where(StoreFact.name.startswith("demo_account/")))
    assert enter(start(False), "officer", "demo-officer-1") is None
    assert enter(start(True), "officer", "demo-officer-1") is not None


def test_a_persons_account_of_the_same_name_is_never_touched(
    start: Start, settings: Settings
) -> None:
    store = create_store(settings.store)
    add_account(store, NewAccount("officer", PASSWORD, Role.ANALYST, "Odil"))
    add_account(store, NewAccount("senior", "demo-reviewer-2", Role.REVIEWER, "Sanobar"))
    store.close()
    for is_demo in (True, False, True):
        app = start(is_demo)
        own = enter(app, "officer", PASSWORD)
        assert own is not None
        assert own.get(f"{API}/session").json()["display_name"] == "Odil"
        assert enter(app, "senior", "demo-reviewer-2") is not None
        assert enter(app, "officer", "demo-officer-1") is None
        shown = app.state.service.demo_accounts
        assert {one.username for one in shown} == (
            {"officer2", "reviewer", "analyst"} if is_demo else set()
        )
        page = TestClient(app).get("/sign-in").text
        assert ("demo-analyst-1" in page) is is_demo
        assert "demo-officer-1" not in page
    switch_off_account(app.state.service.store, "officer")
    assert enter(start(True), "officer", PASSWORD) is None


def test_switching_the_demo_off_leaves_other_people_alone(start: Start) -> None:
    app = start(True)
    add_account(app.state.service.store, NewAccount("olim", PASSWORD, Role.OFFICER, "Olim"))
    assert enter(start(False), "olim", PASSWORD) is not None
