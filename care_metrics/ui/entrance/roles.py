"""What each role is called, and which pages it opens."""

from care_metrics.scope import Role
from care_metrics.ui.text import noted

ROLES: dict[Role, str] = {
    "operator": noted("Operator"),
    "executive": noted("Executive"),
    "qa_lead": noted("QA lead"),
    "team_lead": noted("Team lead"),
    "agent": noted("Agent"),
    "account_manager": noted("Account manager"),
    "client": noted("Client"),
    "admin": noted("Administrator"),
}
# Who may open a page; the operator opens all of them.
LEADS = frozenset({"qa_lead", "team_lead"})
STAFF = LEADS | {"executive", "account_manager", "admin"}
EVERYBODY = STAFF | {"agent", "client"}
