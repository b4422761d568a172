"""The whole law is read at start: a file that cannot be used stops the program, file and line."""

from importlib import import_module

from law.parameters import parameters_of
from law.rules import rules_of


def check_law(legal_order_id: str) -> None:
    """Read every dated value, the calendar and every rule of a legal order.

    Raises:
        ParameterFileError: a value without citation, with an unknown unit, overlapping dates or
            another fault; a calendar that cannot be used. It names file and line.
        NamesFileError: a file of names that cannot be used.
        UnknownRulesError: there is no such legal order.
        UnknownParameterError: a rule leans on a value that no file holds.
    """
    parameters_of(legal_order_id)
    rules_of(legal_order_id)
    if legal_order_id == "uz":
        import_module("law.uz.calendar").overrides()
