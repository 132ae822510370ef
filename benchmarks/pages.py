"""Measure how long a reader waits: each page in a browser, opened cold and warm, with another client chosen, and in a crowd.

    python benchmarks/pages.py --store data/store       measure, keep the result, write the table into benchmarks/README.md
    python benchmarks/pages.py --render                 write the table from the kept result

The server runs on this machine beside the browser. A page is there when its run has ended and nothing on it is stale.
"""

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Locator, sync_playwright  # noqa: E402

from benchmarks.readers import THINK_S, crowd  # noqa: E402
from care_metrics.access import warehouse_of  # noqa: E402
from care_metrics.scope import operator  # noqa: E402
from care_metrics.store import open_store  # noqa: E402
from care_metrics.ui.format import named  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, Visit  # noqa: E402
from tests.browser.signed_in import answers, free_port  # noqa: E402

RESULT, PAGE = HERE / "results" / "pages.json", HERE / "README.md"
START, END = "<!-- pages -->", "<!-- /pages -->"
PATHS = {
    "Care scorecard": "/",
    "Service vs care": "/service_vs_care",
    "Pillars": "/pillars",
    "Client review": "/client_review",
    "Low-sentiment calls": "/low_sentiment_calls",
    "Coaching": "/coaching",
    "Contacts behind a number": "/contacts?kpi=nps",
    "How it is measured": "/how_it_is_measured",
    "Data and models": "/data_and_models",
}
FILTERED = ("Care scorecard", "Service vs care", "Pillars", "Client review", "Low-sentiment calls")
WARM = 3
# The block of the scorecard that redraws alone, and what it is asked for in turn.
FRAGMENT, ASKED = "Care scorecard", ("Teams", "Agents") * 4
EMPTY = "benchmarks/empty_app.py"
# From the first click to the frame in which nothing of the page is stale and no run goes on.
CLOCK = """() => {
    const app = document.querySelector('[data-test-script-state]');
    const clock = window.clock = { clicked: null, begun: false, stood: null };
    const click = () => { clock.clicked ??= performance.now(); };
    const look = () => {
        clock.begun ||= app.dataset.testScriptState === 'running';
        const still = app.dataset.testScriptState === 'notRunning' && !document.querySelector('[data-stale=true]');
        if (!clock.begun || !still) clock.stood = null;
        else if (clock.stood === null) {
            clock.stood = Infinity;
            requestAnimationFrame(() => { clock.stood = performance.now(); });
        }
    };
    document.addEventListener('click', click, { capture: true, once: true });
    const watched = { attributes: true, childList: true, subtree: true };
    new MutationObserver(look).observe(document.body, watched);
}"""
READERS, CROWDED_S = 50, 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, default=ROOT / "data" / "store")
    parser.add_argument("--render", action="store_true", help="only write the page from the kept result")
    chosen = parser.parse_args()
    if not chosen.render:
        RESULT.write_text(json.dumps(measure(chosen.store.resolve()), indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def measure(store: Path) -> dict[str, Any]:
    """Every page against a server of its own, so that no page finds another's caches."""
    here = open_store(str(store))
    scope = operator(here.clients(here.snapshot()))
    held = warehouse_of(here, here.snapshot(), scope).query("SELECT count(*) AS n FROM facts_contact")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {name: waited(browser, store, name) for name in PATHS}
        empty = waited(browser, store, FRAGMENT, EMPTY)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "commit": commit.stdout.strip(),
        "contacts": held["n"].item(),
        "clients": len(scope.clients),
        "warm": WARM,
        "pages": pages,
        "empty": empty,
        "crowd": crowded(store, [named("client", one) for one in sorted(scope.clients)]),
    }


def crowded(store: Path, clients: list[str]) -> dict[str, float | int]:
    """What READERS at once wait on one server, after half that time in which its caches fill; and what the server holds."""
    with served(store) as (base, server):
        asyncio.run(crowd(base, READERS, CROWDED_S / 2, clients))
        before = resident_mb(server)
        heard = asyncio.run(crowd(base, READERS, CROWDED_S, clients, seed=1))
        after = resident_mb(server)
    waits = sorted(heard.waits)
    return {
        "readers": READERS,
        "think_s": THINK_S,
        "seconds": CROWDED_S,
        "runs": len(waits),
        "failed": heard.failed,
        "p50": round(statistics.median(waits), 2),
        "p95": round(waits[int(0.95 * len(waits))], 2),
        "mb_before": before,
        "mb_after": after,
    }


def resident_mb(server: subprocess.Popen[bytes]) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text("utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024  # ty: ignore


@contextmanager
def served(store: Path, app: str = "app.py") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of its own over this store, with a database of its own, and its address."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port)]
        environment = os.environ | {"CARE_METRICS_STORE": str(store), "CARE_METRICS_DATABASE": f"{folder}/house.db"}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{port}"
            answers(f"{base}/_stcore/health")
            yield base, server
        finally:
            server.terminate()
            server.wait()


def waited(browser: Browser, store: Path, name: str, app: str = "app.py") -> dict[str, float | None]:
    """Seconds until one page stands: first on a new server, then for new readers, then with clients chosen in turn."""
    with served(store, app) as (base, _server):
        first, *again = (opened(browser, base, PATHS[name]) for _ in range(1 + WARM))
        chosen = clients(browser, base, PATHS[name]) if name in FILTERED and app != EMPTY else []
        alone = fragments(browser, base, PATHS[name]) if name == FRAGMENT and app != EMPTY else []
    return {
        "first": round(first, 2),
        "again": round(statistics.median(again), 2),
        "client": round(statistics.median(chosen), 2) if chosen else None,
        "fragment": round(statistics.median(alone), 3) if alone else None,
    }


def opened(browser: Browser, base: str, path: str) -> float:
    seen = Visit(browser.new_page(viewport={"width": 1440, "height": 900}), base)
    begun = time.perf_counter()
    seen.open(path)
    taken = time.perf_counter() - begun
    seen.page.close()
    return taken


def clients(browser: Browser, base: str, path: str) -> list[float]:
    """Each client of the list chosen for the first time: nobody has asked for these numbers before."""
    seen = Visit(browser.new_page(viewport={"width": 1440, "height": 900}), base).open(path)
    box = seen.page.get_by_role("combobox", name="Client")
    box.click()
    names = seen.page.get_by_role("option").all_inner_texts()
    seen.page.keyboard.press("Escape")
    taken = []
    for name in [one for one in names if one != box.input_value()][-5:]:
        box.click()
        option = seen.page.get_by_role("option", name=name, exact=True)
        option.wait_for()
        taken.append(clicked(seen, option))
    seen.page.close()
    return taken


def fragments(browser: Browser, base: str, path: str) -> list[float]:
    """The block that redraws alone, asked in turn for each of its choices."""
    seen = Visit(browser.new_page(viewport={"width": 1440, "height": 900}), base).open(path)
    taken = []
    for name in ASKED:
        choice = seen.page.get_by_role("radio", name=name, exact=True).first
        choice.scroll_into_view_if_needed()
        taken.append(clicked(seen, choice))
    seen.page.close()
    return taken


def clicked(seen: Visit, thing: Locator) -> float:
    """Seconds from the click, as the browser's own clock has them."""
    seen.page.evaluate(CLOCK)
    seen.begun_and_ended(thing.click)
    seen.page.wait_for_function("() => Number.isFinite(window.clock.stood)")
    return seen.page.evaluate("() => (window.clock.stood - window.clock.clicked) / 1000")


def rendered(page: str, result: dict[str, Any]) -> str:
    """benchmarks/README.md with the table of this result between its markers."""
    lines = [
        f"{result['contacts']:,} contacts of {result['clients']} clients; {result['machine']}, "
        f"commit {result['commit']}. First: a new server, nothing cached. Again: median of {result['warm']} further readers. "
        "Another client: median of the clients chosen in turn, each for the first time, from the click to the frame that shows "
        "the last of it.",
        "",
        "| page | first, s | again, s | another client, s |",
        "|---|---|---|---|",
    ]
    for name, one in result["pages"].items():
        client = "-" if one["client"] is None else f"{one['client']:.2f}"
        lines.append(f"| {name} | {one['first']:.2f} | {one['again']:.2f} | {client} |")
    one, empty = result["crowd"], result["empty"]
    alone = result["pages"][FRAGMENT]["fragment"]
    lines += [
        f"| (`{EMPTY}`: a title and one line) | {empty['first']:.2f} | {empty['again']:.2f} | - |",
        "",
        f"The block of *{FRAGMENT}* that redraws alone, from the click: median {alone * 1000:.0f} ms (n = {len(ASKED)}).",
        "",
        f"{one['readers']} readers at once by websocket, who open one of {len(FILTERED)} pages with a client and a period of their "
        f"own and think {one['think_s']:.0f} s in between, on one server for {one['seconds']:.0f} s: {one['runs']:,} pages, "
        f"{one['failed']} failed, median {one['p50']:.2f} s, p95 {one['p95']:.2f} s; the server holds {one['mb_before']:,} MB "
        f"before and {one['mb_after']:,} MB after.",
    ]
    head, _, rest = page.partition(START)
    return f"{head}{START}\n" + "\n".join(lines) + f"\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
