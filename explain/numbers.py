"""Values of facts as people read them: money, counts, shares, flags and words of a register."""

from __future__ import annotations

import math

from explain.words import NOT_REPORTED, WHY_NONE, YES_NO
from features.catalogue import UNITS, Feature
from registers.legal_orders import LegalOrder
from registers.texts import NO_BREAK_SPACE, format_amount, group_digits

# A fact of the feature frame: numbers and flags are floats, categories are text, None is unknown.
Value = float | str | None

UNITS_IN_WORDS = frozenset({"days", "months", "years"})


def tell_number(value: float, n_decimals: int, language: str) -> str:
    """A number with at most `n_decimals` decimals, digits in groups of three, the language's mark.

    >>> tell_number(-1234.5, 2, "ru").replace(NO_BREAK_SPACE, " ")
    '-1 234,5'
    """
    digits = f"{abs(value):.{n_decimals}f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    sign = "-" if value < 0 and (int(whole) or fraction) else ""
    mark = "." if language == "en" else ","
    return f"{sign}{group_digits(int(whole))}{mark + fraction if fraction else ''}"


def tell_amount(som: float, language: str, legal_order: LegalOrder) -> str:
    """A size of money without its sign, rounded to the stored unit (whole som, US cents)."""
    return format_amount(round(abs(som)), language, legal_order.currency)


def tell_value(feature: Feature, value: Value, language: str, legal_order: LegalOrder) -> str:
    """A fact in its original unit, rounded as its catalogue entry says; None is "not reported".

    >>> from features.catalogue import feature
    >>> from registers.legal_orders import legal_order
    >>> tell_value(feature("account_balance_som"), None, "en", legal_order("uz"))
    'not reported'
    """
    if value is None:
        return NOT_REPORTED.in_language(language)
    if isinstance(value, str) and feature.kind != "category" and value in WHY_NONE:
        return WHY_NONE[value].in_language(language)
    if isinstance(value, str):
        return feature.word(value).in_language(language)
    if feature.kind == "flag":
        return YES_NO[value != 0].in_language(language)
    if feature.unit == "som":
        return format_amount(round(value), language, legal_order.currency)
    if feature.unit == "share":
        percent = tell_number(value * 100, max(0, feature.n_decimals - 2), language)
        return f"{percent}{NO_BREAK_SPACE}%"
    number = tell_number(value, feature.n_decimals, language)
    if feature.unit in UNITS_IN_WORDS:
        return f"{number}{NO_BREAK_SPACE}{UNITS[feature.unit].in_language(language)}"
    return number


def read_value(feature: Feature, text: str | None) -> Value:
    """The value that the exact text of a contribution stands for; None is unknown.

    >>> from features.catalogue import feature
    >>> read_value(feature("is_served"), "true"), read_value(feature("n_vehicles"), None)
    (1.0, None)
    """
    if text is None or feature.kind == "category":
        return text
    return float(text == "true") if feature.kind == "flag" else float(text)


def is_known(value: Value) -> bool:
    """Whether the register says anything: neither null nor NaN."""
    return value is not None and not (isinstance(value, float) and math.isnan(value))
