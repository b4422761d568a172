"""Whatever validation can say on its page has words in four languages, each in its own script."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import polars as pl
import pytest

import registers
from registers.contract import Table
from registers.legal_orders import LEGAL_ORDERS, LegalOrder
from registers.register_names import REGISTER_NAMES
from registers.sources.protocol import BROKEN_ROW
from registers.tables import TABLES
from registers.texts import LANGUAGES, Texts
from registers.validation import findings, page_words, reason_words, refusal_words
from registers.validation.cells import STRAY_QUOTE, flags_of
from registers.validation.checks import (
    Check,
    OneOfRows,
    build_checks,
    contradiction,
    repeated_key,
)
from registers.validation.evidence import UnprovenCode
from registers.validation.reason_words import words_of
from registers.validation.refusal_words import NOTES, REFUSALS
from registers.validation.repairs import RULES
from registers.validation.taken_back import withdrawal_table

ROOM = Path(registers.__file__).parent
REMEDY = MappingProxyType(
    {
        "uz_Latn": "toʻgʻrila|kirit|bering|boʻsh qoldiring|eksport qiling|olib tashlang|koʻrsating",
        "uz_Cyrl": "тўғрила|кирит|беринг|бўш қолдиринг|экспорт қилинг|олиб ташланг|кўрсатинг",
        "ru": "Исправьте|Заполните|Передайте|уберите|выгрузите|Назовите|очистите",
        "en": "Correct|Fill|Deliver|remove|export|Name",
    }
)


def checks_of(table: Table) -> list[Check]:
    """Every check that a table can be put to: all flags, all parents, a day, withdrawals."""
    texts = pl.Schema({name: pl.String() for name in table.column_names})
    flags = frozenset({*flags_of(table, texts), BROKEN_ROW, STRAY_QUOTE})
    parents = {column.refers_to or "": pl.Series(["a"]) for column in table.references}
    made = build_checks(table, flags, parents, date(2026, 2, 1))
    return [*made, contradiction(table), repeated_key(table)]


def withdrawal_checks(table: Table) -> list[tuple[Table, Check]]:
    void = withdrawal_table(table)
    names = (*table.key, "reported_on")
    exists = Check("nothing_to_withdraw", names, "", OneOfRows(names, pl.DataFrame()))
    return [(void, check) for check in (*checks_of(void), exists)]


def every_check() -> Iterator[tuple[Table, Check]]:
    for order in LEGAL_ORDERS.values():
        for plain in TABLES.values():
            table = plain.under(order)
            yield from ((table, check) for check in checks_of(table))
            yield from withdrawal_checks(table)


def test_every_reason_has_words_that_name_its_columns_and_a_remedy() -> None:
    n_checks = 0
    for table, check in every_check():
        told = words_of(table, check)
        for language in LANGUAGES:
            said = told.in_language(language)
            assert said.strip().endswith("."), (check.reason_code, said)
            assert "{" not in said, (check.reason_code, said)
            assert re.search(REMEDY[language], said), (check.reason_code, said)
            for column in check.columns:
                assert column in said or "reported_on" in column, (check.reason_code, said)
        n_checks += 1
    assert n_checks > 500


def test_every_pattern_of_the_contract_is_told_in_plain_words() -> None:
    for table, check in every_check():
        if check.reason_code == "wrong_form":
            assert "[0-9]" not in words_of(table, check).en


def all_texts() -> list[Texts]:
    found: list[Texts] = []
    for module in (page_words, reason_words, refusal_words, findings):
        for value in vars(module).values():
            if isinstance(value, Texts):
                found.append(value)
            elif isinstance(value, MappingProxyType):
                found.extend(text for text in value.values() if isinstance(text, Texts))
    return [*found, *RULES.values()]


def test_each_text_fills_in_the_same_names_in_every_language() -> None:
    assert len(all_texts()) > 100
    for text in all_texts():
        names = [sorted(set(re.findall(r"\{(\w+)\}", t))) for t in text.as_dict().values()]
        assert all(found == names[0] for found in names), text.en
        assert all(said.strip() for said in text.as_dict().values()), text.en


def test_uzbek_is_written_in_its_two_scripts() -> None:
    for text in all_texts():
        latin, cyrillic = (
            re.sub(r"\{\w+\}|`[^`]*`|PSI", "", t) for t in (text.uz_Latn, text.uz_Cyrl)
        )
        assert not re.search("[а-яА-ЯёЁўқғҳ]", latin), latin
        assert not re.search("[a-zA-Zʻʼ]|ША-256", cyrillic), cyrillic
        assert not re.search("['‘’]", latin), "oʻ and gʻ take U+02BB, the stop takes U+02BC"


def test_names_in_backticks_are_the_same_in_every_language() -> None:
    for text in all_texts():
        names = [sorted(re.findall("`[^`]*`", said)) for said in text.as_dict().values()]
        assert all(found == names[0] for found in names), text.en


def refusal_codes() -> set[str]:
    """Codes that stand in the source where a table is refused."""
    found = set()
    for file in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in ("TableRefusedError", "_refused"):
                found |= {code for argument in node.args[1:2] for code in _strings(argument)}
    return found


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _strings(node: ast.AST) -> set[str]:
    constants = (one for one in ast.walk(node) if isinstance(one, ast.Constant))
    return {str(c.value) for c in constants if re.fullmatch("[a-z]+(_[a-z]+)+", str(c.value))}


def test_every_refusal_has_words() -> None:
    codes = refusal_codes() | set(get_args(UnprovenCode))
    assert len(codes) > 12
    assert codes <= set(REFUSALS)


def test_every_note_in_the_source_has_words() -> None:
    said = {
        code
        for file in (ROOM / "validation").glob("*.py")
        for code in re.findall(r'Note\("(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert said == set(NOTES)


def test_every_table_and_language_has_a_name() -> None:
    assert set(REGISTER_NAMES) == set(TABLES)
    assert tuple(page_words.LANGUAGE_NAMES) == tuple(page_words.LANGUAGE_TAGS) == LANGUAGES


@pytest.mark.parametrize("order", LEGAL_ORDERS.values(), ids=lambda order: str(order.id))
def test_measures_are_listed_as_the_legal_order_has_them(order: LegalOrder) -> None:
    table = TABLES["actions"].under(order)
    listed = next(
        c for c in checks_of(table) if c.columns == ("measure",) and "value" in c.sentence
    )
    assert order.measures[0] in words_of(table, listed).en
