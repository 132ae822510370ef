"""Kill ingest at every stage of its work (I26): readers see the old snapshot or the new one, whole, and a next run ends it.

python tests/faults/ingest_kills.py [KILLS] [SEED] [SECONDS]
Each kill falls at a random moment of the stage that has had the fewest; six in a row before the same export is loaded to
its end. Keeps the result, added to those of other seeds, and writes its table into docs/sources.md; exits 1 at the first mixture, row that is lost or
doubled, or file that a dead ingest left behind. With SECONDS it ends after so long, with the kills it has made.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from care_metrics.store import Store, open_store  # noqa: E402
from tests.faults.warm_ingest import STAGES  # noqa: E402

RESULT, PAGE = ROOT / "benchmarks" / "results" / "ingest_kills.json", ROOT / "docs" / "sources.md"
START, END = "<!-- ingest kills -->", "<!-- /ingest kills -->"
LEGS, IN_A_ROW, EXPORTS_A_STORE = 40, 6, 40


class Warm:
    """The process that the ingests are forked from; remembers how long each stage takes."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.faults.warm_ingest"]
        self._process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.took = [0.2] * len(STAGES)

    def __enter__(self) -> "Warm":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def ingest(self, store: Store, export: Path, stage: int | None = None, after: float = 0.0) -> dict[str, Any]:
        """What became of one ingest, killed so many seconds after the stage began."""
        assert self._process.stdin
        assert self._process.stdout
        job = {"store": store.url, "export": str(export), "stage": stage, "after": after}
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        for number, seconds in enumerate(told["took"]):
            if seconds:
                self.took[number] = 0.7 * self.took[number] + 0.3 * seconds
        return told


def main(kills: int, seed: int, seconds: int) -> int:
    """Kill, keep the result, write its table; a run that finds anything wrong keeps no result."""
    result = killed(kills, seed, seconds)
    if result is None:
        return 1
    result = added_up(json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else None, result)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), result), "utf-8")
    print(table(result))
    return 0


def killed(kills: int, seed: int, seconds: int) -> dict[str, Any] | None:
    """Deliver export after export, kill its ingests, look after each, finish, look again; None if anything is wrong."""
    chance, begun = random.Random(seed), time.monotonic()
    stages = {name: {"old": 0, "new": 0} for name in STAGES}
    made, number = 0, 0
    with tempfile.TemporaryDirectory() as folder, Warm() as warm:
        while made < kills and time.monotonic() - begun < seconds:
            if number % EXPORTS_A_STORE == 0:
                store, whole = open_store(str(Path(folder) / f"store{number}")), frozenset[str]()
            export = written(Path(folder) / f"export{number}", number)
            fresh = whole | {f"i{number}_{leg}" for leg in range(LEGS)}
            for _ in range(min(IN_A_ROW, kills - made)):
                stage = min(range(len(STAGES)), key=lambda one: (sum(stages[STAGES[one]].values()), chance.random()))
                told = warm.ingest(store, export, stage, chance.uniform(0, 1.1 * warm.took[stage]))
                if (seen := _seen(store, told, number, whole, fresh)) is None:
                    return None
                if told["killed"]:
                    made += 1
                    stages[STAGES[told["reached"]]]["new" if seen == fresh else "old"] += 1
                if seen == fresh:
                    break
            told = warm.ingest(store, export)
            if _seen(store, told, number, fresh, fresh) is None or told["killed"] or left_behind(store):
                print(f"export {number}: the run after the kills {told}, left behind {left_behind(store)}")
                return None
            whole, number = fresh, number + 1
    return {
        "seeds": [seed],
        "kills": made,
        "exports": number,
        "seconds": round(time.monotonic() - begun),
        "stages": stages,
    }


def added_up(kept: dict[str, Any] | None, result: dict[str, Any]) -> dict[str, Any]:
    """Both together, if the kept one is of the same stages and of other seeds; else the new one."""
    if (
        kept is None
        or kept.get("stages", {}).keys() != result["stages"].keys()
        or set(kept["seeds"]) & set(result["seeds"])
    ):
        return result
    sums = {name: kept[name] + result[name] for name in ("seeds", "kills", "exports", "seconds")}
    stages = {
        name: {saw: count + kept["stages"][name][saw] for saw, count in seen.items()}
        for name, seen in result["stages"].items()
    }
    return {**sums, "stages": stages}


def _seen(
    store: Store, told: dict[str, Any], number: int, old: frozenset[str], new: frozenset[str]
) -> frozenset[str] | None:
    """The legs that a reader sees, None where an ingest failed by itself or left a mixture."""
    seen = legs(store)
    if told["failed"] or seen not in (old, new):
        print(f"export {number}: {told}; {len(seen):,} legs, neither {len(old):,} nor {len(new):,}")
        return None
    return seen


def left_behind(store: Store) -> list[str]:
    """What a dead ingest put out of memory and nobody has taken away."""
    return [str(path) for path in (Path(store.url) / ".spill").glob("*")]


def table(result: dict[str, Any]) -> str:
    """What the kills came to, stage by stage."""
    seeds = ", ".join(map(str, result["seeds"]))
    lines = [
        f"{result['kills']:,} ingests of {result['exports']:,} exports killed, seeds {seeds}. Mixtures of old and "
        "new, rows lost or doubled after the next run, files left behind: 0.",
        "",
        "| killed while | kills | readers saw the old snapshot | the new one |",
        "|---|---|---|---|",
    ]
    for name, seen in result["stages"].items():
        lines.append(f"| {name} | {sum(seen.values()):,} | {seen['old']:,} | {seen['new']:,} |")
    return "\n".join(lines)


def rendered(page: str, result: dict[str, Any]) -> str:
    """The page with the table of a result."""
    before, rest = page.split(START)
    return f"{before}{START}\n{table(result)}\n{END}{rest.split(END)[1]}"


def written(folder: Path, number: int) -> Path:
    """An export of legs and turns of its own."""
    folder.mkdir()
    names = [f"i{number}_{leg}" for leg in range(LEGS)]
    rows = [f"{name},2024-05-{1 + number % 28:02}T10:00:00Z,handled" for name in names]
    (folder / "interactions.csv").write_text("\n".join(["interaction_id,started_at,outcome", *rows]))
    turns = [f"{name},1,customer,i am maria and my card is 4111 1111 1111 1111" for name in names]
    (folder / "turns.csv").write_text("\n".join(["interaction_id,turn_no,speaker,text", *turns]))
    return folder


def legs(store: Store) -> frozenset[str]:
    """The legs a reader sees, from tables and facts alike; turns must fit them."""
    snapshot = store.snapshot()
    found = []
    for name in ("interactions", "turns", "facts_leg"):
        rows = store.read(snapshot, name, ["acme"], ["interaction_id"])
        names = [] if rows is None else rows["interaction_id"].to_list()
        if len(names) != len(set(names)):
            return frozenset({"doubled rows"})
        found.append(frozenset(names))
    return found[0] if found[0] == found[1] == found[2] else frozenset({"tables that do not fit"})


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [1_000, 1, 86_400][len(numbers) :])))
