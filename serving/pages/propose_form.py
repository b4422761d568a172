"""The officer's proposal form: what can be chosen, and what is missing from what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.decisions import check_may_propose
from serving.desk import NO_MEASURE
from serving.grounds import MINIMUM_REASON_LETTERS, OVERRIDE_REASONS
from serving.pages.recommendation_view import is_intrusive, other_lawful
from serving.pages.views import Option, Problem, ProposeForm
from serving.permissions import why_not
from serving.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.catalogue import Measure
    from serving.pages.rendering import Asked
    from serving.views import RecommendationView as Stored


def build_propose_form(
    asked: Asked,
    stored: Stored | None,
    typed: Mapping[str, str],
    problems: tuple[Problem, ...] = (),
) -> tuple[ProposeForm | None, str]:
    """The form, or None and the sentence that says why this person cannot propose now."""
    if stored is None or stored.state not in (State.RECOMMENDED, State.RETURNED):
        return None, ""
    refusal = why_not(lambda: check_may_propose(asked.service, asked.person, stored.id))
    if refusal is not None:
        return None, asked.voice.says(refusal)
    t, measures = asked.voice, asked.service.require_desk().measures()
    return (
        ProposeForm(
            action=f"/recommendations/{stored.id}/proposals",
            version=typed.get("version") or str(stored.version),
            measures=_ranked_options(asked, stored, measures),
            other_measures=(
                *(
                    _option(asked, m, t("propose.other_hint"))
                    for m in other_lawful(stored, measures)
                ),
                Option(NO_MEASURE, t("propose.none"), t("propose.none_hint")),
            ),
            reason_codes=tuple(Option(c, t.says(w)) for c, w in OVERRIDE_REASONS.items()),
            first_choice=typed.get("first_choice", ""),
            measure=typed.get("measure") or typed.get("choose", ""),
            reason_code=typed.get("reason_code", ""),
            reason=typed.get("reason", ""),
            problems=problems,
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


def find_problems(asked: Asked, stored: Stored, typed: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is missing: a measure, a ground outside the ranking, a reason for what weighs."""
    t, measure = asked.voice, typed["measure"]
    if not measure:
        return (Problem("measure", t("propose.missing_measure")),)
    departs = measure not in ranked_of(stored)
    heavy = is_intrusive(asked.service.require_desk().measures(), measure)
    found = []
    if departs and typed["reason_code"] not in OVERRIDE_REASONS:
        found.append(Problem("reason_code", t("propose.missing_ground")))
    if (departs or heavy) and not has_words(typed["reason"]):
        key = "propose.missing_reason" if departs else "propose.reason_missing_intrusive"
        found.append(Problem("reason", t(key)))
    return tuple(found)


def has_words(reason: str) -> bool:
    """Whether a reason is long enough to say something."""
    return sum(letter.isalpha() for letter in reason) >= MINIMUM_REASON_LETTERS
