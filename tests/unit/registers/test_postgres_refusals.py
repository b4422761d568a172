"""What PostgreSQL cannot do now becomes a sentence without the driver's own words."""

import psycopg.errors
import pytest

from registers.errors import RetryableError
from registers.sources.errors import DiskFullError, LockHeldError, ServerReadOnlyError
from registers.sources.postgres import Address

SECRET = "Key (debtor_id)=(31234567890123)"  # noqa: S105 - what a server's error may tell


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull, DiskFullError),
        (psycopg.errors.LockNotAvailable, LockHeldError),
        (psycopg.errors.DeadlockDetected, LockHeldError),
        (psycopg.errors.ReadOnlySqlTransaction, ServerReadOnlyError),
    ],
)
def test_a_server_that_cannot_now_says_so_and_never_the_value(
    error: type[psycopg.Error], kind: type[RetryableError]
) -> None:
    address = Address.parse("postgresql://reader@host:5432/registers")
    with pytest.raises(kind) as raised, address.told("Table payments", 30):
        raise error(SECRET)
    assert "Table payments" in str(raised.value)
    assert SECRET not in str(raised.value)
    assert raised.value.__suppress_context__
