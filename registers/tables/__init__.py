"""The thirteen registers of the contract, one module each; its docstring is the data sheet."""

from collections.abc import Mapping
from types import MappingProxyType

from registers.contract import Table
from registers.errors import UnknownTableError
from registers.tables import (
    accounts,
    actions,
    appeals,
    businesses,
    case_events,
    cases,
    debtors,
    households,
    incomes,
    obligations,
    payments,
    real_estate,
    vehicles,
)

__all__ = ["REQUIRED_TABLES", "TABLES", "table_named"]

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        module.TABLE.name: module.TABLE
        for module in (
            debtors,
            cases,
            case_events,
            actions,
            payments,
            appeals,
            incomes,
            accounts,
            real_estate,
            vehicles,
            obligations,
            households,
            businesses,
        )
    }
)

# Without these there is no decision point; every other table may be absent.
REQUIRED_TABLES: tuple[str, ...] = ("debtors", "cases")


def table_named(name: str) -> Table:
    """The table of this name; raises UnknownTableError."""
    if name not in TABLES:
        raise UnknownTableError(name, tuple(TABLES))
    return TABLES[name]
