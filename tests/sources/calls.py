"""Invented call analyses in the form of Amazon's files, for the tests of their readers."""

from typing import Any


def turn(
    role: str, text: str, begin: int, sentiment: str | None = "NEUTRAL", key: str = "ParticipantId"
) -> dict[str, Any]:
    """One turn of three seconds, with the same Id as all others, as the vendor's example has it."""
    found = {key: role, "Content": text, "BeginOffsetMillis": begin, "EndOffsetMillis": begin + 3000, "Id": "same"}
    return found | ({"Sentiment": sentiment} if sentiment else {})


def voice(**changes: Any) -> dict[str, Any]:
    """A Contact Lens voice analysis of two turns and 9.5 seconds; participants are named by their own ids."""
    return {
        "Version": "1.1.0",
        "Channel": "VOICE",
        "LanguageCode": "en-GB",
        "Participants": [
            {"ParticipantId": "p-1", "ParticipantRole": "CUSTOMER"},
            {"ParticipantId": "p-2", "ParticipantRole": "AGENT"},
        ],
        "ConversationCharacteristics": {
            "TotalConversationDurationMillis": 9500,
            "TalkTime": {"TotalTimeMillis": 6000},
        },
        "Transcript": [
            turn("p-2", "Good morning.", 0, "NEUTRAL") | {"LoudnessScore": [80.5]},
            turn("p-1", "My parcel is late again.", 4000, "NEGATIVE"),
        ],
    } | changes


def analytics(**changes: Any) -> dict[str, Any]:
    """A Transcribe Call Analytics result of three turns."""
    return {
        "JobName": "call-7.wav",
        "JobStatus": "COMPLETED",
        "Channel": "VOICE",
        "LanguageCode": "en-US",
        "Participants": [{"ParticipantRole": "AGENT"}, {"ParticipantRole": "CUSTOMER"}],
        "ConversationCharacteristics": {"TotalConversationDurationMillis": 12000},
        "Transcript": [
            turn("AGENT", "Hello.", 0, key="ParticipantRole") | {"LoudnessScores": [70.0, None]},
            turn("CUSTOMER", "Good and bad.", 3500, "MIXED", "ParticipantRole"),
            turn("CUSTOMER", "Lovely!", 8000, "POSITIVE", "ParticipantRole"),
        ],
    } | changes
