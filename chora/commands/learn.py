"""Training, evaluating, promoting, recommending."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chora.console import progress, say, show_table
from chora.options import DEFAULT_STORE, Day, Out, Store, Tables, as_day, today
from chora.reading import load_tables_and_law
from chora.store_config import remember_tables

if TYPE_CHECKING:
    from registers.lineage import Lineage

Model = Annotated[str | None, typer.Option("--model", help="A version, as in uz-3.")]
GATE_FAILED = 13
SET_ASIDE = 11


def train(tables: Tables, as_of: Day, store: Store = DEFAULT_STORE) -> None:
    """Learn a ranking from decisions whose outcome window had passed; register a candidate.

    Exit 13: the candidate is registered, but a gate failed, so it cannot be promoted.
    """
    from models.registry import Store as ModelStore
    from pipelines.train import train_candidate

    with progress("training") as step:
        registers = load_tables_and_law(tables)
        lineage = _lineage(tables, registers.source_hash)
        result = train_candidate(
            registers, as_day(as_of), ModelStore(store), progress=step, lineage=lineage
        )
        remember_tables(store, tables)
    _show_training(result.version, result.report)
    if result.failed_gates:
        raise typer.Exit(GATE_FAILED)
    say(f"Next: chora promote {result.version} --store {store} --by PERSON --reason TEXT")


def _lineage(tables: Path, source_hash: str) -> Lineage | None:
    """Where the tables came from; of tables that an analyst changed on purpose nobody knows."""
    from registers.lineage import OtherTablesError, lineage_of

    try:
        return lineage_of(tables, source_hash)
    except OtherTablesError as changed:
        say(f"{changed} The model is trained, but keeps no origin.")
        return None


def _show_training(version: str, report: Mapping[str, Any]) -> None:
    examples, tournament = report["examples"], report["tournament"]
    say(f"Candidate {version}: {examples['n']} decisions on {examples['n_debtors']} debtors.")
    left_out = ", ".join(f"{k} {v}" for k, v in examples["left_out"].items() if v)
    say(f"Left out: {left_out or 'nothing'}.")
    rows = [
        (
            e["kind"] + (" (chosen)" if e["kind"] == tournament["chosen"] else ""),
            interval(e["value"]),
            "–" if e["kind"] == "constant" else f"{e['slope']:.2f} ± {e['slope_se']:.2f}",
        )
        for e in tournament["entries"]
    ]
    show_table(
        "Rankers, out of fold: doubly robust value per decision (winsorised), 95 % interval",
        ["ranker", "value", "slope of effects"],
        rows,
    )
    say(tournament["reason"])
    values = report["values"]
    say(f"Officers' own choices brought {interval(values['officers'])} per decision.")
    say(f"The chosen ranking is worth {interval(values['chosen']['dr'])} (doubly robust).")
    for gate in report["gates"]:
        say(f"{'passed' if gate['passed'] else 'FAILED'}  {gate['name']}: {gate['sentence']}")


def interval(value: Mapping[str, float]) -> str:
    """An estimate with its 95 % interval, whole units."""
    return f"{value['value']:,.0f} ({value['low']:,.0f} to {value['high']:,.0f})"


def evaluate(
    tables: Tables,
    store: Store = DEFAULT_STORE,
    model: Model = None,
    truth: Annotated[
        Path | None, typer.Option(help="The truth folder of an invented nation.")
    ] = None,
) -> None:
    """Say what a model's ranking is worth on past decisions, and in truth where truth is known."""
    from models.registry import Store as ModelStore
    from models.registry import choose_model
    from pipelines.evaluate import evaluate_logged
    from pipelines.truth import true_value

    with progress("evaluating") as step:
        registers = load_tables_and_law(tables)
        bundle, which = choose_model(ModelStore(store), registers.legal_order.id, model)
        report = evaluate_logged(registers, bundle, step)
        if truth is not None:
            step("comparing with the truth")
            report["truth"] = true_value(registers, bundle, truth)
    say(which)
    _show_evaluation(report)
    path = store / "reports" / f"evaluation-{bundle.version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=1, sort_keys=True))
    say(f"Report: {path}")


def _show_evaluation(report: Mapping[str, Any]) -> None:
    values = report["values"]
    rows = [("officers", interval(values["officers"]), "", "")]
    for name in ("best_expected", "as_shown"):
        v = values[name]
        rows.append((name, interval(v["dr"]), interval(v["snips"]), interval(v["ips"])))
    title = f"Net recovery per decision over {report['n_decisions']} past decisions, out of fold"
    show_table(title, ["policy", "DR", "SNIPS", "IPS"], rows)
    for name in ("best_expected", "as_shown"):
        say(f"{name}: {_hidden(values[name]['sensitivity'])}")
    rows = [
        (
            m,
            f"{c['slope']:.2f} ± {c['se']:.2f}",
            f"{c['mean_expected_rate']:.3f}",
            f"{c['mean_doubly_robust_rate']:.3f}",
        )
        for m, c in report["calibration"].items()
    ]
    columns = ["measure", "slope", "expected share", "doubly robust share"]
    show_table("Calibration of expected shares", columns, rows)
    if "truth" in report:
        _show_truth(report["truth"])


def _hidden(gamma: Mapping[str, float | None]) -> str:
    """How strong the reasons that no register holds may be before the gain is gone."""
    if gamma["point"] is None:
        return "no gain over the officers, whatever no register holds."
    sure = "not sure even without" if gamma["sure"] is None else f"sure up to {gamma['sure']:.2f}"
    return (
        "better than the officers while reasons that no register holds change the odds of a "
        f"choice by a factor of at most {gamma['point']:.2f} ({sure})."
    )


