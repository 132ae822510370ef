"""Sampling plans and the contacts they drew, with their inclusion probabilities."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def text(name: str, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    """A text column, not null unless it says otherwise."""
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=primary_key)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "sampling_plans",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("client", "kind")),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts", "ends")),
        sa.Column("frame_n", sa.Integer, nullable=False),
        sa.Column("snapshot", sa.BigInteger, nullable=False),
        *(text(name) for name in ("key", "drawn_by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("key", name="uq_sampling_plans_key"),
    )
    op.create_table(
        "drawn",
        sa.Column("plan", sa.Integer, sa.ForeignKey("sampling_plans.id", name="fk_drawn_plan"), primary_key=True),
        text("interaction_id", primary_key=True),
        *(text(name) for name in ("client", "kind")),
        *(text(name, nullable=True) for name in ("agent_id", "team")),
        sa.Column("probability", sa.Float, nullable=False),
        sa.Column("why", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables and all they hold."""
    op.drop_table("drawn")
    op.drop_table("sampling_plans")
