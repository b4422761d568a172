"""What was found of planning two steps ahead, in words for the page and the console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipelines.tables_of_pages import markdown_table

LEFT_OUT: Final[Mapping[str, str]] = {
    "second_window_open": "two windows after them have not closed yet",
    "nothing_lawful": "the law allowed nothing",
    "next_decision_unknown": "what followed was set aside",
    "next_decision_unusable": "the next decision is no example (several measures on one day, the "
    "outcome unknown, nothing lawful)",
}


def two_steps_page(found: Mapping[str, Any]) -> str:
    """The section of the evaluation page."""
    told = found["comparison"]
    lines = ["\n## Two steps ahead\n", found["sentence"], ""]
    if told is not None:
        lines += [two_steps_table(told), "", difference_text(told), ""]
    return "\n".join([*lines, counted_text(found), "", _meaning(found)])


def difference_text(told: Mapping[str, Any]) -> str:
    """The difference with its standard error."""
    gain = told["difference"]
    return (
        f"The planner less the core's order: {100 * gain['value']:.2f} points of the debt "
        f"(standard error {100 * gain['se']:.2f}, 95 % interval {100 * gain['low']:.2f} to "
        f"{100 * gain['high']:.2f})."
    )


def counted_text(found: Mapping[str, Any]) -> str:
    """How many decisions this rests on, those left out by reason, and how often orders differ."""
    dropped = [f"{n:,} ({LEFT_OUT[why]})" for why, n in found["left_out"].items() if n]
    differs = (
        ""
        if found["differs"] is None
        else f" The planner's first measure is another one in {found['differs']:.0%} of them."
    )
    return (
        f"{found['n']:,} decisions on {found['n_debtors']:,} debtors; {found['n_followed']:,} of "
        f"them were followed by another on the case within {found['window_days']} days. Left out: "
        f"{', '.join(dropped) if dropped else 'none'}.{differs}"
    )


def two_steps_table(told: Mapping[str, Any]) -> str:
    """Both orders side by side."""
    rows = []
    for name, key in (("the core's order", "core"), ("the planner's order", "planner")):
        value = told[key]
        figures = f"{100 * value['value']:.1f} ({100 * value['low']:.1f} to "
        rows.append([name, f"{figures}{100 * value['high']:.1f})", f"{told[f'{key}_days']:.0f}"])
    return markdown_table(
        ["", "recovered over two steps, net, per cent of the debt", "days that count, mean"], rows
    )


def _meaning(found: Mapping[str, Any]) -> str:
    days = found["window_days"]
    return f"""The core's order (highest expected) looks at what a first measure brings if practice
goes on as usual. The planner looks at what it brings if the *next* decision, too, is the best one
(fitted Q-iteration). Both orders are judged by the same return: what was paid until the
next decision and, of what was still owed, what the best second measure brings in {days} days more;
where no decision followed within {days} days, what was paid in them. Nothing is discounted. When
the next decision falls is left to the officers. *Days that count* differ where one order is
followed by a next decision more often: more time is a part of what such an order gains. The
estimate is doubly robust in both steps, decisions of one debtor counted together; the logs can tell
where enough past cases went as an order would have gone in *both* steps. The rule: the planner
counts as better only where the logs can tell and the lower end of the 95 % interval of the
difference is above zero. **It is measured only; no ranking uses it**, whatever the verdict.
"""
