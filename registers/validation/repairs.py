"""The four repairs: small, stated, each kept with the text before, so that it can be undone.

Trimmed spaces need no proof. Day and month, decimal commas and Cyrillic letters in Latin codes are
repaired only where the whole column proves them (`evidence`); a value of a closed list is proven
by the list. Everything else that cannot be read is set aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

from registers.contract import Column, Table
from registers.texts import Texts
from registers.validation.evidence import (
    COMMA_NUMBER,
    CYRILLIC,
    CYRILLIC_LETTERS,
    ISO_DATE,
    LATIN_LETTERS,
    LOOKS_LATIN,
    Evidence,
    Proof,
    day_of,
    reads,
)

RuleName = Literal["trimmed_spaces", "latin_letters", "day_and_month", "decimal_comma"]

RULES: Mapping[RuleName, Texts] = MappingProxyType(
    {
        "trimmed_spaces": Texts(
            uz_Latn="qiymat atrofidagi boʻsh joylar olib tashlandi",
            uz_Cyrl="қиймат атрофидаги бўш жойлар олиб ташланди",
            ru="убраны пробелы вокруг значения",
            en="spaces around the value were removed",
        ),
        "latin_letters": Texts(
            uz_Latn="koddagi kirill harflari shakli bir xil lotin harflariga almashtirildi",
            uz_Cyrl="коддаги кирилл ҳарфлари шакли бир хил лотин ҳарфларига алмаштирилди",
            ru="кириллические буквы в коде заменены одинаковыми на вид латинскими",
            en="Cyrillic letters in a code were replaced by the Latin ones that look the same",
        ),
        "day_and_month": Texts(
            uz_Latn="kun va oy tartibi butun ustun boʻyicha aniqlandi va sana 2026-01-31 "
            "koʻrinishida yozildi",
            uz_Cyrl="кун ва ой тартиби бутун устун бўйича аниқланди ва сана 2026-01-31 "
            "кўринишида ёзилди",
            ru="порядок дня и месяца доказан всем столбцом, дата записана как 2026-01-31",
            en="the order of day and month is proven by the whole column, and the date was "
            "written as in 2026-01-31",
        ),
        "decimal_comma": Texts(
            uz_Latn="kasr vergul bilan yozilgan edi, nuqtaga almashtirildi",
            uz_Cyrl="каср вергул билан ёзилган эди, нуқтага алмаштирилди",
            ru="десятичная запятая заменена точкой",
            en="a decimal comma was replaced by a point",
        ),
    }
)

REPAIRS = pl.Schema(
    {
        "row_number": pl.UInt64(),
        "column": pl.String(),
        "rule": pl.String(),
        "was": pl.String(),
        "now": pl.String(),
    }
)

SPACES = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True)
class Repaired:
    """A batch after the repairs, and what was changed: row (in the batch), column, rule, texts."""

    frame: pl.DataFrame
    changes: pl.DataFrame


def trim(frame: pl.DataFrame) -> pl.DataFrame:
    """All texts without the spaces around them; a text of spaces alone is missing."""
    texts = pl.col([name for name, dtype in frame.schema.items() if dtype == pl.String])
    stripped = texts.str.strip_chars(SPACES)
    return frame.with_columns(pl.when(stripped != "").then(stripped))


def repair(table: Table, frame: pl.DataFrame, evidence: Evidence) -> Repaired:
    """The batch with its texts trimmed and repaired as far as its columns prove it.

    Args:
        table: the table under its legal order.
        frame: the columns of the contract as delivered, categories and blanks made plain.
        evidence: what the whole columns prove.
    """
    trimmed = trim(frame)
    changes = [_changes(frame, trimmed, name, "trimmed_spaces") for name in _texts(frame)]
    mended = trimmed
    for column in table.columns:
        if mended.schema[column.name] != pl.String:
            continue
        found = _mend(table, column, evidence.of(column.name))
        if found is None:
            continue
        rule, value = found
        after = mended.with_columns(value.alias(column.name))
        changes.append(_changes(mended, after, column.name, rule))
        mended = after
    return Repaired(mended, pl.concat([REPAIRS.to_frame(), *changes]).sort("row_number"))


def _texts(frame: pl.DataFrame) -> list[str]:
    return [name for name, dtype in frame.schema.items() if dtype == pl.String]


def _changes(before: pl.DataFrame, after: pl.DataFrame, name: str, rule: RuleName) -> pl.DataFrame:
    """The cells of a column that a rule changed; a blank that became missing is no repair."""
    was, now = before[name], after[name]
    differs = (was != now).fill_null(False)
    if not differs.any():
        return REPAIRS.to_frame()
    return pl.DataFrame(
        {
            "row_number": differs.arg_true(),
            "column": name,
            "rule": rule,
            "was": was.filter(differs),
            "now": now.filter(differs),
        }
    ).cast(REPAIRS)


def _mend(table: Table, column: Column, proof: Proof) -> tuple[RuleName, pl.Expr] | None:
    text = pl.col(column.name)
    if column.kind == "date":
        if proof.year_last is None and proof.year_first is None:
            return None
        return "day_and_month", _iso_days(table, column, proof)
    if column.kind in ("int", "som", "float"):
        if not proof.decimal_comma:
            return None
        is_comma = text.str.contains(COMMA_NUMBER)
        return "decimal_comma", pl.when(is_comma).then(_with_point(text)).otherwise(text)
    if column.kind in ("id", "text"):
        return _latin(column, proof)
    return None


def _with_point(text: pl.Expr) -> pl.Expr:
    return text.str.replace(",", ".", literal=True)


def _iso_days(table: Table, column: Column, proof: Proof) -> pl.Expr:
    """Dates in ISO order. A text in strict ISO form stays unless the column proves it swapped."""
    text = pl.col(column.name)
    value: pl.Expr = text
    for layout, place in (("year_last", proof.year_last), ("year_first", proof.year_first)):
        if place is None:
            continue
        written = day_of(column.name, layout, place).dt.to_string("%Y-%m-%d")
        applies = reads(table, column, layout, place)
        if (layout, place) == ("year_first", "last"):
            applies = applies & ~text.str.contains(ISO_DATE)
        value = pl.when(applies).then(written).otherwise(value)
    return value


def _latin(column: Column, proof: Proof) -> tuple[RuleName, pl.Expr] | None:
    text = pl.col(column.name)
    letters = text.str.replace_many(list(CYRILLIC_LETTERS), list(LATIN_LETTERS))
    applies = text.str.contains(CYRILLIC) & text.str.contains(LOOKS_LATIN)
    if column.values is not None:
        applies = applies & letters.is_in(list(column.values))
    elif not proof.is_latin:
        return None
    return "latin_letters", pl.when(applies).then(letters).otherwise(text)
