"""Whatever refuses a form, what was typed comes back: to the same account, and to nobody else."""

import logging
import sqlite3
from datetime import date

import pytest

from serving.drafts import KEPT_FOR, MAXIMUM_CHARACTERS, MAXIMUM_DRAFTS
from serving.grounds import MAXIMUM_REASON_CHARACTERS
from serving.store.database import database_path
from tests.functional.pages.markup import Page, broken_promises
from tests.functional.pages.office import (
    REASON,
    Answer,
    Office,
    action_of,
    checked,
    fields_of,
    proposal_of,
    selected,
    value_of,
)

CASE = "0000120-26"
CANARY = "Canary words of a person, never to be seen elsewhere."
TYPED = {
    "measure": "voluntary_notice",
    "reason_code": "already_tried",
    "reason": f"{CANARY}\r\n\r\nA second paragraph.",
}


def drafts(office: Office) -> int:
    """How many texts the store keeps."""
    path = database_path(office.app.state.service.settings.store)
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT count(*) FROM drafts").fetchone()[0])


def check_typed(page: Answer) -> None:
    """The proposal form holds all that was typed."""
    assert value_of(page.text, "reason").strip().startswith(CANARY)
    assert "A second paragraph." in value_of(page.text, "reason")
    assert checked(page.text, "measure") == ["voluntary_notice"]
    assert selected(page.text, "reason_code") == ["already_tried"]
    assert broken_promises(page.text) == []


# -- a session that ended -----------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.6, 11.0, 24.0])
def test_a_session_that_ended_while_writing_loses_nothing(office: Office, hours: float) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    office.clock.move(hours=hours)
    sign_in = officer.send(page, action, **TYPED)
    assert sign_in.url.path == "/sign-in"
    assert "What you wrote is kept" in sign_in.text
    back = officer.sign_in(next=fields_of(sign_in.text, "/sign-in")["next"])
    assert back.url.path == f"/cases/{CASE}"
    assert "was not recorded, and is not lost" in back.text
    check_typed(back)
    sent = officer.send(back, action, **{**TYPED, "reason": value_of(back.text, "reason")})
    assert "waits for a reviewer" in sent.text
    assert drafts(office) == 0


def test_a_reviewer_and_a_withdrawal_come_back_too(office: Office) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    path = f"/review/{proposal_of(officer.propose(CASE))}"
    decide, withdraw = reviewer.open(path), officer.open(path)
    office.clock.move(hours=1)
    words = {"decision": "reject", "ground": "disproportionate", "reason": CANARY}
    next_path = fields_of(reviewer.send(decide, path, **words).text, "/sign-in")["next"]
    back = reviewer.sign_in(next=next_path)
    assert checked(back.text, "decision") == ["reject"]
    assert selected(back.text, "ground") == ["disproportionate"]
    assert CANARY in value_of(back.text, "reason")
    lost = officer.send(withdraw, f"{path}/withdrawal", withdraw_reason=CANARY)
    back = officer.sign_in(next=fields_of(lost.text, "/sign-in")["next"])
    assert CANARY in value_of(back.text, "withdraw_reason")


