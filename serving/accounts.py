"""Accounts: adding one, and switching it off."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registers.errors import UserError
from registers.texts import LANGUAGES
from serving.people import EVERY_OFFICE
from serving.settings import utc_now
from serving.states import Role
from serving.store.database import Store
from serving.store.models import Account, SessionRow

MINIMUM_PASSWORD_LETTERS = 12
HASHER = PasswordHasher()


class AccountRefusedError(UserError):
    """An account that cannot be made as asked for."""


@dataclass(frozen=True)
class NewAccount:
    """What an operator says about a new account.

    `person_id` names the human being: a second account of the same person carries the same one,
    so that nobody decides on their own proposal. None means a person who has no other account.
    """

    username: str
    password: str
    role: Role
    display_name: str
    offices: tuple[str, ...] = (EVERY_OFFICE,)
    person_id: str | None = None
    is_senior: bool = False
    language: str = "uz_Latn"


def check_account(account: NewAccount) -> None:
    """Raise `AccountRefusedError` where a field cannot be accepted."""
    if not account.username.strip() or account.username != account.username.strip().lower():
        raise AccountRefusedError("Choose a user name in small letters, without spaces around it.")
    if len(account.password) < MINIMUM_PASSWORD_LETTERS:
        raise AccountRefusedError(
            f"Choose a password of at least {MINIMUM_PASSWORD_LETTERS} letters or signs."
        )
    if account.language not in LANGUAGES:
        raise AccountRefusedError(f"Choose a language of: {', '.join(LANGUAGES)}.")
    if not account.offices:
        raise AccountRefusedError("Name at least one office, or * for every office.")


def add_account(store: Store, account: NewAccount, now: datetime | None = None) -> str:
    """The id of the account just added.

    Raises:
        AccountRefusedError: a field is unusable, or the user name is taken.
    """
    check_account(account)
    with store.writing() as session:
        if session.scalar(select(Account.id).where(Account.username == account.username)):
            raise AccountRefusedError(f"The user name {account.username} is taken. Choose another.")
        row = new_row(account, now or utc_now())
        session.add(row)
        return row.id


def new_row(account: NewAccount, now: datetime) -> Account:
    """The row of a new account, with its password hashed."""
    return Account(
        id=secrets.token_hex(16),
        username=account.username,
        person_id=account.person_id or secrets.token_hex(16),
        display_name=account.display_name,
        role=account.role.value,
        offices=list(account.offices),
        is_senior=account.is_senior,
        is_active=True,
        language=account.language,
        password_hash=HASHER.hash(account.password),
        created_at=now,
    )


def switch_off_account(store: Store, username: str, now: datetime | None = None) -> None:
    """Nobody can sign in with the account any more, and its sessions end at once."""
    with store.writing() as session:
        row = session.scalar(select(Account).where(Account.username == username))
        if row is None:
            raise AccountRefusedError(f"There is no account {username}.")
        row.is_active = False
        end_sessions(session, row, now or utc_now())


def end_sessions(session: Session, account: Account, now: datetime) -> None:
    """Whoever is signed in with the account is signed in no longer."""
    session.execute(
        update(SessionRow)
        .where(SessionRow.account_id == account.id, SessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )
