"""Amounts added up over a whole register, so that no sum of later steps can leave an int64.

Every amount is at least 0 and at most the greatest value of its column. A sum over some rows is at
most that over all rows; where this stays below `GREATEST_TOTAL`, no sum wraps, nor does one of up
to four such sums (claim_som + fee_som).
"""

import polars as pl

from registers.contract import GREATEST_TOTAL, Table
from registers.errors import TableRefusedError


class Totals:
    """The sums of the amounts of one table, batch by batch; floats, exact to far below a half."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._sums = dict.fromkeys((c.name for c in table.columns if c.kind == "som"), 0.0)

    def add(self, rows: pl.DataFrame) -> None:
        """Takes the next accepted rows.

        Raises:
            TableRefusedError: the amounts of a column add up to more than any register holds.
        """
        if not self._sums or rows.is_empty():
            return
        sums = rows.select(pl.col(list(self._sums)).cast(pl.Float64).sum()).row(0, named=True)
        for name, total in sums.items():
            self._sums[name] += total
            if self._sums[name] > GREATEST_TOTAL:
                raise TableRefusedError(
                    self.table.name,
                    "total_too_large",
                    f"{self.table.name}: the amounts in {name} add up to more than any register "
                    "holds, so many of them are filler values. Ask the agency for the true "
                    "amounts.",
                    name,
                )
