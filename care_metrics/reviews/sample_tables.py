"""The tables of sampling plans and of what they drew, as SQLAlchemy sees them."""

from sqlalchemy import JSON, BigInteger, Column, Date, Float, ForeignKey, Integer, Table, Text, UniqueConstraint

from care_metrics.reviews.tables import METADATA, Instant, required

PLANS = Table(
    "sampling_plans",
    METADATA,
    Column("id", Integer, primary_key=True),
    *(required(name) for name in ("client", "kind")),
    required("size", Integer),
    required("seed", BigInteger),
    *(required(name, Date) for name in ("starts", "ends")),
    required("frame_n", Integer),
    required("snapshot", BigInteger),
    *(required(name) for name in ("key", "drawn_by")),
    required("at", Instant),
    UniqueConstraint("key", name="uq_sampling_plans_key"),
)
DRAWN = Table(
    "drawn",
    METADATA,
    Column("plan", Integer, ForeignKey("sampling_plans.id", name="fk_drawn_plan"), primary_key=True),
    Column("interaction_id", Text, primary_key=True),
    *(required(name) for name in ("client", "kind")),
    *(Column(name, Text) for name in ("agent_id", "team")),
    required("probability", Float),
    required("why", JSON),
)
