"""The service over real register tables, the law and a trained model: the batch's own bytes."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from models.bundle import load_bundle
from pipelines.recommend import recommend
from registers.extract import load_tables
from registers.texts import LANGUAGES
from serving.accounts import add_account
from serving.app import create_app
from serving.desk import Recommended
from serving.documents import build_document
from serving.errors import NoModelError
from serving.register_desk import RegisterDesk, load_desk
from serving.replay import replay
from serving.service import Service
from serving.settings import Settings
from serving.store.database import Store
from tests.integration.serving.calls import API, refused
from tests.integration.serving.calls import recommend as ask
from tests.integration.serving.few_cases import PASSWORD, PEOPLE
from tests.integration.serving.real_office import AS_OF, approve_one, build_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tables/ of 400 invented debtors, and store/ with a model of theirs."""
    return build_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def at_work(office: Path, tmp_path: Path) -> Iterator[tuple[Service, TestClient, TestClient]]:
    """The service over a store of its own, an officer and a senior reviewer."""
    shutil.copytree(office / "store", tmp_path / "store")
    settings = Settings(
        store=tmp_path / "store", tables=office / "tables", allowed_hosts=("testserver",)
    )
    app = create_app(settings)
    for account in PEOPLE:
        add_account(app.state.service.store, account)
    clients = []
    for username in ("oysha", "rustam"):
        client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"})
        body = {"username": username, "password": PASSWORD}
        assert client.post(f"{API}/session", json=body).status_code == 201
        clients.append(client)
    yield app.state.service, clients[0], clients[1]
    for client in clients:
        client.close()
    app.state.service.store.close()


def test_a_case_asked_for_in_the_service_has_the_bytes_of_the_batch(
    office: Path, at_work: tuple[Service, TestClient, TestClient]
) -> None:
    service, officer, _ = at_work
    registers = load_tables(office / "tables")
    day = service.require_desk().working_day
    cases = service.require_desk().open_cases()["case_id"].to_list()
    questions = pl.DataFrame({"case_id": cases, "as_of_date": [day] * len(cases)})
    batch = recommend(registers, questions, load_bundle(office / "store/models/uz-1"), top=3)
    for case_id in cases[:4]:
        path = f"{API}/recommendations/{ask(officer, case_id)}/document"
        assert officer.get(path).content == build_document(batch, case_id, day)


def test_the_worklist_tells_what_the_registers_say(
    at_work: tuple[Service, TestClient, TestClient],
) -> None:
    service, officer, _ = at_work
    line = officer.get(f"{API}/cases", params={"order": "outstanding"}).json()["cases"][0]
    file = officer.get(f"{API}/cases/{line['case_id']}").json()
    assert file["outstanding_som"] == line["outstanding_som"]
    assert file["case"]["office"] == line["office"]
    opened = date.fromisoformat(file["case"]["opened_on"])
    assert line["days_open"] == (service.require_desk().working_day - opened).days
    assert file["debtor"]["debtor_id"] == file["case"]["debtor_id"]
    assert "sex" not in file["debtor"]


def test_the_law_is_asked_for_one_case(at_work: tuple[Service, TestClient, TestClient]) -> None:
    _, officer, _ = at_work
    case_id = officer.get(f"{API}/cases").json()["cases"][0]["case_id"]
    verdicts = {
        measure: officer.post(
            f"{API}/actions/check", json={"case_id": case_id, "measure": measure}
        ).json()
        for measure in ("bank_account_levy", "eviction")
    }
    assert verdicts["eviction"]["verdict"] == verdicts["eviction"]["finding"] == "unlawful"
    assert set(verdicts["eviction"]["remedy"]) == set(LANGUAGES)
    levy = verdicts["bank_account_levy"]
    assert levy["grounds"][0]["article"]
    assert levy["amounts"]["outstanding_som"] > 0
    assert levy["deadlines"]["appeal_until"] > levy["on"]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_that_no_register_reaches_gets_a_sentence(
    at_work: tuple[Service, TestClient, TestClient], day: str
) -> None:
    _, officer, _ = at_work
    case_id = officer.get(f"{API}/cases").json()["cases"][0]["case_id"]
    # An eviction is unlawful for a money claim whichever case comes first.
    body = {"case_id": case_id, "measure": "eviction", "as_of_date": day}
    answer = officer.post(f"{API}/actions/check", json=body)
    if day < "2000":
        assert "first reported on" in refused(answer, 422, "case-unknown-then")
    else:
        assert answer.status_code == 200
        assert answer.json()["finding"] in ("unlawful", "unfounded", "cannot_tell")


