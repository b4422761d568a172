"""A decision and the next one on its case: what came in between, what is left out and counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from models.examples import Examples, build_examples, reporting_lag_days
from models.sequences import NONE, Sequences, build_sequences
from registers.delays import reporting_delays
from tests.unit.models.test_examples import AS_OF, Row, decision, registers_with
from tests.unit.registers.test_unknown import lost

CLAIM = 1_000_000


def paid(amount: int, days_ago: int, reported_days_ago: int | None = None) -> Row:
    on = AS_OF - timedelta(days=days_ago)
    reported = days_ago if reported_days_ago is None else reported_days_ago
    return {
        "payment_id": f"p{days_ago}-{amount}",
        "case_id": "case-0",
        "paid_on": on,
        "amount_som": amount,
        "source": "voluntary",
        "reported_on": AS_OF - timedelta(days=reported),
    }


def with_all_lawful(examples: Examples) -> Examples:
    """As if the law allowed every measure: what it allows is not the question here."""
    return replace(examples, lawful=np.ones_like(examples.lawful))


def told(actions: list[Row], payments: list[Row]) -> tuple[Examples, Sequences]:
    registers = registers_with(actions, payments)
    examples = with_all_lawful(build_examples(registers, AS_OF))
    return examples, build_sequences(registers, examples, AS_OF)


TWO = [decision(0, "voluntary_notice", 420), decision(1, "travel_ban", 390, case=0)]


def test_what_came_before_the_next_decision_is_paid_and_what_was_left_goes_on() -> None:
    examples, found = told(TWO, [paid(200_000, 400), paid(80_000, 390, 385), paid(40_000, 300)])
    assert found.first.tolist() == [0, 1]
    assert found.second.tolist() == [1, NONE]
    assert found.paid.tolist() == pytest.approx([0.2, 0.15])  # 120 000 of the 800 000 that are left
    assert found.rest.tolist() == pytest.approx([0.8, 0.0])
    assert found.days.tolist() == [30 + 180, 180]
    assert examples.rate.tolist() == pytest.approx([0.32, 0.15])


def test_nothing_that_happens_from_the_next_decision_on_changes_what_was_paid_before_it() -> None:
    _, few = told(TWO, [paid(200_000, 400)])
    _, more = told(TWO, [paid(200_000, 400), paid(700_000, 389)])
    assert more.paid[0] == few.paid[0]
    assert more.rest[0] == few.rest[0]


def test_what_was_reported_after_the_day_is_not_known() -> None:
    later = {"reported_on": AS_OF + timedelta(days=1)}
    actions = [*TWO, decision(2, "travel_ban", 410, case=0) | later]
    _, plain = told(TWO, [paid(200_000, 400)])
    _, found = told(actions, [paid(200_000, 400), paid(100_000, 401, reported_days_ago=-1)])
    assert found.second.tolist() == plain.second.tolist()
    assert found.paid.tolist() == plain.paid.tolist()


def test_a_payment_reported_after_the_next_decision_is_not_counted_twice() -> None:
    """On the day of the second decision the register still showed all as owed."""
    _, found = told(TWO, [paid(200_000, 400, reported_days_ago=380)])
    assert found.paid[0] == pytest.approx(0.2)
    assert found.rest[0] == pytest.approx(0.8)


def test_who_has_paid_all_needs_no_second_step() -> None:
    _, found = told(TWO, [paid(CLAIM, 400)])
    assert found.first.tolist() == [0]
    assert (found.second[0], found.paid[0], found.rest[0]) == (NONE, 1.0, 0.0)


def test_a_decision_after_the_window_is_no_second_step() -> None:
    for days_ago, second in ((260, NONE), (261, 1)):
        next_one = decision(1, "travel_ban", days_ago, case=0)
        _, found = told([decision(0, "voluntary_notice", 440), next_one], [])
        assert found.second[0] == second


@pytest.mark.parametrize("next_days_ago", [None, 350, 230])
def test_whether_a_decision_counts_is_settled_by_its_own_day_alone(
    next_days_ago: int | None,
) -> None:
    lag = reporting_lag_days(reporting_delays(registers_with(TWO), AS_OF))
    for days_ago, counts in ((359 + lag, 0), (360 + lag, 1)):
        actions = [decision(0, "voluntary_notice", days_ago)]
        if next_days_ago is not None:
            actions.append(decision(1, "travel_ban", next_days_ago, case=0))
        _, found = told(actions, [])
        assert (found.first == 0).sum() == counts


def test_every_decision_is_a_sequence_or_is_counted() -> None:
    both = [decision(2, m, 400, case=1) | {"action_id": m} for m in ("travel_ban", "eviction")]
    actions: list[Row] = [*TWO, decision(5, "voluntary_notice", 430, case=1), *both]
    actions.append(decision(6, "voluntary_notice", 200, case=2))
    examples, found = told(actions, [])
    assert found.left_out["next_decision_unusable"] == 1
    assert found.left_out["second_window_open"] == 1
    assert len(found) + sum(found.left_out.values()) == len(examples)


def test_where_the_law_allowed_nothing_there_is_no_choice_to_plan() -> None:
    registers = registers_with(TWO)
    examples = build_examples(registers, AS_OF)
    nothing = np.zeros_like(examples.lawful)
    found = build_sequences(registers, replace(examples, lawful=nothing), AS_OF)
    assert len(found) == 0
    assert found.left_out["nothing_lawful"] == 2


def test_where_decisions_of_a_case_were_set_aside_nobody_knows_which_came_next() -> None:
    registers = registers_with(TWO)
    examples = with_all_lawful(build_examples(registers, AS_OF))
    few = lost(registers, "actions", {"case_id": "case-0", "action_id": "gone"})
    assert build_sequences(registers, examples, AS_OF).left_out["next_decision_unknown"] == 0
    found = build_sequences(few, examples, AS_OF)
    assert found.left_out["next_decision_unknown"] == len(examples)
