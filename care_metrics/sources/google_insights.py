"""Google Customer Experience Insights: conversation data files and rows of its BigQuery export, told apart by their keys.

From: docs.cloud.google.com/contact-center/insights/docs/conversation-data-format and .../bigquery-v17-schema.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from care_metrics.sources.official_name import contact_id, start_of
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate

_ROLES = {
    "AGENT": "agent",
    "HUMAN_AGENT": "agent",
    "AUTOMATED_AGENT": "bot",
    "CUSTOMER": "customer",
    "END_USER": "customer",
}
_CHANNELS = {"PHONE_CALL": "voice", "CHAT": "chat"}
YEAR_S = 366 * 86_400


def sniff(source: Source) -> bool:
    """Entries with a role and a time in microseconds, or a row with sentences of a conversation."""
    found = source.sample or {}
    entries = found.get("entries")
    if isinstance(entries, list):
        return any(isinstance(entry, dict) and "start_timestamp_usec" in entry for entry in entries)
    return {"conversationName", "sentences"} <= set(found)


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its turns for each conversation."""
    return translate(source, _convert, "a Customer Experience Insights conversation")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    return _data_file(document, source) if "entries" in document else _export_row(document)


def _data_file(document: dict[str, Any], source: Source) -> Rows:
    """A conversation data file: times since 1970, or, where they are small, since an unknown start."""
    entries = document["entries"]
    offsets = [float(entry["start_timestamp_usec"]) / 1e6 for entry in entries]
    absolute = offsets[0] > YEAR_S
    started = datetime.fromtimestamp(offsets[0], UTC) if absolute else start_of(source)
    zero = offsets[0] if absolute else 0.0
    categories = document.get("conversation_info", {}).get("categories", [])
    roles = [_ROLES.get(entry["role"], entry["role"]) for entry in entries]
    interaction = contact_id(source)
    leg = _leg(interaction, roles) | {
        "customer_id": _first(entries, roles, "customer"),
        "agent_id": _first(entries, roles, "agent"),
        "reason": categories[0]["display_name"] if categories else None,
        "started_at": started,
    }
    turns = [
        _turn(interaction, number, role, entry["text"]) | {"begin_s": offset - zero}
        for number, (entry, role, offset) in enumerate(zip(entries, roles, offsets, strict=True), 1)
    ]
    return {"interactions": [leg], "turns": turns}


def _export_row(document: dict[str, Any]) -> Rows:
    """A row of the BigQuery export: offsets in nanoseconds, a sentiment score for each sentence."""
    started = datetime.fromtimestamp(float(document["startTimestampUtc"]), UTC)
    sentences = document["sentences"]
    roles = [_ROLES.get(said.get("participantRole"), said.get("participantRole")) for said in sentences]
    agents = document.get("agents") or []
    length = _seconds(document.get("durationNanos"))
    interaction = document["conversationName"].rpartition("/")[2]
    leg = _leg(interaction, roles) | {
        "agent_id": document.get("agentId") or (agents[0].get("agentId") if agents else None),
        "channel": _CHANNELS.get(document.get("medium", "")),
        "language": document.get("languageCode"),
        "started_at": started,
        "ended_at": None if length is None else started + timedelta(seconds=length),
    }
    turns = [
        _turn(interaction, number, role, said.get("sentence"))
        | {
            "begin_s": _seconds(said.get("startOffsetNanos")),
            "end_s": _seconds(said.get("endOffsetNanos")),
            "valence": said.get("sentimentScore"),
        }
        for number, (said, role) in enumerate(zip(sentences, roles, strict=True), 1)
    ]
    return {"interactions": [leg], "turns": turns}


def _leg(interaction: str, roles: list[str]) -> Row:
    """Who took part tells the handler; without a human agent the conversation was contained."""
    human, bot = "agent" in roles, "bot" in roles
    return {
        "interaction_id": interaction,
        "outcome": "handled" if human or not bot else "contained",
        "handler": "ai_then_human" if human and bot else "ai" if bot else "human",
    }


def _turn(interaction: str, number: int, role: str | None, text: Any) -> Row:
    return {"interaction_id": interaction, "turn_no": str(number), "speaker": role, "text": text}


def _first(entries: list[dict[str, Any]], roles: list[str], role: str) -> str | None:
    return next((entry["user_id"] for entry, is_ in zip(entries, roles, strict=True) if is_ == role), None)


def _seconds(nanos: Any) -> float | None:
    return None if nanos is None else float(nanos) / 1e9
