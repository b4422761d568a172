"""What is waived because the debtor is missing: the search and the register entry need no service.

That the debtor is missing is no obstacle to either of them: it is their ground (Art. 42, 40(2)).
"""

from dataclasses import replace

import polars as pl

from law.condition import Condition

IS_MISSING = pl.col("debtor_status") == "missing"


def or_missing(gate: Condition) -> Condition:
    """A gate, waived for a missing debtor: nobody can serve a decision on somebody who is gone."""
    return replace(gate, holds=IS_MISSING | gate.holds, facts=(*gate.facts, "debtor_status"))
