"""The store's schema: made, moved forward, refused when it is another's."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from serving.app import create_app
from serving.settings import Settings
from serving.store.database import database_path, open_engine
from serving.store.errors import (
    NotAStoreError,
    StoreIsNewerError,
    StoreNeedsMigrationError,
    StoreNotFoundError,
)
from serving.store.migrate import create_store, migration_config, newest_revision, open_store
from serving.store.models import Base, StoreFact


def run(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


def test_the_migrations_build_exactly_the_models(tmp_path: Path) -> None:
    store = create_store(tmp_path)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    store.close()


def test_a_store_is_made_once_and_kept(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    before = database_path(tmp_path).read_bytes()
    create_store(tmp_path).close()
    assert database_path(tmp_path).read_bytes() == before


def test_the_connection_is_durable_and_keeps_its_keys(tmp_path: Path) -> None:
    store = create_store(tmp_path)
    with store.engine.connect() as connection:
        for pragma, expected in (("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == expected
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    store.close()


def test_migrations_lead_down_and_up_again(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    engine = open_engine(database_path(tmp_path))
    with engine.connect() as connection:
        command.downgrade(migration_config(connection), "base")
        connection.commit()
        command.upgrade(migration_config(connection), "head")
        connection.commit()
    engine.dispose()
    open_store(tmp_path).close()


def test_a_store_of_the_first_schema_is_moved_forward_with_all_it_holds(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    engine = open_engine(database_path(tmp_path))
    with engine.connect() as connection:
        command.downgrade(migration_config(connection), "0001")
        connection.commit()
    engine.dispose()
    run(database_path(tmp_path), "INSERT INTO store_facts VALUES ('kept', 'yes')")
    with pytest.raises(StoreNeedsMigrationError, match="schema 0001"):
        open_store(tmp_path)
    store = create_store(tmp_path)
    with store.reading() as session:
        assert session.get_one(StoreFact, "kept").value == "yes"
    store.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE lineages SET lineage = '{}'", "DELETE FROM lineages"]
)
def test_a_lineage_is_neither_changed_nor_deleted(tmp_path: Path, statement: str) -> None:
    create_store(tmp_path).close()
    run(database_path(tmp_path), "INSERT INTO lineages VALUES ('5', '{}', '2026-04-01')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        run(database_path(tmp_path), statement)


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    create_store(tmp_path).close()
    path = database_path(tmp_path)
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    for opened in (open_store, create_store):
        with pytest.raises(StoreIsNewerError, match="Install that version"):
            opened(tmp_path)
    with pytest.raises(StoreIsNewerError, match="schema 9999"):
        create_app(Settings(store=tmp_path))
    assert path.read_bytes() == before


def test_an_older_store_is_refused_where_it_is_only_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_store(tmp_path).close()
    monkeypatch.setattr("serving.store.migrate.newest_revision", lambda: "9998")
    with pytest.raises(StoreNeedsMigrationError, match=f"schema {newest_revision()}"):
        open_store(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    run(database_path(tmp_path), "CREATE TABLE notes (id INTEGER)")
    for opened in (open_store, create_store):
        with pytest.raises(NotAStoreError, match="another program"):
            opened(tmp_path)


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFoundError, match="chora serve"):
        open_store(tmp_path)
