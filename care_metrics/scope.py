"""Who asks, and which clients they may see: the first argument of every function that reads or writes data."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from care_metrics.errors import NotAllowed

Audience = Literal["internal", "client"]
Role = Literal["nobody", "executive", "qa_lead", "team_lead", "agent", "account_manager", "client", "admin", "operator"]
Bounds = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Scope:
    """The clients a reader may see; an empty one means nothing at all, never everything.

    audience: 'client' readers see only KPIs of audience client, agents by pseudonym, small cells suppressed.
    role: what they may do there. bounds: (dimension, allowed values) they are confined to, as an agent to agent_id.
    """

    clients: frozenset[str] = field(default_factory=frozenset)
    audience: Audience = "internal"
    reader: str = "nobody"
    role: Role = "nobody"
    bounds: Bounds = ()

    def narrowed(self, clients: Iterable[str]) -> "Scope":
        """The same reader with fewer clients; asking for none leaves the Scope as it is, a foreign one is refused."""
        wanted = frozenset(clients)
        if not wanted <= self.clients:
            raise NotAllowed(f"No client named {sorted(wanted - self.clients)[0]!r} among those you may see.")
        return replace(self, clients=wanted or self.clients)

    def allows(self, client: str) -> bool:
        """Whether this client's rows may be shown."""
        return client in self.clients


NOBODY = Scope()


def operator(clients: Iterable[str]) -> Scope:
    """The Scope of the command line, which acts for the one who runs the machine."""
    return Scope(frozenset(clients), "internal", "operator", "operator")
