"""CSV as people break it: nothing sniffed, nothing lost, each bad line set aside with its number."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES
from care_metrics.sources import canonical_csv
from care_metrics.sources.csv_blocks import Layout, _by_record, _by_structure, parse
from care_metrics.sources.csv_structure import structure

AGENTS = "agent_id,name,team\n"


def set_aside(reading) -> list[tuple[int, str]]:
    return list(zip(reading.quarantined["line"], reading.quarantined["reason"], strict=True))


@pytest.mark.parametrize(
    ("body", "kept", "aside"),
    [
        ("a1,Ana,red\na2,Ben\na3,Cy,blue\n", ["a1", "a3"], [(3, "the line has 2 fields, the header 3")]),
        ("a1,Ana,red\na2,Ben,red,x\n\na3,Cy,blue", ["a1", "a3"], [(3, "the line has 4 fields, the header 3")]),
        ('a1,"Ana\nMaria",red\na2,Ben\n', ["a1"], [(4, "the line has 2 fields, the header 3")]),
        ('a1,Ana,red\na2,"Ben,red\na3,Cy,blue\n', ["a1", "a3"], [(3, "a quote is never closed")]),
        ('a1,"Ana"x,red\na2,"Ben",red\n', ["a2"], [(2, "a quote or line end is misplaced")]),
        ('a1,Ana "the fox",red\na2,"Ben ""B""",red\n', ["a1", "a2"], []),
        ("a1,Ana,red\r\n\r\na2,Ben\r\na3,Cy,blue\r\n", ["a1", "a3"], [(4, "the line has 2 fields, the header 3")]),
        ("a1,Ana,red\na2,Be\rn,red\na3,Cy,blue\n", ["a1", "a3"], [(3, "a quote or line end is misplaced")]),
    ],
    ids=[
        "too_few", "too_many_and_blank_line", "after_a_quoted_line_end", "unclosed_quote", "quote_in_the_middle",
        "stray_quotes", "crlf", "lone_cr",
    ],
)  # fmt: skip
def test_a_broken_line_is_set_aside_and_the_others_kept(load, body, kept, aside):
    """I1, and I8 the unclosed quote."""
    reading = load("agents.csv", AGENTS + body)
    assert (reading.rows["agent_id"].to_list(), set_aside(reading)) == (kept, aside)


def test_a_stray_quote_swallows_no_row_that_follows(load):
    """Without care the two stray quotes would hold all that lies between them as one field."""
    reading = load("agents.csv", AGENTS + 'a1,Ana,"red\na2,Ben,red\na3,Cy,red\na4,",red\na5,Eve,red\n')
    assert reading.rows["agent_id"].to_list() == ["a2", "a3", "a5"]
    assert [line for line, _ in set_aside(reading)] == [2, 5]


def test_two_stray_quotes_in_one_column_make_no_value_of_the_rows_between(load):
    """The fields add up, but no number or id runs over several lines."""
    rows = ["i1,2024-05-01T10:00Z,handled,1", 'i2,2024-05-01T10:00Z,handled,"', "i3,2024-05-01T10:00Z,handled,3"]
    text = "interaction_id,started_at,outcome,talk_s,queue_s\n" + "".join(
        f"{row},0\n" for row in [*rows, rows[1], rows[2]]
    )
    reading = load("interactions.csv", text)
    assert reading.rows["interaction_id"].to_list() == ["i1", "i3", "i3"]
    assert [line for line, _ in set_aside(reading)] == [3, 5]


def test_line_numbers_are_those_of_an_editor(load):
    reading = load("agents.csv", AGENTS + 'a1,"two\nlines",red\n\na2,Ben,red\n')
    assert reading.rows["line"].to_list() == [2, 5]


def test_quoted_fields_come_out_as_they_were_meant(load):
    reading = load("agents.csv", AGENTS + 'a1,"Ana ""the fox"", senior","red\nteam"\n')
    assert reading.rows["name"].to_list() == ['Ana "the fox", senior']
    assert reading.rows["team"].to_list() == ["red\nteam"]


