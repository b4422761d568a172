"""What can go wrong when the law is asked, each with its sentence and the nearest valid choice."""

import difflib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from registers.errors import DataError, UserError


def nearest(name: str, known: Iterable[str]) -> str:
    """' Did you mean X?' where something known is close to the name, else an empty text."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f" Did you mean '{close[0]}'?" if close else ""


class UnknownMeasureError(UserError):
    """A measure that the catalogue of this legal order does not have."""

    def __init__(self, measure: str, legal_order_id: str, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(
            f"The law of '{legal_order_id}' has no measure '{measure}'.{nearest(measure, known)} "
            f"Its measures are: {', '.join(known)}."
        )


class UnknownRulesError(UserError):
    """A legal order without rules."""

    def __init__(self, legal_order_id: str, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(
            f"There are no rules for the legal order '{legal_order_id}'."
            f"{nearest(legal_order_id, known)} Rules exist for: {', '.join(known)}."
        )


class UnknownParameterError(UserError):
    """A parameter that no file of the legal order holds."""

    def __init__(self, name: str, legal_order_id: str, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(
            f"The law of '{legal_order_id}' has no parameter '{name}'.{nearest(name, known)} "
            f"Its parameters are: {', '.join(known)}."
        )


class UnknownCaseError(UserError):
    """A case that the registers do not know, or did not know on that day."""

    def __init__(self, case_id: str, on: date, first: date | None, known: Iterable[str]) -> None:
        if first is None:
            why = f"The registers hold no case '{case_id}'.{nearest(case_id, known)}"
        else:
            why = (
                f"Case '{case_id}' was not yet known on {on.isoformat()}: "
                f"it was first reported on {first.isoformat()}. Ask about that day or a later one."
            )
        super().__init__(why)


class ActionsUnusableError(DataError):
    """A list of actions that lacks what is needed to judge it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The actions cannot be judged: {why}. Give a table with the columns case_id (text), "
            "measure (text) and decided_on (date)."
        )


class ParameterFileError(DataError):
    """A file of dated values that must not be used; the sentence names file and line."""

    def __init__(self, file: Path, line: int, why: str) -> None:
        super().__init__(f"{file.name}, line {line}: {why}")
        self.file = file
        self.line = line


class UnknownFactError(UserError):
    """A statement about a fact that nobody can state: the registers tell it, or no rule asks."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = tuple(known)
        super().__init__(
            f"'{name}' is no fact that can be stated.{nearest(name, known)} "
            f"What can be stated: {', '.join(known)}. All else comes from the registers."
        )


class UnusableFactError(UserError):
    """A statement whose value does not fit the fact."""

    def __init__(self, name: str, text: str, forms: str) -> None:
        super().__init__(f"'{text}' does not fit {name}: write {forms}.")


class NamesFileError(DataError):
    """A file of names that must not be used; the sentence names file and line."""

    def __init__(self, file: Path, line: int, why: str) -> None:
        super().__init__(f"{file.name}, line {line}: {why}")
        self.file = file
        self.line = line
