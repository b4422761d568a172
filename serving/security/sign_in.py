"""Signing in with name and password, with a pause after too many failures."""

import secrets
from collections import defaultdict, deque
from datetime import datetime, timedelta
from threading import Lock

from argon2.exceptions import VerificationError
from sqlalchemy import select

from serving.accounts import HASHER
from serving.errors import SignInFailedError, TooManyAttemptsError
from serving.security.sessions import SignedIn, end_session, read_session, start_session
from serving.settings import Settings
from serving.store.database import Store
from serving.store.models import Account

_ADDRESS_FACTOR = 10  # one address may fail for several names, such as an office behind one router


class SignInLimiter:
    """Counts failures per name and address in the memory of this process."""

    def __init__(self, allowed: int, pause: timedelta) -> None:
        self._allowed = allowed
        self._pause = pause
        self._failures: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._lock = Lock()

    def check(self, username: str, address: str, now: datetime) -> None:
        """Raise `TooManyAttemptsError` where name or address failed too often lately."""
        with self._lock:
            is_full = self._count((username, address), now) >= self._allowed or (
                self._count(("", address), now) >= self._allowed * _ADDRESS_FACTOR
            )
        if is_full:
            raise TooManyAttemptsError(minutes=max(1, round(self._pause.total_seconds() / 60)))

    def note_failure(self, username: str, address: str, now: datetime) -> None:
        """Count one failure."""
        with self._lock:
            self._failures[(username, address)].append(now)
            self._failures[("", address)].append(now)

    def note_success(self, username: str, address: str) -> None:
        """Forget the failures of this name at this address."""
        with self._lock:
            self._failures.pop((username, address), None)

    def _count(self, key: tuple[str, str], now: datetime) -> int:
        times = self._failures.get(key)
        if times is None:
            return 0
        while times and now - times[0] >= self._pause:
            times.popleft()
        if not times:
            del self._failures[key]
            return 0
        return len(times)


_NOBODY_HASH = HASHER.hash(secrets.token_hex(16))  # verified for unknown names, to take as long


def sign_in(
    store: Store,
    settings: Settings,
    limiter: SignInLimiter,
    username: str,
    password: str,
    address: str,
    old_token: str | None = None,
) -> tuple[str, SignedIn]:
    """A fresh session id and who it is for; a session that the browser had before ends.

    Raises:
        SignInFailedError, TooManyAttemptsError: no session was made.
    """
    name, now = username.strip().lower(), settings.clock()
    limiter.check(name, address, now)
    with store.reading() as session:
        account = session.scalar(select(Account).where(Account.username == name))
    if not _is_password(account, password) or account is None:
        limiter.note_failure(name, address, now)
        raise SignInFailedError
    limiter.note_success(name, address)
    end_session(store, settings, old_token)
    token = start_session(store, settings, account.id)
    return token, read_session(store, settings, token)


def _is_password(account: Account | None, password: str) -> bool:
    try:
        HASHER.verify(account.password_hash if account else _NOBODY_HASH, password)
    except VerificationError:
        return False
    return account is not None and account.is_active
