"""The debtor's profile as the registers tell it: plain facts by theme, with how fresh they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from explain.words import REGISTERS
from features.catalogue import THEMES
from registers.register_names import REGISTER_NAMES, WHY_UNKNOWN
from serving.pages.views import Fact, ProfileGroup, Stamp
from serving.pages.words import month_of, sentence_start, som_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from features.catalogue import Theme
    from features.freshness import Stamp as Fresh
    from serving.casefile import CaseFile
    from serving.pages.wording import Voice

    Row = dict[str, object]

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
        rows = file.tables.get(table, [])
        if rows:
            facts.extend(_TELLERS[table](t, rows, file.as_of_date))
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


def _latest(rows: list[Row], column: str) -> tuple[str, list[Row]]:
    last = max(str(row[column]) for row in rows)
    return last, [row for row in rows if str(row[column]) == last]


def _tell_incomes(t: Voice, rows: list[Row], on: date) -> list[Fact]:
    month, latest = _latest(rows, "month")
    sums: dict[str, int] = {}
    for row in latest:
        kind = str(row["kind"])
        sums[kind] = sums.get(kind, 0) + som_of(row["gross_som"])
    facts = [
        Fact(f"{t.code('income_kind', kind)}, {month_of(month)}", t.amount(som))
        for kind, som in sorted(sums.items())
    ]
    n_months = n_recent_months((str(row["month"]) for row in rows), on)
    return [*facts, Fact(t("profile.income_months"), str(n_months))]


def _tell_accounts(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    month, latest = _latest(rows, "month")
    balance = sum(som_of(row["balance_som"]) for row in latest)
    blocked = sum(som_of(row["blocked_som"]) for row in latest)
    facts = [
        Fact(t("profile.accounts"), str(len(latest))),
        Fact(t("profile.balance", month=month_of(month)), t.amount(balance)),
    ]
    return [*facts, Fact(t("profile.blocked"), t.amount(blocked))] if blocked else facts


def _tell_businesses(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    quarter, latest = _latest(rows, "quarter")
    row = latest[-1]
    return [
        Fact(t("profile.revenue", month=month_of(quarter)), t.amount(som_of(row["revenue_som"]))),
        Fact(t("profile.receivables"), t.amount(som_of(row["receivables_som"]))),
        Fact(t("profile.tax_arrears"), t.amount(som_of(row["tax_arrears_som"]))),
        Fact(t("profile.employees"), str(row["employees"])),
    ]


def _tell_real_estate(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    return [_real_estate(t, row) for row in rows if row["disposed_on"] is None]


def _real_estate(t: Voice, row: Row) -> Fact:
    kind = t.code("real_estate_kind", row["kind"])
    area, share = row["area_m2"], row["share"]
    notes = []
    if isinstance(share, int | float) and share < 1:
        notes.append(t("profile.share", share=t.share(share)))
    if row["residence"]:
        notes.append(t("profile.residence"))
    if row["encumbrance"] != "none":
        notes.append(t.code("encumbrance", row["encumbrance"]))
    shown = f"{area:.0f}" if isinstance(area, int | float) else "?"
    return Fact(
        t("profile.object", kind=kind, area=shown),
        t.amount(som_of(row["cadastral_som"])),
        ", ".join(notes),
    )


def _tell_vehicles(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    return [
        Fact(
            f"{t.code('vehicle_kind', row['kind'])}, {row['model_year']}",
            t.amount(som_of(row["assessed_som"])),
            t("profile.pledged") if row["pledged"] else "",
        )
        for row in rows
        if row["disposed_on"] is None
    ]


def _tell_obligations(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    _, latest = _latest(rows, "month")
    return [
        Fact(t("profile.obligations"), t.amount(sum(som_of(r["outstanding_som"]) for r in latest))),
        Fact(
            t("profile.obligations_due"),
            t.amount(sum(som_of(r["monthly_due_som"]) for r in latest)),
        ),
        Fact(t("profile.past_due"), str(max(som_of(r["days_past_due"]) for r in latest))),
    ]


def _tell_households(t: Voice, rows: list[Row], _on: date) -> list[Fact]:
    _, latest = _latest(rows, "month")
    row = latest[-1]
    return [
        Fact(t("profile.members"), str(row["members"])),
        Fact(t("profile.minors"), str(row["minors"])),
        Fact(t("profile.disabled"), str(row["disabled"])),
        Fact(t("profile.social_register"), t.yes_no(is_true=bool(row["social_register"]))),
    ]


_TELLERS: dict[str, Callable[[Voice, list[Row], date], list[Fact]]] = {
    "incomes": _tell_incomes,
    "accounts": _tell_accounts,
    "businesses": _tell_businesses,
    "real_estate": _tell_real_estate,
    "vehicles": _tell_vehicles,
    "obligations": _tell_obligations,
    "households": _tell_households,
}
