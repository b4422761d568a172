"""The documents are true to the repository: links lead somewhere, words are in order."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{_name(page)} links to {link}"
        assert not anchor or anchor in _anchors(target), f"{_name(page)} links to {link}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in _LINK.findall(page.read_text(encoding="utf-8")))
        waiting += [(page.parent / link).resolve() for link in links if link and ":" not in link]
    missed = [_name(page) for page in PAGES if page not in reached]
    assert [name for name in missed if name != "CHANGELOG.md"] == []


def _glossary() -> list[list[str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_the_glossary_is_sorted_and_has_each_term_once() -> None:
    terms = [row[0].lower() for row in _glossary()]
    assert terms == sorted(terms)
    assert len(set(terms)) == len(terms)


def test_every_term_has_meaning_uzbek_russian_and_source() -> None:
    for row in _glossary():
        assert len(row) == 5, row
        assert all(row), row
        assert re.search("[а-яА-Я]", row[3]) or row[3] in {"IPS"}, row
        assert not re.search("['`‘’]", row[2]), f"Uzbek takes ʻ and ʼ: {row}"


@pytest.mark.parametrize("record", DECISIONS, ids=_name)
def test_every_decision_has_its_number_date_and_four_headings(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {record.name[:4]}: ")
    assert re.search(r"^\d{1,2} [A-Z][a-z]+ 20\d\d$", text, re.MULTILINE)
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert heads == ["Drivers", "Options", "Decision", "Consequences"]
    assert "Good:" in text
    assert "Bad:" in text


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [record.name for record in DECISIONS if f"({record.name})" not in listed] == []


def test_every_generated_page_says_so() -> None:
    for name in (
        "reference/registers.md",
        "reference/commands.md",
        "reference/faults.md",
        "law/README.md",
    ):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert "Written by `make docs` from the code" in text
