"""The repairs: small, stated, each kept with the text before, so that it can be undone.

Trimmed spaces, marks of missing values and instants with a time zone need no proof. Day and month,
decimal commas, groups of digits, true and false in other words, ids such as 17.0 and Cyrillic
letters in Latin codes are repaired only where the whole column proves them (`evidence`); a value of
a closed list is proven by the list, and a reference that leads nowhere by the table that it names
(`references`). Everything else that cannot be read is set aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import polars as pl

from registers.contract import Column, Table
from registers.sources.instants import day_of_zoned_text, is_zoned_text
from registers.texts import Texts
from registers.uzbek import words
from registers.validation import groups, id_forms
from registers.validation.booleans import as_true_false
from registers.validation.evidence import (
    COMMA_NUMBER,
    CYRILLIC,
    CYRILLIC_LETTERS,
    EXACT_FLOAT,
    ISO_DATE,
    LATIN_LETTERS,
    LOOKS_LATIN,
    Evidence,
    Proof,
    day_of,
    reads,
)
from registers.validation.missing import without_marks

RuleName = Literal[
    "trimmed_spaces",
    "missing_mark",
    "latin_letters",
    "day_and_month",
    "day_in_tashkent",
    "decimal_comma",
    "grouped_digits",
    "true_and_false",
    "whole_number_ids",
    "unknown_reference",
]

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
        "day_in_tashkent": words(
            uz="vaqt mintaqasi koʻrsatilgan lahza Toshkentdagi kun sifatida yozildi",
            ru="момент с часовым поясом записан как день в Ташкенте",
            en="an instant with a time zone was written as the day in Tashkent",
        ),
        "decimal_comma": Texts(
            uz_Latn="kasr vergul bilan yozilgan edi, nuqtaga almashtirildi",
            uz_Cyrl="каср вергул билан ёзилган эди, нуқтага алмаштирилди",
            ru="десятичная запятая заменена точкой",
            en="a decimal comma was replaced by a point",
        ),
        "grouped_digits": words(
            uz="raqamlar guruhlari orasidagi belgilar olib tashlandi (1 234 567,00)",
            ru="убраны знаки между группами цифр (1 234 567,00)",
            en="the marks between groups of digits were removed (1 234 567,00)",
        ),
        "true_and_false": words(
            uz="`t/f`, `1/0`, `yes/no` kabi qiymatlar butun ustun boʻyicha `true` va `false` "
            "sifatida oʻqildi",
            ru="`t/f`, `1/0`, `yes/no` и подобное доказано всем столбцом и прочитано как `true` и "
            "`false`",
            en="`t/f`, `1/0`, `yes/no` and the like, proven by the whole column, were read as "
            "`true` and `false`",
        ),
        "whole_number_ids": words(
            uz="17.0 koʻrinishidagi identifikator butun ustun boʻyicha 17 sifatida oʻqildi",
            ru="идентификатор вида 17.0 доказан всем столбцом и прочитан как 17",
            en="an id such as 17.0 was read as 17, as the whole column proves",
        ),
        "missing_mark": words(
            uz="`NULL` yoki chiziqcha kabi belgi qiymat yoʻqligi deb oʻqildi",
            ru="знак вроде `NULL` или тире прочитан как отсутствие значения",
            en="a mark such as `NULL` or a dash was read as a missing value",
        ),
        "unknown_reference": words(
            uz="ixtiyoriy havola hech qanday qabul qilingan qatorga olib bormaydi: qator qoldi, "
            "havola boʻshatildi",
            ru="необязательная ссылка не ведёт ни к одной принятой строке: строка оставлена, "
            "ссылка очищена",
            en="an optional reference led to no accepted row: the row was kept and the reference "
            "emptied",
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


def prepared(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The batch after all that needs no proof: spaces, marks of missing values, instants."""
    return _steps(table, frame)[-1][1]


def _steps(table: Table, frame: pl.DataFrame) -> list[tuple[RuleName, pl.DataFrame]]:
    """The batch after each repair that needs no proof, in their order."""
    trimmed = trim(frame)
    texts = [c for c in table.columns if frame.schema[c.name] == pl.String]
    filled = trimmed.with_columns(without_marks(column) for column in texts)
    days = filled.with_columns(_in_tashkent(c.name) for c in texts if c.kind == "date")
    return [("trimmed_spaces", trimmed), ("missing_mark", filled), ("day_in_tashkent", days)]


def _in_tashkent(name: str) -> pl.Expr:
    text = pl.col(name)
    return (
        pl.when(is_zoned_text(text)).then(day_of_zoned_text(text).fill_null(text)).otherwise(text)
    )


