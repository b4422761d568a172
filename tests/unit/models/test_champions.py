"""Promotions: by two people, with reasons, kept for ever, and a changed history is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from models import promotion
from models.champions import HEAD, HISTORY, Step, add_step, locked, open_proposal, read_history
from models.errors import (
    GateFailedError,
    HistoryBrokenError,
    NothingProposedError,
    OneWaitsError,
    OwnProposalError,
    PromotionUnsignedError,
    ProposedOtherwiseError,
    TrackingRefusedError,
)
from models.promotion import confirm, propose, refuse
from models.registry import Store

ONE, OTHER = "D. Karimova", "B. Yusupov"
RECORD = {"by": "K. Analyst", "reason": "Gain as in the report.", "bundle_hash": "7" * 64}


class FakeBundle:
    legal_order = "uz"
    report: dict[str, Any] = {"gates": []}  # noqa: RUF012 - read only
    bundle_hash = "7" * 64


class Alias:
    """MLflow's part of a promotion."""

    def set_alias(self, *_: str) -> None:
        """Take everything."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(Store, "load", lambda _self, _version: FakeBundle())
    monkeypatch.setattr(promotion, "tracking", lambda _store: Alias())
    return Store(tmp_path)


def add(models: Path, version: str, on: str = "2026-04-01") -> None:
    with locked(models):
        add_step(models, on, "uz", {"version": version, **RECORD})


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "—", "...", "123", "\u00a0\u200b"])
@pytest.mark.parametrize("option", ["by", "reason"])
def test_nobody_promotes_without_a_name_and_a_reason(store: Store, blank: str, option: str) -> None:
    said = {"by": "K. Analyst", "reason": "Gain as in the report.", option: blank}
    with pytest.raises(PromotionUnsignedError, match=f"--{option}") as refused:
        propose(store, "uz-1", by=said["by"], reason=said["reason"])
    assert refused.value.exit_code == 2
    assert store.history() == []
    propose(store, "uz-1", by=ONE, reason="Gain as in the report.")
    for answer in (confirm, refuse):
        with pytest.raises(PromotionUnsignedError, match=f"--{option}"):
            answer(store, "uz-1", by=said["by"], reason=said["reason"])
    assert store.champion_version("uz") is None


def make_champion(store: Store, version: str) -> Step:
    propose(store, version, by=f" {ONE} ", reason="Gain as in the report.")
    return confirm(store, version, by=OTHER, reason="Read it too.")


def test_every_step_is_kept_with_its_day_person_reason_and_bundle(store: Store) -> None:
    for version in ("uz-1", "uz-2", "uz-1"):
        make_champion(store, version)
    history = store.history()
    assert [one.version for one in history] == ["uz-1"] * 2 + ["uz-2"] * 2 + ["uz-1"] * 2
    assert [one.by for one in history] == [ONE, OTHER] * 3
    assert [one.kind for one in history] == ["proposed", "confirmed"] * 3
    assert [one.of for one in history] == [None, 1, None, 3, None, 5]
    assert all(one.on and one.bundle_hash == "7" * 64 for one in history)
    assert history[0].previous == "0" * 64
    assert [one.previous for one in history[1:]] == [one.hash for one in history[:-1]]
    assert store.champion_version("uz") == "uz-1"
    assert (store.models / HISTORY).stat().st_mode & 0o077 == 0


def test_a_proposal_alone_makes_no_champion_and_the_old_one_answers_on(store: Store) -> None:
    propose(store, "uz-1", by=ONE, reason="Gain as in the report.")
    assert store.champion_version("uz") is None
    confirm(store, "uz-1", by=OTHER, reason="Read it too.")
    propose(store, "uz-2", by=OTHER, reason="Better.")
    assert store.champion_version("uz") == "uz-1"


@pytest.mark.parametrize("same", [ONE, "KARIMOVA D.", "Dilnoza  Karimova", "Д. Каримова"])
def test_nobody_confirms_their_own_proposal(store: Store, same: str) -> None:
    propose(store, "uz-1", by=ONE, reason="Gain as in the report.")
    with pytest.raises(OwnProposalError, match="Ask a colleague"):
        confirm(store, "uz-1", by=same, reason="Read it.")
    assert len(store.history()) == 1
    assert store.champion_version("uz") is None


def test_a_refused_proposal_changes_nothing_and_is_kept_and_another_may_follow(
    store: Store,
) -> None:
    make_champion(store, "uz-1")
    propose(store, "uz-2", by=ONE, reason="Gain as in the report.")
    with pytest.raises(OneWaitsError, match="uz-2"):
        propose(store, "uz-3", by=OTHER, reason="Mine is better.")
    refused = refuse(store, "uz-2", by=OTHER, reason="Levies are overstated.")
    assert (refused.kind, refused.of, refused.reason) == ("refused", 3, "Levies are overstated.")
    assert store.champion_version("uz") == "uz-1"
    with pytest.raises(NothingProposedError, match="Nobody proposed uz-2"):
        confirm(store, "uz-2", by=OTHER, reason="On second thoughts.")
    propose(store, "uz-3", by=ONE, reason="Levies are right.")
    refuse(store, "uz-3", by=ONE, reason="Taken back.")
    assert open_proposal(store.history(), "uz") is None


def test_only_the_version_that_was_proposed_can_be_confirmed(store: Store) -> None:
    with pytest.raises(NothingProposedError, match="No proposal waits"):
        confirm(store, "uz-1", by=OTHER, reason="Read it.")
    propose(store, "uz-1", by=ONE, reason="Gain as in the report.")
    with pytest.raises(NothingProposedError, match="that waits is uz-1"):
        confirm(store, "uz-2", by=OTHER, reason="Read it.")


def test_a_model_that_changed_since_its_proposal_is_not_confirmed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(store, "uz-1", by=ONE, reason="Gain as in the report.")
    monkeypatch.setattr(FakeBundle, "bundle_hash", "8" * 64)
    with pytest.raises(ProposedOtherwiseError, match="not those that were proposed"):
        confirm(store, "uz-1", by=OTHER, reason="Read it.")
    assert store.champion_version("uz") is None


def test_a_failed_gate_stops_both_people_and_one_that_cannot_tell_is_kept_with_both(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gates(verdict: str) -> None:
        gate = {"name": "champion", "verdict": verdict, "sentence": "too bad"}
        monkeypatch.setattr(FakeBundle, "report", {"gates": [gate]})

    gates("failed")
    with pytest.raises(GateFailedError, match="too bad"):
        propose(store, "uz-1", by=ONE, reason="Hurry.")
    assert store.history() == []
    gates("cannot_tell")
    assert propose(store, "uz-1", by=ONE, reason="The first.").cannot_tell == ("champion",)
    gates("failed")
    with pytest.raises(GateFailedError):
        confirm(store, "uz-1", by=OTHER, reason="Hurry.")
    gates("cannot_tell")
    assert confirm(store, "uz-1", by=OTHER, reason="Read it.").cannot_tell == ("champion",)


def write_chained(models: Path, steps: list[dict[str, Any]]) -> None:
    """Lines and a noted end whose hashes are right, whoever wrote them."""
    lines, before = b"", "0" * 64
    for n, step in enumerate(steps, start=1):
        blank = {"on": "2026-04-01", "legal_order": "uz", "version": "uz-1", **RECORD}
        one = Step(**{"n": n, "previous": before, **blank, **step})
        lines, before = lines + one.line(), one.hash
    (models / HISTORY).write_bytes(lines)
    head = {"history": {"n": len(steps), "hash": before}}
    (models / HEAD).write_text(json.dumps(head))


@pytest.mark.parametrize(
    "forged",
    [
        [{"kind": "confirmed", "of": 1}],
        [{"kind": "proposed"}, {"kind": "confirmed", "of": 1}],  # by the same person
        [{"kind": "proposed"}, {"kind": "confirmed", "of": 1, "by": OTHER, "version": "uz-2"}],
        [{"kind": "proposed"}, {"kind": "confirmed", "of": 1, "by": OTHER, "bundle_hash": "8"}],
        [{"kind": "proposed"}, {"kind": "proposed"}],
        [{"kind": "proposed"}, {"kind": "promoted"}],  # the old way round the second person
        [{"kind": "proposed"}, {"kind": "refused", "of": 1}, {"kind": "confirmed", "of": 1}],
    ],
)
def test_lines_that_go_round_the_second_person_are_found(
    tmp_path: Path, forged: list[dict[str, Any]]
) -> None:
    write_chained(tmp_path, forged)
    with pytest.raises(HistoryBrokenError):
        read_history(tmp_path)
    write_chained(tmp_path, [{"kind": "proposed"}, {"kind": "confirmed", "of": 1, "by": OTHER}])
    assert read_history(tmp_path)[-1].makes_champion


def test_lines_of_one_person_from_before_stand_and_two_people_follow(store: Store) -> None:
    old = (
        b'{"bundle_hash":"' + b"7" * 64 + b'","by":"K. Analyst","legal_order":"uz","n":1,'
        b'"on":"2026-03-30","previous":"' + b"0" * 64 + b'","reason":"Gain as in the report.",'
        b'"version":"uz-1"}\n'
    )
    store.models.mkdir()
    (store.models / HISTORY).write_bytes(old)
    assert store.champion_version("uz") == "uz-1"
    make_champion(store, "uz-2")
    assert (store.models / HISTORY).read_bytes().startswith(old)
    assert [one.kind for one in store.history()] == ["promoted", "proposed", "confirmed"]
    assert store.champion_version("uz") == "uz-2"


def changed(lines: list[bytes]) -> dict[str, list[bytes]]:
    """What can be done to three lines."""
    first = json.loads(lines[0]) | {"reason": "Another reason."}
    text = json.dumps(first, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "first removed": lines[1:],
        "middle removed": [lines[0], lines[2]],
        "last removed": lines[:2],
        "all removed": [],
        "swapped": [lines[1], lines[0], lines[2]],
        "changed": [text.encode() + b"\n", *lines[1:]],
        "last changed": [*lines[:2], lines[2].replace(b"uz-3", b"uz-9")],
        "half a line": [*lines[:2], lines[2][:40]],
        "doubled": [*lines, lines[2]],
        "no line": [*lines[:2], b"{}\n"],
    }


@pytest.mark.parametrize("how", sorted(changed([b"{}\n"] * 3)))
def test_a_removed_or_changed_promotion_is_found(tmp_path: Path, how: str) -> None:
    for n in (1, 2, 3):
        add(tmp_path, f"uz-{n}")
    lines = (tmp_path / HISTORY).read_bytes().splitlines(keepends=True)
    (tmp_path / HISTORY).write_bytes(b"".join(changed(lines)[how]))
    with pytest.raises(HistoryBrokenError, match="Restore") as broken:
        read_history(tmp_path)
    assert broken.value.exit_code == 30
    with pytest.raises(HistoryBrokenError):
        add(tmp_path, "uz-4")


def test_a_history_that_was_deleted_is_found(tmp_path: Path) -> None:
    add(tmp_path, "uz-1")
    (tmp_path / HISTORY).unlink()
    with pytest.raises(HistoryBrokenError):
        read_history(tmp_path)


def test_an_end_that_is_noted_nowhere_is_found(tmp_path: Path) -> None:
    for n in (1, 2, 3):
        add(tmp_path, f"uz-{n}")
    lines = (tmp_path / HISTORY).read_bytes().splitlines(keepends=True)
    (tmp_path / HISTORY).write_bytes(b"".join(lines[:2]))
    (tmp_path / HEAD).unlink()
    with pytest.raises(HistoryBrokenError):
        read_history(tmp_path)


def test_a_promotion_whose_end_was_not_noted_in_time_counts(tmp_path: Path) -> None:
    add(tmp_path, "uz-1")
    before = (tmp_path / HEAD).read_bytes()
    add(tmp_path, "uz-2")
    (tmp_path / HEAD).write_bytes(before)  # the machine stopped between the two files
    assert [one.version for one in read_history(tmp_path)] == ["uz-1", "uz-2"]
    add(tmp_path, "uz-3")
    assert [one.version for one in read_history(tmp_path)] == ["uz-1", "uz-2", "uz-3"]


def test_an_older_list_of_champions_becomes_the_first_promotion(store: Store) -> None:
    store.models.mkdir()
    older = {"uz": {"version": "uz-1", **RECORD}}
    store.champions.write_text(json.dumps(older))
    assert store.champion_version("uz") == "uz-1"
    make_champion(store, "uz-2")
    assert [(one.version, one.by) for one in store.history()] == [
        ("uz-1", "K. Analyst"),
        ("uz-2", ONE),
        ("uz-2", OTHER),
    ]
    assert store.history()[0].on is None
    assert store.champion_version("uz") == "uz-2"


def test_promotions_at_the_same_time_lose_none(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add(tmp_path, f"uz-{n}"), range(24)))
    history = read_history(tmp_path)
    assert sorted(one.version for one in history) == sorted(f"uz-{n}" for n in range(24))
    assert [one.n for one in history] == list(range(1, 25))


def test_a_store_of_runs_that_refuses_promotes_nobody_and_repeats_nothing(
    tmp_path: Path,
) -> None:
    from models.tracking import Tracking

    tracking = Tracking(tmp_path / "store")
    with pytest.raises(TrackingRefusedError) as refused:
        tracking.set_alias("uz-1", "Aliyev Vali", "31234567890123")
    assert refused.value.__suppress_context__
    assert "Aliyev" not in str(refused.value)
