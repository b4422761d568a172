"""Case numbers with slashes and worse, over a real socket: test clients decode otherwise."""

import html
import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote, unquote, urlsplit

import httpx2
import pytest
from playwright.sync_api import Page, expect

from serving.case_addresses import decode_case_id, encode_case_id
from serving.pages.addresses import case_href
from serving.settings import Settings
from tests.functional.pages.conftest import PASSWORD, Open, Running, run_service
from tests.functional.pages.odd_numbers import NUMBERS, PRINTED, OddNumbers
from tests.functional.pages.walking import ask_recommendation, decide, propose_override

API = "/api/v1"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    settings = Settings(store=tmp_path_factory.mktemp("odd") / "store")
    with run_service(settings, OddNumbers()) as running:
        yield running


@pytest.fixture(scope="module")
def unasked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service in which no case has a recommendation yet."""
    settings = Settings(store=tmp_path_factory.mktemp("unasked") / "store")
    with run_service(settings, OddNumbers()) as running:
        yield running


def enter(running: Running, username: str = "dilnoza") -> httpx2.Client:
    client = httpx2.Client(base_url=running.url, timeout=60, headers={"Origin": running.url})
    body = {"username": username, "password": PASSWORD}
    assert client.post(f"{API}/session", json=body).status_code == 201
    return client


@pytest.fixture(scope="module")
def officer(odd: Running) -> Iterator[httpx2.Client]:
    with closing(enter(odd)) as client:
        yield client


@pytest.mark.parametrize("number", NUMBERS)
def test_every_api_address_of_a_case_works(officer: httpx2.Client, number: str) -> None:
    address = f"{API}{case_href(number)}"
    assert officer.get(address).json()["case_id"] == number
    made = officer.post(f"{address}/recommendations")
    assert made.status_code in (200, 201), made.text
    stored = officer.get(made.headers["location"]).json()
    assert stored["case_id"] == number
    assert officer.get(f"{made.headers['location']}/document").json()["case_id"] == number


@pytest.mark.parametrize("number", NUMBERS)
def test_every_page_address_and_form_of_a_case_works(unasked: Running, number: str) -> None:
    with closing(enter(unasked)) as officer:
        page = officer.get(case_href(number), params={"lang": "en"})
        assert page.status_code == 200
        assert f"<h1>Case {html.escape(number)}" in page.text.replace("&#34;", "&quot;")
        sent_to = re.findall(r'action="([^"]+/recommendations)"', page.text)
        action = html.unescape(sent_to[0])
        assert action == f"{case_href(number)}/recommendations"
        token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
        sent = officer.post(action, data={"csrf_token": token, "own_choice": "travel_ban"})
        assert sent.status_code == 303
        where = urlsplit(sent.headers["location"])
        assert where.path == case_href(number)
        after = officer.get(sent.headers["location"])
        assert after.status_code == 200
        assert 'id="recommendation"' in after.text
        for link in re.findall(r'href="([^"]*lang=[^"]+)"', after.text):
            followed = officer.get(html.unescape(link))
            assert followed.status_code == 200
            assert 'id="recommendation"' in followed.text


@pytest.mark.parametrize("number", NUMBERS)
def test_the_worklist_leads_to_the_case(officer: httpx2.Client, number: str) -> None:
    page = officer.get("/", params={"q": number, "lang": "en"})
    links = [
        html.unescape(link) for link in re.findall(r'class="case-link" href="([^"]+)"', page.text)
    ]
    assert case_href(number) in links
    assert officer.get(case_href(number)).status_code == 200


def test_a_session_that_ended_comes_back_to_the_case(odd: Running) -> None:
    with httpx2.Client(base_url=odd.url, headers={"Origin": odd.url}) as client:
        sent = client.get(case_href(PRINTED), headers={"Accept": "text/html"})
        assert sent.status_code == 303
        form = {"username": "dilnoza", "password": PASSWORD}
        form["next"] = unquote(urlsplit(sent.headers["location"]).query.removeprefix("next="))
        back = client.post("/sign-in", data=form)
        assert back.headers["location"] == case_href(PRINTED)
        assert client.get(back.headers["location"]).status_code == 200


def as_sent(officer: httpx2.Client, method: str, target: str) -> tuple[int, bytes]:
    """The answer to a target that goes over the line exactly as it stands here."""
    host = officer.base_url.host
    connection = http.client.HTTPConnection(host, officer.base_url.port, timeout=60)
    headers = {
        "Cookie": f"chora={officer.cookies['chora']}",
        "Origin": str(officer.base_url).rstrip("/"),
    }
    connection.request(method, target, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_a_number_with_plain_slashes_is_found_too(officer: httpx2.Client) -> None:
    plain = "/".join(quote(part) for part in PRINTED.split("/"))
    status, body = as_sent(officer, "GET", f"{API}/cases/{plain}")
    assert (status, f'"case_id":"{PRINTED}"'.encode() in body) == (200, True)
    assert as_sent(officer, "POST", f"{API}/cases/{plain}/recommendations")[0] in (200, 201)
    assert as_sent(officer, "GET", f"/cases/{plain}")[0] == 200


@pytest.mark.parametrize(
    "target",
    ["/cases/../review", "/cases/%2E%2E/review", "/cases/..%2F..%2Freview", "/cases/..%5C..%5Cx"],
)
def test_dots_in_a_number_lead_nowhere_else(officer: httpx2.Client, target: str) -> None:
    assert as_sent(officer, "GET", target)[0] == 404
    assert as_sent(officer, "GET", f"{API}{target}")[0] == 404


def test_a_number_that_ends_like_an_address_is_not_that_address(officer: httpx2.Client) -> None:
    assert as_sent(officer, "GET", f"{API}/cases/x%2Frecommendations")[0] == 200
    assert as_sent(officer, "GET", f"{API}/cases/x/recommendations")[0] == 405


def test_a_slash_at_the_end_is_redirected_as_ever(officer: httpx2.Client) -> None:
    assert as_sent(officer, "GET", f"{case_href(PRINTED)}/")[0] == 307
    with_slash = officer.get(f"{case_href(PRINTED)}/")
    assert urlsplit(with_slash.headers["location"]).path == case_href(PRINTED)


@pytest.mark.parametrize("number", [*NUMBERS, "../..", "...", "./", "%2e", "\u0000", "a%"])
def test_a_number_comes_back_from_its_address(number: str) -> None:
    part = encode_case_id(number)
    assert decode_case_id(part) == number
    assert "/" not in part
    assert part not in (".", "..")


def test_metrics_and_description_name_the_template_only(officer: httpx2.Client) -> None:
    text = officer.get("/metrics").text
    assert 'route="/cases/{case_id}"' in text
    assert "1714" not in text
    paths = officer.get(f"{API}/openapi.json").json()["paths"]
    assert f"{API}/cases/{{case_id}}" in paths
    assert f"{API}/cases/{{case_id}}/recommendations" in paths


def title_of(page: Page) -> str:
    return page.locator("h1").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_case_with_slashes_is_walked_through_in_the_browser(
    open_as: Open, tmp_path: object, width: int
) -> None:
    settings = Settings(store=tmp_path / "store")  # type: ignore[operator]
    with run_service(settings, OddNumbers()) as running:
        officer = open_as("dilnoza", "/", width=width, lang="en", running=running)
        officer.locator("input[name=q]").fill(PRINTED)
        officer.locator("form.filter button").click()
        officer.get_by_role("link", name=PRINTED).click()
        assert PRINTED in title_of(officer)
        ask_recommendation(officer)
        officer.get_by_role("link", name="Русский").click()
        assert PRINTED in title_of(officer)
        propose_override(officer)
        assert officer.url.startswith(f"{running.url}{case_href(PRINTED)}")
        reviewer = open_as("nodira", "/review", width=width, lang="en", running=running)
        reviewer.get_by_role("link", name=PRINTED).click()
        decide(reviewer)
        reviewer.wait_for_url("**/decisions/**")
        reviewer.locator(".back a").click()
        expect(reviewer.locator("h1")).to_contain_text(PRINTED)
