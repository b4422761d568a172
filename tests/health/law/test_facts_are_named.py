"""Every fact that a person may read has a label and a knower, every code a name."""

import re

import pytest

from features.catalogue import values
from law.actions.findings import findings_of
from law.code_names import CODES, TRUTH
from law.condition import Condition, Confirmation
from law.examples import EXAMPLE_FACTS, example_facts
from law.fact_names import FACTS, KNOWERS
from law.rules import rules_of
from law.stated import ORDERED_ACTS, STATED
from law.uz.contradictions import CONTRADICTIONS
from registers.tables import TABLES
from registers.texts import LANGUAGES, Texts

_IDS = {"debtor_id", "point_id"}

# Facts that take the values of a column of the register contract.
_COLUMNS = {
    "document_kind": ("cases", "document_kind"),
    "procedure": ("cases", "procedure"),
    "claim_kind": ("cases", "claim_kind"),
    "claimant_kind": ("cases", "claimant_kind"),
    "closing": ("cases", "closing"),
    "debtor_kind": ("debtors", "kind"),
    "debtor_status": ("debtors", "status"),
    "tried_result": ("actions", "result"),
}


def _readers() -> list[Condition | Confirmation]:
    every = rules_of("uz").values()
    conditions = [condition for rules in every for condition in rules.conditions]
    warnings = [finding.rule for finding in findings_of("uz")]
    return [*conditions, *warnings, *(c for rules in every for c in rules.confirmations)]


def test_every_fact_that_a_rule_names_has_a_label_and_a_knower() -> None:
    named = {fact for reader in _readers() for fact in reader.facts}
    assert named - set(FACTS) == set()


def test_every_fact_of_a_case_and_every_stated_fact_has_a_label() -> None:
    assert set(example_facts().columns) - _IDS - set(FACTS) == set()
    assert {*EXAMPLE_FACTS, *STATED} - _IDS - set(FACTS) == set()


def test_whoever_knows_facts_knows_one() -> None:
    used = {id(fact.known_by) for fact in FACTS.values()}
    assert [name for name, text in KNOWERS.items() if id(text) not in used] == []


@pytest.mark.parametrize("fact", _COLUMNS)
def test_every_code_of_the_register_contract_has_a_name(fact: str) -> None:
    table, column = _COLUMNS[fact]
    (found,) = [c for c in TABLES[table].columns if c.name == column]
    assert set(CODES[fact]) == set(found.values or ())


def test_every_other_code_of_a_fact_has_a_name() -> None:
    assert tuple(CODES["ordered_act"]) == ORDERED_ACTS
    assert set(CODES[TRUTH]) == {"true", "false"}
    coded = {name for name, dtype in example_facts().schema.items() if str(dtype) == "String"}
    assert coded - {"case_id", *_IDS} - set(CODES) == set()
    assert tuple(CODES["contradiction"]) == tuple(CONTRADICTIONS)


def test_the_ranking_and_the_law_call_a_code_alike() -> None:
    for fact, names in {
        "claim_kind": values.CLAIM_KINDS,
        "document_kind": values.DOCUMENT_KINDS,
        "claimant_kind": values.CLAIMANT_KINDS,
        "debtor_kind": values.DEBTOR_KINDS,
        "debtor_status": values.DEBTOR_STATUSES,
    }.items():
        assert dict(CODES[fact]) == dict(names)


def _names() -> dict[str, Texts]:
    codes = {f"{f} {c}": text for f, names in CODES.items() for c, text in names.items()}
    labels = {name: fact.label for name, fact in FACTS.items()}
    return {**labels, **KNOWERS, **codes}


def test_names_fit_into_a_sentence_in_every_language() -> None:
    for name, text in _names().items():
        for language in LANGUAGES:
            said = text.in_language(language)
            assert said == said.strip(), (name, language)
            assert not said.endswith("."), (name, language)
        assert not re.search(r"['’‘`]|[^oOgG]ʻ|[oOgG]ʼ", text.uz_Latn), name
        assert not re.search("[a-zA-Z]", text.uz_Cyrl.replace("lex.uz", "")), name
        assert re.search("[а-яё]", text.ru), name
        assert not re.search("[а-яё]", text.en), name
