"""Random attempts at the gate, and mutants of the gate that its tests must catch; writes docs/security.md's tables.

    python tests/faults/gate.py [--attempts 10000] [--processes 2] [--mutants NAME ...]

Attempts add up: a run goes on with the seed after the last one on record, and says which commit it met. Each patch under mutants/ takes one wall away from a copy of the real source; the gate's tests then have to fail there.
"""

import argparse
import json
import multiprocessing
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))
if TYPE_CHECKING:
    from care_metrics.store import Store
MUTANTS = Path(__file__).parent / "mutants"
RESULT = Path(__file__).parent / "gate_result.json"
DOC = ROOT / "docs" / "security.md"
PARTS = ("care_metrics", "pages", "tests", "frame.py", "app.py", "pyproject.toml", ".streamlit")
# The quick ones first: most mutants do not get past them.
TESTS = (
    *("tests/ui/test_cached.py", "tests/reviews/test_sign_in.py", "tests/reviews/test_permissions.py"),
    *("tests/gate/test_door.py", "tests/gate/test_client_reader.py", "tests/gate/test_admission.py"),
    *("tests/reviews/test_annotations.py", "tests/reviews/test_actions.py", "tests/gate/test_exports.py"),
    *("tests/gate/test_recorded.py", "tests/gate/test_roles.py", "tests/gate/test_rooms.py"),
    "tests/gate/test_attempts.py",
)
# Where a mutant of this file is looked for first; all the tests follow where that lets it through.
NEAREST = {
    "care_metrics/ui/cached.py": "tests/ui/test_cached.py",
    "care_metrics/ui/entrance/admission.py": "tests/gate/test_admission.py",
    "care_metrics/ui/entrance": "tests/gate/test_door.py",
    "care_metrics/ui/reader.py": "tests/gate/test_admission.py",
    "care_metrics/ui/recorded.py": "tests/gate/test_recorded.py",
    "care_metrics/reviews/permissions.py": "tests/reviews/test_permissions.py",
    "care_metrics/reviews/annotations.py": "tests/reviews/test_annotations.py",
    "care_metrics/reviews/actions.py": "tests/reviews/test_actions.py",
    "care_metrics/reviews": "tests/reviews/test_sign_in.py",
    "frame.py": "tests/gate/test_roles.py",
    "care_metrics/kept": "tests/oracle/test_kept.py",
    "care_metrics": "tests/gate/test_client_reader.py",
}
SEED, ROUND = 20_261_126, 2_500


def attempts(n: int, processes: int, runs: list[dict]) -> Iterator[list[dict]]:
    """Make n attempts more, in rounds with a seed each that no run before has had; after each the runs so far."""
    since, first = time.monotonic(), max((run["last_seed"] for run in runs), default=SEED - 1) + 1
    rounds = [min(ROUND, n - begun) for begun in range(0, n, ROUND)]
    run = {"n": 0, "leaks": 0, "first_seed": first, "commit": commit(), "machine": machine(), "processes": processes}
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        # In order: what is kept of a run that is cut off is all of its seeds from the first to the last.
        for size, seed, leaked in pool.imap(_round, [(size, first + i) for i, size in enumerate(rounds)]):
            run |= {"n": run["n"] + size, "leaks": run["leaks"] + len(leaked), "last_seed": seed}
            run["seconds"] = round(time.monotonic() - since)
            print(*leaked[:20], f"{run['n']:,} attempts, {run['leaks']} leaks", sep="\n", flush=True)
            yield [*runs, run]


def _round(asked: tuple[int, int]) -> tuple[int, int, list[str]]:
    """(attempts, seed, what leaked) of one round; rounds of one process share its store and caches."""
    from tests.gate.attempts import leaks

    return *asked, list(leaks(_centre(), *asked))


@cache
def _centre() -> "Store":
    from tests.gate.marked import build

    return build(Path(tempfile.mkdtemp(prefix="marked_")))


