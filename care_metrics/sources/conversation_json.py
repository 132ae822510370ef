"""Conversation JSON of a call-analysis solution: agent, team, reason, resolution, messages with event times.

The caller is known by a telephone number only; what is kept is a pseudonym of it, the same for each call to one client.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Any

from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate


def sniff(source: Source) -> bool:
    """A conversation with its messages and who took it."""
    found = source.sample or {}
    return isinstance(found.get("Conversation"), dict) and "Messages" in found["Conversation"] and "AgentId" in found


def read(source: Source) -> Iterator[Reading]:
    """One interaction, its messages and its agent."""
    return translate(source, _convert, "a conversation JSON file")


def caller(client: str, number: str) -> str:
    """The pseudonym of a caller: the same number with the same client always gives the same id."""
    digits = "".join(filter(str.isalnum, number))
    return "caller_" + blake2b(digits.encode(), key=client.encode()[:64], digest_size=10).hexdigest()


def _convert(document: dict[str, Any], source: Source) -> Rows:
    talk = document["Conversation"]
    started = datetime.fromisoformat(talk["StartTime"])
    number = document.get("CallerID")
    leg = {
        "interaction_id": talk["ConversationId"],
        "customer_id": number and caller(source.client, number),
        "agent_id": document["AgentId"],
        "team": document.get("Team"),
        "channel": "voice",
        "reason": document.get("CallReason"),
        "started_at": started,
        "ended_at": talk.get("EndTime"),
        "outcome": "handled",
        "case_closed": document["ResolutionStatus"] == "Resolved" if document.get("ResolutionStatus") else None,
    }
    turns = [_turn(talk["ConversationId"], number, said, started) for number, said in enumerate(talk["Messages"], 1)]
    agent = {"agent_id": document["AgentId"], "name": document.get("AgentName"), "team": document.get("Team")}
    return {"interactions": [leg], "turns": turns, "agents": [agent]}


def _turn(interaction: str, number: int, said: dict[str, Any], started: datetime) -> Row:
    return {
        "interaction_id": interaction,
        "turn_no": str(number),
        "speaker": {"MessageFromUser": "customer", "MessageFromBotOrAgent": "agent"}.get(said["EventType"], "system"),
        "begin_s": (datetime.fromisoformat(said["EventTime"]) - started).total_seconds(),
        "text": said["Value"],
    }
