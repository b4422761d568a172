"""What no register knows and a person makes sure of before approving: ticked point by point.

A point is named by its measure and a hash of its sentence, so that a tick made for another measure,
or on a page whose facts have moved, is told from one that belongs here.
"""

import hashlib
from collections.abc import Mapping, Sequence

from law.catalogue import Measure
from serving.desk import LawAnswer
from serving.errors import ConfirmationElsewhereError, ConfirmationMissingError
from serving.first_choices import NO_MEASURE_NAMES


def point_of(measure: str, sentence: Mapping[str, str]) -> str:
    """The name of one point to be confirmed.

    >>> point_of("search", {"en": "Witnesses are present."})
    'search:b894e83297437399'
    """
    return f"{measure}:{hashlib.sha256(sentence['en'].encode()).hexdigest()[:16]}"


def points_of(law: LawAnswer) -> tuple[str, ...]:
    """The points that a person must make sure of under this answer, in their order."""
    return tuple(point_of(law.measure, sentence) for sentence in law.confirmations)


def check_own_confirmations(
    measure_id: str, measure: Measure | None, confirmed: Sequence[str]
) -> None:
    """Raise `ConfirmationElsewhereError` where a point was ticked for another measure."""
    if any(point.partition(":")[0] != measure_id for point in confirmed):
        raise ConfirmationElsewhereError(measure=measure.names if measure else NO_MEASURE_NAMES)


def check_confirmed(
    law: LawAnswer | None, measure: Measure | None, confirmed: Sequence[str] | None
) -> None:
    """Raise unless just the points of the answer were confirmed; None asks nothing of a client.

    Raises:
        ConfirmationElsewhereError: a point that this answer does not hold.
        ConfirmationMissingError: a point that was not ticked.
    """
    if law is None or confirmed is None:
        return
    needed = points_of(law)
    if set(confirmed) - set(needed):
        raise ConfirmationElsewhereError(measure=measure.names if measure else NO_MEASURE_NAMES)
    if set(needed) - set(confirmed):
        raise ConfirmationMissingError
