"""What is asked of the inventor: size, seed, day, and the switches of the nation's world."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LEAST_DEBTORS = 50
LOTTERY_SHARE = 0.06
"""How often a lottery decides in place of the officer's habit, where two measures are open."""
BLOCK_DEBTORS = 50_000
"""A larger nation is invented in blocks of about this many debtors."""
N_DRAWS_TRUTH = 200
N_DRAWS_ACTIONS = 60
QUESTIONS_OF_MANY, ACTIONS_OF_MANY = 20_000, 40_000
"""How many questions and logged actions of a nation of several blocks get a simulated truth."""

EffectDriver = Literal["risk", "apart"]


@dataclass(frozen=True)
class Switches:
    """How the nation's world differs from the usual one.

    Attributes:
        gamma: Rosenbaum's bound (Rosenbaum 2002, ch. 4): for two debtors who are alike in every
            register, the odds of any one decision differ at most by this factor. 1 = none.
        effect_driver: `risk`: what tells who pays also tells which measure works best; `apart`:
            the two are driven by traits that are independent of each other.
        regime_change: the day from which bank levies bring half of what they brought; None = never.
        untidy_banks: some banks send months late, and some accounts are blocked above their
            balance.
        lottery_share: how often equal chances among the open measures decide in place of habit;
            at 1 choices are not confounded, as in a trial.
    """

    gamma: float = 1.0
    effect_driver: EffectDriver = "risk"
    regime_change: date | None = None
    untidy_banks: bool = True
    lottery_share: float = LOTTERY_SHARE


@dataclass(frozen=True)
class Request:
    """A nation that is asked for; equal requests give equal bytes.

    Attributes:
        debtors: how many debtors, at least 50.
        seed: the seed of all chance.
        as_of: the day of the questions; 2.3 years of history lie before it.
        switches: how its world differs from the usual one.
        n_draws: simulated runs per decision point and measure for the truth.
        truth_questions: how many questions get a simulated truth; None = `n_truth_questions`.
        truth_actions: the same of logged actions.
        block_debtors: how many debtors are invented at a time.
    """

    debtors: int
    seed: int
    as_of: date
    switches: Switches = field(default_factory=Switches)
    n_draws: int = N_DRAWS_TRUTH
    truth_questions: int | None = None
    truth_actions: int | None = None
    block_debtors: int = BLOCK_DEBTORS

    @property
    def block_sizes(self) -> list[int]:
        """Debtors of each block: as even as whole numbers allow."""
        return evenly(self.debtors, max(-(-self.debtors // self.block_debtors), 1))

    @property
    def n_truth_questions(self) -> int | None:
        """The number asked for; else all (None) in a nation of one block, 20,000 in a larger."""
        return self._most(self.truth_questions, QUESTIONS_OF_MANY)

    @property
    def n_truth_actions(self) -> int | None:
        """The number asked for; else all (None) in a nation of one block, 40,000 in a larger."""
        return self._most(self.truth_actions, ACTIONS_OF_MANY)

    def _most(self, asked: int | None, of_many: int) -> int | None:
        if asked is not None:
            return asked
        return None if len(self.block_sizes) == 1 else of_many


def evenly(total: int, parts: int) -> list[int]:
    """A whole number split into parts that differ by one at most.

    >>> evenly(11, 3)
    [4, 4, 3]
    """
    return [total // parts + (part < total % parts) for part in range(parts)]
