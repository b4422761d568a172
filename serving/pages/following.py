"""What to do next: the next case of an officer, the next proposal of a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.pages.addresses import case_href, review_href
from serving.pages.views import Link
from serving.review import list_proposals
from serving.states import Role, State
from serving.worklist import list_cases

if TYPE_CHECKING:
    from serving.pages.rendering import Asked

_WAITS_FOR_OFFICER = (None, State.RECOMMENDED, State.RETURNED)


def next_case(asked: Asked) -> Link | None:
    """The first case of the worklist that waits for the officer, other than the present one."""
    if asked.person.role is not Role.OFFICER or asked.service.desk is None:
        return None
    here = asked.request.path_params.get("case_id")
    for line in list_cases(asked.service, asked.person, limit=100).cases:
        if line.case_id != here and line.state in _WAITS_FOR_OFFICER:
            words = asked.voice("propose.next_case", case_id=line.case_id)
            return Link(words, case_href(line.case_id))
    return None


def next_proposal(asked: Asked) -> Link | None:
    """The proposal that waits longest for somebody else than its author."""
    for proposal in list_proposals(asked.service, asked.person):
        if proposal.proposer_account_id != asked.person.account_id:
            return Link(asked.voice("review.next"), review_href(proposal.id))
    return None
