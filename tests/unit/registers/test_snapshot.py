from datetime import date

import polars as pl
import pytest

from registers.errors import QuestionsUnusableError, TableNotReachableError, UnknownTableError
from registers.examples import registers_of, two_reports_of_one_case
from registers.extract import Registers
from registers.outcomes import outstanding, recovered
from registers.snapshot import Snapshot, known_at, locate

OPENED = date(2026, 1, 5)


def questions(*pairs: tuple[str | None, date | None]) -> pl.DataFrame:
    schema = {"case_id": pl.String, "as_of_date": pl.Date}
    return pl.DataFrame(list(pairs), schema=schema, orient="row")


def points_of(registers: Registers, *pairs: tuple[str, date]) -> pl.DataFrame:
    points, set_aside = locate(registers, questions(*pairs))
    assert set_aside.is_empty()
    return points


def test_a_row_is_known_on_the_day_it_is_reported_and_not_before() -> None:
    registers = two_reports_of_one_case()
    days = [date(2026, 2, 9), date(2026, 2, 10)]
    served = [Snapshot(registers, day).table("cases")["served_on"].item() for day in days]
    assert served == [None, date(2026, 2, 3)]


def test_of_two_rows_reported_on_one_day_the_later_in_the_file_counts() -> None:
    registers = registers_of({"debtors": [{"status": "missing"}, {"debtor_id": "debtor-0"}]})
    assert Snapshot(registers, OPENED).table("debtors")["status"].to_list() == ["active"]


def test_each_point_sees_its_own_day() -> None:
    registers = two_reports_of_one_case()
    points = points_of(registers, ("case-0", date(2026, 2, 10)), ("case-0", date(2026, 1, 5)))
    known = known_at(registers, points, "cases", by="case")
    assert known["as_of_date"].to_list() == [date(2026, 1, 5), date(2026, 2, 10)]
    assert known["served_on"].to_list() == [None, date(2026, 2, 3)]


def test_an_object_that_moved_to_another_debtor_is_no_longer_seen() -> None:
    moved = {"account_id": "account-0", "debtor_id": "debtor-1", "reported_on": date(2026, 2, 1)}
    registers = registers_of(
        {
            "debtors": [{}, {}],
            "cases": [{}, {"debtor_id": "debtor-1"}],
            "accounts": [{"account_id": "account-0"}, moved],
        }
    )
    before = [("case-0", date(2026, 1, 31)), ("case-1", date(2026, 1, 31))]
    after = [("case-0", date(2026, 2, 1)), ("case-1", date(2026, 2, 1))]
    points = points_of(registers, *before, *after)
    known = known_at(registers, points, "accounts", by="debtor").join(points, on="point_id")
    assert set(known.select("case_id", "as_of_date").iter_rows()) == {before[0], after[1]}


def test_rows_of_all_cases_of_the_debtor_are_reached_through_the_debtor() -> None:
    registers = registers_of(
        {"cases": [{}, {}], "payments": [{"case_id": "case-0"}, {"case_id": "case-1"}]}
    )
    points = points_of(registers, ("case-0", OPENED))
    by_case = known_at(registers, points, "payments", by="case")
    by_debtor = known_at(registers, points, "payments", by="debtor")
    assert by_case["payment_id"].to_list() == ["payment-0"]
    assert by_debtor["payment_id"].to_list() == ["payment-0", "payment-1"]


def test_a_table_without_cases_cannot_be_looked_up_by_case() -> None:
    registers = registers_of()
    points = points_of(registers, ("case-0", OPENED))
    with pytest.raises(TableNotReachableError, match="vehicles"):
        known_at(registers, points, "vehicles", by="case")


def test_a_table_that_the_contract_lacks_is_named() -> None:
    with pytest.raises(UnknownTableError, match="'sheep'"):
        Snapshot(registers_of(), OPENED).table("sheep")


