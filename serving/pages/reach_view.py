"""What a measure can reach, what is expected, what was tried: the figures that belong together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from features.catalogue import UNITS
from features.catalogue.values import RESULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.pages.wording import Voice

    Row = Mapping[str, Any]

__all__ = ["say_beyond_reach", "say_reach", "say_tried", "say_within"]


def say_within(t: Voice, window_days: int) -> str:
    """Within how many days what is expected comes in."""
    unit = UNITS["days"].in_language(t.language)
    return t("case.within", days=f"{window_days}\u00a0{unit}")


def say_reach(t: Voice, row: Row) -> str:
    """The most that the law lets the measure take; empty of what touches no asset or is unknown."""
    reach = row.get("reach_som")
    return "" if reach is None else t("case.reach", reach=t.amount(reach))


def say_beyond_reach(t: Voice, row: Row) -> str:
    """Where more is expected than the measure can reach by law: what it brings, and what else."""
    reach = row.get("reach_som")
    if reach is None or row.get("expected_own_som") is None or row["expected_net_som"] <= reach:
        return ""
    return t("case.beyond_reach", own=t.amount(row["expected_own_som"]))


def say_tried(t: Voice, row: Row, as_of: date) -> str:
    """How often this measure was taken in the case, when last and with what result.

    Empty where it never was, or where nobody knows (the page names the unknown register).
    """
    if not (n := row.get("n_tried")):
        return ""
    days, result = row.get("days_since_tried"), str(row.get("tried_result") or "")
    when = "" if days is None else t.day(as_of - timedelta(days=round(float(days))))
    known = RESULTS.get(result)
    said = t("shell.unknown") if known is None else t.says(known)
    return t("case.tried", n=round(float(n)), day=when or t("shell.unknown"), result=said)
