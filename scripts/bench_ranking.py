"""Measure ranking with intervals beside LightGBM's bare predictions of the same trees.

`make bench`, or `bench_ranking.py CASES DEBTORS`. A model is trained on an invented nation and made
to rank by the stack of the constant order, the S- and the X-learner; every measure counts as lawful
in every case, which no law allows. Batches are drawn from the nation's open cases on twelve days.

The floor is what LightGBM takes with two threads for every ensemble once, on matrices that are made
beforehand: ensembles that read the case alone once per case, trees of the others that do not split
on a fact of the measure counted once per case too. Cases per second are those of `score` and
`rank_cases` together: features, law, explanations and files are measured in bench.py.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from features.frame import build_features
from features.pairs import build_pairs
from law.catalogue import catalogue
from law.facts import build_facts
from models.boosting import Matrix, Trees
from models.bundle import Bundle
from models.examples import build_examples
from models.grid import Grid
from models.levels import straight
from models.rankers import Calibrated, ConstantRanker, EffectLearner, SLearner, bag
from models.rankers.blend import Blend
from models.ranking import rank_cases
from models.registry import Store
from models.scoring import score
from models.settings import TrainingSettings
from models.training import train
from nation.invent import invent, write_nation
from pipelines.recommend import BATCH, intrusiveness_of
from pipelines.today import open_today
from pipelines.train import register_candidate
from registers.extract import Registers, load_tables
from registers.outcomes import outstanding
from registers.snapshot import locate
from registers.validation import validate_extract

AS_OF = date(2026, 4, 1)
SEED = 20_260_401
DAYS = tuple(AS_OF - timedelta(days=11 * k) for k in range(12))
CORES = 2
MEASURES = 14


def stacked(registers: Registers, folder: Path) -> Bundle:
    """A model whose ranking is the mean of the folds' stacks, whatever the tournament chose."""
    settings = TrainingSettings()
    examples = build_examples(registers, AS_OF, min_per_measure=settings.min_per_measure)
    today = open_today(registers, AS_OF, examples.measures)
    trained = train(examples, settings, today=today)
    store = Store(folder)
    bundle = store.load(register_candidate(trained, registers, AS_OF, store).version)
    stacks, level = trained.by_fold["stack"], straight(len(bundle.measures))
    fold_rankers = tuple(Calibrated(stack, level) for stack in stacks)
    return replace(bundle, ranker=Calibrated(bag(stacks), level), fold_rankers=fold_rankers)


