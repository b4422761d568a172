"""Each command, exit code and make target is in the documents, and nothing that does not exist."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import typer

from chora.main import app
from ledger.errors import LedgerError
from registers.errors import ChoraError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


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
