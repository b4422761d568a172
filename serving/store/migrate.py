"""Which schema a database has, and moving it forward to the one this program reads."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from serving.store.database import Store, database_path, open_engine
from serving.store.errors import (
    NotAStoreError,
    StoreIsNewerError,
    StoreNeedsMigrationError,
    StoreNotFoundError,
)
from serving.store.privacy import keep_private
from serving.store.refusals import told

MIGRATIONS = Path(__file__).parent / "migrations"


def migration_config(connection: Connection) -> Config:
    """Alembic's settings, bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The schema revision that this program reads and writes."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    if head is None:
        raise RuntimeError("The store has no migrations.")
    return head


def _known_revisions() -> set[str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def current_revision(connection: Connection) -> str | None:
    """The schema revision of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def check_revision(connection: Connection, path: Path) -> None:
    """Raise unless the database has exactly the schema that this program reads."""
    revision = current_revision(connection)
    if revision is None:
        raise (
            NotAStoreError(path)
            if inspect(connection).get_table_names()
            else StoreNotFoundError(path)
        )
    if revision not in _known_revisions():
        raise StoreIsNewerError(path, revision)
    if revision != newest_revision():
        raise StoreNeedsMigrationError(path, revision, newest_revision())


def migrate(path: Path) -> str | None:
    """Move the database at `path` forward; the revision it had before (None: it was new)."""
    engine = open_engine(path)
    try:
        with told(), engine.connect() as connection:
            before = current_revision(connection)
            if before is None and inspect(connection).get_table_names():
                raise NotAStoreError(path)
            if before is not None and before not in _known_revisions():
                raise StoreIsNewerError(path, before)
            command.upgrade(migration_config(connection), "head")
            connection.commit()
            return before
    finally:
        engine.dispose()


def create_store(folder: Path) -> Store:
    """The store in `folder`, made or moved forward to the current schema where needed."""
    keep_private(database_path(folder))
    migrate(database_path(folder))
    return open_store(folder)


def open_store(folder: Path) -> Store:
    """The store in `folder`; a missing one and one of another schema are refused."""
    path = database_path(folder)
    if not path.exists():
        raise StoreNotFoundError(path)
    engine = open_engine(path)
    try:
        with told(), engine.connect() as connection:
            check_revision(connection, path)
    except Exception:
        engine.dispose()
        raise
    return Store(folder, engine)
