"""What goes into PostgreSQL comes out again, once, and only as a whole."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing.parametric import column, dataframes
from psycopg import sql

from registers.errors import TableRefusedError
from registers.sources.errors import (
    ForeignTableError,
    LoadRunningError,
    LockedError,
    OtherExtractError,
    UnfinishedLoadError,
    ValueNotKeptError,
)
from registers.sources.files import FolderExtract
from registers.sources.manifest import write_manifest
from registers.sources.postgres import Address, PostgresExtract, load_extract
from registers.sources.postgres import loading as loading_module
from registers.tables import TABLES
from tests.integration.registers.postgres.frames import (
    FrameExtract,
    assert_same_extract,
    read_all,
)

ODD_CSV = (
    '\ufeffdebtor_id,kind,"a, b",,chora_row,' + "x" * 70 + "\n"
    'D1,"two\nlines",1,"",5,ў\n'
    "\n"
    "D2,too,few\n"
    'D3,"he said ""no""",\\N,\\.,NULL,  spaces  \n'
    "D4,too,many,fields,in,this,line\n"
    'D5,zero\0byte,"\r","\t",\ufeff,😀\n'
)


@pytest.fixture
def extract(nation: Path) -> FolderExtract:
    return FolderExtract(nation)


def _state_of(owner: psycopg.Connection) -> list[tuple[object, ...]]:
    """Every table and index with the file that holds it, and every transaction that wrote a row."""
    return (
        owner.execute(
            "SELECT c.relname, c.relfilenode FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname = 'registers' ORDER BY 1"
        ).fetchall()
        + owner.execute("SELECT xmin::text, * FROM registers.chora_table").fetchall()
    )


def test_a_loaded_extract_is_read_as_it_was_delivered(extract: FolderExtract, url: str) -> None:
    report = load_extract(extract, Address.parse(url), batch_rows=1_000)
    assert report.exit_code == 0
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)
        for name in report.tables:
            table, file = loaded.table(name), extract.table(name)
            assert table is not None
            assert file is not None
            assert (table.sha256, table.n_rows) == (file.sha256, file.n_rows)
            assert table.label == f"registers.{name}"


def test_csv_with_broken_rows_odd_names_and_zero_bytes_is_read_as_delivered(
    tmp_path: Path, url: str
) -> None:
    (tmp_path / "debtors.csv").write_text(ODD_CSV, encoding="utf-8", newline="")
    extract = FolderExtract(tmp_path)
    load_extract(extract, Address.parse(url), batch_rows=2)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)
        rows = read_all(loaded.table("debtors"))
    assert rows["?broken_row"].to_list() == [False, True, False, True, False]
    assert "zero\0byte" in rows["kind"].to_list()


def test_a_long_text_among_the_days_costs_the_index_and_not_the_row(url: str) -> None:
    noise = "".join(chr(33 + n * n % 90) + str(n) for n in range(4_000))
    frame = pl.DataFrame({"debtor_id": ["D1", "D2"], "reported_on": ["2026-01-01", noise]})
    extract = FrameExtract({"debtors": frame})
    load_extract(extract, Address.parse(url))
    with PostgresExtract(url, None, date(2025, 1, 1)) as loaded:
        assert read_all(loaded.table("debtors"))["debtor_id"].to_list() == ["D2"]


def test_a_table_that_no_database_can_hold_is_told_with_its_remedy(url: str) -> None:
    wide = pl.DataFrame({f"column_{n}": ["x"] for n in range(1_700)})
    with pytest.raises(ValueNotKeptError, match=r"debtors cannot .* Validate the files"):
        load_extract(FrameExtract({"debtors": wide}), Address.parse(url))


def test_manifest_description_withdrawals_and_ignored_files_come_along(
    tmp_path: Path, url: str
) -> None:
    (tmp_path / "withdrawn").mkdir()
    (tmp_path / "incomes.csv").write_text("debtor_id,reported_on\nD1,2026-01-01\n")
    (tmp_path / "debtors.csv").write_text("debtor_id\n")
    (tmp_path / "extract.json").write_text('{"legal_order": "uz", "asked_by": "кимдир"}')
    (tmp_path / "incomse.csv").write_text("a misspelt name\n")
    withdrawn = tmp_path / "withdrawn" / "incomes.csv"
    withdrawn.write_text("debtor_id,reported_on,withdrawn_on\nD1,2026-01-01,2026-02-01\n")
    files = [tmp_path / "incomes.csv", tmp_path / "debtors.csv", withdrawn]
    write_manifest(tmp_path, files, date(2026, 3, 1))
    extract = FolderExtract(tmp_path)
    load_extract(extract, Address.parse(url))
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)
        assert loaded.extracted_on == date(2026, 3, 1)
        assert loaded.ignored == ("incomse.csv",)
        assert read_all(loaded.withdrawals("incomes")).height == 1
        assert read_all(loaded.table("debtors")).height == 0


