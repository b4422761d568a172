"""The service: where officers propose and reviewers decide."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chora.console import say
from chora.options import DEFAULT_STORE, Store
from chora.store_config import recall_tables, remember_tables

if TYPE_CHECKING:
    from serving.accounts import NewAccount


def serve(
    store: Store = DEFAULT_STORE,
    tables: Annotated[
        Path | None, typer.Option(help="Accepted tables; remembered for the next time.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="The working day; by default the latest day that the registers report.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    https: Annotated[
        bool, typer.Option("--https", help="Behind a proxy that speaks https: secure cookies.")
    ] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make demo accounts and show their passwords.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="A version instead of the champion.")] = None,
) -> None:
    """Serve pages and API; stop with Ctrl-C."""
    from threading import Thread

    import uvicorn

    from serving.app import create_app
    from serving.settings import Settings

    if tables is not None:
        remember_tables(store, tables)
    chosen = recall_tables(store)
    day = as_of.date() if as_of else None
    hosts = ("127.0.0.1", "localhost", "[::1]", host)
    settings = Settings(
        store=store,
        tables=chosen,
        working_day=day,
        is_https=https,
        is_demo=demo,
        model=model,
        allowed_hosts=tuple(dict.fromkeys(hosts)),
    )
    app = create_app(settings)
    say(f"Chora serves on http://{host}:{port} from {chosen}")
    if demo:
        _show_demo_accounts(app.state.service.demo_accounts)
    if (desk := app.state.service.desk) is not None:
        Thread(target=desk.warm, daemon=True).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def _show_demo_accounts(accounts: tuple[NewAccount, ...]) -> None:
    say("Demo accounts (never use them with real data):")
    for account in accounts:
        senior = ", senior" if account.is_senior else ""
        say(f"  {account.username:9} {account.password:16} {account.role.value}{senior}")


accounts = typer.Typer(help="Accounts of the service.", no_args_is_help=True, rich_markup_mode=None)


@accounts.command()
def add(
    username: Annotated[str, typer.Argument(help="In small letters.")],
    role: Annotated[str, typer.Option(help="officer, reviewer or analyst.")],
    name: Annotated[str, typer.Option(help="The name that colleagues see.")],
    office: Annotated[
        list[str] | None, typer.Option(help="An office's code; repeat it, or * for every office.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="person_id of another account of the same human being.")
    ] = None,
    senior: Annotated[
        bool, typer.Option("--senior", help="May approve as senior officer.")
    ] = False,
    store: Store = DEFAULT_STORE,
) -> None:
    """Add an account; the password is asked for and never shown."""
    from serving.accounts import AccountRefusedError, NewAccount, add_account
    from serving.states import Role
    from serving.store.migrate import create_store

    if role not in {r.value for r in Role}:
        known = ", ".join(r.value for r in Role)
        raise AccountRefusedError(f"There is no role {role}. Roles: {known}.")
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    offices = tuple(office) if office else ("*",)
    new = NewAccount(username, password, Role(role), name, offices, person, senior)
    add_account(create_store(store), new)
    say(f"Account {username} added.")


@accounts.command(name="switch-off")
def switch_off(
    username: Annotated[str, typer.Argument(help="The account.")], store: Store = DEFAULT_STORE
) -> None:
    """Switch an account off; its sessions end at once."""
    from serving.accounts import switch_off_account
    from serving.store.migrate import create_store

    switch_off_account(create_store(store), username)
    say(f"Account {username} is switched off.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the front door."""
    app.command()(serve)
    app.add_typer(accounts, name="account")
