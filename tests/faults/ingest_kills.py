"""Kill ingest at random moments (I26): readers see the old snapshot or the new one, whole, and the next run finishes it.

python tests/faults/ingest_kills.py [KILLS] [SEED] [SECONDS]
Prints how many kills hit before and after the commit, keeps the result and writes its line into docs/sources.md; exits 1 at
the first mixture or row that is lost or doubled. With SECONDS it ends after so long, with the kills it has made.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from care_metrics.commands.ingest import ingest  # noqa: E402
from care_metrics.store import Store, open_store  # noqa: E402

RESULT, PAGE = ROOT / "benchmarks" / "results" / "ingest_kills.json", ROOT / "docs" / "sources.md"
START, END = "<!-- ingest kills -->", "<!-- /ingest kills -->"
LEGS = 300
# Imports first, so that the kills fall into the work and not into the start.
CHILD = """
import sys
from care_metrics.commands.ingest import ingest
from care_metrics.privacy.redactor import Redactor
from care_metrics.store import open_store
Redactor().redact(["my name is maria"])
print("ready", flush=True)
ingest(open_store(sys.argv[1]), [sys.argv[2]], "acme")
print("done", flush=True)
"""


def main(kills: int, seed: int, seconds: int) -> int:
    """Kill, keep the result, write its sentence; a run that finds anything wrong keeps no result."""
    result = killed(kills, seed, seconds)
    if result is None:
        return 1
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), result), "utf-8")
    print(sentence(result))
    return 0


def killed(kills: int, seed: int, seconds: int) -> dict[str, int] | None:
    """Deliver export after export, kill each ingest at a random moment, look, finish, look again; None if anything is wrong."""
    chance, old, new, begun = random.Random(seed), 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        store, whole = open_store(str(Path(folder) / "store")), set[str]()
        took = 6.0  # seconds of work of an ingest that nobody kills, known better once one has ended
        for number in range(kills):
            if time.monotonic() - begun > seconds:
                break
            export = written(Path(folder) / f"export{number}", number)
            mine = {f"i{number}_{leg}" for leg in range(LEGS)}
            ended = unless_killed(store.url, export, chance.uniform(0, took))
            seen = legs(store)
            if seen not in (whole, whole | mine):
                print(f"kill {number}: {len(seen):,} legs, neither {len(whole):,} nor {len(whole | mine):,}")
                return None
            if ended is None:
                new, old = new + (seen != whole), old + (seen == whole)
            else:
                took = max(0.3, 1.1 * ended)
            ingest(store, [str(export)], "acme")
            whole |= mine
            if legs(store) != whole:
                print(f"kill {number}: after the next run {len(legs(store)):,} legs, not {len(whole):,}")
                return None
    return {"seed": seed, "kills": old + new, "before": old, "after": new}


def sentence(result: dict[str, int]) -> str:
    """What the kills came to."""
    return (
        f"{result['kills']:,} ingests killed at random moments of their work, seed {result['seed']}: {result['before']:,} "
        f"before the commit, {result['after']:,} after it. Mixtures of old and new, and rows lost or doubled after the next "
        "run: 0."
    )


def rendered(page: str, result: dict[str, int]) -> str:
    """The page with the sentence of a result."""
    before, rest = page.split(START)
    return f"{before}{START}\n{sentence(result)}\n{END}{rest.split(END)[1]}"


def written(folder: Path, number: int) -> Path:
    """An export of legs and turns of its own."""
    folder.mkdir()
    names = [f"i{number}_{leg}" for leg in range(LEGS)]
    rows = [f"{name},2024-05-{1 + number % 28:02}T10:00:00Z,handled" for name in names]
    (folder / "interactions.csv").write_text("\n".join(["interaction_id,started_at,outcome", *rows]))
    turns = [f"{name},1,customer,i am maria and my card is 4111 1111 1111 1111" for name in names]
    (folder / "turns.csv").write_text("\n".join(["interaction_id,turn_no,speaker,text", *turns]))
    return folder


def unless_killed(url: str, export: Path, seconds: float) -> float | None:
    """The seconds of work that an ingest took, None if it was still at work when it was killed after so many."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(export)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    child.stdout.readline()
    begun = time.monotonic()
    try:
        child.wait(timeout=seconds)
        return time.monotonic() - begun
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return None


def legs(store: Store) -> set[str]:
    """The legs a reader sees, from tables and facts alike; turns must fit them."""
    snapshot = store.snapshot()
    found = []
    for table in ("interactions", "turns", "facts_leg"):
        rows = store.read(snapshot, table, ["acme"], ["interaction_id"])
        names = [] if rows is None else rows["interaction_id"].to_list()
        if len(names) != len(set(names)):
            return {"doubled rows"}
        found.append(set(names))
    return found[0] if found[0] == found[1] == found[2] else {"tables that do not fit"}


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [40, 1, 86_400][len(numbers) :])))
