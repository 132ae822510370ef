"""Agents under pseudonyms: what a client reader's connection has in place of who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex

# Without a key of the setting the pseudonyms hold until the process ends: a known key would let anybody try all ids.
_OF_THIS_PROCESS = token_hex(32)


@dataclass(frozen=True)
class Veil:
    """The same agent has the same pseudonym with one client, and another one with every other client."""

    key: str = field(default="", repr=False)

    def over(self, columns: Mapping[str, object]) -> str:
        """What follows `SELECT *` over a table of these columns: agent_id veiled, an agent's name left out."""
        replaced = []
        if "agent_id" in columns:
            replaced.append(f"{self.sql('agent_id')} AS agent_id")
            if "name" in columns:
                replaced.append("NULL::VARCHAR AS name")
        return f" REPLACE ({', '.join(replaced)})" if replaced else ""

    def sql(self, column: str) -> str:
        """The pseudonym of a column: 8 hex digits of SHA-256 over key, client and id; missing stays missing."""
        key = (self.key or _OF_THIS_PROCESS).replace("'", "''")
        return f"left(sha256('{key}' || chr(31) || client || chr(31) || {column}), 8)"
