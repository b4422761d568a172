"""A trained model as a folder of text files: what scoring needs, hashed, without MLflow.

bundle.json      format, versions, measures, costs, encoder, rankers, hashes of the trees
trees/*.txt      LightGBM's own text format
report.json      what the training found (figures for analysts, no rows of persons)
donors.json      what registers say of past cases, without persons (models.donors)
ranges.json      what values each number had in training, to two digits (models.ranges)
neighbours.json  past decisions by the leaves they end in, without persons (models.neighbours)
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
from features.catalogue.pairs import PAIR_FEATURES
from law.catalogue import catalogue
from models.abstention import AbstentionLimits
from models.boosting import Trees, Vector
from models.composition import Composition
from models.donors import Donors, learn_donors, read_donors
from models.errors import BundleDamagedError, BundleFormatError
from models.grove import groves_of
from models.inputs import Design
from models.intervals import Hidden
from models.neighbours import Neighbours, learn_neighbours, read_neighbours
from models.nuisance import Nuisances
from models.ranges import Ranges, learn_ranges, ranges_text, read_ranges
from models.ranker_text import ranker_from, ranker_text
from models.rankers.base import Ranker
from models.spread import Spread
from models.training import Trained
from models.unknown import UnknownCost
from registers.lineage import LINEAGE_FILE, Lineage

FORMAT = 4
NEIGHBOURS_FILE = "neighbours.json"
RANGES_FILE = "ranges.json"
DONORS_FILE = "donors.json"


@dataclass(frozen=True)
class Bundle:
    """A model ready to score. `fold_*` were each fitted without one fold of debtors;
    `interval_scale`, `hidden` and `unknown_cost` set its intervals (models.intervals).
    `neighbours`, `ranges` and `donors` are None in a model that was trained before there were any.
    """

    version: str
    legal_order: str
    as_of: date
    law_version: str
    data_hash: str
    measures: tuple[str, ...]
    costs: Vector
    design: Design
    ranker: Ranker
    fold_rankers: tuple[Ranker, ...]
    propensity: Trees | None
    fold_nuisances: tuple[Nuisances, ...]
    any_payment: Trees
    composition: Composition
    interval_scale: float
    hidden: Hidden
    unknown_cost: UnknownCost
    limits: AbstentionLimits
    trim: float
    report: Mapping[str, Any]
    bundle_hash: str
    neighbours: Neighbours | None = None
    ranges: Ranges | None = None
    donors: Donors | None = None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The facts of a case, and of a measure in it, that the model tells of, in order."""
        names = self.design.names
        return tuple(names[j] for j in self.design.told)

    @property
    def spread(self) -> Spread:
        """What sets the width of its intervals."""
        return Spread(self.interval_scale, self.hidden, self.unknown_cost)

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
        "design": trained.design.as_dict(),
        "fold_rankers": [
            ranker_text(r, f"fold{k}", trees.put) for k, r in enumerate(trained.fold_rankers)
        ],
        "ranker": ranker_text(trained.ranker, "full", trees.put),
        "propensity": (
            None if trained.propensity is None else trees.put("propensity", trained.propensity)
        ),
        "fold_nuisances": [
            _nuisance_spec(n, f"fold{k}", trees) for k, n in enumerate(trained.fold_nuisances)
        ],
        "any_payment": trees.put("any_payment", trained.any_payment),
        "composition": _composition_spec(trained.composition, trees),
        "interval_scale": trained.interval_scale,
        "hidden": trained.hidden.as_dict(),
        "unknown_cost": trained.unknown_cost.as_dict(),
        "limits": trained.limits.as_dict(),
        "settings": trained.settings.as_dict(),
    }
    beside = {
        "report.json": json.dumps(report, indent=1, sort_keys=True),
        **_past_cases(trained, as_of),
    }
    if lineage is not None:
        beside[LINEAGE_FILE] = lineage.as_text()
    hashes = trees.hashes | {name: _write(folder / name, text) for name, text in beside.items()}
    text = json.dumps(body | {"files": hashes}, indent=1, sort_keys=True)
    (folder / "bundle.json").write_text(text)


