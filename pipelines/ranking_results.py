"""Training and judging on nations whose truth is known, one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from law.catalogue import catalogue
from models.bundle import Bundle, load_bundle, save_bundle
from models.examples import build_examples
from models.rankers.base import KINDS
from models.report import build_report
from models.settings import TrainingSettings
from models.training import Today, Trained, train
from pipelines.ablation import ablate
from pipelines.judging import Scale, judge, truth_of
from pipelines.peers import choices_of, fit_oracle
from pipelines.ranking_looked_at import LOOKED_AT
from pipelines.ranking_page import build_page
from pipelines.recommend import intrusiveness_of
from pipelines.today import open_today
from registers.extract import Registers, load_tables
from registers.validation import validate_extract

Progress = Callable[[str], None]
Judged = Mapping[str, Any]


@dataclass(frozen=True)
class Nation:
    """An invented nation on disk: its `folder`, that of the same nation with choices drawn by
    lottery (None: not compared), its `world` in words, and what else is asked of it: where it is
    judged as a `whole`, every learner is trained and every part of the recipe taken back."""

    name: str
    folder: Path
    lottery: Path | None
    world: str
    with_econml: bool = True
    is_whole: bool = False


def judge_nation(nation: Nation, as_of: date, progress: Progress) -> Judged:
    """Validate, train and judge a nation; keeps its figures in judged.json of its folder.

    What was judged before is not judged again, but for parts that were not asked for then.
    """
    kept = nation.folder / "judged.json"
    judged: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    missing = [part for part in _parts(nation) if part not in judged]
    if not missing:
        return judged
    registers = _tables(nation.folder, progress)
    settings = TrainingSettings(kinds=KINDS) if nation.is_whole else TrainingSettings()
    examples = build_examples(registers, as_of, progress=progress)
    today = open_today(registers, as_of, examples.measures)
    trained = train(examples, settings, progress, today)
    bundle = _bundle_of(trained, registers, as_of, nation.folder / "model")
    truth = truth_of(registers, bundle.measures, nation.folder / "truth")
    judged |= judge(trained, bundle, truth) | {"world": nation.world}
    kept.write_text(json.dumps(judged, indent=1, sort_keys=True))
    scale = Scale(truth)
    if "econml" in missing:
        progress("EconML's DR-learner")
        inputs = bundle.design.inputs(truth.features, truth.pairs)
        picked = fit_oracle(trained).choices(truth, inputs, bundle.costs)
        judged["econml"] = scale.closed(scale.of_some(picked))
        kept.write_text(json.dumps(judged, indent=1, sort_keys=True))
    if "ablation" in missing:
        weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
        judged["ablation"] = ablate(
            trained,
            bundle,
            truth,
            weights,
            today,
            as_of,
            judged["learners"],
            nation.folder / "ablation",
            progress,
        )
        kept.write_text(json.dumps(judged, indent=1, sort_keys=True))
    del trained, examples, today
    if nation.lottery is not None and "unconfounded" in missing:
        peer, n = _unconfounded(nation.lottery, as_of, progress)
        its_truth = truth_of(registers, peer.measures, nation.folder / "truth")
        picked = choices_of(peer, its_truth, truth, bundle.measures)
        judged["unconfounded"] = scale.closed(scale.of_some(picked))
        judged["unconfounded_n"] = n
        kept.write_text(json.dumps(judged, indent=1, sort_keys=True))
    return judged


def _parts(nation: Nation) -> list[str]:
    asked = {
        "learners": True,
        "econml": nation.with_econml,
        "ablation": nation.is_whole,
        "unconfounded": nation.lottery is not None,
    }
    return [part for part, is_asked in asked.items() if is_asked]


def _tables(folder: Path, progress: Progress) -> Registers:
    if not (folder / "tables").exists():
        validate_extract(folder, folder / "tables", progress)
    return load_tables(folder / "tables")


def _unconfounded(folder: Path, as_of: date, progress: Progress) -> tuple[Bundle, int]:
    """The recipe as it is, on the nation whose choices were drawn; and how many decisions."""
    progress("the same nation, choices drawn by lottery")
    registers = _tables(folder, progress)
    examples = build_examples(registers, as_of, progress=progress)
    today: Today | None = open_today(registers, as_of, examples.measures)
    trained = train(examples, TrainingSettings(), progress, today)
    return _bundle_of(trained, registers, as_of, folder / "model"), len(examples)


def _bundle_of(trained: Trained, registers: Registers, as_of: date, folder: Path) -> Bundle:
    save_bundle(
        trained,
        folder,
        version="uz-1",
        legal_order=registers.legal_order.id,
        as_of=as_of,
        law_version="",
        data_hash=registers.source_hash,
        report=build_report(trained),
    )
    return load_bundle(folder)


def write_page(
    nations: list[Nation], debtors: int, as_of: date, page: Path, progress: Progress
) -> None:
    """Judge each nation and write the page."""
    judged = {}
    for nation in nations:
        judged[nation.name] = judge_nation(
            nation,
            as_of,
            lambda s, n=nation.name: progress(f"{n}: {s}"),  # type: ignore[misc]
        )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(judged, debtors, LOOKED_AT))
