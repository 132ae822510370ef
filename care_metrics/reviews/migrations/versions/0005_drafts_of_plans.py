"""What somebody typed into a coaching plan and has not saved."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """One draft a reader and plan; the plan that is not agreed yet has no name."""
    op.create_table(
        "plan_drafts",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("reader", "client", "agent_id", "plan_id")),
        sa.Column("team", sa.Text),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drafts of plans are lost, the plans are not."""
    op.drop_table("plan_drafts")
