"""What stands beside a ranking: similar past cases."""

from __future__ import annotations

import polars as pl

from explain.similar import build_similar
from models.bundle import Bundle


def similar_cases(
    bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame, ranked: pl.DataFrame
) -> pl.DataFrame:
    """Comparable past cases of each row of `ranked` (`explain.similar`); `row` and `arm` are places
    in `features` and in the bundle's measures."""
    if bundle.neighbours is None:
        return build_similar(ranked, None)
    inputs = bundle.design.inputs(features, pairs)
    rows, arm = ranked["row"].to_numpy(), ranked["arm"].to_numpy()
    return build_similar(ranked, bundle.neighbours.similar(inputs, rows, arm))
