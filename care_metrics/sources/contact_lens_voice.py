"""Amazon Connect Contact Lens, voice: turns name a ParticipantId, whose role stands under Participants.

From: Amazon Connect administrator guide, "Example output files for a call" (versions 1.1.0 and VOICE-2022-11-30).
"""

from collections.abc import Iterator
from typing import Any

from care_metrics.sources.call_analytics import ended, spoken_turn
from care_metrics.sources.official_name import contact_id, start_of
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Rows, translate


def sniff(source: Source) -> bool:
    """A voice analysis whose participants have ids."""
    found = source.sample or {}
    return (
        {"Transcript", "ConversationCharacteristics", "Participants"} <= set(found)
        and found.get("Channel", "VOICE") == "VOICE"
        and "JobName" not in found
        and any("ParticipantId" in person for person in found["Participants"] if isinstance(person, dict))
    )


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its turns; redacted files have the same form."""
    return translate(source, _convert, "a Contact Lens voice file")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    interaction = document.get("CustomerMetadata", {}).get("ContactId") or contact_id(source)
    roles = {person["ParticipantId"]: person["ParticipantRole"] for person in document["Participants"]}
    started = start_of(source)
    leg = {
        "interaction_id": interaction,
        "channel": "voice",
        "language": document.get("LanguageCode"),
        "started_at": started,
        "ended_at": ended(started, document),
        "outcome": "handled",
    }
    turns = [
        spoken_turn(interaction, number, roles.get(turn["ParticipantId"], turn["ParticipantId"]), turn)
        for number, turn in enumerate(document["Transcript"], 1)
    ]
    return {"interactions": [leg], "turns": turns}
