"""The sections of the report page in one language; text and names are escaped here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from registers.texts import Texts, format_date, group_digits
from registers.validation import page_words as say
from registers.validation.findings import Finding
from registers.validation.repairs import RULES
from registers.validation.reporting import Reason, TableReport, ValidationReport

_MARKS = {"refused": "refused", "with warnings": "warned", "accepted": "good"}
_COUNTS: tuple[tuple[str, Texts], ...] = (
    ("read", say.READ),
    ("accepted", say.ACCEPTED),
    ("repaired", say.REPAIRED),
    ("already_known", say.KNOWN),
    ("set_aside", say.SET_ASIDE),
)
_SHORT_HASH = 12


@dataclass(frozen=True)
class Part:
    """The report in one language."""

    report: ValidationReport
    language: str

    def html(self) -> str:
        """All sections; those that have nothing to tell are left out."""
        return "\n".join(
            section
            for section in (
                f"<h1>{self.text(say.TITLE)}</h1>",
                self._verdict(),
                self._first(),
                self._warnings(),
                self._counts(),
                self._details(),
                self._absent(),
                self._not_read(),
                self._origin(),
            )
            if section
        )

    def text(self, texts: Texts, **values: object) -> str:
        """A statement in the language of this part, escaped; `names` in backticks as code."""
        said = (
            texts.format(**values).in_language(self.language)
            if values
            else texts.in_language(self.language)
        )
        return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(said, quote=False))

    def name(self, name: str) -> str:
        """A table by its words and its name in files; withdrawals told apart."""
        table = name.removesuffix(" withdrawn")
        label = say.TABLES[table].in_language(self.language)
        if table != name:
            label = say.WITHDRAWN.format(table=label).in_language(self.language)
        return f"{escape(label[:1].upper() + label[1:])} <code>{escape(name)}</code>"

    @property
    def _every(self) -> tuple[TableReport, ...]:
        return (*self.report.tables.values(), *self.report.withdrawals.values())

    def _verdict(self) -> str:
        code = self.report.exit_code
        kind = {0: "clean", 11: "some", 12: "unusable"}[code]
        n_doubts = sum(len(list(_doubts(table))) for table in self._every)
        steps = [self.text(say.NEXT_STEPS[code])] if code or not n_doubts else []
        steps += [self.text(say.DOUBTS, n=n_doubts)] if n_doubts else []
        return (
            f'<div class="verdict {kind}"><p>{self.text(say.VERDICTS[code])}</p>'
            f"<p>{' '.join(steps)}</p></div>"
        )

    def _first(self) -> str:
        items = [self._stop(table) for table in self._every if table.refused]
        return self._section(say.FIRST, _list(items, "first")) if items else ""

    def _stop(self, table: TableReport) -> str:
        told = [self._finding(f) for f in table.findings if f.level == "stop"]
        if table.refused_texts is not None:
            told.append(self.text(table.refused_texts) + _detail(table.refused_detail))
        return f"<strong>{self.name(table.name)}</strong><br>{'<br>'.join(told)}"

    def _finding(self, finding: Finding) -> str:
        said = self.text(finding.texts)
        said = said[:1].upper() + said[1:]
        if finding.level == "stop":
            way = f"<code>--accept {escape(finding.name)}</code>"
            return f"{said} {self.text(say.ACCEPT)} {way}"
        return f"{said} {self.text(say.ACCEPTED_ANYWAY)}" if finding.is_accepted else said

    def _warnings(self) -> str:
        items = [
            f"<strong>{self.name(table.name)}</strong><br>{told}"
            for table in self._every
            for told in self._doubts_of(table)
        ]
        body = _list(items, "warnings") if items else f"<p>{self.text(say.NO_WARNINGS)}</p>"
        return self._section(say.WARNINGS, body)

    def _doubts_of(self, table: TableReport) -> Iterator[str]:
        for doubt in _doubts(table):
            if isinstance(doubt, Finding):
                yield self._finding(doubt)
            else:
                yield self.text(say.OLDER_STATE, n=group_digits(doubt))

    def _counts(self) -> str:
        head = "".join(
            f'<th scope="col" role="columnheader">{self.text(words)}</th>'
            for words in (say.TABLE, *(label for _, label in _COUNTS), say.STATE)
        )
        rows = "\n".join(self._row(t) for t in self._every if not t.is_absent)
        return self._section(
            say.COUNTS,
            f'<table role="table"><caption>{self.text(say.COUNTS_NOTE)}</caption>\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            f'<tbody role="rowgroup">\n{rows}\n</tbody>\n'
            f'<tfoot role="rowgroup">{self._total()}</tfoot></table>',
        )

    def _row(self, table: TableReport) -> str:
        cells = "".join(
            self._cell(label, group_digits(getattr(table, name))) for name, label in _COUNTS
        )
        mark = _MARKS.get(table.state, "other")
        state = f'<span class="mark {mark}">{self.text(say.STATES[table.state])}</span>'
        return (
            f'<tr role="row"><th scope="row" role="rowheader">{self.name(table.name)}</th>'
            f"{cells}{self._cell(say.STATE, state)}</tr>"
        )

    def _total(self) -> str:
        cells = "".join(
            self._cell(label, group_digits(sum(getattr(table, name) for table in self._every)))
            for name, label in _COUNTS
        )
        head = f'<th scope="row" role="rowheader">{self.text(say.TOTAL)}</th>'
        return f'<tr role="row">{head}{cells}{self._cell(say.STATE, "")}</tr>'

    def _cell(self, label: Texts, value: str) -> str:
        name = escape(label.in_language(self.language))
        return f'<td role="cell" data-label="{name}">{value}</td>'

    def _details(self) -> str:
        told = [(table, self._detail_of(table)) for table in self._every]
        parts = [f"<h3>{self.name(table.name)}</h3>{body}" for table, body in told if body]
        body = "\n".join(parts) or f"<p>{self.text(say.ALL_ACCEPTED)}</p>"
        note = f'<p class="quiet">{self.text(say.ROWS_NOTE)}</p>'
        return self._section(say.DETAILS, note + body)

    def _detail_of(self, table: TableReport) -> str:
        return self._aside(table) + self._repairs(table) + self._remarks(table)

    def _aside(self, table: TableReport) -> str:
        if not table.set_aside:
            return ""
        file = f"quarantine/{table.file}"
        return (
            f"<h4>{self.text(say.ASIDE_HEAD, n=group_digits(table.set_aside))}</h4>"
            f"{_list(map(self._reason, table.reasons))}"
            f'<p class="quiet">{self.text(say.ASIDE_FILE, file=file)}</p>'
        )

    def _reason(self, reason: Reason) -> str:
        rows = ", ".join(map(group_digits, reason.first_rows))
        is_all = reason.n_rows == len(reason.first_rows)
        where = self.text(say.ONLY_ROWS if is_all else say.FIRST_ROWS, rows=rows)
        told = self.text(reason.texts) if reason.texts else ""
        return (
            f"<strong>{group_digits(reason.n_rows)} ×</strong> {told} "
            f'<span class="quiet">{where}. <code>{escape(reason.code)}</code></span>'
        )

    def _repairs(self, table: TableReport) -> str:
        if not table.repaired:
            return ""
        items = [
            f"<code>{escape(column)}</code>: {group_digits(n)} × {self.text(RULES[rule])}"
            for rule in RULES
            for column, n in table.repairs.get(rule, {}).items()
        ]
        file = f"repairs/{table.file}"
        return (
            f"<h4>{self.text(say.REPAIRS_HEAD, n=group_digits(table.repaired))}</h4>"
            f'{_list(items)}<p class="quiet">{self.text(say.REPAIRS_FILE, file=file)}</p>'
        )

    def _remarks(self, table: TableReport) -> str:
        if not table.remarks:
            return ""
        notes = _list(self.text(note.texts) for note in table.remarks)
        return f"<h4>{self.text(say.REMARKS)}</h4>{notes}"

    def _absent(self) -> str:
        if not self.report.absent:
            return ""
        names = _list(self.name(name) for name in self.report.absent)
        return self._section(say.ABSENT, f"<p>{self.text(say.ABSENT_NOTE)}</p>{names}")

    def _not_read(self) -> str:
        if not self.report.ignored_files:
            return ""
        names = _list(f"<code>{escape(name)}</code>" for name in self.report.ignored_files)
        return self._section(say.NOT_READ, f"<p>{self.text(say.NOT_READ_NOTE)}</p>{names}")

    def _origin(self) -> str:
        report = self.report
        facts = (
            (say.SOURCE, escape(report.source)),
            (say.LEGAL_ORDER, escape(report.legal_order)),
            (say.DAY, self._day(report.stated_day)),
            (say.MANIFEST, _short(report.manifest_sha256) or self.text(say.NO_MANIFEST)),
            (say.COMPARED, escape(report.last) if report.last else self.text(say.WITH_NOTHING)),
            (say.JUDGE, escape(report.judge)),
            (say.FILES, self._files()),
        )
        terms = "".join(f"<dt>{self.text(term)}</dt><dd>{fact}</dd>" for term, fact in facts)
        return self._section(say.ORIGIN, f"<dl>{terms}</dl>")

    def _day(self, day: date | None) -> str:
        return format_date(day, self.language) if day else self.text(say.NOT_STATED)

    def _files(self) -> str:
        return "<br>".join(
            f"{escape(table.source_file)} {_short(table.source_sha256)}"
            for table in self._every
            if table.source_file
        )

    def _section(self, head: Texts, body: str) -> str:
        return f"<section><h2>{self.text(head)}</h2>{body}</section>"


def _doubts(table: TableReport) -> Iterator[Finding | int]:
    """What a person should hear of: findings that only warn, and keys of an older state."""
    yield from (finding for finding in table.findings if finding.level == "warn")
    if table.n_older_state:
        yield table.n_older_state


def _detail(detail: str) -> str:
    return f" <code>{escape(detail)}</code>" if detail else ""


def _short(sha256: str | None) -> str:
    return f"<code>{escape(sha256[:_SHORT_HASH])}…</code>" if sha256 else ""


def _list(items: Iterable[str], kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    return f"<ul{mark}>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
