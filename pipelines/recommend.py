"""The recipe of a recommendation: one for a case in the service, the same for a million.

Law first, then the model, then the explanation. Everything about a case depends on that case's
own rows alone, so its bytes are the same whoever else is asked about.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from explain.pair_facts import facts_of_ranked
from explain.record import build_explanations
from explain.what_if import with_counterfactuals
from features.catalogue import SOURCE_TABLES
from features.frame import build_features
from features.pairs import build_pairs
from law.case_facts.registers_unknown import COLUMN as UNKNOWN_REGISTERS
from law.catalogue import Measure, catalogue
from law.engine import excluded_facts, judge, law_version
from law.facts import build_facts
from models.bundle import Bundle
from models.errors import OtherLegalOrderError
from models.ranking import Ranking, rank_cases
from models.scoring import Scored, attribute, score
from pipelines.answer_files import AnswerFiles
from pipelines.beside import ask_first, similar_cases, verdicts_of, what_if
from registers.extract import Registers
from registers.outcomes import outstanding
from registers.snapshot import SET_ASIDE_REASONS, locate

Progress = Callable[[str], None]
BATCH = 5_000
"""Questions that are answered together: what memory has to hold."""
KEYS = ["case_id", "as_of_date"]
FRAMES = (
    "recommendations",
    "excluded",
    "explanations",
    "unknown",
    "similar",
    "what_if",
    "asking",
    "set_aside",
)
DEFAULT_TOP = 3
TRIED = ("n_tried", "days_since_tried", "tried_result")
"""What is known of a listed measure's earlier use in the case (features.catalogue.pairs)."""


@dataclass(frozen=True)
class Recommendations:
    """The frames of a recommendation and the questions that could not be answered.

    Columns and order are those of docs/reference/commands.md; `unknown` tells the registers of
    which not all is known of a case (case_id, as_of_date, register, why); `similar` counts what
    came back in comparable past cases (`explain.similar`); `what_if` tells what would change the
    first measure (`explain.what_if`), `asking` which unknown register to ask first
    (`explain.ask_first`); `set_aside` has case_id, as_of_date, reason_code, reason.
    """

    recommendations: pl.DataFrame
    excluded: pl.DataFrame
    explanations: pl.DataFrame
    unknown: pl.DataFrame
    similar: pl.DataFrame
    what_if: pl.DataFrame
    asking: pl.DataFrame
    set_aside: pl.DataFrame

    def write(self, folder: Path) -> None:
        """Write one Parquet file per frame into `folder`."""
        with AnswerFiles(folder, FRAMES) as files:
            for name in FRAMES:
                files.add(name, getattr(self, name))


@dataclass(frozen=True)
class Told:
    """How many questions were answered, of those that the registers have: `n_ranked` with ranked
    measures, of these `n_abstained`; `set_aside` as in Recommendations."""

    n_ranked: int
    n_abstained: int
    set_aside: pl.DataFrame


def recommend(
    registers: Registers,
    questions: pl.DataFrame,
    bundle: Bundle,
    top: int = DEFAULT_TOP,
    progress: Progress = lambda _: None,
) -> Recommendations:
    """Ranked lawful measures, exclusions and explanations for each question.

    `questions` has case_id and as_of_date. `top` limits the measures listed per case.

    Raises:
        OtherLegalOrderError: the model belongs to another legal order than the registers.
    """
    parts = list(in_batches(registers, questions, bundle, top, progress))
    frames = {name: pl.concat([getattr(part, name) for part in parts]) for name in FRAMES}
    return Recommendations(**frames | {"set_aside": frames["set_aside"].sort(*KEYS)})


def recommend_into(
    folder: Path,
    registers: Registers,
    questions: pl.DataFrame,
    bundle: Bundle,
    top: int = DEFAULT_TOP,
    progress: Progress = lambda _: None,
    others: pl.DataFrame | None = None,
) -> Told:
    """The same answers, written batch by batch: memory does not grow with the questions.

    `others` are questions that could not be read, with reasons, for the file of those set aside.
    The bytes are those of `Recommendations.write`.
    """
    aside = [] if others is None else [others]
    n_ranked = n_abstained = 0
    with AnswerFiles(folder, FRAMES) as files:
        for part in in_batches(registers, questions, bundle, top, progress):
            for name in FRAMES[:-1]:
                files.add(name, getattr(part, name))
            aside.append(part.set_aside)
            cases = part.recommendations.unique(KEYS)
            n_ranked += cases.height
            n_abstained += int(cases["abstained"].sum())
        set_aside = pl.concat(aside).sort(*KEYS, "reason")
        files.add("set_aside", set_aside)
    return Told(n_ranked, n_abstained, set_aside)


