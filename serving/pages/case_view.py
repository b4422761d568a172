"""One case in the reader's words: claim, debtor, history, recommendation and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from features.catalogue.values import (
    CLAIM_KINDS,
    CLAIMANT_KINDS,
    DEBTOR_KINDS,
    DEBTOR_STATUSES,
    DOCUMENT_KINDS,
)
from serving.first_choices import must_choose_first
from serving.grounds import ground_name
from serving.pages.addresses import case_href, decision_href, review_href
from serving.pages.comeback import build_comeback
from serving.pages.history_view import build_history
from serving.pages.profile_view import build_profile, say_unknown
from serving.pages.propose_form import build_propose_form, proposal_form
from serving.pages.recommendation_view import build_recommendation
from serving.pages.seen import see
from serving.pages.views import CaseView, ChoiceForm, Fact, GetForm, Link, Option, Standing
from serving.pages.words import day_of, say_kind, som_of
from serving.pages.worklist_page import state_tag
from serving.states import Role, State

if TYPE_CHECKING:
    from serving.casefile import CaseFile
    from serving.pages.comeback import Before
    from serving.pages.rendering import Asked
    from serving.pages.wording import Voice
    from serving.views import RecommendationView as Stored

IN_WORK = (State.RECOMMENDED, State.PROPOSED, State.RETURNED, State.APPROVED, State.STAYED)


def build_case(
    asked: Asked,
    file: CaseFile,
    before: Before | None = None,
    choose: str = "",
) -> CaseView:
    """The page of one case; `before` is what was typed, `choose` the measure of a card."""
    t, desk = asked.voice, asked.service.require_desk()
    newest = file.recommendations[0] if file.recommendations else None
    in_work = newest if newest and newest.state in IN_WORK else None
    get_form = _get_form(asked, file, newest)
    is_hidden = in_work is not None and must_choose_first(asked.service, asked.person, in_work)
    shown = None if is_hidden else in_work
    now = see(desk, file.outstanding_som)
    propose_form, refused = build_propose_form(asked, shown, now, before, choose)
    opened = day_of(file.case["opened_on"])
    days = (file.as_of_date - opened).days if opened else 0
    return CaseView(
        case_id=file.case_id,
        outstanding=t.amount(file.outstanding_som),
        claim_kind=say_kind(t, CLAIM_KINDS, file.case["claim_kind"]),
        days_open=t("worklist.days_value", n=days),
        state=state_tag(asked, newest.state if newest else None),
        next_step=t(f"next.{newest.state if newest else 'open'}"),
        claim=_claim(t, file),
        debtor=_debtor(t, file),
        profile=build_profile(t, file),
        unknown_registers=say_unknown(t, file.unknown_registers),
        history=build_history(t, file, desk.measures()),
        recommendation=build_recommendation(asked, shown) if shown else None,
        get_form=get_form,
        choice_form=_choice_form(asked, in_work) if is_hidden and not get_form else None,
        propose_form=propose_form,
        standing=_standing(t, newest),
        propose_refused=refused,
        comeback=build_comeback(asked, before, newest, now, has_form=propose_form is not None),
    )


def proposal_forms(file: CaseFile) -> tuple[str, ...]:
    """The addresses that take a proposal on one of the case's recommendations."""
    return tuple(proposal_form(stored.id) for stored in file.recommendations)


def _choice_form(asked: Asked, stored: Stored | None) -> ChoiceForm | None:
    """Asks before the ranking of a recommendation that somebody else asked for."""
    if stored is None:
        return None
    return ChoiceForm(f"/recommendations/{stored.id}/first-choice", _choices(asked))


def _choices(asked: Asked) -> tuple[Option, ...]:
    measures = asked.service.require_desk().measures().values()
    return tuple(Option(m.id, asked.voice.says(m.names)) for m in measures)


def _claim(t: Voice, file: CaseFile) -> tuple[Fact, ...]:
    case = file.case
    paid = sum(
        som_of(row["amount_som"])
        for row in file.tables.get("payments", [])
        if row["case_id"] == file.case_id
    )
    document = t(
        "case.document_of",
        kind=say_kind(t, DOCUMENT_KINDS, case["document_kind"]),
        date=t.day(day_of(case["document_on"])),
    )
    return (
        Fact(t("case.claim_som"), t.amount(som_of(case["claim_som"]))),
        Fact(t("case.fee_som"), t.amount(som_of(case["fee_som"]))),
        Fact(t("case.paid_som"), t.amount(paid)),
        Fact(t("case.claimant_kind"), say_kind(t, CLAIMANT_KINDS, case["claimant_kind"])),
        Fact(t("case.document"), document),
        Fact(t("case.opened_on"), t.day(day_of(case["opened_on"]))),
        Fact(t("case.served_on"), t.day(day_of(case["served_on"]))),
        Fact(t("case.voluntary_until"), t.day(day_of(case["voluntary_until"]))),
        Fact(t("case.procedure"), t.code("procedure", case["procedure"])),
        Fact(t("case.periodic"), t.yes_no(is_true=_bool(case["periodic"]))),
        Fact(t("case.secured"), t.yes_no(is_true=_bool(case["secured"]))),
        Fact(t("case.office"), file.office),
    )


def _bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _debtor(t: Voice, file: CaseFile) -> tuple[Fact, ...]:
    debtor = file.debtor
    others = [row for row in file.tables.get("cases", []) if row["case_id"] != file.case_id]
    n_open = sum(row["closed_on"] is None for row in others)
    return (
        Fact(t("case.debtor_kind"), say_kind(t, DEBTOR_KINDS, debtor.get("kind"))),
        Fact(t("case.debtor_status"), say_kind(t, DEBTOR_STATUSES, debtor.get("status"))),
        Fact(t("case.debtor_region"), str(debtor.get("district") or t("shell.unknown"))),
        Fact(
            t("case.other_cases"),
            t("case.other_cases_value", n=len(others), n_open=n_open)
            if others
            else t("shell.none"),
        ),
    )


def _get_form(asked: Asked, file: CaseFile, newest: Stored | None) -> GetForm | None:
    """Where a recommendation can be asked for: none in work, or one of an earlier day."""
    if asked.person.role is not Role.OFFICER:
        return None
    if newest and newest.state in IN_WORK:
        is_old = newest.state == State.RECOMMENDED and newest.as_of_date != file.as_of_date
        if not is_old:
            return None
    return GetForm(
        action=case_href(file.case_id) + "/recommendations",
        measures=_choices(asked),
        is_again=newest is not None,
    )


def _standing(t: Voice, newest: Stored | None) -> Standing | None:
    """What became of the last proposal, in a line with a link."""
    if newest is None or not newest.proposals:
        return None
    last = newest.proposals[-1]
    if newest.state == State.PROPOSED:
        return Standing(t("propose.waits"), Link(t("propose.view"), review_href(last.id)))
    if last.decision is None:
        return None
    decision = last.decision
    came_back = decision.decision != "approve"
    return Standing(
        words=t("propose.came_back") if came_back else t("decision.outcome_approve") + ".",
        link=Link(t("propose.view_decision"), decision_href(decision.id)),
        detail=(
            Fact(t("review.ground"), t.says(ground_name(decision.ground))),
            Fact(t("review.reason"), decision.reason, is_prose=True),
        )
        if came_back
        else (),
    )
