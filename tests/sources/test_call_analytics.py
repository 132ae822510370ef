"""Contact Lens voice and Transcribe Call Analytics: alike to the eye, two formats; the start comes from outside."""

import json
from datetime import UTC, datetime

import pytest

from care_metrics.errors import FileRefused
from care_metrics.sources.read import read
from care_metrics.sources.readers import reader_for
from care_metrics.sources.source import Source
from tests.sources.calls import analytics, turn, voice
from tests.sources.exports import EXPORTS, needs_exports

MAY = datetime(2024, 5, 31, 21, 14, 16, tzinfo=UTC)
NAME = "c-1_analysis_2024-05-31T21:14:16Z.json"


@pytest.fixture
def tables(write):
    def _tables(document, name=NAME, **options):
        readings = read(write(name, json.dumps(document)), client="acme", **options)
        return {reading.table: reading.rows.to_dicts() for reading in readings}

    return _tables


def test_a_voice_analysis_is_one_leg_and_its_turns(tables):
    found = tables(voice())
    [leg] = found["interactions"]
    assert (leg["interaction_id"], leg["started_at"], leg["outcome"]) == ("c-1", MAY, "handled")
    assert (leg["ended_at"] - leg["started_at"]).total_seconds() == 9.5
    assert (leg["channel"], leg["language"], leg["talk_s"], leg["agent_id"]) == ("voice", "en-GB", None, None)
    columns = ("interaction_id", "turn_no", "speaker", "begin_s", "end_s", "text", "valence")
    assert [tuple(row[name] for name in columns) for row in found["turns"]] == [
        ("c-1", 1, "agent", 0.0, 3.0, "Good morning.", 0.0),
        ("c-1", 2, "customer", 4.0, 7.0, "My parcel is late again.", -1.0),
    ]


def test_a_call_analysis_names_roles_and_a_job(tables):
    found = tables(analytics(), name="any.json", started_at=MAY)
    assert found["interactions"][0]["interaction_id"] == "call-7.wav"
    assert [row["valence"] for row in found["turns"]] == [0.0, None, 1.0]
    assert [row["speaker"] for row in found["turns"]] == ["agent", "customer", "customer"]


@pytest.mark.parametrize(
    ("document", "reader"),
    [(voice(), "contact_lens_voice"), (analytics(), "transcribe_calls"), (voice(Version="VOICE-2022-11-30"), "contact_lens_voice")],
    ids=["1.1.0", "transcribe", "dated"],
)  # fmt: skip
def test_the_two_are_told_apart_by_content(write, document, reader):
    for text in (json.dumps(document), json.dumps(document, indent=1)):
        assert reader_for(Source(write("x.json", text), "acme")).name == reader


def test_the_contact_in_the_file_beats_the_one_in_its_name(tables):
    found = tables(voice(CustomerMetadata={"ContactId": "inside"}))
    assert {row["interaction_id"] for rows in found.values() for row in rows} == {"inside"}


@pytest.mark.parametrize(
    ("name", "contact", "started"),
    [
        (NAME, "c-1", MAY),
        ("c-1_analysis_redacted_2024-05-31T21:14:16Z.json", "c-1", MAY),
        ("c-1_analysis_2024-05-31T21_14_16Z.json", "c-1", MAY),
        ("c-1_analysis_2024-05-31T21%3A14%3A16Z.json", "c-1", MAY),
        ("c-1_analysis_20240531T21:14_UTC.json", "c-1", MAY.replace(second=0)),
        ("Voice/2024/05/31/c-1.json", "c-1", datetime(2024, 5, 31, 5, 0, tzinfo=UTC)),
        ("Voice/2024/05/31/" + NAME, "c-1", MAY),
    ],
)
def test_the_start_comes_from_name_or_folder(tables, name, contact, started):
    [leg] = tables(voice(), name=name, timezone="America/Bogota")["interactions"]
    assert (leg["interaction_id"], leg["started_at"]) == (contact, started)


def test_the_option_is_the_last_resort_and_without_it_the_file_is_refused(tables):
    assert tables(voice(), name="call.json", started_at=MAY)["interactions"][0]["started_at"] == MAY
    with pytest.raises(FileRefused, match="pass --started-at"):
        tables(voice(), name="call.json")


def test_unknown_roles_are_set_aside_and_supervisors_are_agents(write):
    document = analytics(Transcript=[turn(role, "x", 0, key="ParticipantRole") for role in ("SUPERVISOR", "GHOST")])
    [_, turns] = read(write(NAME, json.dumps(document)), client="acme")
    assert turns.rows["speaker"].to_list() == ["agent"]
    assert turns.quarantined["reason"].to_list() == ["speaker is none of customer, agent, bot, system"]


@pytest.mark.parametrize("missing", ["Content", "ParticipantId"])
def test_a_file_that_lacks_a_field_is_refused_by_its_name(write, missing):
    document = voice()
    del document["Transcript"][0][missing]
    with pytest.raises(FileRefused, match=f"'{missing}' is missing"):
        read(write(NAME, json.dumps(document)), client="acme")


def test_many_analyses_as_json_lines(write):
    good = [voice(CustomerMetadata={"ContactId": f"c{k}"}) for k in range(3)]
    broken = {key: value for key, value in voice().items() if key != "Transcript"} | {"Transcript": [7]}
    text = "\n".join(json.dumps(document) for document in [good[0], broken, *good[1:]]) + '\n{"cut": '
    legs, turns = read(write("all.jsonl", text), client="acme", started_at=MAY)
    assert legs.rows["interaction_id"].to_list() == ["c0", "c1", "c2"]
    assert legs.quarantined["line"].to_list() == [2, 5]
    assert turns.rows.height == 6


@needs_exports
@pytest.mark.parametrize(
    ("name", "turns", "valences", "length"),
    [
        ("contact_lens_voice.json", 10, {1: 4, 0: 4, -1: 2}, 32.11),
        ("contact_lens_voice_redacted.json", 10, {1: 4, 0: 4, -1: 2}, 32.11),
        ("transcribe_call_analytics.json", 37, {1: 14, 0: 21, -1: 2}, 182.89),
    ],
)
def test_the_real_exports(name, turns, valences, length):
    legs, said = read(EXPORTS / name, client="acme", started_at=MAY)
    [leg] = legs.rows.to_dicts()
    assert (leg["ended_at"] - leg["started_at"]).total_seconds() == length
    assert said.rows["turn_no"].to_list() == list(range(1, turns + 1))
    assert {v: said.rows["valence"].to_list().count(v) for v in valences} == valences