def in_batches(
    registers: Registers,
    questions: pl.DataFrame,
    bundle: Bundle,
    top: int = DEFAULT_TOP,
    progress: Progress = lambda _: None,
) -> Iterator[Recommendations]:
    """The answers to BATCH questions at a time, in the order of case and day; one part at least.

    Raises:
        OtherLegalOrderError: the model belongs to another legal order than the registers.
    """
    if bundle.legal_order != registers.legal_order.id:
        raise OtherLegalOrderError(bundle.legal_order, registers.legal_order.id)
    points, set_aside = locate(registers, questions)
    start, begin = 0, time.monotonic()
    while start < points.height or start == 0:
        end = _end_of_batch(points, start)
        progress(_how_far(start, end, points.height, time.monotonic() - begin))
        batch, untold = _with_known_amount(registers, points[start:end])
        found = _recommend_batch(registers, batch, bundle, top)
        yield Recommendations(
            found[0].sort(*KEYS, "rank"),
            found[1].sort(*KEYS, "measure"),
            found[2].sort(*KEYS, "rank"),
            found[3].sort(*KEYS, "register"),
            found[4].sort(*KEYS, "rank"),
            found[5].sort(*KEYS),
            found[6].sort(*KEYS, "place"),
            pl.concat([set_aside, untold]).sort(*KEYS),
        )
        start, set_aside = max(end, 1), set_aside.clear()


def _end_of_batch(points: pl.DataFrame, start: int) -> int:
    """Where a batch ends: after BATCH points, but between two questions and not within one."""
    end = min(start + BATCH, points.height)
    keys = points.select(KEYS)
    while start < end < points.height and keys.row(end) == keys.row(end - 1):
        end += 1
    return end


def _how_far(start: int, end: int, n: int, seconds: float) -> str:
    where = f"cases {start + 1:,} to {end:,} of {n:,}"
    if start == 0 or seconds <= 0:
        return where
    rate = start / seconds
    return f"{where}; {rate:,.0f} per second, {(n - start) / rate:,.0f} s left"


