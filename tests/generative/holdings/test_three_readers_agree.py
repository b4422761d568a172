"""Law, model and page say the same of what a debtor has and owes, whatever the registers hold.

Accounts in several banks of which some report months late, accounts blocked above their balance,
things owned in part, payers of whom one is late, loans: each reader is asked by itself, and the
money that may be levied is also worked out by hand.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from features.frame import build_features
from law.facts import build_facts
from models.registry import Store
from registers.examples import registers_of
from registers.extract import Registers
from registers.snapshot import locate
from serving.casefile import CaseFile
from serving.pages.profile_view import build_profile
from serving.pages.wording import Voice
from serving.register_desk import RegisterDesk

DAY = date(2026, 4, 1)
PROTECTED = 635_500  # half of 1,271,000
Row = dict[str, Any]

som = st.integers(0, 40_000_000)
back = st.sampled_from([0, 2, 3, 6, 7, 9])


def month(months_back: int) -> date:
    index = DAY.year * 12 + DAY.month - 1 - months_back
    return date(index // 12, index % 12 + 1, 1)


def told(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Row]]:
    reported = st.dates(date(2026, 1, 5), date(2026, 4, 3))
    return st.lists(st.fixed_dictionaries({**columns, "reported_on": reported}), max_size=6)


ROWS = st.fixed_dictionaries(
    {
        "accounts": told(
            account_id=st.sampled_from("abcd"),
            bank_id=st.sampled_from(["Q1", "Q2", "Q3"]),
            month=back.map(month),
            balance_som=som,
            blocked_som=st.just(0) | som,
        ),
        "incomes": told(
            payer_id=st.sampled_from(["p1", "p2", "p3"]),
            kind=st.sampled_from(["wage", "rent", "pension", "benefit", "alimony_received"]),
            month=back.map(month),
            gross_som=st.integers(200_000, 9_000_000),
            tax_som=st.integers(0, 200_000),
        ),
        "obligations": told(
            obligation_id=st.sampled_from("xyz"),
            month=back.map(month),
            outstanding_som=som,
            monthly_due_som=som,
            days_past_due=st.integers(0, 400),
        ),
        "vehicles": told(
            vehicle_id=st.sampled_from("vw"),
            assessed_som=som,
            pledged=st.booleans(),
            acquired_on=st.sampled_from([date(2020, 1, 1), DAY, date(2026, 4, 2)]),
            disposed_on=st.sampled_from([None, date(2026, 3, 31), DAY, date(2026, 4, 2)]),
        ),
        "real_estate": told(
            object_id=st.sampled_from("rst"),
            kind=st.sampled_from(["land", "commercial"]),  # homes are the law's affair alone
            residence=st.just(False),
            share=st.sampled_from([1.0, 0.5, 0.33, 0.25]),
            cadastral_som=som,
            encumbrance=st.sampled_from(["none", "pledge", "attachment", "investment"]),
            acquired_on=st.just(date(2020, 1, 1)),
            disposed_on=st.sampled_from([None, DAY, date(2026, 4, 2)]),
        ),
    }
)
PEOPLE = st.sampled_from(["individual", "entrepreneur", "legal_entity"])
CLAIMS = st.sampled_from(["bank_credit", "alimony", "tax"])


def read_law(registers: Registers) -> Row:
    return build_facts(registers, points_of(registers)).row(0, named=True)


def read_model(registers: Registers) -> Row:
    return build_features(registers, points_of(registers)).row(0, named=True)


def points_of(registers: Registers) -> pl.DataFrame:
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]})
    return locate(registers, asked)[0]


def read_page(registers: Registers, store: Path) -> tuple[CaseFile, dict[str, str]]:
    """The case file, and what the page says in words by label."""
    desk = RegisterDesk(registers, "tables", Store(store), DAY)
    profile = desk.profile("case-0")
    assert profile is not None
    file = CaseFile(
        **vars(profile), currency=desk.currency, legal_order=desk.legal_order, recommendations=[]
    )
    groups = build_profile(Voice("en"), file)
    return file, {fact.label: fact.value for group in groups for fact in group.facts}


def levied_by_hand(rows: list[Row], is_shielded: bool) -> int | None:
    last: dict[tuple[str, date], Row] = {}
    for row in sorted(rows, key=lambda r: r["reported_on"]):
        if row["reported_on"] <= DAY:
            last[row["account_id"], row["month"]] = row
    newest = {
        name: max((r for r in last.values() if r["account_id"] == name), key=lambda r: r["month"])
        for name in {r["account_id"] for r in last.values()}
    }
    fresh = [row for row in newest.values() if row["month"] >= date(2025, 10, 1)]
    if newest and not fresh:
        return None
    free: int = sum(max(row["balance_som"] - row["blocked_som"], 0) for row in fresh)
    return max(free - PROTECTED * is_shielded, 0)


def value_of(rows: list[dict[str, object]]) -> int:
    return sum(int(str(row["value_som"])) for row in rows if row["is_owned"])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def balance(bank: str, months_back: int, som: int, blocked: int = 0) -> Row:
    at = {"account_id": bank, "bank_id": bank, "month": month(months_back)}
    return {**at, "balance_som": som, "blocked_som": blocked, "reported_on": date(2026, 3, 20)}


EXAMPLES = {
    "a bank four months late": [balance("Q1", 2, 10_000_000), balance("Q2", 6, 30_000_000)],
    "one month later": [balance("Q1", 2, 10_000_000), balance("Q2", 7, 30_000_000)],
    "blocked above its balance": [
        balance("Q1", 2, 10_000_000),
        balance("Q2", 2, 2_000_000, 9_000_000),
    ],
    "every bank too late": [balance("Q1", 7, 10_000_000), balance("Q2", 8, 30_000_000)],
    "no account": [],
}
LEVIABLE = {
    "a bank four months late": 39_364_500,
    "one month later": 9_364_500,
    "blocked above its balance": 9_364_500,
    "every bank too late": None,
    "no account": 0,
}


def with_accounts(accounts: list[Row]) -> dict[str, list[Row]]:
    nothing: dict[str, list[Row]] = {
        name: [] for name in ("incomes", "obligations", "vehicles", "real_estate")
    }
    return {**nothing, "accounts": accounts}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(rows=ROWS, kind=PEOPLE, claim=CLAIMS)
@example(with_accounts(EXAMPLES["a bank four months late"]), "individual", "bank_credit")
@example(with_accounts(EXAMPLES["one month later"]), "individual", "alimony")
@example(with_accounts(EXAMPLES["blocked above its balance"]), "entrepreneur", "tax")
@example(with_accounts(EXAMPLES["every bank too late"]), "individual", "tax")
def test_law_model_and_page_agree_on_any_holdings(
    store: Path, rows: dict[str, list[Row]], kind: str, claim: str
) -> None:
    registers = registers_of(
        {"debtors": [{"kind": kind}], "cases": [{"claim_kind": claim}], **rows}
    )
    law, model = read_law(registers), read_model(registers)
    file, said = read_page(registers, store)

    by_hand = levied_by_hand(rows["accounts"], kind == "individual" and claim != "alimony")
    assert law["leviable_balance_som"] == by_hand
    assert model["leviable_balance_som"] == by_hand
    assert file.amounts["leviable_balance_som"] == by_hand
    for name in ("n_accounts", "n_stale_accounts"):
        assert (model[name] or 0) == law[name] == file.amounts[name]
    if law["n_accounts"]:
        amount = "not known" if by_hand is None else f"{by_hand:,}".replace(",", "\u00a0")
        assert said["Money that may be levied"].startswith(amount)
        stale = [label for label in said if label.startswith("Account at bank Q")]
        assert bool(stale) == bool(law["n_stale_accounts"])

    income = law["leviable_income_som"]
    assert (model["last_month_net_som"] or 0) == income == file.amounts["leviable_income_som"]

    vehicles, objects = file.holdings["vehicles"], file.holdings["real_estate"]
    assert model["n_vehicles"] == law["n_vehicles"] == sum(bool(r["is_owned"]) for r in vehicles)
    assert model["unpledged_vehicles_value_som"] == law["free_vehicles_som"]
    assert model["vehicles_value_som"] == value_of(vehicles)
    assert law["free_vehicles_som"] + law["pledged_vehicles_som"] == value_of(vehicles)
    assert model["n_real_estate"] == law["n_real_estate"]
    assert law["n_real_estate"] == sum(bool(r["is_owned"]) for r in objects)
    free = law["free_real_estate_som"] - law["attached_som"]
    assert model["free_real_estate_value_som"] == free
    assert model["real_estate_value_som"] == value_of(objects)
    assert value_of([row for row in objects if row["encumbrance"] == "none"]) == free
    pledged = law["pledged_real_estate_som"] + law["pledged_vehicles_som"]
    assert model["pledged_value_som"] == pledged

    owed = [row for row in file.holdings["obligations"] if row["is_current"]]
    assert model["n_obligations"] == (len(owed) or None)
    shown = sum(int(str(row["outstanding_som"])) for row in owed)
    assert (model["obligations_outstanding_som"] or 0) == shown


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_three_readers_say_one_figure_of_an_example(name: str, store: Path) -> None:
    """Run with -s to see the figures side by side."""
    registers = registers_of({"accounts": EXAMPLES[name]})
    law, model = read_law(registers), read_model(registers)
    file, said = read_page(registers, store)
    figures = [one["leviable_balance_som"] for one in (law, model, file.amounts)]
    print(f"\n{name}: law {figures[0]}, model {figures[1]}, page {figures[2]}")
    for label, value in said.items():
        print(f"    page: {label}: {value}")
    assert figures == [LEVIABLE[name]] * 3


def test_a_past_action_is_judged_by_what_was_known_the_day_before() -> None:
    """The known day may differ from the judged day; the months are counted from the judged one."""
    late = {**balance("Q1", 2, 5_000_000), "reported_on": DAY}
    registers = registers_of({"accounts": [balance("Q1", 3, 1_000_000), late]})
    points = points_of(registers)
    before = points.with_columns(known_on=pl.lit(date(2026, 3, 31)))
    assert build_facts(registers, points)["account_free_som"].item() == 5_000_000
    assert build_facts(registers, before)["account_free_som"].item() == 1_000_000
