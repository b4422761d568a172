"""Optional references that lead nowhere: the row is kept, and the reference emptied.

A payment whose action nobody delivered is a payment all the same. Losing it for its reference would
make the debt larger than it is.
"""

from collections.abc import Mapping

import polars as pl

from registers.contract import Table
from registers.validation.repairs import REPAIRS


def without_unknown(
    table: Table, cells: pl.DataFrame, parents: Mapping[str, pl.Series]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells with such references emptied, and what was changed, as `repair` tells it.

    Args:
        table: the table under its legal order.
        cells: the cells of a batch in the types of the contract.
        parents: the accepted keys of the tables that were accepted; a reference to any other
            table cannot be checked and stays.
    """
    changes = [REPAIRS.to_frame()]
    for column in table.references:
        ids = parents.get(column.refers_to or "")
        if ids is None or not column.nullable:
            continue
        is_unknown = ~cells[column.name].is_in(ids.implode()).fill_null(True)
        if not is_unknown.any():
            continue
        changes.append(
            pl.DataFrame(
                {
                    "row_number": is_unknown.arg_true(),
                    "column": column.name,
                    "rule": "unknown_reference",
                    "was": cells[column.name].filter(is_unknown),
                    "now": None,
                }
            ).cast(REPAIRS)
        )
        cells = cells.with_columns(pl.when(~is_unknown).then(column.name).alias(column.name))
    return cells, pl.concat(changes)
