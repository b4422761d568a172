"""What can be wrong in a spec case or in a list that the handbook prints."""

from law.errors import nearest
from registers.errors import DataError


class SpecCaseError(DataError):
    """A spec case that cannot be asked; the sentence names the file and the case."""

    def __init__(self, file: str, case: str, why: str) -> None:
        super().__init__(f"{file}, case '{case}': {why}")


class HandbookFileError(DataError):
    """A list of the handbook with an entry that lacks something."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: {why}")


__all__ = ["HandbookFileError", "SpecCaseError", "nearest"]
