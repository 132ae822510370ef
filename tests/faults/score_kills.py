"""Kill score at random moments: the next run goes on, no turn is scored twice, and the end equals an unbroken run.

python tests/faults/score_kills.py [KILLS] [SEED]
Prints how far each killed run had come; exits 1 at the first doubled turn or at an end that differs.
"""

import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from care_metrics.commands.ingest import ingest  # noqa: E402
from care_metrics.store import Store, open_store  # noqa: E402

KEY = ["client", "interaction_id", "turn_no", "text_md5", "revision"]
FACTS = ["interaction_id", "valence_mean", "valence_n"]
# Small chunks and a publication after each, so that kills fall between and within all of its steps.
CHILD = """
import os, sys
from time import sleep
import polars as pl
from care_metrics.commands import score as job
from care_metrics.store import open_store, publishing
job.CHUNK_TURNS, job.PUBLISH_EVERY_S = 20, 0.0

class ByLength:
    name, revision = "sentiment", "r1"
    def score(self, texts, previous=None):
        sleep(0.02)
        share = [len(text) % 7 / 6 for text in texts]
        rows = [(1 - s, 0.0, s, 2 * s - 1) for s in share]
        return pl.DataFrame(rows, schema=dict.fromkeys(job.PROBABILITIES, pl.Float64), orient="row")

store = open_store(sys.argv[1])
with publishing(store) as publication:
    job.score(store, publication, ByLength(), ["acme"], lambda done, total: print(done, flush=True))
# The native thread pools of the data libraries now and then abort a process that has done its work.
os._exit(0)
"""


def main(kills: int, seed: int, contacts: int = 150) -> int:
    """Score one store without a break, another with kills; compare what is kept and what readers see."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        export = written(Path(folder) / "export", contacts)
        whole, broken = (open_store(str(Path(folder) / name)) for name in ("whole", "broken"))
        for store in (whole, broken):
            ingest(store, [str(export)], "acme")
        scored_for(whole, None)
        for number in range(kills):
            scored_for(broken, (chance.randint(1, 4), chance.uniform(0, 0.5)))
            kept = scores(broken)
            if kept.height != kept.unique(KEY).height:
                print(f"kill {number}: {kept.height - kept.unique(KEY).height} turns were scored twice")
                return 1
            print(f"kill {number}: {kept.height:,} turns kept", file=sys.stderr)
        scored_for(broken, None)
        if not (scores(broken).equals(scores(whole)) and shown(broken).equals(shown(whole))):
            print("the end differs from the unbroken run")
            return 1
        print(f"seed {seed}: {kills} kills, {scores(whole).height:,} turns, each once, equal to the unbroken run")
        return 0


def written(folder: Path, contacts: int) -> Path:
    """An export of contacts with four customer turns each."""
    folder.mkdir()
    start = datetime(2024, 5, 1, 10, tzinfo=UTC)
    legs = [f"i{k},{start + timedelta(minutes=k):%Y-%m-%dT%H:%M:%SZ},handled" for k in range(contacts)]
    (folder / "interactions.csv").write_text("\n".join(["interaction_id,started_at,outcome", *legs]))
    turns = [f"i{k},{turn},customer,contact {'x' * (k % 11)} turn {turn}" for k in range(contacts) for turn in range(4)]
    (folder / "turns.csv").write_text("\n".join(["interaction_id,turn_no,speaker,text", *turns]))
    return folder


def scored_for(store: Store, kill: tuple[int, float] | None) -> None:
    """Run score in a process of its own; killed so many chunks and then seconds into its work, None: run to its end."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, store.url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        for _ in range(kill[0] if kill else 0):
            child.stdout.readline()
        try:
            status = child.wait(timeout=kill[1] if kill else None)
            if status:
                raise SystemExit(f"score ended with {status}")
        except subprocess.TimeoutExpired:
            child.kill()


def scores(store: Store) -> pl.DataFrame:
    """What is kept, published or not."""
    rows = store.read_now("scores", ["acme"])
    return pl.DataFrame(schema=dict.fromkeys(KEY, pl.String)) if rows is None else rows.drop("scored_at").sort(KEY)


def shown(store: Store) -> pl.DataFrame:
    """What readers see of the contacts' sentiment."""
    rows = store.read(store.snapshot(), "facts_leg", ["acme"], FACTS)
    assert rows is not None
    return rows.sort("interaction_id")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [20, 1][len(numbers) :])))
