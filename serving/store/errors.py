"""What makes a store unusable at start-up, with what to do."""

from pathlib import Path

from registers.errors import DataError


class StoreNotFoundError(DataError):
    """There is no database in the store folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} does not exist. Run chora serve --store to create it.")


class NotAStoreError(DataError):
    """The database file is another program's."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is a database of another program. Name another store folder.")


class StoreIsNewerError(DataError):
    """The store was written by a newer version of Chora."""

    def __init__(self, path: Path, revision: str) -> None:
        super().__init__(
            f"{path} was written by another version of Chora (schema {revision}). "
            "Nothing was changed. Install that version, or restore a copy made before it."
        )


class StoreNeedsMigrationError(DataError):
    """The store is older than this program."""

    def __init__(self, path: Path, revision: str, newest: str) -> None:
        super().__init__(
            f"{path} has schema {revision}, this version reads {newest}. "
            "Copy the file, then run chora serve --store: it moves the store forward."
        )