_EVERY_TYPE = (
    column("debtor_id", dtype=pl.String),
    column("small", dtype=pl.Int8),
    column("unsigned", dtype=pl.UInt64),
    column("huge", dtype=pl.Int128),
    column("float", dtype=pl.Float64),
    column("single", dtype=pl.Float32),
    column("flag", dtype=pl.Boolean),
    column("day", dtype=pl.Date),
    column("at_ms", dtype=pl.Datetime("ms")),
    column("at_us", dtype=pl.Datetime("us", "Asia/Tashkent")),
    column("at_ns", dtype=pl.Datetime("ns")),
    column("time", dtype=pl.Time),
    column("lasting", dtype=pl.Duration("us")),
    column("amount", dtype=pl.Decimal(18, 2)),
    column("bytes", dtype=pl.Binary),
    column("category", dtype=pl.Categorical),
    column("choice", dtype=pl.Enum(["a", "b", ""])),
    column("list", dtype=pl.List(pl.Int64)),
    column("nothing", dtype=pl.Null),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(frame=dataframes(list(_EVERY_TYPE), min_size=1, max_size=12, allow_null=True))
def test_values_of_every_type_come_back_exactly(
    frame: pl.DataFrame, url: str, owner: psycopg.Connection
) -> None:
    owner.execute("DROP SCHEMA IF EXISTS registers CASCADE")
    load_extract(FrameExtract({"debtors": frame}), Address.parse(url), batch_rows=5)
    with PostgresExtract(url) as loaded:
        back = read_all(loaded.table("debtors"))
    assert back.equals(frame)
    signs = pl.col("float").cast(pl.String)  # equals() takes -0.0 for 0.0
    assert back.select(signs).equals(frame.select(signs))


def test_a_second_load_changes_nothing_and_says_so(
    extract: FolderExtract, url: str, owner: psycopg.Connection
) -> None:
    first = load_extract(extract, Address.parse(url))
    before = _state_of(owner)
    again = load_extract(extract, Address.parse(url), batch_rows=7)
    assert again.was_complete
    assert not first.was_complete
    assert {n: t.n_rows for n, t in again.tables.items()} == {
        n: t.n_rows for n, t in first.tables.items()
    }
    assert _state_of(owner) == before


def test_another_extract_needs_replace_and_then_takes_the_place_as_a_whole(
    extract: FolderExtract, url: str
) -> None:
    other = FrameExtract({"debtors": pl.DataFrame({"debtor_id": ["D1"]})}, label="april")
    load_extract(extract, Address.parse(url))
    with pytest.raises(OtherExtractError, match="add --replace") as told:
        load_extract(other, Address.parse(url))
    assert extract.label in str(told.value)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)
    assert load_extract(other, Address.parse(url), replace=True).replaced == extract.label
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, other)
        assert loaded.table("incomes") is None


def test_a_reader_sees_the_old_extract_until_the_new_one_is_complete(
    extract: FolderExtract, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_extract(extract, Address.parse(url))
    other = FrameExtract({"debtors": pl.DataFrame({"debtor_id": ["D1", "D2"]})})
    monkeypatch.setattr(loading_module, "LOCK_SECONDS", 1)
    with PostgresExtract(url) as loaded:
        # The reader holds its tables: the load waits, keeps what it has, and says what to do.
        with pytest.raises(LockedError, match="run the same command again"):
            load_extract(other, Address.parse(url), replace=True)
        assert_same_extract(loaded, extract)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)
    report = load_extract(other, Address.parse(url), replace=True)
    assert report.tables["debtors"].n_before == 2
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, other)


def test_a_table_that_breaks_off_is_refused_in_the_same_words_and_the_others_are_in(
    url: str,
) -> None:
    days = pl.DataFrame({"debtor_id": [f"D{n}" for n in range(10)]})
    extract = FrameExtract({"debtors": days, "incomes": days}, breaks_at={"incomes": 6})
    report = load_extract(extract, Address.parse(url), batch_rows=4)
    assert report.exit_code == 12
    assert report.tables["debtors"].n_rows == 10
    with PostgresExtract(url) as loaded:
        assert read_all(loaded.table("debtors")).equals(days)
        with pytest.raises(TableRefusedError, match=r"breaks off\. Send it again") as told:
            loaded.table("incomes")
    assert told.value.reason_code == "unreadable_file"
    assert load_extract(extract, Address.parse(url)).exit_code == 12


