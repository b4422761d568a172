"""Law, model and page say the same of what may be levied where rows could not be read, too."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registers.examples import registers_of
from registers.extract import Registers
from registers.tables import TABLES
from registers.unknown_rows import owner_column, unknown_schema
from serving.pages.profile_view import build_profile
from serving.pages.wording import Voice
from tests.generative.holdings.test_three_readers_agree import (
    CLAIMS,
    PEOPLE,
    balance,
    month,
    read_law,
    read_model,
    read_page,
)

Row = dict[str, Any]
WHOSE = {"debtor_id": "debtor-0", "case_id": "case-0"}

ACCOUNTS = st.lists(
    st.builds(
        balance,
        st.sampled_from(["Q1", "Q2"]),
        st.sampled_from([2, 3, 7]),
        st.integers(0, 9_000_000),
    ),
    max_size=4,
    unique_by=lambda row: (row["account_id"], row["month"]),
)
LOST = st.fixed_dictionaries(
    {
        "table": st.sampled_from(["accounts", "debtors", "cases"]),
        "reported_on": st.sampled_from([None, date(2026, 3, 25), date(2026, 4, 3)]),
        "months_back": st.sampled_from([None, 1, 3, 9, 20]),
        "account_id": st.sampled_from([None, "Q1", "Q2"]),
    }
)


def without(registers: Registers, lost: list[Row]) -> Registers:
    """The registers with rows of debtor-0 and case-0 set aside, as validation writes them."""
    unknown: dict[str, pl.DataFrame] = {}
    for row in lost:
        table = TABLES[row["table"]]
        schema = unknown_schema(table)
        told = {
            **{name: WHOSE[name] for name in WHOSE if name in schema},
            owner_column(table): WHOSE[owner_column(table)],
            "reason": "unknown_value",
            "reported_on": row["reported_on"],
            "account_id": row["account_id"],
            "month": None if row["months_back"] is None else month(row["months_back"]),
        }
        frame = pl.DataFrame([{name: told[name] for name in schema}], schema=schema, orient="row")
        held = unknown.get(table.name, schema.to_frame())
        unknown[table.name] = pl.concat([held, frame]).unique().sort(schema.names())
    return replace(registers, unknown=unknown)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def lost_row(table: str, **row: Any) -> Row:
    return {"table": table, "reported_on": None, "months_back": None, "account_id": None, **row}


RICH = [balance("Q1", 2, 9_000_000), balance("Q2", 2, 5_000_000)]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(accounts=ACCOUNTS, kind=PEOPLE, claim=CLAIMS, lost=st.lists(LOST, min_size=1, max_size=3))
@example(RICH, "individual", "tax", [lost_row("debtors")])
@example(RICH, "individual", "tax", [lost_row("cases")])
@example(RICH, "individual", "tax", [lost_row("accounts", account_id="Q1", months_back=9)])
@example(RICH, "individual", "tax", [lost_row("accounts", account_id="Q1", months_back=1)])
def test_law_model_and_page_agree_where_rows_were_set_aside(
    store: Path, accounts: list[Row], kind: str, claim: str, lost: list[Row]
) -> None:
    whole = registers_of(
        {"debtors": [{"kind": kind}], "cases": [{"claim_kind": claim}], "accounts": accounts}
    )
    registers = without(whole, lost)
    law, model = read_law(registers), read_model(registers)
    file, said = read_page(registers, store)
    assert model["leviable_balance_som"] == law["leviable_balance_som"]
    for name in ("n_accounts", "account_free_som", "protected_amount_som", "leviable_balance_som"):
        assert file.amounts[name] == law[name], name
    if law["leviable_balance_som"] is None and file.holdings["accounts"]:
        assert said["Money that may be levied"] == "not known"
    assert not {"None", "nan"} & set(said.values())
    if law["leviable_balance_som"] is not None:  # what is unknown may only take away an answer
        assert law["leviable_balance_som"] == read_law(whole)["leviable_balance_som"]


@pytest.mark.parametrize("table", ["accounts", "debtors", "cases"])
def test_nobody_says_that_a_balance_is_old_where_a_row_could_not_be_read(
    table: str, store: Path
) -> None:
    registers = without(registers_of({"accounts": RICH}), [lost_row(table)])
    file, said = read_page(registers, store)
    assert file.amounts["leviable_balance_som"] is None
    notes = [fact.note for group in build_profile(Voice("en"), file) for fact in group.facts]
    assert not [note for note in notes if "outdated" in note]
    assert said["Bank accounts"] == ("not known" if table == "accounts" else "2")
