"""Model versions: MLflow keeps the runs, a folder of text keeps what the service reads.

A version is called `<legal order>-<number>`, as in uz-3; the number is MLflow's. The alias
`champion` names the version that answers; only two named persons move it, and only through every
gate (`models.promotion`). The service reads STORE/models/<version> and the history of champions
(`models.champions`), never MLflow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.bundle import Bundle, load_bundle
from models.champions import HEAD, Step, read_history
from models.errors import (
    BundleDamagedError,
    NoModelError,
    UnknownModelError,
)


@dataclass(frozen=True)
class Store:
    """The folder that holds database, MLflow's store, models and ledger."""

    folder: Path

    @property
    def models(self) -> Path:
        """Where the exported models are."""
        return self.folder / "models"

    @property
    def champions(self) -> Path:
        """The file that notes the end of the history of champions."""
        return self.models / HEAD

    def versions(self, legal_order: str | None = None) -> list[str]:
        """Versions in the store, oldest first."""
        found = [p.name for p in self.models.glob("*-*") if (p / "bundle.json").exists()]
        mine = [v for v in found if legal_order is None or v.rpartition("-")[0] == legal_order]
        numbered = [v for v in mine if v.rpartition("-")[2].isdigit()]
        return sorted(numbered, key=lambda v: (v.rpartition("-")[0], int(v.rpartition("-")[2])))

    def champion_version(self, legal_order: str) -> str | None:
        """The champion's version, or None where nobody promoted one yet."""
        record = self.champion_record(legal_order)
        return None if record is None else str(record["version"])

    def champion_record(self, legal_order: str) -> Mapping[str, Any] | None:
        """Version, person, reason of the promotion in force."""
        record = self.champion_records().get(legal_order)
        return record if isinstance(record, dict) else None

    def champion_records(self) -> dict[str, Any]:
        """The promotions in force, by legal order; empty where nobody promoted one yet."""
        return {one.legal_order: asdict(one) for one in self.history() if one.makes_champion}

    def history(self) -> list[Step]:
        """Every proposal, confirmation and refusal, and the promotions of older versions, the
        first one first; raises DamagedRecordError, HistoryBrokenError."""
        return read_history(self.models)

    def load(self, version: str) -> Bundle:
        """The model of that version; the champion must be the very one that was promoted.

        Raises:
            UnknownModelError: there is none.
            BundleDamagedError: it is not what training wrote, or not what was promoted.
        """
        if version not in self.versions():
            raise UnknownModelError(version, self.versions())
        bundle = load_bundle(self.models / version)
        record = self.champion_record(bundle.legal_order)
        promoted = record is not None and record.get("version") == version
        if record is not None and promoted and record.get("bundle_hash") != bundle.bundle_hash:
            raise BundleDamagedError(self.models / version, "bundle.json")
        return bundle


def choose_model(store: Store, legal_order: str, version: str | None = None) -> tuple[Bundle, str]:
    """The model that answers, and a sentence that says which and why.

    The version asked for; else the champion; else the newest candidate.

    Raises:
        NoModelError, UnknownModelError.
    """
    if version is not None:
        return store.load(version), f"Model {version}, as asked for."
    champion = store.champion_version(legal_order)
    if champion is not None:
        return store.load(champion), f"Model {champion}, the champion."
    candidates = store.versions(legal_order)
    if not candidates:
        raise NoModelError(legal_order)
    newest = candidates[-1]
    return store.load(newest), f"No champion yet: model {newest}, the newest candidate."


def register(
    store: Store,
    legal_order: str,
    *,
    params: Mapping[str, object],
    metrics: Mapping[str, float],
    tags: Mapping[str, str],
    save: Callable[[Path, str], None],
) -> str:
    """Log a run to MLflow, register its candidate version and export it; the version's name.

    `save(folder, version)` writes the bundle.
    """
    version: str = tracking(store).register(legal_order, params, metrics, tags, save)
    return version


def tracking(store: Store) -> Any:
    """MLflow, with its store in STORE."""
    # MLflow takes seconds to import and only training and promotion need it.
    from models.tracking import Tracking

    return Tracking(store.folder)
