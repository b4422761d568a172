"""Invents a nation: registers with a hidden truth, from a number of debtors, a seed and a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from nation.block import Block, Share, invent_block
from nation.commons import build_commons
from nation.description import describe
from nation.errors import TooFewDebtorsError
from nation.names import Numbers
from nation.settings import (
    BLOCK_DEBTORS,
    LEAST_DEBTORS,
    N_DRAWS_TRUTH,
    Request,
    Switches,
    evenly,
)
from nation.truth import Progress
from nation.writing import NationWriter


@dataclass(frozen=True)
class Nation:
    """An invented nation in memory.

    Attributes:
        tables: the 13 registers of the contract, as known on the day of the questions.
        questions: case_id, as_of_date of the open money claims on that day.
        truth: what no register holds, by name: `truth` (case_id, as_of_date, measure, lawful,
            expected_net_som), `officers` (their policy at each question), `actions` (each logged
            decision with its expected outcome and planted fault), `debtors` (hidden traits),
            `questions` (which have a simulated truth), `officers_skill`.
        description: what was asked for and how the world is made, for truth/description.json.
    """

    tables: Mapping[str, pl.DataFrame]
    questions: pl.DataFrame
    truth: Mapping[str, pl.DataFrame]
    description: Mapping[str, Any]


def invent(
    debtors: int, seed: int, as_of: date, progress: Progress | None = None,
    switches: Switches | None = None, n_draws: int = N_DRAWS_TRUTH,
    truth_questions: int | None = None, truth_actions: int | None = None,
    block_debtors: int = BLOCK_DEBTORS,
) -> Nation:  # fmt: skip
    """The nation of a number of debtors on a day, in memory; see `Request` for the arguments.

    Raises:
        TooFewDebtorsError: fewer than 50 debtors.
    """
    request = Request(
        debtors, seed, as_of, switches or Switches(), n_draws, truth_questions, truth_actions,
        block_debtors,
    )  # fmt: skip
    blocks = list(invent_blocks(request, progress))
    return Nation(
        _stacked([block.tables for block in blocks]),
        pl.concat([block.questions for block in blocks]),
        {**_stacked([block.truth for block in blocks]), **build_commons(request).truth},
        describe(request),
    )


def _stacked(parts: list[Mapping[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    return {name: pl.concat([part[name] for part in parts]) for name in parts[0]}


def invent_blocks(request: Request, progress: Progress | None = None) -> Iterator[Block]:
    """The nation block by block; the same request gives the same bytes.

    `progress` is told (stage, done, total) along the way; in a nation of several blocks the stage
    begins with the number of the block.
    """
    if request.debtors < LEAST_DEBTORS:
        raise TooFewDebtorsError(request.debtors, LEAST_DEBTORS)
    commons, numbers = build_commons(request), Numbers()
    sizes = request.block_sizes
    questions = _split(request.n_truth_questions, len(sizes))
    actions = _split(request.n_truth_actions, len(sizes))
    for number, size in enumerate(sizes):
        share = Share(number, size, questions[number], actions[number])
        yield invent_block(request, commons, share, numbers, _told(progress, number, len(sizes)))


def _split(total: int | None, parts: int) -> list[int | None]:
    return [None] * parts if total is None else list(evenly(total, parts))


def _told(progress: Progress | None, number: int, n_blocks: int) -> Progress:
    """Progress with the number of the block before each stage, where there are several."""
    if progress is None:
        return lambda _stage, _done, _total: None
    if n_blocks == 1:
        return progress
    prefix = f"block {number + 1} of {n_blocks}, "
    return lambda stage, done, total: progress(prefix + stage, done, total)


def write_nation(nation: Nation, folder: Path) -> None:
    """Writes a nation in memory into the folder: registers/, questions.parquet and truth/."""
    with NationWriter(folder) as writer:
        writer.add(nation.tables, nation.questions, nation.truth)
        writer.finish(nation.description)


@dataclass(frozen=True)
class Written:
    """What was written of a nation: rows of the registers, questions, and those with a truth."""

    rows: int
    questions: int
    truth_questions: int
    actions: int
    truth_actions: int


def write_blocks(request: Request, folder: Path, progress: Progress | None = None) -> Written:
    """Invents a nation block by block straight into the folder; memory holds one block.

    Nothing that looks like a nation lies in the folder before all of it is written.
    """
    counts = [0] * 5
    with NationWriter(folder) as writer:
        for block in invent_blocks(request, progress):
            writer.add(block.tables, block.questions, block.truth)
            counts = [a + b for a, b in zip(counts, _counts(block), strict=True)]
        for name, table in build_commons(request).truth.items():
            writer.add_truth(name, table)
        writer.finish(describe(request))
    return Written(*counts)


def _counts(block: Block) -> tuple[int, int, int, int, int]:
    actions = block.truth["actions"]
    return (
        sum(table.height for table in block.tables.values()),
        block.questions.height,
        int(block.truth["questions"]["has_truth"].sum()),
        actions.height,
        actions.height - actions["expected_net_som"].null_count(),
    )
