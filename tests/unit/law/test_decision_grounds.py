"""The draft of a decision: seven parts for every measure, verdict and language; appeal term."""

import json
import re
from datetime import date
from functools import cache

import pytest

from law.catalogue import catalogue
from law.decision_grounds import (
    CASE_FIELDS,
    DecisionGrounds,
    decision_grounds,
    last_day_to_appeal,
)
from law.examples import EXAMPLE_DAY, EXAMPLE_FACTS, example_facts
from law.handbook.cases import lawful_facts
from law.judgement import Judgement, judge_one
from law.uz.decision_reasons import cited, gate_modules
from law.uz.errors import NoFormOfDecisionError
from registers.texts import LANGUAGES

PARTS = ["date_and_place", "officer", "case", "issue", "reasons", "conclusion", "appeal"]
MEASURES = list(catalogue("uz"))
# What is changed in a lawful case to get each verdict; not every measure can be unfounded.
CHANGES: dict[str, dict[str, object]] = {
    "lawful": {},
    "unlawful": {"is_suspended": True, "suspended_since": date(2026, 3, 1)},
    "unfounded": {"outstanding_som": 0, "consolidated_som": 0},
    "cannot_tell": {"is_suspended": None},
}


@cache
def _judged(measure: str, verdict: str) -> tuple[Judgement, dict[str, object]]:
    facts = example_facts({**lawful_facts()[measure], **CHANGES[verdict]})
    row = facts.row(0, named=True)
    case = {**row, "claimant_id": "K1", "office": "O1726", "officer_id": "F7"}
    return judge_one(facts, catalogue("uz")[measure], "uz", "UZS"), case


def _draft(measure: str, verdict: str, decided_on: date = EXAMPLE_DAY) -> DecisionGrounds:
    judgement, case = _judged(measure, verdict)
    return decision_grounds(judgement, case, decided_on=decided_on)


def _exists(measure: str, verdict: str) -> bool:
    return _judged(measure, verdict)[0].verdict == verdict


@pytest.mark.parametrize("verdict", CHANGES)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_draft_has_the_seven_parts_filled_in_four_languages(
    measure: str, verdict: str
) -> None:
    if not _exists(measure, verdict):
        assert verdict == "unfounded"
        return
    draft = _draft(measure, verdict)
    assert [part.id for part in draft.parts] == PARTS
    assert [part.number for part in draft.parts] == list(range(1, 8))
    for language in LANGUAGES:
        assert all(line.strip() for part in draft.parts for line in part.lines(language))
        text = draft.as_text(language)
        assert not re.search(r"[{}]|None|\.\.|\?\?", text)
        headings = [part.heading.in_language(language) for part in draft.parts]
        assert [text.index(f"\n{n}. {h}\n") for n, h in enumerate(headings, 1)] == sorted(
            text.index(f"\n{n}. {h}\n") for n, h in enumerate(headings, 1)
        )


def test_lawful_unlawful_and_cannot_tell_exist_for_every_measure() -> None:
    for verdict in ("lawful", "unlawful", "cannot_tell"):
        assert [m for m in MEASURES if not _exists(m, verdict)] == []
    assert sum(_exists(measure, "unfounded") for measure in MEASURES) >= 12


@pytest.mark.parametrize("measure", MEASURES)
def test_a_lawful_measure_is_applied_with_its_article_and_a_refused_one_is_not(
    measure: str,
) -> None:
    main = catalogue("uz")[measure].main_article
    applied, refused = _draft(measure, "lawful"), _draft(measure, "unlawful")
    first = applied.parts[5].items[0]
    assert f"Article {main} of the Law I decide" in first.en
    assert f"{main}-moddasiga muvofiq qaror qildim" in first.uz_Latn
    assert "постановляю: применить" in first.ru
    conclusion = refused.parts[5].items
    assert "is not applied. It would be unlawful (Art. 38)." in conclusion[0].en
    assert "rad etilsin" in conclusion[0].uz_Latn
    assert "wait until the proceedings are resumed" in conclusion[1].en
    assert refused.before_signing == ()


