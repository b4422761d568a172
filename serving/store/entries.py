"""Ledger entries as rows of the same database as the decisions they tell."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from serving.store.models import LedgerEntry


class SqlEntryStore:
    """The ledger's `EntryStore` inside one transaction: it commits or vanishes with the state."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """The number of entries."""
        last = self._session.scalar(select(func.max(LedgerEntry.position)))
        return 0 if last is None else last + 1

    def append(self, entry: bytes) -> int:
        """Add an entry after the last one; its index."""
        position = self.count()
        self._session.add(LedgerEntry(position=position, entry=entry))
        self._session.flush()
        return position

    def entries(self, start: int, stop: int) -> Sequence[bytes]:
        """Entries start to stop (excluded), in order."""
        rows = select(LedgerEntry.entry).where(
            LedgerEntry.position >= start, LedgerEntry.position < stop
        )
        return self._session.scalars(rows.order_by(LedgerEntry.position)).all()
