"""Amazon Transcribe Call Analytics: turns name their ParticipantRole themselves, the job stands for the contact.

From: Amazon Transcribe developer guide, "Call analytics output".
"""

from collections.abc import Iterator
from typing import Any

from care_metrics.sources.call_analytics import ended, spoken_turn
from care_metrics.sources.official_name import contact_id, start_of
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Rows, translate


def sniff(source: Source) -> bool:
    """A call analysis whose turns carry a role."""
    found = source.sample or {}
    turns = found.get("Transcript")
    return (
        {"ConversationCharacteristics", "Participants"} <= set(found)
        and isinstance(turns, list)
        and ("JobName" in found or any("ParticipantRole" in turn for turn in turns[:3] if isinstance(turn, dict)))
    )


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its turns."""
    return translate(source, _convert, "a Transcribe Call Analytics file")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    interaction = document.get("JobName") or contact_id(source)
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
        spoken_turn(interaction, number, turn["ParticipantRole"], turn)
        for number, turn in enumerate(document["Transcript"], 1)
    ]
    return {"interactions": [leg], "turns": turns}