@pytest.mark.parametrize("measure", MEASURES)
def test_what_cannot_be_told_is_not_decided_but_named_with_who_knows_it(measure: str) -> None:
    draft = _draft(measure, "cannot_tell")
    conclusion = " ".join(item.en for item in draft.parts[5].items)
    assert "cannot be decided on yet" in conclusion
    assert "(Art. 38)" in conclusion
    assert "(source: the enforcement officer of the case)" in conclusion
    assert "I decide" not in conclusion


def test_the_amount_is_the_document_and_the_fee_and_no_more() -> None:
    said = " ".join(item.en for item in _draft("bank_account_levy", "lawful").parts[5].items)
    spaced = said.replace("\u00a0", " ")
    assert "at most 52 500 000 soʻm" in spaced
    assert "Art. 47(11)" in spaced
    assert "635 500 soʻm stays on the debtor's accounts" in spaced


@pytest.mark.parametrize("measure", ["travel_ban", "eviction", "voluntary_notice"])
def test_a_measure_that_levies_nothing_names_no_amount(measure: str) -> None:
    assert "Amount:" not in _draft(measure, "lawful").as_text("en")


@pytest.mark.parametrize("measure", [m.id for m in catalogue("uz").values() if m.needs_senior])
def test_what_needs_the_senior_officer_says_so(measure: str) -> None:
    assert "after the senior officer has approved it" in _draft(measure, "lawful").as_text("en")
    assert "katta davlat ijrochisi" in _draft(measure, "lawful").as_text("uz_Latn")


def test_the_deciding_ground_comes_first_after_the_basis() -> None:
    reasons = _draft("bank_account_levy", "unlawful").parts[4].items
    assert "provided for in Law 258-II" in reasons[0].en
    assert "suspended since 1 March 2026 (Art. 38)" in reasons[1].en


def test_gates_are_one_sentence_and_the_record_is_no_reason() -> None:
    draft = _draft("bank_account_levy", "lawful")
    assert len(draft.parts[4].items) == 3
    general = draft.parts[4].items[-1].en
    assert general.startswith("The general conditions of enforcement hold: ")
    assert "(Art. 22¹, 27, 32, 33, 33¹, 34, 35, 37, 38, 44, 45, 47(11), 62, 71)" in general
    assert {"case_is_open", "term_over", "facts_agree"} <= set(gate_modules())


def test_a_condition_that_does_not_concern_the_case_is_no_reason() -> None:
    assert "alimony" not in _draft("travel_ban", "lawful").parts[4].items[-2].en
    judgement, case = _judged("travel_ban", "lawful")
    facts = example_facts({**lawful_facts()["travel_ban"], "claim_kind": "alimony"})
    alimony = judge_one(facts, catalogue("uz")["travel_ban"], "uz", "UZS")
    said = decision_grounds(alimony, {**case, "claim_kind": "alimony"}, decided_on=EXAMPLE_DAY)
    assert alimony.verdict == judgement.verdict == "lawful"
    assert any("No pledge secures the alimony" in item.en for item in said.parts[4].items)


@pytest.mark.parametrize(
    ("notified_on", "last"),
    [
        (date(2026, 11, 10), date(2026, 11, 20)),  # the tenth day is a Friday
        (date(2026, 11, 11), date(2026, 11, 21)),  # a Saturday
        (date(2026, 8, 22), date(2026, 9, 1)),  # Independence Day
        (date(2040, 12, 30), None),  # the calendar ends
    ],
)
def test_the_term_of_appeal_ends_on_the_tenth_day_itself(
    notified_on: date, last: date | None
) -> None:
    assert last_day_to_appeal(notified_on) == last
    judgement, case = _judged("travel_ban", "lawful")
    draft = decision_grounds(judgement, case, decided_on=EXAMPLE_DAY, notified_on=notified_on)
    assert draft.appeal_until == last
    assert ("last day to complain" in draft.parts[6].items[1].en) is (last is not None)


def test_the_route_of_appeal_is_that_of_the_law_of_the_day() -> None:
    court = {
        day: _draft("travel_ban", "lawful", decided_on=day).parts[6].items[0].en
        for day in (date(2023, 4, 25), date(2023, 4, 26))
    }
    assert "administrative court" not in court[date(2023, 4, 25)]
    assert "administrative court" in court[date(2023, 4, 26)]
    notice = {
        day: _draft("travel_ban", "lawful", decided_on=day).parts[6].items[-1].en
        for day in (date(2025, 6, 15), date(2025, 6, 16))
    }
    assert "my.gov.uz" not in notice[date(2025, 6, 15)]
    assert "my.gov.uz" in notice[date(2025, 6, 16)]
    before = _draft("travel_ban", "lawful", decided_on=date(2001, 8, 28)).parts[6].items[0].en
    assert "is not recorded" in before