def test_leading_zeros_and_long_numbers_stay(load):
    """I12."""
    reading = load("agents.csv", AGENTS + "00123,Ana,red\n12345678901234567890123,Ben,red\n")
    assert reading.rows["agent_id"].to_list() == ["00123", "12345678901234567890123"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(load):
    """I6."""
    reading = load("agents.csv", "\ufeff" + AGENTS + "a1,Ana,red\n")
    assert reading.rows["agent_id"].to_list() == ["a1"]


def test_nul_escape_bidi_and_zero_width_are_taken_out_and_counted(load):
    """I7; a line end in the name of a column would forge a line of the account."""
    text = 'interaction_id,turn_no,speaker,text,"sh\noe\x1b"\ni1,1,agent,a\x00b\x1b[31mc\u202ed\u200be\ufeff,43\n'
    reading = load("turns.csv", text)
    assert (reading.rows["text"].to_list(), reading.removed) == (["ab[31mcde"], 5)
    assert reading.unknown_columns == ("shoe",)


def test_a_field_beyond_a_megabyte_costs_only_its_row(load):
    """I9; test_isolated has the transcript of 50 MB."""
    reading = load("agents.csv", AGENTS + f'a1,"{"x" * 3_000_000}",red\na2,Ben,red\n')
    assert reading.rows["agent_id"].to_list() == ["a2"]
    assert set_aside(reading) == [(2, "a field is longer than 1,000,000 bytes")]
    assert len(reading.quarantined["raw"][0]) <= 100_000


def test_columns_in_any_order_unknown_ones_reported(load):
    reading = load("agents.csv", "shoe_size,team,agent_id\n43,red,a1\n")
    assert reading.unknown_columns == ("shoe_size",)
    assert reading.rows.select("agent_id", "team", "name").rows() == [("a1", "red", None)]


def test_the_raw_row_can_be_read_again_after_repair(load):
    reading = load("surveys.csv", "survey_id,responded_at,nps\ns1,yesterday,9\ns2,,8\n")
    [raw] = reading.quarantined["raw"]
    repaired = load("surveys.jsonl", raw.replace("yesterday", "2024-05-01T10:00:00Z"))
    assert repaired.rows.select("survey_id", "nps").rows() == [("s1", 9)]


def test_the_raw_row_keeps_the_reason_of_the_contact_apart_from_that_of_the_quarantine(load):
    reading = load("tasks.csv", "reason,task\nbilling,\nrefund,transactional\n")
    assert reading.quarantined.select("reason", "raw").rows() == [("task is missing", '{"reason":"billing","task":""}')]
    assert reading.rows["reason"].to_list() == ["refund"]


@pytest.mark.parametrize("block", [64, 100, 1000])
def test_the_size_of_a_block_changes_nothing(load, monkeypatch, block):
    body = "".join(
        f'a{k},"na""me\n{k}",red\n' if k % 7 == 0 else f"a{k},x\n" if k % 11 == 0 else f"a{k},n,é\n" for k in range(200)
    )
    whole = load("agents.csv", AGENTS + body)
    monkeypatch.setattr(canonical_csv, "BLOCK", block)
    pieces = load("agents.csv", AGENTS + body)
    assert pieces.rows.equals(whole.rows)
    assert pieces.quarantined.equals(whole.quarantined)


def test_an_unclosed_quote_ends_somewhere(load, monkeypatch):
    monkeypatch.setattr(canonical_csv, "BLOCK", 256)
    monkeypatch.setattr(canonical_csv, "LONGEST_RECORD", 1024)
    reading = load("agents.csv", AGENTS + 'a0,"open,red\n' + "".join(f"a{k},n,red\n" for k in range(1, 500)))
    assert reading.rows.height == 499
    assert set_aside(reading) == [(2, "a quote is never closed")]


LAYOUT = Layout(Path("agents.csv"), ("agent_id", "name", "team"), frozenset(TABLES["agents"].names))


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.sampled_from('ab,"\n é'), max_size=5), min_size=2, max_size=4), max_size=12))
def test_what_the_csv_module_writes_both_parsers_read_alike(rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    data = buffer.getvalue().encode()
    shape = structure(data, final=True)
    assert shape is not None
    fast, slow = _by_structure(LAYOUT, data, shape, 2), _by_record(LAYOUT, data, 2, final=True, give_up=False)
    if any("\n" in cell for row in rows for cell in row if len(row) != 3):
        assert fast is None
        return
    assert fast is not None
    assert fast.frame.rows() == slow.frame.select(fast.frame.columns).rows()
    assert fast.rejects == slow.rejects
    assert [list(row[:3]) for row in slow.frame.rows()] == [row for row in rows if len(row) == 3]
    assert (fast.used, fast.newlines) == (slow.used, slow.newlines)


@settings(deadline=None)
@given(st.text(st.sampled_from('a,"\n\r'), max_size=60))
def test_wherever_the_fast_parser_dares_it_agrees_with_the_strict_one(text):
    data = text.encode()
    shape = structure(data, final=True)
    fast = _by_structure(LAYOUT, data, shape, 2) if shape else None
    slow = _by_record(LAYOUT, data, 2, final=True, give_up=False)
    assert slow.used == len(data)
    if fast:
        assert fast.frame.rows() == slow.frame.select(fast.frame.columns).rows()
        assert [line for line, _, _ in fast.rejects] == [line for line, _, _ in slow.rejects]


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_parsed_or_refused(data):
    try:
        block = parse(LAYOUT, data, 2, final=True)
    except FileRefused:
        return
    assert isinstance(block.frame, pl.DataFrame)
