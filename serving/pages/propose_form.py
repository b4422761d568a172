"""The officer's proposal form: what can be chosen, and what is missing from what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.decisions import check_may_propose
from serving.desk import NO_MEASURE
from serving.drafts import Told
from serving.grounds import OVERRIDE_REASONS
from serving.pages.comeback import Before, problems_of, told_of_reason
from serving.pages.recommendation_view import is_intrusive, other_lawful
from serving.pages.views import Option, ProposeForm
from serving.pages.wording import catalogue
from serving.permissions import why_not
from serving.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.catalogue import Measure
    from serving.pages.rendering import Asked
    from serving.pages.seen import Seen
    from serving.views import RecommendationView as Stored

_FEW_WORDS = "review.missing_reason"


def proposal_form(recommendation_id: str) -> str:
    """The address that takes a proposal on a recommendation."""
    return f"/recommendations/{recommendation_id}/proposals"


def build_propose_form(
    asked: Asked, stored: Stored | None, now: Seen, before: Before | None = None, choose: str = ""
) -> tuple[ProposeForm | None, str]:
    """The form, or None and the sentence that says why this person cannot propose now."""
    if stored is None or stored.state not in (State.RECOMMENDED, State.RETURNED):
        return None, ""
    refusal = why_not(lambda: check_may_propose(asked.service, asked.person, stored.id))
    if refusal is not None:
        return None, asked.voice.says(refusal)
    t, measures = asked.voice, asked.service.require_desk().measures()
    typed = before or Before("", {})
    return (
        ProposeForm(
            action=proposal_form(stored.id),
            version=str(stored.version),
            seen=now.as_text(),
            measures=_ranked_options(asked, stored, measures),
            other_measures=(
                *(
                    _option(asked, m, t("propose.other_hint"))
                    for m in other_lawful(stored, measures)
                ),
                Option(NO_MEASURE, t("propose.none"), t("propose.none_hint")),
            ),
            reason_codes=tuple(Option(c, t.says(w)) for c, w in OVERRIDE_REASONS.items()),
            measure=choose or typed.text("measure"),
            reason_code=typed.text("reason_code"),
            reason=typed.text("reason"),
            problems=problems_of(asked, before),
        ),
        "",
    )


def ranked_of(stored: Stored) -> tuple[str, ...]:
    """The measures of a stored recommendation in rank order."""
    rows = stored.document["recommendations"]
    return tuple(str(row["measure"]) for row in rows) if isinstance(rows, list) else ()


def _ranked_options(
    asked: Asked, stored: Stored, measures: Mapping[str, Measure]
) -> tuple[Option, ...]:
    rows = stored.document["recommendations"]
    assert isinstance(rows, list)  # noqa: S101 - documents.build_document writes a list
    t = asked.voice
    return tuple(
        _option(
            asked,
            measures[row["measure"]],
            t("propose.rank_hint", rank=row["rank"], expected=t.amount(row["expected_net_som"])),
        )
        for row in rows
    )


def _option(asked: Asked, measure: Measure, hint: str) -> Option:
    heavy = is_intrusive({measure.id: measure}, measure.id)
    t = asked.voice
    return Option(measure.id, t.says(measure.names), hint, t("case.intrusive") if heavy else "")


def find_missing(
    asked: Asked, stored: Stored, measure: str, reason_code: str, reason: str
) -> tuple[Told, ...]:
    """What is missing: a measure, a ground outside the ranking, a reason for what weighs."""
    if not measure:
        return (Told("measure", catalogue()["propose.missing_measure"]),)
    departs = measure not in ranked_of(stored)
    heavy = is_intrusive(asked.service.require_desk().measures(), measure)
    told = []
    if departs and reason_code not in OVERRIDE_REASONS:
        told.append(Told("reason_code", catalogue()["propose.missing_ground"]))
    if departs or heavy or reason:
        key = "propose.missing_reason" if departs else "propose.reason_missing_intrusive"
        told.extend(told_of_reason("reason", reason, key if departs or heavy else _FEW_WORDS))
    return tuple(told)
