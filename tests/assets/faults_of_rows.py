"""Faults of single rows: values that cannot be, and rows that contradict each other."""

import polars as pl

from tests.assets.fault import Fault, Folder
from tests.assets.faultless import few

Counts = tuple[int, int, int, int]
ONE_OF_EIGHT: Counts = (8, 7, 0, 1)


def _mixed_types(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {2: "a lot", 5: "12.5"})


def _huge_integers(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {1: "99999999999999999999"})


def _missing_value(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {1: ""})


def _duplicate_keys(folder: Folder) -> None:
    folder.edit("payments", lambda text: text + text.splitlines()[3] + "\n")


def _correction(folder: Folder) -> None:
    first = few()["payments"].head(1)
    later = first.with_columns(pl.lit(77_000).cast(pl.Int64).alias("amount_som"))
    text = later.with_columns(pl.col("reported_on").dt.offset_by("5d")).write_csv()
    folder.edit("payments", lambda whole: whole + text.partition("\n")[2])


def _orphans(folder: Folder) -> None:
    folder.cells("payments", "case_id", {3: "case-99"})


def _negative_money(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {3: "-100000"})


def _future_dates(folder: Folder) -> None:
    folder.cells("payments", "reported_on", {3: "2027-01-22"})


def _reported_before_the_event(folder: Folder) -> None:
    folder.cells("payments", "reported_on", {3: "2026-01-16"})


def _impossible_date(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {3: "2026-02-30"})


def _year_25(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {3: "0025-01-17"})


def _share_above_1(folder: Folder) -> None:
    folder.cells("real_estate", "share", {1: "50"})


def _unknown_value(folder: Folder) -> None:
    folder.cells("payments", "source", {3: "gift_card"})


def _wrong_code(folder: Folder) -> None:
    folder.cells("debtors", "district", {2: "26262"})


def _tax_above_gross(folder: Folder) -> None:
    folder.cells("incomes", "tax_som", {1: "9000000"})


def _middle_of_the_month(folder: Folder) -> None:
    folder.cells("incomes", "month", {1: "2025-12-15"})


def _two_faults(folder: Folder) -> None:
    folder.cells("payments", "amount_som", {3: "-1"})
    folder.cells("payments", "source", {3: "gift_card"})


FAULTS: tuple[Fault, ...] = (
    Fault(
        "50-mixed-types",
        "amounts are mixed with words and fractions",
        "payments",
        "set aside",
        "wrong_type",
        (8, 6, 0, 2),
        "a whole amount. Correct the value",
        _mixed_types,
    ),
    Fault(
        "51-huge-integers",
        "an amount has twenty digits",
        "payments",
        "set aside",
        "wrong_type",
        ONE_OF_EIGHT,
        "a whole amount. Correct the value",
        _huge_integers,
    ),
    Fault(
        "52-missing-value",
        "an amount is missing",
        "payments",
        "set aside",
        "missing_value",
        ONE_OF_EIGHT,
        "Fill it in",
        _missing_value,
    ),
    Fault(
        "53-duplicate-keys",
        "a row stands twice",
        "payments",
        "set aside",
        "duplicate_key",
        (9, 8, 0, 1),
        "remove the row that does not count",
        _duplicate_keys,
    ),
    Fault(
        "54-correction",
        "a later report corrects an amount",
        "payments",
        "accepted",
        "",
        (9, 9, 0, 0),
        "all accepted",
        _correction,
    ),
    Fault(
        "55-orphans",
        "a payment names a case that nobody delivered",
        "payments",
        "set aside",
        "orphan",
        ONE_OF_EIGHT,
        "Deliver that row, or correct case_id",
        _orphans,
    ),
    Fault(
        "56-negative-money",
        "an amount is below zero",
        "payments",
        "set aside",
        "negative_amount",
        ONE_OF_EIGHT,
        "Correct the amount",
        _negative_money,
    ),
    Fault(
        "57-future-dates",
        "a row was reported after the day of the extract",
        "payments",
        "set aside",
        "reported_in_future",
        ONE_OF_EIGHT,
        "Correct the date",
        _future_dates,
    ),
    Fault(
        "58-reported-before-the-event",
        "a payment was reported before it was made",
        "payments",
        "set aside",
        "paid_after_reported",
        ONE_OF_EIGHT,
        "Correct one of the two dates",
        _reported_before_the_event,
    ),
    Fault(
        "59-impossible-date",
        "30 February",
        "payments",
        "set aside",
        "impossible_date",
        ONE_OF_EIGHT,
        "a day that does not exist. Correct the date",
        _impossible_date,
    ),
    Fault(
        "60-year-25",
        "a year lacks its century",
        "payments",
        "set aside",
        "impossible_date",
        ONE_OF_EIGHT,
        "at least 1900-01-01",
        _year_25,
    ),
    Fault(
        "61-share-above-1",
        "a share is given in per cent",
        "real_estate",
        "set aside",
        "out_of_range",
        (3, 2, 0, 1),
        "at least 0 and at most 1. Correct the value",
        _share_above_1,
    ),
    Fault(
        "62-unknown-value",
        "a value is not in its list",
        "payments",
        "set aside",
        "unknown_value",
        ONE_OF_EIGHT,
        "Correct the value",
        _unknown_value,
    ),
    Fault(
        "63-wrong-code",
        "the code of a district is too short",
        "debtors",
        "set aside",
        "wrong_form",
        (3, 2, 0, 1),
        "7 digits). Correct it",
        _wrong_code,
    ),
    Fault(
        "64-tax-above-gross",
        "the tax is above the income",
        "incomes",
        "set aside",
        "tax_above_gross",
        (3, 2, 0, 1),
        "Correct one of the two",
        _tax_above_gross,
    ),
    Fault(
        "65-middle-of-the-month",
        "a month is named by another day than its first",
        "incomes",
        "set aside",
        "not_first_of_month",
        (3, 2, 0, 1),
        "first day of the month, as in 2026-01-01",
        _middle_of_the_month,
    ),
    Fault(
        "66-two-faults",
        "a row has two faults",
        "payments",
        "set aside",
        "unknown_value",
        ONE_OF_EIGHT,
        "unknown_value (source), negative_amount (amount_som)",
        _two_faults,
    ),
)