@pytest.mark.parametrize(
    ("change", "as_of", "reason_code"),
    [
        ({}, date(2026, 1, 4), "case_unknown"),
        ({"closed_on": OPENED, "closing": "performed"}, OPENED, "case_closed"),
        ({"closing": "annulled"}, OPENED, "case_closed"),
        ({"claim_kind": "non_property"}, OPENED, "not_a_money_claim"),
    ],
)
def test_a_question_that_is_no_decision_point_is_set_aside_with_its_reason(
    change: dict[str, object], as_of: date, reason_code: str
) -> None:
    points, set_aside = locate(registers_of({"cases": [change]}), questions(("case-0", as_of)))
    assert points.is_empty()
    assert set_aside["reason_code"].to_list() == [reason_code]
    assert set_aside["reason"].item().endswith(".")


def test_every_question_is_a_point_or_set_aside() -> None:
    asked = questions(
        ("case-0", OPENED), ("case-0", OPENED), (None, OPENED), ("case-0", None), ("x", OPENED)
    )
    points, set_aside = locate(registers_of(), asked)
    assert points.height + set_aside.height == asked.height
    assert sorted(set_aside["reason_code"]) == [
        "case_unknown",
        "duplicate_question",
        "incomplete_question",
        "incomplete_question",
    ]


def test_points_are_numbered_in_the_order_of_case_and_day() -> None:
    registers = registers_of({"cases": [{}, {}]})
    later = date(2026, 3, 1)
    points = points_of(registers, ("case-1", OPENED), ("case-0", later), ("case-0", OPENED))
    assert points.rows() == [
        (0, "case-0", "debtor-0", OPENED),
        (1, "case-0", "debtor-0", later),
        (2, "case-1", "debtor-0", OPENED),
    ]


@pytest.mark.parametrize(
    "broken",
    [pl.DataFrame({"case_id": ["a"]}), pl.DataFrame({"case_id": ["a"], "as_of_date": ["soon"]})],
)
def test_questions_of_another_form_are_refused(broken: pl.DataFrame) -> None:
    with pytest.raises(QuestionsUnusableError, match="as_of_date"):
        locate(registers_of(), broken)


def payment(amount: int, paid_on: date, reported_on: date | None = None) -> dict[str, object]:
    return {"amount_som": amount, "paid_on": paid_on, "reported_on": reported_on or paid_on}


def test_outstanding_counts_only_payments_known_that_day() -> None:
    late = payment(300_000, OPENED, reported_on=date(2026, 1, 20))
    registers = registers_of({"payments": [payment(100_000, OPENED), late]})
    points = points_of(registers, ("case-0", date(2026, 1, 19)), ("case-0", date(2026, 1, 20)))
    assert outstanding(registers, points)["outstanding_som"].to_list() == [10_400_000, 10_100_000]


def test_nothing_below_zero_is_outstanding() -> None:
    registers = registers_of({"payments": [payment(99_000_000, OPENED)]})
    points = points_of(registers, ("case-0", OPENED))
    assert outstanding(registers, points)["outstanding_som"].to_list() == [0]


def test_the_window_includes_its_first_day_and_excludes_its_end() -> None:
    as_of = date(2026, 2, 1)
    payments = [
        payment(1, date(2026, 1, 31)),
        payment(10, as_of, reported_on=date(2026, 2, 2)),
        payment(100, date(2026, 2, 10)),
        payment(1000, date(2026, 2, 11)),
    ]
    registers = registers_of({"payments": payments})
    points = points_of(registers, ("case-0", as_of))
    got = recovered(registers, points, window_days=10, known_by=date(2026, 6, 1))
    assert got["recovered_som"].to_list() == [110]


PAID_TODAY = date(2026, 2, 1)
NEXT_DAY = date(2026, 2, 2)


def outcome_on(day: date, *payments: dict[str, object]) -> tuple[int, int]:
    """What was outstanding on the day, and what came in afterwards."""
    registers = registers_of({"cases": [{}, {"case_id": "other"}], "payments": list(payments)})
    points = points_of(registers, ("case-0", day))
    owed = outstanding(registers, points)["outstanding_som"].item()
    got = recovered(registers, points, window_days=180, known_by=date(2026, 12, 31))
    return owed, got["recovered_som"].item()


def test_a_payment_made_and_reported_on_the_day_lowers_the_debt_and_is_no_outcome() -> None:
    assert outcome_on(PAID_TODAY, payment(400_000, PAID_TODAY)) == (10_100_000, 0)


