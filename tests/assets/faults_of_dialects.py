"""Faults of dialects: extracts as databases, data frames and spreadsheets write them."""

from datetime import date

import polars as pl

from tests.assets.fault import Fault, Folder
from tests.assets.faultless import few

WHOLE = (8, 8, 0, 0)
REPAIRED = (8, 8, 8, 0)
NONE = (0, 0, 0, 0)
NO_BREAK, NARROW = "\u00a0", "\u202f"


def _texts(folder: Folder, table: str, column: str, texts: list[str]) -> None:
    folder.cells(table, column, dict(enumerate(texts)))


def _payments(folder: Folder, *changes: pl.Expr | pl.Series) -> None:
    folder.parquet("payments", few()["payments"].with_columns(*changes))


def _spreadsheet_ids(folder: Folder) -> None:
    _texts(folder, "payments", "payment_id", [f"3.0001{n}E+14" for n in (1, 2, 2, 2, 3, 3, 4, 4)])


def _hexadecimal_ids(folder: Folder) -> None:
    _texts(folder, "payments", "payment_id", [f"7392{n}e0{n}" for n in range(7)] + ["12345678"])


def _floats_for_ids(folder: Folder) -> None:
    _texts(folder, "actions", "action_id", ["0", "1", "2"])
    _texts(folder, "payments", "action_id", ["0.0", "1.0", "", "2.0", "", "", "0.0", "1.0"])


def _float_column_for_ids(folder: Folder) -> None:
    _texts(folder, "actions", "action_id", ["0", "1", "2"])
    ids = [0.0, 1.0, None, 2.0, None, None, 0.0, 1.0]
    _payments(folder, pl.Series("action_id", ids, dtype=pl.Float64))


def _ids_in_two_forms(folder: Folder) -> None:
    _texts(folder, "payments", "payment_id", ["1", "2", "3", "4.0", "5.0", "6.0", "7.0", "17"])


def _leading_zeros(folder: Folder) -> None:
    _texts(folder, "payments", "payment_id", [f"000{n}" for n in range(8)])


def _unknown_reference(folder: Folder) -> None:
    folder.cells("payments", "action_id", {0: "action-0", 3: "action-99", 5: "action-98"})


def _letters(folder: Folder) -> None:
    for name in ("periodic", "secured", "levies_dwelling"):
        folder.column("cases", name, lambda text: text[0].upper())


def _numbers(folder: Folder) -> None:
    names = ("periodic", "secured", "levies_dwelling")
    folder.parquet("cases", few()["cases"].with_columns(pl.col(names).cast(pl.Float64)))


def _words(folder: Folder) -> None:
    words = {"true": "Ha", "false": "yo'q"}
    folder.column("real_estate", "residence", lambda text: words[text])


def _counts_for_truth(folder: Folder) -> None:
    _texts(folder, "cases", "secured", ["0", "1", "2"])


def _missing_marks(folder: Folder) -> None:
    _texts(folder, "cases", "served_on", ["\\N", "NULL", "—"])
    _texts(folder, "cases", "closing", ["n/a", "none", "-"])


def _missing_codes(folder: Folder) -> None:
    _texts(folder, "debtors", "activity_code", ["NULL", "—", "47110"])


def _marks_where_needed(folder: Folder) -> None:
    _texts(folder, "cases", "office", ["NULL", "office-1", "—"])


def _grouped(text: str) -> str:
    whole = f"{int(text):,}"
    return whole.replace(",", NO_BREAK, 1).replace(",", NARROW) + ",00"


def _grouped_amounts(folder: Folder) -> None:
    folder.column("payments", "amount_som", _grouped)


def _groups_not_proven(folder: Folder) -> None:
    folder.column("payments", "amount_som", _grouped)
    folder.cells("payments", "amount_som", {2: "110 000,50"})


def _instants(folder: Folder) -> None:
    _payments(
        folder,
        *(
            pl.col(name)
            .cast(pl.Datetime("us"))
            .dt.replace_time_zone("Asia/Tashkent")
            .dt.convert_time_zone("UTC")
            for name in ("paid_on", "reported_on")
        ),
    )