def test_another_person_at_the_same_browser_reads_nothing_of_it(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    office.clock.move(hours=1)
    sign_in = officer.send(page, action_of(page, "/proposals"), **TYPED)
    assert CANARY not in sign_in.text
    next_path = fields_of(sign_in.text, "/sign-in")["next"]
    other = officer.sign_in("nodira", next=next_path)
    assert other.url.path == f"/cases/{CASE}"
    assert CANARY not in other.text
    assert CANARY not in officer.open(f"/cases/{CASE}").text
    check_typed(office.enter("dilnoza").open(f"/cases/{CASE}"))


def test_without_any_session_the_text_is_shown_to_be_copied_and_kept_nowhere(
    office: Office,
) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    officer.client.cookies.delete("chora")
    answer = officer.send(page, action_of(page, "/proposals"), **TYPED)
    assert answer.status_code == 401
    assert CANARY in answer.text
    assert "Copy the text below" in answer.text
    assert drafts(office) == 0
    assert broken_promises(answer.text) == []
    russian = officer.client.post("/language?lang=ru", data=fields_of(answer.text, "/language"))
    assert CANARY in russian.text
    assert 'lang="ru"' in russian.text[:60]


def test_who_signed_out_or_was_switched_off_keeps_nothing(office: Office) -> None:
    from serving.accounts import switch_off_account

    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    switch_off_account(office.app.state.service.store, "dilnoza")
    assert officer.send(page, action_of(page, "/proposals"), **TYPED).status_code == 401
    assert drafts(office) == 0


def test_another_site_can_neither_keep_nor_show_a_text(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        answer = officer.client.post(action, data=TYPED, headers=foreign, follow_redirects=False)
        assert answer.status_code in (303, 403)
        assert CANARY not in answer.text
        office.clock.move(hours=1)  # and again when the session has ended
    own = {**fields_of(page.text, action), **TYPED, "csrf_token": "forged"}
    answer = officer.client.post(action, data=own)
    assert answer.status_code == 401
    assert drafts(office) == 0


def test_a_page_of_an_earlier_session_loses_nothing(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    officer.sign_in()  # in another tab: the form's token is now that of an old session
    refused = officer.send(page, action_of(page, "/proposals"), **TYPED)
    assert refused.status_code == 403
    assert CANARY in refused.text
    assert broken_promises(refused.text) == []
    check_typed(officer.send(refused, "/language"))


# -- somebody else was quicker ------------------------------------------------------------------


def test_the_second_reviewer_reads_who_decided_what_and_when_and_keeps_the_text(
    office: Office,
) -> None:
    officer, second = office.enter("dilnoza"), office.enter("rustam")
    proposal = proposal_of(officer.propose(CASE))
    page = second.open(f"/review/{proposal}")
    office.clock.move(minutes=7)
    office.enter("nodira").decide(proposal, "return", ground="facts_doubtful", reason=REASON)
    words = {"decision": "approve", "ground": "facts_confirmed", "reason": CANARY}
    late = second.send(page, f"/review/{proposal}", **words)
    assert late.status_code == 409
    for said in (
        "Somebody was quicker",
        "This case changed at 14:09",
        "Returned by Nodira",
        "1 May 2026, 14:09",
        "The facts are doubtful or out of date",
        REASON,
        CANARY,
        "was not recorded, and is not lost",
    ):
        assert said in late.text, said
    assert broken_promises(late.text) == []
    russian = second.client.post("/language?lang=ru", data=fields_of(late.text, "/language"))
    assert CANARY in russian.text
    assert "Кто-то успел раньше" in russian.text
    assert "Nodira" in russian.text


def test_an_officer_of_another_office_learns_nothing_from_a_conflict(office: Office) -> None:
    officer, stranger = office.enter("dilnoza"), office.enter("jasur")
    proposal = proposal_of(officer.propose("0000121-26"))
    office.enter("nodira").decide(proposal, "return", reason=REASON)
    token = fields_of(stranger.open("/").text, "/sign-out")["csrf_token"]
    data = {"csrf_token": token, "decision": "approve", "reason": CANARY}
    answer = stranger.client.post(f"/review/{proposal}", data=data)
    assert answer.status_code == 403
    assert "Nodira" not in answer.text
    assert REASON not in answer.text
    assert CANARY in answer.text  # their own words


def test_two_officers_at_once_and_the_text_waits_until_the_case_returns(office: Office) -> None:
    first, second = office.enter("dilnoza"), office.enter("rano")
    own, asked = first.recommend(CASE), second.open(f"/cases/{CASE}")
    page = second.send(asked, choice_of(asked), own_choice="")
    action = action_of(page, "/proposals")
    proposal = proposal_of(first.send(own, action, **TYPED))
    late = second.send(page, action, **TYPED)
    assert late.status_code == 409
    assert "Proposed by Dilnoza" in late.text
    assert CANARY in late.text
    office.enter("nodira").decide(proposal, "return", reason=REASON)
    back = second.open(f"/cases/{CASE}")
    check_typed(back)
    assert "Returned by Nodira" in back.text
    assert "waits for a reviewer" in second.send(back, action, **TYPED).text


def choice_of(page: Answer) -> str:
    return action_of(page, "/first-choice")


def test_a_button_pressed_twice_says_that_it_is_recorded(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    officer.send(page, action, **TYPED)
    again = officer.send(page, action, **TYPED)
    assert again.status_code == 409
    assert "This is recorded already" in again.text
    assert "Somebody was quicker" not in again.text


# -- another language ---------------------------------------------------------------------------


def test_an_error_is_read_in_another_language_with_the_text_still_there(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    refused = officer.send(page, action, **{**TYPED, "reason_code": ""})
    assert "Choose a ground" in refused.text
    later = {**fields_of(refused.text, action), **TYPED, "reason_code": ""}
    later["reason"] = f"{CANARY} Typed after the error."
    russian = officer.client.post("/language?lang=ru", data=later)
    assert russian.url.path == f"/cases/{CASE}"
    assert "Выберите основание" in russian.text
    assert "Typed after the error." in value_of(russian.text, "reason")
    assert checked(russian.text, "measure") == ["voluntary_notice"]
    again = {**fields_of(russian.text, action), **later}
    uzbek = officer.client.post("/language?lang=uz_Latn", data=again)
    assert "Asosni tanlang" in uzbek.text
    assert "Typed after the error." in value_of(uzbek.text, "reason")


def test_the_laws_own_refusal_is_read_in_another_language(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    office.desk.verdicts[(CASE, "voluntary_notice")] = "unlawful"
    refused = officer.send(page, action, **TYPED)
    assert "is not open for this case" in refused.text
    fields = {**fields_of(refused.text, action), **TYPED}
    russian = officer.client.post("/language?lang=ru", data=fields)
    assert "мера недоступна по этому делу" in russian.text
    assert CANARY in value_of(russian.text, "reason")


def test_every_page_with_text_switches_language_by_buttons_of_its_form(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    buttons = [b for b in Page(page.text).by_tag("button") if b.attributes.get("lang")]
    assert len(buttons) == 4
    assert {b.attributes["form"] for b in buttons} == {"text-form"}
    assert not [a for a in Page(page.text).by_tag("a") if "lang=" in a.attributes["href"]]


def test_a_card_ticks_its_measure_and_keeps_what_was_typed(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    fields = {**fields_of(page.text, action), **TYPED, "choose": "registration_ban"}
    chosen = officer.client.post("/language", data=fields)
    assert checked(chosen.text, "measure") == ["registration_ban"]
    assert CANARY in value_of(chosen.text, "reason")
    assert "Your text is still here" not in chosen.text


# -- a page that is a day old -------------------------------------------------------------------


def test_a_decision_on_a_page_of_yesterday_says_what_moved_and_keeps_the_text(
    office: Office,
) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    proposal = proposal_of(officer.propose(CASE))
    page, path = reviewer.open(f"/review/{proposal}"), f"/review/{proposal}"
    office.desk.working_day, office.desk.paid_som = date(2026, 5, 2), 250_000
    office.desk.verdicts[(CASE, "voluntary_notice")] = "unlawful"
    words = {"decision": "reject", "ground": "facts_confirmed", "reason": CANARY}
    old = reviewer.send(page, path, **words)
    assert old.status_code == 409
    assert (
        "The page was opened on the registers of 1 May 2026; they are now those of 2 May"
        in old.text
    )
    assert "Outstanding: it was" in old.text
    assert "it was “lawful”, it is now “not lawful”" in old.text
    assert CANARY in value_of(old.text, "reason")
    assert checked(old.text, "decision") == ["reject"]
    sent = reviewer.send(old, path, **words)
    assert sent.url.path.startswith("/decisions/")


def test_only_the_day_moved_and_the_page_says_so(office: Office) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    proposal = proposal_of(officer.propose(CASE))
    page = reviewer.open(f"/review/{proposal}")
    office.desk.working_day = date(2026, 5, 2)
    words = {"decision": "approve", "ground": "facts_confirmed", "reason": CANARY}
    old = reviewer.send(page, f"/review/{proposal}", **words)
    assert old.status_code == 409
    assert "What is owed and the law&#39;s answer have not changed." in old.text
    assert CANARY in value_of(old.text, "reason")


def test_a_proposal_on_a_page_of_yesterday_says_what_moved(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    office.desk.source_hash = "7" * 64
    old = officer.send(page, action, **TYPED)
    assert old.status_code == 409
    assert "were delivered anew meanwhile" in old.text
    check_typed(old)
    assert "waits for a reviewer" in officer.send(old, action, **TYPED).text


@pytest.mark.parametrize(
    "seen", ["", "{}", "[1]", "null", '{"day":"x","source":""}', "[" * 9000, '{"day":5,"source":1}']
)
def test_a_mangled_state_of_the_facts_is_no_failure(office: Office, seen: str) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    answer = officer.send(page, action_of(page, "/proposals"), **{**TYPED, "seen": seen})
    assert answer.status_code == 200


# -- confirmations ------------------------------------------------------------------------------


def points(page: Answer) -> list[str]:
    """The boxes that a person may tick."""
    boxes = Page(page.text).by_tag("input")
    return [b.attributes["value"] for b in boxes if b.attributes.get("name") == "confirmed"]


def test_an_approval_needs_every_point_and_a_refusal_keeps_the_ticks(office: Office) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    path = f"/review/{proposal_of(officer.propose(CASE, 'vehicle_seizure_sale'))}"
    page = reviewer.open(path)
    first, second = points(page)
    words = {"decision": "approve", "ground": "facts_confirmed", "reason": CANARY}
    missing = reviewer.send(page, path, **words, confirmed=first)
    assert missing.status_code == 422
    assert "make sure of each point" in missing.text
    assert checked(missing.text, "confirmed") == [first]
    assert broken_promises(missing.text) == []
    data = {**fields_of(missing.text, path), **words, "confirmed": [first, second]}
    assert reviewer.client.post(path, data=data).url.path.startswith("/decisions/")


def test_a_confirmation_for_another_measure_is_refused_and_nothing_is_lost(
    office: Office,
) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    other = reviewer.open(
        f"/review/{proposal_of(officer.propose('0000121-26', 'registration_ban'))}"
    )
    path = f"/review/{proposal_of(officer.propose(CASE, 'vehicle_seizure_sale'))}"
    page = reviewer.open(path)
    words = {"decision": "approve", "ground": "facts_confirmed", "reason": CANARY}
    data = {**fields_of(page.text, path), **words, "confirmed": [*points(page), *points(other)]}
    for decision in ("approve", "reject"):
        refused = reviewer.client.post(path, data={**data, "decision": decision})
        assert refused.status_code == 422
        assert "it is for another measure or from an older page" in refused.text
        assert CANARY in value_of(refused.text, "reason")


def test_a_rejection_and_a_program_need_no_ticks(office: Office) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    rejected = proposal_of(officer.propose(CASE, "vehicle_seizure_sale"))
    assert reviewer.decide(rejected, "reject").url.path.startswith("/decisions/")
    by_program = proposal_of(officer.propose("0000121-26", "vehicle_seizure_sale"))
    body = {"decision": "approve", "ground": "facts_confirmed", "reason": REASON}
    address = f"/api/v1/proposals/{by_program}/decision"
    foreign = {**body, "confirmed": ["registration_ban:0000"]}
    assert reviewer.client.post(address, json=foreign).json()["code"] == "confirmation-elsewhere"
    assert reviewer.client.post(address, json=body).status_code == 201


# -- how long, how much, and where it never is --------------------------------------------------


def test_a_text_that_is_too_long_stays_whole_in_the_form(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    text = CANARY * (MAXIMUM_REASON_CHARACTERS // len(CANARY) + 1)
    refused = officer.send(page, action_of(page, "/proposals"), **{**TYPED, "reason": text})
    assert refused.status_code == 422
    assert "longer than 4\u00a0000 characters" in refused.text
    assert value_of(refused.text, "reason").strip() == text
    assert "At most 4\u00a0000 characters." in page.text
    assert "maxlength" not in page.text


def test_a_text_beyond_all_measure_is_shown_and_not_kept(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    text = CANARY * (MAXIMUM_CHARACTERS // len(CANARY) + 1)
    fields = {**fields_of(page.text, action_of(page, "/proposals")), **TYPED, "reason": text}
    answer = officer.client.post("/language?lang=ru", data=fields)
    assert answer.status_code == 422
    assert answer.text.count(CANARY) >= len(text) // len(CANARY)
    assert drafts(office) == 0


def test_a_kept_text_ends_after_a_day_or_when_its_writer_says_so(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    office.clock.move(hours=1)
    officer.send(page, action, **TYPED)
    officer.sign_in()
    back = officer.open(f"/cases/{CASE}")
    assert CANARY in back.text
    office.clock.move(hours=KEPT_FOR.total_seconds() / 3600)
    officer.sign_in()
    assert CANARY not in officer.open(f"/cases/{CASE}").text
    assert drafts(office) == 0
    officer.send(officer.open(f"/cases/{CASE}"), action, **{**TYPED, "reason_code": ""})
    back = officer.open(f"/cases/{CASE}")
    assert CANARY in back.text
    assert CANARY not in officer.send(back, "/drafts/discarded").text
    assert drafts(office) == 0


def test_an_account_keeps_only_so_many_texts(office: Office) -> None:
    from serving.drafts import keep_draft

    officer = office.enter("dilnoza")
    officer.recommend(CASE)
    store = office.app.state.service.store
    with sqlite3.connect(database_path(store.folder)) as connection:
        account = connection.execute("SELECT id FROM accounts LIMIT 1").fetchone()[0]
    for number in range(MAXIMUM_DRAFTS + 3):
        keep_draft(store, account, f"/review/{number}", {"reason": "x"}, office.clock())
    assert drafts(office) == MAXIMUM_DRAFTS


def test_what_was_typed_is_in_no_address_log_entry_or_metric(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    office.clock.move(hours=1)
    addresses = []
    for answer in (
        officer.send(page, action, **TYPED),
        officer.sign_in(next=f"/cases/{CASE}"),
        officer.client.post(
            "/language?lang=ru",
            data={**fields_of(officer.open(f"/cases/{CASE}").text, action), **TYPED},
        ),
    ):
        addresses += [str(one.url) for one in (*answer.history, answer)]
        addresses += [one.headers.get("location", "") for one in answer.history]
    assert drafts(office) == 1
    said = " ".join([*addresses, caplog.text, officer.open("/metrics").text])
    ledger = office.app.state.service.settings.ledger_folder
    said += " ".join(p.read_bytes().decode("latin-1") for p in ledger.rglob("*") if p.is_file())
    assert "Canary" not in said
    assert "second+paragraph" not in said


def test_a_first_choice_is_asked_of_each_officer_before_the_ranking(office: Office) -> None:
    first, second = office.enter("dilnoza"), office.enter("rano")
    page = first.recommend(CASE, own_choice="registration_ban")
    assert "Your own first choice: Ban on" in page.text
    hidden = second.open(f"/cases/{CASE}")
    assert "Expected net recovery" not in hidden.text
    assert not Page(hidden.text).by_id("proposal")
    shown = second.send(hidden, choice_of(hidden), own_choice="bank_account_levy")
    assert "Expected net recovery" in shown.text
    assert "first_choice" not in str(shown.url)


def test_a_first_choice_stays_through_the_address_the_way_back_and_the_proposal(
    office: Office,
) -> None:
    officer = office.enter("dilnoza")
    officer.recommend(CASE, own_choice="registration_ban")
    edited = officer.open(f"/cases/{CASE}?first_choice=bank_account_levy")
    assert "Your own first choice: Ban on" in edited.text
    proposal = proposal_of(officer.send(edited, action_of(edited, "/proposals"), **TYPED))
    stored = officer.client.get(f"/api/v1/proposals/{proposal}").json()
    assert stored["first_choice"] == "registration_ban"


def test_a_second_first_choice_on_a_page_is_refused_and_loses_nothing(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE, own_choice="registration_ban")
    action = action_of(page, "/proposals")
    refused = officer.send(page, action, **TYPED, first_choice="bank_account_levy")
    assert refused.status_code == 409
    assert "You made your first choice at 14:02" in refused.text
    check_typed(refused)
    token = fields_of(page.text, action)["csrf_token"]
    address = action.replace("/proposals", "/first-choice")
    data = {"csrf_token": token, "own_choice": "bank_account_levy"}
    assert officer.client.post(address, data=data).status_code == 409
    assert "waits for a reviewer" in officer.send(refused, action, **TYPED).text


def test_a_ranking_opened_without_a_view_takes_none_later(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE, own_choice="")
    assert "No view yet" in page.text
    refused = officer.send(
        page, action_of(page, "/proposals"), **TYPED, first_choice="bank_account_levy"
    )
    assert refused.status_code == 409
    assert "without a first choice of your own" in refused.text
    check_typed(refused)


def test_the_page_of_a_proposal_shows_no_ranking_to_an_officer_who_was_not_asked(
    office: Office,
) -> None:
    officer, other = office.enter("dilnoza"), office.enter("rano")
    proposal = proposal_of(officer.propose(CASE))
    page = other.open(f"/review/{proposal}")
    assert page.url.path == f"/cases/{CASE}"
    assert "Expected net recovery" not in page.text
    asked = other.send(page, choice_of(page), own_choice="")
    assert "Expected net recovery" in asked.text
    assert other.open(f"/review/{proposal}").url.path == f"/review/{proposal}"


def test_a_measure_sent_twice_is_refused_and_the_text_is_kept(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend(CASE)
    action = action_of(page, "/proposals")
    data = {
        **fields_of(page.text, action),
        **TYPED,
        "measure": ["voluntary_notice", "registration_ban"],
    }
    refused = officer.client.post(action, data=data)
    assert refused.status_code == 422
    assert "names one field twice" in refused.text
    assert CANARY in refused.text
