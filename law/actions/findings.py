"""Warnings beyond the rules: unfounded or late, although no condition of the law refuses.

A finding is a small rule of the same shape as a condition: it holds where there is nothing to
say, is false where a person is warned, and null (not known) warns nobody. The verdict stays that
of the rules; a finding is for a person to weigh.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

import polars as pl

from law.catalogue import LEGAL_ORDER_IDS
from law.condition import Condition
from law.confidence import CONFIDENCES, rank
from law.errors import UnknownRulesError
from law.parameters import parameter_rank

Found = Literal["unlawful", "unfounded", "late", "cannot_tell", "in_order"]
FOUND: tuple[Found, ...] = ("unlawful", "unfounded", "late", "cannot_tell", "in_order")

# What a verdict of the rules is as a finding, before the findings below are asked.
OF_VERDICT: Mapping[str, Found] = {
    "unlawful": "unlawful",
    "unfounded": "unfounded",
    "cannot_tell": "cannot_tell",
    "lawful": "in_order",
}


@dataclass(frozen=True, eq=False)
class Finding:
    """A warning on measures that the rules let through.

    Attributes:
        kind: unfounded (form right, facts or proportion do not carry it) or late.
        rule: holds: no warning; `broken` is the warning, `remedy` what would put it in order.
        measures: the measures that it is asked of.
        deadline: for late: the column with the last day in time.
        done: for late: the column with the day on which it was done.
    """

    kind: Literal["unfounded", "late"]
    rule: Condition
    measures: tuple[str, ...]
    deadline: str = ""
    done: str = "as_of_date"


@cache
def findings_of(legal_order_id: str) -> tuple[Finding, ...]:
    """The findings of a legal order in the order in which they are asked; none where it has none.

    Raises UnknownRulesError.
    """
    if legal_order_id not in LEGAL_ORDER_IDS:
        raise UnknownRulesError(legal_order_id, LEGAL_ORDER_IDS)
    if legal_order_id != "uz":
        return ()
    found: tuple[Finding, ...] = import_module("law.uz.findings").FINDINGS
    return found


def findings_about(measure: str, legal_order_id: str) -> tuple[Finding, ...]:
    """The findings that are asked of one measure."""
    return tuple(f for f in findings_of(legal_order_id) if measure in f.measures)


WARNED = pl.Schema(
    {
        "finding": pl.String(),
        "finding_rule": pl.String(),
        "finding_article": pl.String(),
        "finding_confidence": pl.String(),
        "deadline": pl.Date(),
        "days_late": pl.Int64(),
    }
)


def warn(actions: pl.DataFrame, findings: Sequence[Finding], legal_order_id: str) -> pl.DataFrame:
    """The first finding against each row, as the columns of WARNED (null where there is none).

    `actions` holds the facts of each action, all of one measure, and the history of its case.
    """
    if not findings:
        return actions.select(pl.lit(None, dtype=t).alias(n) for n, t in WARNED.items())
    place = pl.coalesce(
        pl.lit(None, dtype=pl.Int8),
        *(
            pl.when(~f.rule.holds.cast(pl.Boolean)).then(pl.lit(i, dtype=pl.Int8))
            for i, f in enumerate(findings)
        ),
    )
    asked = actions.with_columns(place.alias("_place"))
    return asked.select(
        _at_place([f.kind for f in findings]).alias("finding"),
        _at_place([f.rule.id for f in findings]).alias("finding_rule"),
        _at_place([f.rule.article for f in findings]).alias("finding_article"),
        _confidence(findings, legal_order_id).alias("finding_confidence"),
        _at_late(findings, lambda f: pl.col(f.deadline), pl.Date()).alias("deadline"),
        _at_late(findings, days_late, pl.Int64()).alias("days_late"),
    ).cast(WARNED)


def days_late(finding: Finding) -> pl.Expr:
    """Calendar days from the last day in time to the day on which it was done."""
    return (pl.col(finding.done) - pl.col(finding.deadline)).dt.total_days()


def _at_place(texts: Sequence[str]) -> pl.Expr:
    return pl.col("_place").replace_strict(dict(enumerate(texts)), return_dtype=pl.String)


def _at_late(
    findings: Sequence[Finding], value: Callable[[Finding], pl.Expr], dtype: pl.DataType
) -> pl.Expr:
    late = [(i, f) for i, f in enumerate(findings) if f.kind == "late"]
    return pl.coalesce(
        pl.lit(None, dtype=dtype), *(pl.when(pl.col("_place") == i).then(value(f)) for i, f in late)
    )


def _confidence(findings: Sequence[Finding], legal_order_id: str) -> pl.Expr:
    weakest = pl.coalesce(
        *(
            pl.when(pl.col("_place") == i).then(_rank(f.rule, legal_order_id))
            for i, f in enumerate(findings)
        )
    )
    return weakest.replace_strict(dict(enumerate(CONFIDENCES)), return_dtype=pl.String)


def _rank(rule: Condition, legal_order_id: str) -> pl.Expr:
    own = pl.lit(rank(rule.confidence), dtype=pl.Int8)
    return pl.max_horizontal(own, *(parameter_rank(n, legal_order_id) for n in rule.parameters))
