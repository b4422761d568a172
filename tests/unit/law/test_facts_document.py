"""Art. 28: what interrupts the presentation term, and a term that had run out stays run out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from law.facts import build_facts
from registers.examples import registers_of
from registers.snapshot import locate

FactsOf = Callable[..., dict[str, Any]]
Row = Mapping[str, Any]

# A court writ of 1 December 2018 that is presented again on 5 January 2026.
AGAIN: Row = {"document_on": date(2018, 12, 1)}


def _earlier(presented: date, closed: date | None = None, **changes: object) -> Row:
    """An earlier case on the same document, returned to the claimant where it is closed."""
    closing = {"closed_on": closed, "closing": "returned_to_claimant"} if closed else {}
    days = {"presented_on": presented, "opened_on": presented}
    return {"document_on": AGAIN["document_on"], **days, **closing, **changes}


def _interrupted_on(
    facts_of: FactsOf, earlier: Sequence[Row], payments: Sequence[Row] = (), **this: object
) -> date | None:
    rows = {"cases": [{**AGAIN, **this}, *earlier], "payments": payments}
    found: date | None = facts_of(rows)["interrupted_on"]
    return found


def test_a_first_presentation_was_interrupted_by_nothing(facts_of: FactsOf) -> None:
    assert _interrupted_on(facts_of, []) is None


def test_a_presentation_interrupts_and_a_return_lets_the_term_run_anew(facts_of: FactsOf) -> None:
    presented = date(2021, 5, 3)
    assert _interrupted_on(facts_of, [_earlier(presented)]) == presented
    assert _interrupted_on(facts_of, [_earlier(presented, date(2025, 9, 9))]) == date(2025, 9, 9)


@pytest.mark.parametrize("closing", ["performed", "annulled", "sent_to_liquidator", "other"])
def test_a_case_that_ended_otherwise_gives_no_document_back(
    facts_of: FactsOf, closing: str
) -> None:
    ended = _earlier(date(2021, 5, 3), date(2023, 9, 9), closing=closing)
    assert _interrupted_on(facts_of, [ended]) == date(2021, 5, 3)


@pytest.mark.parametrize("closing", ["returned_no_property", "debtor_not_found"])
def test_a_document_without_result_goes_back_to_the_claimant(
    facts_of: FactsOf, closing: str
) -> None:
    returned = _earlier(date(2021, 5, 3), date(2023, 9, 9), closing=closing)
    assert _interrupted_on(facts_of, [returned]) == date(2023, 9, 9)


@pytest.mark.parametrize(
    ("presented", "found"),
    [(date(2021, 12, 1), date(2021, 12, 1)), (date(2021, 12, 2), None)],
)
def test_an_event_after_the_term_had_run_out_revives_nothing(
    facts_of: FactsOf, presented: date, found: date | None
) -> None:
    assert _interrupted_on(facts_of, [_earlier(presented)]) == found


def test_a_chain_that_broke_once_stays_broken(facts_of: FactsOf) -> None:
    first = _earlier(date(2019, 3, 1), date(2020, 3, 1))
    in_time, late = _earlier(date(2023, 3, 1)), _earlier(date(2023, 3, 2))
    last = _earlier(date(2024, 6, 3))
    assert _interrupted_on(facts_of, [first, in_time, last]) == date(2024, 6, 3)
    assert _interrupted_on(facts_of, [first, late, last]) == date(2020, 3, 1)
    assert _interrupted_on(facts_of, [last, late, first]) == date(2020, 3, 1)


def test_no_term_runs_while_the_bureau_has_the_document(facts_of: FactsOf) -> None:
    paid = {"case_id": "case-1", "paid_on": date(2024, 5, 6)}
    open_case = _earlier(date(2019, 3, 1))
    assert _interrupted_on(facts_of, [open_case], [paid]) == date(2024, 5, 6)
    returned = _earlier(date(2019, 3, 1), date(2024, 5, 6))
    assert _interrupted_on(facts_of, [returned], [paid]) == date(2024, 5, 6)
    long_gone = _earlier(date(2019, 3, 1), date(2021, 5, 5))
    assert _interrupted_on(facts_of, [long_gone], [paid]) == date(2021, 5, 5)
    in_time = {**paid, "paid_on": date(2024, 5, 5)}
    assert _interrupted_on(facts_of, [long_gone], [in_time]) == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("day", "amount", "found"),
    [
        (date(2026, 1, 4), 100, date(2026, 1, 4)),
        (date(2026, 1, 5), 100, date(2021, 5, 3)),
        (date(2026, 1, 4), 0, date(2021, 5, 3)),
    ],
)
def test_a_partial_performance_counts_before_the_new_presentation(
    facts_of: FactsOf, day: date, amount: int, found: date
) -> None:
    paid = {"case_id": "case-1", "paid_on": day, "amount_som": amount}
    assert _interrupted_on(facts_of, [_earlier(date(2021, 5, 3))], [paid]) == found


@pytest.mark.parametrize(
    ("presented", "found"),
    [(date(2026, 1, 4), date(2026, 1, 4)), (date(2026, 1, 5), None)],
)
def test_only_a_presentation_before_this_one_interrupts(
    facts_of: FactsOf, presented: date, found: date | None
) -> None:
    earlier = _earlier(presented, document_on=date(2024, 2, 1))
    assert _interrupted_on(facts_of, [earlier], document_on=date(2024, 2, 1)) == found


def test_a_return_on_the_day_of_the_new_presentation_comes_before_it(facts_of: FactsOf) -> None:
    returned = _earlier(date(2019, 3, 1), date(2026, 1, 5))
    assert _interrupted_on(facts_of, [returned]) == date(2026, 1, 5)


def test_other_documents_and_other_debtors_interrupt_nothing(facts_of: FactsOf) -> None:
    presented = date(2021, 5, 3)
    other = _earlier(presented, document_id="document-1")
    stranger = _earlier(presented, debtor_id="debtor-1")
    assert _interrupted_on(facts_of, [other, stranger]) is None


@pytest.mark.parametrize(
    ("kind", "presented", "found"),
    [
        ("court_order", date(2021, 12, 11), True),
        ("court_order", date(2021, 12, 12), False),
        ("notary_writ", date(2021, 12, 1), True),
        ("arbitration_award", date(2019, 6, 1), True),
        ("arbitration_award", date(2019, 6, 2), False),
        ("labour_commission", date(2019, 3, 1), True),
        ("labour_commission", date(2019, 3, 2), False),
        ("administrative_decision", date(2019, 3, 1), True),
        ("administrative_decision", date(2019, 3, 2), False),
    ],
)
def test_each_kind_of_document_has_its_own_term(
    facts_of: FactsOf, kind: str, presented: date, *, found: bool
) -> None:
    earlier = _earlier(presented, document_kind=kind)
    answer = _interrupted_on(facts_of, [earlier], document_kind=kind)
    assert answer == (presented if found else None)


def test_what_was_reported_later_interrupts_nothing_yet(facts_of: FactsOf) -> None:
    earlier = _earlier(date(2021, 5, 3))
    returned = _earlier(date(2021, 5, 3), date(2023, 9, 9), case_id="case-1")
    late = {**returned, "reported_on": date(2026, 2, 10)}
    rows = {"cases": [AGAIN, earlier, late]}
    assert facts_of(rows)["interrupted_on"] == date(2023, 9, 9)
    assert facts_of(rows, known_on=date(2026, 2, 9))["interrupted_on"] == date(2021, 5, 3)


def test_a_case_alone_and_among_others_has_the_same_facts() -> None:
    rows: dict[str, list[Row]] = {
        "debtors": [{}, {}],
        "cases": [
            AGAIN,
            _earlier(date(2021, 5, 3), date(2023, 9, 9)),
            {**AGAIN, "debtor_id": "debtor-1"},
            _earlier(date(2024, 5, 3), debtor_id="debtor-1"),
        ],
        "payments": [{"case_id": "case-1", "paid_on": date(2022, 1, 1)}],
    }
    registers = registers_of(rows)
    cases = ["case-0", "case-2"]
    questions = pl.DataFrame({"case_id": cases, "as_of_date": [date(2026, 2, 10)] * 2})
    points, _ = locate(registers, questions)
    together = build_facts(registers, points)
    assert together["interrupted_on"].to_list() == [date(2023, 9, 9), None]
    for number, case in enumerate(cases):
        alone, _ = locate(registers, questions[number : number + 1])
        own = build_facts(registers.for_case(case), alone).drop("point_id")
        assert own.rows() == together[number : number + 1].drop("point_id").rows()
