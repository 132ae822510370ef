"""Without sign-in: the page as another reader would see it, for whoever sits at this machine."""

from collections.abc import Iterable

import streamlit as st

from care_metrics.scope import Role, Scope, operator
from care_metrics.ui import cached, filters_bar
from care_metrics.ui import format as fmt
from care_metrics.ui.cached import Edition
from care_metrics.ui.entrance.roles import ROLES
from care_metrics.ui.text import _, translated

OPERATOR: Role = "operator"
# What a role is confined to, besides clients.
CONFINED: dict[Role, str] = {"agent": "agent_id", "team_lead": "team"}
_ONE_CLIENT: tuple[Role, ...] = ("client", "agent", "team_lead")


def asked_by_link() -> bool:
    """Whether this is the first run of a link that names a role."""
    return "role" in st.query_params and "role" not in st.session_state


def scope_of(edition: Edition, known: Iterable[str]) -> Scope:
    """Draw the switcher in the side bar; the Scope that the chosen role would have."""
    everything = operator(known)
    with st.sidebar:
        role = _role()
        if role == OPERATOR or not everything.clients:
            return everything
        clients = _client(everything, edition) if role in _ONE_CLIENT else everything.clients
        scope = Scope(clients, "client" if role == "client" else "internal", f"demo {role}", role)
        return _confined(scope, edition) if role in CONFINED else scope


def _role() -> Role:
    names: dict[str, Role] = {str(role): role for role in ROLES}
    label = _("Demo, not signed in: see it as")
    return names[filters_bar.choice("role", label, list(names), lambda name: translated(ROLES[names[name]]), 0)]


def _client(everything: Scope, edition: Edition) -> frozenset[str]:
    clients = cached.options(everything, edition, "client") or sorted(everything.clients)
    names = fmt.labels("client", clients)
    return frozenset({filters_bar.choice("as_client", _("of the client"), clients, names.__getitem__, 0)})


def _confined(scope: Scope, edition: Edition) -> Scope:
    dimension = CONFINED[scope.role]
    values = cached.options(scope, edition, dimension)
    if not values:
        return Scope(frozenset(), scope.audience, scope.reader, scope.role)
    names = fmt.labels(dimension, values)
    label = _("as the agent") if dimension == "agent_id" else _("of the team")
    chosen = filters_bar.choice(f"as_{dimension}", label, values, names.__getitem__, 0)
    return Scope(scope.clients, scope.audience, scope.reader, scope.role, ((dimension, (chosen,)),))
