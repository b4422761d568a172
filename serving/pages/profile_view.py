"""The debtor's profile as the registers tell it: plain facts by theme, with how fresh they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explain.words import REGISTERS
from features.catalogue import THEMES
from registers.register_names import REGISTER_NAMES, WHY_UNKNOWN
from serving.pages.holdings_view import (
    tell_accounts,
    tell_businesses,
    tell_incomes,
    tell_obligations,
    tell_real_estate,
    tell_vehicles,
)
from serving.pages.views import Fact, ProfileGroup, Stamp
from serving.pages.words import sentence_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from features.catalogue import Theme
    from features.freshness import Stamp as Fresh
    from serving.casefile import CaseFile
    from serving.pages.wording import Voice

YEAR = 12


def build_profile(t: Voice, file: CaseFile) -> tuple[ProfileGroup, ...]:
    """Income, property, obligations and protection, each with its registers' freshness."""
    groups: tuple[tuple[Theme, tuple[str, ...]], ...] = (
        ("income", ("incomes", "accounts", "businesses")),
        ("assets", ("real_estate", "vehicles")),
        ("payment_behaviour", ("obligations",)),
        ("protection", ("households",)),
    )
    return tuple(_group(t, file, theme, tables) for theme, tables in groups)


def _group(t: Voice, file: CaseFile, theme: Theme, tables: tuple[str, ...]) -> ProfileGroup:
    facts: list[Fact] = []
    for table in tables:
        facts.extend(_TELLERS[table](t, file))
    return ProfileGroup(
        theme=sentence_start(t.says(THEMES[theme])),
        facts=tuple(facts),
        stamps=tuple(_stamp(t, table, file) for table in tables),
    )


def _stamp(t: Voice, table: str, file: CaseFile) -> Stamp:
    source, fresh = sentence_start(t.says(REGISTERS[table])), file.freshness.get(table)
    why = file.unknown_registers.get(table)
    if why is not None:
        told = t("case.register_unknown", why=t.says(WHY_UNKNOWN[why]))
        if fresh is not None:
            told = f"{told} {sentence_start(say_stamp(t, fresh))}."
        return Stamp(source, told, is_unknown=True)
    if fresh is None:
        return Stamp(source, t("case.nothing_reported"))
    return Stamp(source, say_stamp(t, fresh), is_stale=fresh.is_stale)


def say_unknown(t: Voice, unknown: Mapping[str, str]) -> tuple[str, ...]:
    """Each register of which not all is known, who keeps it, and why, in the contract's order."""
    return tuple(
        t(
            "case.unknown_register",
            register=sentence_start(t.says(REGISTER_NAMES[table])),
            agency=t.says(REGISTERS[table]),
            why=t.says(WHY_UNKNOWN[unknown[table]]),
        )
        for table in REGISTER_NAMES
        if table in unknown
    )


def say_stamp(t: Voice, fresh: Fresh) -> str:
    """Both days of a fact in words, or one where there is one."""
    known = t.day(fresh.known_on)
    if not fresh.has_two_days:
        return t("case.profile_reported", reported_on=known)
    return t("case.profile_stamp", as_of=t.day(fresh.observed_on), reported_on=known)


def n_recent_months(months: Iterable[str], on: date) -> int:
    """How many different months of the twelve before the day's own month are listed.

    >>> n_recent_months(["2025-04-01", "2026-03-01", "2026-03-01"], date(2026, 4, 20))
    2
    >>> n_recent_months(["2025-03-01"], date(2026, 4, 20))
    0
    """
    here = on.year * YEAR + on.month
    distances = {here - int(month[:4]) * YEAR - int(month[5:7]) for month in months}
    return sum(0 < distance <= YEAR for distance in distances)


def _tell_incomes(t: Voice, file: CaseFile) -> list[Fact]:
    facts = tell_incomes(t, file)
    if not facts:
        return []
    months = (str(row["month"]) for row in file.tables.get("incomes", []))
    n_months = n_recent_months(months, file.as_of_date)
    return [*facts, Fact(t("profile.income_months"), str(n_months))]


def _tell_households(t: Voice, file: CaseFile) -> list[Fact]:
    rows = file.tables.get("households", [])
    if not rows:
        return []
    row = max(rows, key=lambda one: str(one["month"]))
    return [
        Fact(t("profile.members"), str(row["members"])),
        Fact(t("profile.minors"), str(row["minors"])),
        Fact(t("profile.disabled"), str(row["disabled"])),
        Fact(t("profile.social_register"), t.yes_no(is_true=bool(row["social_register"]))),
    ]


_TELLERS: dict[str, Callable[[Voice, CaseFile], list[Fact]]] = {
    "incomes": _tell_incomes,
    "accounts": tell_accounts,
    "businesses": tell_businesses,
    "real_estate": tell_real_estate,
    "vehicles": tell_vehicles,
    "obligations": tell_obligations,
    "households": _tell_households,
}
