"""Targets, annotations, actions, sites, tasks, readers, sessions, the audit log and saved filters."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
TABLES = ("saved_filters", "audit", "sessions", "readers", "tasks", "sites", "actions", "annotations", "targets")


def text(name: str, nullable: bool = False, primary_key: bool = False) -> sa.Column:
    """A text column, not null unless it says otherwise."""
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=primary_key)


def upgrade() -> None:
    """Create the tables, and make the audit log insert-only."""
    _what_clients_agreed()
    _what_clients_call_things()
    _who_may_read()
    _make_audit()


def downgrade() -> None:
    """Drop the tables and all they hold."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_insert_only()")


def _what_clients_agreed() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("client", "kpi", "comparator")),
        sa.Column("value", sa.Float, nullable=False),
        text("kind"),
        sa.Column("valid_from", sa.Date, nullable=False),
        *(text(name) for name in ("length", "typed_by")),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("client", "kpi", "length", "kind", "valid_from", name="uq_targets"),
        sa.CheckConstraint("comparator IN ('>=', '<=', '>', '<')", name="ck_targets_comparator"),
        sa.CheckConstraint("kind IN ('contract', 'goal')", name="ck_targets_kind"),
    )
    op.create_table(
        "annotations",
        sa.Column("id", sa.Integer, primary_key=True),
        text("client", nullable=True),
        sa.Column("day", sa.Date, nullable=False),
        *(text(name) for name in ("text", "audience", "typed_by")),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer, primary_key=True),
        *(text(name) for name in ("action_id", "client", "text", "owner")),
        sa.Column("due", sa.Date),
        text("state"),
        sa.Column("version", sa.Integer),
        *(text(name) for name in ("key", "typed_by")),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("key", name="uq_actions_key"),
        sa.UniqueConstraint("client", "action_id", "version", name="uq_actions_version"),
    )


def _what_clients_call_things() -> None:
    op.create_table(
        "sites",
        *(text(name, primary_key=True) for name in ("client", "site")),
        text("label"),
        *(text(name, nullable=True) for name in ("country", "location")),
        text("typed_by"),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "tasks",
        *(text(name, primary_key=True) for name in ("client", "reason")),
        *(text(name) for name in ("task", "typed_by")),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("task IN ('transactional', 'emotional')", name="ck_tasks_task"),
    )
    op.create_table(
        "saved_filters",
        *(text(name, primary_key=True) for name in ("reader", "page", "name")),
        sa.Column("query", sa.JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _who_may_read() -> None:
    op.create_table(
        "readers",
        sa.Column("id", sa.Integer, primary_key=True),
        text("issuer"),
        *(text(name, nullable=True) for name in ("subject", "email")),
        text("role"),
        sa.Column("clients", sa.JSON, nullable=False),
        sa.Column("every_client", sa.Boolean, nullable=False),
        sa.Column("bounds", sa.JSON, nullable=False),
        text("granted_by"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.UniqueConstraint("issuer", "subject", name="uq_readers_identity"),
        sa.UniqueConstraint("email", name="uq_readers_email"),
    )
    op.create_table(
        "sessions",
        text("session_id", primary_key=True),
        sa.Column("reader_id", sa.Integer, sa.ForeignKey("readers.id", name="fk_sessions_reader"), nullable=False),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.Column("signed_out_at", INSTANT),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        *(text(name) for name in ("who", "role", "what")),
        *(text(name, nullable=True) for name in ("client", "contact")),
        sa.Column("filters", sa.JSON, nullable=False),
        *(sa.Column(name, sa.BigInteger) for name in ("rows", "snapshot")),
        text("digest", nullable=True),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is insert-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log is insert-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_insert_only()"
        )
