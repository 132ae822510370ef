"""JSON lines: a bad line costs a line (I20)."""

import pytest

from care_metrics.errors import FileRefused

START = '"started_at": "2024-05-01T10:00:00Z", "outcome": "handled"'
GOOD = '{"interaction_id": "i1", ' + START + "}\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"interaction_id": "i2", ' + START, "the line is no JSON"),
        ('{"interaction_id": "i2", "talk_s": NaN, ' + START + "}", "the line is no strict JSON: NaN is no JSON value"),
        (
            '{"interaction_id": "i2", "talk_s": 1e400, ' + START + "}",
            "the line is no strict JSON: a number is too large",
        ),
        (
            '{"interaction_id": "i2", "interaction_id": "i3", ' + START + "}",
            "the line is no strict JSON: a key stands twice",
        ),
        ("[1, 2]", "the line is no JSON object"),
        ("7", "the line is no JSON object"),
        ('{"interaction_id": ' + "[" * 100_000 + "]" * 100_000 + "}", "the line is no JSON"),
        (b'{"interaction_id": "\xe9"}', "the line is not UTF-8"),
        ('{"interaction_id": null, ' + START + "}", "interaction_id is missing"),
        ("{" + START + "}", "interaction_id is missing"),
    ],
    ids=["cut", "nan", "1e400", "twice", "array", "number", "deep", "latin1", "null", "absent"],
)
def test_a_bad_line_is_set_aside_and_the_rest_kept(load, line, reason):
    line = line if isinstance(line, bytes) else line.encode()
    reading = load("interactions.jsonl", GOOD.encode() + b"\n" + line + b"\n" + GOOD.replace("i1", "i9").encode())
    assert reading.rows["interaction_id"].to_list() == ["i1", "i9"]
    assert reading.quarantined.select("line", "reason").rows() == [(3, reason)]


def test_numbers_keep_how_they_are_written_and_nested_values_are_invalid(load):
    line = '{"interaction_id": 12345678901234567890123, "transfers": 2, "talk_s": {"a": 1}, "escalated": true, ' + START
    reading = load("interactions.jsonl", line + "}")
    row = reading.rows.to_dicts()[0]
    assert (row["interaction_id"], row["transfers"], row["escalated"]) == ("12345678901234567890123", 2, True)
    assert row["invalid"] == ["talk_s"]


def test_lone_surrogates_and_invisible_characters_are_taken_out_and_counted(load):
    """I7."""
    line = r'{"interaction_id": "i1", "turn_no": 1, "speaker": "agent", "text": "a\ud83d b\u202e\u0000\u200b\u001bc e\u0301 \ud83d\ude00"}'
    reading = load("turns.jsonl", line)
    assert reading.rows["text"].to_list() == ["a bc é 😀"]
    assert reading.removed == 5


def test_keys_unknown_to_the_table_are_reported(load):
    reading = load("agents.jsonl", '{"agent_id": "a1", "shoe": 43}\n{"agent_id": "a2", "hat": 5}\n')
    assert reading.unknown_columns == ("shoe", "hat")


def test_a_key_can_be_stored_and_printed_whatever_it_holds(load):
    """I7: a lone surrogate ended the load in a traceback, an escape sequence would command the terminal."""
    reading = load("agents.jsonl", r'{"agent_id": "a1", "sh\ud83doe": 43, "h\u001b[31mat\u202e": 5}')
    assert reading.unknown_columns == ("shoe", "h[31mat")


def test_a_byte_order_mark_costs_no_row(load):
    """I6: the first row was set aside for it."""
    reading = load("agents.jsonl", b"\xef\xbb\xbf" + b'{"agent_id": "a1"}\n{"agent_id": "a2"}\n')
    assert reading.rows["agent_id"].to_list() == ["a1", "a2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_another_encoding_is_refused_and_never_read_as_garbage(load, encoding):
    """I6."""
    with pytest.raises(FileRefused, match="JSON lines"):
        load("agents.jsonl", '{"agent_id": "é"}\n'.encode(encoding))
