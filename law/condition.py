"""A condition of a measure: what must hold, by which article, and how it is said to a person.

Verdict of a condition on a row: true - it holds; false - the measure is refused; null - the
registers cannot tell (Kleene logic: an unknown fact stays unknown until something settles it).
"""

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from law.confidence import Confidence
from registers.texts import Texts

Refusal = Literal["unlawful", "unfounded"]
Verdict = Literal["lawful", "unlawful", "unfounded", "cannot_tell"]

VERDICTS: tuple[Verdict, ...] = ("lawful", "unlawful", "unfounded", "cannot_tell")


@dataclass(frozen=True, eq=False)
class Condition:
    """One condition of the law over the frame of facts.

    `refusal` is 'unlawful' where the law forbids, 'unfounded' where the form is right but the
    facts do not carry the measure (nothing there to levy). `unknown` overrides the sentence that is
    otherwise made from the name of the missing fact and of who knows it; `missing` names what no
    register holds, where all `facts` are known and the answer still is not. `remedy` says what
    would make the measure lawful. A condition that `settles_first` and is open leaves everything
    else unsaid: facts that contradict each other, a day outside the record. Where
    `inferred_where` is true the condition leans on our own reading for that case alone.
    """

    id: str
    article: str
    reason_code: str
    title: Texts
    broken: Texts
    holds: pl.Expr
    facts: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    refusal: Refusal = "unlawful"
    confidence: Confidence = "read"
    unknown: Texts | None = None
    missing: str = ""
    remedy: Texts | None = None
    settles_first: bool = False
    inferred_where: pl.Expr | None = None


@dataclass(frozen=True, eq=False)
class Confirmation:
    """What no register holds and a person must confirm before the measure: a note, no verdict."""

    id: str
    article: str
    text: Texts
    when: pl.Expr
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureRules:
    """The conditions of one measure in the order in which they are asked, and its confirmations."""

    conditions: tuple[Condition, ...]
    confirmations: tuple[Confirmation, ...] = field(default=())
