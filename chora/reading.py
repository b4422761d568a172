"""Reading what a command works on: accepted tables, and the law that will judge them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registers.extract import Registers


def load_tables_and_law(tables: Path) -> Registers:
    """The accepted tables of a folder, once every file of their law has been read.

    Raises:
        NotValidatedError: the folder is a raw extract.
        ParameterFileError: a file of the law cannot be used; the sentence names file and line.
    """
    from law.check import check_law
    from registers.extract import load_tables

    registers = load_tables(tables)
    check_law(registers.legal_order.id)
    return registers
