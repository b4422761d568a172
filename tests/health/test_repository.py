"""What may be in the repository: no machine, no address, no unfinished word; locks with hashes."""

import configparser
import json
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
TEXTS = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".sh", ".lock", ".html", ".css", ".js"}
TEXTS |= {".mjs", ".svg", ".ini", ".cfg", ".txt", ""}


def _files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [
            name
            for name in folders
            if name not in IGNORED and (here / name).as_posix() not in IGNORED
        ]
        yield from (
            Path(folder, name)
            for name in files
            if Path(name).suffix in TEXTS and not name.endswith(".egg-info")
        )


def _lines(pattern: str) -> list[str]:
    """Every line of the repository that matches, but for those of this file."""
    sought = re.compile(pattern)
    found = []
    for path in _files():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        for match in sought.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{path.relative_to(ROOT)}:{line}: {match.group()}")
    return found


def test_no_path_of_a_machine_is_written_down() -> None:
    assert _lines(r"(?<![\w.$}])/(work|root|farm|home)/[a-z]+") == []


def test_no_unfinished_word_is_left() -> None:
    words = (r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b", r"\bNotImplementedError\b")
    assert _lines("|".join(words)) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-oracles.lock"])
def test_requirements_are_pinned_with_hashes_and_without_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^-|^\s+--(?!hash=sha256:)", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+==\S+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_every_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    names = {re.split(r"[\[<>=~! ;]", name)[0].lower() for name in wanted}
    assert names - locked == set()


def test_the_lock_of_what_we_compare_with_holds_just_what_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements-oracles.lock").read_text(encoding="utf-8").lower()
    locked = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE))
    assert locked == {
        re.split(r"[>=]", name)[0] for name in project["dependency-groups"]["oracles"]
    }


def test_page_packages_are_locked_with_hashes_and_without_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def test_every_package_has_its_layer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter", encoding="utf-8")
    layers = linter["importlinter:contract:layers"]["layers"].split()
    assert set(linter["importlinter"]["root_packages"].split()) == packages
    assert " ".join(layers) == "chora serving pipelines explain models features law registers"
    assert packages - set(layers) == {"ledger", "nation"}
    assert linter["importlinter:contract:ledger-alone"]["source_modules"].split() == ["ledger"]
    assert linter["importlinter:contract:nation-apart"]["forbidden_modules"].split() == ["nation"]


def test_every_room_says_what_lives_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for room in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (ROOT / room / "__init__.py").read_text(encoding="utf-8").startswith('"""')
        assert (ROOT / room / "py.typed").is_file()


def test_scripts_can_be_run() -> None:
    for path in [ROOT / ".ci" / "run", *(ROOT / "scripts").glob("*.sh")]:
        assert path.stat().st_mode & stat.S_IXUSR, path.name
        assert path.read_text(encoding="utf-8").startswith("#!")


def test_personal_and_secret_files_are_ignored() -> None:
    assert {".venv", "node_modules", "store", "demo", "build"} <= IGNORED
