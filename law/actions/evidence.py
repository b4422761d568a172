"""What the findings read about each action: its facts, the history of its case, lighter measures.

Columns beside the facts: `account_levy_is_open`, `withholding_is_open` (would the lighter measure
be lawful that day; null where that cannot be told), those of `history.HISTORY`, and
`means_are_unchanged` (since the same measure came to nothing).
"""

from collections.abc import Sequence

import polars as pl

from law.actions.points import AskedActions
from law.case_facts.fact_tables import tables_of
from law.case_facts.registers_unknown import COLUMN as UNKNOWN_REGISTERS
from law.facts import build_facts
from law.uz.findings.history import (
    ACCOUNT_LEVY,
    FAILED,
    HISTORY,
    MEANS,
    WITHHOLDING,
    history_of,
)
from law.verdicts import judge
from registers.extract import Registers
from registers.snapshot import known_at
from registers.unknown import unknown_points

_LIGHTER = {ACCOUNT_LEVY: "account_levy_is_open", WITHHOLDING: "withholding_is_open"}
_ROW = ("_row", "point_id", "measure", "as_of_date")


def evidence_about(registers: Registers, asked: AskedActions, rows: pl.DataFrame) -> pl.DataFrame:
    """One row per row of `rows` (actions with a point_id): `_row`, `measure`, facts and history."""
    rows = rows.select(_ROW)
    past = _past_actions(registers, asked, rows)
    lost = unknown_points(registers, _as_known(asked, rows), "actions", "case")["point_id"]
    is_known = ~rows["point_id"].is_in(lost.implode())
    # What was tried before is unknown where an action of the case was set aside.
    tried = history_of(rows, past).select(
        pl.when(is_known).then(pl.col(name)).alias(name) for name in HISTORY
    )
    history = pl.concat([rows, tried], how="horizontal")
    facts = asked.facts_of(rows["point_id"]).drop("point_id", "as_of_date")
    evidence = pl.concat([history, facts], how="horizontal").with_columns(_lighter(asked, rows))
    return evidence.with_columns(_means_are_unchanged(registers, asked, evidence))


def _past_actions(registers: Registers, asked: AskedActions, rows: pl.DataFrame) -> pl.DataFrame:
    return known_at(registers, _as_known(asked, rows), "actions", "case").select(
        "point_id", "action_id", "measure", "decided_on", "result", "reported_on"
    )


def _as_known(asked: AskedActions, rows: pl.DataFrame) -> pl.DataFrame:
    """The points of the rows on the last day whose reports may be used."""
    wanted = asked.points.join(rows.select("point_id").unique(), on="point_id", how="semi")
    return wanted.with_columns(pl.col("known_on").alias("as_of_date"))


def _lighter(asked: AskedActions, rows: pl.DataFrame) -> Sequence[pl.Series]:
    """Whether the levy on money and on income would be lawful, per row."""
    point_ids = rows["point_id"].unique().sort()
    judged = judge(asked.facts_of(point_ids), "uz", list(_LIGHTER))
    is_open = (
        pl.when(pl.col("verdict") != "cannot_tell").then(pl.col("verdict") == "lawful")
    ).alias("is_open")
    return [
        rows.join(
            judged.filter(pl.col("measure") == measure).select("point_id", is_open),
            on="point_id",
            how="left",
            maintain_order="left",
        )["is_open"].alias(name)
        for measure, name in _LIGHTER.items()
    ]


def _means_are_unchanged(
    registers: Registers, asked: AskedActions, evidence: pl.DataFrame
) -> pl.Series:
    """Whether the facts that matter to a measure are what they were when it came to nothing."""
    tried = evidence.with_row_index("_place").filter(
        pl.col("tried_result").is_in(FAILED) & pl.col("measure").is_in(list(MEANS))
    )
    then = _facts_then(registers, asked, tried)
    answers = [pl.DataFrame(schema={"_place": pl.UInt32, "same": pl.Boolean})]
    for (measure,), group in tried.group_by("measure", maintain_order=True):
        names = MEANS[str(measure)]
        former = group.select("point_id", "tried_known_on").join(
            then, on=["point_id", "tried_known_on"], how="left", maintain_order="left"
        )
        pairs = group.select("_place", UNKNOWN_REGISTERS, *names).with_columns(
            former[name].alias(f"then_{name}") for name in names
        )
        same = pl.all_horizontal(pl.col(n).eq_missing(pl.col(f"then_{n}")) for n in names)
        # Of a register that is not all known nobody can tell whether it says the same.
        lost = [
            pl.col(UNKNOWN_REGISTERS).str.contains(f"{table}:", literal=True).fill_null(False)
            for table in sorted(tables_of(names))
        ]
        same = pl.when(~pl.any_horizontal(lost)).then(same)
        answers.append(pairs.select("_place", same.alias("same")))
    places = pl.int_range(evidence.height, dtype=pl.UInt32, eager=True).alias("_place")
    whole = places.to_frame().join(
        pl.concat(answers), on="_place", how="left", maintain_order="left"
    )
    return whole["same"].alias("means_are_unchanged")


def _facts_then(registers: Registers, asked: AskedActions, tried: pl.DataFrame) -> pl.DataFrame:
    """The facts known when the former attempt was reported to have come to nothing."""
    names = sorted({name for means in MEANS.values() for name in means})
    keys = ["point_id", "tried_known_on"]
    wanted = tried.select(keys).unique().sort(keys)
    points = wanted.join(
        asked.points.select("point_id", "case_id", "debtor_id"),
        on="point_id",
        maintain_order="left",
    ).with_columns(pl.col("tried_known_on").alias("as_of_date"))
    numbered = points.rename({"point_id": "_now"}).with_row_index("point_id")
    if numbered.is_empty():
        return wanted.with_columns(asked.facts.select(names).clear()[n].alias(n) for n in names)
    facts = build_facts(registers, numbered.drop("_now", "tried_known_on"))
    return pl.concat([wanted, facts.sort("point_id").select(names)], how="horizontal")
