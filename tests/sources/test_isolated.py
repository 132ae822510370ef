"""A file that eats memory, hangs or crashes its reader costs itself, in a sentence; the others are read."""

import io
import os
import signal
import subprocess
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from care_metrics.errors import FileRefused, UnknownName
from care_metrics.settings import Settings
from care_metrics.sources import isolated, worker_process
from care_metrics.sources.isolated import Done, Options, read_files
from care_metrics.sources.reading import QUARANTINED, joined, rows_schema

ACME = Options("acme")
AGENTS = "agent_id,name\na1,Ana\n"


@pytest.fixture
def limits(monkeypatch):
    def _limits(**values):
        monkeypatch.setattr(worker_process, "settings", lambda: Settings(**values))

    return _limits


def read_all(*paths):
    """Readings by file name, refusals by file name."""
    readings, refused, held = {}, {}, []
    for answer in read_files(paths, ACME):
        if not isinstance(answer, Done):
            held.append(answer)
            continue
        name = answer.file.name
        if answer.refused:
            refused[name] = answer.refused.wrong
        else:
            readings[name] = joined(held)
        held = []
    return readings, refused


def test_what_comes_back_is_what_the_reader_said(write):
    good = write("agents.csv", AGENTS + "a2,Ben,red\n")
    bad = write("turns.csv", "interaction_id,turn_no\n")
    readings, refused = read_all(good, bad, write("agents-2.csv", AGENTS))
    [first] = readings["agents.csv"]
    assert (first.read, first.rows["agent_id"].to_list()) == (2, ["a1"])
    assert first.quarantined["line"].to_list() == [3]
    assert "lacks 'speaker'" in refused["turns.csv"]
    assert list(readings) == ["agents.csv", "agents-2.csv"]


def test_a_bomb_is_refused_and_the_others_are_read(write, limits):
    """I18: 60 MB of empty objects, which Python holds in more than a gigabyte."""
    limits(ingest_memory_mb=1200)
    bomb = write("bomb.json", b"[" + b"{}," * 20_000_000 + b"{}]")
    readings, refused = read_all(write("agents.csv", AGENTS), bomb, write("agents-2.csv", AGENTS))
    assert list(readings) == ["agents.csv", "agents-2.csv"]
    assert "CARE_METRICS_INGEST_MEMORY_MB" in refused["bomb.json"]


@pytest.mark.parametrize("bomb", ["turns.parquet", "agents.xlsx"])
def test_a_file_that_unpacks_to_gigabytes_is_refused_and_the_next_is_read(write, tmp_path, limits, bomb):
    """I18."""
    limits(ingest_memory_mb=1200)
    BOMBS[bomb](tmp_path / bomb)
    readings, refused = read_all(tmp_path / bomb, write("agents.csv", AGENTS))
    assert list(readings) == ["agents.csv"]
    assert "CARE_METRICS_INGEST_MEMORY_MB" in refused[bomb]


def long_texts(path):
    """One text of 900 KB, 4,000 times by its number in a dictionary."""
    once = pa.array(["x" * 900_000])
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 4_000, pa.int32()), once)
    rows = {"interaction_id": [f"i{k}" for k in range(4_000)], "turn_no": [1] * 4_000, "speaker": ["agent"] * 4_000}
    parquet.write_table(pa.table(rows | {"text": text}), path, compression="zstd")


def long_cell(path):
    """A cell of 1.5 GB in a workbook of 1.5 MB."""
    book = Workbook()
    book.active.append(["agent_id"])
    book.save(path.with_suffix(".small"))
    with ZipFile(path.with_suffix(".small")) as small, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as big:
        for name in small.namelist():
            before, end, after = small.read(name).partition(b"</row>")
            with big.open(name, "w") as part:
                part.write(before)
                for piece in (
                    [b'<c r="B1" t="inlineStr"><is><t>', *([b"x" * (1 << 20)] * 1_500), b"</t></is></c>"] if end else ()
                ):
                    part.write(piece)
                part.write(end + after)


BOMBS = {"turns.parquet": long_texts, "agents.xlsx": long_cell}


