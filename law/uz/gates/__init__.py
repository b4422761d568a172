"""The general gates G1-G6, G10, G12, G13: what must hold before any measure.

G7 (working hours), G8 (recusal), G9's logged dispatch, G11 (contents of the decision) and G14 (a
human decides) are about the act or the decision, not about the choice: see AT_THE_DECISION.
"""

from law.condition import Condition
from law.uz.gates.amount import debt_remains, money_claim
from law.uz.gates.case_open import case_is_open, proceedings_opened
from law.uz.gates.debtor import (
    debtor_can_be_addressed,
    no_insolvency,
    not_bankrupt,
    pledge_or_not_bankrupt,
)
from law.uz.gates.presentation import presented_in_time
from law.uz.gates.record import facts_agree, law_is_recorded
from law.uz.gates.simplified import ordinary_procedure
from law.uz.gates.stays import (
    no_guarantee_deposit,
    no_treatment,
    not_deferred,
    not_in_mediation,
    not_postponed,
    not_suspended,
)
from law.uz.gates.voluntary_term import (
    debtor_notified,
    debtor_served,
    notified_or_at_opening,
    term_over,
    term_over_or_at_opening,
)

# Asked of every measure, the notice included.
FOR_ALL: tuple[Condition, ...] = (
    law_is_recorded,
    facts_agree,
    case_is_open,
    proceedings_opened,
    presented_in_time,
    debtor_can_be_addressed,
    no_insolvency,
    not_suspended,
    not_deferred,
    not_postponed,
    not_in_mediation,
    no_guarantee_deposit,
)


def coercive(
    bankruptcy: Condition = not_bankrupt,
    term: Condition = term_over,
    debt: Condition = debt_remains,
    notified: Condition = debtor_notified,
) -> tuple[Condition, ...]:
    """The gates of a compulsory measure for money, in the order in which they are asked."""
    return (*FOR_ALL, bankruptcy, money_claim, debt, term, notified, no_treatment)


def attaching() -> tuple[Condition, ...]:
    """The gates of an attachment, which may go together with the opening (Art. 23(5))."""
    return coercive(term=term_over_or_at_opening, notified=notified_or_at_opening)


__all__ = [
    "FOR_ALL",
    "attaching",
    "coercive",
    "debt_remains",
    "debtor_notified",
    "debtor_served",
    "money_claim",
    "no_treatment",
    "not_bankrupt",
    "ordinary_procedure",
    "pledge_or_not_bankrupt",
    "term_over",
]
