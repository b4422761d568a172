"""What keeps decisions honest: the ledger and the replay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from chora.console import console, say
from chora.options import DEFAULT_STORE, Store

Ledger = Annotated[Path, typer.Argument(help="The ledger's folder, or the store that has it.")]

ledger = typer.Typer(
    help="The tamper-evident record of decisions.", no_args_is_help=True, rich_markup_mode=None
)


@ledger.command()
def verify(
    path: Ledger,
    key: Annotated[
        Path | None, typer.Option(help="The public key as you know it from elsewhere.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="A checkpoint that you kept; it must be continued.")
    ] = None,
) -> None:
    """Check a ledger with nothing but its files. Exit 0 unchanged, 30 broken."""
    from ledger.layout import load_key_file
    from ledger.verification import verify as check

    trusted = load_key_file(key) if key else None
    found = check(path, trusted, since.read_bytes() if since else None)
    for step in found.steps:
        say(f"{step.number}. {step.name}: {'ok' if step.ok else step.problem or 'not reached'}")
    say(found.sentence)
    if found.note:
        say(found.note)
    raise typer.Exit(found.exit_code)


@ledger.command()
def prove(path: Ledger, entry: Annotated[int, typer.Option(min=0, help="The entry.")]) -> None:
    """Print the proof that an entry is in the ledger, as JSON."""
    from ledger.proving import prove as build

    console.print_json(json.dumps(build(path, entry), ensure_ascii=False))


def replay(
    decision_id: Annotated[str, typer.Argument(help="The decision, as in dec_….")],
    store: Store = DEFAULT_STORE,
    tables: Annotated[
        Path | None, typer.Option(help="The tables of that day, where they were moved.")
    ] = None,
) -> None:
    """Rebuild the recommendation behind a decision, byte for byte. Exit 31: it differs."""
    from serving.replay import replay as rebuild
    from serving.store.migrate import open_store

    result = rebuild(open_store(store), decision_id, tables)
    say(result.sentence)
    raise typer.Exit(result.exit_code)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.add_typer(ledger, name="ledger")
    app.command()(replay)
