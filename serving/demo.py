"""Demo accounts: their passwords are public, so they work only while the service shows the demo.

A demo account is known by its mark in the store, not by its name: a person's own account of the
same name is neither taken over nor switched off. One that an older version made without a mark is
known by its name, its display name and its public password together.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from argon2.exceptions import VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from serving import accounts
from serving.accounts import NewAccount, end_sessions, new_row
from serving.people import EVERY_OFFICE
from serving.states import Role
from serving.store.database import Store
from serving.store.models import Account, StoreFact

log = logging.getLogger("chora.serving")
_MARK = "demo_account/"  # before the account's id, in the names of the store's facts

DEMO_ACCOUNTS = (
    NewAccount("officer", "demo-officer-1", Role.OFFICER, "Dilnoza (demo)"),
    NewAccount("officer2", "demo-officer-2", Role.OFFICER, "Jasur (demo)"),
    NewAccount("reviewer", "demo-reviewer-1", Role.REVIEWER, "Nodira (demo)"),
    NewAccount("senior", "demo-reviewer-2", Role.REVIEWER, "Rustam (demo)", is_senior=True),
    NewAccount("analyst", "demo-analyst-1", Role.ANALYST, "Kamola (demo)"),
)


def switch_demo_on(
    store: Store, now: datetime, offices: Sequence[str] = ()
) -> tuple[NewAccount, ...]:
    """The demo accounts that work now, with their passwords, to be shown.

    The second officer gets the first of `offices` only, so that rights by office can be seen. An
    account is left out where a person has its name.
    """
    one_office = tuple(offices[:1]) or (EVERY_OFFICE,)
    working = []
    with store.writing() as session:
        for account in DEMO_ACCOUNTS:
            row = _by_name(session, account.username)
            if row is None:
                own = one_office if account.username == "officer2" else account.offices
                row = new_row(replace(account, offices=own), now)
                session.add(row)
            elif not _is_demo(session, row, account):
                log.warning("demo_name_taken: a person has the account %s", account.username)
                continue
            _mark(session, row)
            row.is_active = True
            working.append(account)
    return tuple(working)


def switch_demo_off(store: Store, now: datetime) -> int:
    """How many demo accounts were switched off; their sessions have ended."""
    with store.reading() as session:
        if not _working(session):
            return 0
    with store.writing() as session:
        rows = _working(session)
        for row in rows:
            _mark(session, row)
            row.is_active = False
            end_sessions(session, row, now)
    log.warning("demo_accounts_switched_off: %d", len(rows))
    return len(rows)


def _working(session: Session) -> list[Account]:
    found = [(_by_name(session, account.username), account) for account in DEMO_ACCOUNTS]
    return [row for row, a in found if row and row.is_active and _is_demo(session, row, a)]


def _by_name(session: Session, username: str) -> Account | None:
    return session.scalar(select(Account).where(Account.username == username))


def _mark(session: Session, row: Account) -> None:
    if session.get(StoreFact, _MARK + row.id) is None:
        session.add(StoreFact(name=_MARK + row.id, value="public password"))


def _is_demo(session: Session, row: Account, account: NewAccount) -> bool:
    if session.get(StoreFact, _MARK + row.id) is not None:
        return True
    if row.display_name != account.display_name:
        return False
    try:
        return bool(accounts.HASHER.verify(row.password_hash, account.password))
    except VerificationError:
        return False
