"""The lineage of the tables that recommendations rest on, kept in the store by source hash.

Tables move and are replaced; the store remembers where each of them came from, so that a decision
can be followed back years later. A lineage holds counts and hashes, no personal data.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registers.lineage import Lineage, lineage_of, parse_lineage
from serving.desk import Desk
from serving.store.database import Store
from serving.store.models import SourceLineage


def remember_lineage(store: Store, desk: Desk, at: datetime) -> Lineage | None:
    """Keep the lineage of the desk's tables, once; None where their validation recorded none.

    Raises:
        OtherTablesError: the tables were changed after they were validated.
        LineageUnreadableError: the lineage is not what validation writes.
    """
    lineage = lineage_of(Path(desk.tables_folder), desk.source_hash)
    if lineage is None:
        return None
    with store.reading() as session:
        if session.get(SourceLineage, lineage.source_hash) is not None:
            return lineage
    with store.writing() as session:
        if session.get(SourceLineage, lineage.source_hash) is None:
            row = SourceLineage(
                source_hash=lineage.source_hash, lineage=lineage.as_text(), recorded_at=at
            )
            session.add(row)
    return lineage


def recall_lineage(session: Session, source_hash: str) -> Lineage | None:
    """The lineage that was kept for a source hash, or None.

    Raises LineageUnreadableError where the store was changed.
    """
    row = session.get(SourceLineage, source_hash)
    return None if row is None else parse_lineage(row.lineage, f"The lineage {source_hash[:12]}…")
