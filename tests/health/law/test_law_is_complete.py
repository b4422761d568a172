"""The law room reads itself: citations, four languages, apostrophes, names of facts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import law
from law.actions.findings import findings_of
from law.catalogue import LEGAL_ORDER_IDS, catalogue
from law.condition import Condition
from law.confidence import CONFIDENCES
from law.examples import example_facts
from law.fact_names import FACTS
from law.handbook.lists import not_modelled, reference_only
from law.parameters import UNITS, parameters_of
from law.rules import law_version, rules_of
from registers.legal_orders import LEGAL_ORDERS
from registers.texts import LANGUAGES, Texts

LAW = Path(law.__file__ or "").parent
CONDITIONS: list[tuple[str, Condition]] = [
    (measure, condition)
    for measure, rules in rules_of("uz").items()
    for condition in rules.conditions
]
WARNINGS: list[tuple[str, Condition]] = [("warning", f.rule) for f in findings_of("uz")]
_LONGEST_SENTENCE = 300


def _texts() -> Iterator[tuple[str, Texts]]:
    for order in LEGAL_ORDER_IDS:
        for measure in catalogue(order).values():
            yield f"{order}.{measure.id}", measure.names
        for name, found in parameters_of(order).items():
            yield f"{order}.{name}", found.label
    for measure_id, c in [*CONDITIONS, *WARNINGS]:
        parts = {"title": c.title, "broken": c.broken, "unknown": c.unknown, "remedy": c.remedy}
        for part, text in parts.items():
            if text is not None:
                yield f"{measure_id}.{c.id}.{part}", text
    for measure_id, rules in rules_of("uz").items():
        for confirmation in rules.confirmations:
            yield f"{measure_id}.{confirmation.id}", confirmation.text
    for name, fact in FACTS.items():
        yield name, fact.label
        yield f"{name} known by", fact.known_by


@pytest.mark.parametrize("order", LEGAL_ORDER_IDS)
def test_the_catalogue_holds_the_measures_of_the_register_contract(order: str) -> None:
    assert tuple(catalogue(order)) == LEGAL_ORDERS[order].measures
    assert set(catalogue(order)) == set(rules_of(order))
    assert all(m.articles and 1 <= m.intrusiveness <= 10 for m in catalogue(order).values())


def test_every_value_is_cited() -> None:
    for name, found in parameters_of("uz").items():
        for value in found.values:
            assert value.article.strip(), name
            assert value.amending_act.strip(), name


def test_every_value_has_a_known_unit_a_confidence_and_a_label() -> None:
    for name, found in parameters_of("uz").items():
        assert found.unit in UNITS, name
        assert all(found.label.as_dict().values()), name
        assert all(value.confidence in CONFIDENCES for value in found.values), name


def _is_used(name: str, sources: str) -> bool:
    # law/uz/ranks.py asks for the rank of each kind of claim by its name.
    return f'"{name}"' in sources or name.startswith("rank_")


def test_every_value_is_used_by_a_rule_or_listed_with_the_reason_for_which_it_is_kept() -> None:
    files = [f for f in LAW.rglob("*.py") if "handbook" not in f.parts]
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    known = set(parameters_of("uz"))
    unused = {name for name in known if not _is_used(name, sources)}
    assert unused == set(reference_only())


def test_every_condition_cites_an_article_and_says_what_would_help() -> None:
    for measure, c in CONDITIONS:
        assert re.match(r"\d+[¹²³⁴⁵⁶]?(\(\d+[¹²³⁴]?\))?(, .+)?$", c.article), (
            measure,
            c.id,
            c.article,
        )
        assert c.remedy is not None, (measure, c.id)
        assert c.facts, (measure, c.id)
        assert set(c.parameters) <= set(parameters_of("uz")), (measure, c.id)


def test_no_sentence_is_too_long_to_read_before_lunch() -> None:
    for where, text in _texts():
        for language, said in text.as_dict().items():
            assert len(said) <= _LONGEST_SENTENCE, (where, language, len(said))


def test_what_is_not_modelled_names_each_thing_once() -> None:
    named = [entry.what for entry in not_modelled()]
    assert len(set(named)) == len(named) > 0


def test_every_text_is_there_in_four_languages() -> None:
    for where, text in _texts():
        for language in LANGUAGES:
            assert text.in_language(language).strip(), (where, language)
        assert not re.search(
            "[a-zA-Z]", re.sub(r"\{\w+\}|BHM|lex\.uz|\b[IVX]+\b", "", text.uz_Cyrl)
        ), where
        assert re.search("[а-яА-Я]", text.ru), where


def test_uzbek_latin_uses_its_own_apostrophes() -> None:
    for where, text in _texts():
        assert not re.search(r"['’‘`]", text.uz_Latn), where
        assert not re.search(r"[^oOgG]ʻ|[oOgG]ʼ", text.uz_Latn), where


def test_sentences_name_only_facts_that_their_condition_reads() -> None:
    for measure, c in CONDITIONS:
        for text in filter(None, (c.title, c.broken, c.unknown, c.remedy)):
            named = {n for t in text.as_dict().values() for n in re.findall(r"\{(\w+)\}", t)}
            assert named <= set(c.facts), (measure, c.id)


def test_every_condition_declares_what_it_reads() -> None:
    known = set(example_facts().columns)
    for measure, c in CONDITIONS:
        assert set(c.holds.meta.root_names()) <= {*c.facts, "as_of_date"}, (measure, c.id)
        assert set(c.facts) <= known, (measure, c.id)
        assert set(c.facts) <= set(FACTS), (measure, c.id)


def test_a_condition_with_an_id_means_one_thing_in_one_measure() -> None:
    for rules in rules_of("uz").values():
        ids = [c.id for c in rules.conditions]
        assert len(ids) == len(set(ids))


def test_every_rule_module_is_headed_by_its_article() -> None:
    for folder in ("gates", "measures"):
        for file in sorted((LAW / "uz" / folder).glob("*.py")):
            text = file.read_text(encoding="utf-8")
            if "Condition(" in text and file.name != "__init__.py":
                assert re.search(r"^# (Art\. |By-law)", text, re.MULTILINE), file.name


def test_the_version_of_the_law_is_stable_and_its_own() -> None:
    assert re.fullmatch("[0-9a-f]{16}", law_version("uz"))
    assert len({law_version(order) for order in LEGAL_ORDER_IDS}) == len(LEGAL_ORDER_IDS)
