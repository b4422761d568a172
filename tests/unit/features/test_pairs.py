"""What is known of one measure in one case, told by small registers."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from features.catalogue.pairs import PAIR_FEATURES, REGISTER_OF
from features.errors import PointColumnsError
from features.pairs import build_pairs
from law.catalogue import catalogue
from law.facts import build_facts
from law.uz.reach import REACH_IN_WINDOW
from registers.examples import registers_of
from registers.snapshot import locate
from registers.tables import TABLES
from registers.unknown_rows import unknown_schema

DAY = date(2026, 3, 1)
OWED = 10_000_000
CASE = {
    "claim_kind": "tax",
    "claim_som": OWED,
    "fee_som": 0,
    "document_on": date(2025, 1, 1),
    "opened_on": date(2025, 2, 1),
    "reported_on": date(2025, 2, 2),
}
Row = dict[str, Any]


def pairs_of(
    order: str = "uz", unknown: dict[str, pl.DataFrame] | None = None, **rows: list[Row]
) -> dict[str, Row]:
    """The pairs of one case by measure; `unknown` gives rows that were set aside."""
    registers = registers_of({"cases": [CASE], "payments": [], "actions": [], **rows}, order)
    registers = replace(registers, unknown=unknown or {})
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]})
    points, _ = locate(registers, asked)
    pairs = build_pairs(registers, points, build_facts(registers, points))
    return {row["measure"]: row for row in pairs.iter_rows(named=True)}


def action(measure: str, decided_on: date, action_id: str = "action-0", **more: Any) -> Row:
    row = {"action_id": action_id, "measure": measure, "decided_on": decided_on}
    return row | {"executed_on": None, "ended_on": None, "reported_on": decided_on} | more


def test_a_levy_reaches_what_may_be_taken_from_the_accounts() -> None:
    account = {
        "account_id": "a",
        "month": date(2026, 2, 1),
        "balance_som": 7_000_000,
        "blocked_som": 0,
        "reported_on": date(2026, 2, 20),
    }
    found = pairs_of(accounts=[account])
    levy, hold = found["bank_account_levy"], found["account_attachment"]
    assert 0 < levy["reach_som"] <= 7_000_000
    assert levy["reach_share"] == levy["reach_som"] / OWED
    assert hold["reach_som"] == levy["reach_som"]
    assert levy["measure_touches"] == hold["measure_touches"] == "account"


def test_withholding_reaches_the_lawful_share_of_six_months_of_income() -> None:
    income = {
        "month": date(2026, 1, 1),
        "payer_id": "p",
        "kind": "wage",
        "gross_som": 4_000_000,
        "tax_som": 480_000,
        "reported_on": date(2026, 2, 10),
    }
    found = pairs_of(incomes=[income])
    net = 3_520_000
    assert found["mediation_or_instalment"]["reach_som"] == 6 * net
    assert found["wage_income_withholding"]["reach_som"] == 6 * (net // 2)


def test_an_unknown_amount_is_null_and_none_is_nought() -> None:
    missing = pairs_of()
    assert missing["bank_account_levy"]["reach_share"] is None
    delivered = pairs_of(accounts=[], vehicles=[], real_estate=[])
    assert delivered["bank_account_levy"]["reach_share"] == 0.0
    assert delivered["vehicle_seizure_sale"]["reach_share"] == 0.0
    assert delivered["travel_ban"]["reach_share"] is None


def test_what_was_tried_is_told_of_that_measure_alone() -> None:
    tried = pairs_of(
        actions=[
            action("bank_account_levy", date(2025, 6, 1), "a1", result="nothing_found"),
            action("bank_account_levy", date(2025, 9, 1), "a2", result="partly"),
            action("travel_ban", date(2025, 7, 1), "a3", result="pending"),
            action("voluntary_notice", DAY, "a4", result="effective"),
        ],
        payments=[
            {
                "payment_id": "p1",
                "paid_on": date(2025, 9, 10),
                "amount_som": 2_000_000,
                "source": "bank_levy",
                "action_id": "a2",
                "reported_on": date(2025, 9, 12),
            }
        ],
    )
    levy, ban = tried["bank_account_levy"], tried["travel_ban"]
    assert (levy["n_tried"], levy["tried_result"]) == (2, "partly")
    assert levy["days_since_tried"] == (DAY - date(2025, 9, 1)).days
    assert levy["brought_share"] == 2_000_000 / 8_000_000
    assert levy["paid_since_tried_share"] == 2_000_000 / OWED
    assert (levy["observed_on_tried"], levy["known_on_tried"]) == (date(2025, 9, 1),) * 2
    assert levy["observed_on_brought"] == date(2025, 9, 10)
    assert levy["known_on_brought"] == date(2025, 9, 12)
    assert ban["brought_share"] == 0.0
    assert ban["paid_since_tried_share"] == 2_000_000 / OWED
    notice = tried["voluntary_notice"]
    assert (notice["n_tried"], notice["tried_result"]) == (0, "never_tried")


def test_of_a_case_that_lost_a_row_nobody_knows_what_was_tried() -> None:
    """A row set aside may be the very levy that is asked about: unknown is not never tried."""
    lost = pl.DataFrame(
        [{"case_id": "case-0", "reason": "orphan", "reported_on": date(2025, 5, 1)}],
        schema=unknown_schema(TABLES["actions"]),
    )
    found = pairs_of(
        unknown={"actions": lost}, actions=[action("travel_ban", date(2025, 7, 1), "a3")]
    )
    for name in ("n_tried", "tried_result", "days_since_tried", "brought_share"):
        assert found["travel_ban"][name] is None, name
        assert found["bank_account_levy"][name] is None, name
    paid = {"payment_id": None, "case_id": "case-0", "reason": "bad_cell", "reported_on": None}
    lost = pl.DataFrame([paid], schema=unknown_schema(TABLES["payments"]))
    unpaid = pairs_of(
        unknown={"payments": lost}, actions=[action("travel_ban", date(2025, 7, 1), "a3")]
    )
    assert unpaid["travel_ban"]["n_tried"] == 1
    assert unpaid["travel_ban"]["brought_share"] is None
    assert unpaid["travel_ban"]["paid_since_tried_share"] is None


@pytest.mark.parametrize("trial", ["philadelphia", "pawnshop"])
def test_arms_of_a_trial_reach_nothing_that_a_register_tells(trial: str) -> None:
    found = pairs_of(trial)
    assert list(found) == list(catalogue(trial))
    for pair in found.values():
        assert pair["reach_share"] is None
        assert pair["reach_som"] is None
        assert pair["measure_touches"] == "none"


def test_every_measure_that_reaches_something_names_what_it_touches() -> None:
    measures = catalogue("uz")
    assert set(REACH_IN_WINDOW) <= set(measures)
    for measure in REACH_IN_WINDOW:
        assert measures[measure].touches in REGISTER_OF, measure


def test_what_a_measure_reaches_is_dated_by_the_register_of_its_asset() -> None:
    reach = next(f for f in PAIR_FEATURES if f.name == "reach_share")
    assert reach.of("wage_income_withholding").observed_on == "observed_on_incomes"
    assert reach.of("real_estate_sale").tables[0] == "real_estate"
    assert set(reach.of("real_estate_sale").sources) == set(reach.sources)


def test_points_without_their_columns_are_refused() -> None:
    registers = registers_of({"cases": [CASE]})
    points, _ = locate(registers, pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]}))
    facts = build_facts(registers, points)
    with pytest.raises(PointColumnsError):
        build_pairs(registers, points.drop("debtor_id"), facts)
