"""The invented nations that the page of the ranking is about: ten, of four kinds of world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from nation.invent import write_blocks
from nation.settings import Request, Switches
from pipelines.ranking_results import Nation, write_page

AS_OF: Final = date(2026, 4, 1)
DRIFT: Final = date(2025, 7, 1)


@dataclass(frozen=True)
class World:
    """What sets a nation apart from the usual one, in words and as switches."""

    told: str
    switches: Switches


WORLDS: Final = (
    World("usual", Switches()),
    World("usual", Switches()),
    World("what pays and what works are driven apart", Switches(effect_driver="apart")),
    World("officers sense who is unwilling (gamma 2)", Switches(gamma=2.0)),
    World("bank levies bring half from July 2025", Switches(regime_change=DRIFT)),
)
"""In turn, by the seed (401: the first); banks are late in all of them."""


def write_ranking_page(
    seeds: Sequence[int],
    debtors: int,
    work: Path,
    out: Path,
    *,
    with_econml: bool,
    n_whole: int,
    step: Callable[[str], None],
) -> None:
    """Invent the nations that are missing, judge them and write the page.

    On the first `n_whole` of them every learner is trained and every part taken back.
    """
    nations = []
    for place, seed in enumerate(seeds):
        world = WORLDS[(seed - 1) % len(WORLDS)]
        folder = work / f"nation-{debtors}-{seed}"
        lottery = folder / "lottery"
        for where, switches in (
            (folder, world.switches),
            (lottery, replace(world.switches, lottery_share=1.0)),
        ):
            if not (where / "questions.parquet").exists():
                step(f"inventing nation {seed}")
                write_blocks(Request(debtors, seed, AS_OF, switches), where, lambda *_: None)
        nations.append(Nation(str(seed), folder, lottery, world.told, with_econml, place < n_whole))
    write_page(nations, debtors, AS_OF, out, step)
