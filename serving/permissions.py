"""May this person do this to this recommendation? `check_x` raises the sentence, `can_x` answers.

Order of the checks: four eyes (so that a proposer reads why), role, office, state, seniority.
"""

from collections.abc import Callable

from law.catalogue import Measure
from registers.texts import Texts
from serving.errors import (
    ChangedMeanwhileError,
    NotTheProposerError,
    NotYourOfficeError,
    RoleRefusedError,
    SamePersonError,
    SeniorRequiredError,
    ServiceError,
)
from serving.people import Person
from serving.states import ACTION_NAMES, ROLE_NAMES, Action, Role, State, check_move, check_role
from serving.store.models import Proposal, Recommendation
from serving.wording import cite, joined


def check_office(person: Person, office: str) -> None:
    """Raise `NotYourOfficeError` unless the person has a right for the office."""
    if not person.has_office(office):
        raise NotYourOfficeError


def check_may_recommend(person: Person) -> None:
    """Raise unless the person's work includes asking for recommendations: officers only."""
    if person.role is not Role.OFFICER:
        raise RoleRefusedError(
            role=ROLE_NAMES[person.role],
            action=Texts(
                "tavsiya soʻrash",
                "тавсия сўраш",
                "запросить рекомендацию",
                "ask for a recommendation",
            ),
            allowed=joined([ROLE_NAMES[Role.OFFICER]]),
        )


def check_act(person: Person, recommendation: Recommendation, action: Action) -> State:
    """The state after the action; raises for role, office or state."""
    check_role(person.role, action)
    check_office(person, recommendation.office)
    stayed_from = State(recommendation.stayed_from) if recommendation.stayed_from else None
    return check_move(State(recommendation.state), action, stayed_from)


def check_four_eyes(person: Person, proposal: Proposal) -> None:
    """Raise `SamePersonError` where the person made the proposal, under whatever account."""
    if person.person_id == proposal.person_id or person.account_id == proposal.account_id:
        raise SamePersonError


def check_senior(person: Person, measure: Measure | None) -> None:
    """Raise `SeniorRequiredError` where the law asks for a senior officer and this is none."""
    if measure is not None and measure.needs_senior and not person.is_senior:
        raise SeniorRequiredError(measure=measure.names, article=cite(measure.main_article))


def check_decide(
    person: Person,
    recommendation: Recommendation,
    proposal: Proposal,
    action: Action,
    measure: Measure | None,
    changed_time: str,
) -> State:
    """The state after the reviewer's action on the proposal, the law aside.

    A proposal that is no longer the one to be decided gives `ChangedMeanwhileError`.
    """
    check_four_eyes(person, proposal)
    check_role(person.role, action)
    check_office(person, recommendation.office)
    if recommendation.current_proposal_id != proposal.id or recommendation.state not in (
        State.PROPOSED,
        State.STAYED,
    ):
        raise ChangedMeanwhileError(time=changed_time)
    after = check_move(State(recommendation.state), action)
    if action is Action.APPROVE:
        check_senior(person, measure)
    return after


def check_withdraw(person: Person, recommendation: Recommendation, proposal: Proposal) -> State:
    """The state after withdrawing; only the person who proposed may."""
    after = check_act(person, recommendation, Action.WITHDRAW)
    if person.person_id != proposal.person_id:
        raise NotTheProposerError
    return after


def why_not(check: Callable[[], object]) -> Texts | None:
    """The sentence with which a check refuses, for the disabled button; None where it passes."""
    try:
        check()
    except ServiceError as refusal:
        return refusal.texts
    return None


def can(check: Callable[[], object]) -> bool:
    """Whether a check passes."""
    return why_not(check) is None


def action_name(action: Action, language: str) -> str:
    """What the action is called on a button."""
    return ACTION_NAMES[action].in_language(language)
