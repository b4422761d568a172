"""The report page in one language: verdict, what to do first, warnings, counts, details, origin."""

from collections.abc import Iterator
from datetime import date
from html import escape

from registers.texts import Texts, format_date, group_digits
from registers.validation import page_words as say
from registers.validation.findings import Finding
from registers.validation.page_counts import counts_section
from registers.validation.page_details import details_section
from registers.validation.page_voice import Voice, code, doubts, every_table, listing, short
from registers.validation.reporting import TableReport, ValidationReport


def part_in(language: str, report: ValidationReport) -> str:
    """All sections in one of LANGUAGES; those that have nothing to tell are left out."""
    voice = Voice(language)
    sections = (
        f"<h1>{voice.text(say.TITLE)}</h1>",
        _verdict(voice, report),
        _first(voice, report),
        _warnings(voice, report),
        counts_section(voice, report),
        details_section(voice, report),
        _absent(voice, report),
        _not_read(voice, report),
        _origin(voice, report),
    )
    return "\n".join(section for section in sections if section)


def _verdict(voice: Voice, report: ValidationReport) -> str:
    outcome = report.exit_code
    kind = {0: "clean", 11: "some", 12: "unusable"}[outcome]
    n_doubts = sum(len(list(doubts(table))) for table in every_table(report))
    steps = [voice.text(say.NEXT_STEPS[outcome])] if outcome or not n_doubts else []
    steps += [voice.text(say.DOUBTS, n=n_doubts)] if n_doubts else []
    return (
        f'<div class="verdict {kind}"><p>{voice.text(say.VERDICTS[outcome])}</p>\n'
        f"<p>{' '.join(steps)}</p></div>"
    )


def _first(voice: Voice, report: ValidationReport) -> str:
    items = [_stop(voice, table) for table in every_table(report) if table.refused]
    return voice.section(say.FIRST, listing(items, "first")) if items else ""


def _stop(voice: Voice, table: TableReport) -> str:
    told = [voice.finding(finding) for finding in table.findings if finding.level == "stop"]
    if table.refused_texts is not None:
        detail = f" {code(table.refused_detail)}" if table.refused_detail else ""
        told.append(voice.text(table.refused_texts) + detail)
    return f"<strong>{voice.name(table.name)}</strong><br>{'<br>'.join(told)}"


def _warnings(voice: Voice, report: ValidationReport) -> str:
    items = [
        f"<strong>{voice.name(table.name)}</strong><br>{told}"
        for table in every_table(report)
        for told in _doubts(voice, table)
    ]
    if items:
        return voice.section(say.WARNINGS, listing(items, "warnings"))
    if any(table.refused for table in every_table(report)):
        return ""
    return voice.section(say.WARNINGS, f"<p>{voice.text(say.NO_WARNINGS)}</p>")


def _doubts(voice: Voice, table: TableReport) -> Iterator[str]:
    for doubt in doubts(table):
        if isinstance(doubt, Finding):
            yield voice.finding(doubt)
        elif isinstance(doubt, Texts):
            yield voice.text(doubt)
        else:
            yield voice.text(say.OLDER_STATE, n=group_digits(doubt))


def _absent(voice: Voice, report: ValidationReport) -> str:
    if not report.absent:
        return ""
    names = listing(voice.name(name) for name in report.absent)
    return voice.section(say.ABSENT, f"<p>{voice.text(say.ABSENT_NOTE)}</p>\n{names}")


def _not_read(voice: Voice, report: ValidationReport) -> str:
    if not report.ignored_files:
        return ""
    names = listing(code(name) for name in report.ignored_files)
    return voice.section(say.NOT_READ, f"<p>{voice.text(say.NOT_READ_NOTE)}</p>\n{names}")


def _origin(voice: Voice, report: ValidationReport) -> str:
    facts = (
        (say.SOURCE, code(report.source)),
        (say.LEGAL_ORDER, code(report.legal_order)),
        (say.DAY, _day(voice, report.stated_day)),
        (say.MANIFEST, short(report.manifest_sha256) or voice.text(say.NO_MANIFEST)),
        (say.COMPARED, code(report.last) if report.last else voice.text(say.WITH_NOTHING)),
        (say.JUDGE, escape(report.judge)),
        (say.FILES, _files(report)),
    )
    terms = "\n".join(f"<dt>{voice.text(term)}</dt><dd>{fact}</dd>" for term, fact in facts)
    return voice.section(say.ORIGIN, f"<dl>{terms}</dl>")


def _day(voice: Voice, day: date | None) -> str:
    return format_date(day, voice.language) if day else voice.text(say.NOT_STATED)


def _files(report: ValidationReport) -> str:
    return "<br>".join(
        f"{code(table.source_file)} {short(table.source_sha256)}"
        for table in every_table(report)
        if table.source_file
    )