def _utc(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.replace(day=day.day - 1).isoformat()}T19:00:00"


def _instants_in_text(folder: Folder) -> None:
    folder.column("payments", "paid_on", lambda text: _utc(text) + "Z")


def _instants_without_zone(folder: Folder) -> None:
    folder.column("payments", "paid_on", _utc)


def _east_of_tashkent(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {2: "2026-01-14T00:00:00+09:00"})


def _swallowed_lines(folder: Folder) -> None:
    lines = folder.text("payments").split("\n")
    at = lines[0].split(",").index("source")
    for line, opens in ((2, True), (4, False)):
        cells = lines[line].split(",")
        cells[at] = f'"{cells[at]}' if opens else f'{cells[at]}"'
        lines[line] = ",".join(cells)
    folder.write("payments", "\n".join(lines))


def _line_break_in_an_id(folder: Folder) -> None:
    folder.cells("payments", "payment_id", {2: "payment\n2", 5: "payment\t5"})


def _endless_code(folder: Folder) -> None:
    folder.cells("cases", "office", {0: "office " * 20})


def _filler_amounts(folder: Folder) -> None:
    fillers = {0: "9223372036854775807", 1: "9999999999999999"}
    folder.cells("real_estate", "cadastral_som", fillers)


def _contradicting_rows(folder: Folder) -> None:
    again = few()["payments"].head(2).with_columns(pl.col("amount_som") + 1)
    folder.edit("payments", lambda text: text + again.write_csv().partition("\n")[2])


def _both_orders_in_iso(folder: Folder) -> None:
    folder.cells("payments", "paid_on", {1: "2026-13-01", 2: "2026-14-01"})


