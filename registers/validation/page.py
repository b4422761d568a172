"""report.html: one page in four languages that needs nothing from outside and fits a phone.

Uzbek in Latin letters stands first and is shown first. The language is chosen with radio buttons
and the style sheet alone: there is no script, so the page opens from any disk, and in print.
"""

from html import escape

from registers.texts import LANGUAGES
from registers.validation import page_words as say
from registers.validation.page_parts import part_in
from registers.validation.page_style import style
from registers.validation.reporting import ValidationReport


def as_page(report: ValidationReport) -> str:
    """The report as one self-contained page; it holds no value of a row."""
    parts = "\n".join(_part(report, language) for language in LANGUAGES)
    return _PAGE.format(
        lang=say.LANGUAGE_TAGS[LANGUAGES[0]],
        title=escape(say.TITLE.in_language(LANGUAGES[0])),
        style=style(LANGUAGES),
        choice=_choice(),
        parts=parts,
    )


def _part(report: ValidationReport, language: str) -> str:
    tag = say.LANGUAGE_TAGS[language]
    body = part_in(language, report)
    return f'<div class="part part-{language}" lang="{tag}">\n{body}\n</div>'


def _choice() -> str:
    """The switch of languages, each named in itself."""
    radios = "\n".join(
        f'<label lang="{say.LANGUAGE_TAGS[code]}"><input type="radio" name="language" '
        f'id="show-{code}"{" checked" if code == LANGUAGES[0] else ""}>{escape(name)}</label>'
        for code, name in say.LANGUAGE_NAMES.items()
    )
    return (
        f'<fieldset class="languages"><legend>{escape(say.CHOICE)}</legend>\n{radios}\n</fieldset>'
    )


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{choice}
{parts}
</main>
</body>
</html>
"""
