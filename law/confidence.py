"""How sure the record of a rule or value is; the weakest one is carried to the verdict.

read: read in the text of the Law (an unofficial copy). secondary: news, a portal, a law firm, what
a person states of a claim. inferred: our reading or arithmetic. memory: remembered and not
verified; never a source.
"""

from typing import Literal

Confidence = Literal["read", "secondary", "inferred", "memory"]

CONFIDENCES: tuple[Confidence, ...] = ("read", "secondary", "inferred", "memory")


def rank(confidence: Confidence) -> int:
    """0 for the strongest (read) up to 3 for the weakest (memory)."""
    return CONFIDENCES.index(confidence)


def weakest(*confidences: Confidence) -> Confidence:
    """The weakest of the confidences; 'read' where none is given.

    >>> weakest("read", "inferred", "secondary")
    'inferred'
    """
    return CONFIDENCES[max((rank(c) for c in confidences), default=0)]
