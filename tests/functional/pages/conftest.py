"""A running service and a real browser for the pages' tests."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from serving.accounts import NewAccount, add_account
from serving.app import create_app
from serving.desk import Desk
from serving.settings import Settings
from serving.states import Role
from tests.functional.pages.invented_desk import InventedDesk
from tests.functional.pages.office import Office, run_office

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long invented one"  # noqa: S105 - of invented people
SCREENS = Path(__file__).resolve().parents[3] / "build" / "screens"
PEOPLE = (
    NewAccount("dilnoza", PASSWORD, Role.OFFICER, "Dilnoza", ("*",), "p-dilnoza"),
    NewAccount("dilnoza2", PASSWORD, Role.REVIEWER, "Dilnoza 2", ("*",), "p-dilnoza"),
    NewAccount("nodira", PASSWORD, Role.REVIEWER, "Nodira", ("*",), "p-nodira"),
    NewAccount("rustam", PASSWORD, Role.REVIEWER, "Rustam", ("*",), "p-rustam", is_senior=True),
    NewAccount("rano", PASSWORD, Role.OFFICER, "Rano", ("*",), "p-rano"),
    NewAccount("jasur", PASSWORD, Role.OFFICER, "Jasur", ("1703-Andijon",), "p-jasur"),
    NewAccount("kamola", PASSWORD, Role.ANALYST, "Kamola", ("*",), "p-kamola"),
)


@dataclass(frozen=True)
class Running:
    """A service that answers at `url` and keeps its store in `store`."""

    url: str
    store: Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_service(settings: Settings, desk: Desk | None) -> Iterator[Running]:
    """The service on a free port, with the people of the tests."""
    app = create_app(settings, desk)
    for account in PEOPLE:
        add_account(app.state.service.store, account)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "The service did not start."
        time.sleep(0.05)
    yield Running(f"http://127.0.0.1:{port}", settings.store)
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def invented_desk() -> InventedDesk:
    return InventedDesk()


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, invented_desk: InventedDesk
) -> Iterator[Running]:
    """A service over invented cases."""
    settings = Settings(store=tmp_path_factory.mktemp("pages") / "store", is_demo=True)
    with run_service(settings, invented_desk) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; tests that need it are skipped where it is not installed."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(
            f"{CHROMIUM} is not installed: make setup installs it, or apt-get install chromium"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of its own for one test, asked without a browser."""
    with run_office(tmp_path / "store", PEOPLE, PASSWORD) as running:
        yield running


Open = Callable[..., Page]


@pytest.fixture
def open_as(browser: Browser, service: Running) -> Iterator[Open]:
    """Opens a signed-in browser page: `open_as("dilnoza", "/", width=360, lang="en")`."""
    contexts: list[BrowserContext] = []

    def enter(
        username: str,
        path: str = "/",
        *,
        width: int = 1280,
        lang: str = "uz_Latn",
        running: Running = service,
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{running.url}/sign-in?lang={lang}")
        page.locator("#username").fill(username)
        page.locator("#password").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        if path != "/":
            page.goto(running.url + path)
        return page

    yield enter
    for context in contexts:
        context.close()


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page in build/screens, to be looked at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
