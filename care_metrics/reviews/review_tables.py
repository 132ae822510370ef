"""The tables of reviews, drafts, disputes, assignments and coaching plans, as SQLAlchemy sees them."""

from sqlalchemy import JSON, BigInteger, Column, Date, Float, Integer, Table, Text, UniqueConstraint

from care_metrics.reviews.tables import METADATA, Instant, required

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("client", "interaction_id")),
    required("opinion", Integer),
    *(Column(name, Text) for name in ("agent_id", "team")),
    required("root_cause"),
    *(required(name, JSON) for name in ("turns", "evidence", "items")),
    *(required(name) for name in ("next_step", "coaching_note", "state")),
    Column("snapshot", BigInteger),
    Column("model_revision", Text),
    Column("version", Integer),
    *(required(name) for name in ("key", "author")),
    required("at", Instant),
    UniqueConstraint("key", name="uq_reviews_key"),
    UniqueConstraint("client", "interaction_id", "opinion", "version", name="uq_reviews_version"),
)
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("reader", Text, primary_key=True),
    Column("client", Text, primary_key=True),
    Column("interaction_id", Text, primary_key=True),
    Column("opinion", Integer, primary_key=True),
    required("key"),
    required("body", JSON),
    required("typed_at", Instant),
    required("version", Integer),
)
DISPUTES = Table(
    "disputes",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("client", "interaction_id", "agent_id", "text", "about")),
    *(Column(name, Text) for name in ("pillar", "behaviour", "source")),
    Column("turn_no", Integer),
    *(Column(name, Text) for name in ("event_id", "team")),
    *(required(name) for name in ("key", "state", "opened_by")),
    required("at", Instant),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    required("decision"),
    UniqueConstraint("key", name="uq_disputes_key"),
)
ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("client", "interaction_id", "reviewer", "why")),
    required("opinion", Integer),
    Column("plan", Text),
    Column("seed", BigInteger),
    Column("probability", Float),
    *(Column(name, Text) for name in ("agent_id", "team")),
    Column("due", Date),
    *(required(name) for name in ("state", "assigned_by")),
    required("at", Instant),
    UniqueConstraint("client", "interaction_id", "opinion", name="uq_assignments_contact"),
)
PLAN_DRAFTS = Table(
    "plan_drafts",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("reader", "client", "agent_id", "plan_id")),
    Column("team", Text),
    required("key"),
    required("body", JSON),
    required("typed_at", Instant),
    required("version", Integer),
)
COACHING = Table(
    "coaching_plans",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("plan_id", "client", "agent_id", "skill", "goal")),
    required("starts", Date),
    Column("follow_up", Date),
    required("note"),
    required("contacts", JSON),
    required("state"),
    Column("team", Text),
    Column("version", Integer),
    *(required(name) for name in ("key", "author")),
    required("at", Instant),
    Column("outcome", Text, nullable=False, server_default=""),
    UniqueConstraint("key", name="uq_coaching_key"),
    UniqueConstraint("client", "plan_id", "version", name="uq_coaching_version"),
)
