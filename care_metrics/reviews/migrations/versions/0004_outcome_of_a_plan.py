"""What came of a coaching plan, as whoever followed it up judged it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Plans of before have no outcome on record."""
    op.add_column("coaching_plans", sa.Column("outcome", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop what was judged."""
    op.drop_column("coaching_plans", "outcome")