def _show_truth(truth: Mapping[str, Any]) -> None:
    optimum = truth["optimum"]
    names = ("officers", "money_first", "chosen_as_shown", "chosen_best_expected", "optimum")
    rows = [
        (name, f"{truth[name]:,.0f}", f"{truth[name] / optimum:.1%}")
        for name in names
        if truth[name] is not None
    ]
    title = f"True net recovery per open claim ({truth['n_cases']} claims)"
    show_table(title, ["policy", "value", "of the optimum"], rows)
    say(f"90 % intervals hold the truth in {truth['interval_coverage']:.1%} of measures.")
    slopes = ", ".join(f"{m} {v:.2f}" for m, v in truth["calibration"].items())
    say(f"Slope of truth on expectation: {slopes}.")
    say(f"Ranked measures that the truth calls unlawful: {truth['refused_by_truth']}.")


def promote(
    version: Annotated[str, typer.Argument(help="The candidate, as in uz-3.")],
    by: Annotated[str, typer.Option(help="The person who promotes.")],
    reason: Annotated[str, typer.Option(help="Why, in that person's words.")],
    store: Store = DEFAULT_STORE,
) -> None:
    """Make a version the champion where every gate passes, and keep who did it and why.

    Exit 2: no person or no reason in words. Exit 13: a gate failed. Exit 30: the history of
    champions was changed.
    """
    from models.registry import Store as ModelStore
    from models.registry import promote as make_champion

    with progress("promoting"):
        made = make_champion(ModelStore(store), version, by=by, reason=reason, on=today())
    say(f"{version} is the champion, promoted by {made['by']}.")


def recommend(
    tables: Tables,
    questions: Annotated[Path, typer.Option(help="Parquet or CSV with case_id, as_of_date.")],
    out: Out,
    store: Store = DEFAULT_STORE,
    model: Model = None,
    top: Annotated[int, typer.Option(min=1, help="Measures listed per case.")] = 3,
) -> None:
    """Rank the lawful measures of each case, with intervals and explanations.

    Exit 11: some questions could not be answered, see OUT/set_aside.parquet.
    """
    from models.registry import Store as ModelStore
    from models.registry import choose_model
    from pipelines.questions import read_questions
    from pipelines.recommend import recommend_into

    read = read_questions(questions)
    asked = read.asked
    with progress("recommending") as step:
        registers = load_tables_and_law(tables)
        bundle, which = choose_model(ModelStore(store), registers.legal_order.id, model)
        told = recommend_into(out, registers, asked, bundle, top, step, read.set_aside)
    say(which)
    for warning in read.warnings:
        say(warning)
    if read.n_repaired:
        say(f"{read.n_repaired} questions were repaired as texts of an extract are.")
    ends = registers.as_of
    later = 0 if ends is None else asked.filter(asked["as_of_date"] > ends).height
    if later:
        say(
            f"{later} questions ask about days after {ends}, when these registers end: what "
            "happened since is not known here."
        )
    none = read.height - told.set_aside.height - told.n_ranked
    say(
        f"{read.height} questions: {told.n_ranked} with ranked measures, {none} with none that is "
        f"lawful and learned, {told.set_aside.height} set aside. Abstained: {told.n_abstained}."
    )
    say(f"Written to {out}: recommendations, excluded, explanations, set_aside, unknown.")
    if told.set_aside.height:
        counts = told.set_aside["reason_code"].value_counts().sort("reason_code")
        say("Set aside: " + ", ".join(f"{r} {n}" for r, n in counts.iter_rows()) + ".")
        raise typer.Exit(SET_ASIDE)


def results(
    name: Annotated[str, typer.Argument(help="philadelphia or ranking")],
    out: Annotated[Path, typer.Option(help="The page to write.")],
    data: Annotated[Path | None, typer.Option(help="philadelphia: the data set's file.")] = None,
    work: Annotated[Path, typer.Option(help="Folder for tables and models.")] = Path(
        "build/results"
    ),
    seeds: Annotated[
        str, typer.Option(help="ranking: seeds of the nations, parted by commas.")
    ] = "401,402,403,404,405,406,407,408,409,410",
    debtors: Annotated[int, typer.Option(min=1000, help="ranking: debtors of each.")] = 20_000,
) -> None:
    """Run the whole pipeline on a public data set, or on invented nations whose truth is known,
    and write the page of its results."""
    from pipelines.philadelphia import MissingDataError, UnknownResultsError, write_results

    if name == "ranking":
        _ranking_page(seeds, debtors, work, out)
    elif name != "philadelphia":
        raise UnknownResultsError(name)
    elif data is None:
        raise MissingDataError
    else:
        with progress("running") as step:
            write_results(data, work, out, step)
    say(f"Written: {out}")


def _ranking_page(seeds: str, debtors: int, work: Path, out: Path) -> None:
    from datetime import date

    from nation.invent import write_blocks
    from nation.settings import Request
    from pipelines.ranking_results import write_page

    as_of = date(2026, 4, 1)
    nations = {seed.strip(): work / f"nation-{debtors}-{seed.strip()}" for seed in seeds.split(",")}
    with progress("running") as step:
        for seed, folder in nations.items():
            if not (folder / "questions.parquet").exists():
                step(f"inventing nation {seed}")
                write_blocks(Request(debtors, int(seed), as_of), folder, lambda *_: None)
        write_page(nations, debtors, as_of, out, step)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    for command in (train, evaluate, promote, recommend, results):
        app.command()(command)
