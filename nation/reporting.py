"""How facts reach the Bureau: on which day, sometimes late, sometimes wrong first and corrected."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from nation.arrays import NEVER, Floats, Ints
from nation.country import REGIONS, Calendar

_EPOCH = 719_163  # ordinal of 1970-01-01
Cells = Mapping[str, object]


def dates(days: Ints, calendar: Calendar) -> pl.Series:
    """Day numbers as dates; NEVER becomes null."""
    offset = calendar.start.toordinal() - _EPOCH
    series = pl.Series(np.asarray(days + offset, dtype=np.int32))
    known = pl.Series(np.asarray(days < NEVER // 2))
    return pl.select(pl.when(known).then(series).cast(pl.Date)).to_series()


def district_codes(region: Ints, district: Ints) -> pl.Series:
    """Codes of districts in the form of SOATO: the region's four digits and three more."""
    region_codes = words(tuple(r.code for r in REGIONS), region)
    suffix = pl.Series(203 + 3 * district).cast(pl.String).str.zfill(3)
    return pl.select(pl.concat_str(region_codes, suffix)).to_series()


def office_codes(region: Ints, district: Ints) -> pl.Series:
    """The pseudonym of the office of a district."""
    return pl.select(pl.concat_str(pl.lit("O"), district_codes(region, district))).to_series()


def ids(letter: str, numbers: Ints) -> pl.Series:
    """Pseudonyms from numbers: a letter and seven digits."""
    return pl.select(
        pl.concat_str(pl.lit(letter), pl.Series(numbers).cast(pl.String).str.zfill(7))
    ).to_series()


def words(names: tuple[str, ...], codes: Ints) -> pl.Series:
    """The names that codes stand for."""
    return pl.Series(names, dtype=pl.String).gather(pl.Series(codes))


def whole(amounts: Floats) -> pl.Series:
    """Amounts as whole som, never below nought."""
    return pl.Series(np.maximum(np.round(amounts), 0).astype(np.int64))


def lag(rng: np.random.Generator, n: int, low: int, high: int, late: float = 0.03) -> Ints:
    """Days from a fact to its report: `low` to `high`, and for a few up to thirty days more."""
    days = rng.integers(low, high + 1, n)
    return days + (rng.random(n) < late) * rng.integers(5, 31, n)


def correct_some(
    rng: np.random.Generator, rows: pl.DataFrame, column: str, share: float,
    only_less: bool = False,
) -> pl.DataFrame:  # fmt: skip
    """For a share of the rows a wrong first report precedes the right one, which comes later."""
    n = rows.height
    wrong = rng.random(n) < share
    factor = np.where(rng.random(n) < 0.5, rng.uniform(0.4, 0.9, n), rng.uniform(1.1, 1.8, n))
    factor = np.where(only_less, rng.uniform(0.4, 0.9, n), factor)
    delay = pl.Series(np.where(wrong, rng.integers(8, 45, n), 0))
    first = rows.with_columns(
        (pl.col(column) * pl.Series(factor)).round().cast(pl.Int64).alias(column)
    ).filter(pl.Series(wrong))
    right = rows.with_columns(pl.col("reported_on") + pl.duration(days=pl.lit(delay)))
    return pl.concat([first, right])


def finish(rows: pl.DataFrame, key: list[str], calendar: Calendar) -> pl.DataFrame:
    """Rows known on the day of the questions, in the order of key and report.

    Of two rows of a key that are reported on one day only the later one is sent.
    """
    known = rows.filter(pl.col("reported_on") <= pl.lit(calendar.as_of))
    ordered = known.sort([*key, "reported_on"], maintain_order=True)
    same_day = pl.all_horizontal(pl.col(c) == pl.col(c).shift(-1) for c in [*key, "reported_on"])
    return ordered.filter(~same_day.fill_null(value=False))
