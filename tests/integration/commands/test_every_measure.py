"""`chora lawful` on each of the 19 measures: lawful, refused, not to be told; in 4 languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from chora.lawful_one import say_checked
from law.actions.check import CheckedAction, check_action
from law.actions.finding_names import verdict_name
from law.catalogue import catalogue
from law.stated import read_statements
from law.words import value_texts
from registers.extract import Registers, load_tables, write_extract
from registers.texts import LANGUAGES, Texts
from tests.integration.commands.every_measure import (
    ON,
    STORIES,
    Story,
    tables_of_every_measure,
)

VERDICTS = {
    "lawful": ("lawful",),
    "refused": ("unlawful", "unfounded"),
    "cannot_tell": ("cannot_tell",),
}
EXITS = {"lawful": 0, "refused": 20, "cannot_tell": 21}
RAW_NAME = re.compile(r"[{}]|\bNone\b|\b[a-z]+_[a-z_]+\b")
every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.case_id)


def chora(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "500", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "chora.main", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("every_measure")
    write_extract(made / "extract", tables_of_every_measure(), "uz")
    result = chora("validate", made / "extract", "--out", made / "tables")
    assert result.returncode == 0, result.stdout + result.stderr
    return made / "tables"


@pytest.fixture(scope="module")
def registers(folder: Path) -> Registers:
    return load_tables(folder)


@pytest.fixture(scope="module")
def checked(registers: Registers) -> dict[str, CheckedAction]:
    return {
        story.case_id: check_action(
            registers, story.case_id, story.measure, ON, read_statements(story.stated)
        )
        for story in STORIES
    }


def told(action: CheckedAction) -> Iterator[Texts]:
    """Every sentence that the officer reads: grounds, what helps, notes."""
    for ground in action.judgement.grounds:
        yield ground.sentence
        if ground.remedy is not None:
            yield ground.remedy
    yield from action.judgement.confirmations


def claimed(action: CheckedAction) -> Iterator[Texts]:
    """The sentences that claim something: no fact in them may be unknown."""
    for ground in action.judgement.grounds:
        if ground.verdict in ("unlawful", "unfounded"):
            yield ground.sentence
    if action.remedy is not None:
        yield action.remedy
    yield from action.judgement.confirmations


def test_every_measure_has_a_case_of_each_answer() -> None:
    assert [story.case_id for story in STORIES] == [
        f"{measure}-{answer}" for measure in catalogue("uz") for answer in VERDICTS
    ]


@every_story
def test_the_law_answers_as_the_case_is_named(
    story: Story, checked: dict[str, CheckedAction]
) -> None:
    action = checked[story.case_id]
    assert action.judgement.verdict in VERDICTS[story.answer]
    assert action.judgement.decisive.rule == story.rule
    assert not action.warnings


@every_story
def test_sentences_hold_no_raw_name(story: Story, checked: dict[str, CheckedAction]) -> None:
    texts = [text for said in told(checked[story.case_id]) for text in said.as_dict().values()]
    assert [text for text in texts if RAW_NAME.search(text)] == []


@every_story
def test_no_claim_rests_on_what_is_not_known(
    story: Story, checked: dict[str, CheckedAction]
) -> None:
    unknown = value_texts("", None).as_dict()
    for said in claimed(checked[story.case_id]):
        for language, text in said.as_dict().items():
            assert not re.search(rf"\b{unknown[language]}\b", text), text


@every_story
def test_what_helps_repeats_no_part_of_the_sentence(
    story: Story, checked: dict[str, CheckedAction]
) -> None:
    for ground in checked[story.case_id].judgement.grounds:
        if ground.remedy is None:
            continue
        for said, helps in zip(
            ground.sentence.as_dict().values(), ground.remedy.as_dict().values(), strict=True
        ):
            assert not set(parts_of(said)) & set(parts_of(helps)), f"{said} | {helps}"


def parts_of(text: str) -> Sequence[str]:
    """What stands between full stops, semicolons and colons, without the articles."""
    bare = re.sub(r"\([^)]*\)", "", text).lower()
    return [part.strip() for part in re.split(r"[.;:]\s", f"{bare} ") if part.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_the_verdict_in_each_language(
    language: str,
    registers: Registers,
    checked: dict[str, CheckedAction],
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = registers.legal_order
    for story in STORIES:
        action = checked[story.case_id]
        say_checked(action, case=story.case_id, on=ON, order=order, language=language)
        first, second, *_ = capsys.readouterr().out.splitlines()
        verdict = verdict_name(action.judgement.verdict).in_language(language)
        assert first == f"{story.measure}: {verdict}"
        assert second.startswith(catalogue("uz")[story.measure].names.in_language(language))


@pytest.mark.parametrize(
    ("case_id", "language"),
    [
        ("eviction-lawful", "uz_Latn"),
        ("travel_ban-refused", "ru"),
        ("debtor_or_asset_search-cannot_tell", "uz_Cyrl"),
    ],
)
def test_the_command_ends_with_the_code_of_its_answer(
    case_id: str, language: str, folder: Path, checked: dict[str, CheckedAction]
) -> None:
    (story,) = [story for story in STORIES if story.case_id == case_id]
    facts = [part for name in story.stated for part in ("--fact", f"{name}={story.stated[name]}")]
    asked = ("--case", case_id, "--measure", story.measure, "--as-of", ON.isoformat())
    result = chora("lawful", folder, *asked, *facts, "--language", language)
    assert result.returncode == EXITS[story.answer], result.stderr
    decisive = checked[case_id].judgement.decisive
    assert decisive.sentence.in_language(language) in result.stdout
