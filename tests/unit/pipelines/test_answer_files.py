"""Answers on disk: the same bytes whatever the batches, whole files or none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import answer_files
from pipelines.answer_files import AnswerFiles

SCHEMA = pl.Schema({"case_id": pl.String(), "som": pl.Float64(), "facts": pl.List(pl.String())})


def frame(n: int, start: int = 0) -> pl.DataFrame:
    rows = range(start, start + n)
    told = [["a"] * (i % 3) for i in rows]
    return pl.DataFrame(
        {"case_id": [f"C{i}" for i in rows], "som": [i / 7 for i in rows], "facts": told},
        schema=SCHEMA,
    )


def write(folder: Path, parts: list[pl.DataFrame]) -> bytes:
    with AnswerFiles(folder, ("told",)) as files:
        for part in parts:
            files.add("told", part)
    return (folder / "told.parquet").read_bytes()


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 57), max_size=6), rows=st.sampled_from([5, 19, 57, 100]))
def test_batches_leave_no_trace_in_the_bytes(
    cuts: list[int], rows: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("answers")
    ends = [0, *sorted(cuts), 57]
    parts = [frame(b - a, a) for a, b in pairwise(ends)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_files, "ROWS", rows)
        whole, cut = write(folder / "a", [frame(57)]), write(folder / "b", parts)
    assert whole == cut
    assert pl.read_parquet(folder / "b" / "told.parquet").equals(frame(57))


def test_no_rows_are_a_file_with_its_columns(tmp_path: Path) -> None:
    write(tmp_path, [frame(0)])
    assert pl.read_parquet(tmp_path / "told.parquet").schema == SCHEMA


def test_what_was_broken_off_leaves_the_answers_of_before(tmp_path: Path) -> None:
    before = write(tmp_path, [frame(3)])

    def broken() -> None:
        with AnswerFiles(tmp_path, ("told", "other")) as files:
            files.add("told", frame(5))
            files.add("other", frame(5))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert [file.name for file in tmp_path.iterdir()] == ["told.parquet"]
    assert (tmp_path / "told.parquet").read_bytes() == before


def test_memory_holds_no_more_than_a_group_and_a_batch(tmp_path: Path) -> None:
    file = answer_files.GrowingParquet(tmp_path / "told.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_files, "ROWS", 10)
        for start in range(0, 200, 7):
            file.add(frame(7, start))
            assert sum(part.height for part in file._waiting) < 10 + 7
        file.finish()
