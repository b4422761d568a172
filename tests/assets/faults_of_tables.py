"""Faults of a whole table, and of an extract beside the one before it."""

from datetime import date

import polars as pl

from registers.examples import example_frame
from registers.sources.files import seal_extract
from tests.assets.fault import EXTRACTED_ON, Fault, Folder
from tests.assets.faultless import few, many

N_INCOMES = 630
NONE = (0, 0, 0, 0)
WHOLE = (N_INCOMES, N_INCOMES, 0, 0)


def _incomes(folder: Folder, *changes: pl.Expr) -> None:
    folder.parquet("incomes", many()["incomes"].with_columns(*changes))


def _thousands() -> list[pl.Expr]:
    return [pl.col("gross_som") // 1000, pl.col("tax_som") // 1000]


def _zero_rows(folder: Folder) -> None:
    folder.last(many(), "parquet")
    folder.parquet("incomes", many()["incomes"].head(0))


def _ten_fold(folder: Folder) -> None:
    folder.last(many() | {"incomes": many()["incomes"].head(60)}, "parquet")


def _half_the_debtors(folder: Folder) -> None:
    folder.last(many(), "parquet")
    folder.parquet("incomes", many()["incomes"].head(N_INCOMES * 2 // 3))


def _all_equal(folder: Folder) -> None:
    _incomes(folder, pl.lit(3_000_000).cast(pl.Int64).alias("gross_som"))


def _in_thousands(folder: Folder) -> None:
    _incomes(folder, *_thousands())


def _new_unit(folder: Folder) -> None:
    folder.last(many(), "parquet")
    _incomes(folder, pl.col("gross_som") // 10, pl.col("tax_som") // 10)


def _one_month_in_thousands(folder: Folder) -> None:
    changed = pl.col("month") == date(2025, 12, 1)
    amounts = [
        pl.when(changed).then(pl.col(name) // 1000).otherwise(name).alias(name)
        for name in ("gross_som", "tax_som")
    ]
    reported = pl.col("month").dt.offset_by("1mo").dt.offset_by("9d").alias("reported_on")
    _incomes(folder, *amounts, reported)


def _column_left_empty(folder: Folder) -> None:
    folder.last(_with_birth_years(), "parquet")


def _with_birth_years() -> dict[str, pl.DataFrame]:
    tables = many()
    years = pl.int_range(pl.len()).mod(50).add(1950).cast(pl.Int64).alias("birth_year")
    return tables | {"debtors": tables["debtors"].with_columns(years)}


def _another_definition(folder: Folder) -> None:
    folder.last(many(), "parquet")
    _incomes(folder, pl.lit("contract").alias("kind"))


def _late_agency(folder: Folder) -> None:
    months = pl.col("month").dt.offset_by("-6mo")
    _incomes(folder, months, pl.col("reported_on").dt.offset_by("-6mo"))


def _few_debtors_covered(folder: Folder) -> None:
    folder.parquet("incomes", many()["incomes"].head(30))


def _continued(folder: Folder, increment: dict[str, pl.DataFrame]) -> None:
    """Makes the extract an increment on a sealed one with a few rows."""
    last = folder.last(few())
    seal_extract(last.path, EXTRACTED_ON)
    for table in few():
        folder.file(table).unlink()
    for table, frame in increment.items():
        folder.write(table, frame.write_csv())


def _changed_without_report(folder: Folder) -> None:
    changed = few()["payments"].head(2).with_columns(pl.col("amount_som") + 1)
    _continued(folder, {"payments": changed})
    seal_extract(folder.path, EXTRACTED_ON, folder.root / "last")


def _sent_again(folder: Folder) -> None:
    _continued(folder, {"payments": few()["payments"].head(3)})
    seal_extract(folder.path, EXTRACTED_ON, folder.root / "last")


def _nothing_to_withdraw(folder: Folder) -> None:
    (folder.path / "withdrawn").mkdir()
    (folder.path / "withdrawn" / "payments.csv").write_text(
        "payment_id,reported_on,withdrawn_on\n"
        "payment-1,2026-01-18,2026-01-30\n"
        "payment-77,2026-01-18,2026-01-30\n",
        encoding="utf-8",
    )


def _misspelt_withdrawal(folder: Folder) -> None:
    _nothing_to_withdraw(folder)
    (folder.path / "withdrawn" / "payments.csv").rename(folder.path / "withdrawn" / "payment.csv")


def _lost_correction(folder: Folder) -> None:
    cases = few()["cases"]
    closing = cases.head(1).with_columns(
        pl.lit("vanished").alias("closing"), pl.lit(date(2026, 1, 20)).alias("reported_on")
    )
    folder.write("cases", pl.concat([cases, closing]).write_csv())


def _unknown_kinds(folder: Folder, n: int) -> None:
    bad = pl.int_range(pl.len()) < n
    _incomes(folder, pl.when(bad).then(pl.lit("salary")).otherwise("kind").alias("kind"))


def _five_percent(folder: Folder) -> None:
    _unknown_kinds(folder, 32)


def _half(folder: Folder) -> None:
    _unknown_kinds(folder, 315)


def _every_row(folder: Folder) -> None:
    _unknown_kinds(folder, N_INCOMES)


def _payments_in_words(folder: Folder) -> None:
    rows = [{"case_id": f"case-{n}", "amount_som": 100_000 + n} for n in range(60)]
    paid = example_frame("payments", rows)
    words = pl.col("amount_som").cast(pl.String) + " soum"
    folder.write("payments", paid.with_columns(words).write_csv())


FAULTS: tuple[Fault, ...] = (
    Fault(
        "67-zero-rows",
        "an agency that had many rows sends none",
        "incomes",
        "refused",
        "empty_table",
        NONE,
        "ask for it again, or leave it out",
        _zero_rows,
        base="many",
        before="last",
    ),
    Fault(
        "68-ten-fold-rows",
        "ten times as many rows as in the last extract",
        "incomes",
        "refused",
        "row_count",
        WHOLE,
        "Ask the agency why",
        _ten_fold,
        base="many",
        before="last",
    ),
    Fault(
        "69-debtors-lost",
        "a third of the debtors has no row any more",
        "incomes",
        "accepted",
        "debtors_lost",
        (420, 420, 0, 0),
        "Ask which region or agency is missing",
        _half_the_debtors,
        base="many",
        before="last",
    ),
    Fault(
        "70-all-equal",
        "a column has one value in every row",
        "incomes",
        "refused",
        "constant_column",
        WHOLE,
        "ask the agency for the table again",
        _all_equal,
        base="many",
    ),
    Fault(
        "71-thousands-of-som",
        "amounts are given in thousands of som",
        "incomes",
        "refused",
        "unusual_scale",
        WHOLE,
        "ask the agency for whole som",
        _in_thousands,
        base="many",
    ),
    Fault(
        "72-new-unit",
        "amounts are a tenth of those in the last extract",
        "incomes",
        "accepted",
        "scale_changed",
        WHOLE,
        "Ask whether the unit has changed",
        _new_unit,
        base="many",
        before="last",
    ),
    Fault(
        "73-one-month-in-thousands",
        "one month is given in thousands of som",
        "incomes",
        "refused",
        "scale_jumped",
        WHOLE,
        "Ask the agency whether the unit has changed",
        _one_month_in_thousands,
        base="many",
    ),
    Fault(
        "74-column-left-empty",
        "a column that was filled is empty",
        "debtors",
        "refused",
        "more_missing",
        (210, 210, 0, 0),
        "Ask why the column was left empty",
        _column_left_empty,
        base="many",
        before="last",
    ),
    Fault(
        "75-another-definition",
        "the kinds of income are others than before",
        "incomes",
        "accepted",
        "shifted_values",
        WHOLE,
        "Ask whether a definition has changed",
        _another_definition,
        base="many",
        before="last",
    ),
    Fault(
        "76-late-agency",
        "the last report is half a year old",
        "incomes",
        "accepted",
        "late_agency",
        WHOLE,
        "Ask the agency for news",
        _late_agency,
        base="many",
    ),
    Fault(
        "77-few-debtors-covered",
        "hardly any debtor has a row",
        "incomes",
        "accepted",
        "low_coverage",
        (30, 30, 0, 0),
        "Check whether the export is complete",
        _few_debtors_covered,
        base="many",
    ),
    Fault(
        "78-lost-correction",
        "a later row of a case is bad, so its older state stays",
        "cases",
        "set aside",
        "unknown_value",
        (4, 3, 0, 1),
        "an older state stays in force, because a later row of theirs was set aside. Have these "
        "rows corrected first.",
        _lost_correction,
    ),
    Fault(
        "79-nothing-to-withdraw",
        "a row is taken back that nobody reported",
        "payments withdrawn",
        "set aside",
        "nothing_to_withdraw",
        (2, 1, 0, 1),
        "Name the row as it was reported",
        _nothing_to_withdraw,
    ),
    Fault(
        "80-changed-without-report",
        "an increment changes rows and keeps their report days",
        "payments",
        "set aside",
        "changed_without_report",
        (2, 0, 0, 2),
        "A correction needs a later reported_on",
        _changed_without_report,
        before="onto",
    ),
    Fault(
        "81-sent-again",
        "an increment repeats rows word for word",
        "payments",
        "accepted",
        "",
        (3, 3, 0, 0),
        "3 of them known already",
        _sent_again,
        before="onto",
    ),
    Fault(
        "82-misspelt-withdrawal",
        "a file of rows taken back is named payment.csv",
        "payments",
        "accepted",
        "ignored",
        (8, 8, 0, 0),
        "withdrawn/payment.csv: no table of the contract; not read",
        _misspelt_withdrawal,
    ),
    Fault(
        "90-five-percent-set-aside",
        "one row in twenty has a kind that nobody knows",
        "incomes",
        "set aside",
        "rows_set_aside",
        (630, 598, 0, 32),
        "the table counts as unknown",
        _five_percent,
        base="many",
    ),
    Fault(
        "91-half-set-aside",
        "half of the rows have a kind that nobody knows",
        "incomes",
        "refused",
        "rows_set_aside",
        (630, 315, 0, 315),
        "--accept incomes.rows_set_aside",
        _half,
        base="many",
    ),
    Fault(
        "92-all-set-aside",
        "every row has a kind that nobody knows",
        "incomes",
        "refused",
        "all_rows_set_aside",
        (630, 0, 0, 630),
        "The table did not come empty",
        _every_row,
        base="many",
    ),
    Fault(
        "93-payments-unreadable",
        "every amount carries the word of the currency",
        "payments",
        "refused",
        "all_rows_set_aside",
        (60, 0, 0, 60),
        "ask for the table again",
        _payments_in_words,
        base="many",
    ),
)
