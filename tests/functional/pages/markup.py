"""What a page's markup promises: unique ids, labels that name one control, links that arrive."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


@dataclass
class Element:
    """One start tag with its attributes and all the words inside it."""

    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)
    inside: tuple[str, ...] = ()  # the tags around it

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join(" ".join(self.words).split())


class Page(HTMLParser):
    """The elements of one page in the order in which they begin."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; one without content is closed at once."""
        around = tuple(element.tag for element in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=around)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element such as <line/>, which holds nothing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element; a stray end tag is an error of the page."""
        if not self._open or self._open[-1].tag != tag:
            raise AssertionError(f"</{tag}> closes nothing.")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words belong to every element around them."""
        for element in self._open:
            element.words.append(data)

    def by_tag(self, *tags: str) -> list[Element]:
        """The elements of some tags."""
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, wanted: str) -> list[Element]:
        """The elements with an id."""
        return [e for e in self.elements if e.attributes.get("id") == wanted]


def broken_promises(markup: str) -> list[str]:
    """What is wrong with a page, one line each."""
    page = Page(markup)
    return [*_ids(page), *_labels(page), *_names(page), *_references(page), *_links(page)]


def _ids(page: Page) -> Iterator[str]:
    counted = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    for name, n in counted.items():
        if n > 1:
            yield f"{n} elements have the id {name}"
        if not name or " " in name:
            yield f"{name!r} is no id"


def _labels(page: Page) -> Iterator[str]:
    for label in page.by_tag("label"):
        wanted = label.attributes.get("for", "")
        named = page.by_id(wanted)
        if [e.tag in CONTROLS for e in named] != [True]:
            yield f"the label {label.text!r} is for {wanted!r}: {[e.tag for e in named]}"
        if not label.text:
            yield f"the label for {wanted!r} says nothing"


def _names(page: Page) -> Iterator[str]:
    """Every control that a person sees has one label of its own; no two radios share a name."""
    labels: dict[str, list[str]] = defaultdict(list)
    for label in page.by_tag("label"):
        labels[label.attributes.get("for", "")].append(label.text)
    radios: Counter[tuple[str, str]] = Counter()
    for control in page.by_tag(*CONTROLS):
        if control.attributes.get("type") == "hidden":
            continue
        said = labels.get(control.attributes.get("id", ""), [])
        if len(said) != 1 and not control.attributes.get("aria-label"):
            yield f"{control.tag} {control.attributes} has the labels {said}"
        if control.attributes.get("type") == "radio" and said:
            radios[(control.attributes.get("name", ""), said[0])] += 1
    for radio, n in radios.items():
        if n > 1:
            yield f"{n} radios are called {radio}"


def _references(page: Page) -> Iterator[str]:
    for element in page.elements:
        for attribute in REFERRING:
            for wanted in element.attributes.get(attribute, "").split():
                if not page.by_id(wanted):
                    yield f"{element.tag} {attribute}={wanted} leads nowhere"
        wanted = element.attributes.get("form", "")
        if wanted and [e.tag for e in page.by_id(wanted)] != ["form"]:
            yield f"{element.tag} belongs to a form {wanted} that is not there"


def _links(page: Page) -> Iterator[str]:
    for link in page.by_tag("a"):
        href = link.attributes.get("href", "")
        if href.startswith("#") and not page.by_id(href[1:]):
            yield f"{href} leads nowhere"
        if not href:
            yield f"a link without address: {link.text!r}"
    for element in page.by_tag("form"):
        if "form" in element.inside:
            yield "a form stands inside a form"


def fragment_links(markup: str) -> list[tuple[str, str]]:
    """Links to a place on a page of this service: path with query, and the id."""
    found = []
    for link in Page(markup).by_tag("a"):
        path, mark, place = link.attributes.get("href", "").partition("#")
        if mark and path.startswith("/"):
            found.append((path, place))
    return found
