"""Names of facts and codes: a file that cannot be used stops with its line."""

from pathlib import Path

import pytest

from law.code_names import code_texts, load_code_names
from law.errors import NamesFileError
from law.fact_names import load_fact_names

NAME = "    uz_Latn: qarz\n    ru: долг\n    en: debt\n"
GOOD = f"knowers:\n  officer:\n{NAME}facts:\n  outstanding_som:\n    known_by: officer\n{NAME}"


def _file(folder: Path, text: str) -> Path:
    file = folder / "names.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_name_comes_in_four_languages_with_who_knows_the_fact(tmp_path: Path) -> None:
    knowers, facts = load_fact_names(_file(tmp_path, GOOD))
    assert list(facts["outstanding_som"].label.as_dict().values()) == [
        "qarz",
        "қарз",
        "долг",
        "debt",
    ]
    assert facts["outstanding_som"].known_by == knowers["officer"]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (GOOD.replace("    known_by: officer\n", ""), 8, "outstanding_som has no known_by."),
        (GOOD.replace("known_by: officer", "known_by: nobody"), 8, "nobody is called nobody."),
        (GOOD.replace("    ru: долг\n", "", 1), 3, "officer has no ru."),
        (GOOD.replace("en: debt", "en: ''", 1), 3, "officer has no en."),
        (GOOD.replace("ru: долг", "rus: долг", 1), 3, "officer has rus; its keys are"),
        (GOOD + f"  outstanding_som:\n    known_by: officer\n{NAME}", 12, "a second time."),
        (GOOD.replace("facts:", "fact:"), 1, "names has no facts."),
        ("knowers: officer\nfacts: {}\n", 1, "knowers holds nothing"),
        ("", 1, "names holds nothing"),
        (GOOD + "  broken: [\n", 13, "not readable as YAML"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_line(
    tmp_path: Path, text: str, line: int, why: str
) -> None:
    with pytest.raises(NamesFileError) as found:
        load_fact_names(_file(tmp_path, text))
    assert str(found.value).startswith(f"names.yaml, line {line}: ")
    assert why in str(found.value)


def test_a_code_without_a_name_in_some_language_stops(tmp_path: Path) -> None:
    file = _file(tmp_path, "claim_kind:\n  alimony: {uz_Latn: aliment, en: alimony}\n")
    with pytest.raises(NamesFileError, match=r"names.yaml, line 2: alimony has no ru\."):
        load_code_names(file)


@pytest.mark.parametrize(
    ("fact", "value", "ru"),
    [
        ("claim_kind", "alimony", "алименты"),
        ("debtor_kind", "entrepreneur", "индивидуальный предприниматель"),
        ("secured", True, "да"),
        ("has_travel_ban", False, "нет"),
    ],
)
def test_a_code_is_read_as_a_word(fact: str, value: object, ru: str) -> None:
    found = code_texts(fact, value)
    assert found is not None
    assert found.ru == ru


@pytest.mark.parametrize(
    ("fact", "value"), [("claim_kind", "unheard_of"), ("outstanding_som", 5), ("claim_kind", None)]
)
def test_what_has_no_name_is_left_to_the_caller(fact: str, value: object) -> None:
    assert code_texts(fact, value) is None
