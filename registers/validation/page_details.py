"""The details on the report page: of each table its reasons, repairs and notes."""

from registers.texts import group_digits
from registers.validation import page_words as say
from registers.validation.page_voice import Voice, code, every_table, listing
from registers.validation.reasons import Reason
from registers.validation.repairs import RULES
from registers.validation.reporting import TableReport, ValidationReport


def details_section(voice: Voice, report: ValidationReport) -> str:
    """Table by table what was set aside, repaired and noticed; no value of a row."""
    told = [(table, _details(voice, table)) for table in every_table(report)]
    parts = [f"<h3>{voice.name(table.name)}</h3>\n{body}" for table, body in told if body]
    nothing = say.ALL_ACCEPTED if report.exit_code == 0 else say.NONE_ASIDE
    body = "".join(parts) or f"<p>{voice.text(nothing)}</p>"
    note = f'<p class="quiet">{voice.text(say.ROWS_NOTE)}</p>\n'
    return voice.section(say.DETAILS, note + body)


def _details(voice: Voice, table: TableReport) -> str:
    return _aside(voice, table) + _repairs(voice, table) + _remarks(voice, table)


def _aside(voice: Voice, table: TableReport) -> str:
    if not table.set_aside:
        return ""
    return (
        f"<h4>{voice.text(say.ASIDE_HEAD, n=group_digits(table.set_aside))}</h4>\n"
        f"{listing(_reason(voice, reason) for reason in table.reasons)}"
        f"{_where(voice.text(say.ASIDE_FILE, file=f'quarantine/{table.file}'))}"
    )


def _reason(voice: Voice, reason: Reason) -> str:
    rows = ", ".join(map(group_digits, reason.first_rows))
    is_all = reason.n_rows == len(reason.first_rows)
    where = voice.text(say.ONLY_ROWS if is_all else say.FIRST_ROWS, rows=rows)
    told = voice.text(reason.texts) if reason.texts else ""
    return (
        f"<strong>{group_digits(reason.n_rows)} ×</strong> {told} "
        f'<span class="quiet">{where}. {code(reason.code)}</span>'
    )


def _repairs(voice: Voice, table: TableReport) -> str:
    if not table.repaired:
        return ""
    items = [
        f"{code(column)}: {group_digits(n)} × {voice.text(RULES[rule])}"
        for rule in RULES
        for column, n in table.repairs.get(rule, {}).items()
    ]
    return (
        f"<h4>{voice.text(say.REPAIRS_HEAD, n=group_digits(table.repaired))}</h4>\n"
        f"{listing(items)}{_where(voice.text(say.REPAIRS_FILE, file=f'repairs/{table.file}'))}"
    )


def _remarks(voice: Voice, table: TableReport) -> str:
    if not table.remarks:
        return ""
    notes = listing(voice.text(note.texts) for note in table.remarks)
    return f"<h4>{voice.text(say.REMARKS)}</h4>\n{notes}"


def _where(said: str) -> str:
    return f'<p class="quiet">{said}</p>\n'
