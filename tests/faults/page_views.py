"""Two client readers in two browsers beside the staff, on one server with sign-in: what reaches them of each other.

    python tests/faults/page_views.py [--views 2000] [--seed N]

Page views of all client readers together, in rounds: each begins with a new process of the app, whose caches are empty,
and every other one has the staff fill them first; in the rest the clients come first and the staff in their midst.
Needs chromium, node and npm. Keeps the result beside this file, one entry a seed, and writes the table of
docs/security.md from it.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gate import DOC, ROOT, commit, machine

sys.path.insert(0, str(ROOT))

RESULT = Path(__file__).parent / "page_views_result.json"
SEED, ROUND = 20_261_127, 100
READERS = {"ana": "quorix_air", "vic": "vexalia_bank"}
COUNTED = ("page views", "widgets", "files", "websocket frames", "bytes")


def rounds(views: int, seed: int) -> Iterator[dict]:
    """What is known after each round."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS
    from tests.browser.signed_in import Person, marked_site, settled, sign_in
    from tests.browser.walk import Walk

    since, site = time.monotonic(), marked_site(Path(tempfile.mkdtemp(prefix="page_views_")))
    known: dict = {"seed": seed, "commit": commit(), "machine": machine(), "rounds": 0, "staff_first": 0}
    try:
        with sync_playwright() as playwright:
            launch = playwright.chromium.launch
            people = {n: Person(launch(executable_path=CHROMIUM, args=FLAGS), site) for n in (*READERS, "eve")}
            for name, one in people.items():
                sign_in(one.page, site, name)
                settled(one.page)
            walks = [
                Walk(people[name], client, random.Random(seed + n)) for n, (name, client) in enumerate(READERS.items())
            ]
            while sum(walk.counted["page views"] for walk in walks) < views:
                known["staff_first"] += known["rounds"] % 2 == 0
                one_round(walks, people["eve"], staff_first=known["rounds"] % 2 == 0)
                known["rounds"] += 1
                yield known | summed(walks) | {"seconds": round(time.monotonic() - since)}
    finally:
        site.stop()


def one_round(walks: list, staff, staff_first: bool) -> None:
    """From empty caches: ROUND page views of the clients, the staff before them or in their midst."""
    from tests.browser.acts import side_by_side, staff_walk

    staff.site.begin_anew()
    for walk in walks:
        walk.person.open("/")
    half = ROUND // len(walks) // 2
    if not staff_first:
        side_by_side(walks, half)
    # A detector that does not see what the staff see would find nothing with the clients either.
    assert len(staff_walk(staff)) == len(READERS), "the staff's pages hold every client"
    staff.ear.heard.clear()
    side_by_side(walks, half if not staff_first else 2 * half)


def summed(walks: list) -> dict:
    """What all walks did and found."""
    counted = sum((walk.counted for walk in walks), Counter())
    ways = {name: n for name, n in sorted(counted.items()) if name.startswith("by ")}
    return {name.replace(" ", "_"): counted[name] for name in COUNTED} | {
        "missed": counted["nothing to click"],
        "ways": ways,
        "leaks": [found for walk in walks for found in walk.found],
        "failed": [failed for walk in walks for failed in walk.failed],
    }


def table(runs: list[dict]) -> str:
    """One row a run: what was done, and what was found."""
    n, leaks = sum(run["page_views"] for run in runs), sum(len(run["leaks"]) for run in runs)
    head = ("page views", "widgets used", "files taken", "websocket frames", "foreign markers", "pages that failed")
    head += ("caches filled from empty", "seed", "commit", "machine")
    lines = [f"{n:,} page views, {leaks} foreign markers.", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for run in runs:
        done = [f"{run[name]:,}" for name in ("page_views", "widgets", "files", "websocket_frames")]
        done += [str(len(run[name])) for name in ("leaks", "failed")]
        by_clients = run["rounds"] - run["staff_first"]
        filled = f"{run['staff_first']} times by the staff, {by_clients} by clients"
        lines.append(f"| {' | '.join((*done, filled, str(run['seed']), run['commit'], run['machine']))} |")
    return "\n".join(lines)


def rendered(text: str, runs: list[dict]) -> str:
    """The document with the table of these runs in its place."""
    place = re.compile(r"(<!-- page views -->\n).*?(<!-- /page views -->)", re.DOTALL)
    return place.sub(lambda at: f"{at[1]}{table(runs)}\n{at[2]}", text)


def main() -> None:
    """Walk, keep the result after each round, write the table; exit 1 if anything foreign was met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--views", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=SEED)
    asked = options.parse_args()
    before = [run for run in known_runs() if run["seed"] != asked.seed]
    found: dict = {"leaks": []}
    for found in rounds(asked.views, asked.seed):
        RESULT.write_text(json.dumps([*before, found], indent=1) + "\n", encoding="utf-8")
        DOC.write_text(rendered(DOC.read_text(encoding="utf-8"), [*before, found]), encoding="utf-8")
        print(f"{found['page_views']:,} page views, {len(found['leaks'])} foreign, {found['seconds']} s", flush=True)
    if found["leaks"] or found["failed"]:
        raise SystemExit("\n".join((*found["leaks"], *found["failed"])))


def known_runs() -> list[dict]:
    """The runs on record; each has a seed of its own."""
    return json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else []


if __name__ == "__main__":
    main()
