"""One valid invented file of every format, for tests that damage them."""

import io
import json

import polars as pl
from openpyxl import Workbook

from tests.sources.calls import analytics, turn, voice

ROWS = [
    {
        "interaction_id": f"i{k}",
        "started_at": "2024-05-01T10:00:00Z",
        "outcome": "handled",
        "talk_s": str(k),
        "reason": 'a "b", c',
    }
    for k in range(4)
]


def _excel() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    page = book.active
    page.title = "interactions"
    for row in ([*ROWS[0]], *([*row.values()] for row in ROWS)):
        page.append(row)
    book.save(buffer)
    return buffer.getvalue()


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(ROWS).with_columns(pl.col("talk_s").cast(pl.Float64)).write_parquet(buffer)
    return buffer.getvalue()


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


FIVE9 = 'CALL ID,TIMESTAMP,DISPOSITION,QUEUE WAIT TIME,AFTER CALL WORK TIME,ABANDONED\n1,"Thu, 27 Oct 2016 14:51:34",x,00:00:10,,0\n'
FILES: dict[str, bytes] = {
    "interactions.csv": pl.DataFrame(ROWS).write_csv().encode(),
    "interactions.jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "interactions.parquet": _parquet(),
    "book.xlsx": _excel(),
    "c1_analysis_2024-05-31T21:14:16Z.json": _json(voice()),
    "c2_analysis_2024-05-31T21:14:16Z.json": _json(analytics()),
    "c3_analysis_2024-05-31T21:14:16Z.json": _json(
        voice(
            Channel="CHAT",
            Transcript=[turn("p-1", "x", 0) | {"AbsoluteTime": "2024-05-01T10:00:00Z", "ParticipantRole": "AGENT"}],
        )
    ),
    "form.json": _json(
        {
            "evaluationId": "e",
            "metadata": {"contactId": "c"},
            "questions": [{"questionRefId": "q", "score": {"percentage": 1}}],
        }
    ),
    "pca.json": _json(
        {
            "ConversationAnalytics": {"GUID": "g", "ConversationTime": "2024-05-01T12:00:00", "Duration": 6.5},
            "SpeechSegments": [
                {"SegmentSpeaker": "customer", "SegmentStartTime": 0.5, "SegmentEndTime": 2, "DisplayText": "x"}
            ],
        }
    ),
    "google.json": _json(
        {"entries": [{"text": "x", "user_id": 1, "role": "AGENT", "start_timestamp_usec": 1714557600000000}]}
    ),
    "genesys.json": _json(
        {
            "conversationId": "g",
            "conversationStart": "2024-05-01T10:00:00Z",
            "participants": [
                {"purpose": "acd", "sessions": [{"mediaType": "voice", "metrics": [{"name": "tWait", "value": 5}]}]}
            ],
        }
    ),
    "tickets.json": _json(
        {"data": [{"id": 1, "created": "2024-05-01T10:00:00", "comments": [{"comment": "x", "authorEmail": "a"}]}]}
    ),
    "talk.json": _json(
        {
            "AgentId": "a",
            "Conversation": {
                "ConversationId": "v",
                "StartTime": "2024-05-01T10:00:00Z",
                "Messages": [{"EventType": "MessageFromUser", "EventTime": "2024-05-01T10:00:01Z", "Value": "x"}],
            },
        }
    ),
    "log.csv": FIVE9.encode(),
}
