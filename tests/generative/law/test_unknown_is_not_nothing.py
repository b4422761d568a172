"""A register that does not tell decides nothing: no condition answers by what it does not know."""

import polars as pl
import pytest

from law.case_facts.fact_tables import FACT_TABLES
from law.condition import Condition
from law.examples import FACTS_SCHEMA
from law.generated import generated_facts
from law.outcomes import OPEN, ask
from law.rules import deriver_of, rules_of

N = 20_000
TABLES = sorted({table for tables in FACT_TABLES.values() for table in tables})
# What an interruption is known of stays known (`is_interruption_known` tells whether it is all).
KEPT = ("interrupted_on",)
# Contradictions are looked for among what is known: a fact that nobody knows contradicts nothing.
AMONG_THE_KNOWN = ("facts_agree",)


def conditions() -> dict[str, Condition]:
    every = (c for rules in rules_of("uz").values() for c in rules.conditions)
    return {f"{c.id} {c.article} {id(c)}": c for c in every if c.id not in AMONG_THE_KNOWN}


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    return generated_facts(N, seed=11)


def without(facts: pl.DataFrame, table: str) -> pl.DataFrame:
    """The facts as they are where a register does not tell."""
    names = [n for n in FACTS_SCHEMA if table in FACT_TABLES.get(n, ()) and n not in KEPT]
    read = facts.select(list(dict.fromkeys([*_KEYS, *FACTS_SCHEMA])))
    return deriver_of("uz")(
        read.with_columns(pl.lit(None, dtype=FACTS_SCHEMA[n]).alias(n) for n in names)
    )


_KEYS = ("point_id", "case_id", "debtor_id", "as_of_date")


@pytest.mark.parametrize("table", TABLES)
def test_no_condition_answers_otherwise_because_a_register_does_not_tell(
    table: str, facts: pl.DataFrame
) -> None:
    rules = list(rules_of("uz").values())
    told, untold = ask(facts, rules), ask(without(facts, table), rules)
    for name, condition in conditions().items():
        before, after = told.of(condition), untold.of(condition)
        is_changed = (after < OPEN) & (after != before)
        assert not is_changed.any(), (table, name, int(is_changed.sum()))
