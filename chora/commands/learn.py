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
VERDICTS = {"passed": "passed     ", "failed": "FAILED     ", "cannot_tell": "CANNOT TELL"}
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
    from models.gates.gate import verdict_of

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
        say(f"{VERDICTS[verdict_of(gate)]}  {gate['name']}: {gate['sentence']}")


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
    """Say what a model's ranking is worth on past decisions, and in truth where truth is known.

    STORE/reports/ gets a page that says what each figure means: every estimator beside the others,
    overlap by measure and by region, what a budget of intrusiveness brings, and how strong hidden
    reasons must be for the ranking to stop beating the officers. Where officers hardly ever did
    what the ranking would do it says that the logs cannot tell. A planner two steps ahead is judged
    beside the ranking; it is measured only, no ranking uses it.
    """
    from chora.evaluated import show_evaluation
    from models.registry import Store as ModelStore
    from models.registry import choose_model
    from pipelines.evaluate import evaluate_logged
    from pipelines.evaluation_page import evaluation_page
    from pipelines.truth import true_value

    with progress("evaluating") as step:
        registers = load_tables_and_law(tables)
        bundle, which = choose_model(ModelStore(store), registers.legal_order.id, model)
        report = evaluate_logged(registers, bundle, step)
        if truth is not None:
            step("comparing with the truth")
            report["truth"] = true_value(registers, bundle, truth)
    say(which)
    show_evaluation(report)
    path = store / "reports" / f"evaluation-{bundle.version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=1, sort_keys=True))
    page = path.with_suffix(".md")
    page.write_text(evaluation_page(report), encoding="utf-8")
    say(f"What each figure means, overlap by measure and region, budgets: {page}")
    say(f"All figures: {path}")


def promote(
    version: Annotated[str, typer.Argument(help="The candidate, as in uz-3.")],
    by: Annotated[str, typer.Option(help="The person who proposes.")],
    reason: Annotated[str, typer.Option(help="Why, in that person's words.")],
    store: Store = DEFAULT_STORE,
) -> None:
    """Propose a version as champion where no gate fails; another person confirms it.

    The same for the way back to an earlier version. Exit 2: no person or no reason in words, or
    another proposal waits. Exit 13: a gate failed. Exit 30: the history of champions was changed.
    """
    from models.promotion import propose
    from models.registry import Store as ModelStore

    with progress("proposing"):
        made = propose(ModelStore(store), version, by=by, reason=reason, on=today())
    say(
        f"{version} is proposed by {made.by}. It becomes the champion when another person confirms."
    )
    if made.cannot_tell:
        say(f"Both of you should know that these gates cannot tell: {', '.join(made.cannot_tell)}.")
    say(f"Next: chora confirm {version} --store {store} --by ANOTHER-PERSON --reason TEXT")


def confirm(
    version: Annotated[str, typer.Argument(help="The version that was proposed, as in uz-3.")],
    by: Annotated[str, typer.Option(help="The person who confirms or refuses.")],
    reason: Annotated[str, typer.Option(help="Why, in that person's words.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it, or take it back.")] = False,
    store: Store = DEFAULT_STORE,
) -> None:
    """Confirm or refuse a proposed version, as another person than the one who proposed it.

    Exit 2: no person or no reason in words, nothing was proposed, or it is your own proposal.
    Exit 13: a gate failed. Exit 30: the history of champions was changed.
    """
    from models.promotion import confirm as make_champion
    from models.promotion import refuse as turn_down
    from models.registry import Store as ModelStore

    with progress("refusing" if refuse else "confirming"):
        answer = turn_down if refuse else make_champion
        made = answer(ModelStore(store), version, by=by, reason=reason, on=today())
    if refuse:
        say(f"{version} is refused by {made.by}. The champion stays as it is.")
        return
    say(f"{version} is the champion, confirmed by {made.by}.")
    if made.cannot_tell:
        say(f"These gates could not tell: {', '.join(made.cannot_tell)}.")


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
    from pipelines.recommend import FRAMES, recommend_into

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
    say(f"Written to {out}: {', '.join(sorted(FRAMES))}.")
    if told.set_aside.height:
        counts = told.set_aside["reason_code"].value_counts().sort("reason_code")
        say("Set aside: " + ", ".join(f"{r} {n}" for r, n in counts.iter_rows()) + ".")
        raise typer.Exit(SET_ASIDE)


def results(
    name: Annotated[
        str, typer.Argument(help="explanations, judging, pawnshop, philadelphia or ranking")
    ],
    out: Annotated[Path, typer.Option(help="The page to write.")],
    data: Annotated[
        Path | None,
        typer.Option(
            help="philadelphia, pawnshop: the trial's file; judging: the folder of data sets."
        ),
    ] = None,
    work: Annotated[Path, typer.Option(help="Folder for tables and models.")] = Path(
        "build/results"
    ),
    seeds: Annotated[
        str, typer.Option(help="ranking: seeds of the nations, parted by commas.")
    ] = "401,402,403,404,405,406,407,408,409,410",
    debtors: Annotated[int, typer.Option(min=1000, help="ranking: debtors of each.")] = 20_000,
    econml: Annotated[
        bool, typer.Option(help="ranking: compare with EconML's DR-learner ('make oracles').")
    ] = True,
    whole: Annotated[
        int,
        typer.Option(
            min=0,
            help="ranking: on how many of the nations every learner is trained and every part of "
            "the recipe is taken back alone; on the others only what trainings use by default.",
        ),
    ] = 5,
    splits: Annotated[
        int, typer.Option(help="philadelphia, pawnshop: divisions into folds to repeat it over.")
    ] = 5,
) -> None:
    """Run the whole pipeline on a public data set, or on invented nations whose truth is known,
    and write the page of its results.

    explanations: whether reasons add up, carry the order, last in a second model and help to find
    planted mistakes; half an hour.
    judging: how far estimates from logs can be trusted, on simulated logs and on two public data
    sets whose values are known; some minutes.
    """
    from pipelines.trials.catalogue import TRIALS
    from pipelines.trials.errors import MissingDataError, UnknownResultsError

    if name == "ranking":
        from chora.ranking_nations import write_ranking_page

        numbers = [int(seed) for seed in seeds.split(",")]
        with progress("running") as step:
            write_ranking_page(
                numbers, debtors, work, out, with_econml=econml, n_whole=whole, step=step
            )
    elif name == "explanations":
        from chora.explained_nations import write_explanations_page

        with progress("running") as step:
            write_explanations_page(work, out, step)
    elif name not in (*TRIALS, "judging"):
        raise UnknownResultsError(name, ("explanations", "judging", *TRIALS, "ranking"))
    elif data is None:
        raise MissingDataError(name, "FOLDER" if name == "judging" else TRIALS[name].file_name)
    elif name == "judging":
        from pipelines.logs_results import write_judging_page

        with progress("running") as step:
            write_judging_page(data, out, step)
    else:
        from pipelines.trials.page import write_results

        with progress("running") as step:
            write_results(TRIALS[name], data, work / name, out, splits=splits, progress=step)
    say(f"Written: {out}")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    for command in (train, evaluate, promote, confirm, recommend, results):
        app.command()(command)
