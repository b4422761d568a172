"""What validation tells: a report for programs (JSON), for people (HTML) and for the console.

A report holds counts, codes and row numbers, never the values of a row.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from registers.texts import group_digits

N_ROWS_SHOWN = 3


@dataclass(frozen=True)
class Reason:
    """How many rows of a table were set aside for one fault of some columns, and the first."""

    code: str
    columns: str
    n_rows: int
    first_rows: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """The reason as a part of a sentence: orphan in case_id (rows 14, 981, 7732)."""
        rows = ", ".join(str(row) for row in self.first_rows)
        more = ", …" if self.n_rows > len(self.first_rows) else ""
        where = f" in {self.columns}" if self.columns else ""
        return f"{self.code}{where} ({'row' if self.n_rows == 1 else 'rows'} {rows}{more})"


@dataclass(frozen=True)
class TableReport:
    """What became of one table; `read == accepted + set_aside` always.

    Attributes:
        repaired: accepted rows that a stated rule changed. No rule changes a value today, so the
            count is 0; it stands here because readers of the report rely on it.
        refused: why the whole table cannot be used, or None.
        n_older_state: keys of which a row was set aside while an older row stays in force.
        verdict: what Great Expectations recorded: expectations, and unexpected rows by check.
    """

    name: str
    read: int = 0
    accepted: int = 0
    repaired: int = 0
    set_aside: int = 0
    refused: str | None = None
    is_absent: bool = False
    source_file: str | None = None
    source_sha256: str | None = None
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    n_older_state: int = 0
    verdict: Mapping[str, Any] | None = None

    @property
    def sentence(self) -> str:
        """The table in one sentence for the operator."""
        if self.refused:
            return self.refused
        if self.is_absent:
            return f"{self.name}: not delivered; nothing is known from it."
        if not self.set_aside:
            return f"{self.name}: {group_digits(self.read)} rows, all accepted."
        reasons = "; ".join(reason.sentence for reason in self.reasons)
        return (
            f"{self.name}: {group_digits(self.set_aside)} of {group_digits(self.read)} rows set "
            f"aside, {reasons}. See quarantine/{self.name}.parquet."
        )

    @property
    def n_by_reason(self) -> dict[str, int]:
        """How many rows were set aside for each reason; the counts add up to set_aside."""
        counts: Counter[str] = Counter()
        for reason in self.reasons:
            counts[reason.code] += reason.n_rows
        return dict(counts)

    def as_dict(self) -> dict[str, Any]:
        """The table in report.json."""
        return {
            "read": self.read,
            "accepted": self.accepted,
            "repaired": self.repaired,
            "set_aside": self.set_aside,
            "refused": self.refused,
            "absent": self.is_absent,
            "source_file": self.source_file,
            "source_sha256": self.source_sha256,
            "reasons": self.n_by_reason,
            "older_state_in_force": self.n_older_state,
            "notes": list(self.notes),
            "verdict": self.verdict,
        }


@dataclass(frozen=True)
class ValidationReport:
    """What became of an extract."""

    legal_order: str
    judge: str
    tables: Mapping[str, TableReport]
    ignored_files: tuple[str, ...] = ()
    description: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 clean, 11 rows set aside, 12 a table unusable."""
        if any(table.refused for table in self.tables.values()):
            return 12
        return 11 if any(table.set_aside for table in self.tables.values()) else 0

    @property
    def absent(self) -> tuple[str, ...]:
        """The tables that were not delivered."""
        return tuple(name for name, table in self.tables.items() if table.is_absent)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report for the console, a sentence per table and per file that was left alone."""
        ignored = [f"{name}: no table of the contract; not read." for name in self.ignored_files]
        return (*(table.sentence for table in self.tables.values()), *ignored)

    def as_dict(self) -> dict[str, Any]:
        """The content of report.json."""
        return {
            "written_by": "chora validate",
            "legal_order": self.legal_order,
            "exit_code": self.exit_code,
            "judge": self.judge,
            "tables": {name: table.as_dict() for name, table in self.tables.items()},
            "absent": list(self.absent),
            "ignored_files": list(self.ignored_files),
        }

    def as_html(self) -> str:
        """report.html: one page that needs nothing from outside and fits a narrow screen."""
        counts = "".join(_counts_row(table) for table in self.tables.values())
        details = "".join(_details(table) for table in self.tables.values())
        ignored = "".join(
            f"<li>{escape(n)}: no table of the contract</li>" for n in self.ignored_files
        )
        return _PAGE.format(
            verdict=escape(_VERDICTS[self.exit_code]),
            kind={0: "clean", 11: "some", 12: "unusable"}[self.exit_code],
            legal_order=escape(self.legal_order),
            judge=escape(self.judge),
            counts=counts,
            details=details,
            ignored=f"<h2>Files that were not read</h2><ul>{ignored}</ul>" if ignored else "",
        )


_VERDICTS: Mapping[int, str] = {
    0: "Every row was accepted.",
    11: "Some rows were set aside. The others can be used.",
    12: "A table cannot be used. Correct the extract and validate it again.",
}

_COUNTS: tuple[tuple[str, str], ...] = (
    ("read", "Read"),
    ("accepted", "Accepted"),
    ("repaired", "Repaired"),
    ("set_aside", "Set aside"),
)


def _counts_row(table: TableReport) -> str:
    state = "refused" if table.refused else "not delivered" if table.is_absent else ""
    cells = "".join(
        f'<td data-label="{label}">{group_digits(getattr(table, name))}</td>'
        for name, label in _COUNTS
    )
    note = f" <small>{state}</small>" if state else ""
    return f'<tr><th scope="row">{escape(table.name)}{note}</th>{cells}</tr>\n'


def _details(table: TableReport) -> str:
    lines = [table.refused] if table.refused else []
    lines += [f"{group_digits(reason.n_rows)} × {reason.sentence}" for reason in table.reasons]
    if table.n_older_state:
        lines.append(
            f"{group_digits(table.n_older_state)} keys keep an older state in force, because a "
            "later row of theirs was set aside. Correct these rows first."
        )
    lines += table.notes
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h3>{escape(table.name)}</h3><ul>{items}</ul>\n" if lines else ""


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Validation of registers</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }}
.verdict {{ border-left: .5rem solid; padding: .5rem 1rem; font-weight: 600; }}
.clean {{ border-color: #00703c; }} .some {{ border-color: #b58105; }}
.unusable {{ border-color: #b10e1e; }}
table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: left; }}
th, td {{ border-bottom: 1px solid #b1b4b6; padding: .25rem .5rem; text-align: right; }}
th:first-child {{ text-align: left; }}
li {{ overflow-wrap: anywhere; }}
@media (max-width: 40rem) {{
  thead {{ position: absolute; left: -10000px; }}
  tr, th, td {{ display: block; border: 0; text-align: left; padding: 0; }}
  tr {{ border-bottom: 1px solid #b1b4b6; padding: .5rem 0; }}
  td::before {{ content: attr(data-label) ": "; }}
}}
</style>
</head>
<body>
<h1>Validation of registers</h1>
<p class="verdict {kind}">{verdict}</p>
<p>Legal order: {legal_order}. Verdict recorded by {judge}. Read is always accepted plus set
aside; repaired rows are accepted ones. Rows are counted from 0 in file order, the header not
counted. The rows that were set aside are in the folder quarantine, with their reasons.</p>
<table>
<caption>Rows by table</caption>
<thead><tr><th scope="col">Table</th><th scope="col">Read</th><th scope="col">Accepted</th>
<th scope="col">Repaired</th><th scope="col">Set aside</th></tr></thead>
<tbody>
{counts}</tbody>
</table>
<h2>Details</h2>
{details}{ignored}
</body>
</html>
"""
