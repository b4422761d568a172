"""A row set aside and a register that was never delivered are the same to a model: unknown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from features.catalogue import SOURCE_TABLES, unknown_column
from features.frame import build_features
from features.unknown import OF_THE_LAW
from models.design import fit_encoder
from models.masking import REGISTERS, lost_with, unknown_registers
from registers.examples import registers_of
from registers.extract import Registers
from registers.snapshot import locate
from registers.tables import TABLES
from registers.unknown_rows import owner_column, unknown_schema

DAY = date(2026, 3, 1)


def everything() -> Registers:
    return registers_of({name: [] for name in TABLES if name not in ("debtors", "cases")})


def with_row_set_aside(registers: Registers, table: str) -> Registers:
    """One row of the only debtor (of the only case) could not be read."""
    owner = owner_column(TABLES[table])
    row: Mapping[str, Any] = {
        owner: "debtor-0" if owner == "debtor_id" else "case-0",
        "reason": "unknown_value",
        "reported_on": date(2026, 2, 1),
    }
    lost = pl.DataFrame([row], schema=unknown_schema(TABLES[table]), orient="row")
    return replace(registers, unknown={**registers.unknown, table: lost})


def features_of(registers: Registers) -> pl.DataFrame:
    asked = pl.DataFrame({"case_id": ["case-0"], "as_of_date": [DAY]})
    return build_features(registers, locate(registers, asked)[0])


@pytest.mark.parametrize("table", SOURCE_TABLES)
def test_a_model_sees_that_a_register_with_a_row_set_aside_is_unknown(table: str) -> None:
    """Otherwise "no income could be read" reads as "no income was ever reported"."""
    known, lost = features_of(everything()), features_of(with_row_set_aside(everything(), table))
    assert not unknown_registers(known).any()
    assert lost[unknown_column(table)].to_list() == [True]
    assert unknown_registers(lost)[0, REGISTERS.index(table)]


@pytest.mark.parametrize("table", SOURCE_TABLES)
def test_no_fact_that_could_not_be_read_is_a_number_of_none(table: str) -> None:
    encoder = fit_encoder(features_of(everything()))
    lost = features_of(with_row_set_aside(everything(), table))
    x = encoder.matrix(lost)[0]
    unread = [name for name in sorted(lost_with(table)) if lost[name].null_count()]
    at = [encoder.columns.index(name) for name in unread]
    assert set(lost_with(table)) - set(unread) <= OF_THE_LAW  # nothing is levied of no account
    numbers = [i for i in at if encoder.columns[i] not in encoder.categories]
    assert np.isnan(x[numbers]).all()
