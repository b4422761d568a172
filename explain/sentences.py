"""Reasons told in four languages: from the values of a `Reason` to its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from explain.correction_words import EFFECT_CALIBRATION, SHARE_LIMITS
from explain.numbers import Value, is_known, tell_amount, tell_value
from explain.reasons import Reason
from explain.templates import (
    AVERAGE_EFFECT,
    AVERAGE_PART,
    COMPARED,
    FACT,
    FACT_EFFECTS,
    FACT_OF_TWO_DAYS,
    FACT_UNKNOWN,
    FACT_WITHOUT_ENTRY,
    LESS_INTRUSIVE,
    NO_DIFFERENCE_BY_FACTS,
    OLDER_THAN_USUAL,
    OTHER_FACTORS,
    WITHIN_NOISE,
    Effect,
)
from explain.words import REGISTERS
from features.catalogue import Feature
from law.catalogue import Measure
from registers.legal_orders import LegalOrder
from registers.texts import LANGUAGES, Texts, format_date


class Narrator:
    """Tells the reasons of one legal order's measures, in its currency.

    `tell(reason)` gives the four sentences. Facts are worded once per distinct value and days,
    so that a nation's explanations cost little more than their numbers.
    """

    def __init__(
        self,
        features: Mapping[str, Feature],
        measures: Mapping[str, Measure],
        legal_order: LegalOrder,
    ) -> None:
        self._features = features
        self._measures = measures
        self._legal_order = legal_order
        self._facts: dict[_Told, tuple[str, ...]] = {}

    def tell(self, reason: Reason) -> Texts:
        """The sentence of a reason in each language."""
        return Texts(*self.tell_all(reason))

    def tell_all(self, reason: Reason) -> tuple[str, ...]:
        """The same sentences as a tuple in the order of LANGUAGES."""
        facts = self._fact(reason) if reason.kind == "fact" else _BLANK
        others = in_all(self._measures[reason.contrast_to].names) if reason.contrast_to else _BLANK
        mine, theirs = reason.intrusiveness or (0, 0)
        return tuple(
            template.format(
                fact=fact,
                amount=tell_amount(reason.contribution_som, language, self._legal_order),
                other=other,
                ground=ground,
                mine=mine,
                theirs=theirs,
            )
            for language, template, fact, other, ground in zip(
                LANGUAGES, in_all(_template(reason)), facts, others, _GROUND, strict=True
            )
        )

    def _fact(self, reason: Reason) -> tuple[str, ...]:
        assert reason.feature is not None  # noqa: S101  (a fact names its feature)
        key = _Told(
            reason.feature,
            reason.value,
            reason.observed_on,
            reason.known_on,
            reason.is_stale,
            reason.source or self._features[reason.feature].tables[0],
            reason.other_value,
            reason.contrast_to if reason.is_compared else None,
        )
        if key not in self._facts:
            self._facts[key] = self._worded(key)
        return self._facts[key]

    def _worded(self, told: _Told) -> tuple[str, ...]:
        feature = self._features[told.feature]
        labels, sources = in_all(feature.label), in_all(REGISTERS[told.source])
        ages = in_all(OLDER_THAN_USUAL) if told.is_stale else _BLANK
        return tuple(
            text.format(
                label=_begin(label),
                value=self._value(told, feature, language),
                source=source,
                observed=_day(told.observed_on, language),
                day=_day(told.known_on, language),
                age=age,
            )
            for language, text, label, source, age in zip(
                LANGUAGES, in_all(told.template), labels, sources, ages, strict=True
            )
        )

    def _value(self, told: _Told, feature: Feature, language: str) -> str:
        """The value, beside that of the other measure where the fact is one of the measure."""

        def tell(value: Value) -> str:
            known = value if is_known(value) else None
            return tell_value(feature, known, language, self._legal_order)

        if told.other is None:
            return tell(told.value)
        return COMPARED.in_language(language).format(
            value=tell(told.value),
            other=self._measures[told.other].names.in_language(language),
            theirs=tell(told.other_value),
        )


class _Told(NamedTuple):
    """What the first half of a fact's sentence is worded from."""

    feature: str
    value: Value
    observed_on: date | None
    known_on: date | None
    is_stale: bool
    source: str
    other_value: Value
    other: str | None

    @property
    def template(self) -> Texts:
        if self.known_on is None:
            return FACT_WITHOUT_ENTRY if is_known(self.value) else FACT_UNKNOWN
        if self.observed_on is None or self.observed_on == self.known_on:
            return FACT
        return FACT_OF_TWO_DAYS


def _day(day: date | None, language: str) -> str:
    return format_date(day, language) if day else ""


@cache
def in_all(texts: Texts) -> tuple[str, ...]:
    """The four texts in the order of LANGUAGES."""
    return tuple(texts.as_dict().values())


_BLANK = ("",) * len(LANGUAGES)
_GROUND = in_all(NO_DIFFERENCE_BY_FACTS)


def effect_of(reason: Reason) -> Effect:
    """The direction in which a reason works, and on what."""
    if reason.contrast_to:
        return "favours" if reason.is_for else "disfavours"
    return "raises" if reason.is_for else "lowers"


def _template(reason: Reason) -> Texts:
    by_effect = {
        "fact": FACT_EFFECTS,
        "average_part": AVERAGE_PART,
        "other_factors": OTHER_FACTORS,
        "share_limits": SHARE_LIMITS,
        "effect_calibration": EFFECT_CALIBRATION,
    }
    if reason.kind in by_effect:
        return by_effect[reason.kind][effect_of(reason)]
    if reason.kind == "less_intrusive":
        return LESS_INTRUSIVE
    if reason.kind == "within_noise":
        return WITHIN_NOISE
    if not reason.contrast_to:
        return AVERAGE_EFFECT["alone"]
    if not round(abs(reason.contribution_som)):
        return AVERAGE_EFFECT["equal"]
    return AVERAGE_EFFECT["more" if reason.is_for else "less"]


def _begin(label: str) -> str:
    return label[:1].upper() + label[1:]
