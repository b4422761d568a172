"""The law asked a second time, one case and one plain Python value at a time.

The twin reads the expression tree of each condition and works it out with the tables of Kleene's
logic; then it picks the deciding condition as law/verdicts.py describes it. It shares with the
program nothing but the conditions themselves.
"""

import io
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from law.condition import Condition, MeasureRules
from law.generated import generated_facts
from law.rules import rules_of
from law.verdicts import judge, lawful_measures

Row = Mapping[str, Any]
Reader = Callable[[Row], Any]


def _and(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: bool | None, other: bool | None) -> bool | None:
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def _strict(work: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda one, other: None if one is None or other is None else work(one, other)


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "And": _and,
    "Or": _or,
    "Eq": _strict(lambda a, b: a == b),
    "NotEq": _strict(lambda a, b: a != b),
    "Lt": _strict(lambda a, b: a < b),
    "LtEq": _strict(lambda a, b: a <= b),
    "Gt": _strict(lambda a, b: a > b),
    "GtEq": _strict(lambda a, b: a >= b),
    "Plus": _strict(lambda a, b: a + b),
}


def compiled(tree: Mapping[str, Any]) -> Reader:
    """What works out an expression on one row."""
    ((kind, content),) = tree.items()
    return READERS[kind](content)


def _column(name: str) -> Reader:
    return lambda row: row[name]


def _literal(content: Mapping[str, Any]) -> Reader:
    value = _value(content)
    return lambda _row: value


def _value(content: Mapping[str, Any]) -> Any:
    ((kind, value),) = next(iter(content.values())).items()
    if kind == "Null":
        return None
    if kind == "Date":
        return date(1970, 1, 1) + timedelta(days=value)
    if kind == "List":
        return pl.read_ipc_stream(io.BytesIO(bytes(value))).to_series().to_list()
    return value


def _operation(content: Mapping[str, Any]) -> Reader:
    left, right = compiled(content["left"]), compiled(content["right"])
    work = OPERATORS[content["op"]]
    return lambda row: work(left(row), right(row))


def _choice(content: Mapping[str, Any]) -> Reader:
    asked, then, otherwise = (compiled(content[k]) for k in ("predicate", "truthy", "falsy"))
    return lambda row: then(row) if asked(row) is True else otherwise(row)


def _alias(content: list[Any]) -> Reader:
    return compiled(content[0])


def _function(content: Mapping[str, Any]) -> Reader:
    inputs = [compiled(tree) for tree in content["input"]]
    name = content["function"]
    name = name["Boolean"] if isinstance(name, dict) else name
    if isinstance(name, dict):
        assert name == {"IsIn": {"nulls_equal": False}}, name
        return lambda row: _strict(lambda one, many: one in many)(*(i(row) for i in inputs))
    return FUNCTIONS[name](inputs)


def _all(inputs: list[Reader]) -> Reader:
    def answer(row: Row) -> bool | None:
        held: bool | None = True
        for one in inputs:
            held = _and(held, one(row))
        return held

    return answer


def _not(inputs: list[Reader]) -> Reader:
    def answer(row: Row) -> bool | None:
        value = inputs[0](row)
        return None if value is None else not value

    return answer


def _fill(inputs: list[Reader]) -> Reader:
    def answer(row: Row) -> Any:
        value = inputs[0](row)
        return inputs[1](row) if value is None else value

    return answer


def _first_known(inputs: list[Reader]) -> Reader:
    return lambda row: next((v for i in inputs if (v := i(row)) is not None), None)


FUNCTIONS: dict[str, Callable[[list[Reader]], Reader]] = {
    "Not": _not,
    "IsNull": lambda inputs: lambda row: inputs[0](row) is None,
    "IsNotNull": lambda inputs: lambda row: inputs[0](row) is not None,
    "AllHorizontal": _all,
    "FillNull": _fill,
    "Coalesce": _first_known,
}
READERS: dict[str, Callable[[Any], Reader]] = {
    "Column": _column,
    "Literal": _literal,
    "BinaryExpr": _operation,
    "Ternary": _choice,
    "Function": _function,
    "Alias": _alias,
}


class Twin:
    """Conditions compiled once; `answer` gives verdict, rule and reason of a measure on a row."""

    def __init__(self, rules: Mapping[str, MeasureRules]) -> None:
        self.rules = rules
        self.readers: dict[Condition, Reader] = {
            c: compiled(json.loads(c.holds.meta.serialize(format="json")))
            for r in rules.values()
            for c in r.conditions
        }

    def verdicts(self, row: Row) -> dict[str, tuple[str, str, str]]:
        """The verdict, rule and reason code of every measure on one row."""
        known: dict[Condition, Any] = {c: read(row) for c, read in self.readers.items()}
        return {m: _decide(r.conditions, known, row) for m, r in self.rules.items()}


def _decide(
    conditions: tuple[Condition, ...], known: Mapping[Condition, Any], row: Row
) -> tuple[str, str, str]:
    for c in conditions:
        if c.settles_first and known[c] is None:
            return "cannot_tell", c.id, c.reason_code
    for refusal in ("unlawful", "unfounded"):
        for c in conditions:
            if known[c] is False and c.refusal == refusal:
                return refusal, c.id, c.reason_code
    for c in conditions:
        if known[c] is None:
            unknown = [fact for fact in c.facts if row[fact] is None]
            return "cannot_tell", c.id, f"unknown_{(unknown or [c.missing or c.facts[0]])[0]}"
    return "lawful", "all_conditions", "lawful"


TWIN = Twin(rules_of("uz"))


def _assert_agreement(n: int, seed: int) -> None:
    facts = generated_facts(n, seed)
    judged = judge(facts, "uz").select("verdict", "rule", "reason_code").iter_rows()
    lawful = set(lawful_measures(facts).iter_rows())
    n_lawful = 0
    for row in facts.iter_rows(named=True):
        for measure, expected in TWIN.verdicts(row).items():
            found = next(judged)
            assert found == expected, (row["point_id"], measure)
            is_lawful = (row["point_id"], measure) in lawful
            assert is_lawful == (expected[0] == "lawful"), (row["point_id"], measure)
            n_lawful += is_lawful
    assert n_lawful == len(lawful) > n // 2


def test_verdicts_of_many_cases_equal_those_of_each_case_alone() -> None:
    _assert_agreement(2_000, seed=1)


@pytest.mark.long
def test_verdicts_of_a_hundred_thousand_cases_equal_those_of_each_case_alone() -> None:
    for seed in range(10):
        _assert_agreement(10_000, seed=100 + seed)


def test_a_frame_of_one_row_gets_the_verdicts_of_the_row_among_many() -> None:
    facts = generated_facts(300, seed=2)
    together = judge(facts, "uz")
    alone = pl.concat([judge(facts[number], "uz") for number in range(facts.height)])
    assert alone.equals(together)


@pytest.mark.long
def test_a_million_cases_get_no_verdict_without_its_ground() -> None:
    articles = {c.id: c.article for r in rules_of("uz").values() for c in r.conditions}
    for seed in range(10):
        judged = judge(generated_facts(100_000, seed=200 + seed), "uz")
        assert judged.height == 100_000 * len(rules_of("uz"))
        assert judged.null_count().sum_horizontal().item() == 0
        named = judged.filter(pl.col("rule") != "all_conditions")
        assert set(named["rule"].unique()) <= set(articles)
        assert (judged["article"] != "").all()
        bare = judged.filter(
            (pl.col("verdict") == "lawful") != (pl.col("rule") == "all_conditions")
        )
        assert bare.is_empty()
