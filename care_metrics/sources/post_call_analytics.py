"""AWS post-call analytics results: speakers spk_n with display names, offsets in seconds, sentiment flags per segment.

From: github.com/aws-samples/amazon-transcribe-post-call-analytics, description of the parser's output.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from care_metrics.sources.mapping_file import speakers_of
from care_metrics.sources.official_name import contact_id
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate

_ROLES = {"agent": "agent", "customer": "customer", "caller": "customer", "client": "customer"}


def sniff(source: Source) -> bool:
    """The result's two parts."""
    return {"ConversationAnalytics", "SpeechSegments"} <= set(source.sample or {})


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its segments."""
    return translate(source, _convert, "a post-call analytics file")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    about = document["ConversationAnalytics"]
    interaction = about.get("GUID") or contact_id(source)
    labels = {label["Speaker"]: label["DisplayText"] for label in about.get("SpeakerLabels", [])}
    roles = {speaker: _ROLES.get(shown.lower(), shown) for speaker, shown in labels.items()} | speakers_of(source)
    started = _local(about["ConversationTime"], about.get("ConversationLocation") or source.timezone)
    leg = {
        "interaction_id": interaction,
        "customer_id": about.get("Cust"),
        "agent_id": about.get("Agent"),
        "channel": "voice",
        "language": about.get("LanguageCode"),
        "started_at": started,
        "ended_at": started + timedelta(seconds=float(about["Duration"])),
        "outcome": "handled",
    }
    segments = enumerate(document["SpeechSegments"], 1)
    return {"interactions": [leg], "turns": [_turn(interaction, number, part, roles) for number, part in segments]}


def _local(text: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _turn(interaction: str, number: int, part: dict[str, Any], roles: dict[str, str]) -> Row:
    speaker = part["SegmentSpeaker"]
    return {
        "interaction_id": interaction,
        "turn_no": str(number),
        "speaker": roles.get(speaker, speaker),
        "begin_s": part["SegmentStartTime"],
        "end_s": part["SegmentEndTime"],
        "text": part.get("DisplayText") or part.get("OriginalText"),
        "valence": _valence(part),
    }


def _valence(part: dict[str, Any]) -> int | None:
    """1, -1 or 0; both flags at once are mixed and no number, none at all is unknown."""
    if "SentimentIsPositive" not in part and "SentimentIsNegative" not in part:
        return None
    good, bad = (part.get(name) in (True, "1", "true") for name in ("SentimentIsPositive", "SentimentIsNegative"))
    return None if good and bad else int(good) - int(bad)
