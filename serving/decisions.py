"""From a recommendation to a recorded human decision: propose, decide, withdraw.

Every change has the same shape: read and check what can be refused at once, ask the law (outside
any lock), then in one writing transaction check again, change the state and append to the ledger.
Between reading and writing somebody else may have acted: then nothing is changed and
`ChangedMeanwhileError` tells when.
"""

from serving.checks import check_version, find_measure
from serving.deciding import DecisionRequest, check_still_lawful, decide
from serving.proposing import (
    ProposalRequest,
    check_may_propose,
    check_propose,
    propose,
    withdraw,
)

__all__ = [
    "DecisionRequest",
    "ProposalRequest",
    "check_may_propose",
    "check_propose",
    "check_still_lawful",
    "check_version",
    "decide",
    "find_measure",
    "propose",
    "withdraw",
]
