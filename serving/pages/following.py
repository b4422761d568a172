"""What to do next: the next case of an officer, the next proposal of a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.errors import BadCursorError
from serving.pages.addresses import case_href, review_href
from serving.pages.views import Link
from serving.review import list_proposals
from serving.states import Role, State
from serving.worklist import CaseLine, cursor_after, list_cases

if TYPE_CHECKING:
    from serving.pages.rendering import Asked

_LOOK_AHEAD = 100
_WAITS_FOR_OFFICER = (None, State.RECOMMENDED, State.RETURNED)


def next_case(asked: Asked) -> Link | None:
    """The next case after the present one that waits for the officer, by what is owed.

    The order does not move while one works through it, so that a case that cannot be answered is
    met once and not after every other.
    """
    if asked.person.role is not Role.OFFICER or asked.service.desk is None:
        return None
    here = asked.request.path_params.get("case_id", "")
    for line in (*_after(asked, here), *_after(asked, "")):
        if line.case_id != here and line.state in _WAITS_FOR_OFFICER:
            words = asked.voice("propose.next_case", case_id=line.case_id)
            return Link(words, case_href(line.case_id))
    return None


def _after(asked: Asked, case_id: str) -> list[CaseLine]:
    """The cases after one in the order of what is owed; all from the first without one."""
    cursor = cursor_after("outstanding", case_id) if case_id else None
    try:
        page = list_cases(
            asked.service, asked.person, order="outstanding", cursor=cursor, limit=_LOOK_AHEAD
        )
    except BadCursorError:  # the present case is no longer open
        return []
    return page.cases


def next_proposal(asked: Asked) -> Link | None:
    """The proposal that waits longest for somebody else than its author."""
    for proposal in list_proposals(asked.service, asked.person):
        if proposal.proposer_account_id != asked.person.account_id:
            return Link(asked.voice("review.next"), review_href(proposal.id))
    return None
