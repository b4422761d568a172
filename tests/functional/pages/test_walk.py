"""The walk: read why, propose another measure, be reviewed by somebody else, and be proven."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ledger.verification import verify
from tests.functional.pages.conftest import Open, Running, shoot
from tests.functional.pages.walking import (
    OVERRIDE,
    REASON,
    ask_recommendation,
    decide,
    flip_one_byte,
    propose_override,
)

pytestmark = pytest.mark.browser
OWN_SENTENCE = "You proposed this measure, so another officer must decide on it."


def officer_proposes(open_as: Open, case_id: str, width: int) -> Page:
    officer = open_as("dilnoza", f"/cases/{case_id}", width=width, lang="en")
    ask_recommendation(officer)
    assert "Expected net recovery" in officer.locator("#recommendation").inner_text()
    assert officer.locator(".reason").count() > 0
    shoot(officer, f"walk-1-recommendation-{width}")
    propose_override(officer)
    return officer


@pytest.mark.parametrize(("width", "case_id"), [(1280, "0000120-26"), (360, "0000121-26")])
def test_officer_proposes_reviewer_approves_and_the_ledger_proves_it(
    open_as: Open, service: Running, width: int, case_id: str, tmp_path: Path
) -> None:
    officer = officer_proposes(open_as, case_id, width)

    # The same person cannot decide: neither as the officer nor under a second account.
    officer.locator(".standing a").click()
    review_path = officer.url.removeprefix(service.url)
    assert officer.locator("#decide button").is_disabled()
    same_person = open_as("dilnoza2", review_path, width=width, lang="en")
    assert OWN_SENTENCE in same_person.locator("#decide").inner_text()
    assert same_person.locator("#decide button").is_disabled()

    # The reviewer reads what the officer said, and approves.
    reviewer = open_as("nodira", "/review", width=width, lang="en")
    reviewer.get_by_role("link", name=case_id).click()
    assert REASON in reviewer.locator("main").inner_text()
    shoot(reviewer, f"walk-2-review-{width}")
    decide(reviewer)
    reviewer.wait_for_url("**/decisions/**")
    shoot(reviewer, f"walk-3-decision-{width}")
    assert "Approved by Nodira" in reviewer.locator(".timeline").inner_text()

    # The ledger verifies; a copy with one flipped byte does not.
    ledger = service.store / "ledger"
    assert verify(ledger).ok
    copy = tmp_path / "ledger"
    shutil.copytree(ledger, copy)
    flip_one_byte(copy)
    assert not verify(copy).ok


def test_a_refused_form_keeps_what_was_typed_and_leads_to_the_field(open_as: Open) -> None:
    page = open_as("dilnoza", "/cases/0000122-26", lang="en")
    ask_recommendation(page)
    page.locator(f"#proposal input[type=radio][value={OVERRIDE}]").check()
    page.locator("#reason").fill("short")
    page.locator("#proposal button[type=submit]").click()
    # The browser moves the focus when it first paints the page, which may be after it is loaded.
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.locator("#reason").input_value() == "short"
    assert page.locator(f"#proposal input[type=radio][value={OVERRIDE}]").is_checked()
    page.get_by_role("link", name="Choose a ground").click()
    expect(page.locator("#reason_code")).to_be_focused()


def test_agreeing_with_an_intrusive_measure_needs_a_reason_too(open_as: Open) -> None:
    page = open_as("dilnoza", "/cases/0000123-26", lang="en")
    ask_recommendation(page)
    page.locator("#proposal input[type=radio][value=vehicle_seizure_sale]").check()
    page.locator("#proposal button[type=submit]").click()
    assert "This measure is intrusive" in page.locator("#reason-problem").inner_text()


def test_two_reviewers_at_once_give_the_second_the_new_state(open_as: Open) -> None:
    officer_proposes(open_as, "0000124-26", 1280)
    first = open_as("nodira", "/review", lang="en")
    first.get_by_role("link", name="0000124-26").click()
    second = open_as("nodira", "/review/" + first.url.rsplit("/", 1)[1], lang="en")
    decide(first, "return")
    first.wait_for_url("**/decisions/**")
    decide(second)
    assert (
        "Reload it and read the new state before you decide" in second.locator("main").inner_text()
    )
    second.get_by_role("link", name="Read the new state").click()
    assert "has been decided" in second.locator("main").inner_text()


def test_the_whole_proposal_goes_by_keyboard(open_as: Open) -> None:
    page = open_as("dilnoza", "/?q=0000155-26", lang="en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.className === 'case-link'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")
    tab_to(page, "document.activeElement.textContent === 'Get a recommendation'", "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_selector("#recommendation")
    tab_to(page, "document.activeElement.name === 'measure'")
    page.keyboard.press("Space")
    tab_to(page, "document.activeElement.textContent === 'Send to review'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    assert "waits for a reviewer" in page.locator(".notice").inner_text()


def tab_to(page: Page, condition: str, tag: str = "") -> None:
    """Press Tab until the focus is where it should be; each stop shows its focus."""
    wanted = f"({condition})" + (f" && document.activeElement.tagName === '{tag}'" if tag else "")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(wanted):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) != "none", "The focus cannot be seen."
            return
    raise AssertionError(f"Tab does not lead to: {condition}")


def test_officer_of_another_office_is_told_so(open_as: Open) -> None:
    page = open_as("jasur", "/cases/0000101-26", lang="en")
    assert "an office for which you have no right" in page.locator("main").inner_text()


def test_nobody_reads_a_case_without_signing_in(open_as: Open, service: Running) -> None:
    page = open_as("kamola", "/analysis", lang="en")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{service.url}/cases/0000101-26")
    assert "/sign-in?next=%2Fcases%2F0000101-26" in page.url
