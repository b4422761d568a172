"""Past and proposed actions: what they are judged with, what is said, and what is stated."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from law.actions.check import check_action
from law.actions.judging import COLUMNS, judge_actions
from law.actions.points import ask_about
from law.actions.words import marked_in, tell
from law.errors import ActionsUnusableError, UnknownCaseError, UnknownFactError, UnknownMeasureError
from law.stated import read_statements
from law.words import fill, words
from registers.examples import registers_of
from registers.extract import Registers
from registers.texts import LANGUAGES

DAY = date(2026, 2, 10)
SERVED = {"served_on": date(2026, 1, 7), "voluntary_until": date(2026, 1, 22)}
Rows = Sequence[Mapping[str, object]]
NOTHING: dict[str, Rows] = {
    name: []
    for name in (
        "case_events",
        "actions",
        "payments",
        "vehicles",
        "real_estate",
        "businesses",
        "obligations",
    )
}


def _registers(**tables: Rows) -> Registers:
    base: dict[str, Rows] = {"cases": [SERVED], "incomes": [{}], "accounts": [{}], **NOTHING}
    return registers_of({**base, **tables})


def _asked(*actions: tuple[str | None, str | None, date | None]) -> pl.DataFrame:
    case, measure, day = zip(*actions, strict=True)
    schema = {"case_id": pl.String, "measure": pl.String, "decided_on": pl.Date}
    return (
        pl.DataFrame([case, measure, day], schema=schema)
        .with_row_index("action_id")
        .cast({"action_id": pl.String})
    )


def test_what_is_said_of_many_rows_is_what_is_said_of_each() -> None:
    text = words(
        uz="Qarz {owed_som}, {on} kuni: {kind}.",
        ru="Долг {owed_som}, вид {kind}, {on}.",
        en="{owed_som} owed on {on}: {kind}, {kind}.",
    )
    rows = pl.DataFrame(
        {
            "owed_som": [0, 1_234_567, None, -5, 1_234_567],
            "on": [DAY, None, DAY, DAY + timedelta(30), DAY],
            "kind": [True, False, None, True, True],
        }
    )
    said = tell(rows, rows.height, text, "UZS", "said")
    assert marked_in(text, None) == ["kind", "on", "owed_som"]
    for place, values in enumerate(rows.iter_rows(named=True)):
        one = fill(text, values)
        assert {n: s[place] for n, s in said.items()} == {
            f"said_{language}": one.in_language(language) for language in LANGUAGES
        }


def test_an_action_is_judged_with_the_day_before_or_with_the_first_report_of_its_case() -> None:
    reported = date(2026, 1, 20)
    registers = _registers(cases=[{**SERVED, "reported_on": reported}])
    days = [reported - timedelta(8), reported, reported + timedelta(1)]
    actions = _asked(*(("case-0", "voluntary_notice", day) for day in days))
    judged = judge_actions(registers, actions)
    assert judged["judged_with"].to_list() == ["first_report", "same_day", "day_before"]
    assert judged["rule"].to_list() == ["all_conditions"] * 3
    known = ask_about(registers, actions).points.sort("as_of_date")["known_on"].to_list()
    assert known == [reported] * 3


def test_every_action_gets_a_row_with_sentences_and_what_to_do() -> None:
    judged = judge_actions(
        _registers(),
        _asked(
            ("case-9", "travel_ban", DAY),
            ("case-0", "marriage_bar", DAY),
            ("case-0", "evicton", DAY),
            (None, "eviction", DAY),
            ("case-0", "travel_ban", None),
            ("case-0", None, DAY),
        ),
    )
    assert tuple(judged.columns) == ("action_id", *COLUMNS)
    assert judged["finding_rule"].to_list() == [
        "case_unknown",
        "no_legal_basis",
        "unknown_measure",
        *["incomplete_action"] * 3,
    ]
    assert judged["finding"].to_list() == ["cannot_tell", "unlawful", *["cannot_tell"] * 4]
    assert "eviction" in judged["remedy_en"][2]
    assert judged["judged_with"][0] is None
    for column in [*(f"finding_{lg}" for lg in LANGUAGES), *(f"remedy_{lg}" for lg in LANGUAGES)]:
        assert judged[column].null_count() == 0


def test_of_a_chain_of_rows_the_first_is_judged_and_the_order_is_kept() -> None:
    actions = _asked(("case-0", "travel_ban", DAY), ("case-0", "voluntary_notice", DAY))
    chain = pl.concat([actions.reverse(), actions.with_columns(measure=pl.lit("eviction"))])
    judged = judge_actions(_registers(), chain)
    assert judged["action_id"].to_list() == ["1", "0"]
    assert judged["measure"].to_list() == ["voluntary_notice", "travel_ban"]


def test_no_actions_give_an_empty_table_with_every_column() -> None:
    none = judge_actions(_registers(), _asked(("case-0", "travel_ban", DAY)).clear())
    some = judge_actions(_registers(), _asked(("case-0", "travel_ban", DAY)))
    assert none.is_empty()
    assert_frame_equal(none, some.clear())


def test_an_action_alone_is_judged_as_among_others() -> None:
    registers = _registers(vehicles=[{"assessed_som": 90_000_000}])
    measures = ("travel_ban", "vehicle_seizure_sale", "bank_account_levy", "movable_attachment")
    actions = _asked(*(("case-0", m, DAY + timedelta(d)) for m in measures for d in (0, 90)))
    together = judge_actions(registers, actions)
    for place in range(actions.height):
        assert_frame_equal(judge_actions(registers, actions[place]), together[place])


def _failed(**more: object) -> dict[str, object]:
    return {
        "action_id": "before",
        "measure": "vehicle_seizure_sale",
        "decided_on": date(2026, 1, 25),
        "result": "nothing_found",
        "reported_on": date(2026, 2, 1),
        **more,
    }


CAR = {"vehicle_id": "car", "assessed_som": 8_000_000, "reported_on": date(2026, 1, 6)}
POOR = {"balance_som": 0, "blocked_som": 0}


def _again(**tables: Rows) -> str:
    base: dict[str, Rows] = {
        "vehicles": [CAR],
        "accounts": [POOR],
        "incomes": [],
        "actions": [_failed()],
    }
    registers = _registers(**{**base, **tables})
    judged = judge_actions(registers, _asked(("case-0", "vehicle_seizure_sale", DAY)))
    assert judged["verdict"].to_list() == ["lawful"]
    return str(judged["finding_rule"][0])


def test_a_measure_that_came_to_nothing_is_not_repeated_without_new_facts() -> None:
    assert _again() == "new_facts_since_the_last_attempt"
    assert _again(actions=[_failed(result="partly")]) == "all_conditions"
    assert _again(actions=[_failed(reported_on=DAY)]) == "all_conditions"
    assert _again(actions=[_failed(case_id="case-1")]) == "all_conditions"


@pytest.mark.parametrize(
    ("reported", "warns"), [(date(2026, 2, 1), True), (date(2026, 2, 2), False), (DAY, True)]
)
def test_a_newly_reported_thing_is_a_new_fact_if_it_was_known_the_day_before(
    reported: date, warns: bool
) -> None:
    other = {"vehicle_id": "van", "assessed_som": 9_000_000, "reported_on": reported}
    rule = _again(vehicles=[CAR, other])
    assert (rule == "new_facts_since_the_last_attempt") == warns


def test_a_row_that_says_the_same_again_is_no_new_fact() -> None:
    again = {**CAR, "reported_on": date(2026, 2, 5)}
    assert _again(vehicles=[CAR, again]) == "new_facts_since_the_last_attempt"


def test_a_finding_tells_the_facts_that_it_used() -> None:
    registers = _registers(accounts=[{"balance_som": 90_000_000, "blocked_som": 0}])
    judged = judge_actions(registers, _asked(("case-0", "travel_ban", DAY))).row(0, named=True)
    assert (judged["verdict"], judged["finding"]) == ("lawful", "unfounded")
    assert judged["finding_rule"] == "money_covers_the_debt"
    assert '"consolidated_som":10500000' in judged["finding_facts"]
    assert judged["facts"] == "{}"
    assert "this measure is available" in judged["sentence_en"]
    assert "covers all open claims" in judged["finding_en"]
    assert "First levy the money" in judged["remedy_en"]
    assert judged["office"] == "office-0"


def test_a_case_opened_late_is_told_with_every_action_in_it() -> None:
    late = {**SERVED, "presented_on": date(2025, 12, 22)}
    actions = _asked(("case-0", "voluntary_notice", DAY), ("case-0", "travel_ban", DAY))
    judged = judge_actions(_registers(cases=[late]), actions)
    assert judged["opened_days_late"].to_list() == [13, 13]
    assert judged["finding"][0] == "late"
    assert (judged["deadline"][0], judged["days_late"][0]) == (date(2025, 12, 23), 13)


def test_a_law_without_findings_is_judged_by_its_rules() -> None:
    registers = registers_of({"actions": [{"measure": "sheriff"}]}, "philadelphia")
    judged = judge_actions(registers, registers.table("actions"))
    assert judged["finding"].to_list() == ["in_order"]
    assert judged["opened_days_late"].to_list() == [None]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"case_id": ["a"], "decided_on": [DAY]}, "the column measure is missing"),
        ({"case_id": [1], "measure": ["a"], "decided_on": [DAY]}, "case_id is Int64"),
        ({"case_id": ["a"], "measure": ["a"], "decided_on": ["soon"]}, "decided_on is String"),
        ({"case_id": ["a"], "measure": ["a"], "as_of_date": ["soon"]}, "as_of_date is String"),
    ],
)
def test_actions_that_cannot_be_read_are_refused_with_the_column(
    columns: dict[str, list[object]], why: str
) -> None:
    with pytest.raises(ActionsUnusableError, match=why):
        judge_actions(_registers(), pl.DataFrame(columns))


# ---- one proposed action -------------------------------------------------------------------


def test_a_proposed_action_names_what_a_person_could_state_and_rests_on_it_then() -> None:
    ask = (_registers(), "case-0", "debtor_or_asset_search", DAY)
    unknown = check_action(*ask)
    assert (unknown.judgement.verdict, unknown.finding) == ("cannot_tell", "cannot_tell")
    assert unknown.to_state == ("claimant_funds_search",)
    known = check_action(*ask, read_statements({"claimant_funds_search": "yes"}))
    assert known.judgement.verdict == "lawful"
    assert dict(known.judgement.stated) == {"claimant_funds_search": True}
    assert known.to_state == ()
    refused = check_action(*ask, read_statements({"claimant_funds_search": "no"}))
    assert (refused.judgement.verdict, refused.finding) == ("unlawful", "unlawful")
    assert refused.remedy is not None


def test_a_proposed_action_gets_every_warning() -> None:
    registers = _registers(accounts=[{"balance_som": 90_000_000, "blocked_som": 0}])
    checked = check_action(registers, "case-0", "travel_ban", date(2026, 4, 1))
    assert (checked.judgement.verdict, checked.finding) == ("lawful", "unfounded")
    assert [w.rule for w in checked.warnings] == ["money_covers_the_debt", "enforced_in_time"]
    late = checked.warnings[1]
    assert (late.kind, late.deadline, late.days_late) == ("late", date(2026, 3, 22), 10)
    assert checked.remedy == checked.warnings[0].remedy
    assert "{" not in "".join(checked.warnings[0].sentence.as_dict().values())


def test_a_proposed_action_that_is_in_order_needs_no_remedy() -> None:
    checked = check_action(_registers(), "case-0", "voluntary_notice", date(2026, 1, 6))
    assert (checked.finding, checked.warnings, checked.remedy) == ("in_order", (), None)


def test_a_proposed_action_that_cannot_be_asked_about_names_the_nearest() -> None:
    with pytest.raises(UnknownMeasureError, match="Did you mean 'travel_ban'"):
        check_action(_registers(), "case-0", "travelban", DAY)
    with pytest.raises(UnknownCaseError, match="Did you mean 'case-0'"):
        check_action(_registers(), "case0", "travel_ban", DAY)
    with pytest.raises(UnknownFactError, match="Did you mean 'term_restored'"):
        read_statements({"term_restord": "yes"})
