"""A database that is locked, full or read-only: a sentence, nothing lost, nothing half, no 500."""

import hashlib
import html
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import psycopg.errors
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from starlette.testclient import TestClient

from ledger.verification import verify
from serving.app import create_app
from serving.service import Service
from serving.settings import Settings
from serving.store.errors import (
    StoreFullError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnavailableError,
)
from serving.store.refusals import find_refusal
from tests.integration.serving.calls import (
    API,
    Answer,
    propose,
    recommend,
    refused,
    send_decision,
    send_proposal,
)
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import PASSWORD, Clock, FewCases
from tests.integration.serving.troubles import locked, read_only, rows, small_disk, without_room

# 3,600 letters in words that do not repeat: more than a page of the database has room for.
LONG = " ".join(hashlib.sha256(str(n).encode()).hexdigest()[:8] for n in range(400))
Trouble = Callable[[Service], AbstractContextManager[None]]
TROUBLES = [
    pytest.param(locked, StoreLockedError, id="locked"),
    pytest.param(without_room, StoreFullError, id="full"),
    pytest.param(read_only, StoreReadOnlyError, id="read-only"),
]


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serving.store.database.BUSY_MILLISECONDS", 50)
    monkeypatch.setattr("serving.store.database.PROBE_MILLISECONDS", 50)


@dataclass
class Work:
    """An officer and a reviewer in the middle of their work, and what they do next."""

    officer: TestClient
    reviewer: TestClient
    recommendation: str
    proposal: str

    def steps(self) -> dict[str, Callable[[], Answer]]:
        return {
            "proposal": lambda: send_proposal(self.officer, self.recommendation, reason=LONG),
            "decision": lambda: send_decision(self.reviewer, self.proposal, reason=LONG),
        }

    def small_steps(self) -> dict[str, Callable[[], Answer]]:
        entry = {"username": "rano", "password": PASSWORD}
        return {
            "sign-in": lambda: TestClient(self.officer.app).post(f"{API}/session", json=entry),
            "recommendation": lambda: self.officer.post(f"{API}/cases/c3/recommendations"),
            "stay": lambda: self.officer.post(
                f"{API}/recommendations/{self.recommendation}/stay",
                json={"ground": "suspended", "reason": "The court suspended the case."},
            ),
        }


@pytest.fixture
def work(sign_in: SignIn) -> Work:
    officer, reviewer = sign_in("oysha"), sign_in("rano")
    return Work(officer, reviewer, recommend(officer, "c2"), propose(officer, "c1"))


def check_refused(answer: Answer, kind: type[StoreUnavailableError]) -> None:
    assert kind().texts.en == refused(answer, 503, kind.code)
    assert answer.headers["retry-after"] == str(kind.retry_after)
    assert set(answer.json()["texts"]) == {"uz_Latn", "uz_Cyrl", "ru", "en"}


@pytest.mark.parametrize(("trouble", "kind"), TROUBLES)
def test_each_action_is_answered_503_leaves_nothing_half_and_works_afterwards(
    service: Service, work: Work, trouble: Trouble, kind: type[StoreUnavailableError]
) -> None:
    store = service.store.folder
    steps = work.steps() if trouble is without_room else work.steps() | work.small_steps()
    before = rows(store)
    for name, step in steps.items():
        with trouble(service):
            check_refused(step(), kind)
            assert work.officer.get("/healthz").status_code == 200, name
        assert rows(store) == before, name
        assert verify(store).ok
    for name, step in work.steps().items():
        assert step().status_code == 201, name
    after = rows(store)
    assert after["transitions"] == after["ledger_entries"] == before["transitions"] + 2
    assert work.officer.get("/readyz").status_code == 200
    assert verify(store).ok


@pytest.mark.parametrize(("trouble", "kind"), [TROUBLES[0], TROUBLES[2]])
def test_readyz_tells_what_the_database_lacks_and_healthz_stays_up(
    service: Service, work: Work, trouble: Trouble, kind: type[StoreUnavailableError]
) -> None:
    with trouble(service):
        answer = work.officer.get("/readyz")
        assert (answer.status_code, answer.json()["missing"]) == (503, [kind().texts.en])
        assert work.officer.get("/healthz").json() == {"status": "alive"}
    assert work.officer.get("/readyz").json()["missing"] == []


@pytest.mark.parametrize(("trouble", "kind"), TROUBLES)
@pytest.mark.parametrize("language", ["uz_Latn", "uz_Cyrl", "ru", "en"])
def test_a_form_is_answered_with_the_sentence_in_the_readers_language(
    service: Service,
    work: Work,
    trouble: Trouble,
    kind: type[StoreUnavailableError],
    language: str,
) -> None:
    token = work.officer.get(f"{API}/session").json()["csrf_token"]
    form = {"csrf_token": token, "measure": "bank_account_levy", "reason": LONG}
    path = f"/recommendations/{work.recommendation}/proposals"
    headers = {"Accept": "text/html", "Cookie": f"chora_language={language}"}
    headers["Cookie"] += f"; chora={work.officer.cookies['chora']}"
    with trouble(service):
        page = work.officer.post(path, data=form, headers=headers)
    assert page.status_code == 503
    assert page.headers["retry-after"] == str(kind.retry_after)
    assert kind().texts.in_language(language) in page.text
    assert html.escape(LONG.strip(), quote=False) in page.text, "What was typed comes back."
    assert page.headers["content-security-policy"]


