"""A day at the desk in a real browser: what would make a person stop, at 360 and at 1280 px.

Labels are clicked, not radios; the clock is moved where a session or a day has to end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from serving.settings import Settings
from tests.functional.pages.conftest import PASSWORD, Open, Running, run_service, shoot
from tests.functional.pages.invented_desk import RANKED, InventedDesk, case_ids
from tests.functional.pages.office import Hands
from tests.functional.pages.walking import ask_recommendation, overflow

pytestmark = pytest.mark.browser
WORDS = "The debtor pays every month.\n\nThe claimant agrees to wait."
SIZES = pytest.mark.parametrize("width", [1280, 360])


@dataclass
class Day:
    """One service with its desk and a clock that is moved by hand; cases are taken in turn."""

    running: Running
    desk: InventedDesk
    clock: Hands
    cases: Iterator[str]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    desk, clock = InventedDesk(), Hands()
    settings = Settings(store=tmp_path_factory.mktemp("day") / "store", clock=clock)
    with run_service(settings, desk) as running:
        yield Day(running, desk, clock, iter(case_ids()[10:]))


def click_label(page: Page, form: str, value: str) -> None:
    """Click the words beside a radio or a box, as a person does."""
    control = page.locator(f"{form} input[value='{value}']")
    page.locator(f"{form} label[for='{control.get_attribute('id')}']").click()
    assert control.is_checked()


def write(page: Page, reason: str = WORDS, ground: str = "already_tried") -> None:
    page.locator("#reason_code").select_option(ground)
    page.locator("#reason").fill(reason)


def send(page: Page, form: str = "#proposal") -> None:
    page.locator(f"{form} form > button.govuk-button").click()
    page.wait_for_load_state()


def review_path(page: Page) -> str:
    href = page.locator(".standing a").get_attribute("href")
    assert href is not None
    return href


def opened(day: Day, open_as: Open, width: int) -> tuple[Page, str]:
    """An officer before the ranking of the next case."""
    case_id = next(day.cases)
    page = open_as("dilnoza", f"/cases/{case_id}", width=width, lang="en", running=day.running)
    ask_recommendation(page)
    return page, case_id


def proposed(day: Day, open_as: Open, width: int, measure: str) -> str:
    """The address on which a fresh proposal is reviewed."""
    page, _ = opened(day, open_as, width)
    click_label(page, "#proposal", measure)
    write(page)
    send(page)
    return review_path(page)


def sign_in_again(page: Page, username: str) -> None:
    page.locator("#username").fill(username)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def fits(page: Page, name: str) -> None:
    """Nothing is wider than the window; the picture is kept to be looked at."""
    assert overflow(page) <= 0, name
    shoot(page, name)


@SIZES
def test_rank_two_is_proposed_and_its_paragraphs_are_read_by_the_reviewer(
    day: Day, open_as: Open, width: int
) -> None:
    path = proposed(day, open_as, width, RANKED[1][0])
    reviewer = open_as("nodira", path, width=width, lang="en", running=day.running)
    assert "Seizure and sale of a vehicle" in reviewer.locator(".proposed-measure").inner_text()
    said = reviewer.locator("section[aria-labelledby=said-title] .prose").all_inner_texts()
    assert said == WORDS.split("\n\n")
    fits(reviewer, f"day-review-{width}")
    click_label(reviewer, "#decide", "approve")
    for label in reviewer.locator("#decide .govuk-checkboxes__label").all():
        label.click()
    reviewer.locator("#ground").select_option("facts_confirmed")
    reviewer.locator("#reason").fill(WORDS)
    send(reviewer, "#decide")
    assert "/decisions/" in reviewer.url
    assert reviewer.locator(".timeline .prose").all_inner_texts()[-2:] == WORDS.split("\n\n")
    fits(reviewer, f"day-decision-{width}")


@SIZES
@pytest.mark.parametrize("decision", ["reject", "return"])
def test_a_proposal_is_rejected_or_returned_by_its_label(
    day: Day, open_as: Open, width: int, decision: str
) -> None:
    path = proposed(day, open_as, width, "voluntary_notice")
    reviewer = open_as("nodira", path, width=width, lang="en", running=day.running)
    click_label(reviewer, "#decide", decision)
    reviewer.locator("#ground").select_option("reason_insufficient")
    reviewer.locator("#reason").fill(WORDS)
    send(reviewer, "#decide")
    said = {"reject": "Rejected by Nodira", "return": "Returned by Nodira"}[decision]
    assert said in reviewer.locator(".timeline").inner_text()


@SIZES
def test_a_session_that_ends_while_writing_leads_back_to_the_words(
    day: Day, open_as: Open, width: int
) -> None:
    page, case_id = opened(day, open_as, width)
    click_label(page, "#proposal", "voluntary_notice")
    write(page)
    day.clock.move(hours=1)
    send(page)
    assert "/sign-in" in page.url
    fits(page, f"day-session-ended-{width}")
    sign_in_again(page, "dilnoza")
    assert f"/cases/{case_id}" in page.url
    assert page.locator("#reason").input_value() == WORDS
    assert page.locator("#proposal input[value=voluntary_notice]").is_checked()
    assert "Your text is still here" in page.locator(".comeback").inner_text()
    fits(page, f"day-back-again-{width}")
    send(page)
    assert "waits for a reviewer" in page.locator(".notice").inner_text()


@SIZES
def test_two_reviewers_at_once(day: Day, open_as: Open, width: int) -> None:
    path = proposed(day, open_as, width, "voluntary_notice")
    second = open_as("rustam", path, width=width, lang="en", running=day.running)
    click_label(second, "#decide", "approve")
    second.locator("#ground").select_option("facts_confirmed")
    second.locator("#reason").fill(WORDS)
    first = open_as("nodira", path, width=width, lang="en", running=day.running)
    click_label(first, "#decide", "return")
    first.locator("#ground").select_option("facts_doubtful")
    first.locator("#reason").fill("The balance is four months old.")
    send(first, "#decide")
    send(second, "#decide")
    said = second.locator(".comeback").inner_text()
    for words in (
        "Somebody was quicker",
        "Returned by Nodira",
        "four months old",
        "agrees to wait",
    ):
        assert words in said
    fits(second, f"day-conflict-{width}")
    second.get_by_role("button", name="Русский").click()
    second.wait_for_load_state()
    said = second.locator(".comeback").inner_text()
    assert "Кто-то успел раньше" in said
    assert "agrees to wait" in said


@SIZES
def test_an_error_is_read_in_another_language(day: Day, open_as: Open, width: int) -> None:
    page, _ = opened(day, open_as, width)
    click_label(page, "#proposal", "voluntary_notice")
    page.locator("#reason").fill(WORDS)
    send(page)
    assert "Choose a ground" in page.locator(".govuk-error-summary").inner_text()
    page.locator("#reason").fill(WORDS + " And more.")
    page.get_by_role("button", name="Oʻzbekcha").click()
    expect(page.locator("html")).to_have_attribute("lang", "uz-Latn")
    assert "Asosni tanlang" in page.locator(".govuk-error-summary").inner_text()
    assert page.locator("#reason").input_value() == WORDS + " And more."
    assert page.locator("#proposal input[value=voluntary_notice]").is_checked()
    fits(page, f"day-error-uz-{width}")


@SIZES
def test_a_page_of_yesterday(day: Day, open_as: Open, width: int) -> None:
    path = proposed(day, open_as, width, "voluntary_notice")
    reviewer = open_as("nodira", path, width=width, lang="en", running=day.running)
    click_label(reviewer, "#decide", "reject")
    reviewer.locator("#ground").select_option("disproportionate")
    reviewer.locator("#reason").fill(WORDS)
    day.desk.working_day, day.desk.paid_som = date(2026, 5, 2), 250_000
    try:
        send(reviewer, "#decide")
        assert "2 May 2026" in reviewer.locator(".comeback").inner_text()
        assert "Outstanding: it was" in reviewer.locator(".comeback").inner_text()
        assert reviewer.locator("#reason").input_value() == WORDS
        fits(reviewer, f"day-moved-{width}")
        send(reviewer, "#decide")
        assert "/decisions/" in reviewer.url
    finally:
        day.desk.working_day, day.desk.paid_som = date(2026, 5, 1), 0


@SIZES
def test_a_colleague_is_asked_before_the_ranking(day: Day, open_as: Open, width: int) -> None:
    _, case_id = opened(day, open_as, width)
    other = open_as("rano", f"/cases/{case_id}", width=width, lang="en", running=day.running)
    assert other.locator(".card").count() == 0
    fits(other, f"day-asked-first-{width}")
    other.locator("#own_choice").select_option("registration_ban")
    other.locator("#first-choice button").click()
    other.wait_for_selector(".card")
    assert "Your own first choice" in other.locator("#recommendation").inner_text()


def test_a_card_ticks_its_measure_and_leaves_the_words(day: Day, open_as: Open) -> None:
    page, _ = opened(day, open_as, 360)
    page.locator("#reason").fill(WORDS)
    page.locator(".card .choose button").nth(2).click()
    page.wait_for_url("**#proposal")
    assert page.locator(f"#proposal input[value={RANKED[2][0]}]").is_checked()
    assert page.locator("#reason").input_value() == WORDS


def test_ten_cases_in_a_row_without_going_back_to_the_list(open_as: Open, tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store")
    with run_service(settings, InventedDesk()) as running:
        page = open_as("rano", "/", width=360, lang="en", running=running)
        page.locator(".case-link").first.click()
        done = []
        for _ in range(10):
            page.wait_for_selector("#get")
            page.locator("#get button").click()
            page.wait_for_selector("#proposal")
            done.append(page.url.split("/cases/")[1].split("#")[0])
            click_label(page, "#proposal", RANKED[0][0])
            send(page)
            assert "waits for a reviewer" in page.locator(".notice").inner_text()
            page.locator(".notice a").click()
        assert len(set(done)) == 10


def test_the_walk_needs_no_script(day: Day, open_as: Open) -> None:
    page, _ = opened(day, open_as, 1280)
    assert page.locator("script, [onclick]").count() == 0
