"""What is said where the record of a value has nothing for a day: since when, and the nearest day.

A day outside the record is "cannot tell", never the value of a neighbouring day.
"""

from datetime import date, timedelta

from law.parameters import Parameter, find_parameter
from law.words import fill, words
from registers.texts import Texts

_BEFORE = words(
    uz="«{label}» boʻyicha yozuv {begins_on} kunidan boshlanadi; {day} kuni uchun hech narsa qayd "
    "etilmagan. Eng yaqin kun: {nearest_on}.",
    ru="Запись «{label}» начинается с {begins_on}; на {day} ничего не записано. Ближайший день: "
    "{nearest_on}.",
    en="The record of “{label}” begins on {begins_on}; nothing is recorded for {day}. The nearest "
    "day is {nearest_on}.",
)
_AFTER = words(
    uz="«{label}» boʻyicha yozuv {ends_on} kuni tugaydi; {day} kuni uchun hech narsa qayd "
    "etilmagan. Eng yaqin kun: {nearest_on}.",
    ru="Запись «{label}» кончается {ends_on}; на {day} ничего не записано. Ближайший день: "
    "{nearest_on}.",
    en="The record of “{label}” ends on {ends_on}; nothing is recorded for {day}. The nearest day "
    "is {nearest_on}.",
)


def outside_the_record(name: str, day: date, legal_order_id: str = "uz") -> Texts | None:
    """The sentence that a value has no record for a day, with the nearest day that has one.

    None where a value is in force on that day. Raises UnknownParameterError.

    >>> outside_the_record("minimum_wage", date(2022, 5, 31)).en
    'The record of “Minimum wage” begins on 1 June 2022; nothing is recorded for 31 May 2022. \
The nearest day is 1 June 2022.'
    """
    found = find_parameter(name, legal_order_id)
    return None if found.on(day) else sentence_outside(found, day)


def sentence_outside(found: Parameter, day: date) -> Texts:
    """The sentence for a day on which the parameter has no value."""
    nearest_on = nearest_recorded_day(found, day)
    sentence = _BEFORE if nearest_on > day else _AFTER
    edge = "begins_on" if nearest_on > day else "ends_on"
    values = {"label": "{label}", "day": day, "nearest_on": nearest_on, edge: nearest_on}
    return fill(sentence, values).format(label=found.label)


def nearest_recorded_day(found: Parameter, day: date) -> date:
    """The day nearest to this one on which a value is in force; the earlier of two as near."""
    edges: list[date] = []
    for value, following in zip(found.values, (*found.values[1:], None), strict=True):
        edges.append(value.from_on)
        end = value.until_on or (following.from_on if following else None)
        if end is not None:
            edges.append(end - timedelta(days=1))
    return min(edges, key=lambda edge: (abs(edge - day), edge))
