"""The states of a recommendation and who may move it from one to the next, as data.

    recommended -> proposed -> approved -> executed
                      |  |---> rejected
                      |  |---> returned -> proposed ...
                      |------> withdrawn         any open state -> stayed -> back

Roles are checked before states, so that a person learns first whether the action is theirs at all.
Four eyes, office and seniority are not here: they depend on people (see `permissions`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from registers.texts import Texts
from serving.errors import RoleRefusedError, StateRefusedError
from serving.wording import joined


class State(StrEnum):
    """Where a recommendation stands."""

    RECOMMENDED = "recommended"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXECUTED = "executed"
    STAYED = "stayed"


class Action(StrEnum):
    """What a person does to a recommendation."""

    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    WITHDRAW = "withdraw"
    EXECUTE = "execute"
    STAY = "stay"
    RESUME = "resume"


class Role(StrEnum):
    """What an account is for."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    ANALYST = "analyst"


OPEN_STATES = (State.RECOMMENDED, State.PROPOSED, State.RETURNED, State.APPROVED)
DECIDED_BY_REVIEWER = (Action.APPROVE, Action.REJECT, Action.RETURN)

WHO_MAY: Mapping[Action, tuple[Role, ...]] = MappingProxyType(
    {
        Action.PROPOSE: (Role.OFFICER,),
        Action.APPROVE: (Role.REVIEWER,),
        Action.REJECT: (Role.REVIEWER,),
        Action.RETURN: (Role.REVIEWER,),
        Action.WITHDRAW: (Role.OFFICER,),
        Action.EXECUTE: (Role.OFFICER,),
        Action.STAY: (Role.OFFICER, Role.REVIEWER),
        Action.RESUME: (Role.OFFICER, Role.REVIEWER),
    }
)

# A stayed recommendation returns to the state from which it was stayed; see `next_state`.
MOVES: Mapping[tuple[State, Action], State] = MappingProxyType(
    {
        (State.RECOMMENDED, Action.PROPOSE): State.PROPOSED,
        (State.RETURNED, Action.PROPOSE): State.PROPOSED,
        (State.PROPOSED, Action.APPROVE): State.APPROVED,
        (State.PROPOSED, Action.REJECT): State.REJECTED,
        (State.PROPOSED, Action.RETURN): State.RETURNED,
        (State.PROPOSED, Action.WITHDRAW): State.WITHDRAWN,
        (State.RETURNED, Action.WITHDRAW): State.WITHDRAWN,
        (State.APPROVED, Action.EXECUTE): State.EXECUTED,
        **{(state, Action.STAY): State.STAYED for state in OPEN_STATES},
    }
)

STATE_NAMES: Mapping[State, Texts] = MappingProxyType(
    {
        State.RECOMMENDED: Texts(
            "tavsiya etilgan", "тавсия этилган", "рекомендовано", "recommended"
        ),
        State.PROPOSED: Texts("taklif etilgan", "таклиф этилган", "предложено", "proposed"),
        State.APPROVED: Texts("tasdiqlangan", "тасдиқланган", "утверждено", "approved"),
        State.REJECTED: Texts("rad etilgan", "рад этилган", "отклонено", "rejected"),
        State.RETURNED: Texts("qaytarilgan", "қайтарилган", "возвращено", "returned"),
        State.WITHDRAWN: Texts("qaytarib olingan", "қайтариб олинган", "отозвано", "withdrawn"),
        State.EXECUTED: Texts("ijro etilgan", "ижро этилган", "исполнено", "executed"),
        State.STAYED: Texts("toʻxtatib turilgan", "тўхтатиб турилган", "приостановлено", "stayed"),
    }
)

ACTION_NAMES: Mapping[Action, Texts] = MappingProxyType(
    {
        Action.PROPOSE: Texts(
            "chorani taklif qilish", "чорани таклиф қилиш", "предложить меру", "propose a measure"
        ),
        Action.APPROVE: Texts(
            "taklifni tasdiqlash",
            "таклифни тасдиқлаш",
            "утвердить предложение",
            "approve a proposal",
        ),
        Action.REJECT: Texts(
            "taklifni rad etish", "таклифни рад этиш", "отклонить предложение", "reject a proposal"
        ),
        Action.RETURN: Texts(
            "taklifni qaytarish", "таклифни қайтариш", "вернуть предложение", "return a proposal"
        ),
        Action.WITHDRAW: Texts(
            "taklifni qaytarib olish",
            "таклифни қайтариб олиш",
            "отозвать предложение",
            "withdraw a proposal",
        ),
        Action.EXECUTE: Texts(
            "ijroni qayd etish", "ижрони қайд этиш", "отметить исполнение", "record the execution"
        ),
        Action.STAY: Texts("toʻxtatib turish", "тўхтатиб туриш", "приостановить", "stay"),
        Action.RESUME: Texts("davom ettirish", "давом эттириш", "возобновить", "resume"),
    }
)

ROLE_NAMES: Mapping[Role, Texts] = MappingProxyType(
    {
        Role.OFFICER: Texts("ijrochi", "ижрочи", "исполнитель", "officer"),
        Role.REVIEWER: Texts("tekshiruvchi", "текширувчи", "проверяющий", "reviewer"),
        Role.ANALYST: Texts("tahlilchi", "таҳлилчи", "аналитик", "analyst"),
    }
)


def next_state(state: State, action: Action, stayed_from: State | None = None) -> State | None:
    """The state after the action, or None where it does not happen in this state.

    >>> next_state(State.PROPOSED, Action.APPROVE).value
    'approved'
    >>> next_state(State.STAYED, Action.RESUME, stayed_from=State.APPROVED).value
    'approved'
    """
    if (state, action) == (State.STAYED, Action.RESUME):
        return stayed_from
    return MOVES.get((state, action))


def check_role(role: Role, action: Action) -> None:
    """Raise `RoleRefusedError` unless the role includes the action."""
    if role not in WHO_MAY[action]:
        raise RoleRefusedError(
            role=ROLE_NAMES[role],
            action=ACTION_NAMES[action],
            allowed=joined(ROLE_NAMES[allowed] for allowed in WHO_MAY[action]),
        )


def check_move(state: State, action: Action, stayed_from: State | None = None) -> State:
    """The state after the action; raise `StateRefusedError` where it does not happen here."""
    after = next_state(state, action, stayed_from)
    if after is None:
        raise StateRefusedError(action=ACTION_NAMES[action], state=STATE_NAMES[state])
    return after


def check_transition(
    state: State, action: Action, role: Role, stayed_from: State | None = None
) -> State:
    """The state after the role's action; raises the refusal with its sentence."""
    check_role(role, action)
    return check_move(state, action, stayed_from)


def can_transition(
    state: State, action: Action, role: Role, stayed_from: State | None = None
) -> bool:
    """Whether the role may take the action in this state."""
    try:
        check_transition(state, action, role, stayed_from)
    except (RoleRefusedError, StateRefusedError):
        return False
    return True
