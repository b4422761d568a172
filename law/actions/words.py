"""Sentences for many rows at once: one template per ground, filled column by column.

A template is what `law.sentences` says where each fact is replaced by its own name in braces, so
that the words of a batch are those of a single case.
"""

import re
from collections.abc import Iterable, Mapping

import polars as pl

from law.words import fill, value_texts
from registers.texts import LANGUAGES, Texts

_MARK = re.compile(r"\{(\w+)\}")


def marks(names: Iterable[str], missing: str | None = None) -> dict[str, object]:
    """Each fact as its own name in braces; the missing one as unknown.

    >>> marks(["outstanding_som", "served_on"], missing="served_on")
    {'outstanding_som': '{outstanding_som}', 'served_on': None}
    """
    return {name: None if name == missing else f"{{{name}}}" for name in names}


def template_of(text: Texts | None, names: Iterable[str]) -> Texts | None:
    """A sentence of a condition as a template."""
    return None if text is None else fill(text, marks(names))


def marked_in(*templates: Texts | None) -> list[str]:
    """The names of the facts that templates ask for, sorted."""
    texts = [text for t in templates if t is not None for text in t.as_dict().values()]
    return sorted({name for text in texts for name in _MARK.findall(text)})


def tell(
    facts: pl.DataFrame, height: int, template: Texts | None, currency: str, prefix: str
) -> Mapping[str, pl.Series]:
    """The template filled in for each row of the facts, as the columns `<prefix>_<language>`.

    `height` is the number of rows, also where no fact is asked for.
    """
    if template is None:
        nothing = pl.repeat(None, height, dtype=pl.String, eager=True)
        return {f"{prefix}_{language}": nothing for language in LANGUAGES}
    spoken = {name: _spoken(facts[name], name, currency) for name in marked_in(template)}
    return {
        f"{prefix}_{language}": _filled(text, language, spoken, height)
        for language, text in template.as_dict().items()
    }


def _spoken(values: pl.Series, name: str, currency: str) -> pl.DataFrame:
    """The values of one fact in each language; each different value is put into words once."""
    values = values.alias("value")
    different = values.unique(maintain_order=True)
    texts = [value_texts(name, value, currency).as_dict() for value in different.to_list()]
    said = pl.DataFrame({language: [t[language] for t in texts] for language in LANGUAGES})
    return values.to_frame().join(
        said.with_columns(different),
        on="value",
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )


def _filled(text: str, language: str, spoken: Mapping[str, pl.DataFrame], height: int) -> pl.Series:
    parts = _MARK.split(text)  # literal, name, literal, name, … literal
    if len(parts) == 1:
        return pl.repeat(text, height, dtype=pl.String, eager=True)
    pieces: list[pl.Expr | pl.Series] = [
        spoken[part][language] if place % 2 else pl.lit(part) for place, part in enumerate(parts)
    ]
    frame = pl.DataFrame({"_row": pl.int_range(height, eager=True)})
    whole = frame.select(pl.concat_str(pieces).alias("text"))["text"]
    return whole.str.replace_all("г..", "г.", literal=True) if language == "ru" else whole
