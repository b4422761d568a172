"""What can go wrong when a nation is invented."""

from __future__ import annotations

from registers.errors import UserError


class TooFewDebtorsError(UserError):
    """A nation needs enough debtors to have every kind of them."""

    def __init__(self, debtors: int, least: int) -> None:
        super().__init__(f"A nation of {debtors} debtors is too small. Ask for at least {least}.")
