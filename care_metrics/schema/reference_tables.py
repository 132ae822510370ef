"""The tables around contacts: customers, agents, sites, tasks, agents' time and costs."""

from care_metrics.schema.columns import (
    DAY_S,
    Column,
    Table,
    a_category,
    a_flag,
    a_id,
    a_instant,
    a_number,
    a_private,
    a_seconds,
)

REFERENCE_TABLES = (
    Table(
        "customers",
        "one row a membership: who left and came back has two",
        ("customer_id", "start_at"),
        (
            a_id("customer_id", "the customer", required=True),
            a_instant("start_at", "when the membership began", required=True),
            a_instant("end_at", "when it ended; missing: it has not"),
            a_category("segment", "customer segment"),
            a_number("monthly_value", "revenue a month", low=0),
            a_category("language", "preferred language"),
            a_category("country", "country of residence"),
            a_category("preferred_channel", "channel the customer prefers"),
            a_flag("opt_out", "does not want to be contacted"),
            a_category("currency", "currency of monthly_value"),
            a_private("name", "used for redaction at ingest, never stored"),
            a_private("phone", "used for redaction at ingest, never stored"),
            a_private("email", "used for redaction at ingest, never stored"),
        ),
    ),
    Table(
        "agents",
        "one row an agent",
        ("agent_id",),
        (
            a_id("agent_id", "the agent", required=True),
            Column("name", "text", "display name"),
            a_category("team", "team"),
            a_category("site", "site"),
            a_instant("hired_at", "first day"),
        ),
    ),
    Table(
        "sites",
        "one row a site",
        ("site",),
        (
            a_category("site", "the site", required=True),
            Column("label", "text", "display name"),
            a_category("country", "country of the site"),
            a_category("location", "distance to the client", "onshore", "nearshore", "offshore"),
        ),
    ),
    Table(
        "tasks",
        "one row a reason",
        ("reason",),
        (
            a_category("reason", "contact reason", required=True),
            a_category("task", "kind of task", "transactional", "emotional", required=True),
        ),
    ),
    Table(
        "agent_time",
        "one row an agent and stretch of time",
        ("agent_id", "start_at"),
        (
            a_id("agent_id", "the agent", required=True),
            a_instant("start_at", "start of the stretch", required=True),
            a_seconds("handle_s", "seconds handling contacts", high=30 * DAY_S),
            a_seconds("available_s", "seconds waiting for a contact", high=30 * DAY_S),
            a_seconds("break_s", "seconds on break", high=30 * DAY_S),
        ),
        dated_by=("start_at",),
    ),
    Table(
        "costs",
        "one row a month, site, handler and channel",
        ("month", "site", "handler", "channel"),
        (
            Column("month", "month", "calendar month, YYYY-MM", required=True),
            a_category("site", "the site; missing: all"),
            a_category("handler", "who handled; missing: all", "human", "ai", "ai_then_human"),
            a_category("channel", "the channel; missing: all"),
            a_number("cost", "operating cost of the month", low=0, required=True),
            a_category("currency", "ISO currency code"),
        ),
    ),
)
