"""The tables of settings, rights and the audit log, as SQLAlchemy sees them; migrations/ is what makes them."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; SQLite would drop the offset, so naive values are refused and none comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no offset")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its offset again."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData()


def required(name: str, kind: type[TypeEngine] = Text) -> Column:
    """A column that has a value in every row."""
    return Column(name, kind, nullable=False)


TARGETS = Table(
    "targets",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("client", "kpi", "comparator")),
    required("value", Float),
    required("kind"),
    required("valid_from", Date),
    *(required(name) for name in ("length", "typed_by")),
    required("at", Instant),
    UniqueConstraint("client", "kpi", "length", "kind", "valid_from", name="uq_targets"),
)
ANNOTATIONS = Table(
    "annotations",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("client", Text),
    required("day", Date),
    *(required(name) for name in ("text", "audience", "typed_by")),
    required("at", Instant),
)
ACTIONS = Table(
    "actions",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("action_id", "client", "text", "owner")),
    Column("due", Date),
    required("state"),
    Column("version", Integer),
    required("key"),
    required("typed_by"),
    required("at", Instant),
    UniqueConstraint("key", name="uq_actions_key"),
    UniqueConstraint("client", "action_id", "version", name="uq_actions_version"),
)
SITES = Table(
    "sites",
    METADATA,
    Column("client", Text, primary_key=True),
    Column("site", Text, primary_key=True),
    required("label"),
    Column("country", Text),
    Column("location", Text),
    required("typed_by"),
    required("at", Instant),
)
TASKS = Table(
    "tasks",
    METADATA,
    Column("client", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    required("task"),
    required("typed_by"),
    required("at", Instant),
)
READERS = Table(
    "readers",
    METADATA,
    Column("id", Integer, primary_key=True),
    required("issuer"),
    Column("subject", Text),
    Column("email", Text),
    required("role"),
    required("clients", JSON),
    required("every_client", Boolean),
    required("bounds", JSON),
    required("granted_by"),
    required("at", Instant),
    Column("revoked_at", Instant),
    UniqueConstraint("issuer", "subject", name="uq_readers_identity"),
    UniqueConstraint("email", name="uq_readers_email"),
)
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("session_id", Text, primary_key=True),
    Column("reader_id", Integer, ForeignKey("readers.id", name="fk_sessions_reader"), nullable=False),
    required("first_seen", Instant),
    Column("signed_out_at", Instant),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    required("at", Instant),
    *(required(name) for name in ("who", "role", "what")),
    Column("client", Text),
    Column("contact", Text),
    required("filters", JSON),
    Column("rows", BigInteger),
    Column("snapshot", BigInteger),
    Column("digest", Text),
    sqlite_autoincrement=True,
)
SAVED_FILTERS = Table(
    "saved_filters",
    METADATA,
    Column("reader", Text, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    required("query", JSON),
    required("at", Instant),
)
