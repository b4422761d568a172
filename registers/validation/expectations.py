"""Great Expectations as the recorded judge: suites made from the checks, and their verdicts.

Polars finds the failing rows; Great Expectations records suite, counts and verdict from the same
checks in pandas, so that an analyst's tool can read them. The two are compared for every check:
where they differ, the program is wrong and the table is refused. The library is imported here
only, for the import alone takes seconds; its telemetry is switched off.
"""

import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from registers.errors import JudgesDisagreeError
from registers.rules import AtMost, OnlyWith, PartIn, YearAtMost
from registers.validation.checks import (
    CONTROL,
    Check,
    Filled,
    FirstOfKey,
    Flagged,
    Known,
    Matches,
    NotLonger,
    OneLine,
    OneOf,
    OneOfRows,
    OneVersion,
    Question,
    Within,
)
from registers.validation.judging import Judged
from registers.validation.plausibility import ANY, Measure

REPEATED, LISTED, CONTRADICTED = "?repeated", "?listed", "?contradicted"

EPOCH = pd.Timestamp(1970, 1, 1)


@dataclass(frozen=True)
class Verdict:
    """What Great Expectations found: unexpected rows per check, and over how many rows."""

    n_rows: int
    n_unexpected: tuple[int, ...]
    suite: dict[str, Any]

    @property
    def is_clean(self) -> bool:
        """Whether no expectation met an unexpected row."""
        return not any(self.n_unexpected)


def version() -> str:
    """The version of Great Expectations."""
    return str(_library().__version__)


def build_suite(name: str, checks: tuple[Check, ...]) -> Any:
    """The suite of one table: one expectation per check, numbered in the order of the checks."""
    expectations = [_expectation(check.question) for check in checks]
    for number, expectation in enumerate(expectations):
        expectation.meta = {"check": number, "reason_code": checks[number].reason_code}
    return _library().ExpectationSuite(name=name, expectations=expectations)


def record_verdict(name: str, judged: Judged) -> Verdict:
    """Runs the suite of a table over a batch of its rows; the counts of batches add up."""
    suite = build_suite(name, judged.checks)
    counts = _unexpected(suite, _for_pandas(judged.frame, judged.checks))
    return Verdict(
        n_rows=judged.frame.height,
        n_unexpected=tuple(counts.get(n, 0) for n in range(len(judged.checks))),
        suite=_described(suite),
    )


def add_verdicts(one: Verdict, other: Verdict) -> Verdict:
    """The verdict on the rows of two batches of one table."""
    sums = zip(one.n_unexpected, other.n_unexpected, strict=True)
    return Verdict(one.n_rows + other.n_rows, tuple(a + b for a, b in sums), one.suite)


def describe_checks(checks: Sequence[Check]) -> list[str]:
    """The checks that a suite is made of, for the report: their codes and columns in order."""
    return [f"{check.reason_code} ({', '.join(check.columns)})" for check in checks]


def record_measures(measures: Sequence[Measure]) -> None:
    """Lets Great Expectations judge the figures of whole tables by the same two ranges.

    Raises:
        JudgesDisagreeError: the two judges disagree, which is a fault of the program.
    """
    gxe = _library().expectations
    frame = pd.DataFrame({f"figure {n}": [m.value] for n, m in enumerate(measures)}, dtype=float)
    expectations = [
        gxe.ExpectColumnValuesToBeBetween(
            column=f"figure {n}",
            min_value=_finite(bounds[0]),
            max_value=_finite(bounds[1]),
            severity=severity,
            meta={"check": 2 * n + at, "reason_code": m.code},
        )
        for n, m in enumerate(measures)
        for at, (bounds, severity) in enumerate(((m.good, "warning"), (m.bearable, "critical")))
        if bounds != ANY
    ]
    if not expectations:
        return
    suite = _library().ExpectationSuite(name="whole tables", expectations=expectations)
    found = _unexpected(suite, frame)
    for n, measure in enumerate(measures):
        outside = (found.get(2 * n, 0), found.get(2 * n + 1, 0))
        if measure.level != ("stop" if outside[1] else "warn" if outside[0] else "good"):
            raise JudgesDisagreeError(measure.code)


def _finite(bound: float) -> float | None:
    return bound if isfinite(bound) else None


