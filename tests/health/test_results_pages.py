"""Every page of results says which command wrote it, and that command is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from chora.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "results").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_of_results_names_the_command_that_wrote_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = re.search(
        r"^Written by `([^`]+)`; no figure on this page is typed by hand", text, re.MULTILINE
    )
    assert found, f"{page.name} does not say how it was made"
    program, first, *_ = found.group(1).split()
    if program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(f"^{first}:", makefile, re.MULTILINE)
    else:
        assert program == "chora"
        assert first in getattr(get_command(app), "commands", {})
