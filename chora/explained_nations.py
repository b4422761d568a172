"""The invented nations that the page of explanations is about: the demo's and two larger ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from models.settings import TrainingSettings
from nation.invent import write_blocks
from nation.settings import Request, Switches
from pipelines.explained.drivers import judge_drivers
from pipelines.explained.run import Nation, write_page

AS_OF: Final = date(2026, 4, 1)
NATIONS: Final = ((7, 3_000), (421, 10_000), (422, 10_000))
"""Seed and debtors of each: the first is the demo's."""
N_WORLDS: Final = 40


def write_explanations_page(
    work: Path,
    out: Path,
    step: Callable[[str], None],
    nations: Sequence[tuple[int, int]] = NATIONS,
    n_worlds: int = N_WORLDS,
    settings: TrainingSettings | None = None,
) -> None:
    """Invent the nations that are missing, judge their explanations and write the page."""
    judged = []
    for seed, debtors in nations:
        folder = work / f"explained-{debtors}-{seed}"
        if not (folder / "questions.parquet").exists():
            step(f"inventing nation {seed}")
            write_blocks(Request(debtors, seed, AS_OF, Switches()), folder, lambda *_: None)
        judged.append(Nation(f"{seed} ({debtors:,} debtors)", folder, seed))
    drivers = judge_drivers(n_worlds, nations[0][0], work / "worlds", step)
    write_page(judged, drivers, AS_OF, out, settings or TrainingSettings(), step)
