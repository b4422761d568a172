"""Invented facts by the thousand or the million, for properties and for measuring speed.

Every fact takes each of its values, its boundaries and, now and then, no value at all; facts are
drawn one by one, so that odd combinations occur as well. The same seed gives the same facts.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from law.examples import EXAMPLE_DAY, EXAMPLE_FACTS, FACTS_SCHEMA
from law.rules import deriver_of
from law.stated import STATED
from registers.tables import TABLES

UNKNOWN_SHARE = 0.02
STATED_SHARE = 0.3
"""How often a fact that people may state is stated."""

USUAL_SHARE = 0.9

_FIRST_DAY, _LAST_DAY = date(2021, 1, 1), date(2026, 6, 30)
_EDGES = (0, 1, 1_271_000, 1_271_001, 2_060_000, 2_060_001, 103_000_000)
_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "document_kind": ("cases", "document_kind"),
        "procedure": ("cases", "procedure"),
        "claim_kind": ("cases", "claim_kind"),
        "claimant_kind": ("cases", "claimant_kind"),
        "closing": ("cases", "closing"),
        "debtor_kind": ("debtors", "kind"),
        "debtor_status": ("debtors", "status"),
    }
)
# Drawn so that many of the measures are open: a case is usually open, running and active.
_MOSTLY_AS_IN_THE_EXAMPLE: Mapping[str, float] = MappingProxyType(
    {"closing": 0.97, "debtor_status": 0.9, "procedure": 0.85}
)
_RARE_DAYS = ("closed_on", "interrupted_on", "attachment_ended_on", "last_revenue_on")


def generated_facts(n: int, seed: int) -> pl.DataFrame:
    """The facts of n invented cases of Law 258-II, amounts and terms worked out.

    >>> generated_facts(3, seed=1)["point_id"].to_list()
    [0, 1, 2]
    """
    rng = np.random.default_rng(seed)
    columns = {name: _column(rng, name, n) for name in FACTS_SCHEMA}
    frame = pl.DataFrame({"as_of_date": _days(rng, n), **columns})
    frame = _usual(rng, frame).with_columns(
        pl.int_range(n, dtype=pl.UInt32).alias("point_id"),
        pl.format("C{}", pl.int_range(n)).alias("case_id"),
        pl.format("D{}", pl.int_range(n)).alias("debtor_id"),
    )
    return deriver_of("uz")(frame)


def _usual(rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Nine rows in ten get the order of days and the agreement that real cases have."""
    n = frame.height
    is_usual = pl.lit(pl.Series(rng.random(n) < USUAL_SHARE))
    opened = frame["as_of_date"].to_physical().to_numpy() - rng.integers(0, 200, n)
    presented = opened - rng.integers(0, 4, n)
    in_order = {
        "opened_on": opened,
        "presented_on": presented,
        "document_on": presented - rng.integers(0, 1_400, n),
        "served_on": opened + rng.integers(0, 6, n),
        "voluntary_until": opened + rng.choice(np.asarray([5, 10, 15]), n),
    }
    ordered = [
        pl.when(is_usual & pl.col(name).is_not_null())
        .then(pl.lit(pl.Series(days.astype(np.int32)).cast(pl.Date)))
        .otherwise(pl.col(name))
        .alias(name)
        for name, days in in_order.items()
    ]
    is_entity = is_usual & (pl.col("debtor_kind") == "legal_entity")
    has_no_wage = is_entity | (is_usual & (pl.col("debtor_status") == "deceased"))
    is_odd = is_entity & (pl.col("claim_kind") == "alimony")
    return frame.with_columns(
        *ordered,
        pl.when(has_no_wage).then(None).otherwise(pl.col("last_wage_on")).alias("last_wage_on"),
        # Most banks report in time.
        pl.when(is_usual & pl.col("n_stale_accounts").is_not_null())
        .then(pl.lit(0, dtype=pl.Int64))
        .otherwise(pl.col("n_stale_accounts"))
        .alias("n_stale_accounts"),
        pl.when(is_odd).then(pl.lit("tax")).otherwise(pl.col("claim_kind")).alias("claim_kind"),
        pl.when(is_entity).then(pl.lit("ordinary")).otherwise("procedure").alias("procedure"),
    )


def _column(rng: np.random.Generator, name: str, n: int) -> pl.Series:
    dtype = FACTS_SCHEMA[name]
    if name == "is_interruption_known":
        values = pl.repeat(True, n, eager=True)
    elif name in _CODES:
        values = _codes(rng, name, n)
    elif name in STATED and dtype == pl.String:
        values = pl.Series(rng.choice(STATED[name].values, n).tolist())
    elif dtype == pl.Boolean:
        values = pl.Series(rng.random(n) < (0.5 if name in STATED else 0.04))
    elif dtype == pl.Date:
        values = _days(rng, n)
    elif dtype == pl.Int64:
        values = pl.Series(_numbers(rng, name, n))
    else:
        values = pl.Series([str(EXAMPLE_FACTS[name])] * n)
    return _with_gaps(rng, name, values).cast(dtype)


def _codes(rng: np.random.Generator, name: str, n: int) -> pl.Series:
    table, column = _CODES[name]
    known = next(c for c in TABLES[table].columns if c.name == column).values or ()
    drawn = pl.Series(rng.choice(np.asarray(known), n).tolist())
    if name not in _MOSTLY_AS_IN_THE_EXAMPLE:
        return drawn
    usual = pl.Series([EXAMPLE_FACTS[name]] * n, dtype=pl.String)
    return drawn.zip_with(pl.Series(rng.random(n) >= _MOSTLY_AS_IN_THE_EXAMPLE[name]), usual)


def _days(rng: np.random.Generator, n: int) -> pl.Series:
    first, last = ((d - date(1970, 1, 1)).days for d in (_FIRST_DAY, _LAST_DAY))
    recent = (EXAMPLE_DAY - date(1970, 1, 1)).days
    spread = rng.integers(first, last, n)
    near = recent + rng.integers(-40, 20, n)
    return pl.Series(np.where(rng.random(n) < 0.5, spread, near).astype(np.int32)).cast(pl.Date)


def _numbers(rng: np.random.Generator, name: str, n: int) -> NDArray[np.int64]:
    if not name.endswith("_som"):
        return rng.integers(0, 4, n)
    spread = np.exp(rng.normal(14.5, 2.0, n)).astype(np.int64)
    return np.where(rng.random(n) < 0.25, rng.choice(np.asarray(_EDGES), n), spread)


def _with_gaps(rng: np.random.Generator, name: str, values: pl.Series) -> pl.Series:
    """The values with some left out: what is rarely known is mostly missing."""
    if name in STATED:
        gap = 1.0 - STATED_SHARE
    elif name in _RARE_DAYS or name.endswith("_since"):
        gap = 0.9
    else:
        gap = UNKNOWN_SHARE
    known = pl.Series(rng.random(len(values)) >= gap)
    return values.zip_with(known, pl.Series([None] * len(values), dtype=values.dtype))
