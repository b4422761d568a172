"""Training and judging on nations whose truth is known, one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models.bundle import load_bundle, save_bundle
from models.examples import build_examples
from models.rankers.base import KINDS
from models.report import build_report
from models.settings import TrainingSettings
from models.training import train
from pipelines.judging import judge
from pipelines.ranking_looked_at import LOOKED_AT
from pipelines.ranking_page import build_page
from pipelines.today import open_today
from registers.extract import load_tables
from registers.validation import validate_extract

Progress = Callable[[str], None]


def judge_nation(folder: Path, as_of: date, progress: Progress) -> Mapping[str, Any]:
    """Validate, train and judge the nation in `folder`; keeps its figures in judged.json."""
    kept = folder / "judged.json"
    if kept.exists():
        found: Mapping[str, Any] = json.loads(kept.read_text())
        return found
    if not (folder / "tables").exists():
        validate_extract(folder, folder / "tables", progress)
    registers = load_tables(folder / "tables")
    settings = TrainingSettings(kinds=KINDS)
    examples = build_examples(registers, as_of, progress=progress)
    trained = train(examples, settings, progress, open_today(registers, as_of, examples.measures))
    model = folder / "model"
    save_bundle(
        trained,
        model,
        version="uz-1",
        legal_order=registers.legal_order.id,
        as_of=as_of,
        law_version="",
        data_hash=registers.source_hash,
        report=build_report(trained),
    )
    judged = judge(registers, trained, load_bundle(model), folder / "truth")
    kept.write_text(json.dumps(judged, indent=1, sort_keys=True))
    return judged


def write_page(
    nations: Mapping[str, Path], debtors: int, as_of: date, page: Path, progress: Progress
) -> None:
    """Judge each nation (name to folder) and write the page."""
    judged = {}
    for name, folder in nations.items():
        judged[name] = judge_nation(folder, as_of, lambda s, n=name: progress(f"{n}: {s}"))  # type: ignore[misc]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(judged, debtors, LOOKED_AT))
