"""The state table, written out: every state, every action, every role."""

import itertools

import pytest

from registers.texts import LANGUAGES
from serving.errors import RoleRefusedError, StateRefusedError
from serving.states import (
    ACTION_NAMES,
    ROLE_NAMES,
    STATE_NAMES,
    Action,
    Role,
    State,
    can_transition,
    check_transition,
)

# One line per state that lets anything happen: action -> (next state, roles). All else is refused.
ALLOWED: dict[str, dict[str, tuple[str, str]]] = {
    "recommended": {"propose": ("proposed", "officer"), "stay": ("stayed", "officer reviewer")},
    "proposed": {
        "approve": ("approved", "reviewer"),
        "reject": ("rejected", "reviewer"),
        "return": ("returned", "reviewer"),
        "withdraw": ("withdrawn", "officer"),
        "stay": ("stayed", "officer reviewer"),
    },
    "returned": {
        "propose": ("proposed", "officer"),
        "withdraw": ("withdrawn", "officer"),
        "stay": ("stayed", "officer reviewer"),
    },
    "approved": {"execute": ("executed", "officer"), "stay": ("stayed", "officer reviewer")},
    "stayed": {"resume": ("approved", "officer reviewer")},  # stayed from approved, in this test
    "rejected": {},
    "withdrawn": {},
    "executed": {},
}
EVERY_CELL = list(itertools.product(State, Action, Role))


@pytest.mark.parametrize(("state", "action", "role"), EVERY_CELL)
def test_each_cell_of_the_state_table_is_as_written(
    state: State, action: Action, role: Role
) -> None:
    after, roles = ALLOWED[state].get(action, ("", ""))
    if role.value in roles.split():
        assert check_transition(state, action, role, State.APPROVED) == after
        assert can_transition(state, action, role, State.APPROVED)
    else:
        with pytest.raises((RoleRefusedError, StateRefusedError)):
            check_transition(state, action, role, State.APPROVED)
        assert not can_transition(state, action, role, State.APPROVED)


PAIRS_REACHED = {
    (state.value, after)
    for state, action, role in EVERY_CELL
    for after in ([ALLOWED[state][action][0]] if action in ALLOWED[state] else [])
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)))
def test_each_pair_of_states_is_reached_only_by_a_written_action(
    before: State, after: State
) -> None:
    reached = {
        (state.value, str(check_transition(state, action, role, State.APPROVED)))
        for state, action, role in EVERY_CELL
        if can_transition(state, action, role, State.APPROVED)
    }
    assert ((before, after) in reached) == ((before, after) in PAIRS_REACHED)


@pytest.mark.parametrize("state", ["recommended", "proposed", "returned", "approved"])
def test_a_stay_leads_back_to_where_it_began(state: str) -> None:
    began = State(state)
    assert check_transition(began, Action.STAY, Role.OFFICER) is State.STAYED
    assert check_transition(State.STAYED, Action.RESUME, Role.REVIEWER, began) is began


def test_only_a_reviewer_reaches_approved() -> None:
    by = {
        role
        for state, action, role in EVERY_CELL
        if state is not State.STAYED
        and can_transition(state, action, role)
        and check_transition(state, action, role) is State.APPROVED
    }
    assert by == {Role.REVIEWER}


def test_refusals_name_role_and_state_in_each_language() -> None:
    with pytest.raises(RoleRefusedError) as by_role:
        check_transition(State.PROPOSED, Action.APPROVE, Role.OFFICER)
    assert "officer" in by_role.value.texts.en
    assert "исполнитель" in by_role.value.texts.ru
    with pytest.raises(StateRefusedError) as by_state:
        check_transition(State.REJECTED, Action.APPROVE, Role.REVIEWER)
    assert by_state.value.texts.en == (
        "This is not possible now: approve a proposal. The recommendation is rejected."
    )


def test_every_state_action_and_role_has_a_name_in_each_language() -> None:
    assert set(STATE_NAMES) == set(State)
    assert set(ACTION_NAMES) == set(Action)
    assert set(ROLE_NAMES) == set(Role)
    for names in (*STATE_NAMES.values(), *ACTION_NAMES.values(), *ROLE_NAMES.values()):
        assert all(names.in_language(language).strip() for language in LANGUAGES)
