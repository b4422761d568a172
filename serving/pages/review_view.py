"""The reviewer's queue and one proposal, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from features.catalogue.values import CLAIM_KINDS
from serving.confirming import point_of
from serving.desk import NO_MEASURE
from serving.errors import ChangedMeanwhileError
from serving.grounds import DECISION_GROUNDS, ground_name
from serving.pages.addresses import case_href, decision_href, review_href
from serving.pages.comeback import Before, build_comeback, problems_of
from serving.pages.propose_form import ranked_of
from serving.pages.recommendation_view import build_recommendation, is_intrusive, say_article
from serving.pages.seen import Seen, see
from serving.pages.views import (
    DecideForm,
    Excluded,
    Fact,
    LawCheck,
    Link,
    Option,
    QueueView,
    ReviewLine,
    ReviewView,
    WithdrawForm,
)
from serving.pages.words import say_kind, say_measure
from serving.permissions import why_not
from serving.review import check_may_decide
from serving.states import Action, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from serving.desk import LawAnswer
    from serving.pages.rendering import Asked
    from serving.views import ProposalView
    from serving.views import RecommendationView as Stored


def build_queue(asked: Asked, proposals: list[ProposalView]) -> QueueView:
    """The proposals that wait, oldest first."""
    owed = _owed(asked.service.require_desk().open_cases())
    lines = tuple(_line(asked, proposal, owed) for proposal in proposals)
    return QueueView(lines, asked.voice("review.count", n=len(lines)))


def _owed(cases: pl.DataFrame) -> dict[str, int | None]:
    return dict(cases.select("case_id", "outstanding_som").iter_rows())


def _line(asked: Asked, proposal: ProposalView, owed: Mapping[str, int | None]) -> ReviewLine:
    t, measures = asked.voice, asked.service.require_desk().measures()
    return ReviewLine(
        href=review_href(proposal.id),
        case_id=proposal.case_id,
        measure=say_measure(t, measures, proposal.measure),
        rank=str(proposal.rank) if proposal.rank else t("review.not_ranked"),
        proposed_by=proposal.proposed_by,
        proposed_at=t.instant(proposal.proposed_at),
        outstanding=t.amount(owed.get(proposal.case_id)),
        is_own=proposal.proposer_account_id == asked.person.account_id,
    )


def build_review(
    asked: Asked,
    proposal: ProposalView,
    stored: Stored,
    before: Before | None = None,
) -> ReviewView:
    """One proposal with the law of the day, what was recommended, and the decision form."""
    t, desk = asked.voice, asked.service.require_desk()
    waits = proposal.is_current and stored.state == State.PROPOSED
    law = _judge(asked, proposal) if waits else None
    now = _seen(asked, proposal, law) if waits else None
    decided = proposal.decision
    form = _form(asked, proposal, law, now, before) if now else None
    withdrawal = _withdraw(asked, proposal, before) if waits else None
    has_form = withdrawal is not None or (form is not None and not form.refused)
    return ReviewView(
        case_id=proposal.case_id,
        case_href=case_href(proposal.case_id),
        measure=say_measure(t, desk.measures(), proposal.measure),
        is_intrusive=is_intrusive(desk.measures(), proposal.measure),
        said=_said(asked, proposal, stored),
        case_facts=_case_facts(asked, proposal.case_id),
        law=_law(asked, law, waits=waits),
        recommendation=build_recommendation(asked, stored, with_law=False),
        form=form,
        withdraw=withdrawal,
        decided=Link(t("propose.view_decision"), decision_href(decided.id)) if decided else None,
        comeback=build_comeback(asked, before, stored, now, has_form=has_form),
    )


def seen_of(asked: Asked, proposal: ProposalView) -> Seen:
    """What the page of a proposal shows now."""
    return _seen(asked, proposal, _judge(asked, proposal))


def _judge(asked: Asked, proposal: ProposalView) -> LawAnswer | None:
    """The law's answer on the proposed measure on the working day; None for no measure."""
    if proposal.measure == NO_MEASURE:
        return None
    return asked.service.require_desk().judge(proposal.case_id, proposal.measure)


def _seen(asked: Asked, proposal: ProposalView, law: LawAnswer | None) -> Seen:
    desk = asked.service.require_desk()
    return see(desk, _owed(desk.open_cases()).get(proposal.case_id), law)


