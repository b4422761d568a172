"""report.html: one page that needs nothing from outside and fits a narrow screen."""

from collections.abc import Mapping
from html import escape

from registers.texts import group_digits
from registers.validation.reporting import TableReport, ValidationReport


def as_page(report: ValidationReport) -> str:
    """The report as one self-contained page; it holds no value of a row."""
    counts = "".join(_counts_row(table) for table in report.tables.values())
    details = "".join(_details(table) for table in report.tables.values())
    ignored = "".join(
        f"<li>{escape(n)}: no table of the contract</li>" for n in report.ignored_files
    )
    return _PAGE.format(
        verdict=escape(_VERDICTS[report.exit_code]),
        kind={0: "clean", 11: "some", 12: "unusable"}[report.exit_code],
        legal_order=escape(report.legal_order),
        judge=escape(report.judge),
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
    lines += [finding.sentence for finding in table.findings]
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
