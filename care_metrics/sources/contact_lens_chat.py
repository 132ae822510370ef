"""Amazon Connect Contact Lens, chat: messages with absolute times; joins, leaves and attachments are no turns.

From: Amazon Connect administrator guide, "Example output files for a chat" (versions 1.1.0 and CHAT-2022-11-30).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from care_metrics.sources.call_analytics import SPEAKERS, VALENCES
from care_metrics.sources.official_name import contact_id
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate


def sniff(source: Source) -> bool:
    """A chat analysis."""
    found = source.sample or {}
    return found.get("Channel") == "CHAT" and {"Transcript", "Participants"} <= set(found)


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its messages; redacted files have the same form."""
    return translate(source, _convert, "a Contact Lens chat file")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    interaction = document.get("CustomerMetadata", {}).get("ContactId") or contact_id(source)
    times = [datetime.fromisoformat(item["AbsoluteTime"]) for item in document["Transcript"]]
    roles = {person["ParticipantId"]: person["ParticipantRole"] for person in document["Participants"]}
    said = [
        (item, at, item.get("ParticipantRole") or roles[item["ParticipantId"]])
        for item, at in zip(document["Transcript"], times, strict=True)
        if item.get("Type", "MESSAGE") == "MESSAGE"
    ]
    outcome, handler = _ending({SPEAKERS.get(role) for _, _, role in said})
    leg = {
        "interaction_id": interaction,
        "channel": "chat",
        "language": document.get("LanguageCode"),
        "started_at": min(times),
        "ended_at": max(times),
        "outcome": outcome,
        "handler": handler,
    }
    turns = [_message(interaction, number, *one, min(times)) for number, one in enumerate(said, 1)]
    return {"interactions": [leg], "turns": turns}


def _ending(who: set[str | None]) -> tuple[str, str]:
    """Outcome and handler by those who wrote; notices of the system count for nobody."""
    if "agent" in who:
        return "handled", "ai_then_human" if "bot" in who else "human"
    return ("contained", "ai") if "bot" in who else ("abandoned", "human")


def _message(interaction: str, number: int, item: dict[str, Any], at: datetime, role: str, start: datetime) -> Row:
    return {
        "interaction_id": interaction,
        "turn_no": str(number),
        "speaker": SPEAKERS.get(role, role),
        "begin_s": (at - start).total_seconds(),
        "text": item.get("Content"),
        "valence": VALENCES.get(item.get("Sentiment", "")),
    }
