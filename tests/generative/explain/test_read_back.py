"""Every reason's sentence, in each language, gives back what it was told from (METHODS B6).

The reader below is written by hand from the sentences, not from the templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explain.reasons import Kind, Reason
from explain.sentences import Narrator
from features.catalogue import FEATURES, Feature
from law.catalogue import catalogue
from registers.legal_orders import legal_order
from registers.texts import LANGUAGES

BY_NAME = {feature.name: feature for feature in FEATURES}
MONTHS = {
    "uz_Latn": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "uz_Cyrl": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
AMOUNT = r"(?P<amount>[\d\s.,]+?)\s(?:soʻm|сўм|сум|AQSH dollari|АҚШ доллари|доллара США|US dollars)"
OTHER = "[«“](?P<other>[^»”]+)[»”]"

# For and against, per language: (speaks for the measure, speaks for the other or against it).
EFFECTS: dict[str, tuple[str, str, str, str]] = {
    "uz_Latn": (
        f"bu ushbu chorani {OTHER} chorasidan {AMOUNT}ga ustun qiladi",
        f"bu {OTHER} chorasini ushbu choradan {AMOUNT}ga ustun qiladi",
        f"bu kutilayotgan undiruvni {AMOUNT}ga oshiradi",
        f"bu kutilayotgan undiruvni {AMOUNT}ga kamaytiradi",
    ),
    "uz_Cyrl": (
        f"бу ушбу чорани {OTHER} чорасидан {AMOUNT}га устун қилади",
        f"бу {OTHER} чорасини ушбу чорадан {AMOUNT}га устун қилади",
        f"бу кутилаётган ундирувни {AMOUNT}га оширади",
        f"бу кутилаётган ундирувни {AMOUNT}га камайтиради",
    ),
    "ru": (
        f"это даёт этой мере перевес в {AMOUNT} над мерой {OTHER}",
        f"это даёт мере {OTHER} перевес в {AMOUNT} над этой мерой",
        f"это увеличивает ожидаемое взыскание на {AMOUNT}",
        f"это уменьшает ожидаемое взыскание на {AMOUNT}",
    ),
    "en": (
        f"which favours this measure over {OTHER} by {AMOUNT}",
        f"which favours {OTHER} over this measure by {AMOUNT}",
        f"which raises the expected recovery by {AMOUNT}",
        f"which lowers the expected recovery by {AMOUNT}",
    ),
}
LATN, CYRL = r"\d{4}-yil \d+-\w+", r"\d{4} йил \d+ \w+"
RU, EN = r"\d+ \w+ \d{4} г\.", r"\d+ \w+ \d{4}"
# One day: the entry's. Two days: the one to which the fact refers, and the one of the report.
ONE_DAY = {
    "uz_Latn": rf", (?P<day>{LATN}) kuni qayd etilgan",
    "uz_Cyrl": rf", (?P<day>{CYRL}) куни қайд этилган",
    "ru": rf", запись от (?P<day>{RU})",
    "en": rf", as recorded on (?P<day>{EN})",
}
TWO_DAYS = {
    "uz_Latn": rf", (?P<of>{LATN}) holatiga koʻra, (?P<day>{LATN}) kuni xabar qilingan",
    "uz_Cyrl": rf", (?P<of>{CYRL}) ҳолатига кўра, (?P<day>{CYRL}) куни хабар қилинган",
    "ru": rf", по состоянию на (?P<of>{RU}), сообщено (?P<day>{RU})",
    "en": rf", as of (?P<of>{EN}), reported (?P<day>{EN})",
}
OLD = {
    "uz_Latn": "; odatdagidan eski maʼlumot",
    "uz_Cyrl": "; одатдагидан эски маълумот",
    "ru": "; данные старше обычного",
    "en": "; older than usual",
}
NO_ENTRY = {
    "uz_Latn": ", yozuv kelmagan",
    "uz_Cyrl": ", ёзув келмаган",
    "ru": ", записей не поступало",
    "en": ", no entry reported",
}
UNKNOWN = {
    "uz_Latn": "maʼlumot yoʻq",
    "uz_Cyrl": "маълумот йўқ",
    "ru": "нет сведений",
    "en": "not reported",
}
YES = {"uz_Latn": "ha", "uz_Cyrl": "ҳа", "ru": "да", "en": "yes"}


@dataclass(frozen=True)
class Dated:
    """What a sentence says about the age of its fact."""

    observed_on: date | None
    known_on: date | None
    is_stale: bool


@dataclass(frozen=True)
class Read:
    """What a reader takes from one sentence."""

    feature: str
    value: str | float | None
    dated: Dated
    is_for: bool
    other: str | None
    amount: int


def read_sentence(text: str, language: str, order: str) -> Read:
    """The facts of a sentence about a fact; StopIteration where it cannot be read."""
    tried = [re.search(r"(?:,| —) " + p + r"\.$", text) for p in EFFECTS[language]]
    place, found = next((i, match) for i, match in enumerate(tried) if match)
    feature, rest = _label(text[: found.start()], language)
    value, dated = _value(feature, rest, language, order)
    names = {m.names.in_language(language): m.id for m in catalogue(order).values()}
    other = names[found["other"]] if place < 2 else None
    minor = legal_order(order).minor_units
    amount = round(_number(found["amount"], language) * minor)
    return Read(feature.name, value, dated, place in (0, 2), other, amount)


def _label(fact: str, language: str) -> tuple[Feature, str]:
    for feature in FEATURES:
        label = feature.label.in_language(language)
        head = label[0].upper() + label[1:] + ": "
        if fact.startswith(head):
            return feature, fact.removeprefix(head)
    raise AssertionError(fact)


def _value(
    feature: Feature, rest: str, language: str, order: str
) -> tuple[str | float | None, Dated]:
    shown, _, source = rest.rpartition(" (")
    assert source.endswith(")")
    dated = _dated(source[:-1], language)
    if shown == UNKNOWN[language]:
        assert dated.known_on or not source.endswith(NO_ENTRY[language] + ")")
        return None, dated
    if not dated.known_on:
        assert source.endswith(NO_ENTRY[language] + ")")
    if feature.kind == "category":
        words = {w.in_language(language): value for value, w in feature.values.items()}
        return words[shown], dated
    if feature.kind == "flag":
        return float(shown == YES[language]), dated
    number = _number(re.match(r"-?[\d\s.,]+", shown).group(), language)  # type: ignore[union-attr]
    if feature.unit == "som":
        number = float(round(number * legal_order(order).minor_units))
    return (number / 100 if feature.unit == "share" else number), dated


def _dated(source: str, language: str) -> Dated:
    """One day where the sentence says one: then the fact refers to the day of its report."""
    is_stale = source.endswith(OLD[language])
    said = source.removesuffix(OLD[language])
    one = re.search(ONE_DAY[language] + "$", said)
    two = re.search(TWO_DAYS[language] + "$", said)
    assert not (one and two)
    found = one or two
    if not found:
        return Dated(None, None, is_stale)
    known_on = _day(found["day"], language)
    return Dated(_day(two["of"], language) if two else known_on, known_on, is_stale)


def _number(text: str, language: str) -> float:
    plain = re.sub(r"\s", "", text)
    return float(plain if language == "en" else plain.replace(",", "."))


def _day(text: str, language: str) -> date:
    year = int(re.search(r"\d{4}", text).group())  # type: ignore[union-attr]
    month = next(
        i for i, name in enumerate(MONTHS[language].split(), 1) if re.search(rf"\b{name}\b", text)
    )
    day = int(re.search(r"\b\d{1,2}\b", text).group())  # type: ignore[union-attr]
    return date(year, month, day)


def shown_value(feature: Feature, value: str | float | None) -> str | float | None:
    """The value to the accuracy that the catalogue asks a sentence to show."""
    if not isinstance(value, float):
        return value
    if feature.kind == "flag":
        return float(value != 0)
    if feature.unit == "share":
        return round(value, max(2, feature.n_decimals))
    return float(round(value)) if feature.unit == "som" else round(value, feature.n_decimals)


@st.composite
def facts(draw: st.DrawFn) -> tuple[str, Reason]:
    order: Literal["uz", "philadelphia"] = draw(st.sampled_from(["uz", "philadelphia"]))
    feature = draw(st.sampled_from(FEATURES))
    value: str | float | None
    if feature.kind == "category":
        value = draw(st.none() | st.sampled_from(sorted(feature.values)))
    elif feature.kind == "flag":
        value = draw(st.none() | st.sampled_from([0.0, 1.0]))
    elif feature.unit == "som":
        value = draw(st.none() | st.integers(-(10**12), 10**14).map(float))
    else:
        value = draw(st.none() | st.floats(-500, 10_000, allow_nan=False))
    day = draw(st.none() | st.dates(date(2010, 1, 1), date(2035, 12, 31)))
    size = draw(st.floats(1, 1e13)) * draw(st.sampled_from([-1.0, 1.0]))
    other = draw(st.none() | st.sampled_from(sorted(catalogue(order))))
    before = draw(st.just(0) | st.integers(1, 900))
    of = None if day is None else day - timedelta(days=before)
    old = day is not None and draw(st.booleans())
    return order, Reason(
        "fact", size, other, feature.name, value, day, observed_on=of, is_stale=old
    )


@given(facts())
def test_a_sentence_gives_back_fact_value_both_days_age_direction_and_size(
    drawn: tuple[str, Reason],
) -> None:
    order, reason = drawn
    told = Narrator(BY_NAME, catalogue(order), legal_order(order)).tell(reason)
    for language in LANGUAGES:
        read = read_sentence(told.in_language(language), language, order)
        assert read.feature == reason.feature
        assert read.dated == Dated(reason.observed_on, reason.known_on, reason.is_stale)
        assert read.is_for == (reason.contribution_som > 0)
        assert read.other == reason.contrast_to
        assert read.amount == round(abs(reason.contribution_som))
        expected = shown_value(BY_NAME[read.feature], reason.value)
        if isinstance(expected, float):
            assert isinstance(read.value, float)
            assert read.value == pytest.approx(expected, rel=1e-9, abs=1e-9)
        else:
            assert read.value == expected


NO_FACT: tuple[Kind, ...] = (
    "average_part",
    "average_effect",
    "other_factors",
    "within_noise",
    "share_limits",
    "effect_calibration",
)
FOR = {
    "uz_Latn": "ushbu chorani «",
    "uz_Cyrl": "ушбу чорани «",
    "ru": "этой мере",
    "en": "this measure over",
}
MORE = {"uz_Latn": " koʻp ", "uz_Cyrl": " кўп ", "ru": " больше", "en": " more than"}


@given(
    kind=st.sampled_from(NO_FACT),
    size=st.floats(1, 1e12),
    is_for=st.booleans(),
    other=st.sampled_from(sorted(catalogue("uz"))),
)
def test_sentences_without_a_fact_give_back_measure_direction_and_size(
    kind: Kind, size: float, is_for: bool, other: str
) -> None:
    reason = Reason(kind, size if is_for else -size, other)
    told = Narrator(BY_NAME, catalogue("uz"), legal_order("uz")).tell(reason)
    for language in LANGUAGES:
        text = told.in_language(language)
        assert re.search(OTHER, text)["other"] == catalogue("uz")[other].names.in_language(language)  # type: ignore[index]
        amount = re.search(AMOUNT, text[re.search(r"\d", text).start() :])  # type: ignore[union-attr]
        assert amount
        assert round(_number(amount["amount"], language)) == round(size)
        if kind == "average_effect":
            assert (MORE[language] in text) == is_for
        elif kind != "within_noise":
            by_place = text.find(FOR[language]) >= 0 and "над этой мерой" not in text
            assert by_place == is_for


CORRECTED = {
    "share_limits": {
        "uz_Latn": "Undiruv noldan kam va qarzdan koʻp boʻlmaydi",
        "uz_Cyrl": "Ундирув нолдан кам ва қарздан кўп бўлмайди",
        "ru": "Взыскать нельзя меньше нуля и больше долга",
        "en": "No measure brings in less than nothing or more than is owed",
    },
    "effect_calibration": {
        "uz_Latn": "Taʼsir bahosini oʻtgan ishlarga moslash, alohida faktdan qatʼi nazar",
        "uz_Cyrl": "Таъсир баҳосини ўтган ишларга мослаш, алоҳида фактдан қатъи назар",
        "ru": "Поправка оценки эффекта по прошлым делам, независимо от отдельных фактов",
        "en": "Setting the estimated effect to what past cases bear out, apart from any single",
    },
}
RAISES = {"uz_Latn": "oshiradi", "uz_Cyrl": "оширади", "ru": "увелич", "en": "raise"}
LOWERS = {"uz_Latn": "kamaytiradi", "uz_Cyrl": "камайтиради", "ru": "уменьша", "en": "lower"}


@given(kind=st.sampled_from(sorted(CORRECTED)), size=st.floats(1, 1e12), is_for=st.booleans())
def test_a_correction_says_what_it_is_and_gives_back_direction_and_size(
    kind: Kind, size: float, is_for: bool
) -> None:
    told = Narrator(BY_NAME, catalogue("uz"), legal_order("uz")).tell(
        Reason(kind, size if is_for else -size)
    )
    for language in LANGUAGES:
        text = told.in_language(language)
        assert text.startswith(CORRECTED[kind][language])
        assert (RAISES[language] in text) == is_for
        assert (LOWERS[language] in text) == (not is_for)
        amount = re.search(AMOUNT, text[re.search(r"\d", text).start() :])  # type: ignore[union-attr]
        assert amount
        assert round(_number(amount["amount"], language)) == round(size)


@given(st.lists(st.floats(1.6, 1e9), min_size=2, max_size=4, unique=True))
def test_the_order_of_the_sentences_is_the_order_of_their_sizes(sizes: list[float]) -> None:
    narrator = Narrator(BY_NAME, catalogue("uz"), legal_order("uz"))
    ordered = sorted(sizes, reverse=True)
    for language in LANGUAGES:
        texts = [
            narrator.tell(Reason("fact", s, "travel_ban", f.name)).in_language(language)
            for s, f in zip(ordered, FEATURES, strict=False)
        ]
        read = [read_sentence(text, language, "uz").amount for text in texts]
        assert read == sorted(read, reverse=True)
