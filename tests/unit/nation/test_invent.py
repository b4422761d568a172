"""The invented nation as a whole: shape, determinism, calibration."""

import hashlib
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from nation.errors import TooFewDebtorsError
from nation.invent import Nation, invent, write_nation
from nation.measures import MEASURE_IDS
from nation.mistake_kinds import CODES, LABELS
from nation.officers import HARSH
from nation.settings import Switches
from registers.tables import TABLES

AS_OF = date(2026, 10, 1)


@pytest.fixture(scope="module")
def nation() -> Nation:
    return invent(4_000, 406, AS_OF, n_draws=40)


def best_lawful(nation: Nation) -> pl.DataFrame:
    """The best lawful measure of each question, its value, and how many are lawful."""
    lawful = nation.truth["truth"].filter("lawful").sort("case_id", "expected_net_som")
    return lawful.group_by("case_id", maintain_order=True).agg(
        pl.col("measure").last().alias("best"),
        pl.col("expected_net_som").last().alias("value"),
        pl.len().alias("n_lawful"),
    )


def test_all_thirteen_tables_follow_the_contract(nation: Nation) -> None:
    assert set(nation.tables) == set(TABLES)
    for name, table in TABLES.items():
        frame = nation.tables[name]
        assert frame.height > 0, name
        assert frame.select(table.column_names).schema == table.schema, name
        assert frame["reported_on"].max() <= AS_OF, name  # type: ignore[operator]
        assert frame.select(*table.key, "reported_on").is_unique().all(), name


def test_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    def digest(seed: int, folder: str) -> str:
        write_nation(invent(200, seed, AS_OF, n_draws=8), tmp_path / folder)
        files = sorted((tmp_path / folder).rglob("*.*"))
        assert len(files) == 23
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    assert digest(1, "a") == digest(1, "b")
    assert digest(1, "c") != digest(2, "d")


def test_a_nation_too_small_is_refused_with_a_sentence() -> None:
    with pytest.raises(TooFewDebtorsError, match="at least 50"):
        invent(10, 1, AS_OF)


def test_progress_is_told() -> None:
    told: list[str] = []
    invent(60, 1, AS_OF, lambda stage, _done, _total: told.append(stage), n_draws=2)
    assert {"history", "registers", "truth", "lawful measures"} <= set(told)


def test_claims_are_as_small_as_the_published_share(nation: Nation) -> None:
    cases = nation.tables["cases"].unique("case_id", keep="first", maintain_order=True)
    small = (cases["claim_som"] <= 400_000).mean()
    assert isinstance(small, float)
    assert 0.53 < small < 0.65
    assert (cases["fee_som"] == cases["claim_som"] // 20).all()
    assert 1.3 < cases.height / 4_000 < 2.0


def test_no_measure_is_best_in_more_than_two_fifths_of_the_cases(nation: Nation) -> None:
    best = best_lawful(nation)
    shares = best["best"].value_counts(normalize=True)
    assert shares["proportion"].max() <= 0.40  # type: ignore[operator]
    assert shares.height >= 6
    assert (best["n_lawful"] >= 2).mean() >= 0.6  # type: ignore[operator]


def test_lotteries_and_mistakes_have_their_shares(nation: Nation) -> None:
    actions = nation.truth["actions"]
    assert 0.04 < actions["is_lottery"].mean() < 0.08  # type: ignore[operator]
    assert 0.01 < actions["planted"].is_not_null().mean() < 0.025  # type: ignore[operator]


def test_every_kind_of_mistake_occurs_and_none_in_a_lottery(nation: Nation) -> None:
    actions = nation.truth["actions"]
    planted = actions.drop_nulls("planted_kind")
    assert set(planted["planted_kind"]) == set(CODES)
    labels = dict(zip(CODES, LABELS, strict=True))
    assert all(labels[k] == p for k, p in planted.select("planted_kind", "planted").iter_rows())
    assert not planted["is_lottery"].any()
    of_case = actions.group_by("case_id").agg(pl.col("planted").is_not_null().sum())
    assert of_case["planted"].max() == 1


def test_officers_leave_value_on_the_table(nation: Nation) -> None:
    officers = nation.truth["officers"]
    sums = officers.group_by("case_id").agg(pl.col("probability").sum())
    assert (sums["probability"] - 1.0).abs().max() < 1e-9  # type: ignore[operator]
    value = (officers["probability"] * officers["expected_net_som"]).sum()
    assert 0.55 < float(value) / float(best_lawful(nation)["value"].sum()) < 0.85


def test_hidden_confounding_changes_who_gets_which_measure() -> None:
    harsh = [MEASURE_IDS[measure] for measure in HARSH]

    def willingness(gamma: float) -> float:
        nation = invent(4_000, 9, AS_OF, switches=Switches(gamma=gamma), n_draws=1)
        cases = nation.tables["cases"].unique("case_id", keep="first", maintain_order=True)
        taken = nation.truth["actions"].filter(pl.col("measure").is_in(harsh))
        known = taken.join(cases.select("case_id", "debtor_id"), on="case_id")
        mean = known.join(nation.truth["debtors"], on="debtor_id")["willing"].mean()
        assert isinstance(mean, float)
        return mean

    assert willingness(8.0) < willingness(1.0) - 0.1
