"""Server-side sessions: a 256-bit id in a cookie, its hash in the store.

A session ends when idle for too long, after its longest life, when it is revoked, and when its
account is switched off; each request looks all of that up.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from serving.errors import NotSignedInError
from serving.people import Person, person_of
from serving.settings import Settings
from serving.store.database import PROBE_MILLISECONDS, Store
from serving.store.errors import StoreUnavailableError
from serving.store.models import SessionRow

KNOWN_AFTER_END = timedelta(hours=24)  # the browser keeps the id of an ended session so long
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A live session: its person and the token that its forms must send back."""

    person: Person
    form_token: str
    expires_at: datetime


def hash_of(token: str) -> str:
    """The hash under which a session id is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """The anti-forgery token of a session; it tells nothing about the session id."""
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def start_session(store: Store, settings: Settings, account_id: str) -> str:
    """A new session id for the account; the cookie's value."""
    token, now = secrets.token_urlsafe(32), settings.clock()
    with store.writing() as session:
        session.add(
            SessionRow(
                id_hash=hash_of(token),
                account_id=account_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + settings.session_longest,
                revoked_at=None,
            )
        )
    return token


def read_session(store: Store, settings: Settings, token: str | None) -> SignedIn:
    """Who is signed in with a session id; raises `NotSignedInError`."""
    if not token:
        raise NotSignedInError
    with store.reading() as session:
        row = session.scalar(
            select(SessionRow)
            .where(SessionRow.id_hash == hash_of(token))
            .options(joinedload(SessionRow.account))
        )
    now = settings.clock()
    if row is None or not is_live(row, now, settings.session_idle):
        raise NotSignedInError
    if now - row.last_seen_at >= min(_SEEN_EVERY, settings.session_idle / 2):
        _mark_seen(store, row.id_hash, now)
    ends = min(row.expires_at, now + settings.session_idle)
    return SignedIn(person_of(row.account), form_token(token), ends)


def is_live(row: SessionRow, now: datetime, idle: timedelta) -> bool:
    """Whether a session row (with its account) still counts."""
    return (
        row.revoked_at is None
        and row.account.is_active
        and now < row.expires_at
        and now - row.last_seen_at < idle
    )


def read_ended_session(store: Store, settings: Settings, token: str | None) -> str | None:
    """The account whose session came to its end by time, within the last day; otherwise None.

    It opens nothing: what somebody typed meanwhile can be put by for the account, no more. A
    session that was signed out of, and one of an account that is switched off, is nobody's.
    """
    if not token:
        return None
    with store.reading() as session:
        row = session.scalar(
            select(SessionRow)
            .where(SessionRow.id_hash == hash_of(token))
            .options(joinedload(SessionRow.account))
        )
    if row is None or row.revoked_at is not None or not row.account.is_active:
        return None
    ended_at = min(row.expires_at, row.last_seen_at + settings.session_idle)
    return row.account_id if ended_at <= settings.clock() < ended_at + KNOWN_AFTER_END else None


def _mark_seen(store: Store, id_hash: str, now: datetime) -> None:
    """Note the time; where the database takes nothing now, reading goes on without it."""
    with suppress(StoreUnavailableError), store.writing(PROBE_MILLISECONDS) as session:
        session.execute(
            update(SessionRow).where(SessionRow.id_hash == id_hash).values(last_seen_at=now)
        )


def end_session(store: Store, settings: Settings, token: str | None) -> None:
    """The session counts no longer, whoever still holds its id."""
    if token:
        with store.writing() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.id_hash == hash_of(token), SessionRow.revoked_at.is_(None))
                .values(revoked_at=settings.clock())
            )