def test_a_decision_is_replayed_byte_for_byte(
    at_work: tuple[Service, TestClient, TestClient],
) -> None:
    service, officer, reviewer = at_work
    result = replay(service.store, approve_one(officer, reviewer))
    assert (result.is_same, result.exit_code) == (True, 0)
    assert result.stored_hash == result.rebuilt_hash


def test_a_replay_tells_what_is_not_as_it_was(
    office: Path, tmp_path: Path, at_work: tuple[Service, TestClient, TestClient]
) -> None:
    service, officer, reviewer = at_work
    decision = approve_one(officer, reviewer)
    shutil.copytree(office / "tables", tmp_path / "other")
    payments = tmp_path / "other" / "payments.parquet"
    pl.read_parquet(payments)[:-1].write_parquet(payments)
    moved = replay(service.store, decision, tables=tmp_path / "other")
    assert (moved.is_same, moved.exit_code) == (False, 31)
    assert "are not those of the recommendation" in moved.sentence
    gone = replay(service.store, decision, tables=tmp_path / "nowhere")
    assert "cannot be rebuilt" in gone.sentence
    _change_document(service.store)
    assert "the store was changed" in replay(service.store, decision).sentence


def _change_document(store: Store) -> None:
    statement = "UPDATE recommendations SET document = CAST(document || ' ' AS BLOB)"
    with store.writing() as session:
        session.execute(text(statement))


def test_a_store_changed_together_with_its_hash_is_found_by_the_ledger(
    at_work: tuple[Service, TestClient, TestClient],
) -> None:
    service, officer, reviewer = at_work
    decision = approve_one(officer, reviewer)
    new_hash = hashlib.sha256(b"{}").hexdigest()
    with service.store.writing() as session:
        session.execute(
            text("UPDATE recommendations SET document = :d, output_hash = :h"),
            {"d": b"{}", "h": new_hash},
        )
    assert "not the one that the ledger names" in replay(service.store, decision).sentence


def test_without_a_model_in_the_store_no_recommendation_is_made(
    office: Path, tmp_path: Path
) -> None:
    desk = load_desk(Settings(store=tmp_path, tables=office / "tables"))
    assert "chora train" in str(desk.model_problem())
    with pytest.raises(NoModelError):
        desk.recommend(desk.open_cases()["case_id"][0])


def test_an_earlier_working_day_knows_fewer_cases(office: Path) -> None:
    settings = Settings(store=office / "store", tables=office / "tables")
    today = load_desk(settings)
    earlier = load_desk(replace(settings, working_day=date(2025, 1, 1)))
    assert today.working_day <= AS_OF
    newest = today.open_cases().sort("opened_on", "case_id")["case_id"][-1]
    assert today.office_of(newest) is not None
    assert earlier.office_of(newest) is None
    assert earlier.profile(newest) is None


def test_warming_up_makes_the_tables_of_the_model_and_stores_nothing(
    at_work: tuple[Service, TestClient, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    service, officer, _ = at_work
    desk = service.require_desk()
    assert isinstance(desk, RegisterDesk)
    made: list[str] = []
    answered = desk.recommend

    def ask_desk(case_id: str) -> Recommended:
        made.append(case_id)
        return answered(case_id)

    monkeypatch.setattr(desk, "recommend", ask_desk)
    before = officer.get(f"{API}/cases").content
    desk.warm()
    assert made == [desk.open_cases()["case_id"][0]]
    assert officer.get(f"{API}/cases").content == before
