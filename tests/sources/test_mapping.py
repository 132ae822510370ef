"""Mapping files: units, formats, value maps, transcripts in one column; wrong ones refused at the place that is wrong."""

import json
from datetime import UTC, datetime

import pytest
import yaml

from care_metrics.errors import FileRefused
from care_metrics.sources.mapping_file import load, shipped
from care_metrics.sources.proposal import proposed_mapping
from care_metrics.sources.read import read
from care_metrics.sources.source import Source

BASE = """
tables:
  interactions:
    columns:
      interaction_id: Id
      started_at: {column: When, type: instant, format: "%d/%m/%Y %H:%M"}
      outcome: {constant: handled}
      talk_s: {column: Talk, type: duration}
      hold_s: {column: Hold, type: number, unit: min, decimal: ","}
      reason: {column: Topic, values: {A: billing, B: null}}
      escalated: {column: Up, values: {J: "true", N: "false"}, otherwise: "false"}
"""
HEADER = "Id,When,Talk,Hold,Topic,Up\n"


def test_units_formats_and_value_maps(mapped):
    """I11: a declared format."""
    body = '007,01/05/2024 10:30,01:02:03,"1,5",A,J\n008,02/05/2024 10:30,2:03,,B,\n009,03/05/2024 10:30,45,0,C,N\n'
    rows = mapped(BASE, HEADER + body, timezone="America/Bogota").rows.to_dicts()
    assert [row["interaction_id"] for row in rows] == ["007", "008", "009"]
    assert rows[0]["started_at"] == datetime(2024, 5, 1, 15, 30, tzinfo=UTC)
    assert [row["talk_s"] for row in rows] == [3723.0, 123.0, 45.0]
    assert [row["hold_s"] for row in rows] == [90.0, None, 0.0]
    assert [row["reason"] for row in rows] == ["billing", None, "C"]
    assert [row["escalated"] for row in rows] == [True, False, False]


def test_what_a_rule_cannot_read_is_judged_like_any_other_value(mapped):
    reading = mapped(BASE, HEADER + "1,05/01/2024 10:30,soon,1.5x,A,J\n2,31/31/2024 10:30,1,1,A,J\n")
    assert reading.rows["invalid"].to_list() == [["talk_s", "hold_s"]]
    assert reading.quarantined["line"].to_list() == [3]


@pytest.mark.parametrize(
    ("when", "known"),
    [("31/03/2024 02:30", False), ("27/10/2024 02:30", False), ("31/03/2024 03:30", True)],
    ids=["skipped", "repeated", "after_the_gap"],
)
def test_a_local_time_that_is_no_instant_is_quarantined(mapped, when, known):
    """I14."""
    reading = mapped(BASE, HEADER + f"1,{when},1,1,A,J\n2,01/05/2024 10:00,1,1,A,J\n", timezone="Europe/Madrid")
    assert (2 in reading.rows["line"]) is known


def test_declared_dialect_and_encoding(mapped):
    """I5, I6."""
    rules = 'delimiter: ";"\nencoding: latin-1\n' + BASE
    content = (HEADER + "1,01/05/2024 10:30,10,2,Añejo,J\n").replace(",", ";").encode("latin-1")
    assert mapped(rules, content).rows["reason"].to_list() == ["Añejo"]


def test_a_transcript_in_one_column_is_split_into_turns(mapped):
    rules = """
tables:
  turns:
    split: {column: Said, speakers: {Agent: agent, Customer: customer}}
    columns: {interaction_id: Id}
"""
    text = 'Id,Said\n1,"Ring. Agent: Hello, it is 10:30. Customer : My Agent: told\nCustomer: me so"\n2,Customer: hi\n'
    rows = mapped(rules, text).rows
    assert rows.select("interaction_id", "turn_no", "speaker", "text").rows() == [
        ("1", 1, "system", "Ring."),
        ("1", 2, "agent", "Hello, it is 10:30."),
        ("1", 3, "customer", "My"),
        ("1", 4, "agent", "told"),
        ("1", 5, "customer", "me so"),
        ("2", 1, "customer", "hi"),
    ]


@pytest.mark.parametrize(("kind", "unit"), [("epoch_s", 1), ("epoch_ms", 1000)])
def test_instants_since_1970(mapped, kind, unit):
    rules = BASE.replace('"%d/%m/%Y %H:%M"', kind)
    rows = mapped(rules, HEADER + f"1,{1714557600 * unit},1,1,A,J\n").rows
    assert rows["started_at"].to_list() == [datetime(2024, 5, 1, 10, tzinfo=UTC)]


