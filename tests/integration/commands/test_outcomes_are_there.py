"""Without the payments nobody can tell what a measure brought in: nothing is learned."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from chora.main import app
from models.errors import NoOutcomesError
from models.examples import check_outcomes
from registers.errors import ChoraError
from registers.examples import example_tables
from registers.extract import load_tables, write_extract

PAID: list[dict[str, Any]] = [{"payment_id": f"p{n}", "amount_som": 5 + n} for n in range(60)]


def tables_of(folder: Path, payments: list[str] | None, *accept: str) -> Path:
    """The tables of an extract whose payments have these amounts as texts; None: no payments."""
    rows: dict[str, Any] = {"actions": [{}]} | ({} if payments is None else {"payments": PAID})
    write_extract(folder / "extract", example_tables(rows), "uz")
    if payments is not None:
        file = folder / "extract" / "registers" / "payments.parquet"
        frame = pl.read_parquet(file).with_columns(pl.Series("amount_som", payments))
        file.unlink()
        frame.write_csv(file.with_suffix(".csv"))
    call = ["validate", str(folder / "extract"), "--out", str(folder / "tables")]
    for name in accept:
        call += ["--accept", name]
    CliRunner().invoke(app, call, catch_exceptions=False)
    return folder / "tables"


WORDS = [f"{5 + n} soum" for n in range(60)]
HALF = [str(5 + n) if n % 2 else f"{5 + n} soum" for n in range(60)]


@pytest.mark.parametrize(
    ("payments", "accept", "why"),
    [
        (None, (), "it was not delivered"),
        (WORDS, (), "all 60 rows were set aside"),
        (WORDS, ("payments.all_rows_set_aside",), "every row of it was set aside"),
        (HALF, ("payments.rows_set_aside",), "half of its rows or more were set aside"),
    ],
    ids=["not delivered", "stopped", "all set aside", "half set aside"],
)
def test_training_names_the_payments_and_registers_no_candidate(
    tmp_path: Path, payments: list[str] | None, accept: tuple[str, ...], why: str
) -> None:
    tables = tables_of(tmp_path, payments, *accept)
    store = tmp_path / "store"
    call = ["train", str(tables), "--as-of", "2026-12-31", "--store", str(store)]
    refusal = CliRunner().invoke(app, call).exception
    assert isinstance(refusal, ChoraError)
    assert refusal.exit_code == 12
    assert "payments" in str(refusal)
    assert why in str(refusal).replace("\u00a0", " ")
    assert not list((store / "models").glob("*"))


def test_a_few_payments_set_aside_do_not_stop_the_training(tmp_path: Path) -> None:
    few = [f"{5 + n} soum" if n == 0 else str(5 + n) for n in range(60)]
    check_outcomes(load_tables(tables_of(tmp_path, few)))
    with pytest.raises(NoOutcomesError):
        check_outcomes(load_tables(tables_of(tmp_path / "other", None)))
