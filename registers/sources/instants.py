"""The day of an instant: a column of days means the day in Tashkent, whatever keeps the instant.

Midnight in Tashkent is 19:00 of the day before in UTC. Files, PostgreSQL and questions all come
here, so that one instant is one day everywhere.
"""

from typing import Final

import polars as pl

TASHKENT: Final = "Asia/Tashkent"

# 2026-01-04T19:00:00Z, 2026-01-05 00:00:00+05, 2026-01-05 00:00:00.000 +0500, … UTC
_INSTANT: Final = (
    r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?"
    r"(?:Z|z|UTC|GMT|([+-])(\d{2}):?(\d{2})?)$"
)
# A time without a zone after a day: 2026-01-04 19:00:00
_NAIVE: Final = r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]0+)?)?$"


def day_of_zoned(instant: pl.Expr) -> pl.Expr:
    """The day in Tashkent of instants with a time zone; null where no day is certain.

    A midnight of a zone east of Tashkent lies in the day before there. Whether the day or the
    instant was meant nobody can tell.
    """
    return _certain(instant.dt.replace_time_zone(None), _wall(instant))


def day_of_zoned_text(text: pl.Expr) -> pl.Expr:
    """The same for texts such as 2026-01-04T19:00:00Z, as 2026-01-05; null for any other text."""
    own = _read(text, _INSTANT)
    sign = pl.when(text.str.extract(_INSTANT, 4) == "-").then(-1).otherwise(1)
    hours, minutes = (
        text.str.extract(_INSTANT, group).cast(pl.Int64, strict=False).fill_null(0)
        for group in (5, 6)
    )
    instant = own - pl.duration(minutes=sign * (60 * hours + minutes))
    return _certain(own, _wall(instant.dt.replace_time_zone("UTC"))).dt.to_string("%Y-%m-%d")


def is_zoned_text(text: pl.Expr) -> pl.Expr:
    """Whether a text is an instant with a zone."""
    return text.str.contains(_INSTANT)


def looks_like_utc(naive: pl.Expr) -> pl.Expr:
    """Whether a time without a zone is a midnight of Tashkent in UTC: 19:00 of the day before."""
    wall = _wall(naive.dt.replace_time_zone("UTC"))
    return (wall.dt.time() == pl.time(0, 0, 0)) & (naive.dt.time() != pl.time(0, 0, 0))


def looks_like_utc_text(text: pl.Expr) -> pl.Expr:
    """The same for texts such as 2026-01-04 19:00:00."""
    return looks_like_utc(_read(text, _NAIVE))


def _wall(instant: pl.Expr) -> pl.Expr:
    return instant.dt.convert_time_zone(TASHKENT).dt.replace_time_zone(None)


def _certain(own: pl.Expr, wall: pl.Expr) -> pl.Expr:
    is_own_midnight = own.dt.time() == pl.time(0, 0, 0)
    is_same = own.dt.date() == wall.dt.date()
    return pl.when(~is_own_midnight | is_same).then(wall.dt.date())


def _read(text: pl.Expr, pattern: str) -> pl.Expr:
    """Day and time of a text, without its zone, to the second; null where there are none."""
    day, minute, second = (text.str.extract(pattern, group) for group in (1, 2, 3))
    written = pl.concat_str(
        day, pl.lit(" "), minute, pl.lit(":"), second.fill_null("00"), ignore_nulls=False
    )
    return written.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us", strict=False)
