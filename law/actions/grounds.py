"""What is said about each verdict and finding on an action: templates of sentence and remedy."""

import difflib
from dataclasses import dataclass
from functools import cache

from law.actions.findings import findings_of
from law.actions.words import marks, template_of
from law.case_facts.registers_unknown import COLUMN as UNKNOWN_REGISTERS
from law.catalogue import catalogue
from law.condition import Condition, Verdict
from law.fact_names import BUREAU, FACTS
from law.rules import rules_of
from law.sentences import (
    CASE_UNKNOWN,
    INCOMPLETE,
    NO_BASIS,
    UNKNOWN_MEASURE,
    lawful_sentence,
    sentence_of,
)
from law.verdicts import ALL_CONDITIONS
from law.words import fill, words
from registers.texts import Texts

NO_LEGAL_BASIS, UNKNOWN, UNREAD, NO_CASE = (
    "no_legal_basis",
    "unknown_measure",
    "incomplete_action",
    "case_unknown",
)

_REMEDIES = {
    NO_LEGAL_BASIS: words(
        uz="Bu chorani bekor qiling va 46-moddada nazarda tutilgan chorani tanlang.",
        ru="Отмените эту меру и выберите меру, предусмотренную статьёй 46.",
        en="Cancel this measure and choose one that Art. 46 provides for.",
    ),
    UNKNOWN: words(
        uz="Chorani roʻyxatdagidek yozing: {nearest}.",
        ru="Назовите меру так, как в перечне: {nearest}.",
        en="Name the measure as the catalogue does: {nearest}.",
    ),
    UNREAD: words(
        uz="Ish, chora va sanani toʻldiring.",
        ru="Заполните дело, меру и дату.",
        en="Fill in the case, the measure and the day.",
    ),
    NO_CASE: words(
        uz="Ish raqamini tekshiring yoki reyestr bu ish haqida xabar berishini kuting.",
        ru="Проверьте номер дела или дождитесь, пока реестр о нём сообщит.",
        en="Check the number of the case, or wait until a register reports it.",
    ),
}
_FIND_OUT = words(
    uz="Avval aniqlang: «{label}». Manba: {known_by}.",
    ru="Сначала выясните: «{label}». Источник: {known_by}.",
    en="First find out “{label}”. Source: {known_by}.",
)


@dataclass(frozen=True)
class Ground:
    """Why an action is judged so: what a row of the verdicts says of its deciding rule."""

    measure: str
    verdict: Verdict
    rule: str
    reason_code: str
    unknown_registers: str | None = None


@dataclass(frozen=True)
class Said:
    """Templates with the facts in braces, and the facts that the rule reads."""

    sentence: Texts
    remedy: Texts | None
    facts: tuple[str, ...] = ()


def said_of(ground: Ground, legal_order_id: str) -> Said:
    """What is said of a verdict."""
    condition = _conditions(legal_order_id).get((ground.measure, ground.rule))
    if condition is not None:
        return _of_condition(condition, ground)
    known = catalogue(legal_order_id)
    if ground.rule == ALL_CONDITIONS:
        n = len(rules_of(legal_order_id)[ground.measure].conditions)
        return Said(lawful_sentence(known[ground.measure], n), None)
    if ground.rule == NO_LEGAL_BASIS:
        return Said(NO_BASIS.format(measure=ground.measure), _REMEDIES[NO_LEGAL_BASIS])
    if ground.rule == UNKNOWN:
        nearest = difflib.get_close_matches(ground.measure, list(known), n=1, cutoff=0.0)[0]
        named = {"measure": ground.measure, "nearest": nearest}
        return Said(UNKNOWN_MEASURE.format(**named), _REMEDIES[UNKNOWN].format(**named))
    if ground.rule == UNREAD:
        return Said(INCOMPLETE, _REMEDIES[UNREAD])
    return Said(CASE_UNKNOWN, _REMEDIES[NO_CASE])


def said_of_finding(rule: str, legal_order_id: str) -> Said:
    """What is said of a finding."""
    found = _findings(legal_order_id)[rule]
    sentence = fill(found.broken, marks(found.facts))
    return Said(sentence, template_of(found.remedy, found.facts), found.facts)


def _of_condition(condition: Condition, ground: Ground) -> Said:
    missing = ground.reason_code.removeprefix("unknown_")
    is_open = ground.verdict == "cannot_tell"
    named = marks(condition.facts, missing if is_open else None)
    named[UNKNOWN_REGISTERS] = ground.unknown_registers
    sentence = sentence_of(condition, ground.verdict, named, "UZS")
    remedy = template_of(condition.remedy, condition.facts)
    if remedy is None and is_open:
        remedy = _find_out(missing, condition.facts)
    return Said(sentence, remedy, condition.facts)


def _find_out(missing: str, facts: tuple[str, ...]) -> Texts:
    name = FACTS.get(missing) or FACTS.get(facts[0])
    if name is None:
        return _FIND_OUT.format(label=missing, known_by=BUREAU)
    return _FIND_OUT.format(label=name.label, known_by=name.known_by)


@cache
def _conditions(legal_order_id: str) -> dict[tuple[str, str], Condition]:
    return {
        (measure, condition.id): condition
        for measure, rules in rules_of(legal_order_id).items()
        for condition in rules.conditions
    }


@cache
def _findings(legal_order_id: str) -> dict[str, Condition]:
    return {finding.rule.id: finding.rule for finding in findings_of(legal_order_id)}
