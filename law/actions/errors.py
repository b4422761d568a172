"""What can go wrong with files about past actions, each with its sentence."""

from collections.abc import Iterable
from pathlib import Path

from registers.errors import DataError, UserError


class ReportSuffixError(UserError):
    """A report under a name that tells no form to write it in."""

    def __init__(self, path: Path, suffixes: Iterable[str]) -> None:
        super().__init__(
            f"{path} tells no form of report. Let its name end in one of: {', '.join(suffixes)}."
        )


class PlantedUnusableError(DataError):
    """A file of known faults that cannot be compared with the warnings."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The known faults cannot be used: {why}. Give a table with the columns action_id "
            "(text) and planted (unlawful, unfounded or empty), as truth/actions.parquet of an "
            "invented nation has them."
        )
