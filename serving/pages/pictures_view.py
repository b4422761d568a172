"""An expected amount and an order as pictures: tables whose rows draw their own bars.

    waterfall   base, then what each theme of facts adds or takes off, then the expected amount
    contrast    what speaks for this measure and what for the next one

Numbers and bars come from the same stored record, so neither can say what the other does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explain.corrections import THEME, part_label
from features.catalogue import THEMES
from features.errors import UnknownFeatureError
from serving.pages.words import sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from serving.pages.wording import Voice

    Row = Mapping[str, Any]

__all__ = ["Picture", "Step", "build_contrast", "build_waterfall"]

LEAST = 0.5  # of the stored unit: what rounds to nothing is no step
WHY_BEFORE = ("less_intrusive", "within_noise")  # they say why the order stands and add nothing


@dataclass(frozen=True)
class Step:
    """One row: its bar runs from `start` to `end`, 0 to 100 along the picture's width."""

    label: str
    amount: str
    sign: str  # "+", "-" or "" for a sum
    start: float
    end: float

    @property
    def left(self) -> float:
        """Where the bar begins, from the left."""
        return min(self.start, self.end)

    @property
    def width(self) -> float:
        """How wide it is; one that rounds to nothing still shows."""
        return max(round(abs(self.end - self.start), 2), 0.4)


@dataclass(frozen=True)
class Picture:
    """A table with bars; `zero` is where nothing stands."""

    caption: str
    steps: tuple[Step, ...]
    zero: float


def build_waterfall(t: Voice, explanation: Row) -> Picture | None:
    """From the base to the expected amount; None of a record without parts."""
    base, totals = explanation.get("base_som"), explanation.get("theme_totals")
    if base is None or not totals:
        return None
    parts = [(str(row["theme"]), float(row["contribution_som"])) for row in totals]
    told = [(theme, som) for theme, som in parts if abs(som) > LEAST]
    ends = [float(base)]
    for _, som in told:
        ends.append(ends[-1] + som)
    expected = float(base) + sum(som for _, som in parts)
    place = _scale([0.0, *ends, expected])
    steps = [Step(t("picture.base"), t.amount(base), "", place(0.0), place(float(base)))]
    for (theme, som), start, end in zip(told, ends, ends[1:], strict=False):
        steps.append(_step(t, _theme(t, theme), som, place(start), place(end)))
    whole = Step(t("case.expected"), t.amount(expected), "", place(0.0), place(expected))
    return Picture(t("picture.waterfall"), (*steps, whole), place(0.0))


def build_contrast(t: Voice, explanation: Row, other: str) -> Picture | None:
    """What speaks for the measure and what for `other`, the next one; None without a next one."""
    if not explanation.get("contrast_to"):
        return None
    reasons = [*(explanation.get("reasons") or ()), explanation.get("other_factors")]
    told = [
        (_said(t, reason), float(reason["contribution_som"]))
        for reason in reasons
        if reason and reason.get("reason_code") not in WHY_BEFORE
    ]
    told = [(label, som) for label, som in told if abs(som) > LEAST]
    if not told:
        return None
    place = _scale([0.0, *(som for _, som in told)])
    steps = tuple(_step(t, label, som, place(0.0), place(som)) for label, som in told)
    return Picture(t("picture.contrast", other=other), steps, place(0.0))


def _step(t: Voice, label: str, som: float, start: float, end: float) -> Step:
    mark = "+" if som > 0 else "\u2212"
    return Step(label, f"{mark}{t.amount(abs(som))}", "+" if som > 0 else "-", start, end)


def _theme(t: Voice, theme: str) -> str:
    if theme == THEME:
        return t("picture.corrections")
    known = next((texts for name, texts in THEMES.items() if name == theme), None)
    return theme if known is None else sentence_start(t.says(known))


def _said(t: Voice, reason: Row) -> str:
    """What a reason is about: a fact or a correction by its label, or all that is not named."""
    code = str(reason.get("reason_code"))
    if (name := reason.get("feature") or code) in ("average_part", "average_effect"):
        return t("picture.average")
    if name == "other_factors":
        return t("picture.others")
    try:
        return sentence_start(t.says(part_label(str(name))))
    except UnknownFeatureError:
        return str(reason[t.language])


def _scale(values: Iterable[float]) -> _Place:
    known: Sequence[float] = list(values)
    return _Place(min(known), max(max(known) - min(known), 1.0))


@dataclass(frozen=True)
class _Place:
    low: float
    width: float

    def __call__(self, som: float) -> float:
        return round((som - self.low) / self.width * 100.0, 2)
