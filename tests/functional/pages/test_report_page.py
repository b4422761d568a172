"""The report of validation in a real browser: narrow, by keyboard, in four languages, alone."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from registers.sources.files import seal_extract
from registers.validation import Settings, validate_extract
from tests.assets.catalogue import polars_alone
from tests.assets.fault import EXTRACTED_ON, Folder
from tests.assets.faultless import few, many
from tests.functional.pages.conftest import shoot
from tests.functional.pages.test_layout import AXE, violations
from tests.functional.pages.walking import overflow

pytestmark = pytest.mark.browser

NAMES = {"uz_Latn": "Oʻzbekcha", "uz_Cyrl": "Ўзбекча", "ru": "Русский", "en": "English"}
KINDS = ("clean", "some", "unusable")


def clean(folder: Folder) -> None:
    seal_extract(folder.path, EXTRACTED_ON)


def some(folder: Folder) -> None:
    """Many small faults, each of another kind."""
    folder.cells("payments", "amount_som", {2: "a lot", 5: "-12"})
    folder.cells("payments", "case_id", {1: " case-1", 4: "саsе-1", 6: "case-99"})
    folder.cells("actions", "measure", {1: "marriage_bar"})
    folder.cells("incomes", "month", {2: "2025-12-15"})
    folder.edit("debtors", lambda text: text.replace("\n", ",\n"))
    folder.column("real_estate", "area_m2", lambda text: text.replace(".", ","))
    later = few()["cases"].head(1).with_columns(pl.lit("vanished").alias("closing"))
    text = later.with_columns(pl.col("reported_on").dt.offset_by("9d")).write_csv()
    folder.edit("cases", lambda whole: whole + text.partition("\n")[2])
    (folder.path / "withdrawn").mkdir()
    withdrawn = "payment_id,reported_on,withdrawn_on\npayment-77,2026-01-18,2026-01-30\n"
    (folder.path / "withdrawn" / "payments.csv").write_text(withdrawn, encoding="utf-8")
    (folder.path / "a-file-with-a-rather-long-name-of-somebody.xlsx").write_bytes(b"PK")


def unusable(folder: Folder) -> None:
    """An agency sent nothing, one sent thousands, and a table lacks a column."""
    seen = many()
    folder.parquet("cases", seen["cases"].drop("opened_on", "voluntary_until"))
    folder.parquet("incomes", seen["incomes"].with_columns(pl.col("gross_som", "tax_som") // 1000))
    folder.write("accounts", "account_id;month;debtor_id\n")
    folder.write("households", "debtor_id,month,members,minors,disabled,social_register\n")


MAKE: dict[str, Callable[[Folder], None]] = {"clean": clean, "some": some, "unusable": unusable}


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of a clean extract, of one with bad rows, and of one that cannot be used."""
    found = {}
    for kind, make in MAKE.items():
        folder = tmp_path_factory.mktemp(kind)
        base = (many(), "parquet") if kind == "unusable" else (few(), "csv")
        make(Folder(folder, *base))
        settings = Settings(judge=polars_alone, extracted_on=EXTRACTED_ON)
        report = validate_extract(folder, folder / "tables", settings=settings)
        assert report.exit_code == {"clean": 0, "some": 11, "unusable": 12}[kind]
        found[kind] = folder / "tables" / "report.html"
    return found


@pytest.fixture
def page(browser: Browser) -> Page:
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def choose(page: Page, language: str) -> None:
    page.get_by_label(NAMES[language], exact=True).check()


def shown(page: Page) -> list[str]:
    """The languages of the parts that can be seen."""
    tags = page.evaluate(
        "[...document.querySelectorAll('.part')].filter(p => p.offsetHeight).map(p => p.lang)"
    )
    return list(tags)


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_the_report_is_never_wider_than_the_window(
    page: Page, reports: dict[str, Path], kind: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(reports[kind].as_uri())
    for language in NAMES:
        choose(page, language)
        assert overflow(page) <= 0, language
        if width != 320 and language in ("uz_Latn", "en"):
            shoot(page, f"report-{kind}-{language}-{width}")


def test_uzbek_is_shown_first_and_the_arrow_keys_lead_to_every_language(
    page: Page, reports: dict[str, Path]
) -> None:
    page.goto(reports["some"].as_uri())
    assert page.locator("html").get_attribute("lang") == "uz-Latn"
    seen = [shown(page)]
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        seen.append(shown(page))
    assert seen == [["uz-Latn"], ["uz-Cyrl"], ["ru"], ["en"]]


def test_each_language_speaks_its_own_verdict(page: Page, reports: dict[str, Path]) -> None:
    page.goto(reports["unusable"].as_uri())
    verdicts = {}
    for language in NAMES:
        choose(page, language)
        verdicts[language] = page.locator(".verdict:visible p").first.inner_text()
    assert verdicts["uz_Latn"].startswith("Koʻchirmadan foydalanib boʻlmaydi")
    assert verdicts["uz_Cyrl"].startswith("Кўчирмадан фойдаланиб бўлмайди")
    assert verdicts["ru"].startswith("Выгрузкой пользоваться нельзя")
    assert verdicts["en"].startswith("The extract cannot be used")


def test_the_page_asks_for_nothing_but_itself(page: Page, reports: dict[str, Path]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for kind in KINDS:
        asked.clear()
        page.goto(reports[kind].as_uri())
        for language in NAMES:
            choose(page, language)
        assert asked == [reports[kind].as_uri()]
        assert page.locator("script, link, img, iframe").count() == 0


def test_the_languages_switch_without_any_script(
    browser: Browser, reports: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(reports["some"].as_uri())
    still.get_by_label("English", exact=True).check()
    assert still.get_by_role("heading", name="Validation of registers").is_visible()
    assert not still.get_by_role("heading", name="Reyestrlarni tekshirish").is_visible()
    context.close()


def test_print_leaves_the_switch_out_and_keeps_the_language(
    page: Page, reports: dict[str, Path]
) -> None:
    page.goto(reports["some"].as_uri())
    choose(page, "ru")
    page.emulate_media(media="print")
    assert not page.locator(".languages").is_visible()
    assert shown(page) == ["ru"]


def test_axe_finds_nothing_in_the_report(page: Page, reports: dict[str, Path]) -> None:
    if not AXE.is_file():
        pytest.skip("node_modules/axe-core is not there: run npm ci --ignore-scripts")
    script = AXE.read_text(encoding="utf-8")
    found = []
    for kind in KINDS:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(reports[kind].as_uri())
            for language in NAMES:
                choose(page, language)
                found += violations(page, script, f"{kind} {language} {width}")
    assert found == []
