"""Small registers for documents and tests: name the values that matter, the rest is filled in.

>>> registers = registers_of({"payments": [{"amount_som": 500}, {"amount_som": 700}]})
>>> registers.table("payments")["payment_id"].to_list()
['payment-0', 'payment-1']
>>> registers.table("cases")["case_id"].to_list()
['case-0']
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from registers.extract import Registers, latest_report
from registers.legal_orders import legal_order
from registers.tables import TABLES

Row = Mapping[str, Any]

OPENED_ON = date(2026, 1, 5)

# Values that every example row starts from; columns that are not named are null.
DEFAULTS: Mapping[str, Row] = MappingProxyType(
    {
        "debtors": {
            "kind": "individual",
            "region": "1726",
            "district": "1726262",
            "registered_on": date(2010, 3, 1),
            "status": "active",
        },
        "cases": {
            "debtor_id": "debtor-0",
            "document_id": "document-0",
            "document_kind": "court_writ",
            "document_on": date(2025, 12, 1),
            "presented_on": OPENED_ON,
            "opened_on": OPENED_ON,
            "procedure": "ordinary",
            "claim_kind": "bank_credit",
            "claimant_id": "claimant-0",
            "claimant_kind": "bank",
            "claim_som": 10_000_000,
            "fee_som": 500_000,
            "periodic": False,
            "secured": False,
            "levies_dwelling": False,
            "office": "office-0",
            "officer_id": "officer-0",
        },
        "case_events": {"case_id": "case-0", "kind": "suspended", "starts_on": OPENED_ON},
        "actions": {
            "case_id": "case-0",
            "measure": "bank_account_levy",
            "decided_on": OPENED_ON,
            "officer_id": "officer-0",
            "cost_som": 5_000,
            "officer_hours": 0.5,
            "result": "pending",
        },
        "payments": {
            "case_id": "case-0",
            "paid_on": OPENED_ON,
            "amount_som": 100_000,
            "source": "voluntary",
        },
        "appeals": {
            "action_id": "action-0",
            "case_id": "case-0",
            "filed_on": OPENED_ON,
            "filed_by": "debtor",
        },
        "incomes": {
            "debtor_id": "debtor-0",
            "month": date(2025, 12, 1),
            "payer_id": "payer-0",
            "kind": "wage",
            "gross_som": 4_000_000,
            "tax_som": 480_000,
        },
        "accounts": {
            "month": date(2025, 12, 1),
            "debtor_id": "debtor-0",
            "bank_id": "bank-0",
            "credits_som": 4_000_000,
            "debits_som": 3_500_000,
            "balance_som": 900_000,
            "blocked_som": 0,
        },
        "real_estate": {
            "debtor_id": "debtor-0",
            "share": 1.0,
            "kind": "apartment",
            "area_m2": 60.0,
            "district": "1726262",
            "cadastral_som": 300_000_000,
            "residence": True,
            "encumbrance": "none",
            "acquired_on": date(2015, 6, 1),
        },
        "vehicles": {
            "debtor_id": "debtor-0",
            "kind": "car",
            "model_year": 2018,
            "assessed_som": 90_000_000,
            "pledged": False,
            "acquired_on": date(2019, 6, 1),
        },
        "obligations": {
            "month": date(2025, 12, 1),
            "debtor_id": "debtor-0",
            "lender_id": "lender-0",
            "kind": "consumer",
            "outstanding_som": 20_000_000,
            "monthly_due_som": 1_000_000,
            "days_past_due": 0,
        },
        "households": {
            "debtor_id": "debtor-0",
            "month": date(2025, 12, 1),
            "members": 4,
            "minors": 2,
            "disabled": 0,
            "social_register": False,
        },
        "businesses": {
            "debtor_id": "debtor-0",
            "quarter": date(2025, 10, 1),
            "revenue_som": 80_000_000,
            "receivables_som": 10_000_000,
            "employees": 3,
            "tax_arrears_som": 0,
            "production_assets_som": 50_000_000,
        },
    }
)

# How the rows of a table are numbered where their key is not given.
_NUMBERED: Mapping[str, str] = MappingProxyType(
    {
        "debtors": "debtor",
        "cases": "case",
        "case_events": "event",
        "actions": "action",
        "payments": "payment",
        "appeals": "appeal",
        "accounts": "account",
        "real_estate": "object",
        "vehicles": "vehicle",
        "obligations": "obligation",
    }
)


def example_frame(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    """A table of the contract with these rows; what a row does not name is filled in."""
    filled = [
        {**dict.fromkeys(TABLES[name].column_names), **_defaults(name, number), **row}
        for number, row in enumerate(rows)
    ]
    return pl.DataFrame(filled, schema=TABLES[name].schema, strict=True, orient="row")


def _defaults(name: str, number: int) -> Row:
    key = {TABLES[name].key[0]: f"{_NUMBERED[name]}-{number}"} if name in _NUMBERED else {}
    return {**DEFAULTS[name], **key, "reported_on": OPENED_ON}


def example_tables(rows: Mapping[str, Sequence[Row]]) -> dict[str, pl.DataFrame]:
    """Tables of the contract with these rows, and one debtor and one case where none is named."""
    given = {"debtors": [{}], "cases": [{}], **rows}
    return {name: example_frame(name, given[name]) for name in TABLES if name in given}


def registers_of(
    rows: Mapping[str, Sequence[Row]] | None = None,
    legal_order_id: str = "uz",
    withdrawn: Mapping[str, Sequence[Row]] | None = None,
) -> Registers:
    """Registers with these rows; tables that are not named are absent.

    `withdrawn` names rows that were taken back, by table: the key, `reported_on` of the row and
    `withdrawn_on`.
    """
    given = example_tables(rows or {})
    tables = {name: given.get(name, table.empty()) for name, table in TABLES.items()}
    return Registers(
        tables=MappingProxyType(tables),
        absent=frozenset(set(TABLES) - set(given)),
        legal_order=legal_order(legal_order_id),
        source_hash="example",
        as_of=latest_report(tables),
        withdrawn={
            name: pl.DataFrame(list(void), schema=void_schema(name), orient="row")
            for name, void in (withdrawn or {}).items()
            if void
        },
    )


def void_schema(name: str) -> pl.Schema:
    """The columns of the withdrawals of a table."""
    schema = TABLES[name].schema
    columns = (*TABLES[name].key, "reported_on")
    return pl.Schema({**{c: schema[c] for c in columns}, "withdrawn_on": pl.Date()})


def two_reports_of_one_case() -> Registers:
    """One case, opened on 5 January 2026 and served as reported on 10 February 2026."""
    opened = {"case_id": "case-0"}
    served = {**opened, "served_on": date(2026, 2, 3), "reported_on": date(2026, 2, 10)}
    return registers_of({"cases": [opened, served]})