def pool(registers: Registers, questions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Features and pairs of the open cases as they were on each of DAYS."""
    asked = pl.concat([questions.with_columns(as_of_date=pl.lit(day)) for day in DAYS])
    points, _ = locate(registers, asked)
    owed = outstanding(registers, points).filter(pl.col("outstanding_som").is_not_null())
    points = points.filter(pl.col("point_id").is_in(owed["point_id"].implode()))
    features = build_features(registers, points).sort("point_id")
    return features, build_pairs(registers, points, build_facts(registers, points))


def batches(
    features: pl.DataFrame, pairs: pl.DataFrame, n: int
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """n cases drawn from the pool, BATCH at a time, within a batch each at most once if it can."""
    rng, m = np.random.default_rng(SEED), pairs.height // features.height
    for start in range(0, n, BATCH):
        size = min(BATCH, n - start)
        rows = rng.choice(features.height, size, replace=size > features.height)
        yield features[rows], pairs[(rows[:, None] * m + np.arange(m)).ravel()]


def rank(bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame) -> None:
    """What the recipe does between the frames and the rows of an answer."""
    lawful = np.ones((features.height, len(bundle.measures)), dtype=np.bool_)
    scored = score(bundle, features, pairs, lawful)
    weights = intrusiveness_of(catalogue(bundle.legal_order), bundle.measures)
    rank_cases(scored, weights, features, bundle.limits)


def timed(
    bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame, n: int
) -> tuple[float, float]:
    """Seconds by the clock and seconds of the processor for n cases, drawing them left out."""
    clock = processor = 0.0
    for batch in batches(features, pairs, n):
        begin, used = time.perf_counter(), time.process_time()
        rank(bundle, *batch)
        clock += time.perf_counter() - begin
        processor += time.process_time() - used
    return clock, processor


def ensembles(ranker: object) -> Iterator[tuple[str, int, Trees]]:
    """Every ensemble of a ranker: what it reads, of which measure, its trees."""
    match ranker:
        case Calibrated():
            yield from ensembles(ranker.inner)
        case Blend():
            for member in ranker.members:
                yield from ensembles(member)
        case ConstantRanker():
            yield "case", 0, ranker.usual
        case SLearner():
            yield "pair", 0, ranker.outcome
        case EffectLearner():
            yield "case", 0, ranker.usual
            yield from (("measure", a, trees) for a, trees in enumerate(ranker.effects))


def floor(bundle: Bundle, features: pl.DataFrame, pairs: pl.DataFrame) -> tuple[float, float]:
    """Seconds that LightGBM takes for a batch: by the clock and of the processor."""
    inputs = bundle.design.inputs(features, pairs)
    n, m, d = len(inputs), len(bundle.measures), inputs.cases.shape[1]
    grid = Grid(inputs, np.ones((n, m), dtype=np.bool_))
    every = inputs.of(grid.row, grid.arm).with_arm()
    made = bundle.composition
    asked = {id(trees): (reads, a, trees) for reads, a, trees in ensembles(bundle.ranker)}
    for trees in (bundle.any_payment, made.own, made.days):
        asked |= {} if trees is None else {id(trees): ("pair", 0, trees)}
    for trees in (made.on_its_way, bundle.propensity):
        asked |= {} if trees is None else {id(trees): ("case", 0, trees)}
    clock = processor = 0.0
    for reads, a, trees in asked.values():
        x: Matrix = inputs.cases
        if reads != "case":
            x = every if reads == "pair" else np.ascontiguousarray(every[grid.arm == a, :-1])
        begin, used = time.perf_counter(), time.process_time()
        trees.booster.predict(x, raw_score=True, num_threads=CORES)
        share = 1.0
        if reads == "pair" and trees.masks is not None:
            of_case = [all(j < d for j, _ in tree.tables) for tree in trees.masks.trees]
            share = 1.0 - float(np.mean(of_case)) * (1.0 - 1.0 / m)
        clock += share * (time.perf_counter() - begin)
        processor += share * (time.process_time() - used)
    return clock, processor


def say(what: str, clock: float, processor: float, n: int, m: int) -> None:
    """Print one line: cases per second, and as many as with MEASURES measures."""
    full = n * CORES / processor
    print(
        f"{what:<36} {n:>9,} cases x {m}  {clock:8.2f} s  {processor:8.2f} s of processor  "
        f"{n / clock:>7,.0f} cases/s; {full:,.0f} with {CORES} cores to itself, "
        f"{full * m / MEASURES:,.0f} of {MEASURES} measures"
    )


def peak() -> float:
    """The most memory that the process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    """Rank N and 4 N cases and compare."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    n_debtors = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_nation(invent(n_debtors, SEED, AS_OF), folder / "nation")
        validate_extract(folder / "nation", folder / "nation" / "tables")
        registers = load_tables(folder / "nation" / "tables")
        questions = pl.read_parquet(folder / "nation" / "questions.parquet")
        bundle = stacked(registers, folder / "store")
        features, pairs = pool(registers, questions)
    m = len(bundle.measures)
    first = next(batches(features, pairs, BATCH))
    clock, processor = timed(bundle, features, pairs, BATCH)
    say("first batch, tables of trees made", clock, processor, BATCH, m)
    bare, bare_processor = floor(bundle, *first)
    say("LightGBM's bare predictions (floor)", bare, bare_processor, BATCH, m)
    for size in (n, 4 * n):
        clock, processor = timed(bundle, features, pairs, size)
        say("rank with intervals", clock, processor, size, m)
        ratio = processor / size / (bare_processor / BATCH)
        print(f"    {ratio:.2f}x LightGBM's floor; peak memory {peak():.2f} GB")


if __name__ == "__main__":
    main()
