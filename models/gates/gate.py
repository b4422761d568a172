"""A gate: what was found, what is allowed, how sure, and the smallest breach it could have seen.

A gate fails only where the breach is clear: beyond the bound by more than chance explains. It
passes only where its whole interval is allowed, or where a breach that matters would have shown in
four of five samples of this size. Between the two it cannot tell, and says so: an unseen breach is
not an absent one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from scipy.stats import norm

Verdict = Literal["passed", "failed", "cannot_tell"]
VERDICTS: Final[tuple[Verdict, ...]] = ("failed", "cannot_tell", "passed")
"""The gravest first."""
Z95: Final = 1.959963984540054
Z80: Final = 0.8416212335729143
"""Standard errors from the edge of an interval at which four of five samples lie beyond it."""
FAMILY: Final = 0.01
"""Chance that any of a gate's parts fails by luck alone, where all stand at their bounds."""

MOST_NAMED: Final = 6


@dataclass(frozen=True)
class Bound:
    """What is allowed, from `low` to `high`, and the breach beyond it that must not be missed."""

    low: float
    high: float
    matters: float

    def beyond(self, value: float) -> float:
        """How far a value lies beyond the nearer end; below zero where it lies within."""
        return max(self.low - value, value - self.high)

    def __str__(self) -> str:
        if math.isinf(self.low):
            return f"at most {self.high:g}"
        if math.isinf(self.high):
            return f"at least {self.low:g}"
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Gate:
    """A condition that a model must meet before a person may promote it.

    `low` and `high` are the interval of `value`, `power` the smallest breach beyond `bound` that
    four of five samples of this size would show; `parts` the same for each measure or group.
    None where there is no figure.
    """

    name: str
    verdict: Verdict
    sentence: str
    value: float | None = None
    bound: str = ""
    low: float | None = None
    high: float | None = None
    power: float | None = None
    parts: tuple[Part, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the condition is known to hold."""
        return self.verdict == "passed"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the report; `passed` for readers that know no third answer."""
        return asdict(self) | {"passed": self.passed, "parts": [asdict(p) for p in self.parts]}


@dataclass(frozen=True)
class Part:
    """One measure or group of a gate."""

    label: str
    verdict: Verdict
    value: float | None
    low: float | None
    high: float | None
    power: float | None


@dataclass(frozen=True)
class Found:
    """An estimate with its standard error; NaN where nothing could be estimated."""

    label: str
    value: float
    se: float


def verdict_of(gate: Mapping[str, Any]) -> Verdict:
    """The verdict in a report; reports of older versions know passed and failed only.

    >>> verdict_of({"passed": False})
    'failed'
    """
    said = gate.get("verdict")
    if said in VERDICTS:
        return said  # type: ignore[no-any-return]
    return "passed" if gate.get("passed") else "failed"


def with_verdict(gates: Iterable[Mapping[str, Any]], verdict: Verdict) -> list[Mapping[str, Any]]:
    """The gates of a report with that verdict."""
    return [gate for gate in gates if verdict_of(gate) == verdict]


def counted(name: str, n_bad: int, sentence: str, bound: float = 0.0) -> Gate:
    """A gate over something that is counted, not estimated: every breach is seen."""
    verdict: Verdict = "failed" if n_bad > bound else "passed"
    return Gate(name, verdict, sentence, float(n_bad), f"at most {bound:g}", power=1.0)


def unknown(name: str, why: str) -> Gate:
    """A gate that cannot be judged on these data."""
    return Gate(name, "cannot_tell", f"{why} This gate cannot tell.")


def judge(name: str, what: str, found: Found, bound: Bound) -> Gate:
    """A gate over one estimate; `what` begins its sentence."""
    part = _judge_part(found, bound, Z95)
    return replace(_of_parts(name, what, (part,), bound), parts=())


def judge_each(name: str, what: str, found: Sequence[Found], bound: Bound) -> Gate:
    """A gate over several estimates, with one chance of a false alarm for all of them together.

    It fails where one part fails; where no part can be told it cannot tell; the parts that cannot
    be told are named.
    """
    if not found:
        return unknown(name, f"{what}: there is nothing to compare.")
    z = float(norm.isf(FAMILY / 2 / len(found)))
    return _of_parts(name, what, tuple(_judge_part(f, bound, z) for f in found), bound)


def _judge_part(found: Found, bound: Bound, z: float) -> Part:
    value, se = found.value, found.se
    if not (math.isfinite(value) and math.isfinite(se)):
        return Part(found.label, "cannot_tell", None, None, None, None)
    power = (z + Z80) * se
    beyond = bound.beyond(value)
    if beyond > z * se:
        verdict: Verdict = "failed"
    elif beyond <= -z * se or power <= bound.matters:
        verdict = "passed"
    else:
        verdict = "cannot_tell"
    return Part(found.label, verdict, value, value - z * se, value + z * se, power)


def _of_parts(name: str, what: str, parts: tuple[Part, ...], bound: Bound) -> Gate:
    told = [p for p in parts if p.verdict != "cannot_tell"]
    failed = [p for p in parts if p.verdict == "failed"]
    verdict: Verdict = "failed" if failed else "passed" if told else "cannot_tell"
    known = [p for p in failed or told or parts if p.value is not None]
    if not known:
        return replace(unknown(name, f"{what}: too few decisions."), bound=str(bound), parts=parts)
    worst = max(known, key=_breach(bound))
    named = f" ({worst.label})" if worst.label else ""
    sentence = (
        f"{what}: {worst.value:.3g}{named}, interval {worst.low:.3g} to "
        f"{worst.high:.3g}; allowed is {bound}. A breach of {worst.power:.3g} beyond that would "
        "have shown in four of five samples of this size."
    )
    if len(failed) > 1:
        sentence += " Also beyond: " + ", ".join(p.label for p in failed if p is not worst) + "."
    unsure = [p.label for p in parts if p.verdict == "cannot_tell" and p.label]
    if len(unsure) > MOST_NAMED:
        sentence += f" Cannot be told of {len(unsure)} of {len(parts)}."
    elif unsure:
        sentence += f" Cannot be told of: {', '.join(unsure)}."
    elif verdict == "cannot_tell":
        sentence += f" A breach of {bound.matters:g} could go unseen: this gate cannot tell."
    return Gate(
        name, verdict, sentence, worst.value, str(bound), worst.low, worst.high, worst.power, parts
    )


def _breach(bound: Bound) -> Callable[[Part], float]:
    def of(part: Part) -> float:
        assert part.value is not None  # noqa: S101  (only parts with a value are asked)
        assert part.power is not None  # noqa: S101
        return bound.beyond(part.value) / max(part.power, 1e-12)

    return of
