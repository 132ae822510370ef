"""Amazon Bedrock Data Automation, standard output for audio: speakers spk_0 and spk_1, whose roles the operator names.

From: Amazon Bedrock user guide, "Standard output in Bedrock Data Automation: audio".
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from care_metrics.errors import FileRefused
from care_metrics.sources.call_analytics import seconds
from care_metrics.sources.mapping_file import speakers_of
from care_metrics.sources.official_name import contact_id, start_of
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate


def sniff(source: Source) -> bool:
    """The automation's description of an audio file."""
    found = source.sample or {}
    return {"audio_segments", "metadata"} <= set(found)


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its transcript segments."""
    return translate(source, _convert, "a Bedrock data automation file")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    about = document["metadata"]
    recording = about.get("s3_key") or ""
    spoken = [part for part in document["audio_segments"] if part["type"] == "TRANSCRIPT"]
    roles = _roles(source, {part["speaker"]["speaker_label"] for part in spoken})
    started = start_of(source, recording)
    interaction = contact_id(source, recording)
    leg = {
        "interaction_id": interaction,
        "channel": "voice",
        "language": (about.get("dominant_asset_language") or "").lower() or None,
        "started_at": started,
        "ended_at": started + timedelta(seconds=seconds(about["duration_millis"]) or 0),
        "outcome": "handled",
    }
    return {"interactions": [leg], "turns": [_turn(interaction, n, part, roles) for n, part in enumerate(spoken, 1)]}


def _roles(source: Source, labels: set[str]) -> dict[str, str]:
    roles = speakers_of(source)
    unknown = sorted(labels - set(roles))
    if unknown:
        raise FileRefused(
            source.path,
            f"does not say who {' and '.join(unknown)} are; pass a --mapping with the lines "
            "'format: bedrock_data_automation' and 'speakers: {spk_0: agent, spk_1: customer}', roles as they are.",
        )
    return roles


def _turn(interaction: str, number: int, part: dict[str, Any], roles: dict[str, str]) -> Row:
    return {
        "interaction_id": interaction,
        "turn_no": str(number),
        "speaker": roles[part["speaker"]["speaker_label"]],
        "begin_s": seconds(part["start_timestamp_millis"]),
        "end_s": seconds(part["end_timestamp_millis"]),
        "text": part["text"],
    }
