"""What is said to a person about a verdict, in four languages, with the figures of the case."""

from collections.abc import Mapping
from datetime import date
from string import Formatter

from law.case_facts.fact_tables import FACT_TABLES
from law.case_facts.registers_unknown import COLUMN as UNKNOWN_REGISTERS
from law.case_facts.registers_unknown import told_of
from law.catalogue import Measure
from law.condition import Condition, Verdict
from law.fact_names import BUREAU, FACTS, KNOWERS
from law.record import outside_the_record
from law.words import fill, words
from registers.register_names import AGENCIES, REGISTER_NAMES, WHY_UNKNOWN
from registers.texts import Texts

_HOLDS = words(
    uz="Shart bajarilgan: {title} ({article}-modda).",
    ru="Условие соблюдено: {title} (ст. {article}).",
    en="The condition holds: {title} (Art. {article}).",
)
_UNKNOWN = words(
    uz="Aytib boʻlmaydi: reyestrlarda bu haqda maʼlumot yoʻq: «{label}». Manba: {known_by} "
    "({article}-modda).",
    ru="Сказать нельзя: в реестрах нет сведений: «{label}». Источник: {known_by} (ст. {article}).",
    en="This cannot be told: the registers do not tell “{label}”. Source: {known_by} (Art. "
    "{article}).",
)
_REGISTER_UNKNOWN = words(
    uz="Aytib boʻlmaydi ({article}-modda): «{label}» nomaʼlum. «{register}» reyestri ({agency}): "
    "{why}. Toʻliq maʼlumotni oʻsha yerdan soʻrang.",
    ru="Сказать нельзя (ст. {article}): «{label}» неизвестно. Реестр «{register}» ({agency}): "
    "{why}. Запросите полные сведения там.",
    en="This cannot be told (Art. {article}): “{label}” is unknown. Register “{register}” "
    "({agency}): {why}. Ask there for the full record.",
)
_OUTSIDE = words(
    uz="Aytib boʻlmaydi ({article}-modda). {what}",
    ru="Сказать нельзя (ст. {article}). {what}",
    en="This cannot be told (Art. {article}). {what}",
)
_LAWFUL = words(
    uz="{measure}: bu chorani qoʻllash mumkin, qonunning tekshirilgan barcha {n} sharti bajarilgan "
    "({article}-modda).",
    ru="{measure}: мера доступна, соблюдены все проверенные условия закона: {n} (ст. {article}).",
    en="{measure}: this measure is available; all {n} conditions of the law that were checked hold "
    "(Art. {article}).",
)
CASE_UNKNOWN = words(
    uz="Aytib boʻlmaydi: oʻsha kuni reyestrlarda bunday ish boʻlmagan. Ish raqami va sanani "
    "tekshiring.",
    ru="Сказать нельзя: в тот день реестры не знали такого дела. Проверьте номер дела и дату.",
    en="This cannot be told: no register knew this case on that day. Check the case and the date.",
)
INCOMPLETE = words(
    uz="Aytib boʻlmaydi: ish, chora yoki sana koʻrsatilmagan. Uchalasini ham kiriting.",
    ru="Сказать нельзя: не указаны дело, мера или дата. Укажите все три.",
    en="This cannot be told: the case, the measure or the day is missing. Give all three.",
)
NO_BASIS = words(
    uz="Bu chora noqonuniy: «{measure}» uchun qonunda asos topilmadi (46-modda).",
    ru="Эта мера незаконна: для «{measure}» в законе нет основания (ст. 46).",
    en="This measure is unlawful: the Law was not found to give “{measure}” any basis (Art. 46).",
)
UNKNOWN_MEASURE = words(
    uz="Aytib boʻlmaydi: choralar roʻyxatida «{measure}» yoʻq. Eng yaqini: {nearest}.",
    ru="Сказать нельзя: в перечне нет меры «{measure}». Ближайшая: {nearest}.",
    en="This cannot be told: the catalogue has no measure “{measure}”. The nearest is: {nearest}.",
)


def sentence_of(
    condition: Condition, verdict: Verdict, facts: Mapping[str, object], currency: str
) -> Texts:
    """The sentence of one condition: that it holds, that it is broken, or that none can tell."""
    if verdict == "lawful":
        title = _inside_a_sentence(fill(condition.title, facts, currency))
        return _HOLDS.format(title=title, article=first_article(condition.article))
    if verdict == "cannot_tell":
        return _unknown(condition, facts, currency)
    return fill(condition.broken, facts, currency)


def _unknown(condition: Condition, facts: Mapping[str, object], currency: str) -> Texts:
    missing = next((name for name in condition.facts if facts.get(name) is None), None)
    lost = _lost_register(missing, facts)
    if lost is not None:
        return lost.format(article=first_article(condition.article))
    if condition.unknown is not None and can_be_filled(condition.unknown, facts):
        return fill(condition.unknown, facts, currency)
    name = FACTS.get(missing or condition.facts[0])
    if name and name.known_by == KNOWERS["legislation"]:
        outside = _outside_the_record(condition, facts)
        if outside is not None:
            return _OUTSIDE.format(what=outside, article=first_article(condition.article))
    return _UNKNOWN.format(
        label=name.label if name else str(missing),
        known_by=name.known_by if name else BUREAU,
        article=first_article(condition.article),
    )


def _lost_register(missing: str | None, facts: Mapping[str, object]) -> Texts | None:
    """Which register does not tell the missing fact and why; None where none was lost.

    A template: only the article is still to be filled in.
    """
    told = told_of(facts.get(UNKNOWN_REGISTERS))
    table = next((one for one in FACT_TABLES.get(missing or "", ()) if one in told), None)
    name = FACTS.get(missing or "")
    if table is None or name is None:
        return None
    return _REGISTER_UNKNOWN.format(
        article="{article}",
        label=name.label,
        register=REGISTER_NAMES[table],
        agency=AGENCIES[table],
        why=WHY_UNKNOWN[told[table]],
    )


def _outside_the_record(condition: Condition, facts: Mapping[str, object]) -> Texts | None:
    """Where the record begins of the first dated value that has none on the day."""
    day = facts.get("as_of_date")
    if not isinstance(day, date):
        return None
    said = (outside_the_record(name, day) for name in condition.parameters)
    return next((one for one in said if one is not None), None)


def can_be_filled(sentence: Texts, facts: Mapping[str, object]) -> bool:
    """Whether every fact that the sentence speaks of is known."""
    named = (name for _, name, _, _ in Formatter().parse(sentence.en) if name)
    return all(facts.get(name) is not None for name in named)


def _inside_a_sentence(title: Texts) -> Texts:
    return Texts(*(text[:1].lower() + text[1:] for text in title.as_dict().values()))


def lawful_sentence(measure: Measure, n_conditions: int) -> Texts:
    """That every condition which was checked holds."""
    return _LAWFUL.format(measure=measure.names, n=n_conditions, article=measure.main_article)


def first_article(article: str) -> str:
    """The article without the by-law that may follow it.

    >>> first_article("42¹, by-law of 12.11.2019")
    '42¹'
    """
    return article.split(",")[0]
