"""What a ranking is really worth, where an invented nation tells the truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from models.bundle import Bundle
from pipelines.recommend import recommend
from registers.errors import DataError
from registers.extract import Registers

# "Money first, then liquidity" (Art. 47): the order that the law's own text suggests.
MONEY_FIRST = (
    "bank_account_levy",
    "wage_income_withholding",
    "vehicle_seizure_sale",
    "real_estate_sale",
    "registration_ban",
    "travel_ban",
    "voluntary_notice",
)


class NoTruthError(DataError):
    """The folder does not hold the truth of an invented nation."""

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__(
            f"{folder}: {file} is missing. --truth takes the truth folder that "
            "'chora nation' wrote, beside its questions.parquet."
        )


def read_truth(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """truth (case_id, measure, lawful, expected_net_som) and the questions that have one.

    Raises:
        NoTruthError: a file is missing.
    """
    truth, questions = folder / "truth.parquet", folder.parent / "questions.parquet"
    for path in (truth, questions):
        if not path.exists():
            raise NoTruthError(folder, path.name)
    known, asked = pl.read_parquet(truth), pl.read_parquet(questions)
    return known, asked.join(known.select("case_id").unique(), on="case_id", how="semi")


def true_value(registers: Registers, bundle: Bundle, truth_folder: Path) -> dict[str, Any]:
    """True mean net recovery of the ranking's first measure, beside officers, rule and optimum.

    Over the questions at which the program ranked at least one measure that is truly lawful; the
    optimum is over all measures that are truly lawful.
    """
    truth, questions = read_truth(truth_folder)
    answered = recommend(registers, questions, bundle, top=len(bundle.measures))
    ranked = answered.recommendations.join(
        truth.rename({"expected_net_som": "true_net_som", "lawful": "truly_lawful"}),
        on=["case_id", "measure"],
        how="left",
    )
    lawful = truth.filter(pl.col("lawful"))
    cases = ranked["case_id"].unique()
    lawful = lawful.filter(pl.col("case_id").is_in(cases.implode()))
    first = ranked.filter(pl.col("rank") == 1)
    highest = ranked.sort("expected_net_som", descending=True).group_by("case_id").first()
    return {
        "n_cases": len(cases),
        "chosen_as_shown": _mean(first["true_net_som"]),
        "chosen_best_expected": _mean(highest["true_net_som"]),
        "optimum": _mean(lawful.group_by("case_id").agg(pl.col("expected_net_som").max())),
        "money_first": _money_first(lawful),
        "officers": _officers(truth_folder, truth, cases),
        "constant": _constants(lawful, len(cases)),
        "refused_by_truth": int(ranked.filter(~pl.col("truly_lawful").fill_null(False)).height),
        "interval_coverage": _coverage(ranked),
        "calibration": _calibration(ranked),
        "abstained_share": float(first["abstained"].mean() or 0.0),  # type: ignore[arg-type]
        "mean_best_set": float(
            ranked.group_by("case_id").agg(pl.col("in_best_set").sum())["in_best_set"].mean()  # type: ignore[arg-type]
        ),
        "best_measure_shares": _best_shares(lawful),
    }


def _mean(values: pl.Series | pl.DataFrame) -> float:
    series = values if isinstance(values, pl.Series) else values["expected_net_som"]
    return float(np.mean(series.to_numpy())) if len(series) else float("nan")


def _money_first(lawful: pl.DataFrame) -> float:
    place = {m: i for i, m in enumerate(MONEY_FIRST)}
    ordered = lawful.with_columns(
        place=pl.col("measure").replace_strict(place, default=len(place), return_dtype=pl.Int64)
    ).sort("case_id", "place", "measure")
    return _mean(ordered.group_by("case_id", maintain_order=True).first())


def _officers(folder: Path, truth: pl.DataFrame, cases: pl.Series) -> float | None:
    """Mean true value of the officers' own policy at the questions, where the truth tells it."""
    path = folder / "officers.parquet"
    if not path.exists():
        return None
    policy = pl.read_parquet(path).filter(pl.col("case_id").is_in(cases.implode()))
    both = policy.join(truth, on=["case_id", "measure"], how="inner")
    per_case = both.group_by("case_id").agg(
        value=(pl.col("expected_net_som") * pl.col("probability")).sum()
        / pl.col("probability").sum()
    )
    return float(np.mean(per_case["value"].to_numpy()))


def _constants(lawful: pl.DataFrame, n_cases: int) -> dict[str, dict[str, float]]:
    found = lawful.group_by("measure").agg(pl.len(), pl.col("expected_net_som").mean())
    return {
        m: {"lawful_share": n / max(n_cases, 1), "value_where_lawful": v}
        for m, n, v in found.sort("measure").iter_rows()
    }


def _coverage(ranked: pl.DataFrame) -> float:
    """Share of true expected values inside the 90 % intervals."""
    true = pl.col("true_net_som")
    inside = ranked.select((true >= pl.col("low_som")) & (true <= pl.col("high_som"))).to_series()
    return float(inside.mean() or 0.0)  # type: ignore[arg-type]


def _calibration(ranked: pl.DataFrame) -> dict[str, float]:
    """Slope of the true on the expected value per measure: 1 is right."""
    found = {}
    for (measure,), part in ranked.sort("measure").group_by("measure", maintain_order=True):
        x, y = part["expected_net_som"].to_numpy(), part["true_net_som"].to_numpy()
        if len(x) > 1 and x.std() > 0:
            found[str(measure)] = float(np.cov(x, y)[0, 1] / x.var(ddof=1))
    return found


def _best_shares(lawful: pl.DataFrame) -> dict[str, float]:
    best = lawful.sort("expected_net_som", descending=True).group_by("case_id").first()
    counts = best["measure"].value_counts().sort("measure")
    return {m: n / best.height for m, n in counts.iter_rows()}
