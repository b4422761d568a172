"""The steps of a walk that several tests take."""

from pathlib import Path

from playwright.sync_api import Page

REASON = "Qarzdor har oy toʻlab kelmoqda, yengilroq chora yetadi."
OVERRIDE = "voluntary_notice"


def ask_recommendation(page: Page, own_choice: str = "vehicle_seizure_sale") -> None:
    """The officer names an own choice and gets the ranking."""
    page.locator("#own_choice").select_option(own_choice)
    page.locator("#get button[type=submit]").click()
    page.wait_for_selector("#recommendation")


def propose_override(page: Page, measure: str = OVERRIDE) -> None:
    """The officer proposes a measure outside the ranking, with ground and reason."""
    page.locator(f"#proposal input[type=radio][value={measure}]").check()
    page.locator("#reason_code").select_option("less_intrusive_suffices")
    page.locator("#reason").fill(REASON)
    page.locator("#proposal button[type=submit]").click()
    page.wait_for_selector(".notice")


def decide(page: Page, decision: str = "approve") -> None:
    """The reviewer decides with ground and reason, having made sure of what no register knows."""
    page.locator(f"#decide input[type=radio][value={decision}]").check()
    for point in page.locator("#decide .govuk-checkboxes__label").all():
        point.click()
    page.locator("#ground").select_option("lawful_and_proportionate")
    page.locator("#reason").fill("Chora qonuniy, qarzdor hamkorlik qilmoqda.")
    page.locator("#decide button[type=submit]").click()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


def flip_one_byte(ledger: Path) -> None:
    """Change one bit of the first bundle of entries."""
    target = next(p for p in sorted((ledger / "tile" / "entries").rglob("*")) if p.is_file())
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(bytes(content))