def _with_known_amount(
    registers: Registers, points: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The points of which it is known what is owed, and the others with their reason."""
    owed = outstanding(registers, points).filter(pl.col("outstanding_som").is_not_null())
    is_known = pl.col("point_id").is_in(owed["point_id"].implode())
    code = "amount_unknown"
    untold = points.filter(~is_known).select(
        "case_id",
        "as_of_date",
        reason_code=pl.lit(code),
        reason=pl.lit(SET_ASIDE_REASONS[code]),
    )
    return points.filter(is_known), untold


def _recommend_batch(
    registers: Registers, points: pl.DataFrame, bundle: Bundle, top: int
) -> tuple[pl.DataFrame, ...]:
    facts = build_facts(registers, points).sort("point_id")
    judged = judge(facts, bundle.legal_order)
    features = build_features(registers, points).sort("point_id")
    pairs = build_pairs(registers, points, facts)
    measures = catalogue(bundle.legal_order)
    scored = score(bundle, features, pairs, lawful_array(judged, points, bundle.measures))
    unknown = unknown_registers(facts)
    is_missing = points["point_id"].is_in(_bearing(unknown, bundle).implode()).to_numpy()
    weights = intrusiveness_of(measures, bundle.measures)
    ranking = rank_cases(scored, weights, features, bundle.limits, is_missing)
    ranked = ranked_rows(points, scored, ranking, measures).join(
        pairs.select("point_id", "measure", *TRIED),
        on=["point_id", "measure"],
        how="left",
        maintain_order="left",
    )
    hashes = input_hashes(features, pairs, facts)
    explained = ranked.filter(pl.col("rank") <= top + 1)
    attribution = attribute(
        bundle, features, pairs, explained["row"].to_numpy(), explained["arm"].to_numpy()
    )
    explanations = build_explanations(
        facts_of_ranked(features, pairs, explained),
        explained,
        attribution,
        measures,
        registers.legal_order,
    )
    listed = ranked.filter(pl.col("rank") <= top)
    changed = what_if(bundle, features, pairs, facts, ranked, measures, registers.legal_order)
    verdicts = verdicts_of(judged, points, bundle.measures)
    return (
        _recommendation_frame(listed, bundle, hashes),
        _excluded_frame(facts, judged, bundle),
        with_counterfactuals(explanations.filter(pl.col("rank") <= top), changed),
        unknown.drop("point_id"),
        similar_cases(bundle, features, pairs, listed),
        changed,
        ask_first(bundle, features, pairs, verdicts, ranked, unknown, measures),
    )


def unknown_registers(facts: pl.DataFrame) -> pl.DataFrame:
    """The registers of which not all is known: point_id, case_id, as_of_date, register, why."""
    told = pl.col(UNKNOWN_REGISTERS).str.split(" ")
    listed = facts.select("point_id", "case_id", "as_of_date", told.alias("register"))
    parts = pl.col("register").str.split_exact(":", 1)
    return (
        listed.explode("register")
        .drop_nulls("register")
        .with_columns(
            parts.struct.field("field_0").alias("register"),
            parts.struct.field("field_1").alias("why"),
        )
        .sort("case_id", "as_of_date", "register")
    )


def _bearing(unknown: pl.DataFrame, bundle: Bundle) -> pl.Series:
    """The points of which a register is unknown that the model reads and once was taught with."""
    never_had = bundle.report.get("registers_absent", ())
    read = [table for table in SOURCE_TABLES if table not in never_had]
    return unknown.filter(pl.col("register").is_in(read))["point_id"].unique()


def lawful_array(
    judged: pl.DataFrame, points: pl.DataFrame, measures: tuple[str, ...]
) -> NDArray[np.bool_]:
    """(n, m): True where the law allows the measure, rows in the order of `points`."""
    position = {p: i for i, p in enumerate(points["point_id"].to_list())}
    column = {m: a for a, m in enumerate(measures)}
    lawful = np.zeros((points.height, len(measures)), dtype=bool)
    allowed = judged.filter(pl.col("verdict") == "lawful", pl.col("measure").is_in(measures))
    rows = [position[p] for p in allowed["point_id"].to_list()]
    arms = [column[m] for m in allowed["measure"].to_list()]
    lawful[rows, arms] = True
    return lawful


def intrusiveness_of(measures: Mapping[str, Measure], ranked: tuple[str, ...]) -> NDArray[np.int64]:
    """Intrusiveness of each ranked measure, 1 (lightest) to 10."""
    return np.asarray([measures[m].intrusiveness for m in ranked], dtype=np.int64)


def ranked_rows(
    points: pl.DataFrame, scored: Scored, ranking: Ranking, measures: Mapping[str, Measure]
) -> pl.DataFrame:
    """One row per case and lawful measure, sorted by case, date and rank.

    `row` and `arm` are the positions in the arrays of `scored`.
    """
    rows, arms = np.nonzero(ranking.rank)
    net, owed = scored.net[rows, arms], scored.outstanding[rows]
    names = [scored.measures[a] for a in arms]
    return pl.DataFrame(
        {
            "point_id": points["point_id"].to_numpy()[rows],
            "case_id": points["case_id"].gather(rows),
            "as_of_date": points["as_of_date"].gather(rows),
            "rank": ranking.rank[rows, arms],
            "measure": names,
            "expected_net_som": net,
            "low_som": scored.low[rows, arms],
            "high_som": scored.high[rows, arms],
            "recovery_rate": np.where(owed > 0, scored.rate[rows, arms], 0.0),
            "p_any": scored.any_payment[rows, arms],
            "expected_own_som": _known(scored.made.own[rows, arms]),
            "reach_som": _known(scored.made.reach[rows, arms]),
            "expected_without_som": _known(scored.made.without[rows]),
            "days_to_payment": _known(scored.made.days[rows, arms]),
            "p_first": scored.compared.p_first[rows, arms],
            "behind_low_som": scored.compared.behind_low[rows, arms],
            "behind_high_som": scored.compared.behind_high[rows, arms],
            "intrusiveness": [measures[m].intrusiveness for m in names],
            "in_best_set": ranking.in_best_set[rows, arms],
            "abstain_reason": [ranking.abstain_reason[i] or None for i in rows],
            "row": rows,
            "arm": arms,
        },
        schema_overrides={
            "rank": pl.Int64,
            "measure": pl.String,
            "intrusiveness": pl.Int64,
            "in_best_set": pl.Boolean,
            "abstain_reason": pl.String,
            "row": pl.Int64,
            "arm": pl.Int64,
        },
    ).sort("case_id", "as_of_date", "rank")


def _known(values: NDArray[np.float64]) -> pl.Series:
    """Null instead of NaN: what nobody can say is no number."""
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)


def input_hashes(features: pl.DataFrame, pairs: pl.DataFrame, facts: pl.DataFrame) -> list[str]:
    """Per case the hash of all that the law and the model read about it."""
    ids = ["point_id"]
    by_point = pairs.group_by("point_id", maintain_order=True).agg(
        pl.struct(pl.exclude("point_id")).struct.json_encode().str.join(",")
    )
    of_measures = by_point.sort("point_id").to_series(1)
    known = features.drop(ids).select(pl.struct(pl.all()).struct.json_encode()).to_series()
    told = facts[UNKNOWN_REGISTERS]
    read = facts.drop(*ids, UNKNOWN_REGISTERS)
    law = read.select(pl.struct(pl.all()).struct.json_encode()).to_series()
    return [
        hashlib.sha256("\n".join(part for part in parts if part is not None).encode()).hexdigest()
        for parts in zip(
            known.to_list(), of_measures.to_list(), law.to_list(), told.to_list(), strict=True
        )
    ]


def _recommendation_frame(ranked: pl.DataFrame, bundle: Bundle, hashes: list[str]) -> pl.DataFrame:
    return ranked.with_columns(
        abstained=pl.col("abstain_reason").is_not_null(),
        # No register fact of this recipe is imputed: a missing one stays missing.
        estimated_facts=pl.lit([], dtype=pl.List(pl.String)),
        model_version=pl.lit(bundle.version),
        law_version=pl.lit(law_version(bundle.legal_order)),
        input_hash=pl.Series([hashes[i] for i in ranked["row"].to_list()], dtype=pl.String),
    ).select(
        "case_id",
        "as_of_date",
        "rank",
        "measure",
        "expected_net_som",
        "low_som",
        "high_som",
        "recovery_rate",
        "p_any",
        "expected_own_som",
        "reach_som",
        "expected_without_som",
        "days_to_payment",
        *TRIED,
        "p_first",
        "behind_low_som",
        "behind_high_som",
        "intrusiveness",
        "in_best_set",
        "abstained",
        "abstain_reason",
        "estimated_facts",
        "model_version",
        "law_version",
        "input_hash",
    )


def _excluded_frame(facts: pl.DataFrame, judged: pl.DataFrame, bundle: Bundle) -> pl.DataFrame:
    """Measures that are not ranked: refused, unfounded, cannot be told, or never learned."""
    refused = judged.filter(pl.col("verdict") != "lawful")
    refused = refused.with_columns(facts=excluded_facts(facts, refused))
    unlearned = judged.filter(
        pl.col("verdict") == "lawful", ~pl.col("measure").is_in(bundle.measures)
    ).with_columns(
        verdict=pl.lit("cannot_tell"),
        rule=pl.lit("too_few_past_decisions"),
        reason_code=pl.lit("too_few_past_decisions"),
        facts=pl.lit('{"legal_verdict":"lawful"}'),
    )
    columns = ["measure", "verdict", "rule", "article", "reason_code", "facts"]
    case = facts.select("point_id", "case_id", "as_of_date")
    both = pl.concat([f.select("point_id", *columns) for f in (refused, unlearned)])
    return both.join(case, on="point_id", how="left").select("case_id", "as_of_date", *columns)
