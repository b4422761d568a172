"""A table stopped because a column is written in a dialect that it does not prove.

Single cells that cannot be read are set aside with their rows. Where a good part of a column is
written in one dialect and another part contradicts it, every cell of it is in doubt, and with it
the table: a spreadsheet makes one person of many, 17.0 may be 17, a 2 among ones and zeros shows
that they count something.
"""

from collections.abc import Mapping
from types import MappingProxyType

from registers.contract import Table
from registers.errors import TableRefusedError
from registers.texts import group_digits
from registers.validation.evidence import Evidence, UnprovenCode

# What is wrong and what to do; the refusals in four languages are in `refusal_words`.
_SENTENCES: Mapping[UnprovenCode, str] = MappingProxyType(
    {
        "spreadsheet_ids": "{n} of {filled} ids in {column} have the form in which a spreadsheet "
        "shows long numbers ({dialect}): different persons or objects have become one, and no "
        "program can part them again. Export the table from its database without opening it in a "
        "spreadsheet, or import the column there as text",
        "ids_in_two_forms": "{n} of {filled} ids in {column} have the form {dialect} and others "
        "are bare digits: nobody can tell whether 17.0 is 17. Export the ids again as whole "
        "numbers or as text",
        "mixed_booleans": "{n} of {filled} values in {column} are written as {dialect}, and others "
        "are not, so the column does not prove what they mean. Export it again as true and false",
        "mixed_amounts": "{n} of {filled} amounts in {column} have groups of digits ({dialect}), "
        "but the column does not prove them: some groups have not three digits, or some decimals "
        "are not zero. Export whole som as bare digits",
        "times_of_another_zone": "{n} of {filled} days in {column} are times of {dialect} without "
        "a time zone. That is midnight in Tashkent written in UTC: the day after, or else another "
        "day. Export days as dates (2026-01-31), or the times with their time zone",
    }
)


def refuse_unproven(table: Table, label: str, evidence: Evidence) -> None:
    """Raises TableRefusedError where a column contradicts the dialect in which it is written."""
    found = list(evidence.unproven)
    if not found:
        return
    told = [
        _SENTENCES[unproven.code].format(
            column=column,
            dialect=unproven.dialect,
            n=group_digits(unproven.n_cells),
            filled=group_digits(unproven.n_filled),
        )
        for column, unproven in found
    ]
    columns = ", ".join(f"{column} ({unproven.dialect})" for column, unproven in found)
    raise TableRefusedError(
        table.name,
        found[0][1].code,
        f"{table.name}: {'. '.join(told)}.",
        f"{label}: {columns}",
    )