def commit() -> str:
    """The last commit that changed the package."""
    words = ["git", "log", "-1", "--format=%h", "--", "care_metrics", "pages", "frame.py", "app.py"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def machine() -> str:
    """What it ran on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def copy_of_source(folder: Path) -> Path:
    """What the tests need, without what a mutant cannot touch."""
    for part in PARTS:
        source = ROOT / part
        unwanted = shutil.ignore_patterns("__pycache__", "node_modules", "secrets.toml")
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=unwanted)
        else:
            shutil.copy(source, folder / part)
    (folder / "models").symlink_to(ROOT / "models")
    return folder


def failing(copy: Path, tests: tuple[str, ...] = TESTS) -> str:
    """The first of the tests that fails in the copy, empty if all pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=900)
    if done.returncode == 0:
        return ""
    named = re.search(r"^(?:FAILED|ERROR) tests/(\S+?)(?:\[.*)?(?: - .*)?$", done.stdout, re.MULTILINE)
    return named[1] if named else f"exit {done.returncode}: {done.stdout[-200:]}{done.stderr[-200:]}"


def mutants(names: list[str]) -> Iterator[dict[str, str]]:
    """Apply each patch by itself; which test caught it."""
    chosen = [patch for patch in sorted(MUTANTS.glob("*.patch")) if not names or patch.stem in names]
    near = {patch.stem: _nearest(patch) for patch in chosen}
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_of_source(Path(folder))
        untouched = failing(copy, tuple(sorted({test for _file, test in near.values()})) if names else TESTS)
        if untouched:
            raise SystemExit(f"the tests fail without any mutant: {untouched}")
        for patch in chosen:
            file, first = near[patch.stem]
            subprocess.run(["patch", "-p1", "-s", "-i", str(patch)], cwd=copy, check=True)
            caught = failing(copy, (first,)) or failing(copy)
            subprocess.run(["patch", "-p1", "-s", "-R", "-i", str(patch)], cwd=copy, check=True)
            print(f"{patch.stem}: {caught or 'SURVIVED'}", flush=True)
            yield {"mutant": patch.stem, "file": file, "caught_by": caught}


def _nearest(patch: Path) -> tuple[str, str]:
    """The file that a patch changes, and the test file to look in first."""
    found = re.search(r"^--- a/(\S+)", patch.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, f"{patch.name} names no file"
    return found[1], next(test for place, test in NEAREST.items() if found[1].startswith(place))


def tables(result: dict) -> dict[str, str]:
    """The tables of docs/security.md by the name of their place."""
    runs = result["attempts"]
    n, leaks = sum(run["n"] for run in runs), sum(run["leaks"] for run in runs)
    bound = f"{3 / n:.0e}" if n and not leaks else "-"
    first = [
        f"{n:,} attempts, {leaks} leaks; 95% upper bound of the rate (3/n): {bound}.",
        "",
        f"| attempts | leaks | seeds, one for each {ROUND:,} | commit | machine |",
        "|---|---|---|---|---|",
    ]
    for run in runs:
        seeds = f"{run['first_seed']} to {run['last_seed']}"
        first.append(f"| {run['n']:,} | {run['leaks']} | {seeds} | {run['commit']} | {run['machine']} |")
    caught = sum(bool(row["caught_by"]) for row in result["mutants"])
    second = [f"{caught} of {len(result['mutants'])} caught.", "", "| mutant | in | caught by |", "|---|---|---|"]
    for row in result["mutants"]:
        second.append(f"| {row['mutant'].replace('_', ' ')} | `{row['file']}` | `{row['caught_by'] or 'survived'}` |")
    return {"attempts": "\n".join(first), "mutants": "\n".join(second)}


def rendered(text: str, result: dict) -> str:
    """The document with the tables of this result in their places."""
    for name, table in tables(result).items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = place.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    return text


def keep(result: dict) -> None:
    """What is measured so far: a run that is cut off loses nothing."""
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    DOC.write_text(rendered(DOC.read_text(encoding="utf-8"), result), encoding="utf-8")


def main() -> None:
    """Measure, keep the result, write the tables; exit 1 if anything leaked or survived."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--attempts", type=int, default=10_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--mutants", nargs="*", default=[])
    asked = options.parse_args()
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {"attempts": [], "mutants": []}
    for runs in attempts(asked.attempts, asked.processes, known["attempts"]):
        known["attempts"] = runs
        keep(known)
    for row in mutants(asked.mutants) if asked.mutants != ["none"] else ():
        others = [one for one in known["mutants"] if one["mutant"] != row["mutant"]]
        known["mutants"] = sorted([*others, row], key=lambda one: one["mutant"])
        keep(known)
    if any(run["leaks"] for run in known["attempts"]) or not all(row["caught_by"] for row in known["mutants"]):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
