"""The front door: `chora`, thin over the recipes.

Exit codes: 0 done, 2 the call was not meant so, 11 rows set aside, 12 a table unusable, 13 a gate
failed, 20 unlawful, 21 cannot tell, 30 ledger broken, 31 replay or tables differ.
"""

from __future__ import annotations

import sys

import typer

from chora.commands import follow, invent, judge, justify, keep, learn, load, plan, receive, serve
from chora.console import progress_console
from ledger.errors import LedgerError
from registers.errors import ChoraError

app = typer.Typer(
    name="chora",
    help=(
        "Explainable decision support for compulsory enforcement.\n\n"
        "From registers to ranked lawful measures; a person decides. A first run: "
        "chora nation, validate, train, promote, confirm, recommend, serve."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (invent, load, receive, learn, plan, judge, justify, serve, keep, follow):
    module.add_to(app)


def run() -> None:
    """Run the command line; errors are one sentence, without a traceback."""
    try:
        app()
    except (ChoraError, LedgerError) as error:
        progress_console.print(f"chora: {error}", markup=False, soft_wrap=True)
        sys.exit(getattr(error, "exit_code", 30))


if __name__ == "__main__":
    run()
