"""Database and keys belong to their owner alone, whatever the umask; the ledger is public."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.verification import verify
from registers.private import make_private_file, make_private_folder
from serving.app import create_app
from serving.settings import Settings
from serving.store.database import database_path
from serving.store.migrate import create_store
from tests.integration.serving.few_cases import FewCases


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_database_keys_and_folders_are_their_owners_alone(
    settings: Settings, desk: FewCases, umask: int
) -> None:
    app = create_app(settings, desk)
    assert mode(settings.store) == mode(settings.ledger_key.parent) == 0o700, umask
    assert mode(database_path(settings.store)) == mode(settings.ledger_key) == 0o600
    engine = app.state.service.store.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("DELETE FROM store_facts WHERE name = 'none'")
        connection.exec_driver_sql("INSERT INTO store_facts VALUES ('a', 'b')")
        journal = database_path(settings.store).with_name("chora.db-journal")
        assert mode(journal) == 0o600
    app.state.service.store.close()


def test_what_others_could_read_is_closed_at_the_start_and_told(
    settings: Settings, desk: FewCases, caplog: pytest.LogCaptureFixture
) -> None:
    create_app(settings, desk).state.service.store.close()
    laxer = [database_path(settings.store), settings.ledger_key]
    laxer.append(database_path(settings.store).with_name("chora.db-wal"))
    laxer[-1].touch()
    for path in laxer:
        path.chmod(0o644)
    settings.ledger_key.parent.chmod(0o755)
    settings.ledger_folder.chmod(0o755)
    create_app(settings, desk).state.service.store.close()
    assert [mode(path) for path in laxer if path.exists()] == [0o600] * sum(
        path.exists() for path in laxer
    )
    assert mode(settings.ledger_key.parent) == 0o700
    assert mode(settings.ledger_folder) == 0o755, "The ledger is public."
    told = [r.getMessage() for r in caplog.records if "others_could_read" in r.getMessage()]
    assert {line.split()[1].rstrip(":") for line in told} >= {"chora.db", "ledger.key", "keys"}
    assert verify(settings.store).ok


def test_a_start_with_closed_files_says_nothing(
    settings: Settings, desk: FewCases, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        create_app(settings, desk).state.service.store.close()
    assert "others_could_read" not in caplog.text


def test_a_store_for_a_command_is_private_too(tmp_path: Path, umask: int) -> None:
    create_store(tmp_path / "a" / "store").close()
    assert mode(tmp_path / "a" / "store") == 0o700, umask
    assert mode(tmp_path / "a" / "store" / "chora.db") == 0o600


def test_an_existing_folder_or_file_keeps_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept")
    make_private_folder(tmp_path)
    make_private_file(tmp_path / "kept")
    assert (tmp_path / "kept").read_text() == "kept"
