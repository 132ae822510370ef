"""What Contact Lens and Transcribe Call Analytics share: roles, sentiment labels, offsets in milliseconds."""

from datetime import datetime, timedelta
from typing import Any

from care_metrics.sources.translate import Row

SPEAKERS = {"CUSTOMER": "customer", "AGENT": "agent", "SUPERVISOR": "agent", "CUSTOM_BOT": "bot", "SYSTEM": "system"}
# MIXED holds both and is no number; a turn without a label has none either.
VALENCES = {"POSITIVE": 1, "NEUTRAL": 0, "NEGATIVE": -1}


def seconds(milliseconds: Any) -> float | None:
    """Milliseconds as the vendor writes them -> seconds."""
    return None if milliseconds is None else float(milliseconds) / 1000


def ended(started: datetime, document: dict[str, Any]) -> datetime | None:
    """The end by the conversation's total duration."""
    length = seconds(document["ConversationCharacteristics"].get("TotalConversationDurationMillis"))
    return None if length is None else started + timedelta(seconds=length)


def spoken_turn(interaction: str, number: int, role: str, turn: dict[str, Any]) -> Row:
    """One turn of speech; loudness and other traces of the voice are left where they are."""
    return {
        "interaction_id": interaction,
        "turn_no": str(number),
        "speaker": SPEAKERS.get(role, role),
        "begin_s": seconds(turn.get("BeginOffsetMillis")),
        "end_s": seconds(turn.get("EndOffsetMillis")),
        "text": turn["Content"],
        "valence": VALENCES.get(turn.get("Sentiment", "")),
    }
