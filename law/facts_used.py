"""The facts behind a verdict as JSON: those that the deciding rule read, in the order of names."""

import polars as pl

from law.rules import rules_of


def excluded_facts(
    facts: pl.DataFrame, judged: pl.DataFrame, legal_order_id: str = "uz"
) -> pl.Series:
    """For each row of `judged` the JSON of the facts of its deciding rule, in the same order.

    `{}` where no single rule decided (lawful, or a measure that is not encoded). Dates are ISO
    texts, amounts whole numbers, null is unknown.
    """
    rows = judged.select("point_id", "measure", "rule").with_row_index("_row")
    used = _facts_of_rules(legal_order_id)
    parts = [
        _encoded(group, facts, used[str(measure), str(rule)])
        for (measure, rule), group in rows.group_by("measure", "rule", maintain_order=True)
        if (measure, rule) in used
    ]
    encoded = pl.concat(parts or [_nothing()])
    whole = rows.select("_row").join(encoded, on="_row", how="left", maintain_order="left")
    return whole["facts"].fill_null("{}")


def _facts_of_rules(legal_order_id: str) -> dict[tuple[str, str], list[str]]:
    return {
        (measure, condition.id): sorted(set(condition.facts))
        for measure, rules in rules_of(legal_order_id).items()
        for condition in rules.conditions
    }


def _encoded(rows: pl.DataFrame, facts: pl.DataFrame, used: list[str]) -> pl.DataFrame:
    values = rows.join(facts.select("point_id", *used), on="point_id", how="left")
    return values.select("_row", pl.struct(used).struct.json_encode().alias("facts"))


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={"_row": pl.UInt32, "facts": pl.String})
