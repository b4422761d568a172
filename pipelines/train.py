"""The recipe of training: examples, model, report, gates, a registered candidate."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from law.engine import law_version
from models.bundle import save_bundle
from models.examples import build_examples
from models.gates.gate import Gate, with_verdict
from models.registry import Store, register
from models.report import build_report
from models.settings import TrainingSettings
from models.training import Trained, train
from pipelines.audit import audit
from pipelines.challenge import challenge, champion_of
from pipelines.today import open_today
from registers.extract import Registers
from registers.lineage import Lineage

Progress = Callable[[str], None]


@dataclass(frozen=True)
class TrainingResult:
    """The candidate's version and what its training found."""

    version: str
    report: Mapping[str, Any]

    @property
    def failed_gates(self) -> list[str]:
        """Sentences of the gates that failed."""
        return [g["sentence"] for g in with_verdict(self.report["gates"], "failed")]


def train_candidate(
    registers: Registers,
    as_of: date,
    store: Store,
    settings: TrainingSettings | None = None,
    progress: Progress = lambda _: None,
    lineage: Lineage | None = None,
) -> TrainingResult:
    """Train on what was known on `as_of` and register the candidate, gates passed or not.

    `lineage` tells where the registers came from; the model keeps it.

    Raises:
        TooFewExamplesError: too few decisions with a closed outcome window.
    """
    settings = settings or TrainingSettings()
    examples = build_examples(
        registers, as_of, min_per_measure=settings.min_per_measure, progress=progress
    )
    progress("cases that are open today")
    today = open_today(registers, as_of, examples.measures)
    trained = train(examples, settings, progress, today)
    champion = champion_of(store, registers.legal_order.id)
    progress("gates: registers, law, groups, people")
    looked_at = list(audit(trained, registers, as_of, today, champion))
    tested = challenge(trained, registers, champion, progress)
    progress("evaluating out of fold")
    gates = [*looked_at, *tested.gates]
    return register_candidate(trained, registers, as_of, store, lineage, gates)


def register_candidate(
    trained: Trained,
    registers: Registers,
    as_of: date,
    store: Store,
    lineage: Lineage | None = None,
    more_gates: Sequence[Gate] = (),
) -> TrainingResult:
    """Report on a trained model and register it as a candidate."""
    report = build_report(trained) | {"registers_absent": sorted(registers.absent)}
    report["gates"] += [gate.as_dict() for gate in more_gates]
    law = law_version(registers.legal_order.id)
    version = _register(trained, report, registers, as_of, store, law, lineage)
    return TrainingResult(version, report)


def _register(
    trained: Trained,
    report: Mapping[str, Any],
    registers: Registers,
    as_of: date,
    store: Store,
    law: str,
    lineage: Lineage | None,
) -> str:
    legal_order = registers.legal_order.id

    def save(folder: Path, version: str) -> None:
        save_bundle(
            trained,
            folder,
            version=version,
            legal_order=legal_order,
            as_of=as_of,
            law_version=law,
            data_hash=registers.source_hash,
            report=report,
            lineage=lineage,
        )

    tags = {
        "legal_order": legal_order,
        "as_of": as_of.isoformat(),
        "data_hash": registers.source_hash,
        "law_version": law,
        "code_version": package_version("chora"),
        "ranker": trained.tournament.chosen,
    } | _lineage_tags(lineage)
    return register(
        store,
        legal_order,
        params=flat_params(trained.settings),
        metrics=headline_metrics(report),
        tags=tags,
        save=save,
    )


def _lineage_tags(lineage: Lineage | None) -> dict[str, str]:
    """What a run tells of its sources; the whole lineage is its artefact bundle/lineage.json."""
    if lineage is None:
        return {}
    manifests = [extract.manifest_sha256 or "no manifest" for extract in lineage.extracts]
    return {
        "lineage_sha256": hashlib.sha256(lineage.as_text().encode()).hexdigest(),
        "sources": "; ".join(extract.source for extract in lineage.extracts),
        "manifests": "; ".join(manifests),
    }


def flat_params(settings: TrainingSettings) -> dict[str, object]:
    """The settings with dotted names, as MLflow wants its parameters."""
    flat: dict[str, object] = {}
    for key, value in settings.as_dict().items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": v for inner, v in value.items()}
        else:
            flat[key] = value
    return flat


def headline_metrics(report: Mapping[str, Any]) -> dict[str, float]:
    """The figures by which runs are compared."""
    values = report["values"]
    metrics = {
        "n_examples": report["examples"]["n"],
        "value_officers": values["officers"]["value"],
        "value_dr": values["chosen"]["dr"]["value"],
        "value_snips": values["chosen"]["snips"]["value"],
        "gain_over_officers": values["gain_over_officers"]["value"],
        "gain_over_officers_se": values["gain_over_officers"]["se"],
        "effective_n": values["chosen"]["dr"]["effective_n"],
        "calibration_slope": report["calibration"]["pooled"]["slope"],
        "interval_scale": report["interval_scale"],
        "gates_failed": len(with_verdict(report["gates"], "failed")),
    }
    for entry in report["tournament"]["entries"]:
        metrics[f"tournament_{entry['kind']}"] = entry["value"]["value"]
        metrics[f"loss_{entry['kind']}"] = entry["loss"]
    return {k: float(v) for k, v in metrics.items() if math.isfinite(v)}
