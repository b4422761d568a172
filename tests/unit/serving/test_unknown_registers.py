"""The desk and the law tell which register is not all known, and why."""

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
from serving.register_desk import RegisterDesk

DAY = date(2026, 3, 1)


def registers_without_a_vehicle() -> Registers:
    """Every register was delivered but the cadastre; a vehicle of the debtor was set aside."""
    delivered = [n for n in TABLES if n not in ("debtors", "cases", "real_estate")]
    registers = registers_of({name: [] for name in delivered})
    lost = {
        "debtor_id": "debtor-0",
        "reason": "unknown_value",
        "reported_on": date(2026, 2, 1),
        "vehicle_id": "v",
    }
    frame = pl.DataFrame([lost], schema=unknown_schema(TABLES["vehicles"]), orient="row")
    return replace(registers, unknown={"vehicles": frame})


@pytest.fixture
def desk(tmp_path: Path) -> RegisterDesk:
    return RegisterDesk(registers_without_a_vehicle(), "tables", Store(tmp_path), DAY)


def test_the_profile_names_each_register_that_is_not_all_known(desk: RegisterDesk) -> None:
    profile = desk.profile("case-0")
    assert profile is not None
    assert profile.unknown_registers == {
        "real_estate": "not_delivered",
        "vehicles": "part_set_aside",
    }


@pytest.mark.parametrize(
    ("measure", "rule", "told"),
    [
        (
            "vehicle_seizure_sale",
            "owns_a_vehicle",
            ("vehicles", "were set aside", "traffic police"),
        ),
        ("real_estate_sale", "owns_real_estate", ("real estate", "was not delivered", "cadastre")),
    ],
)
def test_the_law_cannot_tell_and_names_register_reason_and_agency(
    desk: RegisterDesk, measure: str, rule: str, told: tuple[str, ...]
) -> None:
    grounds = {ground.rule: ground for ground in desk.judge("case-0", measure).grounds}
    assert grounds[rule].verdict == "cannot_tell"
    sentences = grounds[rule].sentence
    assert all(part in sentences["en"] for part in told)
    assert len(set(sentences.values())) == 4


def test_warming_up_stops_nothing_where_no_model_answers(desk: RegisterDesk) -> None:
    desk.warm()
    assert desk.model_problem()
