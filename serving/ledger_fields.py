"""What a ledger entry may hold: each field by name, each value by its list or its pattern.

The ledger is public and for ever, so nothing enters it because nobody thought of it. The writer
asks `check_entry` just before it appends: a field that is not listed here, or a value outside its
list or pattern, raises, and the transaction leaves nothing behind.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType

from law.catalogue import catalogue
from registers.texts import Texts
from serving.desk import NO_MEASURE
from serving.errors import LedgerFieldRefusedError
from serving.grounds import DECISION_GROUNDS, OVERRIDE_REASONS, STAY_GROUNDS, is_ground
from serving.states import Action, Role, State

SCHEMA = "chora-transition/1"
RECOMMEND = "recommend"
KINDS = ("ranked", "override", "none")
VERDICTS = ("lawful", "unlawful", "unfounded", "cannot_tell")
_HIGHEST = 1_000_000  # of a count: versions, ranks, measures
_ARTICLE = (
    r"[0-9]{1,3}[¹²³⁴⁵⁶⁷⁸⁹⁰]{0,2}(\([0-9]{1,2}[¹²³⁴⁵⁶⁷⁸⁹⁰]{0,2}\))?"
    r"(, [A-Za-z-]{2,10}[0-9]{0,4} of [0-9]{2}\.[0-9]{2}\.[0-9]{4})?"
)

Test = Callable[[object], bool]


def _matches(pattern: str) -> Test:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _one_of(known: Collection[str]) -> Test:
    return lambda value: isinstance(value, str) and value in known


def _or_none(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _day(value: object) -> bool:
    return _is(value, lambda text: date.fromisoformat(text).isoformat())


def _instant(value: object) -> bool:
    return _is(value, lambda text: datetime.fromisoformat(text).isoformat(timespec="microseconds"))


def _is(value: object, written: Callable[[str], str]) -> bool:
    try:
        return isinstance(value, str) and written(value) == value
    except ValueError:
        return False


_HASH = _matches(r"[0-9a-f]{64}")
_CODE = _matches(r"(?!.*[0-9]{5})[a-z][a-z0-9_]{0,79}")

ENTRY: Mapping[str, Test] = MappingProxyType(
    {
        "schema": _one_of((SCHEMA,)),
        "at": _instant,
        "action": _one_of((RECOMMEND, *Action)),
        "from_state": _or_none(_one_of(tuple(State))),
        "to_state": _one_of(tuple(State)),
        "version": _count,
        "recommendation_id": _matches(r"rec_[0-9a-f]{24}"),
        "proposal_id": _or_none(_matches(r"pro_[0-9a-f]{24}")),
        "decision_id": _or_none(_matches(r"dec_[0-9a-f]{24}")),
        "as_of_date": _day,
        "output_hash": _HASH,
        "input_hash": _HASH,
        "model_version": _matches(r"[a-z]{2,20}-[0-9]{1,9}"),
        "law_version": _matches(r"[0-9a-f]{16}"),
        "source_hash": _HASH,
        "role": _one_of(tuple(Role)),
        "person_hash": _HASH,
        "reason_hash": _or_none(_HASH),
    }
)
GROUNDS: Mapping[str, Test] = MappingProxyType(
    {
        Action.PROPOSE: _or_none(_one_of(OVERRIDE_REASONS)),
        Action.APPROVE: lambda value: _stated(value, DECISION_GROUNDS),
        Action.REJECT: lambda value: _stated(value, DECISION_GROUNDS),
        Action.RETURN: lambda value: _stated(value, DECISION_GROUNDS),
        Action.STAY: lambda value: _stated(value, STAY_GROUNDS),
    }
)
FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        RECOMMEND: ("abstained", "n_ranked"),
        Action.PROPOSE: ("measure", "kind", "rank", "law"),
        Action.APPROVE: ("measure", "law"),
        Action.REJECT: ("measure", "law"),
        Action.RETURN: ("measure", "law"),
    }
)
RULE: Mapping[str, Test] = MappingProxyType(
    {"rule": _CODE, "reason_code": _CODE, "verdict": _one_of(VERDICTS)}
)


def _stated(value: object, grounds: Mapping[str, Texts]) -> bool:
    return isinstance(value, str) and is_ground(value, grounds)


def check_entry(body: Mapping[str, object], legal_order: str) -> None:
    """Raise `LedgerFieldRefusedError` for whatever the public ledger does not take."""
    action = str(body.get("action"))
    tests = {**ENTRY, "ground": GROUNDS.get(action, lambda value: value is None)}
    facts = body.get("facts")
    _check_fields({k: v for k, v in body.items() if k != "facts"}, tests, "")
    if not isinstance(facts, Mapping):
        raise LedgerFieldRefusedError("facts")
    of_facts: dict[str, Test] = {
        "abstained": _truth,
        "n_ranked": _count,
        "measure": _one_of((*catalogue(legal_order), NO_MEASURE)),
        "kind": _one_of(KINDS),
        "rank": _or_none(_count),
        "law": lambda law: _check_law(law, legal_order),
    }
    expected = {name: of_facts[name] for name in FACTS.get(action, ())}
    _check_fields(facts, expected, "facts.")


def _check_fields(found: Mapping[str, object], tests: Mapping[str, Test], where: str) -> None:
    """Raise for a missing field, one too many, or a value that its test refuses."""
    if set(found) != set(tests):
        odd = sorted(set(tests) - set(found)) or ["an unlisted field"]
        raise LedgerFieldRefusedError(f"{where}{odd[0]}")
    for name, test in tests.items():
        if not test(found[name]):
            raise LedgerFieldRefusedError(f"{where}{name}")


def _check_law(law: object, legal_order: str) -> bool:
    """Nothing where no law was asked; otherwise verdict, version and rules, each checked."""
    if law == {}:
        return True
    if not isinstance(law, Mapping) or not isinstance(law.get("rules"), list):
        return False
    articles = {cited for measure in catalogue(legal_order).values() for cited in measure.articles}
    is_article = _matches(_ARTICLE)
    rule = {**RULE, "article": lambda value: value in articles or is_article(value)}
    answer: dict[str, Test] = {
        "verdict": _one_of(VERDICTS),
        "law_version": ENTRY["law_version"],
        "rules": lambda _: True,
    }
    _check_fields(law, answer, "facts.law.")
    for one in law["rules"]:
        _check_fields(one, rule, "facts.law.rules.")
    return True
