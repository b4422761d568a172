"""What somebody typed and could not send: kept for a day in the store, for that account alone.

A session ends while a reason is written, somebody else decides first, or a language is switched:
the text comes back when the same account opens the same form again. It is thrown away when the
form is recorded, when the person says so, and after its time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registers.texts import Texts
from serving.store.database import Store
from serving.store.models import Draft

KEPT_FOR = timedelta(hours=24)
MAXIMUM_CHARACTERS = 40_000  # of all fields together; ten times what a reason may have
MAXIMUM_DRAFTS = 50  # of one account; the oldest makes room


@dataclass(frozen=True)
class Told:
    """Why a form was refused: the field and the sentence in four languages."""

    field: str
    texts: Texts


@dataclass(frozen=True)
class Kept:
    """A draft as its account reads it back."""

    form: str
    fields: Mapping[str, str]
    told: tuple[Told, ...]
    kept_at: datetime


def keep_draft(
    store: Store,
    account_id: str,
    form: str,
    fields: Mapping[str, str],
    now: datetime,
    told: Sequence[Told] = (),
) -> bool:
    """Whether the fields are kept now; a text beyond all measure is not, and the page shows it."""
    if sum(map(len, fields.values())) > MAXIMUM_CHARACTERS:
        return False
    row = Draft(
        account_id=account_id,
        form=form,
        fields=dict(fields),
        told=[{"field": one.field, **one.texts.as_dict()} for one in told],
        kept_at=now,
        expires_at=now + KEPT_FOR,
    )
    with store.writing() as session:
        session.execute(delete(Draft).where(Draft.expires_at <= now))
        session.merge(row)
        session.flush()
        _make_room(session, account_id)
    return True


def find_draft(store: Store, account_id: str, forms: Sequence[str], now: datetime) -> Kept | None:
    """The account's newest draft of one of the forms, if it has not expired."""
    wanted = (
        select(Draft)
        .where(Draft.account_id == account_id, Draft.form.in_(forms), Draft.expires_at > now)
        .order_by(Draft.kept_at.desc())
        .limit(1)
    )
    with store.reading() as session:
        row = session.scalar(wanted)
    if row is None:
        return None
    told = tuple(
        Told(one["field"], Texts(**{k: v for k, v in one.items() if k != "field"}))
        for one in row.told
    )
    return Kept(row.form, row.fields, told, row.kept_at)


def drop_drafts(store: Store, account_id: str, forms: Sequence[str]) -> None:
    """Throw the account's drafts of these forms away; nothing is written where there are none."""
    mine = (Draft.account_id == account_id, Draft.form.in_(forms))
    with store.reading() as session:
        if not session.scalar(select(func.count()).select_from(Draft).where(*mine)):
            return
    with store.writing() as session:
        session.execute(delete(Draft).where(*mine))


def drop_expired(store: Store, now: datetime) -> None:
    """Throw away what has been kept for long enough."""
    with store.writing() as session:
        session.execute(delete(Draft).where(Draft.expires_at <= now))


def _make_room(session: Session, account_id: str) -> None:
    oldest = (
        select(Draft.form)
        .where(Draft.account_id == account_id)
        .order_by(Draft.kept_at.desc(), Draft.form)
        .offset(MAXIMUM_DRAFTS)
    )
    for form in session.scalars(oldest).all():
        session.execute(delete(Draft).where(Draft.account_id == account_id, Draft.form == form))
