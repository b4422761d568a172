"""What the page says of a claim and its debtor where a register is not all known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from models.registry import Store
from registers.examples import registers_of
from registers.extract import Registers
from registers.tables import TABLES
from registers.unknown_rows import unknown_schema
from serving.casefile import CaseFile
from serving.pages.case_view import claim_facts, debtor_facts
from serving.pages.wording import Voice
from serving.register_desk import RegisterDesk

DAY = date(2026, 4, 1)


def lost(registers: Registers, table: str, **row: str) -> Registers:
    told = {"reason": "unknown_value", **row}
    frame = pl.DataFrame([told], schema=unknown_schema(TABLES[table]), orient="row")
    return replace(registers, unknown={table: frame})


def said(registers: Registers, store: Path) -> Mapping[str, tuple[str, str]]:
    desk = RegisterDesk(registers, "tables", Store(store), DAY)
    profile = desk.profile("case-0")
    assert profile is not None
    file = CaseFile(
        **vars(profile), currency=desk.currency, legal_order=desk.legal_order, recommendations=[]
    )
    t = Voice("en")
    return {f.label: (f.value, f.note) for f in (*claim_facts(t, file), *debtor_facts(t, file))}


ZERO = "0\u00a0soʻm"


def test_what_was_paid_is_none_only_where_every_payment_could_be_read(tmp_path: Path) -> None:
    none = registers_of({"payments": []})
    assert said(none, tmp_path)["Paid so far"] == (ZERO, "")
    unread = said(lost(none, "payments", case_id="case-0", payment_id="p"), tmp_path)["Paid so far"]
    assert unread[0] == "not known"
    assert "could not be read" in unread[1]
    elsewhere = lost(none, "payments", case_id="another", payment_id="p")
    assert said(elsewhere, tmp_path)["Paid so far"] == (ZERO, "")
    absent = said(registers_of({}), tmp_path)["Paid so far"]
    assert absent == ("not known", "the register was not delivered")


@pytest.mark.parametrize("n_others", [0, 1])
def test_other_cases_are_none_only_where_every_case_could_be_read(
    tmp_path: Path, n_others: int
) -> None:
    whole = registers_of({"cases": [{}] * (1 + n_others), "payments": []})
    label = "Other cases of the debtor"
    value, note = said(whole, tmp_path)[label]
    assert (value == "none", note) == (not n_others, "")
    unread = said(lost(whole, "cases", debtor_id="debtor-0", case_id="unread"), tmp_path)[label]
    assert unread[0] == (value if n_others else "not known")
    assert "could not be read" in unread[1]
