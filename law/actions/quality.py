"""How good the warnings are: precision and recall against actions whose fault is known."""

from dataclasses import dataclass

import polars as pl

from law.actions.errors import PlantedUnusableError
from law.actions.findings import FOUND

KINDS: tuple[str, ...] = ("unlawful", "unfounded", "any")


@dataclass(frozen=True)
class Quality:
    """What the warnings got right.

    Attributes:
        by_kind: kind, planted, warned, right, precision, recall (null where nothing was warned of
            or planted). Of the kind "any" a warning is right whichever of the two it names.
        by_measure: the same for each measure and kind; kinds without a planted or warned action
            are left out.
        differences: action_id, case_id, measure, as_of_date, planted, finding, finding_rule,
            finding_article, difference (missed, wrongly_warned, other_kind), reason (what was said
            of the action); sorted by difference, planted, measure and action_id.
        by_fault: planted_kind, planted, right, recall, where the truth names the rule that each
            planted fault broke; else without rows.
    """

    by_kind: pl.DataFrame
    by_measure: pl.DataFrame
    differences: pl.DataFrame
    by_fault: pl.DataFrame


def weigh_warnings(judged: pl.DataFrame, truth: pl.DataFrame, language: str = "en") -> Quality:
    """The warnings unlawful and unfounded against the faults that are known.

    Args:
        judged: what `judge_actions` returns, with action_id.
        truth: action_id, planted (unlawful, unfounded or null); optionally planted_kind, a code
            for the rule that was broken.
        language: of the reasons.

    Raises:
        PlantedUnusableError: a column is missing, or no action of the truth was judged.
    """
    check_known_faults(truth)
    if "action_id" not in judged.columns:
        raise PlantedUnusableError("the judged actions have no action_id to find them by")
    if "planted_kind" not in truth.columns:
        truth = truth.with_columns(pl.lit(None, dtype=pl.String).alias("planted_kind"))
    known = (
        truth.select("action_id", pl.col("planted", "planted_kind").cast(pl.String))
        .cast({"action_id": pl.String})
        .unique("action_id", keep="last", maintain_order=True)
    )
    is_warned = pl.col("finding").is_in(["unlawful", "unfounded"])
    both = judged.join(known, on="action_id", how="inner", maintain_order="left").with_columns(
        pl.when(is_warned).then("finding").alias("warned")
    )
    if both.is_empty():
        raise PlantedUnusableError("none of its actions is among those that were judged")
    by_kind = pl.concat([_weigh(both, kind, []) for kind in KINDS])
    by_measure = pl.concat([_weigh(both, kind, ["measure"]) for kind in KINDS])
    return Quality(
        by_kind,
        by_measure.sort("measure", _place()),
        _differences(both, language),
        _by_fault(both),
    )


def _by_fault(both: pl.DataFrame) -> pl.DataFrame:
    """How many of each planted fault were warned of, as unlawful or unfounded alike."""
    right = pl.col("warned").is_not_null().sum().cast(pl.Int64).alias("right")
    counted = (
        both.filter(pl.col("planted_kind").is_not_null())
        .group_by("planted_kind")
        .agg(pl.len().cast(pl.Int64).alias("planted"), right)
    )
    recall = (pl.col("right") / pl.col("planted")).alias("recall")
    return counted.with_columns(recall).sort("planted_kind")


def _place() -> pl.Expr:
    order = {kind: place for place, kind in enumerate(KINDS)}
    return pl.col("kind").replace_strict(order, return_dtype=pl.Int8)


def check_known_faults(truth: pl.DataFrame) -> None:
    """Raises PlantedUnusableError where a table of known faults cannot be compared."""
    for name in ("action_id", "planted"):
        if name not in truth.columns:
            raise PlantedUnusableError(f"the column {name} is missing")
        if truth.schema[name] not in (pl.String, pl.Null):
            raise PlantedUnusableError(f"{name} is {truth.schema[name]}, not text")
    strange = set(truth["planted"].drop_nulls().to_list()) - set(FOUND[:2])
    if strange:
        raise PlantedUnusableError(f"planted is {min(strange)}, not one of the faults")


def _weigh(both: pl.DataFrame, kind: str, keys: list[str]) -> pl.DataFrame:
    if kind == "any":
        planted, warned = pl.col("planted").is_not_null(), pl.col("warned").is_not_null()
    else:
        planted = (pl.col("planted") == kind).fill_null(False)
        warned = (pl.col("warned") == kind).fill_null(False)
    counts = [
        planted.sum().cast(pl.Int64).alias("planted"),
        warned.sum().cast(pl.Int64).alias("warned"),
        (planted & warned).sum().cast(pl.Int64).alias("right"),
    ]
    counted = both.group_by(keys).agg(counts) if keys else both.select(counts)
    if keys:
        counted = counted.filter((pl.col("planted") > 0) | (pl.col("warned") > 0))
    right = pl.col("right")
    return counted.with_columns(
        pl.lit(kind).alias("kind"),
        pl.when(pl.col("warned") > 0).then(right / pl.col("warned")).alias("precision"),
        pl.when(pl.col("planted") > 0).then(right / pl.col("planted")).alias("recall"),
    ).select(*keys, "kind", "planted", "warned", "right", "precision", "recall")


def _differences(both: pl.DataFrame, language: str) -> pl.DataFrame:
    difference = (
        pl.when(pl.col("warned").is_null())
        .then(pl.lit("missed"))
        .when(pl.col("planted").is_null())
        .then(pl.lit("wrongly_warned"))
        .otherwise(pl.lit("other_kind"))
    )
    return (
        both.filter(pl.col("planted").ne_missing(pl.col("warned")))
        .with_columns(difference.alias("difference"), pl.col(f"finding_{language}").alias("reason"))
        .select(
            "action_id", "case_id", "measure", "as_of_date", "planted", "finding", "finding_rule",
            "finding_article", "difference", "reason",
        )
        .sort("difference", "planted", "measure", "action_id", nulls_last=True)
    )  # fmt: skip
