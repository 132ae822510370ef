"""The vendors' JSON: documents invented in the form that the page named at each test describes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_metrics.errors import FileRefused
from care_metrics.sources.conversation_json import caller
from care_metrics.sources.read import read
from care_metrics.sources.readers import READERS, reader_for
from care_metrics.sources.source import Source
from tests.sources.exports import EXPORTS, needs_exports

MAY = datetime(2024, 5, 31, 21, 14, 16, tzinfo=UTC)


@pytest.fixture
def tables(write):
    def _tables(document, name="x.json", **options):
        readings = read(write(name, json.dumps(document)), client="acme", **options)
        assert all(reading.read == reading.rows.height + reading.quarantined.height for reading in readings)
        return {reading.table: reading.rows.to_dicts() for reading in readings}

    return _tables


def picked(rows: list[dict], *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in rows]


def message(role: str, text: str | None, at: str, **more: object) -> dict:
    kind = {"Type": "MESSAGE", "ContentType": "text/plain"} if text else {"Type": "EVENT"}
    return {"ParticipantId": role.lower(), "ParticipantRole": role, "Content": text, "AbsoluteTime": at} | kind | more


def chat(*messages: dict) -> dict:
    people = [{"ParticipantId": role.lower(), "ParticipantRole": role} for role in ("CUSTOMER", "AGENT", "SYSTEM")]
    return {"Channel": "CHAT", "LanguageCode": "en-US", "Participants": people, "Transcript": list(messages)} | {
        "Version": "CHAT-2022-11-30",
        "CustomerMetadata": {"ContactId": "c-9"},
    }


def test_contact_lens_chat(tables):
    """docs.aws.amazon.com/connect/latest/adminguide/contact-lens-example-output-files-chat.html"""
    found = tables(
        chat(
            message("CUSTOMER", None, "2024-05-01T10:00:00.000Z"),
            message("CUSTOMER", "Where is my order?", "2024-05-01T10:00:05.000Z", Sentiment="NEGATIVE"),
            message("AGENT", "On its way.", "2024-05-01T10:00:20.500Z", Sentiment="POSITIVE"),
            message("AGENT", None, "2024-05-01T10:01:00.000Z"),
        )
    )
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["channel"], leg["outcome"], leg["handler"]) == (
        "c-9",
        "chat",
        "handled",
        "human",
    )
    assert (leg["ended_at"] - leg["started_at"]).total_seconds() == 60
    assert picked(found["turns"], "turn_no", "speaker", "begin_s", "valence") == [
        (1, "customer", 5.0, -1.0),
        (2, "agent", 20.5, 1.0),
    ]


@pytest.mark.parametrize(
    ("roles", "ending"),
    [
        (("CUSTOMER", "SYSTEM"), ("abandoned", "human")),
        (("CUSTOMER", "CUSTOM_BOT"), ("contained", "ai")),
        (("CUSTOM_BOT", "AGENT"), ("handled", "ai_then_human")),
    ],
)
def test_who_wrote_in_a_chat_tells_its_ending(tables, roles, ending):
    at = "2024-05-01T10:00:00.000Z"
    [leg] = tables(chat(*(message(role, "x", at) for role in roles)))["interactions"]
    assert (leg["outcome"], leg["handler"]) == ending


FORM = {
    "schemaVersion": "3.1",
    "evaluationId": "e-1",
    "metadata": {"contactId": "c-1", "score": {"percentage": 50}},
    "sections": [],
    "questions": [
        {"questionRefId": "q1", "questionText": "Greeted?", "score": {"percentage": 100}},
        {"questionRefId": "q2", "questionText": "Listened?", "score": {"percentage": 25.5}},
        {"questionRefId": "q3", "questionText": "Remarks", "score": {"notApplicable": True}},
        {"questionRefId": "q4", "questionText": "Unscored"},
    ],
}


def test_evaluation_forms_are_evidence_by_people(tables):
    """docs.aws.amazon.com/connect/latest/adminguide/evaluation-forms-example-output.html"""
    assert picked(
        tables(FORM)["evidence"], "interaction_id", "pillar", "behaviour", "earned", "possible", "source"
    ) == [
        ("c-1", "quality", "Greeted?", 1.0, 1.0, "human"),
        ("c-1", "quality", "Listened?", 0.255, 1.0, "human"),
    ]


AUTOMATION = {
    "metadata": {"s3_key": "en/c-7_20240531T21:14_UTC.wav", "duration_millis": 9000, "dominant_asset_language": "EN"},
    "audio_segments": [
        {
            "type": "TRANSCRIPT",
            "text": text,
            "speaker": {"speaker_label": label},
            "start_timestamp_millis": begin,
            "end_timestamp_millis": begin + 1000,
        }
        for text, label, begin in (("Hello.", "spk_1", 0), ("Hi, my bill.", "spk_0", 2000))
    ],
}


def test_bedrock_needs_to_be_told_who_speaks(tables, write):
    """docs.aws.amazon.com/bedrock/latest/userguide/bda-output-audio.html"""
    with pytest.raises(FileRefused, match="does not say who spk_0 and spk_1 are"):
        tables(AUTOMATION)
    roles = write("roles.yaml", "format: bedrock_data_automation\nspeakers: {spk_0: customer, spk_1: agent}\n")
    found = tables(AUTOMATION, mapping=roles)
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["started_at"], leg["language"]) == ("c-7", MAY.replace(second=0), "en")
    assert picked(found["turns"], "speaker", "begin_s", "end_s") == [("agent", 0.0, 1.0), ("customer", 2.0, 3.0)]


def test_post_call_analytics(tables):
    """github.com/aws-samples/amazon-transcribe-post-call-analytics: pca-server/src/pca README, Transcribe Parser"""
    segment = {"SegmentSpeaker": "spk_1", "SegmentStartTime": 0.5, "SegmentEndTime": 2, "DisplayText": "Not again."}
    found = tables(
        {
            "ConversationAnalytics": {
                "GUID": "g-1",
                "Agent": "a-7",
                "Cust": "k-3",
                "ConversationTime": "2024-05-01T12:00:00",
                "ConversationLocation": "America/New_York",
                "Duration": 61.5,
                "LanguageCode": "en-US",
                "SpeakerLabels": [
                    {"Speaker": "spk_0", "DisplayText": "Agent"},
                    {"Speaker": "spk_1", "DisplayText": "Customer"},
                ],
            },
            "SpeechSegments": [
                segment | {"SentimentIsPositive": 0, "SentimentIsNegative": 1},
                segment | {"SentimentIsPositive": 1, "SentimentIsNegative": 1},
                segment | {"SegmentSpeaker": "spk_0", "SentimentIsPositive": False, "SentimentIsNegative": False},
                segment,
            ],
        }
    )
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["agent_id"], leg["customer_id"]) == ("g-1", "a-7", "k-3")
    assert leg["started_at"] == datetime(2024, 5, 1, 16, 0, tzinfo=UTC)
    assert picked(found["turns"], "speaker", "valence") == [
        ("customer", -1.0),
        ("customer", None),
        ("agent", 0.0),
        ("customer", None),
    ]


def entry(role: str, text: str, second: float) -> dict:
    return {"text": text, "role": role, "user_id": len(role), "start_timestamp_usec": int(second * 1e6)}


def test_google_conversation_data(tables):
    """docs.cloud.google.com/contact-center/insights/docs/conversation-data-format"""
    start = datetime(2024, 5, 1, 10, tzinfo=UTC).timestamp()
    document = {
        "conversation_info": {"categories": [{"display_name": "Refunds"}]},
        "entries": [
            entry("AUTOMATED_AGENT", "How can I help?", start),
            entry("END_USER", "A person, please.", start + 4.5),
            entry("AGENT", "Here I am.", start + 60),
        ],
    }
    found = tables(document, name="conv-3.json")
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["reason"], leg["handler"], leg["outcome"]) == (
        "conv-3",
        "Refunds",
        "ai_then_human",
        "handled",
    )
    assert (leg["agent_id"], leg["customer_id"], leg["started_at"].timestamp()) == ("5", "8", start)
    assert picked(found["turns"], "speaker", "begin_s") == [("bot", 0.0), ("customer", 4.5), ("agent", 60.0)]


def test_google_times_since_the_start_need_a_start(tables):
    document = {"entries": [entry("CUSTOMER", "Hello?", 1), entry("AUTOMATED_AGENT", "Yes?", 5)]}
    with pytest.raises(FileRefused, match="--started-at"):
        tables(document)
    found = tables(document, started_at=MAY)
    assert found["interactions"][0]["outcome"] == "contained"
    assert picked(found["turns"], "begin_s") == [(1.0,), (5.0,)]


def test_google_bigquery_export(write):
    """docs.cloud.google.com/contact-center/insights/docs/bigquery-v17-schema"""
    row = {
        "conversationName": "projects/p/locations/l/conversations/42",
        "startTimestampUtc": 1714557600,
        "durationNanos": 30_000_000_000,
        "agentId": "a-1",
        "medium": "PHONE_CALL",
        "languageCode": "es-CO",
        "sentences": [
            {
                "sentence": "Gracias.",
                "participantRole": "END_USER",
                "sentimentScore": 0.8,
                "startOffsetNanos": 1_500_000_000,
                "endOffsetNanos": 2_000_000_000,
            }
        ],
    }
    rows = [row, row | {"conversationName": ".../43", "agentId": None, "agents": [{"agentId": "a-2"}]}]
    legs, turns = read(write("export.json", "\n".join(map(json.dumps, rows))), client="acme")
    assert picked(legs.rows.to_dicts(), "interaction_id", "agent_id", "channel", "language") == [
        ("42", "a-1", "voice", "es-CO"),
        ("43", "a-2", "voice", "es-CO"),
    ]
    first = turns.rows.to_dicts()[0]
    assert (first["begin_s"], first["end_s"], first["valence"]) == (1.5, 2.0, 0.8)


def session(*segments: dict, **metrics: int) -> list[dict]:
    found = [{"name": name, "value": value} for name, value in metrics.items()]
    return [{"mediaType": "voice", "direction": "inbound", "metrics": found, "segments": list(segments)}]


def segment(kind: str, start: str, end: str, **more: str) -> dict:
    return {
        "segmentType": kind,
        "segmentStart": f"2024-05-01T{start}.000Z",
        "segmentEnd": f"2024-05-01T{end}.000Z",
    } | more


CUSTOMER = {"purpose": "customer", "externalContactId": "k-1", "sessions": session()}
QUEUE = {"purpose": "acd", "sessions": session(segment("interact", "10:00:00", "10:00:12"), tWait=12_000)}
ANA = {
    "purpose": "agent",
    "userId": "ana",
    "sessions": session(
        segment("interact", "10:00:12", "10:02:12"),
        segment("wrapup", "10:02:12", "10:02:30", wrapUpCode="w-1"),
        tTalk=120_000,
        tAcw=18_000,
        tHandle=138_000,
        nTransferred=1,
    ),
}
BEN = {
    "purpose": "agent",
    "userId": "ben",
    "sessions": session(segment("interact", "10:02:20", "10:03:20"), tTalk=50_000, tHeld=10_000, tHandle=60_000),
}
RANG = {"purpose": "agent", "userId": "cy", "sessions": session(segment("alert", "10:00:02", "10:00:10"), tAlert=8000)}


def conversation(*participants: dict, **more: object) -> dict:
    return {
        "conversationId": "g-1",
        "conversationStart": "2024-05-01T10:00:00.000Z",
        "conversationEnd": "2024-05-01T10:03:20.000Z",
        "originatingDirection": "inbound",
        "participants": list(participants),
    } | more


def test_genesys_conversation_is_a_leg_for_each_agent_who_took_it(tables):
    """developer.genesys.cloud/analyticsdatamanagement/analytics/detail/conversation-query"""
    found = tables({"conversations": [conversation(CUSTOMER, QUEUE, RANG, ANA, BEN)]})
    parts = ("interaction_id", "contact_id", "agent_id", "queue_s", "talk_s", "hold_s", "acw_s", "transfers", "reason")
    assert picked(found["interactions"], *parts) == [
        ("g-1", "g-1", "ana", 12.0, 120.0, 0.0, 18.0, 1, "w-1"),
        ("g-1:2", "g-1", "ben", None, 50.0, 10.0, 0.0, 0, None),
    ]
    assert {row["customer_id"] for row in found["interactions"]} == {"k-1"}
    assert [row["started_at"].minute * 60 + row["started_at"].second for row in found["interactions"]] == [0, 140]


@pytest.mark.parametrize(
    ("participants", "ending"),
    [
        ((CUSTOMER, QUEUE), ("abandoned", "human", 12.0)),
        ((CUSTOMER, QUEUE, RANG), ("abandoned", "human", 12.0)),
        ((CUSTOMER, {"purpose": "ivr", "sessions": session()}), ("contained", "ai", None)),
        ((CUSTOMER, {"purpose": "bot", "sessions": session()}, QUEUE, ANA), ("handled", "ai_then_human", 12.0)),
    ],
    ids=["gave_up", "nobody_answered", "menu_only", "bot_first"],
)
def test_genesys_outcomes(tables, participants, ending):
    [leg] = tables(conversation(*participants))["interactions"]
    assert (leg["outcome"], leg["handler"], leg["queue_s"]) == ending


def test_genesys_surveys_and_evaluations_refer_to_the_agents_leg(tables):
    survey = {
        "surveyId": "s-1",
        "userId": "ben",
        "surveyPromoterScore": 9,
        "surveyCompletedDate": "2024-05-02T00:00:00Z",
    }
    form = {"evaluationId": "e-1", "userId": "ana", "oTotalScore": 80, "formName": "Care"}
    found = tables(conversation(CUSTOMER, QUEUE, ANA, BEN, surveys=[survey], evaluations=[form, {"evaluationId": "x"}]))
    assert picked(found["surveys"], "survey_id", "interaction_id", "nps") == [("s-1", "g-1:2", 9)]
    assert picked(found["evidence"], "interaction_id", "earned", "possible", "source") == [
        ("g-1", 80.0, 100.0, "human")
    ]


def test_zendesk_quality_form(tables):
    """developer.zendesk.com/documentation/qa/importing-conversations"""
    ticket = {
        "id": "t-1",
        "subject": "Late",
        "created": "2024-05-01T10:00:00",
        "updated": "2024-05-02T10:00:00Z",
        "assigneeName": "Ana",
        "assigneeEmail": "ana@desk.example",
        "comments": [
            {"authorEmail": "kim@home.example", "authorIsNotClient": False, "comment": "Where is it?"},
            {"authorEmail": "bot@desk.example", "authorIsNotClient": True, "comment": "Looking."},
            {"authorEmail": "ana@desk.example", "comment": "Found it.", "created": "2024-05-01T10:10:00"},
        ],
    }
    found = tables({"data": [ticket, ticket | {"id": "t-2"}]})
    assert picked(found["interactions"], "interaction_id", "agent_id") == [("t-1", "Ana"), ("t-2", "Ana")]
    assert found["interactions"][0]["started_at"] == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert picked(found["turns"][:3], "speaker", "begin_s") == [("customer", None), ("agent", None), ("agent", 600.0)]


def test_zendesk_support_export(write):
    """developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments"""
    ticket = {
        "id": 7,
        "requester_id": 1,
        "assignee_id": 2,
        "status": "solved",
        "via": {"channel": "web"},
        "created_at": "2024-05-01T10:00:00Z",
        "comments": [
            {"author_id": 1, "body": "Help", "public": True, "created_at": "2024-05-01T10:00:00Z"},
            {"author_id": 2, "body": "note to self", "public": False, "created_at": "2024-05-01T10:01:00Z"},
            {"author_id": 2, "body": "Done", "public": True, "created_at": "2024-05-01T11:00:00Z"},
        ],
    }
    legs, turns = read(write("tickets.json", json.dumps(ticket) + "\n" + json.dumps(ticket | {"id": 8})), client="acme")
    assert picked(legs.rows.to_dicts(), "interaction_id", "customer_id", "channel", "case_closed") == [
        ("7", "1", "email", True),
        ("8", "1", "email", True),
    ]
    assert turns.rows["text"].to_list() == ["Help", "Done"] * 2


def said(kind: str, text: str, at: str) -> dict:
    return {"EventType": kind, "EventTime": at, "Value": text, "UserId": "u"}


TALK = {
    "AgentName": "Ana",
    "AgentId": "A1",
    "Team": "North",
    "ResolutionStatus": "Unresolved",
    "CallReason": "Billing",
    "CallerID": "999-111-2222",
    "Conversation": {
        "ConversationId": "v-1",
        "StartTime": "2024-05-01T10:00:00.1234567-06:00",
        "EndTime": "2024-05-01T10:05:00.1234567-06:00",
        "Messages": [
            said("MessageFromBotOrAgent", "Hello", "2024-05-01T10:00:10.1234567-06:00"),
            said("MessageFromUser", "Hm.", "2024-05-01T10:00:20.1234567-06:00"),
        ],
    },
}


def test_conversation_json(tables):
    found = tables(TALK)
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["team"], leg["reason"], leg["case_closed"]) == ("v-1", "North", "Billing", False)
    assert picked(found["turns"], "speaker", "begin_s") == [("agent", 10.0), ("customer", 20.0)]
    assert picked(found["agents"], "agent_id", "name") == [("A1", "Ana")]


def test_a_callers_number_becomes_a_pseudonym_of_that_client(tables):
    [leg] = tables(TALK)["interactions"]
    assert leg["customer_id"] == caller("acme", "(999) 111 2222") != caller("other", "999-111-2222")
    assert "999" not in leg["customer_id"].removeprefix("caller_")[:3]


def test_the_formats_seen_only_in_documentation_say_so():
    assert {reader.name for reader in READERS if reader.confidence == "documentation"} == {
        "contact_lens_chat",
        "post_call_analytics",
        "google_insights",
        "genesys_conversations",
        "zendesk_tickets",
    }


@needs_exports
def test_every_stored_export_is_recognised_and_read_whole(write):
    roles = write("roles.yaml", "format: bedrock_data_automation\nspeakers: {spk_0: customer, spk_1: agent}\n")
    for path in sorted(Path(EXPORTS).rglob("*.*")):
        mapping = roles if path.name.startswith("bedrock") else None
        readings = read(path, client="acme", started_at=MAY, mapping=mapping)
        assert sum(reading.quarantined.height for reading in readings) == 0, path
        assert all(reading.rows["invalid"].list.len().sum() == 0 for reading in readings), path


@needs_exports
@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("contact_lens_voice_redacted.json", "contact_lens_voice"),
        ("transcribe_call_analytics.json", "transcribe_calls"),
        ("bedrock_data_automation.json", "bedrock_data_automation"),
        ("connect_evaluation_form.json", "evaluation_forms"),
        ("telco_customers.csv", "mapping"),
        ("conversation_json/Travel_20240227101801.json", "conversation_json"),
    ],
)
def test_each_export_goes_to_its_reader(name, reader):
    assert reader_for(Source(EXPORTS / name, "acme")).name == reader
