"""What can go wrong with a page of results."""

from __future__ import annotations

from collections.abc import Sequence

from registers.errors import UserError


class UnknownResultsError(UserError):
    """A page of results that the program does not make."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no page of results '{name}'. There are: {', '.join(known)}.")


class MissingDataError(UserError):
    """The page needs the trial's file."""

    def __init__(self, name: str, file_name: str) -> None:
        super().__init__(f"Give the data: chora results {name} --data {file_name}")


class SplitsError(UserError):
    """A spread over divisions into folds needs several of them."""

    def __init__(self, asked: int) -> None:
        super().__init__(
            f"{asked} divisions into folds show no spread. Ask for at least 2 (--splits)."
        )