def test_a_refused_table_stays_refused_when_an_interrupted_load_goes_on(url: str) -> None:
    rows = pl.DataFrame({"debtor_id": [f"D{n}" for n in range(10)]})
    extract = FrameExtract({"debtors": rows, "incomes": rows}, breaks_at={"debtors": 6})

    def stop_at_incomes(said: str) -> None:
        if said.startswith("incomes"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_extract(extract, Address.parse(url), batch_rows=4, progress=stop_at_incomes)
    report = load_extract(extract, Address.parse(url), batch_rows=4)
    assert report.tables["debtors"].refusal == "debtors: breaks off. Send it again."
    assert report.tables["incomes"].n_rows == 10
    with PostgresExtract(url) as loaded, pytest.raises(TableRefusedError, match="breaks off"):
        loaded.table("debtors")


def test_a_table_that_no_load_made_is_left_alone(
    extract: FolderExtract, url: str, owner: psycopg.Connection
) -> None:
    owner.execute("CREATE SCHEMA registers")
    owner.execute("CREATE TABLE registers.incomes (debtor_id text)")
    for replace in (False, True):
        with pytest.raises(ForeignTableError, match="incomes"):
            load_extract(extract, Address.parse(url), replace=replace)
    assert owner.execute("SELECT count(*) FROM registers.incomes").fetchone() == (0,)


def test_two_loads_into_one_schema_do_not_mix(
    extract: FolderExtract, url: str, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.execute("SELECT pg_advisory_lock(hashtextextended('chora load registers', 0))")
    monkeypatch.setattr(loading_module, "LOCK_TRIES", 1)
    with pytest.raises(LoadRunningError, match="Wait until it is done"):
        load_extract(extract, Address.parse(url))


def test_a_load_that_broke_goes_on_and_nothing_is_visible_before(url: str) -> None:
    rows = pl.DataFrame({"debtor_id": [f"D{n}" for n in range(10)]})
    extract = FrameExtract({"debtors": rows})

    def stop_after_two(said: str) -> None:
        if said.startswith("debtors: 8"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_extract(extract, Address.parse(url), batch_rows=4, progress=stop_after_two)
    with pytest.raises(UnfinishedLoadError, match="goes on where it stopped"):
        PostgresExtract(url)
    report = load_extract(extract, Address.parse(url), batch_rows=3)
    assert (report.tables["debtors"].n_before, report.tables["debtors"].n_rows) == (8, 10)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, extract)


def test_an_unfinished_load_of_another_extract_gives_way_to_replace_only(url: str) -> None:
    first = FrameExtract({"debtors": pl.DataFrame({"debtor_id": ["D1"] * 5})}, label="march")
    second = FrameExtract({"debtors": pl.DataFrame({"debtor_id": ["D2"]})}, label="april")

    def stop(said: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_extract(first, Address.parse(url), batch_rows=2, progress=stop)
    with pytest.raises(OtherExtractError, match="unfinished load of another one \\('march'\\)"):
        load_extract(second, Address.parse(url))
    load_extract(second, Address.parse(url), replace=True)
    with PostgresExtract(url) as loaded:
        assert_same_extract(loaded, second)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registers.debtors SET kind = 'individual'",
        "DELETE FROM registers.debtors",
        "TRUNCATE registers.debtors",
        "INSERT INTO registers.debtors (chora_row) VALUES (-1)",
    ],
)
def test_a_loaded_table_is_not_changed_in_passing(
    extract: FolderExtract, url: str, owner: psycopg.Connection, statement: str
) -> None:
    load_extract(extract, Address.parse(url))
    with pytest.raises(psycopg.errors.RestrictViolation, match="as it was delivered"):
        owner.execute(sql.SQL(statement))


def test_a_table_whose_rows_were_removed_by_force_is_named(
    extract: FolderExtract, url: str, owner: psycopg.Connection
) -> None:
    load_extract(extract, Address.parse(url))
    owner.execute("ALTER TABLE registers.debtors DISABLE TRIGGER ALL")
    owner.execute("DELETE FROM registers.debtors WHERE chora_row = 3")
    with PostgresExtract(url) as loaded:
        n = pl.read_parquet(extract.folder / "debtors.parquet").height
        with pytest.raises(TableRefusedError, match=f"has {n - 1} rows where {n} were") as told:
            read_all(loaded.table("debtors"), 10_000)
        assert told.value.reason_code == "changed_table"
    owner.execute("DROP TABLE registers.vehicles")
    with PostgresExtract(url) as loaded, pytest.raises(TableRefusedError, match="no longer there"):
        loaded.table("vehicles")


def test_own_tables_are_read_in_a_stable_order_with_the_types_of_a_file(
    url: str, owner: psycopg.Connection
) -> None:
    owner.execute("CREATE SCHEMA bureau")
    owner.execute("CREATE TYPE bureau.kind AS ENUM ('wage', 'rent')")
    owner.execute(
        "CREATE TABLE bureau.incomes (payer_id varchar(9), debtor_id char(4), month date,"
        " kind bureau.kind, gross_som numeric(15), tax_som int, rate real, share numeric(9,2),"
        ' is_late boolean, reported_on timestamptz, filed_at timestamp, "Note" json)'
    )
    owner.execute(
        "INSERT INTO bureau.incomes VALUES"
        " ('ä', 'D2', '2026-01-01', 'rent', 5, 1, 0.5, 1.50, true, '2026-02-01 00:00+05',"
        " '2026-02-01 10:00', '{}'),"
        " ('Z', 'D1', 'infinity', 'wage', 7, NULL, 'NaN', 'NaN', NULL, 'infinity', '-infinity',"
        " NULL), ('a', 'D1', NULL, 'wage', NULL, 2, 1, 0, false, NULL, NULL, '[1]')"
    )
    with PostgresExtract(url, "bureau") as extract:
        table = extract.table("incomes")
        rows = read_all(table)
        assert table is not None
        assert table.sha256 is None
        assert table.n_rows is None
        assert extract.description == {"legal_order": "uz"}
        assert extract.table("debtors") is None
    assert rows["payer_id"].to_list() == ["Z", "a", "ä"]
    assert rows["debtor_id"].to_list() == ["D1", "D1", "D2"]
    assert rows["month"].to_list() == [date(9999, 12, 31), None, date(2026, 1, 1)]
    assert rows["kind"].to_list() == ["wage", "wage", "rent"]
    assert rows["gross_som"].to_list() == [7, None, 5]
    assert rows["share"].to_list() == [None, Decimal("0.00"), Decimal("1.50")]
    midnight = datetime(2026, 1, 31, 19, tzinfo=UTC)  # in Tashkent, 1 February
    assert rows["reported_on"].to_list()[1:] == [None, midnight]
    assert rows["filed_at"].to_list()[0] == datetime(1, 1, 1)  # noqa: DTZ001
    assert rows.schema == {
        "payer_id": pl.String,
        "debtor_id": pl.String,
        "month": pl.Date,
        "kind": pl.String,
        "gross_som": pl.Int64,
        "tax_som": pl.Int64,
        "rate": pl.Float64,
        "share": pl.Decimal(9, 2),
        "is_late": pl.Boolean,
        "reported_on": pl.Datetime("us", "UTC"),
        "filed_at": pl.Datetime("us"),
        "Note": pl.String,
    }


def test_tables_beside_those_of_the_contract_are_named(url: str, owner: psycopg.Connection) -> None:
    owner.execute("CREATE SCHEMA bureau")
    owner.execute("CREATE TABLE bureau.debtors (debtor_id text)")
    owner.execute("CREATE VIEW bureau.incomse AS SELECT 1 AS n")
    with PostgresExtract(url, "bureau") as extract:
        assert extract.ignored == ("incomse",)


def test_all_tables_of_one_reading_are_of_one_moment(url: str, owner: psycopg.Connection) -> None:
    owner.execute("CREATE SCHEMA registers")
    for name in TABLES:
        owner.execute(sql.SQL("CREATE TABLE registers.{} (id int)").format(sql.Identifier(name)))
    with PostgresExtract(url) as extract:
        assert read_all(extract.table("debtors")).height == 0
        for name in TABLES:
            insert = sql.SQL("INSERT INTO registers.{} VALUES (1)")
            owner.execute(insert.format(sql.Identifier(name)))
        assert all(read_all(extract.table(name)).height == 0 for name in TABLES)
    with PostgresExtract(url) as extract:
        assert all(read_all(extract.table(name)).height == 1 for name in TABLES)


def test_a_reading_that_is_given_up_leaves_no_session(
    extract: FolderExtract, url: str, owner: psycopg.Connection
) -> None:
    load_extract(extract, Address.parse(url))
    with PostgresExtract(url) as loaded:
        table = loaded.table("incomes")
        assert table is not None
        reading = table.batches(10)
        next(reading)
        # Two readings at once, of the same rows.
        assert read_all(table).equals(read_all(extract.table("incomes")))
        reading.close()  # type: ignore[attr-defined]
    left = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chora'"
    _wait_for(lambda: owner.execute(left).fetchone() == (0,))


def _wait_for(is_so: Callable[[], bool]) -> None:
    """A closed session needs a moment to leave the server's list."""
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline, "a session was left"
        time.sleep(0.05)
