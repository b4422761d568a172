"""The same family functions on Polars and on pandas give equal profiles."""

from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from features.catalogue import AUDIT_FEATURES, FEATURES
from features.examples import random_questions, random_registers
from features.known import Known
from features.profile import build_profile
from features.reading import as_known, read_known, read_points
from registers.examples import registers_of
from registers.extract import Registers
from registers.snapshot import locate

CATEGORIES = [f.name for f in (*FEATURES, *AUDIT_FEATURES) if f.kind == "category"]


def known_of(registers: Registers, points: pl.DataFrame) -> Known:
    file = read_points(registers, points)
    return as_known(file, read_known(file))


def in_pandas(known: Known, *, arrow: bool) -> Known:
    def convert(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        native: pl.DataFrame = frame.collect().to_native()
        return nw.from_native(native.to_pandas(use_pyarrow_extension_array=arrow)).lazy()

    return Known(
        points=convert(known.points),
        tables={name: convert(frame) for name, frame in known.tables.items()},
        absent=known.absent,
    )


def collected(known: Known) -> pl.DataFrame:
    native = build_profile(known).collect().to_native()
    frame = pl.from_pandas(native) if isinstance(native, pd.DataFrame) else native
    numbers = pl.exclude(["point_id", *CATEGORIES]).cast(pl.Float64).fill_nan(None)
    words = pl.col(CATEGORIES).cast(pl.String)
    return frame.select(pl.col("point_id").cast(pl.UInt32), numbers, words)


@pytest.mark.parametrize("arrow", [True, False], ids=["pandas on arrow", "pandas on numpy"])
@pytest.mark.parametrize("seed", range(4))
def test_polars_and_pandas_agree_to_the_last_bit(seed: int, arrow: bool) -> None:
    registers = random_registers(seed)
    points, _ = locate(registers, random_questions(registers, seed, 60))
    assert points.height > 5
    known = known_of(registers, points)
    assert collected(in_pandas(known, arrow=arrow)).equals(collected(known))


@pytest.mark.parametrize("arrow", [True, False], ids=["pandas on arrow", "pandas on numpy"])
def test_absent_registers_are_unknown_on_both_engines(arrow: bool) -> None:
    registers = registers_of({})
    questions = registers.table("cases").select("case_id", as_of_date=pl.date(2026, 3, 1))
    points, _ = locate(registers, questions)
    known = known_of(registers, points)
    profile = collected(known)
    assert profile["n_vehicles"].is_null().all()
    assert collected(in_pandas(known, arrow=arrow)).equals(profile)