def test_what_is_not_read_in_the_law_is_told_with_its_article() -> None:
    draft = _draft("travel_ban", "lawful")
    assert draft.confidence != "read"
    assert any(n.en.startswith("Secondary source (Art. 42¹; by-law of") for n in draft.notes)
    assert _draft("travel_ban", "unlawful").confidence == "read"
    assert len(_draft("travel_ban", "unlawful").notes) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_draft_says_that_a_person_decides(language: str) -> None:
    last = _draft("eviction", "lawful").notes[-1].in_language(language)
    assert re.search(r"1115", last)
    assert re.search(r"547", last)


def test_nobody_is_named_but_by_pseudonym_and_who_decides_may_be_given() -> None:
    judgement, case = _judged("bank_account_levy", "lawful")
    draft = decision_grounds(judgement, case, decided_on=EXAMPLE_DAY, office="O9", officer_id="F9")
    assert "O9" in draft.parts[0].items[0].en
    assert "F9" in draft.parts[1].items[0].en
    only_fields = decision_grounds(
        judgement, {name: case[name] for name in CASE_FIELDS}, decided_on=EXAMPLE_DAY
    )
    assert only_fields == _draft("bank_account_levy", "lawful")


def test_facts_that_contradict_each_other_leave_all_else_unsaid() -> None:
    changes = {"debtor_status": "deceased", "debtor_status_on": date(2025, 1, 1)}
    facts = example_facts({**lawful_facts()["travel_ban"], **changes})
    judgement = judge_one(facts, catalogue("uz")["travel_ban"], "uz", "UZS")
    assert judgement.decisive.rule == "facts_agree"
    case = {**EXAMPLE_FACTS, "claimant_id": "K1", "office": "O1", "officer_id": "F1"}
    draft = decision_grounds(judgement, case, decided_on=EXAMPLE_DAY)
    assert [len(part.items) for part in draft.parts[4:6]] == [2, 2]
    assert "contradict each other" in draft.parts[4].items[1].en


def test_a_stated_fact_is_shown_as_stated() -> None:
    stated = {"claimant_funds_search": True}
    facts = example_facts({**lawful_facts()["debtor_or_asset_search"], **stated})
    judgement = judge_one(facts, catalogue("uz")["debtor_or_asset_search"], "uz", "UZS")
    case = {**EXAMPLE_FACTS, "claimant_id": "K1", "office": "O1", "officer_id": "F1"}
    reasons = decision_grounds(judgement, case, decided_on=EXAMPLE_DAY).parts[4].items
    assert "A fact that no register holds was taken as a person stated it" in reasons[-1].en
    assert reasons[-1].en.endswith(": yes.")


def test_the_draft_as_values_is_json_with_every_text_in_four_languages() -> None:
    values = json.loads(json.dumps(_draft("bank_account_levy", "lawful").as_dict()))
    assert [part["id"] for part in values["parts"]] == PARTS
    assert (values["decided_on"], values["appeal_until"]) == ("2026-04-01", "2026-04-11")
    texts = [item for part in values["parts"] for item in part["items"]]
    assert all(set(text) == set(LANGUAGES) for text in [*texts, *values["notes"]])


def test_other_legal_orders_have_no_form_of_decision() -> None:
    judgement, case = _judged("bank_account_levy", "lawful")
    with pytest.raises(NoFormOfDecisionError, match=r"Art\. 86"):
        decision_grounds(judgement, case, decided_on=EXAMPLE_DAY, legal_order_id="philadelphia")


def test_articles_are_cited_once_in_the_order_of_the_law() -> None:
    assert cited(["73²", "73¹", "71", "71", "47(11)", "47"]).en == "Art. 47, 47(11), 71, 73¹, 73²"
    assert cited(["33, PF-63 of 29.04.2023"]).ru == "ст. 33; УП-63 от 29.04.2023"
    assert cited(["45"]).uz_Cyrl == "45-модда"
