"""Where the tables came from that recommendations were computed from, by their source hash."""

import sqlalchemy as sa
from alembic import op

from serving.store.types import UtcInstant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSE = """
CREATE TRIGGER lineages_no_{event} BEFORE {event} ON lineages
BEGIN SELECT RAISE(ABORT, 'lineages is append-only'); END
"""


def upgrade() -> None:
    """Move forward."""
    op.create_table(
        "lineages",
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("lineage", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcInstant(length=32), nullable=False),
        sa.PrimaryKeyConstraint("source_hash", name=op.f("pk_lineages")),
    )
    for event in ("update", "delete"):
        op.execute(REFUSE.format(event=event))


def downgrade() -> None:
    """Move back."""
    op.drop_table("lineages")
