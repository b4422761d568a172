"""What a past decision teaches: of the measure that was taken, as soon as its window has passed."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from features.catalogue.pairs import PAIR_FEATURES
from models.examples import MAX_REPORTING_LAG_DAYS, build_examples, pair_rows
from registers.examples import registers_of
from registers.extract import Registers

AS_OF = date(2026, 4, 1)
WINDOW = 180
Row = dict[str, Any]


def decision(number: int, measure: str, days_ago: int, case: int | None = None) -> Row:
    day = AS_OF - timedelta(days=days_ago)
    return {
        "action_id": f"a{number}",
        "case_id": f"case-{number if case is None else case}",
        "measure": measure,
        "decided_on": day,
        "executed_on": None,
        "ended_on": None,
        "cost_som": 5_000,
        "result": "pending",
        "reported_on": day,
    }


def registers_with(actions: list[Row], payments: list[Row] | None = None) -> Registers:
    n = 1 + max(int(row["case_id"].rsplit("-", 1)[1]) for row in actions)
    opened = date(2025, 1, 10)
    case = {
        "claim_kind": "tax",
        "claim_som": 1_000_000,
        "fee_som": 0,
        "document_on": opened,
        "opened_on": opened,
        "reported_on": opened,
    }
    last = {"payment_id": "last", "case_id": "case-0", "paid_on": AS_OF, "reported_on": AS_OF}
    return registers_of(
        {
            "cases": [{**case, "case_id": f"case-{i}"} for i in range(n)],
            "actions": actions,
            "payments": [*(payments or []), {**last, "amount_som": 1, "source": "wage"}],
            "businesses": [],
        }
    )


def test_a_decision_teaches_of_the_measure_that_was_taken_whether_or_not_the_law_supports_it() -> (
    None
):
    """No register proves a receivable, so our law never offers the levy; officers took it."""
    registers = registers_with(
        [decision(0, "receivables_levy", 300), decision(1, "voluntary_notice", 300)]
    )
    examples = build_examples(registers, AS_OF)
    assert examples.measures == ("voluntary_notice", "receivables_levy")
    assert examples.n_taken == {"voluntary_notice": 1, "receivables_levy": 1}
    assert examples.arm.tolist() == [1, 0]
    assert not examples.lawful[:, 1].any()
    assert examples.speaks_of(1).tolist() == [True, False]


def test_every_measure_that_was_ever_taken_is_ranked_and_no_other() -> None:
    taken = ["travel_ban", *["bank_account_levy"] * 5]
    registers = registers_with([decision(i, m, 300) for i, m in enumerate(taken)])
    assert build_examples(registers, AS_OF).measures == ("bank_account_levy", "travel_ban")
    few = build_examples(registers, AS_OF, min_per_measure=2)
    assert few.measures == ("bank_account_levy",)
    assert few.arm.tolist() == [1, 0, 0, 0, 0, 0]


def test_a_model_that_is_evaluated_keeps_its_measures() -> None:
    registers = registers_with([decision(0, "travel_ban", 300), decision(1, "eviction", 300)])
    examples = build_examples(registers, AS_OF, ranked=("travel_ban", "pledge_enforcement"))
    assert examples.measures == ("pledge_enforcement", "travel_ban")
    assert examples.arm.tolist() == [1, 2]


def slow_payments(n: int = 400) -> list[Row]:
    """Payments of long ago that took up to a hundred days to be reported."""
    return [
        {
            "payment_id": f"slow{i}",
            "case_id": "case-0",
            "paid_on": date(2025, 2, 1),
            "amount_som": 1,
            "source": "voluntary",
            "reported_on": date(2025, 2, 1) + timedelta(days=i % 100),
        }
        for i in range(n)
    ]


def test_a_decision_counts_fourteen_days_after_its_window_however_late_payments_come() -> None:
    registers = registers_with(
        [
            decision(0, "travel_ban", WINDOW + MAX_REPORTING_LAG_DAYS),
            decision(1, "travel_ban", WINDOW + MAX_REPORTING_LAG_DAYS - 1),
        ],
        slow_payments(),
    )
    examples = build_examples(registers, AS_OF)
    assert examples.features["case_id"].to_list() == ["case-0"]
    assert examples.left_out["outcome_window_open"] == 1


def test_two_measures_of_one_day_teach_of_neither() -> None:
    registers = registers_with(
        [
            decision(0, "travel_ban", 300),
            decision(1, "bank_account_levy", 300, case=0),
            decision(2, "voluntary_notice", 300, case=1),
        ]
    )
    examples = build_examples(registers, AS_OF)
    assert examples.measures == ("voluntary_notice",)
    assert examples.left_out["several_measures_on_one_day"] == 2


def test_pairs_follow_their_decisions() -> None:
    registers = registers_with(
        [
            decision(0, "travel_ban", 320),
            decision(1, "bank_account_levy", 300, case=0),
            decision(2, "bank_account_levy", 300, case=1),
        ]
    )
    examples = build_examples(registers, AS_OF)
    assert examples.pairs.height == len(examples) * len(examples.measures)
    own = examples.pairs[pair_rows(np.arange(3), 2)[examples.arm + 2 * np.arange(3)]]
    assert [examples.measures[a] for a in examples.arm] == own["measure"].to_list()
    turned = examples.take(np.asarray([2, 0]))
    assert turned.pairs.equals(pl.concat([examples.pairs[4:6], examples.pairs[0:2]]))
    assert turned.pairs.columns[:2] == ["point_id", "measure"]
    assert {f.name for f in PAIR_FEATURES} <= set(turned.pairs.columns)
    tried = examples.pairs.filter(pl.col("n_tried") > 0)
    assert tried["measure"].to_list() == ["travel_ban"]
