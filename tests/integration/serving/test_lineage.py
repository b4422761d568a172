"""A decision is followed back to the delivered files, also when the tables have moved since."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient
from typer.testing import CliRunner

from chora.main import app as command_line
from features.catalogue import FEATURES
from ledger.canonical import canonical_json
from registers.errors import ChoraError
from registers.lineage import Lineage, OtherTablesError, load_lineage, write_lineage
from serving.accounts import add_account
from serving.app import create_app
from serving.lineages import recall_lineage
from serving.settings import Settings
from tests.integration.serving.calls import API, propose, recommend, refused, send_decision
from tests.integration.serving.conftest import SignIn
from tests.integration.serving.few_cases import PASSWORD, PEOPLE, FewCases
from tests.integration.serving.real_office import approve_one, build_office

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Path:
    """The office with tables and store of its own, which a test may harm."""
    return Path(shutil.copytree(built, tmp_path / "office"))


@pytest.fixture
def decided(office: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """A decision and what the service tells of its lineage."""
    settings = Settings(
        store=office / "store", tables=office / "tables", allowed_hosts=("testserver",)
    )
    app = create_app(settings)
    for account in PEOPLE:
        add_account(app.state.service.store, account)
    with (
        TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}) as officer,
        TestClient(app, headers={"Sec-Fetch-Site": "same-origin"}) as reviewer,
    ):
        for client, username in ((officer, "oysha"), (reviewer, "rustam")):
            body = {"username": username, "password": PASSWORD}
            assert client.post(f"{API}/session", json=body).status_code == 201
        decision = approve_one(officer, reviewer)
        yield decision, officer.get(f"{API}/decisions/{decision}/lineage").json()


def chora(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and output of a command."""
    result = RUNNER.invoke(command_line, ["trace", *map(str, arguments)])
    if isinstance(result.exception, ChoraError):
        return result.exception.exit_code, str(result.exception)
    return result.exit_code, result.output


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_decision_is_followed_back_to_the_delivered_files(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    decision, told = decided
    assert (told["id"], told["is_in_ledger"]) == (decision, True)
    recommended = told["recommendation"]
    tables = recommended["sources"]["lineage"]["tables"]
    for name, one in tables.items():
        assert one["table_sha256"] == sha256(office / "tables" / f"{name}.parquet")
        if not one["absent"]:
            delivered = office / "nation" / "registers" / one["source"]
            assert one["source_sha256"] == sha256(delivered)
        assert one["read"] == one["accepted"] + one["set_aside"]
    assert recommended["features"]
    names = {one.name for one in FEATURES}
    for fact in recommended["features"]:
        assert fact["feature"] in names
        assert {table["table"] for table in fact["tables"]} <= set(tables)
        if fact["stamp"]:
            days = fact["stamp"]["observed_on"], fact["stamp"]["known_on"]
            assert days[0] <= days[1] <= recommended["as_of_date"]


def test_the_model_leads_to_the_tables_that_it_learnt_from(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    model = decided[1]["recommendation"]["model"]
    lineage = load_lineage(office / "tables")
    assert (model["version"], model["as_of"]) == ("uz-1", "2026-04-01")
    assert model["trained_on"]["source_hash"] == lineage.source_hash
    assert model["trained_on"]["lineage"] == lineage.as_dict()
    assert model["bundle_hash"] == sha256(office / "store/models/uz-1/bundle.json")


def test_the_command_prints_the_way_and_finds_the_files_unchanged(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    decision, told = decided
    code, output = chora("--decision", decision, "--store", office / "store")
    assert code == 0, output
    assert "byte for byte" in output
    assert told["recommendation"]["case_id"] in output
    for name, one in told["recommendation"]["sources"]["lineage"]["tables"].items():
        if not one["absent"]:
            assert f"{name}: {one['rows']:,} rows from {one['source']}" in output
            assert one["table_sha256"] in output
            assert one["source_sha256"] in output


def test_the_rows_behind_a_fact_are_counted_while_the_tables_are_the_same(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    decision, told = decided
    code, output = chora("--decision", decision, "--store", office / "store", "--json")
    assert code == 0
    traced = json.loads(output)["decision"]["recommendation"]
    case, day = told["recommendation"]["case_id"], told["recommendation"]["as_of_date"]
    cases = pl.read_parquet(office / "tables" / "cases.parquet")
    debtor = cases.filter(pl.col("case_id") == case)["debtor_id"][0]
    counted = 0
    for fact in traced["features"]:
        first = fact["tables"][0]
        if first["table"] in ("incomes", "accounts", "vehicles", "obligations"):
            rows = pl.read_parquet(office / "tables" / f"{first['table']}.parquet").filter(
                pl.col("debtor_id") == debtor, pl.col("reported_on") <= pl.lit(day).str.to_date()
            )
            keys = {"incomes": ["month", "payer_id", "kind"], "vehicles": ["vehicle_id"]}
            other = ["account_id", "month"] if first["table"] == "accounts" else None
            key = keys.get(first["table"], other or ["obligation_id", "month"])
            assert first["n_rows"] == rows.select(key).n_unique(), fact["feature"]
            counted += first["n_rows"] > 0
    assert counted > 0


def test_one_altered_file_is_named(office: Path, decided: tuple[str, dict[str, Any]]) -> None:
    payments = office / "tables" / "payments.parquet"
    pl.read_parquet(payments)[:-1].write_parquet(payments)
    (office / "tables" / "vehicles.parquet").unlink()
    code, output = chora("--decision", decided[0], "--store", office / "store")
    assert code == 31
    *_, verdict = output.splitlines()
    assert verdict.endswith("not those that were used: payments (differs), vehicles (missing).")


def test_an_altered_withdrawal_is_found_though_every_table_is_the_same(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    (office / "tables" / "withdrawn").mkdir(exist_ok=True)
    empty = pl.DataFrame({"payment_id": []}, schema={"payment_id": pl.String})
    empty.write_parquet(office / "tables" / "withdrawn" / "payments.parquet")
    code, output = chora("--decision", decided[0], "--store", office / "store")
    assert code == 31
    assert output.splitlines()[-1].endswith("are not those that were used.")


def test_a_decision_is_followed_back_after_its_tables_moved(
    office: Path, decided: tuple[str, dict[str, Any]], tmp_path: Path
) -> None:
    decision, told = decided
    (office / "tables").rename(tmp_path / "archive")
    code, output = chora("--decision", decision, "--store", office / "store")
    assert code == 31
    assert "holds no tables. Name the tables of that day." in output
    accounts = told["recommendation"]["sources"]["lineage"]["tables"]["accounts"]
    assert accounts["source_sha256"] in output
    code, output = chora(tmp_path / "archive", "--decision", decision, "--store", office / "store")
    assert (code, "byte for byte" in output) == (0, True)


def test_a_recommendation_alone_is_followed_back(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    row = decided[1]["recommendation"]["id"]
    code, output = chora("--recommendation", row, "--store", office / "store")
    assert code == 0
    assert output.startswith(f"recommendation {row}")
    assert decided[1]["recommendation"]["sources"]["source_hash"] in output


def test_a_fact_of_a_case_is_followed_back_from_the_tables(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    recommended = decided[1]["recommendation"]
    names = {feature.name for feature in FEATURES}
    fact = next(
        f
        for f in recommended["features"]
        if f["feature"] in names and f["tables"][0]["table"] != "cases"
    )
    of_case = ("--case", recommended["case_id"], "--as-of", recommended["as_of_date"])
    one = (office / "tables", *of_case, "--feature", fact["feature"], "--json")
    code, output = chora(*one)
    told = json.loads(output)
    assert code == 0
    (found,) = told["features"]
    assert (found["value"], found["stamp"]) == (fact["value"], fact["stamp"])
    behind = {table["table"] for table in found["tables"]}
    assert set(told["sources"]["lineage"]["tables"]) == behind
    code, output = chora(office / "tables", *of_case)
    assert f"facts: {len(FEATURES)}" in output
    assert code == 0


def test_tables_of_an_older_validation_are_told_and_no_failure(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    (office / "tables" / "lineage.json").unlink()
    recommended = decided[1]["recommendation"]
    of_case = ("--case", recommended["case_id"], "--as-of", recommended["as_of_date"])
    code, output = chora(office / "tables", *of_case, "--feature", "n_vehicles")
    assert code == 0
    assert "Nothing was recorded about where these tables came from" in output


@pytest.mark.parametrize(
    "call",
    [
        (),
        ("--case", "c"),
        ("t", "--case", "c"),
        ("--case", "c", "--as-of", "2026-04-01"),
        ("--decision", "d", "--recommendation", "r"),
        ("t", "--decision", "d", "--case", "c", "--as-of", "2026-04-01"),
        ("--decision", "d", "--feature", "n_vehicles"),
        ("--decision", "d", "--as-of", "2026-04-01"),
    ],
)
def test_a_call_that_names_no_single_start_is_refused(call: tuple[str, ...]) -> None:
    code, output = chora(*call)
    assert (code, "Name one thing to follow back" in output) == (2, True)


def test_what_is_not_there_is_told_in_one_sentence(
    office: Path, decided: tuple[str, dict[str, Any]]
) -> None:
    store = ("--store", office / "store")
    for kind, name in (("--decision", "decision"), ("--recommendation", "recommendation")):
        code, output = chora(kind, "nothing", *store)
        assert (code, f"There is no {name}" in output) == (2, True)
    tables = office / "tables"
    assert chora(tables, "--case", "nobody", "--as-of", "2026-04-01")[0] == 2
    case = decided[1]["recommendation"]["case_id"]
    code, output = chora(tables, "--case", case, "--as-of", "2026-04-01", "--feature", "shoe_size")
    assert (code, "no feature shoe_size" in output) == (2, True)


# -- over a few cases ----------------------------------------------------------------------------


@pytest.fixture
def lineage(built: Path) -> Lineage:
    return load_lineage(built / "tables")


def test_the_store_keeps_the_lineage_once_and_by_its_hash(
    settings: Settings, lineage: Lineage, tmp_path: Path
) -> None:
    write_lineage(tmp_path, lineage)
    desk = FewCases(tables_folder=str(tmp_path), source_hash=lineage.source_hash)
    for _ in range(2):
        app = create_app(settings, desk)
        with app.state.service.store.reading() as session:
            assert recall_lineage(session, lineage.source_hash) == lineage
            assert recall_lineage(session, "0" * 64) is None
            assert session.execute(text("SELECT count(*) FROM lineages")).scalar_one() == 1
        app.state.service.store.close()


def test_tables_that_were_changed_after_validation_are_not_served(
    settings: Settings, lineage: Lineage, tmp_path: Path
) -> None:
    write_lineage(tmp_path, lineage)
    desk = FewCases(tables_folder=str(tmp_path), source_hash="7" * 64)
    with pytest.raises(OtherTablesError, match=r"not those that were validated.*validate again"):
        create_app(settings, desk)


def test_without_a_lineage_the_hash_is_told_and_why_there_is_no_more(sign_in: SignIn) -> None:
    decision = send_decision(sign_in("rano"), propose(sign_in("olim"))).json()["id"]
    told = sign_in("rano").get(f"{API}/decisions/{decision}/lineage").json()
    sources = told["recommendation"]["sources"]
    assert sources["source_hash"] == FewCases().source_hash
    assert sources["lineage"] is None
    assert "older version" in sources["note"]
    assert "uz-1" in told["recommendation"]["model"]["note"]


def test_a_lineage_is_read_by_those_who_may_read_the_decision(sign_in: SignIn) -> None:
    south = recommend(sign_in("oysha"), "c3")
    path = f"{API}/recommendations/{south}/lineage"
    assert sign_in("oysha").get(path).status_code == 200
    assert "no right" in refused(sign_in("olim").get(path), 403, "not-your-office")
    proposal = propose(sign_in("oysha"), "c3")
    decision = send_decision(sign_in("rustam"), proposal).json()["id"]
    path = f"{API}/decisions/{decision}/lineage"
    assert sign_in("rustam").get(path).status_code == 200
    refused(sign_in("olim").get(path), 403, "not-your-office")
    refused(sign_in("olim").get(f"{API}/decisions/nothing/lineage"), 404, "not-found")


def test_nobody_reads_a_lineage_without_signing_in(sign_in: SignIn) -> None:
    client = sign_in("olim")
    client.cookies.clear()
    refused(client.get(f"{API}/decisions/d/lineage"), 401, "not-signed-in")


def test_a_store_whose_hash_was_changed_is_found_by_the_ledger(
    sign_in: SignIn, settings: Settings
) -> None:
    decision = send_decision(sign_in("rano"), propose(sign_in("olim"))).json()["id"]
    client = sign_in("rano")
    assert client.get(f"{API}/decisions/{decision}/lineage").json()["is_in_ledger"] is True
    app: Any = client.app
    with app.state.service.store.writing() as session:
        session.execute(text("UPDATE recommendations SET source_hash = :h"), {"h": "8" * 64})
    assert client.get(f"{API}/decisions/{decision}/lineage").json()["is_in_ledger"] is False


def test_a_document_of_an_older_version_is_told_with_the_day_that_it_has(
    sign_in: SignIn, desk: FewCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = {
        "feature": "account_balance_som",
        "value": "5",
        "unit": "som",
        "source_table": "accounts",
        "known_on": "2026-03-01",
        "contribution_som": 1.0,
    }
    gone = {**item, "feature": "gone_since", "known_on": None}
    limit = {**item, "feature": "share_limits", "source_table": None, "known_on": None}
    rows = [{"measure": "travel_ban", "contributions": [item, gone, limit]}]
    asked = FewCases.recommend

    def recommended(self: FewCases, case_id: str) -> Any:
        found = asked(self, case_id)
        body = json.loads(found.document) | {"explanations": rows}
        return replace(found, document=canonical_json(body))

    monkeypatch.setattr(FewCases, "recommend", recommended)
    row = recommend(sign_in("olim"))
    told = sign_in("olim").get(f"{API}/recommendations/{row}/lineage").json()
    first, second = told["features"]  # a correction comes from no register: it has no trace
    assert first["stamp"] == {
        "observed_on": "2026-03-01",
        "known_on": "2026-03-01",
        "is_stale": False,
    }
    assert (second["feature"], second["stamp"]) == ("gone_since", None)
    assert second["tables"][0]["table"] == "accounts"


def test_the_description_names_both_lineages(sign_in: SignIn) -> None:
    paths = sign_in("rano").get(f"{API}/openapi.json").json()["paths"]
    for kind in ("decision", "recommendation"):
        assert "get" in paths[f"{API}/{kind}s/{{{kind}_id}}/lineage"]
