"""What stands beside a ranked measure, in the reader's words: doubt and similar past cases.

A recommendation that was stored before these were told shows nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from serving.pages.wording import Voice

    Row = Mapping[str, Any]

BANDS = ("nothing", "some", "more_than_half", "all")


@dataclass(frozen=True)
class CameBack:
    """In how many comparable cases that much came back."""

    label: str
    count: str


@dataclass(frozen=True)
class Beside:
    """How sure a measure's place is, line by line, and its comparable past cases."""

    doubt: tuple[str, ...] = ()
    similar: str = ""
    came_back: tuple[CameBack, ...] = ()


NOTHING_BESIDE = Beside()


def build_beside(t: Voice, document: Mapping[str, object], ranked: Row) -> Beside:
    """What stands beside one row of the document's recommendations."""
    similar = _row_of(document, "similar", str(ranked["measure"]))
    return Beside(
        doubt=(*_place(t, ranked), *_comparable(t, similar)),
        similar=str(similar["sentence"][t.language]) if similar else "",
        came_back=_came_back(t, similar),
    )


def say_what_if(t: Voice, document: Mapping[str, object], measure: str) -> str:
    """What would change the first measure, or that nothing tried would; empty for the others."""
    row = _row_of(document, "what_if", measure)
    return str(row["sentence"][t.language]) if row else ""


def say_asking(t: Voice, document: Mapping[str, object]) -> tuple[str, ...]:
    """Which unknown register to ask first, and what the others would alter."""
    rows = document.get("asking")
    found = rows if isinstance(rows, list) else []
    return tuple(str(row["sentence"][t.language]) for row in found)


def _row_of(document: Mapping[str, object], name: str, measure: str) -> Row:
    rows = document.get(name)
    found = rows if isinstance(rows, list) else []
    return next((row for row in found if row["measure"] == measure), {})


def _place(t: Voice, ranked: Row) -> tuple[str, ...]:
    """The chance of being first, and how far behind the best it is."""
    if ranked.get("p_first") is None:
        return ()
    chance = t("beside.p_first", share=t.share(ranked["p_first"]))
    low, high = ranked.get("behind_low_som"), ranked.get("behind_high_som")
    if low is None or high is None or high <= 0 or low == high:
        return (chance,)
    key = "beside.behind" if low >= 0 else "beside.ahead_or_behind"
    return chance, t(key, low=t.amount(abs(low)), high=t.amount(high))


def _comparable(t: Voice, similar: Row) -> tuple[str, ...]:
    if not similar:
        return ()
    n = similar["n_comparable"]
    if n is None:
        return (t("beside.few_comparable"),)
    return (t("beside.n_comparable", n=t.count(n)),)


def _came_back(t: Voice, similar: Row) -> tuple[CameBack, ...]:
    if not similar or similar["n_comparable"] is None:
        return ()
    return tuple(CameBack(t(f"beside.{band}"), t.count(similar[f"n_{band}"])) for band in BANDS)
