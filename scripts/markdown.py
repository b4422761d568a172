"""Pieces of Markdown that the generated pages share."""

from collections.abc import Iterable, Iterator, Sequence


def rows(head: Sequence[str], body: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give the lines of a Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in body:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
