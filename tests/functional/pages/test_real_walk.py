"""The walk over real register tables, the law's own rules and a trained model."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from law.engine import law_version
from ledger.verification import verify
from models.bundle import save_bundle
from models.examples import build_examples
from models.report import build_report
from models.settings import Boosting, TrainingSettings
from models.training import train
from nation.invent import invent, write_nation
from registers.extract import load_tables
from registers.lineage import load_lineage
from registers.tables import TABLES
from registers.validation.run import validate_extract
from serving.settings import Settings
from tests.functional.pages.conftest import Open, Running, run_service, shoot
from tests.functional.pages.walking import decide, flip_one_byte, overflow, propose_override

pytestmark = pytest.mark.browser
AS_OF = date(2026, 4, 1)
FEW = Boosting(rounds=10, num_leaves=5, min_data_in_leaf=20)
QUICK = TrainingSettings(
    n_folds=2,
    threads=1,
    min_per_measure=30,
    outcome=FEW,
    effect=FEW,
    propensity=FEW,
    share=FEW,
    share_of_one=FEW,
    ranking=FEW,
    kinds=("dr_learner",),
)
OVERRIDES = "#proposal input[type=radio]:not([value=none]):not([value=travel_ban])"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service over 400 invented debtors that recommends one measure, so that others are left."""
    folder = tmp_path_factory.mktemp("office")
    write_nation(invent(400, 12, AS_OF, n_draws=2), folder / "nation")
    validate_extract(folder / "nation", folder / "tables")
    lineage = load_lineage(folder / "tables")
    registers = load_tables(folder / "tables")
    trained = train(build_examples(registers, AS_OF, min_per_measure=30), QUICK)
    save_bundle(
        trained,
        folder / "store" / "models" / "uz-1",
        version="uz-1",
        legal_order="uz",
        as_of=AS_OF,
        law_version=law_version("uz"),
        data_hash=registers.source_hash,
        report=build_report(trained),
        lineage=lineage,
    )
    settings = Settings(store=folder / "store", tables=folder / "tables", top=1, working_day=AS_OF)
    with run_service(settings, None) as running:
        yield running


def open_case_with_a_choice(page: Page, office: Running) -> str:
    """Asks for recommendations until a case leaves another lawful measure; its name."""
    links = [link.get_attribute("href") for link in page.locator(".case-link").all()]
    for link in links:
        page.goto(f"{office.url}{link}?lang=en")
        if page.locator("#get").count() == 0:
            continue
        page.locator("#get button[type=submit]").click()
        page.wait_for_selector("#recommendation")
        if page.locator(OVERRIDES).count() > 1:
            measure = page.locator(OVERRIDES).last.get_attribute("value")
            assert measure is not None
            return measure
    raise AssertionError("No case of the invented office leaves a choice.")


def open_folds(page: Page) -> None:
    """Everything that is folded away is shown."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def check_origin(page: Page) -> None:
    """The decision's page tells the facts, their days and the files that they came from."""
    open_folds(page)
    origin = page.locator("#origin")
    said = origin.inner_text()
    assert "the entry names these tables and this recommendation" in said
    assert "Hash of the tables" in said
    assert "older version" not in said
    assert origin.locator(".origin-table").count() == len(TABLES)
    assert "File as delivered (SHA-256)" in said
    assert re.search(r"as of \d+ \w+ \d{4}, reported \d+ \w+ \d{4}", said)
    assert "chora trace --decision dec_" in said
    href = origin.locator("a").first.get_attribute("href")
    answer = page.request.get(page.url.split("/decisions/")[0] + str(href))
    assert answer.json()["recommendation"]["sources"]["lineage"]["source_hash"] in said


@pytest.mark.parametrize("width", [1280, 360])
def test_real_reasons_are_read_overridden_reviewed_and_proven(
    open_as: Open, office: Running, width: int, tmp_path: Path
) -> None:
    officer = open_as("dilnoza", width=width, lang="en", running=office)
    measure = open_case_with_a_choice(officer, office)
    assert officer.locator(".reason").count() > 0
    assert "Art." in officer.locator(".excluded").first.inner_text()
    assert overflow(officer) <= 0
    shoot(officer, f"real-1-recommendation-{width}")
    propose_override(officer, measure)

    officer.locator(".standing a").click()
    assert officer.locator("#decide button").is_disabled()
    path = "/review/" + officer.url.rsplit("/", 1)[1]
    same_person = open_as("dilnoza2", path, width=width, lang="en", running=office)
    assert "another officer must decide" in same_person.locator("#decide").inner_text()

    reviewer = open_as("nodira", path, width=width, lang="en", running=office)
    assert "Lawful today" in reviewer.locator(".law").inner_text()
    assert overflow(reviewer) <= 0
    shoot(reviewer, f"real-2-review-{width}")
    decide(reviewer)
    reviewer.wait_for_url("**/decisions/**")
    check_origin(reviewer)
    assert overflow(reviewer) <= 0
    shoot(reviewer, f"real-3-decision-{width}")
    reviewer.goto(reviewer.url.split("?")[0] + "?lang=uz_Latn")
    open_folds(reviewer)
    assert overflow(reviewer) <= 0
    shoot(reviewer, f"real-4-decision-uz-{width}")

    ledger, copy = office.store / "ledger", tmp_path / "ledger"
    assert verify(ledger).exit_code == 0
    shutil.copytree(ledger, copy)
    flip_one_byte(copy)
    assert verify(copy).exit_code == 30
