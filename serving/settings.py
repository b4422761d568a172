"""What the operator chooses for one service, passed in whole: nothing reads the environment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant in UTC; the one place where the service reads the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Settings:
    """The settings of one service.

    Attributes:
        store: folder with the database, the models, the ledger and the signing key.
        tables: folder that `chora validate` wrote; None where there is none yet.
        working_day: the day on which cases are judged; None means the latest `reported_on`.
        time_zone_hours: offset of the office's clock from UTC, for the times shown to people.
        session_idle: a session ends after this long without a request.
        session_longest: a session ends this long after sign-in, whatever happens.
        is_https: cookies are sent over https only and carry the `__Host-` prefix.
        allowed_hosts: names under which the service may be addressed.
        is_demo: demo accounts are made and their passwords are shown on the sign-in page.
        top: number of measures that a recommendation ranks.
        model: model version to use; None means the champion, or else the newest candidate.
        failed_sign_ins: failures for one name and address before a pause.
        sign_in_pause: length of that pause.
    """

    store: Path
    tables: Path | None = None
    working_day: date | None = None
    time_zone_hours: int = 5
    session_idle: timedelta = timedelta(minutes=30)
    session_longest: timedelta = timedelta(hours=10)
    is_https: bool = False
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    is_demo: bool = False
    top: int = 3
    model: str | None = None
    failed_sign_ins: int = 5
    sign_in_pause: timedelta = timedelta(minutes=15)
    clock: Clock = field(default=utc_now, repr=False)

    @property
    def ledger_folder(self) -> Path:
        """Where the ledger's public files lie."""
        return self.store / "ledger"

    @property
    def ledger_key(self) -> Path:
        """The file with the ledger's signing key."""
        return self.store / "keys" / "ledger.key"

    @property
    def cookie_name(self) -> str:
        """The session cookie; over https it is bound to this host."""
        return "__Host-chora" if self.is_https else "chora"
