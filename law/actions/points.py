"""Actions as they were asked about, and the knowledge that each is judged with."""

from dataclasses import dataclass

import polars as pl

from law.errors import ActionsUnusableError
from law.facts import build_facts
from registers.extract import Registers
from registers.snapshot import known_at

NEEDED: dict[str, type[pl.DataType]] = {
    "case_id": pl.String,
    "measure": pl.String,
    "as_of_date": pl.Date,
}


@dataclass(frozen=True)
class AskedActions:
    """Actions with the facts that they are judged on.

    Attributes:
        actions: _row, action_id (where given), case_id, measure, as_of_date, point_id (null where
            no register ever knew the case), judged_with, office.
        facts: one row per point, row i is the point i.
        points: point_id, case_id, debtor_id, as_of_date, known_on.
    """

    actions: pl.DataFrame
    facts: pl.DataFrame
    points: pl.DataFrame

    def of_measure(self, measure: str) -> pl.DataFrame:
        """The actions of one measure whose case is known."""
        return self.actions.filter(
            (pl.col("measure") == measure) & pl.col("point_id").is_not_null()
        )

    def facts_of(self, point_ids: pl.Series) -> pl.DataFrame:
        """The facts at some points, in their order."""
        return self.facts[point_ids]


def ask_about(registers: Registers, actions: pl.DataFrame) -> AskedActions:
    """The actions with their points and facts; raises ActionsUnusableError."""
    asked = checked(actions)
    points = _points(registers, asked)
    located = asked.join(
        points.select("point_id", "case_id", "as_of_date", "judged_with", "office"),
        on=["case_id", "as_of_date"],
        how="left",
        maintain_order="left",
    )
    points = points.drop("judged_with", "office")
    return AskedActions(located, build_facts(registers, points).sort("point_id"), points)


def checked(actions: pl.DataFrame) -> pl.DataFrame:
    """The needed columns of the actions, one row per action_id; raises ActionsUnusableError."""
    if "as_of_date" not in actions.columns and "decided_on" in actions.columns:
        actions = actions.with_columns(pl.col("decided_on").alias("as_of_date"))
        day = "decided_on"
    else:
        day = "as_of_date" if "as_of_date" in actions.columns else "decided_on"
    for name, dtype in NEEDED.items():
        given = day if name == "as_of_date" else name
        if name not in actions.columns:
            raise ActionsUnusableError(f"the column {given} is missing")
        if actions.schema[name] not in (dtype, pl.Null):
            raise ActionsUnusableError(f"{given} is {actions.schema[name]}, not {dtype()}")
    if "action_id" in actions.columns:
        actions = actions.unique("action_id", keep="first", maintain_order=True)
    kept = [name for name in ("action_id", *NEEDED) if name in actions.columns]
    types = [pl.col(name).cast(dtype) for name, dtype in NEEDED.items()]
    return actions.select(kept).with_columns(types).with_row_index("_row")


def _points(registers: Registers, asked: pl.DataFrame) -> pl.DataFrame:
    """One point per case and day, with the last day whose reports it is judged with.

    That is the day before; of a case that was first reported on the day itself or later, the day
    of its first report: the office had its own file before the registers did.
    """
    first = registers.table("cases").group_by("case_id").agg(pl.col("reported_on").min())
    before = pl.col("as_of_date").dt.offset_by("-1d")
    reported = pl.col("reported_on")
    days = (
        asked.select("case_id", "as_of_date")
        .drop_nulls()
        .unique()
        .join(first, on="case_id", how="inner")
        .sort("case_id", "as_of_date")
        .with_row_index("point_id")
        .with_columns(
            pl.max_horizontal(before, reported).alias("known_on"),
            pl.when(reported <= before)
            .then(pl.lit("day_before"))
            .when(reported == pl.col("as_of_date"))
            .then(pl.lit("same_day"))
            .otherwise(pl.lit("first_report"))
            .alias("judged_with"),
        )
    )
    case = _case_rows(registers, days)
    return days.join(case, on="point_id", how="left", maintain_order="left").select(
        "point_id", "case_id", "debtor_id", "as_of_date", "known_on", "judged_with", "office"
    )


def _case_rows(registers: Registers, days: pl.DataFrame) -> pl.DataFrame:
    """Debtor and office of each case as known on its known day."""
    known = days.select(
        "point_id",
        "case_id",
        pl.lit("").alias("debtor_id"),
        pl.col("known_on").alias("as_of_date"),
    )
    return known_at(registers, known, "cases", "case").select("point_id", "debtor_id", "office")
