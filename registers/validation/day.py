"""The day of an extract: stated by its manifest, by a person, or taken from the clock with care."""

from datetime import date

import polars as pl

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.sources.protocol import ExtractSource
from registers.validation.cells import plain_cells, read_cells
from registers.validation.repairs import prepared

_LOOKED_AT = 10_000


def day_of_extract(
    extract: ExtractSource, stated: date | None, today: date | None, cases: Table
) -> date | None:
    """The day after which nothing in an extract can have been reported; None where unknown.

    A clock may be wrong. Where most of the first cases were reported after `today`, the clock is
    not believed: setting a whole register aside would be the greater fault.
    """
    day = extract.extracted_on or stated
    if day is not None or today is None:
        return day
    middle = _middle_report(extract, cases)
    return None if middle is not None and middle > today else today


def _middle_report(extract: ExtractSource, cases: Table) -> date | None:
    """The median `reported_on` of the first cases, or None where there is none to be read."""
    try:
        source = extract.table(cases.name)
        if source is None or not set(cases.column_names) <= set(source.schema):
            return None
        first = next(source.batches(_LOOKED_AT), pl.DataFrame(schema=source.schema))
    except TableRefusedError:
        return None
    days = (
        read_cells(cases, prepared(cases, plain_cells(cases, first)))["reported_on"]
        .drop_nulls()
        .sort()
    )
    middle = days[days.len() // 2] if days.len() else None
    return middle if isinstance(middle, date) else None
