"""The way back: from a decision, a recommendation or a fact to the files it came from."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chora.console import console, say
from chora.options import DEFAULT_STORE, Store
from registers.errors import UserError

if TYPE_CHECKING:
    from chora.trace_tree import Branch
    from serving.tracing_now import TablesNow

EXIT_DIFFERS = 31


class TraceCallError(UserError):
    """The call names no start of the way back, or more than one."""

    def __init__(self) -> None:
        super().__init__(
            "Name one thing to follow back: --decision ID, --recommendation ID, "
            "or TABLES with --case ID and --as-of DATE."
        )


def trace(
    tables: Annotated[
        Path | None,
        typer.Argument(help="Accepted tables; for a decision, where those of its day are now."),
    ] = None,
    decision: Annotated[str | None, typer.Option(help="A decision, as in dec_….")] = None,
    recommendation: Annotated[
        str | None, typer.Option(help="A recommendation, as in rec_….")
    ] = None,
    case: Annotated[str | None, typer.Option(help="A case of TABLES.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day, with --case."),
    ] = None,
    feature: Annotated[
        list[str] | None, typer.Option(help="With --case: a fact; repeat it, or leave it for all.")
    ] = None,
    store: Store = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a tree.")] = False,
) -> None:
    """Print what a decision, a recommendation or a fact came from, down to the files.

    Says whether the tables are still what was recorded. Exit 31: they differ or are gone.
    """
    of_case = case is not None and as_of is not None and tables is not None
    starts = [decision is not None, recommendation is not None, case is not None]
    if sum(starts) != 1 or (case is not None and not of_case):
        raise TraceCallError
    if (as_of is not None or feature) and case is None:
        raise TraceCallError
    if case is not None and as_of is not None and tables is not None:
        found = _trace_case(tables, case, as_of.date(), feature or [])
    else:
        found = _trace_stored(store, decision, recommendation, tables)
    _show(*found, as_json=as_json)


def _trace_case(
    tables: Path, case: str, as_of: date, names: list[str]
) -> tuple[Branch, dict[str, Any], TablesNow]:
    from chora.trace_tree import Branch, facts_branch, sources_branch
    from pipelines.trace import trace_features
    from registers.extract import load_tables
    from registers.lineage import find_lineage
    from serving.tracing import trace_sources
    from serving.tracing_now import check_tables

    registers, lineage = load_tables(tables), find_lineage(tables)
    features = trace_features(registers, case, as_of, names)
    behind = {table.table for one in features for table in one.tables}
    kept = None if lineage is None else lineage.of_tables(behind)
    source_hash = registers.source_hash if lineage is None else lineage.source_hash
    sources = trace_sources(source_hash, kept)
    now = check_tables(tables, source_hash, lineage)
    tree = Branch(
        f"case {case} on {as_of.isoformat()}",
        [facts_branch(features, registers.legal_order), sources_branch(sources)],
    )
    body = {"case_id": case, "as_of_date": as_of, "features": features, "sources": sources}
    return tree, body, now


def _trace_stored(
    folder: Path, decision: str | None, recommendation: str | None, tables: Path | None
) -> tuple[Branch, dict[str, Any], TablesNow]:
    from dataclasses import replace

    from chora.trace_tree import decision_branch, recommendation_branch
    from serving.reading import get_recommendation
    from serving.store.migrate import open_store
    from serving.tracing import models_of, trace_decision, trace_recommendation
    from serving.tracing_now import check_recommended, count_rows

    with open_store(folder).reading() as session:
        decided = (
            trace_decision(session, models_of(folder), decision) if decision is not None else None
        )
        traced = (
            decided.recommendation
            if decided is not None
            else trace_recommendation(session, models_of(folder), str(recommendation))
        )
        place = tables or Path(get_recommendation(session, traced.id).tables_folder)
    now = check_recommended(place, traced)
    if now.is_same:
        traced = count_rows(traced, place)
    if decided is None:
        return recommendation_branch(traced), {"recommendation": traced}, now
    decided = replace(decided, recommendation=traced)
    return decision_branch(decided), {"decision": decided}, now


def _show(tree: Branch, body: dict[str, Any], now: TablesNow, *, as_json: bool) -> None:
    from chora.trace_tree import as_plain, draw

    if as_json:
        told = as_plain({**body, "tables_now": now})
        console.print_json(json.dumps(told, ensure_ascii=False))
    else:
        for line in draw(tree):
            say(line)
        say(now.sentence)
    if now.is_same is False:
        raise typer.Exit(EXIT_DIFFERS)


def add_to(app: typer.Typer) -> None:
    """Add this command to the front door."""
    app.command()(trace)
