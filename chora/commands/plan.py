"""Planning an office's week."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import progress, say, show_table
from chora.options import Out, Tables
from chora.reading import load_tables_and_law

if TYPE_CHECKING:
    import polars as pl

    from pipelines.week import Week


def plan(
    tables: Tables,
    recommendations: Annotated[
        Path, typer.Option(help="recommendations.parquet of 'chora recommend', all of one day.")
    ],
    out: Out,
    hours: Annotated[
        float, typer.Option(min=0, max=168, help="Hours that every officer has in the week.")
    ] = 36.0,
    officers: Annotated[
        Path | None,
        typer.Option(help="Parquet or CSV with officer_id and hours, instead of --hours."),
    ] = None,
) -> None:
    """Which measures on which cases bring most in the hours that officers have this week.

    Claims that somebody lives by and cases whose term ends within the week come first, whatever
    they bring. Cases in which the program does not stand by its order are left to the officer.
    Writes OUT/plan.parquet, undone.parquet and officers.parquet. It decides nothing: each measure
    is proposed by an officer and approved by another person.
    """
    from pipelines.week import plan_week, read_hours, read_recommendations

    with progress("planning") as step:
        registers = load_tables_and_law(tables)
        ranked = read_recommendations(recommendations)
        given = hours if officers is None else read_hours(officers)
        step(f"{ranked['case_id'].n_unique()} cases")
        week = plan_week(registers, ranked, given)
        week.write(out)
    _show(week)
    say(f"Written to {out}: plan, undone, officers.")


def _show(week: Week) -> None:
    shown = week.officers.sort("next_hour_som", descending=True, nulls_last=True).head(20)
    rows = [
        (
            row["officer_id"] or "not known",
            _number(row["hours"], 1),
            _number(row["hours_planned"], 1),
            f"{row['n_planned']} of {row['n_cases']}",
            _number(row["expected_net_som"], 0),
            _number(row["next_hour_som"], 0),
        )
        for row in shown.iter_rows(named=True)
    ]
    n = week.officers.height
    title = "The week" if n <= len(rows) else f"The week of {len(rows)} of {n} officers"
    columns = ["officer", "hours", "planned", "cases", "expected net", "one more hour brings"]
    show_table(title, columns, rows)
    first = week.plan["first_because"].drop_nulls().len()
    say(
        f"{week.plan.height} measures planned, {first} of them on cases that do not wait; "
        f"{week.undone.height} cases left undone."
    )
    for line in _why_undone(week.undone):
        say(line)


def _why_undone(undone: pl.DataFrame) -> list[str]:
    from pipelines.week import WHY_UNDONE

    counts = dict(undone["reason_code"].value_counts().iter_rows())
    waiting = undone.filter(undone["first_because"].is_not_null()).height
    lines = [f"  {counts[code]}: {why}." for code, why in WHY_UNDONE.items() if code in counts]
    if waiting:
        lines.append(
            f"  Among them {waiting} that do not wait: see first_because in undone.parquet."
        )
    return lines


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def add_to(app: typer.Typer) -> None:
    """Add this command to the front door."""
    app.command()(plan)
