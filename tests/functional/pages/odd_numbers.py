"""The invented office with case numbers as offices print them, and worse."""

from dataclasses import dataclass

import polars as pl

from tests.functional.pages.invented_desk import InventedDesk, case_ids

PRINTED = "1237/26/1714-ИИ"
NUMBERS = (
    PRINTED,
    "1237-26-1714",
    "№ 12 / 26",
    "what? #3; 100% & more + a=b",
    "%2F%252e",
    "a/../../review",
    "/leads and trails/",
    "x/recommendations",
    "//double",
    "back\\slash",
    "sanʼat:@,oʻgʻ",
    ".",
    "..",
    "../",
)
N_SKIPPED = 10  # the first cases of the invented desk are special ones


@dataclass
class OddNumbers(InventedDesk):
    """As the invented desk, under other numbers."""

    def open_cases(self) -> pl.DataFrame:
        old = case_ids()[N_SKIPPED : N_SKIPPED + len(NUMBERS)]
        new = pl.col("case_id").replace(dict(zip(old, NUMBERS, strict=True)))
        return super().open_cases().with_columns(new)
