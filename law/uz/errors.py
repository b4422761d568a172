"""What can go wrong when a collected sum is shared out, each with its sentence."""

from collections.abc import Iterable

from law.errors import nearest
from registers.errors import DataError, UserError


class NegativeSumError(UserError):
    """A collected sum below zero."""

    def __init__(self, collected_som: int) -> None:
        super().__init__(
            f"A collected sum cannot be below zero: {collected_som} som. "
            "Give what came in, in whole som."
        )


class UnknownClaimError(UserError):
    """A case that is none of the debtor's open money claims."""

    def __init__(self, case_id: str, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(
            f"'{case_id}' is none of the open money claims.{nearest(case_id, known)} "
            f"They are: {', '.join(known)}."
        )


class NotPledgedError(UserError):
    """Proceeds of a pledge for a claim that no pledge secures."""

    def __init__(self, case_id: str) -> None:
        super().__init__(
            f"Case '{case_id}' is not secured by a pledge in the registers, so the money cannot "
            "come from its pledge (Art. 51). Leave --pledge-of away, or have the case corrected."
        )


class UnusableRankError(UserError):
    """A stated rank that the Law does not have."""

    def __init__(self, case_id: str, stated: object) -> None:
        super().__init__(
            f"'{stated}' is no rank for case '{case_id}': write 1 to 6 as in Art. 80, or 0 for a "
            "fine imposed in these proceedings (Art. 78)."
        )


class UnusableCostsError(UserError):
    """Stated costs that do not fit the fee and costs of the case."""

    def __init__(self, case_id: str, stated: object, most_som: int) -> None:
        super().__init__(
            f"'{stated}' does not fit as the costs of case '{case_id}': write whole som "
            f"from 0 to {most_som}, its fee and costs together that are not yet paid."
        )


class ClaimsUnusableError(DataError):
    """A table of claims that cannot be shared among."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The claims cannot be used: {why}. Give case_id, claimant_id, claim_kind, secured, "
            "claim_som, fee_som and owed_som, each case once."
        )


class NoFormOfDecisionError(UserError):
    """A legal order whose decisions have no form that the program knows."""

    def __init__(self, legal_order_id: str) -> None:
        super().__init__(
            f"The seven parts of a decision are those of Law 258-II, Art. 86. For the legal order "
            f"'{legal_order_id}' no form of a decision is known."
        )


class NoRanksOfClaimsError(UserError):
    """A legal order whose ranks of claims the program does not know."""

    def __init__(self, legal_order_id: str) -> None:
        super().__init__(
            "The ranks of claims are those of Law 258-II, Art. 78-80. For the legal order "
            f"'{legal_order_id}' none are known, so nothing can be shared out."
        )