def _unexpected(suite: Any, frame: pd.DataFrame) -> dict[int, int]:
    batch = (
        _context()
        .data_sources.add_pandas("extract")
        .add_dataframe_asset("table")
        .add_batch_definition_whole_dataframe("rows")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    # Values of persons stay out of the result.
    with _silence():
        results = batch.validate(
            suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0}
        )
    return dict(_counts(results.results))


def _counts(results: Any) -> Iterator[tuple[int, int]]:
    for result in results:
        number = int(result.expectation_config.meta["check"])
        if "unexpected_count" not in result.result and not result.success:
            kind = result.expectation_config.type
            raise RuntimeError(f"Great Expectations could not judge check {number} ({kind}).")
        yield number, int(result.result.get("unexpected_count", 0))


def _described(suite: Any) -> dict[str, Any]:
    """The suite for the report; lists of keys of other tables are not repeated there."""
    return {
        "name": suite.name,
        "expectations": [
            {"type": e.configuration.type, "check": e.meta["check"], **_columns_of(e)}
            for e in suite.expectations
        ],
    }


def _columns_of(expectation: Any) -> dict[str, str]:
    names = ("column", "column_A", "column_B")
    return {n: str(getattr(expectation, n)) for n in names if getattr(expectation, n, None)}


def _expectation(question: Question) -> Any:
    """The expectation that says the same as a question."""
    gxe = _library().expectations
    if isinstance(question, Flagged):
        return gxe.ExpectColumnValuesToBeInSet(column=question.flag, value_set=[False])
    if isinstance(question, Filled):
        return gxe.ExpectColumnValuesToNotBeNull(column=question.column)
    if isinstance(question, OneOf):
        return gxe.ExpectColumnValuesToBeInSet(
            column=question.column, value_set=list(question.values)
        )
    if isinstance(question, Within):
        return gxe.ExpectColumnValuesToBeBetween(
            column=_within_name(question),
            min_value=_bound(question.lowest),
            max_value=_bound(question.highest),
            strict_min=question.is_above,
        )
    if isinstance(question, Matches):
        return gxe.ExpectColumnValuesToMatchRegex(
            column=question.column, regex=rf"^(?:{question.pattern})\Z"
        )
    if isinstance(question, Known):
        return gxe.ExpectColumnValuesToBeInSet(column=f"{question.column}?known", value_set=[True])
    if isinstance(question, FirstOfKey):
        return gxe.ExpectColumnValuesToBeInSet(column=REPEATED, value_set=[False])
    if isinstance(question, OneLine | NotLonger):
        return gxe.ExpectColumnValuesToBeInSet(column=_text_name(question), value_set=[True])
    if isinstance(question, OneVersion):
        return gxe.ExpectColumnValuesToBeInSet(column=CONTRADICTED, value_set=[False])
    if isinstance(question, OneOfRows):
        return gxe.ExpectColumnValuesToBeInSet(column=LISTED, value_set=[True])
    return _of_form(question)


def _of_form(form: AtMost | PartIn | YearAtMost | OnlyWith) -> Any:
    gxe = _library().expectations
    if isinstance(form, AtMost):
        return _pair(smaller=form.smaller, larger=form.larger)
    if isinstance(form, YearAtMost):
        return _pair(smaller=form.year, larger=_year_name(form))
    if isinstance(form, PartIn):
        return gxe.ExpectColumnValuesToBeInSet(column=_part_name(form), value_set=list(form.values))
    return gxe.ExpectColumnValuesToBeInSet(
        column=form.other, value_set=[form.value], row_condition=_is_filled(form.column)
    )


def _pair(smaller: str, larger: str) -> Any:
    return _library().expectations.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=larger,
        column_B=smaller,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
    )


def _is_filled(column: str) -> Any:
    with _silence():
        from great_expectations.expectations.row_conditions import Column as Condition
    return Condition(column).is_not_null()


