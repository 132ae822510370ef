"""S15: whatever goes wrong, no output of a command and no byte of the store quotes personal data (canaries in every place)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from care_metrics.settings import ROOT

CARDS = ["4111111111111111", "5500005555555559", "340000000000009"]
WORDS = ["Zebulina", "Quorn", "zq@quorn.example", "415-555-0132", "123-45-6789"]
CANARIES = [*CARDS, *WORDS]
SAYS = "my name is Zebulina Quorn mail zq@quorn.example call 415-555-0132 social 123-45-6789 card 4111111111111111"
# Files that go wrong in different ways; each holds canaries where an error message or a log might quote them.
FILES = {
    "customers.csv": "customer_id,start_at,name,phone,email\n"
    "c1,2024-01-01T00:00:00Z,Zebulina Quorn,415-555-0132,zq@quorn.example\n"
    "c2,Zebulina Quorn,Zebulina Quorn,415-555-0132,zq@quorn.example\n"
    "c3,2024-01-01T00:00:00Z,Zebulina,Quorn,zq@quorn.example,415-555-0132,9\n",
    "interactions.csv": "interaction_id,customer_id,started_at,outcome,talk_s,source_url\n"
    "i1,c1,2024-05-01T10:00:00Z,handled,4111111111111111,https://r.org/?phone=415-555-0132\n"
    f"i2,c1,2024-05-01T10:00:00Z,{SAYS},3,\n",
    "turns.csv": f"interaction_id,turn_no,speaker,text\ni1,1,customer,{SAYS}\ni1,2,{SAYS},x\ni1,x,agent,{SAYS}\n",
    "surveys.csv": f"survey_id,nps,comment\ns1,{CARDS[1]},{SAYS}\ns2,9,{SAYS}\n",
    "turns-ragged.csv": f"interaction_id,turn_no,speaker,text\ni1,3,customer,{SAYS}\n{SAYS}\ni1,4,customer,{SAYS},{CARDS[2]}\n",
    "turns-lines.jsonl": f'{{"interaction_id": "i1", "turn_no": 5, "speaker": "customer", "text": "{SAYS}"}}\n{{"text": "{SAYS}\n',
    "broken.json": f'{{"Transcript": "{SAYS}", "Channel": "{CARDS[0]}"',
    "interactions-nothing.csv": f"interaction_id,started_at,outcome\ni9,{CARDS[0]},Zebulina Quorn\n",
    "unknown.csv": f"a,b\n{SAYS},{CARDS[0]}\n",
    "turns.parquet": "PAR1" + SAYS,
}
# In one process, which spares four starts.
ONE_BY_ONE = """
import json, os, sys
from care_metrics.__main__ import main
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    print("ended with", main(), flush=True)
os._exit(0)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the commands said, together, and the folder of the store."""
    folder = tmp_path_factory.mktemp("canaries")
    export, store = folder / "export", folder / "store"
    export.mkdir()
    for name, text in FILES.items():
        (export / name).write_text(text)
    asked = [
        ["ingest", str(export), "--client", "acme", "--store", str(store)],
        ["ingest", str(export), "--client", "acme", "--store", str(store), "--dry-run"],
        ["check", "--store", str(store)],
        ["kpis", "nps", "aht", "--store", str(store), "--format", "json"],
        ["retain", "--older-than", "1", "--store", str(store), "--dry-run"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", ONE_BY_ONE, json.dumps(asked)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    assert done.stdout.count("ended with") == len(asked)
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr, store


def test_no_command_quotes_a_canary(told: tuple[str, Path]) -> None:
    said, _ = told
    assert "turns.csv -> turns: read 3, accepted 1" in said, "the commands did their work"
    assert [canary for canary in CANARIES if canary.lower() in said.lower()] == []


def test_no_canary_is_stored(told: tuple[str, Path]) -> None:
    _, store = told
    held = ""
    for path in store.rglob("*"):
        if path.suffix == ".parquet":
            held += str(pl.read_parquet(path, hive_partitioning=False).to_dict(as_series=False))
        elif path.is_file():
            held += path.read_bytes().decode("utf-8", "replace")
    assert "<name>" in held
    assert [canary for canary in CANARIES if canary.lower() in held.lower()] == []
