"""A change of state in the reader's words: who did what, when, on which ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.grounds import ground_name
from serving.pages.views import Fact, Step

if TYPE_CHECKING:
    from serving.pages.wording import Voice
    from serving.views import TransitionView


def build_step(t: Voice, step: TransitionView, *, with_place: bool = True) -> Step:
    """The step with its ground and reason, and its place in the ledger where asked for."""
    facts = []
    if step.ground:
        facts.append(Fact(t("review.ground"), t.says(ground_name(step.ground))))
    if step.reason:
        facts.append(Fact(t("review.reason"), step.reason, is_prose=True))
    if with_place:
        facts.append(Fact(t("decision.ledger_index"), t("decision.entry", n=step.ledger_index)))
    return Step(
        words=t(f"step.{step.action}", name=step.by),
        at=t.instant(step.at),
        code=step.to_state,
        facts=tuple(facts),
    )