def repair(table: Table, frame: pl.DataFrame, evidence: Evidence) -> Repaired:
    """The batch with its texts repaired as far as they, or their columns, prove it.

    Args:
        table: the table under its legal order.
        frame: the columns of the contract as delivered, categories and blanks made plain.
        evidence: what the whole columns prove.
    """
    changes, mended = _read_as_delivered(table, frame), frame
    for rule, after in _steps(table, frame):
        changes += [_changes(mended, after, name, rule) for name in _texts(frame)]
        mended = after
    for column in table.columns:
        if mended.schema[column.name] != pl.String:
            continue
        for rule, value in _mend(table, column, evidence.of(column.name)):
            after = mended.with_columns(value.alias(column.name))
            changes.append(_changes(mended, after, column.name, rule))
            mended = after
    return Repaired(mended, pl.concat([REPAIRS.to_frame(), *changes]).sort("row_number"))


def _read_as_delivered(table: Table, frame: pl.DataFrame) -> list[pl.DataFrame]:
    """What reading makes of numbers that stand for ids and for true and false (`cells`)."""
    changes = []
    for column in table.columns:
        cells, dtype = pl.col(column.name), frame.schema[column.name]
        if column.kind in ("id", "text") and dtype == pl.Float64:
            is_read = (cells == cells.round()) & (cells.abs() < EXACT_FLOAT)
            now = cells.cast(pl.Int64, strict=False).cast(pl.String)
            changes.append(_reading(frame, column, "whole_number_ids", is_read, now))
        elif column.kind == "bool" and dtype.is_numeric():
            now = pl.when(cells == 1).then(pl.lit("true")).otherwise(pl.lit("false"))
            is_read = (cells == 0) | (cells == 1)
            changes.append(_reading(frame, column, "true_and_false", is_read, now))
    return changes


def _reading(
    frame: pl.DataFrame, column: Column, rule: RuleName, is_read: pl.Expr, now: pl.Expr
) -> pl.DataFrame:
    numbered = frame.select(
        pl.int_range(pl.len()).alias("row_number"),
        pl.lit(column.name).alias("column"),
        pl.lit(rule).alias("rule"),
        pl.col(column.name).cast(pl.String).alias("was"),
        now.alias("now"),
        is_read.fill_null(False).alias("is_read"),
    )
    return numbered.filter("is_read").drop("is_read").cast(REPAIRS)


def _texts(frame: pl.DataFrame) -> list[str]:
    return [name for name, dtype in frame.schema.items() if dtype == pl.String]


def _changes(before: pl.DataFrame, after: pl.DataFrame, name: str, rule: RuleName) -> pl.DataFrame:
    """The cells of a column that a rule changed; a blank that became missing is no repair."""
    was, now = before[name], after[name]
    differs = was.ne_missing(now) if rule == "missing_mark" else (was != now).fill_null(False)
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


def _mend(table: Table, column: Column, proof: Proof) -> list[tuple[RuleName, pl.Expr]]:
    """The repairs that the column proves, in their order."""
    text = pl.col(column.name)
    if column.kind == "date":
        if proof.year_last is None and proof.year_first is None:
            return []
        return [("day_and_month", _iso_days(table, column, proof))]
    if column.kind == "bool":
        if proof.booleans in (None, "true/false"):
            return []
        return [("true_and_false", as_true_false(column.name, str(proof.booleans)))]
    found: list[tuple[RuleName, pl.Expr]] = []
    if column.kind in ("int", "som", "float"):
        if proof.is_grouped:
            found.append(("grouped_digits", groups.without_groups(text)))
        if proof.decimal_comma:
            is_comma = text.str.contains(COMMA_NUMBER)
            point = text.str.replace(",", ".", literal=True)
            found.append(("decimal_comma", pl.when(is_comma).then(point).otherwise(text)))
        return found
    found += _latin(column, proof)
    if proof.is_whole_float:
        found.append(("whole_number_ids", id_forms.as_whole(text)))
    return found


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


def _latin(column: Column, proof: Proof) -> list[tuple[RuleName, pl.Expr]]:
    text = pl.col(column.name)
    letters = text.str.replace_many(list(CYRILLIC_LETTERS), list(LATIN_LETTERS))
    applies = text.str.contains(CYRILLIC) & text.str.contains(LOOKS_LATIN)
    if column.values is not None:
        applies = applies & letters.is_in(list(column.values))
    elif not proof.is_latin:
        return []
    return [("latin_letters", pl.when(applies).then(letters).otherwise(text))]