def test_reading_goes_on_where_the_database_takes_no_change(
    service: Service, work: Work, clock: Clock
) -> None:
    clock.move(minutes=5)  # long enough ago for the session to be noted as seen
    with read_only(service):
        assert work.officer.get(f"{API}/recommendations/{work.recommendation}").status_code == 200


def test_a_commit_that_fails_leaves_no_state_and_no_entry(service: Service, work: Work) -> None:
    """A reader that never ends makes the commit itself wait, after all was written."""
    before = rows(service.store.folder)
    with service.store.reading() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM transitions").all()
        check_refused(send_decision(work.reviewer, work.proposal), StoreLockedError)
    assert rows(service.store.folder) == before
    assert send_decision(work.reviewer, work.proposal).status_code == 201


@contextmanager
def on_a_small_disk(folder: Path, clock: Clock) -> Iterator[tuple[FastAPI, object]]:
    with small_disk(folder) as disk:
        settings = Settings(store=folder / "store", allowed_hosts=("testserver",), clock=clock)
        app = create_app(settings, FewCases())
        try:
            yield app, disk
        finally:
            app.state.service.store.close()


@pytest.mark.parametrize(
    ("how", "kind"), [("fill", StoreFullError), ("remount", StoreUnavailableError)]
)
def test_a_real_disk_that_is_full_or_read_only_loses_nothing(
    tmp_path: Path, clock: Clock, how: str, kind: type[StoreUnavailableError]
) -> None:
    from serving.accounts import add_account
    from tests.integration.serving.few_cases import PEOPLE

    with on_a_small_disk(tmp_path / "disk", clock) as (app, disk):
        for account in PEOPLE:
            add_account(app.state.service.store, account)
        clients = []
        for name in ("oysha", "rano"):
            client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"})
            body = {"username": name, "password": PASSWORD}
            assert client.post(f"{API}/session", json=body).status_code == 201
            clients.append(client)
        officer, reviewer = clients
        work = Work(officer, reviewer, recommend(officer, "c2"), propose(officer, "c1"))
        store = app.state.service.store.folder
        before = rows(store)
        app.state.service.store.close()  # a disk with open files cannot be made read-only
        _spoil(disk, how)
        for name, step in (work.steps() | work.small_steps()).items():
            answer = step()
            assert answer.status_code == 503, name
            assert answer.json()["code"].startswith("store-"), name
            if how == "fill":
                assert answer.json()["code"] in (kind.code, StoreUnavailableError.code)
        assert officer.get("/healthz").status_code == 200
        assert officer.get("/readyz").status_code == 503
        assert officer.get(f"{API}/recommendations/{work.recommendation}").status_code == 200
        _mend(disk, how)
        assert rows(store) == before
        assert verify(store).ok
        for name, step in work.steps().items():
            assert step().status_code == 201, name
        assert officer.get("/readyz").status_code == 200
        assert verify(store).ok


def _spoil(disk: object, how: str) -> None:
    disk.fill() if how == "fill" else disk.remount("ro")  # type: ignore[attr-defined]


def _mend(disk: object, how: str) -> None:
    disk.empty() if how == "fill" else disk.remount("rw")  # type: ignore[attr-defined]


def test_a_ledger_without_room_keeps_the_decision_and_catches_up(
    service: Service, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision is committed; only its publication waits, and readyz brings it about."""
    monkeypatch.setattr(
        service.publisher, "publish", lambda: (_ for _ in ()).throw(StoreLockedError())
    )
    assert send_decision(work.reviewer, work.proposal).status_code == 201
    assert work.officer.get("/readyz").status_code == 503
    monkeypatch.undo()
    assert work.officer.get("/readyz").status_code == 200
    assert verify(service.store.folder).ok


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.LockNotAvailable("x"), StoreLockedError),
        (psycopg.errors.QueryCanceled("x"), StoreLockedError),
        (psycopg.errors.DiskFull("x"), StoreFullError),
        (psycopg.errors.ReadOnlySqlTransaction("x"), StoreReadOnlyError),
        (psycopg.errors.AdminShutdown("x"), StoreUnavailableError),
        (psycopg.errors.TooManyConnections("x"), StoreUnavailableError),
        (psycopg.OperationalError("connection refused"), StoreUnavailableError),
    ],
)
def test_what_postgresql_cannot_do_now_is_told_alike(
    error: psycopg.Error, kind: type[StoreUnavailableError]
) -> None:
    wrapped = DBAPIError.instance("INSERT", {}, error, psycopg.Error, hide_parameters=True)
    assert isinstance(wrapped, DBAPIError)
    assert type(find_refusal(wrapped)) is kind


def test_what_the_database_refuses_for_its_own_rules_is_no_trouble_of_its_own() -> None:
    error = IntegrityError("INSERT", {}, psycopg.errors.UniqueViolation("x"), hide_parameters=True)
    assert find_refusal(error) is None
    other = OperationalError("x", {}, SimpleNamespace(sqlite_errorcode=1), hide_parameters=True)  # type: ignore[arg-type]
    assert find_refusal(other) is None
