"""A proposed action, checked: what POST /actions/check answers, and what it refuses."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from law.errors import UnknownFactError, UnusableFactError
from law.stated import STATED, StatedFact, read_statements
from registers.texts import Texts
from serving.desk import LawAnswer
from serving.documents import json_row
from serving.errors import StatedFactUnknownError, StatedFactUnusableError

if TYPE_CHECKING:
    from law.actions.check import CheckedAction, Warned

Statement = bool | int | str


@dataclass(frozen=True)
class LawWarning:
    """A warning beyond the rules, for a person to weigh: unfounded or late."""

    kind: str
    rule: str
    article: str
    confidence: str
    sentence: dict[str, str]
    remedy: dict[str, str] | None
    facts: dict[str, object]
    deadline: date | None
    days_late: int | None


@dataclass(frozen=True)
class ActionAnswer(LawAnswer):
    """The law's answer on a proposed action with warnings, remedy, figures and stated facts.

    `finding`: unlawful, unfounded, late, cannot_tell or in_order. `remedy`: what would put it in
    order, by language. `amounts` in whole som and `deadlines` by name; null where unknown.
    `stated`: the facts that the answer rests on because a person stated them. `to_state`: the
    facts that would settle an open question, with the values that each may take.
    """

    finding: str = "in_order"
    remedy: dict[str, str] | None = None
    warnings: list[LawWarning] = field(default_factory=list)
    amounts: dict[str, int | None] = field(default_factory=dict)
    deadlines: dict[str, date | None] = field(default_factory=dict)
    stated: dict[str, Statement] = field(default_factory=dict)
    to_state: dict[str, str] = field(default_factory=dict)


def action_answer(law: LawAnswer, checked: "CheckedAction") -> ActionAnswer:
    """The law's answer with what the check adds."""
    judgement = checked.judgement
    return ActionAnswer(
        measure=law.measure,
        on=law.on,
        verdict=law.verdict,
        law_version=law.law_version,
        grounds=law.grounds,
        confirmations=law.confirmations,
        finding=checked.finding,
        remedy=_said(checked.remedy),
        warnings=[_warning(warned) for warned in checked.warnings],
        amounts=dict(judgement.amounts),
        deadlines=dict(judgement.deadlines),
        stated={name: _statement(value) for name, value in judgement.stated.items()},
        to_state={name: forms_of(STATED[name]) for name in checked.to_state},
    )


def _said(text: Texts | None) -> dict[str, str] | None:
    return None if text is None else text.as_dict()


def _warning(warned: "Warned") -> LawWarning:
    return LawWarning(
        warned.kind,
        warned.rule,
        warned.article,
        warned.confidence,
        warned.sentence.as_dict(),
        _said(warned.remedy),
        json_row(warned.facts),
        warned.deadline,
        warned.days_late,
    )


def _statement(value: object) -> Statement:
    return value if isinstance(value, bool | int) else str(value)


def forms_of(fact: StatedFact) -> str:
    """The values that a fact may take, as they stand in JSON.

    >>> forms_of(STATED["term_restored"])
    'true, false'
    """
    if fact.values:
        return ", ".join(fact.values)
    return "true, false" if "yes" in fact.forms else "12500000"


def read_stated(statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """The statements of a request; raises StatedFactUnknownError, StatedFactUnusableError."""
    texts = {name: str(value).lower() for name, value in statements.items()}
    read: dict[str, Statement] = {}
    for name, text in texts.items():
        try:
            read |= read_statements({name: text})
        except UnknownFactError as error:
            nearest = difflib.get_close_matches(name, list(STATED), n=1, cutoff=0.0)[0]
            raise StatedFactUnknownError(nearest=nearest, known=", ".join(STATED)) from error
        except UnusableFactError as error:
            raise StatedFactUnusableError(name=name, forms=forms_of(STATED[name])) from error
    return read
