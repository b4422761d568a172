"""Named cases of a collected sum: claims in, parts out. Lawyers read and add the YAML."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from law.parameters import parameters_of
from law.uz.distribution import CLAIMS, distribute, open_som, returned_som
from law.uz.ranks import MISSING, UNSECURED, standing_of
from registers.tables import TABLES

FILE = Path(__file__).parent / "distribution" / "cases.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
DAY = date(2026, 4, 1)
KINDS = next(c for c in TABLES["cases"].columns if c.name == "claim_kind").values or ()


def _claims(case: dict[str, Any]) -> pl.DataFrame:
    fees = case.get("fees", {})
    rows = [
        {
            "case_id": name,
            "claimant_id": f"claimant-{name}",
            "claim_kind": claim[0],
            "secured": "pledge" in claim[2:],
            "claim_som": claim[1] - fees.get(name, 0),
            "fee_som": fees.get(name, 0),
            "owed_som": claim[1],
            "stated_rank": case.get("ranks_stated", {}).get(name),
            "costs_som": case.get("costs", {}).get(name),
        }
        for name, claim in case["claims"].items()
    ]
    schema = {**CLAIMS, "stated_rank": pl.Int64(), "costs_som": pl.Int64()}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize("case", CASES, ids=[c["case"] for c in CASES])
def test_each_claim_gets_the_part_that_the_law_gives_it(case: dict[str, Any]) -> None:
    found = distribute(
        case["collected"], _claims(case), case.get("day", DAY), case.get("pledge_of")
    )
    rows = {row["case_id"]: row for row in found.iter_rows(named=True)}
    parts = {
        name: row["paid_som"]
        if row["paid_som"] is not None
        else [row["least_som"], row["most_som"]]
        for name, row in rows.items()
    }
    assert parts == case["paid"]
    told = {
        "ranks": "rank",
        "articles": "article",
        "missing": "missing",
        "to_fee": "to_fee_som",
        "to_costs": "to_costs_som",
    }
    for written, column in told.items():
        assert case.get(written, {}).items() <= {n: row[column] for n, row in rows.items()}.items()
    if "returned" in case:
        assert returned_som(case["collected"], found) == case["returned"]
    is_told = all(isinstance(part, int) for part in case["paid"].values())
    assert (open_som(case["collected"], found) == 0) is is_told


def test_cases_have_names_of_their_own() -> None:
    assert len({case["case"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "non_property"])
def test_every_kind_of_money_claim_has_a_rank_or_names_what_it_hangs_on(kind: str) -> None:
    standing = standing_of(kind, DAY)
    recorded = parameters_of("uz")[f"rank_{kind}"].on(DAY)
    assert recorded is not None
    assert recorded.value in standing.turns
    assert (standing.rank is None) is (standing.missing in MISSING)
    assert any(kind == claim[0] for case in CASES for claim in case["claims"].values()) or (
        standing.turns in ((1,), (UNSECURED,))
    )
