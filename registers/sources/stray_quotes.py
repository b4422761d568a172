"""Lines of a CSV file that a stray quotation mark swallowed: found, and given back one by one.

A quotation mark that opens by mistake makes one field of everything up to the next one, with the
lines between. Such a record spans several lines of the file which are rows by themselves. A quoted
text that holds a line break on purpose is none: its lines have not the width of the table.
"""

from collections.abc import Iterator


class SwallowedLine(list[str]):
    """The fields of one line that was swallowed, and the lines of the file that were (102-112)."""

    def __init__(self, fields: list[str], lines: str) -> None:
        super().__init__(fields)
        self.lines = lines


def lines_of(record: list[str], first: int, last: int, width: int) -> Iterator[list[str]]:
    """The record itself, or the lines that it swallowed.

    Args:
        record: the fields of a record that spans the lines `first` to `last` of the file.
        width: the number of columns.
    """
    pieces = [line.rstrip("\r").split(",") for line in ",".join(record).split("\n")]
    n_whole = sum(len(piece) == width for piece in pieces)
    if width < 2 or len(pieces) < 2 or 2 * n_whole <= len(pieces):
        yield record
        return
    for piece in pieces:
        yield SwallowedLine(piece, f"{first}-{last}")
