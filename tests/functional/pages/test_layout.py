"""Every page at 320 px, in every language that is read there, and before the checker axe."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.functional.pages.conftest import Open, Running
from tests.functional.pages.invented_desk import ABSTAINS, NOTHING_LAWFUL, SET_ASIDE
from tests.functional.pages.walking import ask_recommendation, decide, overflow, propose_override

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("uz_Latn", "en", "ru", "uz_Cyrl")


@pytest.fixture(scope="session")
def pages_of(service: Running) -> dict[str, list[str]]:
    """The addresses that a role reads; the tests below bring the cases into their states."""
    return {
        "dilnoza": [
            "/",
            "/?q=nothing-like-this",
            "/cases/0000150-26",
            "/cases/0000151-26",
            f"/cases/{ABSTAINS}",
            f"/cases/{NOTHING_LAWFUL}",
            "/nowhere",
        ],
        "nodira": ["/review"],
        "kamola": ["/analysis"],
    }


def prepare(open_as: Open) -> dict[str, str]:
    """One recommended, one proposed and one decided case; the addresses of the last two."""
    officer = open_as("dilnoza", "/", lang="en")
    base = officer.url.rstrip("/")
    for case_id in ("0000151-26", ABSTAINS, NOTHING_LAWFUL, "0000152-26", "0000153-26"):
        officer.goto(f"{base}/cases/{case_id}")
        if officer.locator("#get").count():
            ask_recommendation(officer)
    found = {}
    for case_id in ("0000152-26", "0000153-26"):
        officer.goto(f"{base}/cases/{case_id}")
        if officer.locator("#proposal form").count():
            propose_override(officer)
        link = officer.locator(".standing a").get_attribute("href")
        assert link is not None
        found[case_id] = link
    reviewer = open_as("nodira", "/review", lang="en")
    if found["0000153-26"].startswith("/review/"):
        reviewer.goto(base + found["0000153-26"])
        decide(reviewer)
        reviewer.wait_for_url("**/decisions/**")
        found["0000153-26"] = "/decisions/" + reviewer.url.split("/decisions/")[1].split("?")[0]
    return found


def everything(open_as: Open, pages_of: dict[str, list[str]]) -> list[tuple[str, str]]:
    found = prepare(open_as)
    listed = [(who, path) for who, paths in pages_of.items() for path in paths]
    return [*listed, ("nodira", found["0000152-26"]), ("nodira", found["0000153-26"])]


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_is_wider_than_the_window(
    open_as: Open, service: Running, pages_of: dict[str, list[str]], width: int
) -> None:
    addresses = everything(open_as, pages_of)
    browsers: dict[str, Page] = {}
    too_wide = []
    for who, path in addresses:
        page = browsers.setdefault(who, open_as(who, "/", width=width))
        for language in LANGUAGES if width == 320 else LANGUAGES[:2]:
            mark = "&" if "?" in path else "?"
            page.goto(f"{service.url}{path}{mark}lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            if overflow(page) > 0:
                too_wide.append((path, language, overflow(page)))
    assert too_wide == []


def test_axe_finds_nothing(open_as: Open, service: Running, pages_of: dict[str, list[str]]) -> None:
    if not AXE.is_file():
        pytest.skip("node_modules/axe-core is not there: run npm ci --ignore-scripts")
    script = AXE.read_text(encoding="utf-8")
    addresses = everything(open_as, pages_of)
    browsers: dict[str, Page] = {}
    found = []
    for who, path in addresses:
        page = browsers.setdefault(who, open_as(who, "/", width=1280))
        for language in LANGUAGES[:2]:
            mark = "&" if "?" in path else "?"
            page.goto(f"{service.url}{path}{mark}lang={language}")
            found.extend(violations(page, script, f"{path} {language}"))
    page = browsers["dilnoza"]
    page.goto(f"{service.url}/cases/0000151-26?lang=en")
    page.locator("#proposal button[type=submit]").click()
    found.extend(violations(page, script, "refused form"))
    page.get_by_role("button", name="Sign out").click()
    found.extend(violations(page, script, "sign-in"))
    assert found == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_sentence_of_a_card_is_squeezed_into_a_column(
    open_as: Open, service: Running, width: int
) -> None:
    prepare(open_as)
    page = open_as("dilnoza", "/cases/0000151-26", width=width, lang="ru")
    told = page.evaluate(
        """() => [...document.querySelectorAll('.card p, .card li')].map(one => ({
            text: one.textContent.trim(), width: one.getBoundingClientRect().width,
            card: one.closest('.card').getBoundingClientRect().width}))"""
    )
    long = [one for one in told if len(one["text"]) > 60]
    assert len(long) >= 3
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    broken = page.evaluate(
        """() => [...document.querySelectorAll('.picture td')].filter(cell => {
            const range = document.createRange(); range.selectNodeContents(cell);
            return new Set([...range.getClientRects()].map(one => Math.round(one.top))).size > 1
        }).map(cell => cell.textContent)"""
    )
    assert page.locator(".picture td").count() >= 2
    assert broken == []
    assert [one["text"] for one in long if one["width"] < min(0.75 * one["card"], 600)] == []


def violations(page: Page, script: str, where: str) -> list[str]:
    """What axe finds on the page, one line each."""
    page.evaluate(script)  # evaluated by the debugger, so the page's own policy stays strict
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    answer = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{where}: {one['id']} {node['target']}"
        for one in answer["violations"]
        for node in one["nodes"]
    ]


def test_no_page_breaks_its_own_content_policy(open_as: Open, service: Running) -> None:
    page = open_as("dilnoza", "/", lang="en")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on(
        "requestfailed",
        lambda request: None if "ABORTED" in str(request.failure) else said.append(request.url),
    )
    for path in ("/", "/cases/0000150-26", "/analysis", "/review"):
        response = page.goto(service.url + path)
        assert response is not None
        assert "unsafe" not in response.headers["content-security-policy"]
    assert said == []


def test_pages_work_with_scripts_switched_off_and_name_their_language(
    open_as: Open, service: Running
) -> None:
    page = open_as("dilnoza", "/cases/0000150-26", lang="uz_Latn")
    assert page.locator("script").count() == 0
    assert page.locator("html").get_attribute("lang") == "uz-Latn"
    page.get_by_role("link", name="Ўзбекча").click()
    assert page.locator("html").get_attribute("lang") == "uz-Cyrl"
    page.goto(f"{service.url}/")
    assert page.locator("html").get_attribute("lang") == "uz-Cyrl"


def test_targets_are_large_enough_for_a_thumb(open_as: Open) -> None:
    page = open_as("dilnoza", "/cases/0000151-26", width=360)
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
        .filter(e => e.className !== 'skip')
        .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
        .filter(([_, box]) => box.height > 0 && (box.height < 22 || box.width < 22))
        .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_a_case_that_cannot_be_answered_says_why(open_as: Open) -> None:
    page = open_as("dilnoza", f"/cases/{SET_ASIDE}", lang="en")
    page.locator("#get button[type=submit]").click()
    assert "No recommendation can be made for this case" in page.locator("main").inner_text()
