"""Every page in every state and with every refusal: unique ids, named controls, links that arrive.

The pages are rendered by the service itself and read as markup; no browser is needed.
"""

import pytest

from serving.pages import rendering
from serving.states import State
from tests.functional.pages.invented_desk import ABSTAINS, NOTHING_LAWFUL, SET_ASIDE
from tests.functional.pages.markup import Page, broken_promises, fragment_links
from tests.functional.pages.office import (
    REASON,
    Answer,
    Desk,
    Office,
    action_of,
    proposal_of,
)

TEMPLATES = {
    path.name
    for path in (rendering.SERVING / "templates").glob("*.html")
    if '{% extends "base.html" %}' in path.read_text(encoding="utf-8")
}
STATES = [state.value for state in State]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the templates that were rendered."""
    seen: set[str] = set()
    environment = rendering.environment()
    get_template = environment.get_template

    def note(name: str, *args: object, **kwargs: object) -> object:
        seen.add(name)
        return get_template(name)

    monkeypatch.setattr(environment, "get_template", note)
    return seen


def check(page: Answer, status: int = 200) -> Answer:
    """The page, after its promises were looked at."""
    assert page.status_code == status, page.text[:400]
    assert broken_promises(page.text) == [], str(page.url)
    return page


def visit_states(office: Office) -> dict[str, str]:
    """A case in each state, brought there through the pages; its number by its state."""
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    cases = {state: f"00001{20 + n}-26" for n, state in enumerate(STATES)}
    check(officer.recommend(cases["recommended"]))
    check(officer.propose(cases["proposed"]))
    for state, decision in (
        ("approved", "approve"),
        ("rejected", "reject"),
        ("returned", "return"),
    ):
        check(reviewer.decide(proposal_of(officer.propose(cases[state])), decision))
    page = officer.open(f"/review/{proposal_of(officer.propose(cases['withdrawn']))}")
    check(officer.send(page, action_of(page, "/withdrawal"), withdraw_reason=REASON))
    decided = reviewer.decide(proposal_of(officer.propose(cases["executed"])))
    page = check(officer.open(decided.url.path))
    check(officer.send(page, action_of(page, "/execution")))
    page = officer.recommend(cases["stayed"])
    stay = action_of(page, "/proposals").replace("/proposals", "/stay")
    body = {"ground": "suspended", "reason": REASON}
    assert officer.client.post(f"/api/v1{stay}", json=body).status_code == 201
    return cases


@pytest.mark.parametrize("lang", ["uz_Latn", "en"])
def test_every_page_in_every_state_keeps_its_promises(
    office: Office, rendered: set[str], lang: str
) -> None:
    cases = visit_states(office)
    for username in ("dilnoza", "nodira", "dilnoza2"):
        person = office.enter(username, lang)
        for path in ("/", "/?q=nothing", "/?state=proposed", "/review", "/analysis"):
            check(person.open(path))
        for case_id in (*cases.values(), "0000150-26"):
            page = check(person.open(f"/cases/{case_id}"))
            for link in Page(page.text).by_tag("a"):
                if link.attributes["href"].startswith(("/review/", "/decisions/")):
                    check(person.open(link.attributes["href"]))
    check(office.enter("kamola", lang).open("/analysis"))
    kept = {
        case: office.enter("dilnoza", lang).recommend(case) for case in (ABSTAINS, NOTHING_LAWFUL)
    }
    for page in kept.values():
        check(page)
    assert TEMPLATES - rendered <= {"sign_in.html", "error.html"}


def test_every_refusal_keeps_the_promises_of_a_page(office: Office, rendered: set[str]) -> None:
    officer, reviewer = office.enter("dilnoza"), office.enter("nodira")
    page = check(officer.recommend("0000150-26"))
    proposals = action_of(page, "/proposals")
    check(officer.send(page, proposals), 422)
    check(officer.send(page, proposals, measure="voluntary_notice"), 422)
    check(officer.send(page, proposals, measure="vehicle_seizure_sale", reason="short"), 422)
    check(officer.send(page, proposals, measure="nothing_like_it", reason=REASON), 422)
    proposal = proposal_of(officer.propose("0000151-26"))
    check(reviewer.decide(proposal, "", ground="", reason=""), 422)
    page = officer.open(f"/review/{proposal}")
    check(officer.send(page, action_of(page, "/withdrawal"), withdraw_reason=""), 422)
    read = reviewer.open(f"/review/{proposal}")
    check(reviewer.decide(proposal, "return"))
    words = {"decision": "approve", "ground": "facts_confirmed", "reason": REASON}
    check(reviewer.send(read, f"/review/{proposal}", **words), 409)
    check(officer.open("/nowhere"), 404)
    check(office.enter("jasur").open("/cases/0000151-26"), 403)
    check(officer.recommend(SET_ASIDE), 422)
    check(reviewer.client.post(f"/review/{proposal}", data={"csrf_token": "x"}), 403)
    nobody = Desk(office.enter("nodira").client, "nodira", "wrong")
    nobody.client.cookies.clear()
    check(nobody.open("/sign-in"))
    check(nobody.open("/cases/0000151-26"))
    check(nobody.sign_in(), 401)
    check(nobody.client.post("/sign-in", data={}), 422)
    assert {"sign_in.html", "error.html"} <= rendered


def test_every_link_to_a_place_on_a_page_arrives_there(office: Office) -> None:
    officer = office.enter("dilnoza")
    page = officer.recommend("0000150-26")
    stored = action_of(page, "/proposals").removesuffix("/proposals")
    led = [page, officer.open(stored)]  # both by a redirect that names the place
    assert [str(one.url).partition("#")[2] for one in led] == ["recommendation", "proposal"]
    for one in led:
        assert Page(one.text).by_id(str(one.url).partition("#")[2])
    for one in (officer.open("/"), page, officer.propose("0000151-26")):
        for path, place in fragment_links(one.text):
            assert Page(officer.open(path).text).by_id(place), (path, place)


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('<p id="a"></p><p id="a"></p>', "2 elements have the id a"),
        ('<label for="b">B</label>', "the label 'B' is for 'b': []"),
        ('<input id="a" name="a">', "has the labels []"),
        ('<p aria-describedby="c"></p>', "aria-describedby=c leads nowhere"),
        ('<a href="#d">D</a>', "#d leads nowhere"),
        ('<button form="e">E</button>', "belongs to a form e"),
        ("<form><form></form></form>", "a form stands inside a form"),
    ],
)
def test_the_reader_of_markup_sees_each_broken_promise(markup: str, said: str) -> None:
    assert any(said in line for line in broken_promises(markup))