def _for_pandas(frame: pl.DataFrame, checks: tuple[Check, ...]) -> pd.DataFrame:
    """The rows in pandas, with the columns that only an expectation needs, made there."""
    rows = frame.to_pandas()
    for check in checks:
        question = check.question
        if isinstance(question, Known):
            rows[f"{question.column}?known"] = _is_known(frame, question)
        elif isinstance(question, FirstOfKey):
            rows[REPEATED] = rows.duplicated(subset=list(question.columns), keep="first")
        elif isinstance(question, OneLine | NotLonger):
            rows[_text_name(question)] = _is_plain(frame, question)
        elif isinstance(question, OneVersion):
            rows[CONTRADICTED] = _is_contradicted(rows, question)
        elif isinstance(question, OneOfRows):
            rows[LISTED] = _is_listed(rows, question)
        elif isinstance(question, Within) and _is_of_days(question):
            rows[_within_name(question)] = (rows[question.column] - EPOCH).dt.days
        elif isinstance(question, PartIn):
            rows[_part_name(question)] = getattr(rows[question.column].dt, question.part)
        elif isinstance(question, YearAtMost):
            rows[_year_name(question)] = rows[question.day].dt.year + question.slack
    return rows


def _is_known(frame: pl.DataFrame, question: Known) -> "pd.Series[bool]":
    """Whether each value is a key, asked of Arrow: pandas goes through the keys one by one."""
    values = frame[question.column].to_arrow()
    keys = pa.array(question.ids.to_arrow(), type=values.type)
    known = pc.or_(pc.is_in(values, value_set=keys), pc.is_null(values))
    return pd.Series(known.to_pandas())


def _is_plain(frame: pl.DataFrame, question: OneLine | NotLonger) -> "pd.Series[bool]":
    """Whether each text is in order, asked of Arrow: pandas goes through texts one by one."""
    values = frame[question.column].to_arrow()
    if isinstance(question, NotLonger):
        plain = pc.less_equal(pc.utf8_length(values), question.longest)
    else:
        plain = pc.invert(pc.match_substring_regex(values, _CONTROL_OF_ARROW))
    return pd.Series(pc.fill_null(plain, True).to_pandas())


def _text_name(question: OneLine | NotLonger) -> str:
    kind = "one_line" if isinstance(question, OneLine) else "not_longer"
    return f"{question.column}?{kind}"


# RE2 writes a code point in braces.
_CONTROL_OF_ARROW = CONTROL.replace(r"\u2028\u2029", r"\x{2028}\x{2029}")


def _is_contradicted(rows: pd.DataFrame, question: OneVersion) -> "pd.Series[bool]":
    """Whether a key has rows that differ, asked of pandas alone."""
    key = list(question.key)
    versions = rows.drop_duplicates(subset=list(question.columns))
    several = versions.loc[versions.duplicated(subset=key, keep=False), key].drop_duplicates()
    found = rows[key].merge(several, on=key, how="left", indicator=True)
    return pd.Series((found["_merge"] == "both").to_numpy(), index=rows.index)


def _is_listed(rows: pd.DataFrame, question: OneOfRows) -> "pd.Series[bool]":
    columns = list(question.columns)
    found = rows[columns].merge(question.rows.to_pandas(), on=columns, how="left", indicator=True)
    return (found["_merge"] == "both") | rows[columns].isna().any(axis=1)


def _part_name(form: PartIn) -> str:
    return f"{form.column}?{form.part}_of_date"


def _year_name(form: YearAtMost) -> str:
    return f"{form.day}?year_plus_{form.slack}"


def _is_of_days(question: Within) -> bool:
    return isinstance(question.lowest, date) or isinstance(question.highest, date)


def _within_name(question: Within) -> str:
    """Dates are compared as day numbers: Great Expectations goes through dates one by one."""
    return f"{question.column}?day" if _is_of_days(question) else question.column


def _bound(bound: int | float | date | None) -> int | float | None:
    return (pd.Timestamp(bound) - EPOCH).days if isinstance(bound, date) else bound


class _silence(warnings.catch_warnings):  # noqa: N801 - reads as a statement
    """Hides the warnings that Great Expectations raises about its own libraries."""

    def __enter__(self) -> None:
        super().__enter__()
        warnings.simplefilter("ignore")


def _library() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with _silence():
        import great_expectations as gx
        import great_expectations.expectations
    return gx


def _context() -> Any:
    with _silence():
        context = _library().get_context(mode="ephemeral")
        from great_expectations.data_context.types.base import ProgressBarsConfig

    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context
