"""Reviews, drafts, disputes, assignments and coaching plans; revisions are never rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
# Deleting stays possible, for erasure; `actions` of 0001 has revisions too.
REVISED = ("reviews", "coaching_plans", "actions")


def text(name: str, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    """A text column, not null unless it says otherwise."""
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=primary_key)


def instant(name: str = "at", nullable: bool = False) -> sa.Column:
    """An instant in UTC."""
    return sa.Column(name, INSTANT, nullable=nullable)


def upgrade() -> None:
    """Create the tables and forbid the rewriting of revisions."""
    _reviews()
    _disputes()
    _assignments()
    _coaching()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION revisions_stay() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a revision is never rewritten'; END $$"
        )
    for table in REVISED:
        _never_rewritten(table)


def downgrade() -> None:
    """Drop the tables and all they hold; the tables of 0001 stay as they are."""
    postgres = op.get_bind().dialect.name == "postgresql"
    op.execute("DROP TRIGGER actions_stay ON actions" if postgres else "DROP TRIGGER actions_stay")
    for table in ("coaching_plans", "assignments", "disputes", "drafts", "reviews"):
        op.drop_table(table)
    if postgres:
        op.execute("DROP FUNCTION revisions_stay()")


def _never_rewritten(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        body = "BEGIN SELECT RAISE(ABORT, 'a revision is never rewritten'); END"
    else:
        body = "FOR EACH STATEMENT EXECUTE FUNCTION revisions_stay()"
    op.execute(f"CREATE TRIGGER {table}_stay BEFORE UPDATE ON {table} {body}")


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("client", "interaction_id")),
        sa.Column("opinion", sa.Integer, nullable=False),
        *(text(name, nullable=True) for name in ("agent_id", "team")),
        text("root_cause"),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("turns", "evidence", "items")),
        *(text(name) for name in ("next_step", "coaching_note", "state")),
        sa.Column("snapshot", sa.BigInteger),
        text("model_revision", nullable=True),
        sa.Column("version", sa.Integer),
        *(text(name) for name in ("key", "author")),
        instant(),
        sa.UniqueConstraint("key", name="uq_reviews_key"),
        sa.UniqueConstraint("client", "interaction_id", "opinion", "version", name="uq_reviews_version"),
    )
    op.create_table(
        "drafts",
        *(text(name, primary_key=True) for name in ("reader", "client", "interaction_id")),
        sa.Column("opinion", sa.Integer, primary_key=True),
        text("key"),
        sa.Column("body", sa.JSON, nullable=False),
        instant("typed_at"),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("client", "interaction_id", "agent_id", "text", "about")),
        *(text(name, nullable=True) for name in ("pillar", "behaviour", "source")),
        sa.Column("turn_no", sa.Integer),
        *(text(name, nullable=True) for name in ("event_id", "team")),
        *(text(name) for name in ("key", "state", "opened_by")),
        instant(),
        text("decided_by", nullable=True),
        instant("decided_at", nullable=True),
        text("decision"),
        sa.UniqueConstraint("key", name="uq_disputes_key"),
    )


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("client", "interaction_id", "reviewer", "why")),
        sa.Column("opinion", sa.Integer, nullable=False),
        text("plan", nullable=True),
        sa.Column("seed", sa.BigInteger),
        sa.Column("probability", sa.Float),
        *(text(name, nullable=True) for name in ("agent_id", "team")),
        sa.Column("due", sa.Date),
        *(text(name) for name in ("state", "assigned_by")),
        instant(),
        sa.UniqueConstraint("client", "interaction_id", "opinion", name="uq_assignments_contact"),
    )


def _coaching() -> None:
    op.create_table(
        "coaching_plans",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("plan_id", "client", "agent_id", "skill", "goal")),
        sa.Column("starts", sa.Date, nullable=False),
        sa.Column("follow_up", sa.Date),
        text("note"),
        sa.Column("contacts", sa.JSON, nullable=False),
        text("state"),
        text("team", nullable=True),
        sa.Column("version", sa.Integer),
        *(text(name) for name in ("key", "author")),
        instant(),
        sa.UniqueConstraint("key", name="uq_coaching_key"),
        sa.UniqueConstraint("client", "plan_id", "version", name="uq_coaching_version"),
    )
