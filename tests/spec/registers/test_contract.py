"""The register contract, as a lawyer or a data owner of an agency may read it."""

import polars as pl
import pytest

from registers.contract import Column, Table
from registers.legal_orders import LEGAL_ORDERS
from registers.tables import TABLES

KEYS = {
    "debtors": ("debtor_id",),
    "cases": ("case_id",),
    "case_events": ("event_id",),
    "actions": ("action_id",),
    "payments": ("payment_id",),
    "appeals": ("appeal_id",),
    "incomes": ("debtor_id", "month", "payer_id", "kind"),
    "accounts": ("account_id", "month"),
    "real_estate": ("object_id", "debtor_id"),
    "vehicles": ("vehicle_id", "debtor_id"),
    "obligations": ("obligation_id", "month"),
    "households": ("debtor_id", "month"),
    "businesses": ("debtor_id", "quarter"),
}

# Every column that may be missing; all others must be filled.
NULLABLE = {
    "debtors": {"birth_year", "sex", "activity_code", "status_on"},
    "cases": {"served_on", "voluntary_until", "closed_on", "closing"},
    "case_events": {"ends_on"},
    "actions": {"executed_on", "ended_on", "cancelled_as", "propensity"},
    "payments": {"action_id"},
    "appeals": {"resolved_on", "result"},
    "real_estate": {"built_year", "disposed_on"},
    "vehicles": {"engine_cc", "disposed_on"},
}

EVERY_COLUMN = [(table, column) for table in TABLES.values() for column in table.columns]


def test_the_contract_has_thirteen_tables_with_these_keys() -> None:
    assert {name: table.key for name, table in TABLES.items()} == KEYS


def test_exactly_the_optional_columns_may_be_missing() -> None:
    found = {n: {c.name for c in t.columns if c.nullable} for n, t in TABLES.items()}
    assert {n: columns for n, columns in found.items() if columns} == NULLABLE


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_row_tells_when_it_could_be_known(table: Table) -> None:
    assert table.column_names[-1] == "reported_on"
    assert not table.column("reported_on").nullable


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN, ids=lambda value: value.name)
def test_names_tell_kinds(table: Table, column: Column) -> None:
    is_day = column.name.endswith("_on") or column.name in {"month", "quarter", "voluntary_until"}
    assert (column.kind == "date") == is_day
    assert (column.kind == "som") == column.name.endswith("_som")
    assert (column.kind == "id") == column.name.endswith("_id")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_references_point_to_the_single_key_of_an_earlier_table(table: Table) -> None:
    earlier = list(TABLES)[: list(TABLES).index(table.name)]
    for column in table.references:
        assert column.refers_to in earlier
        assert TABLES[str(column.refers_to)].key == (column.name,)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_has_a_data_sheet_with_owner_key_and_known_faults(table: Table) -> None:
    assert table.owner
    assert f"{table.name}:" in table.doc
    assert "Owner:" in table.doc
    assert "Key:" in table.doc
    assert table.known_faults


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_rule_reads_columns_of_its_table_and_ends_with_a_remedy(table: Table) -> None:
    codes = [(rule.reason_code, rule.form) for rule in table.rules]
    assert len(set(codes)) == len(codes)
    for rule in table.rules:
        assert set(rule.columns) <= set(table.column_names)
        assert rule.sentence.endswith(".")
        assert "Correct" in rule.sentence


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_unknown_value_breaks_no_rule(table: Table) -> None:
    nothing = table.empty().vstack(
        pl.DataFrame({name: [None] for name in table.schema}, schema=table.schema)
    )
    for rule in table.rules:
        assert nothing.select(rule.holds.fill_null(True)).item() is True


def test_measures_come_from_the_legal_order() -> None:
    for order in LEGAL_ORDERS.values():
        assert TABLES["actions"].under(order).column("measure").values == order.measures
    assert len(LEGAL_ORDERS["uz"].measures) == 19
    assert LEGAL_ORDERS["philadelphia"].measures[0] == "no_letter"


def test_only_these_days_may_lie_after_the_report() -> None:
    checked = {
        (name, rule.form.smaller)
        for name, table in TABLES.items()
        for rule in table.rules
        if getattr(rule.form, "larger", None) == "reported_on" and hasattr(rule.form, "smaller")
    }
    days = {(t.name, c.name) for t, c in EVERY_COLUMN if c.kind == "date"}
    free = {(t, c) for t, c in days - checked if c != "reported_on"}
    assert free == {
        ("cases", "document_on"),  # not after presented_on, nor that after opened_on
        ("cases", "presented_on"),
        ("cases", "voluntary_until"),
        ("case_events", "starts_on"),
        ("case_events", "ends_on"),
        ("actions", "ended_on"),
    }
