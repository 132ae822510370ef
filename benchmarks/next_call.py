"""Measure how long a reviewer waits after Save for the next call, in a browser, and how long the save itself takes.

    python benchmarks/next_call.py --store data/store   measure, keep the result, write the table into benchmarks/README.md
    python benchmarks/next_call.py --render             write the table from the kept result

The clock is the browser's, from the key to the painted page: heading and transcript are those of the next call.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from benchmarks.pages import served  # noqa: E402
from care_metrics.reviews import open_database  # noqa: E402
from care_metrics.reviews.review import save_review  # noqa: E402
from care_metrics.reviews.review_rows import Review, TurnVerdict  # noqa: E402
from care_metrics.scope import operator  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, Visit  # noqa: E402

RESULT, PAGE = HERE / "results" / "next_call.json", HERE / "README.md"
START, END = "<!-- next call -->", "<!-- /next call -->"
QUEUE = "/low_sentiment_calls?why=Low+as+a+whole&why=Not+reviewed"
SAVES, WRITES = 30, 1_000
WATCH = """() => {
    const told = (place) => document.querySelector(place)?.innerText;
    const places = ['.cm-prose .finding', '.cm-transcript'];
    const before = places.map(told);
    window.seen = undefined;
    addEventListener('keydown', () => {
        const begun = performance.now();
        const look = new MutationObserver(() => {
            if (places.some((place, number) => !told(place) || told(place) === before[number])) return;
            look.disconnect();
            requestAnimationFrame(() => setTimeout(() => { window.seen = performance.now() - begun; }));
        });
        look.observe(document.body, { subtree: true, childList: true, characterData: true });
    }, { capture: true, once: true });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, default=ROOT / "data" / "store")
    parser.add_argument("--render", action="store_true", help="only write the page from the kept result")
    chosen = parser.parse_args()
    if not chosen.render:
        RESULT.write_text(json.dumps(measure(chosen.store.resolve()), indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def measure(store: Path) -> dict[str, Any]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        saves = written(f"{folder}/saves.db")
    load = os.getloadavg()[0]
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "commit": commit.stdout.strip(),
        "load": round(load, 1),
        "next call": spread(waited(store)),
        "save": spread(saves),
    }


def waited(store: Path) -> list[float]:
    """Milliseconds from the key S to the next call, one review after the other."""
    with served(store) as (base, _server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        seen = Visit(browser.new_page(viewport={"width": 1440, "height": 900}), base).open(QUEUE)
        return [one_wait(seen) for _ in range(SAVES)]


def one_wait(seen: Visit) -> float:
    # The list of before is still being read; the call of before leaves the page with it.
    seen.page.wait_for_function("() => document.querySelectorAll('.cm-transcript').length === 1")
    seen.settle().page.locator(".cm-turn.chosen").focus()
    seen.after(lambda: seen.page.keyboard.press("w"))
    # A person reads before the key S; what the verdict began, its draft too, is over by then.
    seen.page.wait_for_timeout(1_000)
    seen.page.evaluate(WATCH)
    seen.page.keyboard.press("s")
    seen.page.wait_for_function("() => window.seen")
    seen.settle()
    return seen.page.evaluate("window.seen")


def written(path: str) -> list[float]:
    """Milliseconds of one save after another by one writer: durable when it returns."""
    scope, database = operator(["acme"]), open_database(path)
    taken = []
    for number in range(WRITES):
        turns = tuple(TurnVerdict(turn, True, 0.1) for turn in range(12))
        one = Review("acme", f"c{number}", turns=turns, coaching_note="word " * 60, version=0, key=uuid4().hex)
        begun = time.perf_counter()
        save_review(scope, database, one)
        taken.append(1_000 * (time.perf_counter() - begun))
    return taken


def spread(times: list[float]) -> dict[str, float]:
    """n, median, the value that 99 % stay below, and the longest, in milliseconds."""
    p99 = statistics.quantiles(times, n=100, method="inclusive")[98]
    found = {"p50": statistics.median(times), "p99": p99, "max": max(times)}
    return {"n": len(times), **{name: round(value, 1) for name, value in found.items()}}


def rendered(page: str, result: dict[str, Any]) -> str:
    """benchmarks/README.md with the table of this result between its markers."""
    rows = {"from Save to the next call, on the demo centre": "next call", "the save itself, one writer": "save"}
    lines = [
        f"{result['machine']}, commit {result['commit']}; load of the machine before the browser began: {result['load']}.",
        "",
        "| what | n | median, ms | 99 % within, ms | longest, ms |",
        "|---|---|---|---|---|",
    ]
    for text, name in rows.items():
        one = result[name]
        lines.append(f"| {text} | {one['n']:,} | {one['p50']:,} | {one['p99']:,} | {one['max']:,} |")
    head, _, rest = page.partition(START)
    return f"{head}{START}\n" + "\n".join(lines) + f"\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
