"""An officer reads to which day a fact refers, when it was reported, and whether it is old."""

import pytest
from playwright.sync_api import Page

from tests.functional.pages.conftest import Open, shoot
from tests.functional.pages.walking import ask_recommendation, decide, overflow, propose_override

pytestmark = pytest.mark.browser
CASE = "/cases/0000154-26"
WORDS = {
    "en": (
        "Banks: as of 31 March 2026, reported 10 April 2026",
        "Traffic police: as recorded on 20 February 2026",
        "as of 30 November 2025, reported 14 December 2025",
        "older than usual",
    ),
    "uz_Latn": (
        "Banklar: 2026-yil 31-mart holatiga koʻra, 2026-yil 10-aprel kuni xabar qilingan",
        "2026-yil 20-fevral kuni qayd etilgan",
        "2025-yil 30-noyabr holatiga koʻra, 2025-yil 14-dekabr kuni xabar qilingan",
        "odatdagidan eski",
    ),
}


def open_case(open_as: Open, lang: str) -> Page:
    """The case with a recommendation, everything unfolded."""
    page = open_as("dilnoza", CASE, width=360, lang=lang)
    if page.locator("#recommendation").count() == 0:
        ask_recommendation(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    return page


@pytest.mark.parametrize("lang", sorted(WORDS))
def test_the_profile_and_the_reasons_say_both_days_and_what_is_old(
    open_as: Open, lang: str
) -> None:
    page = open_case(open_as, lang)
    both, one, old, word = WORDS[lang]
    profile = page.locator("#profile").inner_text()
    assert both in profile
    assert one in profile
    stale = page.locator("#profile .stamp", has=page.locator(".tag-stale"))
    assert stale.count() == 1
    assert old in stale.inner_text()
    assert word in stale.inner_text().lower()
    reasons = [item.inner_text() for item in page.locator(".reason").all()]
    assert any(f"{old}; {word}" in text for text in reasons)
    assert any(word not in text for text in reasons)
    box = page.locator(".stale-box")
    assert box.count() == 1
    assert old in box.inner_text()
    assert overflow(page) <= 0
    shoot(page, f"age-of-facts-{lang}")


def test_a_decision_on_tables_without_a_lineage_says_so(open_as: Open) -> None:
    page = open_case(open_as, "en")
    if page.locator("#proposal form").count():
        propose_override(page)
    link = page.locator(".standing a").get_attribute("href")
    assert link is not None
    reviewer = open_as("nodira", link, width=360, lang="en")
    if "/review/" in link:
        decide(reviewer)
        reviewer.wait_for_url("**/decisions/**")
    origin = reviewer.locator("#origin").inner_text()
    assert "Where these tables came from was not recorded" in origin
    assert "5" * 64 in origin
    assert reviewer.locator(".origin-table").count() == 0
    assert overflow(reviewer) <= 0
