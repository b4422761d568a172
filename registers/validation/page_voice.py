"""One language of the report page: statements, names of tables and figures as safe HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from registers.register_names import REGISTER_NAMES
from registers.texts import Texts
from registers.validation import page_words as say
from registers.validation.findings import Finding
from registers.validation.reporting import TableReport, ValidationReport

_SHORT_HASH = 12


@dataclass(frozen=True)
class Voice:
    """Speaks one language; whatever it returns is escaped."""

    language: str

    def text(self, texts: Texts, **values: object) -> str:
        """A statement with its {names} filled in; what stands in backticks becomes code."""
        said = texts.format(**values) if values else texts
        return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(said.in_language(self.language)))

    def name(self, table: str) -> str:
        """A table by its words and by its name in files; withdrawals are told apart."""
        own = table.removesuffix(" withdrawn")
        label = REGISTER_NAMES[own]
        if own != table:
            label = say.WITHDRAWN.format(table=label)
        said = label.in_language(self.language)
        return f"{escape(said[:1].upper() + said[1:])} {code(table)}"

    def finding(self, finding: Finding) -> str:
        """A finding with the way to let it pass, or with the word that it was let pass."""
        said = self.text(finding.texts)
        column = finding.measure.column
        said = said.replace(column, code(column), 1) if column else said[:1].upper() + said[1:]
        if finding.level == "stop":
            return f"{said} {self.text(say.ACCEPT)} {code(f'--accept {finding.name}')}"
        return f"{said} {self.text(say.ACCEPTED_ANYWAY)}" if finding.is_accepted else said

    def section(self, head: Texts, body: str) -> str:
        """A part of the page under its heading."""
        return f"<section><h2>{self.text(head)}</h2>\n{body}</section>"


def code(name: str) -> str:
    """A name of files or columns, the same in every language."""
    return f"<code>{escape(name)}</code>"


def short(sha256: str | None) -> str:
    """The beginning of a hash, or nothing where there is none."""
    return code(f"{sha256[:_SHORT_HASH]}…") if sha256 else ""


def listing(items: Iterable[str], kind: str = "") -> str:
    """A list of statements."""
    mark = f' class="{kind}"' if kind else ""
    return f"<ul{mark}>{''.join(f'<li>{item}</li>' for item in items)}</ul>\n"


def every_table(report: ValidationReport) -> tuple[TableReport, ...]:
    """The tables and the withdrawals of a report."""
    return (*report.tables.values(), *report.withdrawals.values())


def doubts(table: TableReport) -> Iterator[Finding | int | Texts]:
    """What a person should hear of: findings that only warn, then keys of an older state, then
    whose rows are not all known."""
    yield from (finding for finding in table.findings if finding.level == "warn")
    if table.n_older_state:
        yield table.n_older_state
    if table.unknown_texts is not None:
        yield table.unknown_texts
