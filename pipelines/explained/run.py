"""Explanations judged on whole nations, one after the other, and the page of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from models.bundle import Bundle, load_bundle, save_bundle
from models.examples import build_examples
from models.report import build_report
from models.settings import TrainingSettings
from models.training import train
from pipelines.explained.answers import Answered, Cases, answer, open_cases
from pipelines.explained.counts import count_reasons, largest_error
from pipelines.explained.neutralise import neutralise
from pipelines.explained.page import build_page
from pipelines.explained.refits import compare_refit, learn_again
from pipelines.explained.shown import cases_to_read
from pipelines.explained.simulated_officer import can_find_mistakes
from pipelines.judging import truth_of
from pipelines.recommend import recommend
from pipelines.today import open_today
from registers.extract import Registers, load_tables
from registers.validation import validate_extract

Progress = Callable[[str], None]
N_TIMED: Final = 60
"""Cases whose whole recipe is timed one by one."""


@dataclass(frozen=True)
class Nation:
    """An invented nation on disk, with its truth, and how it is called on the page."""

    name: str
    folder: Path
    seed: int


def judge_nation(
    nation: Nation, as_of: date, settings: TrainingSettings, progress: Progress
) -> Mapping[str, Any]:
    """All figures of one nation; kept in explained.json of its folder and not worked out twice."""
    kept = nation.folder / "explained.json"
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    if not (nation.folder / "tables").exists():
        validate_extract(nation.folder, nation.folder / "tables", progress)
    registers = load_tables(nation.folder / "tables")
    examples = build_examples(registers, as_of, progress=progress)
    today = open_today(registers, as_of, examples.measures)
    trained = train(examples, settings, progress, today)
    folder = nation.folder / "models"
    save_bundle(
        trained,
        folder / "first",
        version="uz-1",
        legal_order=registers.legal_order.id,
        as_of=as_of,
        law_version="",
        data_hash=registers.source_hash,
        report=build_report(trained) | {"registers_absent": sorted(registers.absent)},
    )
    bundle = load_bundle(folder / "first")
    questions = pl.read_parquet(nation.folder / "questions.parquet")
    progress("answering")
    answered = answer(bundle, open_cases(registers, questions, bundle))
    found: dict[str, Any] = {
        "ranker": bundle.ranker.kind,
        "n_decisions": len(examples),
        "counts": count_reasons(answered),
        "cases": cases_to_read(answered),
        "additivity": largest_error(answered),
        "same_bytes": _same_bytes(registers, questions, bundle),
        "one_case": _time_of_one(registers, questions, bundle),
    }
    progress("reasons taken out of near-calls")
    found["neutralised"] = neutralise(answered, nation.seed)
    progress("a second model")
    refit = learn_again(examples, settings, today, bundle, folder / "second", progress)
    found["refit"] = compare_refit(answered, refit)
    progress("planted mistakes")
    truth = truth_of(registers, bundle.measures, nation.folder / "truth")
    honest: Answered = answer(bundle, Cases(truth.features, truth.pairs, truth.lawful))
    found["planted"] = can_find_mistakes(honest, truth, nation.seed)
    kept.write_text(json.dumps(found, indent=1, sort_keys=True))
    return found


def _same_bytes(registers: Registers, questions: pl.DataFrame, bundle: Bundle) -> bool:
    """Whether the records of some questions are the same alone and among all (B1)."""
    some = questions.sort("case_id").gather_every(max(1, questions.height // 30))
    both = [recommend(registers, some[::-1], bundle).explanations for _ in range(2)]
    alone = [recommend(registers, some[k : k + 1], bundle).explanations for k in range(some.height)]
    one_by_one = pl.concat(alone).sort("case_id", "as_of_date", "rank")
    return both[0].equals(both[1]) and both[0].equals(one_by_one)


def _time_of_one(
    registers: Registers, questions: pl.DataFrame, bundle: Bundle
) -> Mapping[str, float]:
    """Median and 95 % quantile of the milliseconds of one case's whole recipe, warm (B8)."""
    some = questions.sort("case_id").gather_every(max(1, questions.height // N_TIMED))
    recommend(registers, some[:3], bundle)
    took = []
    for k in range(some.height):
        begin = time.perf_counter()
        recommend(registers, some[k : k + 1], bundle)
        took.append(1000.0 * (time.perf_counter() - begin))
    return {"median": float(np.median(took)), "p95": float(np.quantile(took, 0.95))}


def write_page(
    nations: list[Nation],
    drivers: Mapping[str, Any],
    as_of: date,
    page: Path,
    settings: TrainingSettings,
    progress: Progress,
) -> None:
    """Judge each nation and write the page; `drivers` as `drivers.judge_drivers` returns."""
    judged = {
        nation.name: judge_nation(
            nation,
            as_of,
            settings,
            lambda s, n=nation.name: progress(f"{n}: {s}"),  # type: ignore[misc]
        )
        for nation in nations
    }
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(build_page(judged, drivers))
