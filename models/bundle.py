"""A trained model as a folder of text files: what scoring needs, hashed, without MLflow.

bundle.json      format, versions, measures, costs, encoder, rankers, hashes of the trees
trees/*.txt      LightGBM's own text format
report.json      what the training found (figures for analysts, no rows of persons)
lineage.json     where the tables it was trained on came from, where their validation recorded it
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from features.catalogue import FEATURES
from law.catalogue import catalogue
from models.boosting import Trees, Vector
from models.calibration import Isotonic
from models.design import Encoder
from models.errors import BundleDamagedError, BundleFormatError
from models.nuisance import Nuisances
from models.rankers import ConstantRanker, DRLearner, Ranker, SLearner
from models.training import Trained
from models.unknown import UnknownCost
from registers.lineage import LINEAGE_FILE, Lineage

FORMAT = 3


@dataclass(frozen=True)
class Bundle:
    """A model ready to score. `fold_*` were each fitted without one fold of debtors;
    `interval_scale`, `hidden_sd` and `unknown_cost` set its intervals (models.intervals)."""

    version: str
    legal_order: str
    as_of: date
    law_version: str
    data_hash: str
    measures: tuple[str, ...]
    costs: Vector
    encoder: Encoder
    ranker: Ranker
    fold_rankers: tuple[Ranker, ...]
    nuisances: Nuisances
    fold_nuisances: tuple[Nuisances, ...]
    any_payment: Trees
    interval_scale: float
    hidden_sd: float
    unknown_cost: UnknownCost
    trim: float
    report: Mapping[str, Any]
    bundle_hash: str

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The columns of the feature frame that the model reads, in order."""
        return self.encoder.columns

    @property
    def n_folds(self) -> int:
        """How many folds debtors were divided into."""
        return len(self.fold_rankers)


