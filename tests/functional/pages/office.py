"""A service over invented cases for tests without a browser: a client per person, and a clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from serving.accounts import NewAccount, add_account
from serving.app import create_app
from serving.settings import Settings
from tests.functional.pages.invented_desk import InventedDesk
from tests.functional.pages.markup import Page

Answer = Any  # an HTTP answer; the client library's own type differs between its versions
OURS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
REASON = "The debtor pays every month, a lighter measure is enough."


@dataclass
class Hands:
    """The office's clock, moved by hand."""

    now: datetime = datetime(2026, 5, 1, 9, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Office:
    """The running application with its desk and clock."""

    app: FastAPI
    desk: InventedDesk
    clock: Hands
    password: str
    clients: list[TestClient] = field(default_factory=list)

    def enter(self, username: str, lang: str = "en") -> "Desk":
        """A person at a browser, signed in."""
        client = TestClient(self.app, headers=OURS, raise_server_exceptions=False)
        self.clients.append(client)
        desk = Desk(client, username, self.password)
        client.get(f"/sign-in?lang={lang}")
        desk.sign_in()
        return desk


@dataclass
class Desk:
    """One person's browser: opens pages and sends the forms that stand on them."""

    client: TestClient
    username: str
    password: str

    def sign_in(self, username: str | None = None, **fields: str) -> Answer:
        """Send the sign-in form; follows to the page that comes after it."""
        name = username or self.username
        data = {"username": name, "password": self.password, **fields}
        return self.client.post("/sign-in", data=data)

    def open(self, path: str) -> Answer:
        """A page, after all redirects."""
        return self.client.get(path)

    def send(self, page: Answer, action: str, **typed: str) -> Answer:
        """Fill a form of the page in and send it; redirects are followed."""
        return self.client.post(action, data={**fields_of(page.text, action), **typed})

    def recommend(self, case_id: str, own_choice: str = "vehicle_seizure_sale") -> Answer:
        """Ask for the case's recommendation; the case's page."""
        page, action = self.open(f"/cases/{case_id}"), f"/cases/{case_id}/recommendations"
        return self.send(page, action, own_choice=own_choice)

    def propose(self, case_id: str, measure: str = "voluntary_notice", **typed: str) -> Answer:
        """Recommend and propose; the case's page after it."""
        page = self.recommend(case_id)
        words = {"reason_code": "less_intrusive_suffices", "reason": REASON, "measure": measure}
        return self.send(page, action_of(page, "/proposals"), **{**words, **typed})

    def decide(self, proposal: str, decision: str = "approve", **typed: str) -> Answer:
        """Decide on a proposal; the page that comes after it."""
        page = self.open(f"/review/{proposal}")
        words = {"decision": decision, "ground": "facts_confirmed", "reason": REASON}
        return self.send(page, f"/review/{proposal}", **{**words, **typed})


def fields_of(markup: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with an action, as a browser would send them."""
    page, inside, found = Page(markup), False, {}
    for element in page.elements:
        if element.tag == "form":
            inside = element.attributes.get("action") == action
        elif inside and element.attributes.get("type") == "hidden" and "form" in element.inside:
            found[element.attributes["name"]] = element.attributes.get("value", "")
    return found


def action_of(page: Answer, ending: str) -> str:
    """The address of the page's form that ends so."""
    actions = [form.attributes.get("action", "") for form in Page(page.text).by_tag("form")]
    found = [action for action in actions if action.endswith(ending)]
    assert len(found) == 1, actions
    return found[0]


def value_of(markup: str, name: str) -> str:
    """What stands in the text area of a name."""
    page = Page(markup)
    (area,) = [e for e in page.by_tag("textarea") if e.attributes.get("name") == name]
    return "".join(area.words)


def checked(markup: str, name: str) -> list[str]:
    """The values of the radios or boxes of a name that are ticked."""
    return [
        e.attributes["value"]
        for e in Page(markup).by_tag("input")
        if e.attributes.get("name") == name and "checked" in e.attributes
    ]


def selected(markup: str, name: str) -> list[str]:
    """The chosen options of the select of a name."""
    found, inside = [], False
    for element in Page(markup).elements:
        if element.tag == "select":
            inside = element.attributes.get("name") == name
        elif inside and element.tag == "option" and "selected" in element.attributes:
            found.append(element.attributes["value"])
    return found


def proposal_of(page: Answer) -> str:
    """The id of the proposal to which the case's page leads."""
    hrefs = [link.attributes["href"] for link in Page(page.text).by_tag("a")]
    (found,) = {href.rsplit("/", 1)[1] for href in hrefs if href.startswith("/review/")}
    return found


@contextmanager
def run_office(store: Path, people: tuple[NewAccount, ...], password: str) -> Iterator[Office]:
    """An office whose people sign in quickly."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("serving.accounts.HASHER", quick)
        patch.setattr("serving.security.sign_in.HASHER", quick)
        desk, clock = InventedDesk(), Hands()
        settings = Settings(store=store, allowed_hosts=("testserver",), clock=clock)
        app = create_app(settings, desk)
        for account in people:
            add_account(app.state.service.store, account)
        office = Office(app, desk, clock, password)
        yield office
        for client in office.clients:
            client.close()
        app.state.service.store.close()