FAULTS: tuple[Fault, ...] = (
    Fault(
        "83-spreadsheet-ids",
        "ids went through a spreadsheet: 3.00012E+14",
        "payments",
        "refused",
        "spreadsheet_ids",
        NONE,
        "without opening it in a spreadsheet",
        _spreadsheet_ids,
    ),
    Fault(
        "84-hexadecimal-ids",
        "ids only look so: 73928e05",
        "payments",
        "accepted",
        "",
        WHOLE,
        "all accepted",
        _hexadecimal_ids,
    ),
    Fault(
        "85-floats-for-ids",
        "ids were written as 17.0",
        "payments",
        "repaired",
        "whole_number_ids",
        (8, 8, 5, 0),
        "See repairs/payments.parquet",
        _floats_for_ids,
    ),
    Fault(
        "86-float-column-for-ids",
        "ids came as a column of floats",
        "payments",
        "repaired",
        "whole_number_ids",
        (8, 8, 5, 0),
        "See repairs/payments.parquet",
        _float_column_for_ids,
    ),
    Fault(
        "87-ids-in-two-forms",
        "17 and 17.0 stand in one column",
        "payments",
        "refused",
        "ids_in_two_forms",
        NONE,
        "Export the ids again as whole numbers or as text",
        _ids_in_two_forms,
    ),
    Fault(
        "88-leading-zeros",
        "ids begin with zeros",
        "payments",
        "accepted",
        "",
        WHOLE,
        "all accepted",
        _leading_zeros,
    ),
    Fault(
        "89-unknown-optional-reference",
        "a payment names an action that nobody delivered",
        "payments",
        "repaired",
        "unknown_reference",
        (8, 8, 2, 0),
        "See repairs/payments.parquet",
        _unknown_reference,
    ),
    Fault(
        "90-letters-for-true-and-false",
        "true and false are T and F",
        "cases",
        "repaired",
        "true_and_false",
        (3, 3, 3, 0),
        "See repairs/cases.parquet",
        _letters,
    ),
    Fault(
        "91-numbers-for-true-and-false",
        "true and false came as 1.0 and 0.0",
        "cases",
        "repaired",
        "true_and_false",
        (3, 3, 3, 0),
        "See repairs/cases.parquet",
        _numbers,
    ),
    Fault(
        "92-words-for-true-and-false",
        "true and false are ha and yoʻq",
        "real_estate",
        "repaired",
        "true_and_false",
        (3, 3, 3, 0),
        "See repairs/real_estate.parquet",
        _words,
    ),
    Fault(
        "93-counts-for-true-and-false",
        "a 2 stands among ones and zeros",
        "cases",
        "refused",
        "mixed_booleans",
        NONE,
        "Export it again as true and false",
        _counts_for_truth,
    ),
    Fault(
        "94-marks-of-missing-values",
        r"a missing value is \N, NULL, n/a or a dash",
        "cases",
        "repaired",
        "missing_mark",
        (3, 3, 3, 0),
        "See repairs/cases.parquet",
        _missing_marks,
    ),
    Fault(
        "95-marks-of-missing-codes",
        "a missing code is NULL or a dash",
        "debtors",
        "repaired",
        "missing_mark",
        (3, 3, 2, 0),
        "See repairs/debtors.parquet",
        _missing_codes,
    ),
    Fault(
        "96-marks-where-needed",
        "a value that must be there is NULL or a dash",
        "cases",
        "set aside",
        "missing_value",
        (3, 1, 0, 2),
        "Fill it in",
        _marks_where_needed,
    ),
    Fault(
        "97-grouped-amounts",
        "amounts are written as 1 234 567,00",
        "payments",
        "repaired",
        "grouped_digits",
        REPAIRED,
        "See repairs/payments.parquet",
        _grouped_amounts,
    ),
    Fault(
        "98-groups-not-proven",
        "one of the grouped amounts has decimals",
        "payments",
        "refused",
        "mixed_amounts",
        NONE,
        "Export whole som as bare digits",
        _groups_not_proven,
    ),
    Fault(
        "99-instants-in-utc",
        "days came as instants in UTC: 19:00 of the day before",
        "payments",
        "accepted",
        "other_type",
        WHOLE,
        "read as date",
        _instants,
    ),
    Fault(
        "100-instants-in-text",
        "days are written as 2026-01-04T19:00:00Z",
        "payments",
        "repaired",
        "day_in_tashkent",
        REPAIRED,
        "See repairs/payments.parquet",
        _instants_in_text,
    ),
    Fault(
        "101-instants-without-zone",
        "the same without a zone",
        "payments",
        "refused",
        "times_of_another_zone",
        NONE,
        "Export days as dates",
        _instants_without_zone,
    ),
    Fault(
        "102-east-of-tashkent",
        "a midnight of a zone in which it is the next day",
        "payments",
        "set aside",
        "wrong_type",
        (8, 7, 0, 1),
        "a date such as 2026-01-31. Correct the value",
        _east_of_tashkent,
    ),
    Fault(
        "103-swallowed-lines",
        "a stray quotation mark swallows lines",
        "payments",
        "set aside",
        "stray_quote",
        (8, 5, 0, 3),
        "Lines of the file swallowed by a stray quotation mark: 3-5",
        _swallowed_lines,
    ),
    Fault(
        "104-line-break-in-an-id",
        "an id holds a line break or a tab",
        "payments",
        "set aside",
        "control_character",
        (8, 6, 0, 2),
        "Correct the value",
        _line_break_in_an_id,
    ),
    Fault(
        "105-endless-code",
        "a code is longer than any code",
        "cases",
        "set aside",
        "too_long",
        (3, 2, 0, 1),
        "Correct the value",
        _endless_code,
    ),
    Fault(
        "106-filler-amounts",
        "an amount is 9 999 999 999 999 999",
        "real_estate",
        "set aside",
        "amount_too_large",
        (3, 1, 0, 2),
        "Deliver the true amount",
        _filler_amounts,
    ),
    Fault(
        "107-contradicting-rows",
        "two rows of one key and day say different things",
        "payments",
        "set aside",
        "contradicting_rows",
        (10, 6, 0, 4),
        "nobody can tell which of them holds",
        _contradicting_rows,
    ),
    Fault(
        "108-both-orders-in-iso",
        "a column has 2026-01-13 and 2026-13-01",
        "payments",
        "set aside",
        "impossible_date",
        (8, 6, 0, 2),
        "the other days may be wrong too",
        _both_orders_in_iso,
    ),
)