@pytest.mark.parametrize("name", ["turns.csv", "turns.jsonl"])
def test_a_transcript_of_50_mb_costs_only_its_row(write, name):
    """I9."""
    long = "ring ring " * 5_000_000
    said = [(1, "hello"), (2, long), (3, "bye")]
    if name == "turns.csv":
        lines = ["interaction_id,turn_no,speaker,text", *(f'i1,{number},agent,"{text}"' for number, text in said)]
    else:
        lines = [
            f'{{"interaction_id": "i1", "turn_no": {n}, "speaker": "agent", "text": "{text}"}}' for n, text in said
        ]
    [turns] = read_all(write(name, "\n".join(lines)))[0][name]
    assert turns.rows["text"].to_list() == ["hello", "bye"]
    assert turns.quarantined["reason"].to_list() == ["a field is longer than 1,000,000 bytes"]
    assert len(turns.quarantined["raw"][0]) <= 100_000


def test_a_file_that_takes_too_long_is_refused(write, limits):
    limits(ingest_timeout_s=0.02)
    slow = write("turns.csv", "interaction_id,turn_no,speaker\n" + "i,1,agent\n" * 2_000_000)
    _, refused = read_all(slow)
    assert "took too long" in refused["turns.csv"]


def test_a_crash_costs_one_file(write, monkeypatch):
    started = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(popen(*a, **k)) or started[-1])
    line = '{"interaction_id": "i1", "turn_no": 1, "speaker": "agent"}\n'
    big = write("turns.jsonl", line * 160_000)  # several pieces
    done = {}
    for answer in read_files([big, write("agents.csv", AGENTS)], ACME):
        if isinstance(answer, Done):
            done[answer.file.name] = answer.refused
        elif len(started) == 1:
            os.kill(started[0].pid, signal.SIGKILL)
    assert "SIGKILL" in str(done["turns.jsonl"])
    assert done["agents.csv"] is None
    assert len(started) == 2


def test_deep_json_is_refused(write):
    """I18."""
    _, refused = read_all(write("deep.json", "[" * 100_000 + "]" * 100_000))
    assert list(refused) == ["deep.json"]


def streamed(schema):
    stream = io.BytesIO()
    pl.DataFrame(schema=schema).write_ipc_stream(stream)
    return stream.getvalue()


NO_AGENTS = {"table": "agents", "read": 0, "unknown": [], "removed": 0, "format": "csv"}


@pytest.mark.parametrize(
    "lie",
    [{"read": 1}, {"table": "visits"}, {"table": ["agents"]}, {"format": "<b>best</b>"}, {"format": None}],
    ids=["count", "table", "no name", "format", "no format"],
)
def test_an_answer_that_does_not_add_up_is_not_believed(tmp_path, lie):
    frames = streamed(rows_schema("agents")), streamed(QUARANTINED)
    assert worker_process._reading(tmp_path, NO_AGENTS, *frames).format == "csv"
    with pytest.raises(worker_process.GoneError, match="nonsense"):
        worker_process._reading(tmp_path, NO_AGENTS | lie, *frames)
    with pytest.raises(worker_process.GoneError, match="nonsense"):
        worker_process._reading(tmp_path, NO_AGENTS, b"", b"")


def test_many_small_files_share_a_worker(write, monkeypatch):
    monkeypatch.setattr(isolated, "FILES_A_WORKER", 7)
    paths = [write(f"agents-{k:02}.csv", f"agent_id\na{k}\n") for k in range(16)]
    readings, refused = read_all(*paths)
    assert refused == {}
    assert pl.concat([r.rows for [r] in readings.values()])["agent_id"].to_list() == [f"a{k}" for k in range(16)]


def test_wrong_options_are_said_once_before_any_file(write):
    good = write("agents.csv", AGENTS)
    with pytest.raises(UnknownName, match="Did you mean 'parquet'"):
        next(read_files([good], Options("acme", format="parket")))
    with pytest.raises(FileRefused, match=r"m\.yaml: maps to the table 'visits'"):
        next(read_files([good], Options("acme", mapping=write("m.yaml", "tables: {visits: {columns: {}}}"))))


def test_a_dry_run_drafts_a_mapping_for_what_it_does_not_recognise(write):
    unknown = write("log.csv", "Call ID,Start time,Result\n1,2,3\n")
    [done] = read_files([unknown], Options("acme", propose=True))
    assert "interaction_id: Call ID" in done.proposal
    [done] = read_files([unknown], Options("acme"))
    assert done.proposal is None
