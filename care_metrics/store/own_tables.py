"""The tables that stand beside the canonical ones."""

FACTS = (
    "facts_leg",
    "facts_contact",
    "facts_survey",
    "facts_case",
    "facts_customer",
    "facts_evidence",
    "facts_agent_time",
    "facts_cost",
    "facts_client",
)
SCORED = ("scores", "behaviours", "derived_evidence", "unscored_legs")
RECORDS = ("loads", "quarantine", "redactions", "taken_files", "tombstones")
OWN_TABLES = ("clients", "revisions", *SCORED, *RECORDS, *FACTS)