def _past_cases(trained: Trained, as_of: date) -> dict[str, str]:
    """The files that tell of past cases, none of which names a person."""
    examples, m = trained.examples, len(trained.examples.measures)
    inputs = trained.design.inputs(examples.features, examples.pairs)
    groves = groves_of(trained.ranker, trained.fold_nuisances, m)
    neighbours = learn_neighbours(examples, inputs, groves, as_of)
    return {
        NEIGHBOURS_FILE: neighbours.as_text(),
        RANGES_FILE: ranges_text(learn_ranges(examples.features)),
        DONORS_FILE: learn_donors(examples, inputs, trained.design, neighbours).as_text(),
    }


def _write(file: Path, text: str) -> str:
    """Writes a text and gives its SHA-256."""
    content = text.encode()
    file.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _nuisance_spec(nuisances: Nuisances, name: str, trees: _TreeFolder) -> dict[str, Any]:
    m_hat = nuisances.propensity
    return {
        "propensity": None if m_hat is None else trees.put(f"{name}_propensity", m_hat),
        "outcome": ranker_text(nuisances.outcome, f"{name}_outcome", trees.put),  # type: ignore[arg-type]
        "usual": trees.put(f"{name}_usual", nuisances.usual),
        "n_measures": nuisances.n_measures,
    }


def _composition_spec(made_of: Composition, trees: _TreeFolder) -> dict[str, Any]:
    named = {"own": made_of.own, "on_its_way": made_of.on_its_way, "days": made_of.days}
    files = {n: None if found is None else trees.put(n, found) for n, found in named.items()}
    return {**files, "window_days": made_of.window_days}


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

    ranker = ranker_from(body["ranker"], trees)
    fold_nuisances = tuple(_nuisances(spec, trees) for spec in body["fold_nuisances"])
    neighbours = None
    if NEIGHBOURS_FILE in texts:
        groves = groves_of(ranker, fold_nuisances, len(body["measures"]))
        neighbours = read_neighbours(texts[NEIGHBOURS_FILE], groves)
    return Bundle(
        version=body["version"],
        legal_order=body["legal_order"],
        as_of=date.fromisoformat(body["as_of"]),
        law_version=body["law_version"],
        data_hash=body["data_hash"],
        measures=tuple(body["measures"]),
        costs=np.asarray(body["costs"], dtype=float),
        design=Design.from_dict(body["design"]),
        ranker=ranker,
        fold_rankers=tuple(ranker_from(spec, trees) for spec in body["fold_rankers"]),
        propensity=None if body["propensity"] is None else trees(body["propensity"]),
        fold_nuisances=fold_nuisances,
        any_payment=trees(body["any_payment"]),
        composition=_composition(body["composition"], trees),
        interval_scale=float(body["interval_scale"]),
        hidden=Hidden(**body["hidden"]),
        unknown_cost=UnknownCost.from_dict(body["unknown_cost"]),
        limits=AbstentionLimits(**body["limits"]),
        trim=float(body["settings"]["trim"]),
        report=json.loads(texts["report.json"]),
        bundle_hash=hashlib.sha256(text.encode()).hexdigest(),
        neighbours=neighbours,
        ranges=read_ranges(texts[RANGES_FILE]) if RANGES_FILE in texts else None,
        donors=read_donors(texts[DONORS_FILE]) if DONORS_FILE in texts else None,
    )


def _composition(spec: Mapping[str, Any], trees: Callable[[str], Trees]) -> Composition:
    own, on_its_way, days = (
        None if spec[name] is None else trees(spec[name]) for name in ("own", "on_its_way", "days")
    )
    return Composition(own, on_its_way, days, int(spec["window_days"]))


def _check_known(folder: Path, body: Mapping[str, Any]) -> None:
    """Refuse a model of features or measures that this program does not have."""
    read = {*body["design"]["encoder"]["columns"], *body["design"]["pair_columns"]}
    features = read - {f.name for f in (*FEATURES, *PAIR_FEATURES)}
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


def _nuisances(spec: Mapping[str, Any], trees: Callable[[str], Trees]) -> Nuisances:
    m_hat = None if spec["propensity"] is None else trees(spec["propensity"])
    outcome = ranker_from(spec["outcome"], trees)
    return Nuisances(m_hat, outcome, trees(spec["usual"]), spec["n_measures"])
