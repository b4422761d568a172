"""What the debtor has and owes, in words: what counts today, and what was reported too long ago.

Which row counts, what of it is free and what can be levied stands in the case file; nothing is
worked out here but sums over the rows that are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.pages.views import Fact
from serving.pages.words import month_of, som_of

if TYPE_CHECKING:
    from serving.casefile import CaseFile
    from serving.pages.wording import Voice

    Row = dict[str, object]


def tell_accounts(t: Voice, file: CaseFile) -> list[Fact]:
    """How many accounts, what is on those that count, what can be levied, and which are too old."""
    rows, stale = _counted(file, "accounts"), _stale(file, "accounts")
    if not rows and not stale:
        return []
    facts = [Fact(t("profile.accounts"), str(file.amounts.get("n_accounts")))]
    if rows:
        blocked = _sum(rows, "blocked_som")
        facts.append(
            Fact(t("profile.balance", month=_months(rows)), t.amount(_sum(rows, "balance_som")))
        )
        if blocked:
            free = file.amounts.get("account_free_som")
            facts.append(Fact(t("profile.blocked"), t.amount(blocked)))
            facts.append(Fact(t("profile.free"), t.amount(free)))
    if file.amounts.get("protected_amount_som"):
        protected = file.amounts["protected_amount_som"]
        facts.append(Fact(t("profile.protected"), t.amount(protected)))
    return [*facts, _leviable(t, file, stale), *(_old_account(t, row) for row in stale)]


def _leviable(t: Voice, file: CaseFile, stale: list[Row]) -> Fact:
    """The law's own figure; the least there is where the balance of some accounts is too old."""
    som = file.amounts.get("leviable_balance_som")
    if som is None:
        all_old = bool(stale) and file.amounts.get("n_stale_accounts") == file.amounts.get(
            "n_accounts"
        )
        note = t("profile.leviable_unknown") if all_old else ""
        return Fact(t("profile.leviable"), t("shell.unknown"), note)
    note = t("profile.leviable_least", n=len(stale)) if stale else ""
    return Fact(t("profile.leviable"), t.amount(som), note)


def _old_account(t: Voice, row: Row) -> Fact:
    label = t("profile.old_account", bank=row["bank_id"], month=month_of(row["month"]))
    return Fact(label, t.amount(som_of(row["balance_som"])), t("profile.not_counted"))


def tell_incomes(t: Voice, file: CaseFile) -> list[Fact]:
    """Income of each kind by its newest month, what can be levied of it, and who fell silent."""
    rows, stale = _counted(file, "incomes"), _stale(file, "incomes")
    sums: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (str(row["kind"]), month_of(row["month"]))
        sums[key] = sums.get(key, 0) + som_of(row["gross_som"])
    facts = [
        Fact(f"{t.code('income_kind', kind)}, {month}", t.amount(som))
        for (kind, month), som in sorted(sums.items())
    ]
    if rows:
        net = file.amounts.get("leviable_income_som")
        facts.append(Fact(t("profile.leviable_income"), t.amount(net)))
    silent = [row for row in stale if row["is_fresh"]] or ([] if rows else _newest(stale))
    return [*facts, *(_silent_payer(t, row) for row in silent)]


def _silent_payer(t: Voice, row: Row) -> Fact:
    kind = t.code("income_kind", row["kind"])
    label = t("profile.silent_payer", kind=kind, month=month_of(row["month"]))
    return Fact(label, t.amount(som_of(row["gross_som"])), t("profile.pays_no_more"))


def tell_real_estate(t: Voice, file: CaseFile) -> list[Fact]:
    """Each object owned on the day, at the debtor's part of its value."""
    return [_object(t, row) for row in _owned(file, "real_estate")]


def _object(t: Voice, row: Row) -> Fact:
    kind, area, share = t.code("real_estate_kind", row["kind"]), row["area_m2"], row["share"]
    notes = []
    if row["is_part"] and isinstance(share, int | float):
        whole = t.amount(som_of(row["cadastral_som"]))
        notes.append(t("profile.share_of", share=t.share(share), whole=whole))
    if row["residence"]:
        notes.append(t("profile.residence"))
    if row["is_encumbered"]:
        notes.append(t.code("encumbrance", row["encumbrance"]))
    shown = f"{area:.0f}" if isinstance(area, int | float) else "?"
    label = t("profile.object", kind=kind, area=shown)
    return Fact(label, t.amount(som_of(row["value_som"])), ", ".join(notes))


def tell_vehicles(t: Voice, file: CaseFile) -> list[Fact]:
    """Each vehicle owned on the day, at its assessed value."""
    return [
        Fact(
            f"{t.code('vehicle_kind', row['kind'])}, {row['model_year']}",
            t.amount(som_of(row["value_som"])),
            t("profile.pledged") if row["is_encumbered"] else "",
        )
        for row in _owned(file, "vehicles")
    ]


def tell_obligations(t: Voice, file: CaseFile) -> list[Fact]:
    """What is owed on the loans that count, and which were reported too long ago."""
    rows, stale = _counted(file, "obligations"), _stale(file, "obligations")
    facts = []
    if rows:
        longest = max(som_of(row["days_past_due"]) for row in rows)
        facts = [
            Fact(t("profile.obligations"), t.amount(_sum(rows, "outstanding_som"))),
            Fact(t("profile.obligations_due"), t.amount(_sum(rows, "monthly_due_som"))),
            Fact(t("profile.past_due"), str(longest)),
        ]
    return [*facts, *(_old_loan(t, row) for row in stale)]


def _old_loan(t: Voice, row: Row) -> Fact:
    label = t("profile.old_loan", lender=row["lender_id"], month=month_of(row["month"]))
    return Fact(label, t.amount(som_of(row["outstanding_som"])), t("profile.not_counted"))


def tell_businesses(t: Voice, file: CaseFile) -> list[Fact]:
    """The newest quarter, where it still says something about today."""
    facts = []
    for row in file.holdings.get("businesses", []):
        note = "" if row["is_current"] else t("profile.not_counted")
        revenue = t("profile.revenue", month=month_of(row["quarter"]))
        facts += [
            Fact(revenue, t.amount(som_of(row["revenue_som"])), note),
            Fact(t("profile.receivables"), t.amount(som_of(row["receivables_som"])), note),
            Fact(t("profile.tax_arrears"), t.amount(som_of(row["tax_arrears_som"])), note),
            Fact(t("profile.employees"), str(row["employees"]), note),
        ]
    return facts


def _counted(file: CaseFile, table: str) -> list[Row]:
    return [row for row in file.holdings.get(table, []) if row["is_current"]]


def _stale(file: CaseFile, table: str) -> list[Row]:
    return [row for row in file.holdings.get(table, []) if row["is_stale"]]


def _owned(file: CaseFile, table: str) -> list[Row]:
    return [row for row in file.holdings.get(table, []) if row["is_owned"]]


def _newest(rows: list[Row]) -> list[Row]:
    last = max((str(row["month"]) for row in rows), default="")
    return [row for row in rows if str(row["month"]) == last]


def _sum(rows: list[Row], column: str) -> int:
    return sum(som_of(row[column]) for row in rows)


def _months(rows: list[Row]) -> str:
    """The month of the rows, or the first and the last where banks report unequally."""
    months = sorted({month_of(row["month"]) for row in rows})
    return months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
