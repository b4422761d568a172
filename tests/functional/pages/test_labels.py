"""What a person clicks is what is sent, and what is sent is what arrives: labels, not radios."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from serving.settings import Settings
from serving.store.database import database_path
from tests.functional.pages.conftest import Open, Running, run_service
from tests.functional.pages.invented_desk import RANKED, InventedDesk, case_ids
from tests.functional.pages.walking import REASON, ask_recommendation

pytestmark = pytest.mark.browser
LABELS = "#proposal .govuk-radios__label"


@pytest.fixture(scope="module")
def desk_of_labels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service of its own: every case of it is proposed on."""
    settings = Settings(store=tmp_path_factory.mktemp("labels") / "store")
    with run_service(settings, InventedDesk()) as running:
        yield running


def stored_measure(running: Running, case_id: str) -> str:
    """The measure that the store holds for the case's only proposal."""
    with sqlite3.connect(database_path(Path(running.store))) as connection:
        rows = connection.execute(
            "SELECT measure FROM proposals p JOIN recommendations r ON r.id = p.recommendation_id "
            "WHERE r.case_id = ?",
            (case_id,),
        ).fetchall()
    assert len(rows) == 1
    return str(rows[0][0])


def sent_measure(page: Page) -> str:
    """Press the button; the measure in the form that left the browser."""

    def is_proposal(request: Request) -> bool:
        return request.method == "POST" and request.url.endswith("/proposals")

    with page.expect_request(is_proposal) as caught:
        page.locator("#proposal button.govuk-button").click()
    page.wait_for_load_state()
    fields = dict(part.split("=", 1) for part in (caught.value.post_data or "").split("&"))
    return fields["measure"]


def fill_words(page: Page) -> None:
    """Ground and reason, which some measures need and none refuses."""
    page.locator("#reason_code").select_option("less_intrusive_suffices")
    page.locator("#reason").fill(REASON)


def is_checked(page: Page, label: str) -> bool:
    return bool(page.get_by_role("radio", name=label, exact=True).is_checked())


@pytest.mark.parametrize("width", [1280, 360])
def test_the_label_of_every_measure_proposes_that_measure(
    open_as: Open, desk_of_labels: Running, width: int
) -> None:
    page = open_as("dilnoza", width=width, lang="en", running=desk_of_labels)
    cases = iter(case_ids()[10:] if width == 1280 else case_ids()[40:])
    n_labels = len(RANKED)
    number = 0
    while number < n_labels:
        case_id = next(cases)
        page.goto(f"{desk_of_labels.url}/cases/{case_id}")
        ask_recommendation(page)
        labels = page.locator(LABELS)
        # Every label on a wide screen; on a narrow one those of the ranking and the last.
        every = labels.count()
        chosen = list(range(every)) if width == 1280 else [*range(len(RANKED)), every - 1]
        n_labels, place = len(chosen), chosen[number]
        label = labels.nth(place)
        words = " ".join(label.inner_text().split())
        value = page.locator("#proposal input[name=measure]").nth(place).get_attribute("value")
        label.click()
        assert is_checked(page, words), words
        fill_words(page)
        assert sent_measure(page) == value
        assert "waits for a reviewer" in page.locator(".notice").inner_text()
        assert stored_measure(desk_of_labels, case_id) == value
        number += 1
    assert n_labels >= len(RANKED) + 1


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_the_card_of_a_rank_leads_to_its_own_choice(
    open_as: Open, desk_of_labels: Running, rank: int, width: int
) -> None:
    page = open_as("dilnoza", width=width, lang="en", running=desk_of_labels)
    page.goto(f"{desk_of_labels.url}/cases/{case_ids()[rank]}")
    if page.locator("#get").count():
        ask_recommendation(page)
    page.locator(".card .choose button").nth(rank - 1).click()
    page.wait_for_url("**#proposal")
    ticked = page.locator("#proposal input[name=measure]:checked")
    assert ticked.get_attribute("value") == RANKED[rank - 1][0]