def test_json_rows_inside_a_document(write):
    rules = write("m.yaml", "format: json\nrows: calls\n" + BASE)
    calls = [{"Id": 1, "When": "01/05/2024 10:30", "Talk": 5, "Topic": {"deep": 1}}, {"Id": 2, "When": "x"}]
    [reading] = read(write("calls.json", json.dumps({"calls": calls})), client="acme", mapping=rules)
    assert (reading.rows.height, reading.quarantined["line"].to_list()) == (1, [2])


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        ("tables: {visits: {columns: {}}}", "maps to the table 'visits'"),
        ("tables: {agents: {columns: {agent_id: a, shoe: b}}}", "agents.shoe"),
        ("tables: {interactions: {columns: {interaction_id: a}}}", "says nothing of interactions.started_at"),
        ("tables: {agents: {columns: {agent_id: {columm: a}}}}", "columm"),
        ("tables: {agents: {columns: {agent_id: {column: a, unit: weeks}}}}", "unit"),
        ("tables: [1, 2", "is no YAML"),
        ("- 1", "wrong mapping"),
        ("format: nonsense", "No format named 'nonsense'"),
    ],
)
def test_a_wrong_mapping_is_refused_at_its_place(write, rules, wrong):
    with pytest.raises((FileRefused, LookupError), match=wrong):
        read(write("calls.csv", "a\n1\n"), client="acme", mapping=write("m.yaml", rules))


def test_a_file_that_lacks_a_mapped_column_is_refused(mapped):
    with pytest.raises(FileRefused, match="lacks the column 'When'"):
        mapped(BASE, "Id,Talk\n1,2\n")


def test_five9_call_log(write):
    """Five9 Reports and Dashboards guide, Call Log report; read without --mapping."""
    head = "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,CALL TIME,QUEUE WAIT TIME,TALK TIME,HOLD TIME,AFTER CALL WORK TIME,TRANSFERS,ABANDONED\n"
    rows = (
        '300,"Thu, 27 Oct 2016 14:51:34",Care,Inbound,ana,Refund,5550100,00:03:10,00:00:12,00:02:30,,00:00:28,1,0\n'
        '301,"Thu, 27 Oct 2016 15:00:00",Care,Inbound,,Abandon,5550100,00:00:40,00:00:40,,,,,1\n'
    )
    [reading] = read(write("log.csv", head + rows), client="acme", timezone="America/New_York")
    first, second = reading.rows.to_dicts()
    assert first["started_at"] == datetime(2016, 10, 27, 18, 51, 34, tzinfo=UTC)
    assert (first["queue_s"], first["talk_s"], first["hold_s"], first["acw_s"]) == (12.0, 150.0, None, 28.0)
    assert (first["transfers"], first["outcome"], second["outcome"], second["queue_s"]) == (
        1,
        "handled",
        "abandoned",
        40.0,
    )
    assert reading.unknown_columns == ("CAMPAIGN", "ANI", "CALL TIME")


def test_twilio_sentences(write):
    """twilio.com/docs/conversation-intelligence-classic/api/transcript-sentence-subresource"""
    sentences = [
        {
            "media_channel": 1,
            "sentence_index": 0,
            "start_time": "0.5",
            "end_time": "2",
            "transcript": "Hi",
            "confidence": "0.9",
        },
        {
            "media_channel": 2,
            "sentence_index": 1,
            "start_time": "2.5",
            "end_time": "3",
            "transcript": "Bye",
            "confidence": "0.9",
        },
    ]
    path = write("GT1_20240531T21:14_UTC.json", json.dumps({"sentences": sentences}))
    legs, turns = read(path, client="acme")
    assert legs.rows.select("interaction_id", "started_at").rows() == [
        ("GT1", datetime(2024, 5, 31, 21, 14, tzinfo=UTC))
    ]
    assert turns.rows.select("turn_no", "speaker", "begin_s").rows() == [(0, "agent", 0.5), (1, "customer", 2.5)]


def test_shipped_mappings_are_sound_and_tell_how_far_to_trust_them():
    assert set(shipped()) == {"five9_call_log", "telco_churn", "twilio_sentences"}
    assert all(mapping.source and mapping.recognised_by for mapping in shipped().values())


def test_a_draft_names_the_nearest_columns_and_loads_once_completed(write):
    path = write("log.csv", "Call ID,Agent Login,callStartTime,Talk Duration,Shoe size\n")
    draft = proposed_mapping(Source(path, "acme"))
    columns = yaml.safe_load(draft)["tables"]["interactions"]["columns"]
    assert columns == {
        "interaction_id": "Call ID",
        "started_at": "callStartTime",
        "outcome": "???",
        "agent_id": "Agent Login",
        "talk_s": "Talk Duration",
    }
    assert "Not used: Shoe size" in draft
    assert load(write("m.yaml", draft)).label == "log"


@pytest.mark.parametrize("content", [b"\x89PNG\x00\x01", b"{}"])
def test_no_draft_without_columns(write, content):
    with pytest.raises(FileRefused, match="no columns"):
        proposed_mapping(Source(write("x.bin", content), "acme"))
