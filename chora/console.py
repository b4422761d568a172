"""What commands print: progress on the error stream, results on standard output."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

progress_console = Console(stderr=True, highlight=False)
console = Console(highlight=False, soft_wrap=True)


def say(sentence: str) -> None:
    """A sentence of the result."""
    console.print(sentence, markup=False)


def warn(sentence: str) -> None:
    """A sentence on the error stream about something that works and should be done otherwise."""
    progress_console.print(f"warning: {sentence}", markup=False, soft_wrap=True)


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table of the result; numbers are given as they should be read."""
    table = Table(title=title, title_justify="left")
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right")
    for row in rows:
        table.add_row(*[str(cell) for cell in row])
    console.print(table)


@contextmanager
def progress(task: str) -> Iterator[Callable[[str], None]]:
    """Progress of a long task: each step is a line with the seconds since the start.

    On a terminal the line is rewritten; in a log each step stays.
    """
    start = time.monotonic()
    with progress_console.status(task, spinner="line") as status:

        def step(what: str) -> None:
            line = f"{time.monotonic() - start:6.1f} s  {task}: {what}"
            if progress_console.is_terminal:
                status.update(line)
            else:
                progress_console.print(line, markup=False, soft_wrap=True)

        yield step
    seconds = time.monotonic() - start
    progress_console.print(f"{seconds:6.1f} s  {task}: done", markup=False, soft_wrap=True)
