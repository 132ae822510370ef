"""Which role may do what: one table, asked by every function of this room before it touches the database."""

from care_metrics.errors import NotAllowed
from care_metrics.scope import Scope

LEADS = frozenset({"qa_lead", "team_lead"})
STAFF = LEADS | {"executive", "account_manager", "admin"}
EVERYBODY = STAFF | {"agent", "client"}

# The operator, who runs the machine, may do all of it; whoever is in no row may do none.
MAY: dict[str, frozenset[str]] = {
    "see targets": EVERYBODY,
    "set targets": frozenset({"executive", "account_manager", "admin"}),
    "see annotations": EVERYBODY,
    "annotate": STAFF,
    "annotate for every client": frozenset({"admin"}),
    "see agreed actions": STAFF | {"client"},
    "agree actions": frozenset({"account_manager", "admin"}),
    "see sites and tasks": EVERYBODY,
    "map sites and tasks": frozenset({"admin"}),
    "see rights": frozenset({"admin"}),
    "grant rights": frozenset({"admin"}),
    "read the audit log": frozenset({"admin"}),
    "keep filters": EVERYBODY,
    "see reviews": LEADS | {"executive", "agent"},
    "see verdicts": EVERYBODY,
    "review": LEADS,
    "see assignments": LEADS,
    "assign reviews": frozenset({"qa_lead"}),
    "see samples": LEADS,
    "draw samples": frozenset({"qa_lead"}),
    "see disputes": LEADS | {"executive", "agent"},
    "dispute": frozenset({"agent", "team_lead"}),
    "decide disputes": frozenset({"qa_lead"}),
    "see coaching": LEADS | {"agent"},
    "coach": LEADS,
    "erase": frozenset({"admin"}),
}
BOUNDS = ("agent_id", "team")


def may(scope: Scope, act: str) -> bool:
    """Whether the role may do this; a client audience never more than the client role may, whatever its own."""
    roles = MAY[act]
    if scope.audience == "client" and "client" not in roles:
        return False
    return scope.role == "operator" or scope.role in roles


def require(scope: Scope, act: str, client: str | None = None) -> None:
    """Raise NotAllowed unless the Scope's role may do this, and may do it for this client."""
    if not may(scope, act):
        raise NotAllowed(f"As {scope.role.replace('_', ' ')} you may not {act}; ask an administrator for the right.")
    if client is not None and not scope.allows(client):
        raise NotAllowed(f"No client named {client!r} among those you may see.")


def require_within(scope: Scope, agent_id: str | None, team: str | None) -> None:
    """Raise NotAllowed where a row lies outside the agents or teams the Scope is confined to."""
    row = {"agent_id": agent_id, "team": team}
    if not confined(scope) or any(row[dimension] not in values for dimension, values in scope.bounds):
        raise NotAllowed("This contact belongs to an agent or team outside those you may see.")


def confined(scope: Scope) -> bool:
    """Whether the bounds can be applied at all: only known ones, and an agent has one (without it: nothing)."""
    named = {dimension for dimension, _ in scope.bounds}
    return named <= set(BOUNDS) and (scope.role != "agent" or "agent_id" in named)
