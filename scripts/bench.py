"""Measure the program on an invented nation and print ratios (`make bench`).

Ratios within one run on one machine are what can be compared; seconds are printed beside them.
Each figure is the best of three runs, after one run that warms up.
"""

import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from features.frame import build_features
from features.pairs import build_pairs
from law.engine import judge, lawful_measures
from law.facts import build_facts
from law.generated import generated_facts
from law.rules import deriver_of, rules_of
from ledger.appending import append_entry
from ledger.file_store import FileEntryStore
from ledger.publishing import publish
from ledger.signing import Ed25519Signer
from ledger.verification import verify
from models.rankers import SLearner
from models.registry import Store
from models.scoring import score
from nation.invent import invent, write_nation
from pipelines.recommend import recommend
from pipelines.train import train_candidate
from registers.extract import Registers, load_tables
from registers.snapshot import locate
from registers.validation import validate_extract

AS_OF = date(2026, 4, 1)
SEED = 20_260_401
N_ENTRIES = 2_000
N_CASES = 1_000_000


def best_of(work: Callable[[], object], n_runs: int = 3) -> float:
    """Give the seconds of the fastest of some runs."""
    work()
    seconds = []
    for _ in range(n_runs):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def say(what: str, seconds: float, n_units: int, unit: str, ratio: str = "") -> None:
    """Print one line: seconds, rate and the ratio that matters."""
    rate = n_units / seconds
    print(f"{what:<44} {seconds:8.3f} s  {rate:>12,.0f} {unit}/s  {ratio}")


def load_nation(folder: Path, n_debtors: int) -> Registers:
    """Give the accepted tables of a new invented nation."""
    begin = time.perf_counter()
    write_nation(invent(n_debtors, SEED, AS_OF), folder)
    say("invent the nation", time.perf_counter() - begin, n_debtors, "debtors")
    begin = time.perf_counter()
    report = validate_extract(folder, folder / "tables")
    n_rows = sum(table.read for table in report.tables.values())
    say("validate", time.perf_counter() - begin, n_rows, "rows")
    return load_tables(folder / "tables")


def bench_points(registers: Registers, questions: pl.DataFrame) -> None:
    """Compare one case at a time with all at once, for features and for the law."""
    points, _ = locate(registers, questions)
    one, _ = locate(registers, questions.head(1))
    order = registers.legal_order.id
    works: dict[str, Callable[[pl.DataFrame], object]] = {
        "features": partial(build_features, registers),
        "case facts": partial(build_facts, registers),
        "law with its facts": lambda p: judge(build_facts(registers, p), order),
    }
    for what, work in works.items():
        single, batch = best_of(partial(work, one)), best_of(partial(work, points))
        ratio = single * points.height / batch
        say(f"{what}, one case", single, 1, "cases")
        say(
            f"{what}, {points.height} cases at once",
            batch,
            points.height,
            "cases",
            f"{ratio:,.0f}x",
        )


def bench_recommending(registers: Registers, questions: pl.DataFrame) -> None:
    """Compare the whole recipe with LightGBM's own explanation of the same number of rows."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name))
        version = train_candidate(registers, AS_OF, store).version
        bundle = store.load(version)
    say("train", time.perf_counter() - began, 1, "models")
    points, _ = locate(registers, questions)
    features = build_features(registers, points).sort("point_id")
    pairs = build_pairs(registers, points, build_facts(registers, points))
    lawful = np.ones((points.height, len(bundle.measures)), dtype=bool)
    seconds = best_of(lambda: score(bundle, features, pairs, lawful))
    n_pairs = lawful.size
    say("score with intervals, all measures", seconds, n_pairs, "pairs")
    inputs = bundle.design.inputs(features, pairs)
    x = inputs.under(np.zeros(points.height, dtype=np.int64)).with_arm()
    outcome = bundle.fold_nuisances[0].outcome
    assert isinstance(outcome, SLearner)  # noqa: S101  (that is what training fits)
    peer = best_of(lambda: outcome.outcome.booster.predict(x, pred_contrib=True))
    say("pred_contrib of one fold's outcome model (the peer)", peer, points.height, "rows")
    whole = best_of(lambda: recommend(registers, questions, bundle))
    ratio = f"{whole / peer:,.1f}x the peer"
    say("recommend: law, ranking, explanation", whole, points.height, "cases", ratio)
    one = questions.head(1)
    narrowed = registers.for_case(one["case_id"][0])
    alone = best_of(lambda: recommend(narrowed, one, bundle))
    say("recommend one case", alone, 1, "cases")


def bench_law() -> None:
    """Judge a million invented cases; the peer is Polars asking the bare conditions once."""
    facts = generated_facts(N_CASES, SEED)
    rules = rules_of("uz")
    conditions = {id(c): c.holds for r in rules.values() for c in r.conditions}
    bare = [holds.alias(str(i)) for i, holds in conditions.items()]
    peer = best_of(lambda: facts.select(bare), n_runs=1)
    say(f"the bare {len(bare)} conditions (the peer)", peer, N_CASES, "cases")
    whole = best_of(lambda: lawful_measures(facts), n_runs=1)
    ratio = f"{whole / peer:,.1f}x the peer"
    say(f"lawful measures, {len(rules)} each", whole, N_CASES, "cases", ratio)
    judged = best_of(lambda: judge(facts, "uz"), n_runs=1)
    ratio = f"{judged / peer:,.1f}x the peer"
    say("verdicts with rule, article, reason", judged, N_CASES, "cases", ratio)
    derived = best_of(lambda: deriver_of("uz")(facts), n_runs=1)
    say("amounts and deadlines", derived, N_CASES, "cases", f"{derived / peer:,.1f}x the peer")


def bench_ledger(folder: Path) -> None:
    """Compare verifying a ledger with the least that it could cost: hashing its entries."""
    store, signer = FileEntryStore(folder / "entries"), Ed25519Signer.load_or_create(folder / "key")
    begin = time.perf_counter()
    for number in range(N_ENTRIES):
        append_entry(store, {"decision": f"d-{number}", "note": "x" * 300})
    say(
        "append entries, each forced to the disk", time.perf_counter() - begin, N_ENTRIES, "entries"
    )
    begin = time.perf_counter()
    publish(folder / "ledger", store, signer)
    say("publish them at once", time.perf_counter() - begin, N_ENTRIES, "entries")
    entries = store.entries(0, N_ENTRIES)
    floor = best_of(lambda: [hashlib.sha256(entry).digest() for entry in entries])
    checked = best_of(lambda: verify(folder / "ledger"))
    ratio = f"{checked / floor:,.0f}x the bare hashing"
    say("verify them", checked, N_ENTRIES, "entries", ratio)


def main() -> None:
    """Run every benchmark; the number of debtors may be given."""
    n_debtors = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench_law()
        registers = load_nation(folder / "nation", n_debtors)
        questions = pl.read_parquet(folder / "nation" / "questions.parquet")
        bench_points(registers, questions)
        bench_recommending(registers, questions)
        bench_ledger(folder)


if __name__ == "__main__":
    main()
