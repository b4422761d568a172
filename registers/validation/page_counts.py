"""The table of counts on the report page: what became of every row."""

from registers.texts import Texts, group_digits
from registers.validation import page_words as say
from registers.validation.page_voice import Voice, every_table
from registers.validation.reporting import TableReport, ValidationReport

_MARKS = {
    "refused": "refused",
    "nothing": "refused",
    "partly": "warned",
    "with warnings": "warned",
    "accepted": "good",
}
_COUNTS: tuple[tuple[str, Texts], ...] = (
    ("read", say.READ),
    ("accepted", say.ACCEPTED),
    ("repaired", say.REPAIRED),
    ("already_known", say.KNOWN),
    ("set_aside", say.SET_ASIDE),
)


def counts_section(voice: Voice, report: ValidationReport) -> str:
    """Every table that was delivered with its counts and its state, and the sums.

    Roles are written out: on a narrow screen the style sheet turns rows into blocks, and some
    browsers would then forget that they were a table.
    """
    tables = [table for table in every_table(report) if not table.is_absent]
    columns = [
        (name, label)
        for name, label in _COUNTS
        if name != "already_known" or any(table.already_known for table in tables)
    ]
    head = "".join(
        f'<th scope="col" role="columnheader">{voice.text(label)}</th>'
        for label in (say.TABLE, *(label for _, label in columns), say.STATE)
    )
    rows = "\n".join(_row(voice, table, columns) for table in tables)
    return voice.section(
        say.COUNTS,
        f'<table role="table"><caption>{voice.text(say.COUNTS_NOTE)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}\n</tbody>\n'
        f'<tfoot role="rowgroup">{_total(voice, tables, columns)}</tfoot></table>',
    )


def _row(voice: Voice, table: TableReport, columns: list[tuple[str, Texts]]) -> str:
    cells = "".join(
        _cell(voice, label, group_digits(getattr(table, name))) for name, label in columns
    )
    state = _state(table)
    mark = f'<span class="mark {_MARKS.get(state, "other")}">{voice.text(say.STATES[state])}</span>'
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{voice.name(table.name)}</th>'
        f"{cells}{_cell(voice, say.STATE, mark)}</tr>"
    )


def _state(table: TableReport) -> str:
    if table.state == "accepted" and table.set_aside:
        return "partly" if table.accepted else "nothing"
    return table.state


def _total(voice: Voice, tables: list[TableReport], columns: list[tuple[str, Texts]]) -> str:
    cells = "".join(
        _cell(voice, label, group_digits(sum(getattr(table, name) for table in tables)))
        for name, label in columns
    )
    head = f'<th scope="row" role="rowheader">{voice.text(say.TOTAL)}</th>'
    return f'<tr role="row">{head}{cells}<td role="cell"></td></tr>'


def _cell(voice: Voice, label: Texts, value: str) -> str:
    return f'<td role="cell" data-label="{voice.text(label)}">{value}</td>'
