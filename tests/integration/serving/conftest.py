"""A service over a few invented cases: a desk of one's own instead of registers, law and model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from serving.accounts import add_account
from serving.app import create_app
from serving.service import Service
from serving.settings import Settings
from tests.integration.serving.few_cases import PASSWORD, PEOPLE, Clock, FewCases


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with little work: six people sign in at every test."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("serving.accounts.HASHER", quick)
    monkeypatch.setattr("serving.security.sign_in.HASHER", quick)


@pytest.fixture
def desk() -> FewCases:
    return FewCases()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path, clock: Clock) -> Settings:
    return Settings(store=tmp_path / "store", allowed_hosts=("testserver",), clock=clock)


@pytest.fixture
def app(settings: Settings, desk: FewCases) -> Iterator[FastAPI]:
    app = create_app(settings, desk)
    for account in PEOPLE:
        add_account(app.state.service.store, account)
    yield app
    app.state.service.store.close()


@pytest.fixture
def service(app: FastAPI) -> Service:
    found: Service = app.state.service
    return found


SignIn = Callable[[str], TestClient]


@pytest.fixture
def sign_in(app: FastAPI) -> Iterator[SignIn]:
    """Signs a person in: a client that speaks as a page of the service does."""
    clients = []

    def enter(username: str) -> TestClient:
        client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"})
        body = {"username": username, "password": PASSWORD}
        assert client.post("/api/v1/session", json=body).status_code == 201
        clients.append(client)
        return client

    yield enter
    for client in clients:
        client.close()
