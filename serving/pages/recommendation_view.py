"""A stored recommendation in the reader's words: cards, figures, grounds of exclusion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from explain.words import REGISTERS
from features.catalogue import feature
from features.errors import UnknownFeatureError
from features.freshness import Stamp
from registers.legal_orders import legal_order
from serving.first_choices import read_first_choice
from serving.law_answers import deciding_sentence
from serving.pages.beside_view import build_beside, say_asking, say_what_if
from serving.pages.pictures_view import Picture, build_contrast, build_waterfall
from serving.pages.profile_view import say_stamp, say_unknown
from serving.pages.reach_view import say_beyond_reach, say_reach, say_tried, say_within
from serving.pages.views import Bar, Card, Excluded, Reason, RecommendationView
from serving.pages.words import say_measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from law.catalogue import Measure
    from serving.desk import Desk, LawAnswer
    from serving.pages.rendering import Asked
    from serving.pages.wording import Voice
    from serving.views import RecommendationView as Stored

    Row = Mapping[str, Any]

INTRUSIVE_FROM = 7
UNLEARNED = "too_few_past_decisions"
NEITHER_FOR_NOR_AGAINST = ("less_intrusive", "within_noise")  # they tell why the order stands


def build_recommendation(
    asked: Asked, stored: Stored, *, with_law: bool = True
) -> RecommendationView:
    """The ranked measures of a stored recommendation, and why the others are not open."""
    t, desk = asked.voice, asked.service.require_desk()
    measures, document = desk.measures(), stored.document
    ranked = _rows(document, "recommendations")
    explained = {str(row["measure"]): row for row in _rows(document, "explanations")}
    scale = Scale.over(ranked)
    cards = [
        replace(
            _card(
                t, row, explained.get(str(row["measure"]), {}), measures, scale, stored.as_of_date
            ),
            counterfactual=say_what_if(t, document, str(row["measure"])),
            beside=build_beside(t, document, row),
            waterfall=build_waterfall(t, explained.get(str(row["measure"]), {})),
            contrast=_contrast(t, explained.get(str(row["measure"]), {}), measures),
        )
        for row in ranked
    ]
    best = sum(card.in_best_set for card in cards)
    return RecommendationView(
        recommendation_id=stored.id,
        provenance=t(
            "case.recommendation_of",
            as_of=t.day(stored.as_of_date),
            model=stored.model_version,
            law=stored.law_version,
        ),
        best=tuple(cards[:best]),
        others=tuple(cards[best:]),
        excluded=_excluded(t, desk, stored) if with_law else (),
        abstained=_abstained(t, document, has_cards=bool(cards)),
        unlearned=_unlearned(t, measures, document),
        model_note=_model_note(t, desk, stored.model_version),
        estimated_facts=_estimated(t, ranked),
        stale_facts=_stale(t, explained.values()),
        unknown_registers=_unknown(t, document),
        asking=say_asking(t, document),
        first_choice=_own_choice(asked, stored.id),
        without=_without(t, ranked),
        within=say_within(t, legal_order(desk.legal_order).outcome_window_days) if cards else "",
        is_same_for_all=bool(cards) and not any(card.names_a_fact for card in cards),
    )


def _own_choice(asked: Asked, recommendation_id: str) -> str:
    """What this reader said before looking; empty where nothing was said."""
    made = read_first_choice(asked.service, asked.person, recommendation_id)
    if made is None:
        return ""
    t, measures = asked.voice, asked.service.require_desk().measures()
    return say_measure(t, measures, made.measure) if made.measure else t("case.first_choice_open")


def is_intrusive(measures: Mapping[str, Measure], measure: str) -> bool:
    """Whether a measure weighs 7 or more of 10: agreeing with it needs a reason, too."""
    return measure in measures and measures[measure].intrusiveness >= INTRUSIVE_FROM


def other_lawful(stored: Stored, measures: Mapping[str, Measure]) -> tuple[Measure, ...]:
    """Measures that the law allows and that the recommendation does not list."""
    named = {str(row["measure"]) for row in _rows(stored.document, "recommendations")}
    refused = {
        str(row["measure"])
        for row in _rows(stored.document, "excluded")
        if row["reason_code"] != UNLEARNED
    }
    return tuple(m for m in measures.values() if m.id not in named | refused)


class Scale:
    """The common scale of all cards: from the lowest bound, or nothing, to the highest."""

    def __init__(self, low: float, high: float) -> None:
        self.low = low
        self.width = max(high - low, 1.0)

    @classmethod
    def over(cls, ranked: Sequence[Row]) -> Scale:
        """The scale that holds all intervals and zero."""
        bounds = [0.0, *(float(row[c]) for row in ranked for c in ("low_som", "high_som"))]
        return cls(min(bounds), max(bounds))

    def place(self, som: float) -> float:
        """Where a sum stands, from 0 to 100."""
        return round((som - self.low) / self.width * 100, 1)


def _rows(document: Mapping[str, object], name: str) -> list[Row]:
    found = document.get(name)
    return found if isinstance(found, list) else []


def _card(
    t: Voice,
    row: Row,
    explanation: Row,
    measures: Mapping[str, Measure],
    scale: Scale,
    as_of: date,
) -> Card:
    measure, other = str(row["measure"]), explanation.get("contrast_to")
    return Card(
        measure=measure,
        name=say_measure(t, measures, measure),
        rank=int(row["rank"]),
        expected=t.amount(row["expected_net_som"]),
        low=t.amount(row["low_som"]),
        high=t.amount(row["high_som"]),
        recovery_rate=t.share(row["recovery_rate"]),
        p_any=t.share(row["p_any"]),
        intrusiveness=int(row["intrusiveness"]),
        is_intrusive=int(row["intrusiveness"]) >= INTRUSIVE_FROM,
        in_best_set=bool(row["in_best_set"]),
        own=_amount(t, row, "expected_own_som"),
        days_to_payment=_days(row),
        reach=say_reach(t, row),
        tried=say_tried(t, row, as_of),
        beyond_reach=say_beyond_reach(t, row),
        bar=Bar(
            scale.place(row["low_som"]),
            scale.place(row["expected_net_som"]),
            scale.place(row["high_som"]),
            scale.place(0.0),
        ),
        why=t("case.why_rather", other=say_measure(t, measures, other)) if other else t("case.why"),
        reasons=tuple(tell_reason(t, reason) for reason in explanation.get("reasons") or ()),
        other_factors=_other(t, explanation.get("other_factors")),
        names_a_fact=any(r.get("feature") for r in explanation.get("reasons") or ()),
        is_unstable=bool(explanation.get("unstable")),
    )


def _contrast(t: Voice, explanation: Row, measures: Mapping[str, Measure]) -> Picture | None:
    other = explanation.get("contrast_to")
    return build_contrast(t, explanation, say_measure(t, measures, str(other)) if other else "")


def _without(t: Voice, ranked: list[Row]) -> str:
    """What is on its way without a new measure: the same of every row of a case."""
    amount = _amount(t, ranked[0], "expected_without_som") if ranked else ""
    return t("case.without", without=amount) if amount else ""


def _amount(t: Voice, row: Row, name: str) -> str:
    """A sum of the row; empty where nothing can be said, as of what was stored before it was."""
    return t.amount(row[name]) if row.get(name) is not None else ""


def _days(row: Row) -> str:
    days = row.get("days_to_payment")
    return "" if days is None else str(round(float(days)))


def tell_reason(t: Voice, reason: Row) -> Reason:
    """A reason with the direction in which it speaks, where it has one."""
    som = float(reason.get("contribution_som") or 0)
    if reason.get("reason_code") in NEITHER_FOR_NOR_AGAINST:
        som = 0.0
    return Reason("+" if som > 0 else "-" if som < 0 else "", str(reason[t.language]))


def _other(t: Voice, reason: Row | None) -> Reason | None:
    return tell_reason(t, reason) if reason else None


def _abstained(t: Voice, document: Mapping[str, object], *, has_cards: bool) -> str:
    if not document.get("abstained") or not has_cards:
        return ""
    return t.code("abstain", document.get("abstain_reason"))


def _model_note(t: Voice, desk: Desk, version: str) -> str:
    """Says so where the model in use is a candidate that nobody has promoted."""
    if any(model.version == version and model.is_champion for model in desk.models()):
        return ""
    return t("case.candidate_model", model=version)


def _estimated(t: Voice, ranked: list[Row]) -> str:
    names = dict.fromkeys(str(name) for row in ranked for name in row.get("estimated_facts") or ())
    return ", ".join(_label(t, name) for name in names)


def _unknown(t: Voice, document: Mapping[str, object]) -> tuple[str, ...]:
    """The registers of which not all was known when the recommendation was made."""
    rows = _rows(document, "unknown_registers")
    return say_unknown(t, {str(row["register"]): str(row["why"]) for row in rows})


def _stale(t: Voice, explanations: Iterable[Row]) -> str:
    """The registers whose facts are older than usual, each with both of its days."""
    items = [item for row in explanations for item in row.get("contributions") or ()]
    old = {
        (str(item["source_table"]), str(item["observed_on"]), str(item["known_on"]))
        for item in items
        if item.get("is_stale")
    }
    return "; ".join(_old(t, *one) for one in sorted(old))


def _old(t: Voice, table: str, observed_on: str, known_on: str) -> str:
    stamp = Stamp(date.fromisoformat(observed_on), date.fromisoformat(known_on))
    return f"{t.says(REGISTERS[table])} ({say_stamp(t, stamp)})"


def _label(t: Voice, name: str) -> str:
    try:
        return t.says(feature(name).label)
    except UnknownFeatureError:
        return name


def _excluded(t: Voice, desk: Desk, stored: Stored) -> tuple[Excluded, ...]:
    """The refusals, measures that one sentence speaks of side by side; the largest groups last."""
    rows = [r for r in _rows(stored.document, "excluded") if r["reason_code"] != UNLEARNED]
    measures = [str(row["measure"]) for row in rows]
    answers = desk.judge_many(stored.case_id, measures, stored.as_of_date)
    groups: dict[tuple[str, str, str], list[Excluded]] = {}
    for row, answer in zip(rows, answers, strict=True):
        refusal = _refusal(t, desk, row, answer)
        said = (refusal.verdict_code, refusal.article, refusal.sentence)
        groups.setdefault(said, []).append(refusal)
    together = [
        replace(group[0], name=" · ".join(one.name for one in group)) for group in groups.values()
    ]
    return tuple(sorted(together, key=lambda one: one.name.count(" · ")))


def _unlearned(
    t: Voice, measures: Mapping[str, Measure], document: Mapping[str, object]
) -> tuple[str, ...]:
    """Measures that the law allows and that no model could learn to value."""
    return tuple(
        say_measure(t, measures, str(row["measure"]))
        for row in _rows(document, "excluded")
        if row["reason_code"] == UNLEARNED
    )


def _refusal(t: Voice, desk: Desk, row: Row, answer: LawAnswer) -> Excluded:
    """One exclusion; its sentence is that of the ground that decided on that day."""
    verdict = str(row["verdict"])
    return Excluded(
        name=say_measure(t, desk.measures(), str(row["measure"])),
        verdict=t.code("verdict", verdict),
        verdict_code=verdict,
        article=say_article(t, row["article"]),
        sentence=t.says(deciding_sentence(answer)),
    )


def say_article(t: Voice, article: object) -> str:
    """An article as cited: Art. 64, 64-modda, ст. 64."""
    return t("case.article", article=str(article).removeprefix("Art. ")) if article else ""
