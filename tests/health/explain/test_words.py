"""Every fact that a model may use can be told in every language, and no sentence names a
protected attribute."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest

from explain import correction_words, templates
from explain.contributions import THEME_ORDER
from explain.corrections import LABELS
from explain.words import REGISTERS
from features.catalogue import AUDIT_FEATURES, FEATURES, SOURCE_TABLES, Feature
from models.parts import CORRECTIONS
from registers.tables import TABLES
from registers.texts import LANGUAGES, Texts


def all_texts() -> list[Texts]:
    found: list[Texts] = []
    for value in [*vars(templates).values(), *vars(correction_words).values(), LABELS]:
        if isinstance(value, Texts):
            found.append(value)
        elif isinstance(value, MappingProxyType):
            found.extend(text for text in value.values() if isinstance(text, Texts))
    return found


def test_every_register_of_the_contract_has_plain_words() -> None:
    assert set(REGISTERS) == set(TABLES)
    assert set(SOURCE_TABLES) <= set(REGISTERS)


def test_every_theme_of_the_catalogue_has_its_place() -> None:
    assert {feature.theme for feature in FEATURES} <= set(THEME_ORDER)


def test_every_correction_of_the_models_has_its_words() -> None:
    assert set(LABELS) == set(CORRECTIONS)
    assert not set(CORRECTIONS) & {feature.name for feature in FEATURES}


def test_each_template_has_the_same_names_in_every_language() -> None:
    texts = all_texts()
    assert len(texts) >= 18
    for text in texts:
        names = [sorted(set(re.findall(r"\{(\w+)\}", t))) for t in text.as_dict().values()]
        assert all(found == names[0] for found in names), text.en


def test_uzbek_latin_and_cyrillic_are_in_their_own_script() -> None:
    for text in [*all_texts(), *REGISTERS.values()]:
        latin, cyrillic = (re.sub(r"\{\w+\}", "", t) for t in (text.uz_Latn, text.uz_Cyrl))
        assert not re.search("[а-яА-ЯёЁўқғҳ]", latin)
        assert not re.search("[a-zA-Z]", cyrillic)
        assert not re.search("['`’‘]", latin), "oʻ and gʻ take U+02BB, the stop takes U+02BC"


@pytest.mark.parametrize("feature", FEATURES, ids=lambda f: f.name)
def test_labels_can_be_told_apart_when_a_sentence_is_read_back(feature: Feature) -> None:
    for language in LANGUAGES:
        label = feature.label.in_language(language)
        others = [f.label.in_language(language) for f in FEATURES if f.name != feature.name]
        assert label not in others
        assert ": " not in label


def test_no_template_speaks_of_a_protected_attribute() -> None:
    protected = [feature.label.en for feature in AUDIT_FEATURES]
    for text in all_texts():
        assert not any(re.search(rf"\b{label}\b", text.en) for label in protected)