def _said(asked: Asked, proposal: ProposalView, stored: Stored) -> tuple[Fact, ...]:
    t, measures = asked.voice, asked.service.require_desk().measures()
    first = next(iter(ranked_of(stored)), None)
    kind = t(f"review.kind_{proposal.kind}", **({"rank": proposal.rank} if proposal.rank else {}))
    departs = first is not None and first != proposal.measure
    note = t("review.departs", measure=say_measure(t, measures, first)) if departs else ""
    ground = t.says(ground_name(proposal.reason_code)) if proposal.reason_code else ""
    chosen = proposal.first_choice
    return (
        Fact(t("review.proposed_by"), proposal.proposed_by, t.instant(proposal.proposed_at)),
        Fact(t("review.rank"), kind, note),
        Fact(t("review.ground"), ground or t("review.no_reason")),
        Fact(t("review.reason"), proposal.reason or t("review.no_reason"), is_prose=True),
        Fact(
            t("review.first_choice"),
            say_measure(t, measures, chosen) if chosen else t("case.first_choice_open"),
        ),
    )


def _case_facts(asked: Asked, case_id: str) -> tuple[Fact, ...]:
    t = asked.voice
    rows = asked.service.require_desk().open_cases()
    row = next(iter(rows.filter(rows["case_id"] == case_id).to_dicts()), None)
    if row is None:
        return (Fact(t("worklist.case"), case_id),)
    return (
        Fact(t("case.outstanding"), t.amount(row["outstanding_som"])),
        Fact(t("case.claim_kind"), say_kind(t, CLAIM_KINDS, row["claim_kind"])),
        Fact(t("case.days_open"), t("worklist.days_value", n=row["days_open"])),
        Fact(t("case.office"), str(row["office"])),
    )


def _law(asked: Asked, law: LawAnswer | None, *, waits: bool) -> LawCheck:
    t, desk = asked.voice, asked.service.require_desk()
    heading = t("review.law", date=t.day(desk.working_day))
    if law is None:
        return LawCheck(heading, t("review.law_none" if waits else "review.decided_already"), True)
    shown = law.grounds if law.is_lawful else [g for g in law.grounds if g.verdict == law.verdict]
    grounds = tuple(
        Excluded(
            name="",
            verdict=t.code("verdict", ground.verdict),
            verdict_code=ground.verdict,
            article=say_article(t, ground.article),
            sentence=ground.sentence[t.language],
        )
        for ground in shown
    )
    words = t("review.law_lawful" if law.is_lawful else "review.law_refused")
    confirmations = tuple(
        Option(point_of(law.measure, sentence), sentence[t.language])
        for sentence in law.confirmations
    )
    return LawCheck(heading, words, law.is_lawful, grounds, confirmations)


def _form(
    asked: Asked,
    proposal: ProposalView,
    law: LawAnswer | None,
    now: Seen,
    before: Before | None,
) -> DecideForm:
    t, own = asked.voice, review_href(proposal.id)
    typed = before if before and before.form == own else Before(own, {})
    return DecideForm(
        action=own,
        version=str(proposal.version),
        seen=now.as_text(),
        grounds=tuple(Option(code, t.says(words)) for code, words in DECISION_GROUNDS.items()),
        confirmed=tuple(typed.text("confirmed").split()),
        decision=typed.text("decision"),
        ground=typed.text("ground"),
        reason=typed.text("reason"),
        problems=problems_of(asked, typed),
        approve_refused=_approve_refused(asked, proposal, law),
        refused=_refused(asked, proposal, Action.REJECT),
    )


def _refused(asked: Asked, proposal: ProposalView, action: Action) -> str:
    """The sentence of the check, empty where the person may act."""
    service, person = asked.service, asked.person

    def check() -> None:
        try:
            check_may_decide(service, person, proposal.id, action)
        except ChangedMeanwhileError:
            return  # the page is built from the present state; the sentence comes on sending

    sentence = why_not(check)
    return asked.voice.says(sentence) if sentence else ""


def _approve_refused(asked: Asked, proposal: ProposalView, law: LawAnswer | None) -> str:
    if law is not None and not law.is_lawful:
        return asked.voice("review.law_refused")
    return _refused(asked, proposal, Action.APPROVE)


def _withdraw(asked: Asked, proposal: ProposalView, before: Before | None) -> WithdrawForm | None:
    if proposal.proposer_account_id != asked.person.account_id:
        return None
    action = review_href(proposal.id) + "/withdrawal"
    typed = before if before and before.form == action else Before(action, {})
    return WithdrawForm(
        action=action,
        version=str(proposal.version),
        reason=typed.text("withdraw_reason"),
        problems=problems_of(asked, typed),
    )
