"""What was done in the case and what stayed it: in force, counted, and from which day on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

FactsOf = Callable[..., dict[str, Any]]

DAY = date(2026, 2, 10)
BEFORE = date(2026, 2, 9)
AFTER = date(2026, 2, 11)
STARTED = date(2026, 1, 5)

IN_FORCE: Mapping[str, str] = {
    "account_attachment": "account_attachment",
    "wage_income_withholding": "wage_withholding",
    "debtor_or_asset_search": "search",
}


def _action(measure: str, **changes: object) -> dict[str, list[dict[str, object]]]:
    return {"actions": [{"measure": measure, **changes}]}


@pytest.mark.parametrize(("measure", "name"), IN_FORCE.items())
def test_a_measure_is_in_force_from_the_day_after_its_decision(
    facts_of: FactsOf, measure: str, name: str
) -> None:
    for decided, has in ((BEFORE, True), (DAY, False)):
        facts = facts_of(_action(measure, decided_on=decided))
        assert facts[f"has_{name}"] is has
        assert facts[f"{name}_since"] == (decided if has else None)


@pytest.mark.parametrize(("measure", "name"), IN_FORCE.items())
@pytest.mark.parametrize(
    ("changes", "has"),
    [
        ({"ended_on": AFTER}, True),
        ({"ended_on": DAY}, False),
        ({"result": "cancelled"}, False),
        ({"result": "nothing_found"}, False),
        ({"result": "partly"}, True),
    ],
)
def test_a_measure_that_ended_or_found_nothing_holds_nothing(
    facts_of: FactsOf, measure: str, name: str, changes: dict[str, object], *, has: bool
) -> None:
    assert facts_of(_action(measure, **changes))[f"has_{name}"] is has


@pytest.mark.parametrize(
    ("case", "changes", "since"),
    [
        ({}, {}, BEFORE),
        ({}, {"ended_on": DAY}, None),
        ({}, {"result": "nothing_found"}, None),
        ({}, {"decided_on": DAY}, None),
        ({}, {"case_id": "case-0"}, None),
        ({"closed_on": DAY}, {}, None),
        ({"closed_on": AFTER}, {}, BEFORE),
        ({"closing": "performed"}, {}, None),
        ({"debtor_id": "debtor-9"}, {}, None),
    ],
)
def test_another_open_case_of_the_debtor_may_withhold_already(
    facts_of: FactsOf,
    case: dict[str, object],
    changes: dict[str, object],
    since: date | None,
) -> None:
    rows = _action(
        "wage_income_withholding", **{"case_id": "case-1", "decided_on": BEFORE, **changes}
    )
    rows["cases"] = [{}, {"case_id": "case-1", **case}]
    facts = facts_of(rows)
    assert facts["other_withholding_since"] == since
    assert facts["has_other_withholding"] is (since is not None)
    assert facts["has_wage_withholding"] is (changes.get("case_id") == "case-0")


def test_without_the_register_of_actions_nobody_knows_who_withholds(facts_of: FactsOf) -> None:
    assert facts_of({})["has_other_withholding"] is None


def test_a_ban_stays_in_force_though_nothing_was_found(facts_of: FactsOf) -> None:
    ban = _action("registration_ban", result="nothing_found")
    assert facts_of(ban)["has_registration_ban"] is True


def test_since_is_the_first_decision_still_in_force(facts_of: FactsOf) -> None:
    days = {date(2026, 1, 5): DAY, date(2026, 1, 8): None, date(2026, 1, 9): None}
    rows = [
        {"measure": "account_attachment", "decided_on": day, "ended_on": ended}
        for day, ended in days.items()
    ]
    assert facts_of({"actions": rows})["account_attachment_since"] == date(2026, 1, 8)


def test_executed_queries_of_this_case_are_counted_before_the_day(facts_of: FactsOf) -> None:
    rows = {
        "cases": [{}, {}],
        "actions": [
            {"measure": "registry_asset_query", **changes}
            for changes in (
                {"executed_on": date(2026, 1, 7)},
                {"executed_on": BEFORE, "result": "nothing_found"},
                {"executed_on": DAY},
                {"executed_on": None},
                {"executed_on": BEFORE, "result": "cancelled"},
                {"executed_on": BEFORE, "case_id": "case-1"},
            )
        ],
    }
    facts = facts_of(rows)
    assert (facts["n_asset_queries"], facts["asset_query_on"]) == (2, BEFORE)


@pytest.mark.parametrize(
    ("changes", "attached"),
    [
        ({"result": "effective"}, BEFORE),
        ({"result": "partly"}, BEFORE),
        ({"result": "nothing_found"}, None),
        ({"result": "pending"}, BEFORE),
        ({"result": "cancelled"}, None),
        ({"result": "effective", "executed_on": DAY}, None),
        ({"result": "effective", "executed_on": None}, None),
        ({"result": "effective", "ended_on": DAY}, None),
        ({"result": "effective", "ended_on": AFTER}, BEFORE),
    ],
)
def test_movables_are_attached_once_something_was_found_and_while_it_lasts(
    facts_of: FactsOf, changes: dict[str, object], attached: date | None
) -> None:
    action = _action("movable_attachment", **{"executed_on": BEFORE, **changes})
    assert facts_of(action)["attached_on"] == attached


@pytest.mark.parametrize(
    ("changes", "n", "ended"),
    [
        ({"result": "effective", "ended_on": DAY}, 1, DAY),
        ({"result": "effective", "ended_on": AFTER}, 1, None),
        ({"result": "nothing_found", "ended_on": DAY}, 1, None),
        ({"result": "cancelled", "ended_on": DAY}, 0, None),
        ({"result": "pending", "executed_on": None}, 0, None),
    ],
)
def test_attachments_are_counted_and_the_end_of_one_is_known(
    facts_of: FactsOf, changes: dict[str, object], n: int, ended: date | None
) -> None:
    facts = facts_of(_action("movable_attachment", **{"executed_on": BEFORE, **changes}))
    assert (facts["n_attachments"], facts["attachment_ended_on"]) == (n, ended)


def test_without_the_register_of_actions_nothing_about_them_is_known(facts_of: FactsOf) -> None:
    none, unknown = facts_of({"actions": []}), facts_of({})
    for name in IN_FORCE.values():
        assert (none[f"has_{name}"], unknown[f"has_{name}"]) == (False, None)
    assert (none["n_asset_queries"], unknown["n_asset_queries"]) == (0, None)


def test_an_action_counts_with_what_was_reported_of_it_by_then(facts_of: FactsOf) -> None:
    decided = {"action_id": "a", "measure": "account_attachment"}
    ended = {**decided, "ended_on": date(2026, 1, 20), "reported_on": DAY}
    rows = {"actions": [decided, ended]}
    assert facts_of(rows)["has_account_attachment"] is False
    assert facts_of(rows, known_on=BEFORE)["has_account_attachment"] is True
    unreported = {"actions": [{**decided, "reported_on": DAY}]}
    assert facts_of(unreported, known_on=BEFORE)["has_account_attachment"] is False


@pytest.mark.parametrize(
    ("kind", "name"), [("mediation", "n_mediations"), ("postponed", "n_postponements")]
)
def test_events_that_began_before_the_day_are_counted(
    facts_of: FactsOf, kind: str, name: str
) -> None:
    events = [
        {"kind": kind, "starts_on": date(2026, 1, 6), "ends_on": date(2026, 1, 9)},
        {"kind": kind, "starts_on": BEFORE, "ends_on": None},
        {"kind": kind, "starts_on": DAY, "ends_on": None},
        {"kind": kind, "starts_on": date(2026, 1, 12), "ends_on": date(2026, 1, 12)},
        {"kind": "deferred", "starts_on": date(2026, 1, 6), "ends_on": None},
    ]
    assert facts_of({"case_events": events})[name] == 2
    assert facts_of({"case_events": []})[name] == 0
    assert facts_of({})[name] is None


def _excluded(facts_of: FactsOf, *spans: tuple[date, date | None], **case: object) -> int | None:
    """Days excluded on 10 February 2026 after a voluntary term that ended on 20 January."""
    events = [
        {"kind": kind, "starts_on": starts, "ends_on": ends}
        for kind, (starts, ends) in zip(("deferred", "suspended", "postponed"), spans, strict=False)
    ]
    rows = {"cases": [{"voluntary_until": date(2026, 1, 20), **case}], "case_events": events}
    found: int | None = facts_of(rows)["excluded_days"]
    return found


def test_days_of_overlapping_stays_are_counted_once(facts_of: FactsOf) -> None:
    long = (date(2026, 1, 22), date(2026, 2, 1))
    inside = (date(2026, 1, 24), date(2026, 1, 26))
    overlapping = (date(2026, 1, 30), date(2026, 2, 3))
    assert _excluded(facts_of) == 0
    assert _excluded(facts_of, long) == 10
    assert _excluded(facts_of, long, inside) == 10
    assert _excluded(facts_of, inside, long) == 10
    assert _excluded(facts_of, long, inside, overlapping) == 12
    assert _excluded(facts_of, overlapping, inside, long) == 12
    assert _excluded(facts_of, inside, (date(2026, 1, 26), date(2026, 1, 27))) == 3


def _extended(facts_of: FactsOf, *spans: tuple[date, date], **case: object) -> int | None:
    """Excluded days long after the voluntary term that ended on 20 January 2026."""
    events = [
        {"event_id": f"e-{number}", "kind": "suspended", "starts_on": starts, "ends_on": ends}
        for number, (starts, ends) in enumerate(spans)
    ]
    rows = {"cases": [{"voluntary_until": date(2026, 1, 20), **case}], "case_events": events}
    found: int | None = facts_of(rows, date(2026, 6, 1))["excluded_days"]
    return found


def test_a_stay_extends_the_two_months_up_to_their_last_day(facts_of: FactsOf) -> None:
    assert _extended(facts_of, (date(2026, 3, 20), date(2026, 3, 25))) == 5
    assert _extended(facts_of, (date(2026, 3, 21), date(2026, 3, 25))) == 0


def test_an_earlier_stay_moves_the_last_day_for_a_later_one(facts_of: FactsOf) -> None:
    early = (date(2026, 2, 1), date(2026, 2, 11))
    assert _extended(facts_of, early, (date(2026, 3, 30), date(2026, 4, 2))) == 13
    assert _extended(facts_of, early, (date(2026, 3, 31), date(2026, 4, 2))) == 10
    late = (date(2026, 4, 5), date(2026, 4, 9))
    assert _extended(facts_of, early, late, (date(2026, 4, 6), date(2026, 5, 9))) == 10


def test_the_two_months_of_alimony_run_from_the_opening(facts_of: FactsOf) -> None:
    alimony = {"claim_kind": "alimony", "opened_on": date(2026, 1, 6)}
    assert _extended(facts_of, (date(2026, 3, 6), date(2026, 3, 9)), **alimony) == 3
    assert _extended(facts_of, (date(2026, 3, 7), date(2026, 3, 9)), **alimony) == 0


def test_days_in_hospital_count_only_with_a_suspension(facts_of: FactsOf) -> None:
    span = {"starts_on": date(2026, 1, 25), "ends_on": date(2026, 1, 29)}
    treated = {"event_id": "t", "kind": "in_patient_treatment", **span}
    suspended = {"event_id": "s", "kind": "suspended", **span}
    case = [{"voluntary_until": date(2026, 1, 20)}]
    assert facts_of({"cases": case, "case_events": [treated]})["excluded_days"] == 0
    assert facts_of({"cases": case, "case_events": [treated, suspended]})["excluded_days"] == 4


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (date(2026, 1, 6), date(2026, 1, 20), 0),
        (date(2026, 1, 6), date(2026, 1, 21), 1),
        (date(2026, 1, 6), None, 21),
        (BEFORE, None, 1),
        (BEFORE, date(2026, 3, 1), 1),
        (DAY, None, 0),
        (AFTER, None, 0),
        (date(2026, 1, 25), date(2026, 1, 25), 0),
    ],
)
def test_only_days_between_the_voluntary_term_and_the_day_are_excluded(
    facts_of: FactsOf, starts: date, ends: date | None, days: int
) -> None:
    assert _excluded(facts_of, (starts, ends)) == days


def test_excluded_days_are_unknown_where_their_start_or_the_register_is(facts_of: FactsOf) -> None:
    unserved = {"voluntary_until": None, "procedure": "simplified"}
    stay = (date(2026, 1, 25), date(2026, 1, 28))
    assert _excluded(facts_of, stay, **unserved) is None
    assert _excluded(facts_of, **unserved) == 0
    assert _excluded(facts_of, stay, voluntary_until=None) == 3
    assert facts_of({})["excluded_days"] is None


def test_a_stay_that_was_lifted_early_excludes_what_was_known_of_it(facts_of: FactsOf) -> None:
    planned = {"event_id": "e", "starts_on": date(2026, 1, 25), "ends_on": date(2026, 2, 4)}
    lifted = {**planned, "ends_on": date(2026, 1, 28), "reported_on": DAY}
    rows = {
        "cases": [{"voluntary_until": date(2026, 1, 20)}],
        "case_events": [planned, lifted],
    }
    assert facts_of(rows)["excluded_days"] == 3
    assert facts_of(rows, known_on=BEFORE)["excluded_days"] == 10


@pytest.mark.parametrize(
    ("measure", "changes", "n"),
    [
        ("bank_account_levy", {}, 1),
        ("movable_attachment", {}, 1),
        ("voluntary_notice", {}, 0),
        ("bank_account_levy", {"result": "partly"}, 0),
        ("bank_account_levy", {"executed_on": DAY}, 0),
        ("bank_account_levy", {"executed_on": None}, 0),
    ],
)
def test_a_measure_that_found_nothing_has_looked_for_means(
    facts_of: FactsOf, measure: str, changes: dict[str, object], n: int
) -> None:
    changes = {"executed_on": BEFORE, "result": "nothing_found", **changes}
    assert facts_of(_action(measure, **changes))["n_fruitless_measures"] == n
