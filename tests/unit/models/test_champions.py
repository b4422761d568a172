"""Promotions: named, with a reason, kept for ever, and a changed history is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from models import registry
from models.champions import HEAD, HISTORY, add_promotion, locked, read_history
from models.errors import HistoryBrokenError, PromotionUnsignedError, TrackingRefusedError
from models.registry import Store, promote

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
    monkeypatch.setattr(registry, "_tracking", lambda _store: Alias())
    return Store(tmp_path)


def add(models: Path, version: str, on: str = "2026-04-01") -> None:
    with locked(models):
        add_promotion(models, on, "uz", {"version": version, **RECORD})


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "—", "...", "123", "\u00a0\u200b"])
@pytest.mark.parametrize("option", ["by", "reason"])
def test_nobody_promotes_without_a_name_and_a_reason(store: Store, blank: str, option: str) -> None:
    said = {"by": "K. Analyst", "reason": "Gain as in the report.", option: blank}
    with pytest.raises(PromotionUnsignedError, match=f"--{option}") as refused:
        promote(store, "uz-1", by=said["by"], reason=said["reason"])
    assert refused.value.exit_code == 2
    assert store.history() == []


def test_every_promotion_is_kept_with_its_day_person_reason_and_bundle(store: Store) -> None:
    for version in ("uz-1", "uz-2", "uz-1"):
        promote(store, version, by=" K.  Analyst", reason="Gain as in the report.")
    history = store.history()
    assert [one.version for one in history] == ["uz-1", "uz-2", "uz-1"]
    assert {one.by for one in history} == {"K. Analyst"}
    assert all(one.on and one.bundle_hash == "7" * 64 for one in history)
    assert history[0].previous == "0" * 64
    assert [one.previous for one in history[1:]] == [one.hash for one in history[:-1]]
    assert store.champion_version("uz") == "uz-1"
    assert (store.models / HISTORY).stat().st_mode & 0o077 == 0


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
    promote(store, "uz-2", by="K. Analyst", reason="Better calibrated.")
    assert [(one.version, one.by) for one in store.history()] == [
        ("uz-1", "K. Analyst"),
        ("uz-2", "K. Analyst"),
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
