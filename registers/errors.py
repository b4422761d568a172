"""The families of errors of Chora and the situations in which a register cannot be used.

The family tells the consequence: a `UserError` is shown as one sentence (exit 2), a `DataError`
means that data cannot be used (exit 12), a `VerificationError` means stop, and a
`RetryableError` means that the same call may succeed later. Each situation is a class of its own,
with its sentence in the class: what happened, why, and what to do. Sentences name tables, columns
and files, never the values of a person.
"""

from collections.abc import Sequence
from pathlib import Path


class ChoraError(Exception):
    """Something that Chora tells in one sentence, with the exit code of the command line."""

    exit_code: int = 1


class UserError(ChoraError):
    """The call was not meant so: shown without a traceback."""

    exit_code: int = 2


class DataError(ChoraError):
    """Data cannot be used as they are."""

    exit_code: int = 12


class VerificationError(ChoraError):
    """A check of integrity failed: stop and look before going on."""

    exit_code: int = 30


class RetryableError(ChoraError):
    """The same call may succeed later."""


class UnknownLegalOrderError(UserError):
    """A legal order that the program does not serve."""

    def __init__(self, legal_order_id: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"The legal order '{legal_order_id}' is not served. "
            f"Name one of: {', '.join(known)} (in extract.json, field legal_order)."
        )


class UnknownTableError(UserError):
    """A table that the register contract does not have."""

    def __init__(self, table: str, known: tuple[str, ...]) -> None:
        super().__init__(
            f"The register contract has no table '{table}'. Its tables are: {', '.join(known)}."
        )


class TableNotReachableError(UserError):
    """A table that cannot be joined to decision points in the way that was asked for."""

    def __init__(self, table: str, by: str) -> None:
        super().__init__(
            f"{table}: its rows do not belong to a {by}, so they cannot be looked up by {by}. "
            "Look them up by debtor."
        )


class NoHoldingsError(UserError):
    """A table that was asked for what debtors have or owe, and tells of nothing of the kind."""

    def __init__(self, table: str, known: Sequence[str]) -> None:
        super().__init__(
            f"{table} tells of nothing that a debtor has or owes. Ask one of: {', '.join(known)}."
        )


class ExtractNotFoundError(UserError):
    """A folder without any register table in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no register table. Name a folder with files such as "
            "debtors.parquet and cases.csv, or one whose subfolder registers/ holds them."
        )


class ExtractDescriptionError(DataError):
    """An extract.json that cannot be read."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            f'{file} cannot be read: {why}. Write it as {{"legal_order": "uz"}} in UTF-8, '
            "or remove it where the extract is Uzbek."
        )


class ManifestError(DataError):
    """A manifest.json that cannot be read."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            f"{file} cannot be read: {why}. Ask the agency for the manifest again, or write one "
            f"yourself: chora manifest {file.parent}"
        )


class IncrementError(UserError):
    """An increment that cannot be put onto the tables that were named, or onto none."""


class NotValidatedError(UserError):
    """A raw extract where validated tables are needed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is a raw extract. Run: chora validate {folder} --out TABLES, "
            "and name TABLES here."
        )


class UnusableTablesError(DataError):
    """Validated tables of which at least one was refused."""

    def __init__(self, folder: Path, refused: dict[str, str]) -> None:
        super().__init__(
            f"{folder} cannot be used: {' '.join(refused.values())} "
            "Correct the extract and run chora validate again."
        )


class TablesChangedError(VerificationError):
    """Validated tables that are not those which the validation wrote."""

    exit_code: int = 12

    def __init__(self, folder: Path, table: str, why: str) -> None:
        super().__init__(
            f"{folder}: {table}.parquet is not the table that chora validate wrote ({why}). "
            "Run chora validate again from the extract."
        )


class OutputFolderError(UserError):
    """An output folder that holds something else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} exists and was not written by chora validate, so it is left alone. "
            "Name a new or an empty folder."
        )


class QuestionsUnusableError(DataError):
    """Questions that are no table of case_id and as_of_date."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The questions cannot be used: {why}. Give a table with the columns "
            "case_id (text) and as_of_date (date)."
        )


class TableRefusedError(DataError):
    """A whole table that cannot be read or lacks a column; the sentence names the remedy.

    `detail` holds what is the same in every language: names of files and columns, numbers.
    """

    def __init__(self, table: str, reason_code: str, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.table = table
        self.reason_code = reason_code
        self.detail = detail


class JudgesDisagreeError(DataError):
    """The two judges of a whole table came to different verdicts."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The two checks of {code} disagree. This is a fault of the program, not of the "
            "tables: keep the extract and report it."
        )


class SourceFileError(DataError):
    """A public data file that an adapter cannot read."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file} cannot be imported: {why}.")


class OutcomeAsFactError(UserError):
    """What came of a trial offered as a fact that was known before."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(columns)}: not known on the day of the draw, so no model may read it. "
            "Leave it out of the facts."
        )


class UnknownFactError(UserError):
    """A fact that a trial does not have, or that no model may read."""

    def __init__(self, columns: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(columns)}: no fact that a model may read. There are: {', '.join(known)}."
        )
