"""Print one recommended case of an output folder as an officer would read it."""

import sys
from pathlib import Path

import polars as pl


def show(folder: Path) -> None:
    """Print the ranked measures of the first case with several, and the reasons of the best."""
    ranked = pl.read_parquet(folder / "recommendations.parquet")
    if ranked.is_empty():
        print("No case has a ranked measure.")
        return
    key = ["case_id", "as_of_date"]
    chosen = ranked.filter(pl.len().over(key) == pl.len().over(key).max()).select(key).row(0)
    case = ranked.filter((pl.col("case_id") == chosen[0]) & (pl.col("as_of_date") == chosen[1]))
    print(f"\nCase {chosen[0]} on {chosen[1]}: lawful measures, best expected net recovery first")
    for row in case.sort("rank").iter_rows(named=True):
        tie = (
            " (cannot be told apart from the best)"
            if row["in_best_set"] and row["rank"] > 1
            else ""
        )
        print(
            f"  {row['rank']}. {row['measure']:<26} {row['expected_net_som']:>14,.0f}"
            f"   [{row['low_som']:,.0f} to {row['high_som']:,.0f}]{tie}"
        )
    explained = pl.read_parquet(folder / "explanations.parquet")
    best = explained.filter((pl.col("case_id") == chosen[0]) & (pl.col("as_of_date") == chosen[1]))
    for reason in best.sort("rank").row(0, named=True)["reasons"]:
        print(f"     {reason['en']}")


if __name__ == "__main__":
    show(Path(sys.argv[1]))