class _TreeFolder:
    """Names and writes each ensemble once; remembers the hash of what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hashes: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def put(self, name: str, trees: Trees) -> str:
        digest = hashlib.sha256(trees.text.encode()).hexdigest()
        if digest in self._names:
            return self._names[digest]
        file = f"trees/{name}.txt"
        (self.folder / file).write_text(trees.text)
        self.hashes[file] = digest
        self._names[digest] = file
        return file


def save_bundle(
    trained: Trained,
    folder: Path,
    *,
    version: str,
    legal_order: str,
    as_of: date,
    law_version: str,
    data_hash: str,
    report: Mapping[str, Any],
    lineage: Lineage | None = None,
) -> None:
    """Write `trained` to `folder` (made new; an existing one is an error of the caller)."""
    (folder / "trees").mkdir(parents=True)
    trees = _TreeFolder(folder)
    body = {
        "format": FORMAT,
        "version": version,
        "legal_order": legal_order,
        "as_of": as_of.isoformat(),
        "law_version": law_version,
        "data_hash": data_hash,
        "measures": list(trained.examples.measures),
        "costs": [float(c) for c in trained.costs],
        "encoder": trained.encoder.as_dict(),
        "ranker": _ranker_spec(trained.ranker, "full", trees),
        "fold_rankers": [
            _ranker_spec(r, f"fold{k}", trees) for k, r in enumerate(trained.fold_rankers)
        ],
        "nuisances": _nuisance_spec(trained.nuisances, "full", trees),
        "fold_nuisances": [
            _nuisance_spec(n, f"fold{k}", trees) for k, n in enumerate(trained.fold_nuisances)
        ],
        "any_payment": trees.put("any_payment", trained.any_payment),
        "interval_scale": trained.interval_scale,
        "hidden_sd": trained.hidden_sd,
        "unknown_cost": trained.unknown_cost.as_dict(),
        "settings": trained.settings.as_dict(),
    }
    beside = {"report.json": json.dumps(report, indent=1, sort_keys=True)}
    if lineage is not None:
        beside[LINEAGE_FILE] = lineage.as_text()
    hashes = trees.hashes | {name: _write(folder / name, text) for name, text in beside.items()}
    text = json.dumps(body | {"files": hashes}, indent=1, sort_keys=True)
    (folder / "bundle.json").write_text(text)


def _write(file: Path, text: str) -> str:
    """Writes a text and gives its SHA-256."""
    content = text.encode()
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _ranker_spec(ranker: Ranker, name: str, trees: _TreeFolder) -> dict[str, Any]:
    if isinstance(ranker, ConstantRanker):
        usual = trees.put(f"{name}_usual", ranker.usual)
        return {"kind": ranker.kind, "usual": usual, "delta": list(ranker.delta)}
    if isinstance(ranker, SLearner):
        return {"kind": ranker.kind, "outcome": trees.put(f"{name}_by_measure", ranker.outcome)}
    assert isinstance(ranker, DRLearner)  # noqa: S101
    return {
        "kind": ranker.kind,
        "usual": trees.put(f"{name}_usual", ranker.usual),
        "effects": [trees.put(f"{name}_effect{a}", t) for a, t in enumerate(ranker.effects)],
        "calibrations": [{"x": list(c.x), "y": list(c.y)} for c in ranker.calibrations],
    }


def _nuisance_spec(nuisances: Nuisances, name: str, trees: _TreeFolder) -> dict[str, Any]:
    m_hat = nuisances.propensity
    return {
        "propensity": None if m_hat is None else trees.put(f"{name}_propensity", m_hat),
        "outcome": trees.put(f"{name}_outcome", nuisances.outcome),
        "usual": trees.put(f"{name}_usual", nuisances.usual),
        "n_measures": nuisances.n_measures,
    }


def load_bundle(folder: Path) -> Bundle:
    """The model in `folder`.

    Raises:
        BundleDamagedError: a file is missing or not the one that training wrote.
        BundleFormatError: written by another version of the program.
    """
    try:
        text = (folder / "bundle.json").read_text()
        body = json.loads(text)
    except (OSError, ValueError) as error:
        raise BundleDamagedError(folder, "bundle.json") from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        found = body.get("format") if isinstance(body, dict) else None
        raise BundleFormatError(folder, f"format {found}", f"format {FORMAT}")
    _check_known(folder, body)
    texts = {file: _checked(folder, file, digest) for file, digest in body["files"].items()}
    loaded: dict[str, Trees] = {}

    def trees(file: str) -> Trees:
        if file not in loaded:
            loaded[file] = Trees.from_text(texts[file])
        return loaded[file]

    return Bundle(
        version=body["version"],
        legal_order=body["legal_order"],
        as_of=date.fromisoformat(body["as_of"]),
        law_version=body["law_version"],
        data_hash=body["data_hash"],
        measures=tuple(body["measures"]),
        costs=np.asarray(body["costs"], dtype=float),
        encoder=Encoder.from_dict(body["encoder"]),
        ranker=_ranker(body["ranker"], trees),
        fold_rankers=tuple(_ranker(spec, trees) for spec in body["fold_rankers"]),
        nuisances=_nuisances(body["nuisances"], trees),
        fold_nuisances=tuple(_nuisances(spec, trees) for spec in body["fold_nuisances"]),
        any_payment=trees(body["any_payment"]),
        interval_scale=float(body["interval_scale"]),
        hidden_sd=float(body["hidden_sd"]),
        unknown_cost=UnknownCost.from_dict(body["unknown_cost"]),
        trim=float(body["settings"]["trim"]),
        report=json.loads(texts["report.json"]),
        bundle_hash=hashlib.sha256(text.encode()).hexdigest(),
    )


def _check_known(folder: Path, body: Mapping[str, Any]) -> None:
    """Refuse a model of features or measures that this program does not have."""
    features = set(body["encoder"]["columns"]) - {f.name for f in FEATURES}
    measures = set(body["measures"]) - set(catalogue(body["legal_order"]))
    for unknown, what in ((features, "the feature"), (measures, "the measure")):
        if unknown:
            found = f"{what} {sorted(unknown)[0]}"
            raise BundleFormatError(folder, found, "others (it belongs to another version)")


def _checked(folder: Path, file: str, digest: str) -> str:
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except OSError as error:
        raise BundleDamagedError(folder, file) from error
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise BundleDamagedError(folder, file)
    return text


def _ranker(spec: Mapping[str, Any], trees: Callable[[str], Trees]) -> Ranker:
    if spec["kind"] == "constant":
        return ConstantRanker(trees(spec["usual"]), tuple(spec["delta"]))
    if spec["kind"] == "s_learner":
        return SLearner(trees(spec["outcome"]))
    return DRLearner(
        trees(spec["usual"]),
        tuple(trees(t) for t in spec["effects"]),
        tuple(Isotonic(tuple(c["x"]), tuple(c["y"])) for c in spec["calibrations"]),
    )


def _nuisances(spec: Mapping[str, Any], trees: Callable[[str], Trees]) -> Nuisances:
    m_hat = None if spec["propensity"] is None else trees(spec["propensity"])
    return Nuisances(m_hat, trees(spec["outcome"]), trees(spec["usual"]), spec["n_measures"])