def test_a_payment_of_the_day_reported_later_is_outcome_and_lowers_nothing() -> None:
    late = payment(400_000, PAID_TODAY, reported_on=NEXT_DAY)
    assert outcome_on(PAID_TODAY, late) == (10_500_000, 400_000)


def test_a_payment_made_before_and_reported_later_is_neither() -> None:
    late = payment(400_000, date(2026, 1, 31), reported_on=NEXT_DAY)
    assert outcome_on(PAID_TODAY, late) == (10_500_000, 0)


@pytest.mark.parametrize("amount", [70_000, 900_000])
def test_a_payment_known_on_the_day_stays_no_outcome_whatever_it_is_corrected_to(
    amount: int,
) -> None:
    first = {"payment_id": "p", **payment(400_000, PAID_TODAY)}
    corrected = {**first, "amount_som": amount, "reported_on": NEXT_DAY}
    assert outcome_on(PAID_TODAY, first, corrected) == (10_100_000, 0)


def test_a_known_payment_that_is_corrected_to_a_later_day_is_still_no_outcome() -> None:
    first = {"payment_id": "p", **payment(400_000, date(2026, 1, 31))}
    corrected = {**first, "paid_on": date(2026, 2, 9), "reported_on": date(2026, 2, 10)}
    assert outcome_on(PAID_TODAY, first, corrected) == (10_100_000, 0)


def test_a_late_payment_that_is_corrected_counts_once_by_its_last_word() -> None:
    first = {"payment_id": "p", **payment(400_000, PAID_TODAY, reported_on=NEXT_DAY)}
    corrected = {**first, "amount_som": 70_000, "reported_on": date(2026, 3, 1)}
    assert outcome_on(PAID_TODAY, first, corrected) == (10_500_000, 70_000)


def test_a_payment_booked_on_another_case_on_the_day_counts_where_it_is_moved_to() -> None:
    first = {"payment_id": "p", "case_id": "other", **payment(400_000, PAID_TODAY)}
    moved = {**first, "case_id": "case-0", "reported_on": NEXT_DAY}
    assert outcome_on(PAID_TODAY, first, moved) == (10_500_000, 400_000)


def test_a_recovery_is_capped_at_what_was_outstanding() -> None:
    registers = registers_of({"payments": [payment(99_000_000, date(2026, 1, 10))]})
    points = points_of(registers, ("case-0", OPENED))
    got = recovered(registers, points, window_days=180, known_by=date(2026, 12, 31))
    assert got["recovered_som"].to_list() == [10_500_000]


def test_a_recovery_takes_the_last_word_on_each_payment_known_by_then() -> None:
    first = {"payment_id": "p", **payment(700, date(2026, 1, 10))}
    corrected = {**first, "amount_som": 70, "reported_on": date(2026, 3, 1)}
    registers = registers_of({"payments": [first, corrected]})
    points = points_of(registers, ("case-0", OPENED))
    for known_by, expected in ((date(2026, 2, 28), 700), (date(2026, 3, 1), 70)):
        got = recovered(registers, points, window_days=180, known_by=known_by)
        assert got["recovered_som"].to_list() == [expected]


def test_a_point_without_payments_recovered_nothing() -> None:
    registers = registers_of({"payments": []})
    points = points_of(registers, ("case-0", OPENED))
    got = recovered(registers, points, window_days=180, known_by=date(2026, 12, 31))
    assert got["recovered_som"].to_list() == [0]


def test_a_payment_moved_between_two_cases_of_a_debtor_is_seen_once_in_its_last_case() -> None:
    registers = registers_of(
        {
            "cases": [{"case_id": "case-0"}, {"case_id": "case-1"}],
            "payments": [
                {"payment_id": "p", "case_id": "case-0", "reported_on": date(2026, 2, 1)},
                {"payment_id": "p", "case_id": "case-1", "reported_on": date(2026, 3, 1)},
            ],
        }
    )
    questions = pl.DataFrame({"case_id": ["case-0"] * 2, "as_of_date": [FEB_LAST, MAR_LAST]})
    points, _ = locate(registers, questions)
    seen = known_at(registers, points, "payments", by="debtor")
    assert seen["case_id"].to_list() == ["case-0", "case-1"]


FEB_LAST, MAR_LAST = date(2026, 2, 28), date(2026, 3, 31)
