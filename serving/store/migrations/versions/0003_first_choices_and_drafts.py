"""An officer's own first choice, once per person and recommendation; and texts kept for a while.

The first choices that proposals of older stores name come along: the first proposal of a person on
a recommendation tells that person's choice, also where it tells that there was none.
"""

import sqlalchemy as sa
from alembic import op

from serving.store.types import UtcInstant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REFUSE = """
CREATE TRIGGER first_choices_no_{event} BEFORE {event} ON first_choices
BEGIN SELECT RAISE(ABORT, 'first_choices is append-only'); END
"""
BRING_ALONG = """
INSERT INTO first_choices (recommendation_id, person_id, account_id, measure, stated_at)
SELECT recommendation_id, person_id, account_id, first_choice, created_at FROM proposals AS one
WHERE NOT EXISTS (
    SELECT 1 FROM proposals AS earlier
    WHERE earlier.recommendation_id = one.recommendation_id
      AND earlier.person_id = one.person_id
      AND (earlier.created_at < one.created_at
           OR (earlier.created_at = one.created_at AND earlier.id < one.id))
)
"""


def upgrade() -> None:
    """Move forward."""
    op.create_table(
        "first_choices",
        sa.Column("recommendation_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("stated_at", UtcInstant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_first_choices_recommendation_id_recommendations"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_first_choices_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "person_id", name=op.f("pk_first_choices")),
    )
    op.execute(BRING_ALONG)
    for event in ("update", "delete"):
        op.execute(REFUSE.format(event=event))
    op.create_table(
        "drafts",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("kept_at", UtcInstant(length=32), nullable=False),
        sa.Column("expires_at", UtcInstant(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "form", name=op.f("pk_drafts")),
    )


def downgrade() -> None:
    """Move back."""
    op.drop_table("drafts")
    op.drop_table("first_choices")
