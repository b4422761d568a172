"""The same request sent twice is done once and answered twice alike (Idempotency-Key)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from serving.errors import IdempotencyKeyReusedError
from serving.store.models import IdempotencyKey


@dataclass
class Once:
    """One request's key, as its hash; `is_replay` becomes true where it was answered before."""

    account_id: str
    key: str
    request_hash: str
    is_replay: bool = False


def hash_request(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: method, path and body."""
    return hashlib.sha256(f"{method} {path}\n".encode() + body).hexdigest()


def find_answer(session: Session, once: Once | None) -> bytes | None:
    """The body that was answered to this request before, if it was.

    Raises:
        IdempotencyKeyReusedError: the key came with another request.
    """
    row = once and session.get(IdempotencyKey, (once.account_id, once.key))
    if not once or not row:
        return None
    if row.request_hash != once.request_hash:
        raise IdempotencyKeyReusedError
    once.is_replay = True
    return row.body


def keep_answer(
    session: Session, once: Once | None, body: bytes, now: datetime, status: int = 201
) -> None:
    """Keep the answer in the transaction that did the work."""
    if once:
        session.add(
            IdempotencyKey(
                account_id=once.account_id,
                key=once.key,
                request_hash=once.request_hash,
                status=status,
                body=body,
                created_at=now,
            )
        )
