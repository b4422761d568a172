"""The filter on dates as a WHERE clause, so that the server leaves rows out and not we.

The clause keeps exactly what `ReportedBetween.keeps` keeps. For a column of type date it is made of
comparisons that an index on the column serves; so is the first part for texts.
"""

from datetime import date
from typing import Final, TypeAlias

from psycopg import sql

from registers.sources.dates import ReportedBetween
from registers.sources.postgres.forms import Form

Clause: TypeAlias = sql.Composable

# A text that is a day of the calendar, years 0000 to 9999. PostgreSQL 15 cannot try a cast.
_IS_DAY: Final = (
    "({c} ~ '^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'"
    " AND {c} !~ '-(02-3[01]|(04|06|09|11)-31)$'"
    " AND CASE WHEN {c} ~ '^[0-9]{{4}}-02-29$'"
    " THEN left({c}, 4)::int % 4 = 0 AND (left({c}, 4)::int % 100 <> 0"
    " OR left({c}, 4)::int % 400 = 0) ELSE true END)"
)


def where(days: ReportedBetween, column: sql.Composable, type_name: str, form: Form) -> Clause:
    """` WHERE …`, or nothing where nothing is left out.

    Args:
        days: the filter.
        column: the column of days.
        type_name: pg_type.typname of the column.
        form: how the column is read.
    """
    if days.is_open:
        return sql.SQL("")
    if type_name == "date":
        return sql.SQL(" WHERE ({} OR {} IS NULL)").format(_inside(days, column, "date "), column)
    if type_name in ("timestamp", "timestamptz"):
        return _of_instants(days, column, form)
    if type_name in ("text", "varchar", "bpchar"):
        return _of_texts(days, column)
    return sql.SQL("")


def _of_instants(days: ReportedBetween, column: Clause, form: Form) -> Clause:
    """A time without a zone that is no midnight is no day: it is kept.

    An instant with a zone lies in one day in Tashkent, unless it is a midnight of a zone where that
    is another day (`registers.sources.instants`).
    """
    wall, own = form.wall(column), form.own(column)
    no_day = (
        "{o} = date_trunc('day', {o}) AND {o} <> date_trunc('day', {w})"
        if form.is_zoned
        else "{w} <> date_trunc('day', {w})"
    )
    is_no_day = sql.SQL("(isfinite({c}) AND " + no_day + ")").format(c=column, w=wall, o=own)
    inside = _inside(days, sql.SQL("date_trunc('day', {})").format(wall), "timestamp ")
    return sql.SQL(" WHERE ({} OR {} IS NULL OR {})").format(inside, column, is_no_day)


def _of_texts(days: ReportedBetween, column: Clause) -> Clause:
    text = sql.SQL('({}::text COLLATE "C")').format(column)
    is_day = sql.SQL(_IS_DAY).format(c=text)
    inside = _inside(days, text, "")
    return sql.SQL(" WHERE ({} OR {} IS NULL OR NOT {})").format(inside, column, is_day)


def _inside(days: ReportedBetween, value: Clause, type_of_literal: str) -> Clause:
    ends: tuple[tuple[str, date | None], ...]
    ends = ((">=", days.reported_from), ("<=", days.reported_until))
    parts = [
        sql.SQL("{} " + sign + " " + type_of_literal + "{}").format(value, sql.Literal(str(day)))
        for sign, day in ends
        if day is not None
    ]
    return sql.SQL("({})").format(sql.SQL(" AND ").join(parts))
