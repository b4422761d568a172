import pytest

from registers.sources.errors import AddressError
from registers.sources.postgres.address import Address, is_address

SECRET = "pa55-w0rd"  # noqa: S105 -- invented


def test_schema_comes_from_the_option_then_the_address_then_the_default() -> None:
    named = "postgresql://reader@db.example:5433/bureau?sslmode=require&schema=march%202026"
    assert Address.parse(named, "april").schema == "april"
    assert Address.parse(named).schema == "march 2026"
    assert Address.parse("postgres:///bureau").schema == "registers"


def test_a_place_names_host_port_and_database_and_no_person() -> None:
    address = Address.parse(f"postgresql://reader:{SECRET}@db.example:5433/bureau?schema=s")
    assert address.place == "postgresql://db.example:5433/bureau"
    assert address.label == "postgresql://db.example:5433/bureau, schema s"
    assert Address.parse("postgresql:///b?host=/var/run/pg").place == "postgresql://localhost/b"
    assert Address.parse("postgresql:///?service=bureau").place == "postgresql://(service bureau)"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://reader:{SECRET}@db.example/bureau",
        f"postgresql://reader@db.example/bureau?password={SECRET}",
    ],
)
def test_a_password_is_warned_of_and_never_shown(url: str) -> None:
    address = Address.parse(url)
    assert address.has_password
    assert "PGPASSFILE" in address.warnings[0]
    for shown in (repr(address), str(address), address.label, *address.warnings):
        assert SECRET not in shown


def test_an_address_without_a_password_is_not_warned_of() -> None:
    assert Address.parse("postgresql://reader@db.example/bureau").warnings == ()


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://reader:{SECRET}@h/b",
        f"postgresql://reader:{SECRET}@[bad/b",
        f"postgresql://reader:{SECRET}%zz@h/b",
        f"postgresql://reader:{SECRET}@h/b?colour=red",
        f"postgresql://reader:{SECRET}@h/b?schema=",
        f"postgresql://reader:{SECRET}@h/b?schema={'s' * 64}",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(AddressError, match="Write it as postgresql://") as told:
        Address.parse(url)
    assert SECRET not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.exit_code == 2


def test_a_path_is_no_address() -> None:
    assert is_address("postgresql://h/b")
    assert not is_address("extracts/march")
    assert not is_address("postgresql")
