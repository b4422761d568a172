"""From what a person names, a folder or the address of a database, to a source of registers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from registers.sources.dates import ReportedBetween
from registers.sources.defaults import STATEMENT_TIMEOUT_SECONDS
from registers.sources.errors import DaysInOrderError, NoSchemaOfFolderError, OneSourceError
from registers.sources.files import FolderExtract
from registers.sources.filtered import FilteredExtract
from registers.sources.postgres import PostgresExtract
from registers.sources.protocol import ExtractSource

EVERY_DAY: Final = ReportedBetween()


@contextmanager
def open_source(
    folder: Path | None = None,
    url: str | None = None,
    *,
    schema: str | None = None,
    days: ReportedBetween = EVERY_DAY,
    statement_timeout: float = STATEMENT_TIMEOUT_SECONDS,
) -> Iterator[tuple[ExtractSource, tuple[str, ...]]]:
    """An extract and the warnings about the way to it; closed at the end of the block.

    Raises:
        OneSourceError, DaysInOrderError, NoSchemaOfFolderError: the call was not meant so.
        ChoraError: whatever the folder or the database has to say.
    """
    if (folder is None) == (url is None):
        raise OneSourceError
    if days.reported_from and days.reported_until and days.reported_from > days.reported_until:
        raise DaysInOrderError(days.reported_from, days.reported_until)
    if url is not None:
        with PostgresExtract(
            url, schema, days.reported_until, days.reported_from, statement_timeout
        ) as extract:
            yield extract, extract.warnings
        return
    if schema is not None:
        raise NoSchemaOfFolderError
    files: ExtractSource = FolderExtract(folder or Path())
    yield (files if days.is_open else FilteredExtract(files, days)), ()
