"""Each command, exit code and make target is in the documents, and nothing that does not exist."""

import importlib
import pkgutil
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from chora.main import app
from ledger.errors import LedgerError
from registers.errors import ChoraError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
STANDS_FOR = {"DATE": "2026-04-01", "N": "0"}


def _commands(typers: typer.Typer, prefix: str) -> Iterator[str]:
    for command in typers.registered_commands:
        assert command.callback is not None
        yield f"{prefix} {command.name or command.callback.__name__.replace('_', '-')}"
    for group in typers.registered_groups:
        assert group.typer_instance is not None
        yield from _commands(group.typer_instance, f"{prefix} {group.name}")


def test_every_command_is_on_the_page_and_every_listed_one_exists() -> None:
    existing = set(_commands(app, "chora"))
    assert len(existing) > 10
    listed = set(re.findall(r"^\| `(chora(?: [a-z][a-z-]*)+)", PAGE, re.MULTILINE))
    assert existing == listed


def _calls() -> Iterator[str]:
    """Every call of chora that a document shows in a block of code."""
    for document in DOCUMENTS:
        for line in document.read_text(encoding="utf-8").splitlines():
            if call := re.match(r"(?: {4}|\$ )(?:\.venv/bin/)?(chora .+)", line):
                yield call.group(1)


def _find(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words name, and the words that are left."""
    command: Any = get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    return command, words


@pytest.mark.parametrize("call", sorted(set(_calls())))
def test_every_call_that_is_shown_is_taken_by_the_command_line(call: str) -> None:
    words = [STANDS_FOR.get(word, word) for word in shlex.split(call, comments=True)[1:]]
    command, left = _find(words)
    assert not hasattr(command, "commands"), f"{call}: no such command"
    command.make_context(call, left)


def test_a_call_with_an_unknown_option_would_be_found() -> None:
    command, left = _find(["profile", "TABLES", "--as-off", "2026-04-01"])
    with pytest.raises(Exception, match="--as-off"):
        command.make_context("profile", left)


def test_every_command_named_in_a_sentence_exists() -> None:
    named = {
        span
        for document in DOCUMENTS
        for span in re.findall(r"`chora ([a-z][^`]*)`", document.read_text(encoding="utf-8"))
    }
    assert named
    for span in sorted(named):
        command, _ = _find(span.split())
        assert not hasattr(command, "commands") or span.split()[-1] in {"import", "account"}, span


def test_every_exit_code_of_a_command_is_explained() -> None:
    listed = set(re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE))
    codes = re.findall(r"^\| `chora [^`]+` \| .* \| ([\d, ]+) \|$", PAGE, re.MULTILINE)
    assert len(codes) > 10
    assert {code for each in codes for code in each.split(", ")} <= listed


def _families() -> Iterator[type[Exception]]:
    for room in ("registers", "law", "features", "models", "explain", "pipelines", "serving"):
        package = importlib.import_module(room)
        names = {m.name for m in pkgutil.iter_modules(package.__path__)}
        if "errors" in names:
            importlib.import_module(f"{room}.errors")
    waiting: list[type[Exception]] = [ChoraError, LedgerError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        yield error


def test_every_exit_code_of_an_error_is_on_the_page() -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    used = {getattr(error, "exit_code", 1) for error in _families()}
    assert used <= listed


def test_every_make_target_tells_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    helped = set(re.findall(r"^([a-z-]+):.*## .+$", makefile, re.MULTILINE))
    assert set(phony.group(1).split()) == helped
    required = {"help", "demo", "test", "test-long", "check", "bench", "lock", "clean"}
    assert required <= helped
