"""What a question "what if" may change: nothing that is protected or in nobody's power, and all of
it in words."""

from __future__ import annotations

import re
from types import MappingProxyType

import pytest

from explain import ask_first, change_words, similar_words
from explain.changes import LAW, changes
from features.catalogue import AUDIT_FEATURES, FEATURES
from features.catalogue.pairs import PAIR_FEATURES
from law.catalogue import catalogue
from models.ranges import Range
from registers.texts import Texts

SEEN = {f.name: Range(0.0, 1e6, 2e6, 3e6, 1e9) for f in FEATURES if f.kind == "number"}
LISTED = changes(SEEN, "uz")
# Of the claim only what is owed changes: not who owes it to whom, on what paper, since when.
IMMUTABLE = {f.name for f in FEATURES if f.family in ("social", "claim")} - {"outstanding_som"}
PROTECTED = {f.name for f in AUDIT_FEATURES}
NOT_OF_THE_DEBTOR = ("sex", "birth", "household", "disab", "minor", "region", "pension", "benefit")


def texts() -> list[Texts]:
    found: list[Texts] = []
    for module in (change_words, similar_words, ask_first):
        for value in vars(module).values():
            if isinstance(value, Texts):
                found.append(value)
            elif isinstance(value, MappingProxyType):
                found.extend(v for v in value.values() if isinstance(v, Texts))
    return found


@pytest.mark.parametrize("number", range(len(LISTED)))
def test_no_change_touches_what_is_protected_or_in_nobodys_power(number: int) -> None:
    moved = {name.removeprefix(LAW) for name in LISTED[number].sets}
    assert not moved & (IMMUTABLE | PROTECTED)
    own = {name for name in LISTED[number].sets if not name.startswith(LAW)}
    kept = {"has_pension"}  # set to what it was, none where there was no income at all
    assert not [n for n in own - kept if any(part in n for part in NOT_OF_THE_DEBTOR)]


@pytest.mark.parametrize("number", range(len(LISTED)))
def test_every_column_that_is_changed_is_one_that_models_or_the_law_read(number: int) -> None:
    one = LISTED[number]
    features, pairs = {f.name for f in FEATURES}, {f.name for f in PAIR_FEATURES}
    assert {n for n in one.sets if not n.startswith(LAW)} <= features
    assert set(one.pair_sets) <= pairs
    assert bool(one.pair_sets) == bool(one.measure)
    assert not one.measure or one.measure in catalogue("uz")
    assert not one.measured_by or one.measured_by in features


def test_every_change_is_put_into_words() -> None:
    kinds = {one.kind for one in LISTED}
    assert kinds == set(change_words.IF) == set(change_words.KINDS)
    assert len(LISTED) <= 16, "each costs a ranking of every case"


def test_the_words_are_the_same_in_every_language_and_in_its_script() -> None:
    found = texts()
    assert len(found) >= 15
    for text in found:
        names = [sorted(set(re.findall(r"\{(\w+)\}", t))) for t in text.as_dict().values()]
        assert all(one == names[0] for one in names), text.en
        latin, cyrillic = (re.sub(r"\{\w+\}", "", t) for t in (text.uz_Latn, text.uz_Cyrl))
        assert not re.search("[а-яА-ЯёЁўқғҳ]", latin)
        assert not re.search("[a-zA-Z]", cyrillic)
        assert not re.search("['`’‘]", latin)


def test_no_sentence_speaks_of_a_protected_attribute() -> None:
    for text in texts():
        for feature in AUDIT_FEATURES:
            assert not re.search(rf"\b{re.escape(feature.label.en)}\b", text.en)
