"""What each fact adds to the expected amount of each ranked measure, checked and laid out.

    base_som + sum of contributions == expected_net_som      (to 1e-9, else AdditivityError)

`base_som` is what the model expects of the measure without knowing anything of the debtor. Facts
and corrections are contributions; corrections have no register and are no facts. Contributions of
zero are left out: they add nothing, and files stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain import corrections
from explain.corrections import LABELS
from explain.errors import (
    AdditivityError,
    MisalignedAttributionError,
    MisplacedContributionError,
    OtherRefitsError,
    ProtectedReasonError,
    UnlabelledFeatureError,
)
from explain.pair_facts import days, measures_of, source_tables
from explain.reasons import sum_in_order
from features.catalogue import AUDIT_FEATURES, THEMES, Feature
from features.freshness import stale_expr

TOLERANCE: Final = 1e-9
THEME_ORDER: Final[tuple[str, ...]] = (
    *(theme for theme in THEMES if theme != "audit"),
    corrections.THEME,
)

CONTRIBUTION: Final = pl.Struct(
    {
        "feature": pl.String,
        "value": pl.String,  # exact: a whole number, the shortest decimal, true/false or a word
        "unit": pl.String,
        "source_table": pl.String,  # null: a correction, no fact of a register
        "observed_on": pl.Date,  # the day to which the fact refers
        "known_on": pl.Date,  # the report that brought it
        "is_stale": pl.Boolean,  # older than the usual rhythm of its register
        "contribution_som": pl.Float64,
    }
)
THEME_TOTAL: Final = pl.Struct({"theme": pl.String, "contribution_som": pl.Float64})


class Attribution(Protocol):
    """Parts of n expected amounts, as `models.scoring.attribute` computes them.

    `base_som` is (n,), `values` is (n, d) in the legal order's unit, in the order of
    `feature_names`, `corrections` (n, c) in that of `correction_names`. `reach_som` (n, d) is the
    most that each fact can contribute under the model; `refits_som` (k, n, d) what each fact
    contributes under k rankers that were fitted without one fold each, whose mean `values` are.
    """

    @property
    def base_som(self) -> NDArray[np.float64]: ...  # noqa: D102

    @property
    def values(self) -> NDArray[np.float64]: ...  # noqa: D102

    @property
    def feature_names(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def corrections(self) -> NDArray[np.float64]: ...  # noqa: D102

    @property
    def correction_names(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def reach_som(self) -> NDArray[np.float64]: ...  # noqa: D102

    @property
    def refits_som(self) -> NDArray[np.float64]: ...  # noqa: D102


def check_features(names: Sequence[str], catalogue: Sequence[Feature]) -> list[Feature]:
    """The catalogue's entries of the attributed features, in their order.

    Raises:
        ProtectedReasonError: One of them is kept for audits only.
        UnlabelledFeatureError: One of them has no entry.
    """
    protected = {feature.name for feature in AUDIT_FEATURES}
    if found := [name for name in names if name in protected]:
        raise ProtectedReasonError(found)
    known = {feature.name: feature for feature in catalogue}
    if missing := [name for name in names if name not in known]:
        raise UnlabelledFeatureError(missing)
    return [known[name] for name in names]


def check_additivity(ranked: pl.DataFrame, attribution: Attribution) -> None:
    """Refuse parts that are not those of the expected amounts in `ranked`.

    The difference may be 1e-9 of the sum of the parts' sizes, which is what rounding can do. A sum
    says nothing of the order of its parts, so no fact may have more than the model can give it.

    Raises:
        AdditivityError: Base, contributions and corrections do not give an expected amount.
        MisplacedContributionError: A fact contributes more than the trees can give it.
        OtherRefitsError: The refits are not those whose mean the contributions are.
        MisalignedAttributionError: The shapes do not fit.
        UnlabelledFeatureError: A correction has no words.
    """
    values, base, others = attribution.values, attribution.base_som, attribution.corrections
    n, d, c = ranked.height, len(attribution.feature_names), len(attribution.correction_names)
    if values.shape != (n, d) or base.shape != (n,) or attribution.reach_som.shape != (n, d):
        raise MisalignedAttributionError(n, values.shape, d)
    if others.shape != (n, c):
        raise MisalignedAttributionError(n, others.shape, c)
    if missing := [name for name in attribution.correction_names if name not in LABELS]:
        raise UnlabelledFeatureError(missing)
    expected = ranked["expected_net_som"].to_numpy()
    refits = attribution.refits_som
    if refits.shape[1:] != (n, d):
        raise MisalignedAttributionError(n, refits.shape, d)
    off = np.abs(base + sum_in_order(values) + sum_in_order(others) - expected)
    scale = np.abs(base) + sum_in_order(np.abs(values)) + sum_in_order(np.abs(others))
    allowed = TOLERANCE * np.maximum(scale, 1.0)
    wrong = np.flatnonzero(~(off <= allowed))  # NaN is wrong too
    if len(wrong):
        first = int(wrong[0])
        raise AdditivityError(ranked["measure"][first], float(off[first]), len(wrong))
    beyond = np.abs(values) > attribution.reach_som + allowed[:, None]
    if beyond.any():
        row, column = (int(k[0]) for k in np.nonzero(beyond))
        n_wrong = int(beyond.any(axis=1).sum())
        feature = attribution.feature_names[column]
        raise MisplacedContributionError(ranked["measure"][row], feature, n_wrong)
    if len(refits):
        _check_refits(ranked, attribution, allowed)


def _check_refits(
    ranked: pl.DataFrame, attribution: Attribution, allowed: NDArray[np.float64]
) -> None:
    """Contributions must be the mean of those of the refits that test them."""
    off = np.abs(attribution.refits_som.mean(axis=0) - attribution.values)
    wrong = ~(off <= allowed[:, None])
    if wrong.any():
        row, column = (int(k[0]) for k in np.nonzero(wrong))
        feature = attribution.feature_names[column]
        n_wrong = int(wrong.any(axis=1).sum())
        raise OtherRefitsError(ranked["measure"][row], feature, n_wrong)


def list_contributions(
    facts: pl.DataFrame,
    fact_rows: NDArray[np.int64],
    attribution: Attribution,
    catalogue: Sequence[Feature],
    legal_order_id: str = "uz",
) -> pl.Series:
    """One list of CONTRIBUTION per row: facts in catalogue order, then corrections, without zeros.

    `fact_rows[i]` is the row of `facts` that row i of the attribution belongs to. Where `facts`
    has a column `measure`, sources and days of facts of a measure are those of that measure.
    """
    values = attribution.values
    rows, columns = np.nonzero(values)
    at = fact_rows[rows]
    described = pl.DataFrame(
        {
            "feature": [feature.name for feature in catalogue],
            "unit": [feature.unit for feature in catalogue],
        },
        schema={"feature": pl.String, "unit": pl.String},
    )[columns]
    of, n = measures_of(facts), facts.height
    tables = [
        pl.Series(source_tables(f, of, n, legal_order_id), dtype=pl.String) for f in catalogue
    ]
    known = [days(facts, f, "known_on", of, legal_order_id) for f in catalogue]
    observed = [days(facts, f, "observed_on", of, legal_order_id) for f in catalogue]
    as_of = facts["as_of_date"].cast(pl.Date).gather(at)
    flat = described.with_columns(
        _gather(tables, columns, at, pl.String).alias("source_table"),
        exact_values(facts, catalogue, columns, at).alias("value"),
        _gather(observed, columns, at, pl.Date).alias("observed_on"),
        _gather(known, columns, at, pl.Date).alias("known_on"),
        pl.Series("contribution_som", values[rows, columns]),
    ).with_columns(
        stale_expr(pl.col("source_table"), pl.col("observed_on"), as_of).alias("is_stale")
    )
    where, which = np.nonzero(attribution.corrections)
    names = pl.Series(attribution.correction_names, dtype=pl.String)
    corrected = pl.DataFrame(
        {
            "feature": names.gather(which),
            "unit": pl.repeat("som", len(which), eager=True, dtype=pl.String),
            "is_stale": pl.repeat(value=False, n=len(which), eager=True, dtype=pl.Boolean),
            "contribution_som": attribution.corrections[where, which],
        }
    )
    both = pl.concat([flat, corrected], how="diagonal")
    at_row = np.concatenate([rows, where])
    order = np.argsort(at_row, kind="stable")
    return gather_lists(both[order], at_row[order], len(values), CONTRIBUTION)


def exact_values(
    facts: pl.DataFrame,
    catalogue: Sequence[Feature],
    columns: NDArray[np.int64],
    rows: NDArray[np.int64],
) -> pl.Series:
    """Facts `catalogue[columns[i]]` of `rows[i]` as text that reads back exactly; null: unknown."""
    empty_number = pl.Series([None] * facts.height, dtype=pl.Float64)
    empty_word = pl.Series([None] * facts.height, dtype=pl.String)
    is_word = [feature.kind == "category" for feature in catalogue]
    pairs = list(zip(catalogue, is_word, strict=True))
    numbers = [empty_number if w else facts[f.name].cast(pl.Float64) for f, w in pairs]
    words = [facts[f.name].cast(pl.String) if w else empty_word for f, w in pairs]
    flags = np.array([feature.kind == "flag" for feature in catalogue], dtype=bool)
    number = pl.col("number")
    whole = (number == number.round()) & (number.abs() < 2**53)
    return (
        pl.DataFrame(
            {
                "number": _gather(numbers, columns, rows, pl.Float64).fill_nan(None),
                "word": _gather(words, columns, rows, pl.String),
                "is_flag": pl.Series(flags[columns], dtype=pl.Boolean),
            }
        )
        .select(
            pl.when(number.is_null())
            .then("word")
            .when("is_flag")
            .then((number != 0).cast(pl.String))
            .when(whole)
            .then(number.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(number.cast(pl.String))
        )
        .to_series()
    )


def list_themes(attribution: Attribution, catalogue: Sequence[Feature]) -> pl.Series:
    """One list of THEME_TOTAL per row, all themes in THEME_ORDER, also those of zero.

    With the base they add up to the expected amount: corrections are the last total.
    """
    values = attribution.values
    totals = np.zeros((len(values), len(THEME_ORDER)))
    totals[:, THEME_ORDER.index(corrections.THEME)] = sum_in_order(attribution.corrections)
    for j, feature in enumerate(catalogue):
        totals[:, THEME_ORDER.index(feature.theme)] += values[:, j]
    n, k = totals.shape
    flat = pl.DataFrame(
        {"theme": list(THEME_ORDER) * n, "contribution_som": totals.ravel()},
        schema={"theme": pl.String, "contribution_som": pl.Float64},
    )
    return gather_lists(flat, np.repeat(np.arange(n), k), n, THEME_TOTAL)


def _gather(
    series: Sequence[pl.Series],
    columns: NDArray[np.int64],
    rows: NDArray[np.int64],
    dtype: pl.DataType | type[pl.DataType],
) -> pl.Series:
    """`series[columns[i]][rows[i]]` for each i."""
    if not len(columns):
        return pl.Series([], dtype=dtype)
    stacked = pl.concat([s.alias("") for s in series])
    return stacked.gather(columns * len(series[0]) + rows)


def gather_lists(
    flat: pl.DataFrame, rows: NDArray[np.int64], n: int, dtype: pl.Struct
) -> pl.Series:
    """The rows of `flat` as n lists of structs; `rows` tells which list, in rising order."""
    fields = [field.name for field in dtype.fields]
    items = flat.select(pl.struct(fields).cast(dtype).alias("items"), pl.Series("row", rows))
    grouped = items.group_by("row", maintain_order=True).agg("items")
    every = pl.DataFrame({"row": np.arange(n, dtype=np.int64)})
    joined = every.join(grouped, on="row", how="left", maintain_order="left")
    empty = pl.lit([], dtype=pl.List(dtype))
    return joined.select(pl.coalesce("items", empty)).to_series()
