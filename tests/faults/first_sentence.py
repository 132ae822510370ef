"""How often does the first sentence claim a change where there is none, and does it name each planted one?

    python tests/faults/first_sentence.py [CLIENTS]     draw, measure, keep the result, write its table
    python tests/faults/first_sentence.py --render      write the table of docs/first_sentence.md from the kept result

Each client is drawn anew (tests/ui/drawn_centres.py), ingested and measured as any other, and asked what the scorecard
asks: every care measure, handle time, and the places to look at.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from care_metrics.access import warehouse_of  # noqa: E402
from care_metrics.contacts import bounds  # noqa: E402
from care_metrics.filters import Filters  # noqa: E402
from care_metrics.kpis import CATALOGUE  # noqa: E402
from care_metrics.scope import operator  # noqa: E402
from care_metrics.store import Store  # noqa: E402
from care_metrics.ui import answers, findings, periods, places  # noqa: E402
from care_metrics.ui.cached import Edition  # noqa: E402
from care_metrics.ui.view import View  # noqa: E402
from tests.ui.drawn_centres import PLANTED, build  # noqa: E402

RESULT, PAGE = ROOT / "benchmarks" / "results" / "first_sentence.json", ROOT / "benchmarks" / "README.md"
START, END = "<!-- first sentence -->", "<!-- /first sentence -->"
PLACES = ("nps", "ces", "sentiment", "low_sentiment", "recovery", "fcr", "escalation", "transfer")
CLAIM = ("rose by", "fell by", "Also clear", "Surest change")


def told(store: Store, client: str) -> str:
    """What the scorecard says first to somebody who looks at this client over the last 90 days."""
    edition, scope = Edition(store, store.snapshot()), operator([client])
    held = bounds(warehouse_of(store, edition.snapshot, scope), scope)
    assert held is not None
    data = periods.Data(held.first, held.last + periods.ONE_DAY)
    span = periods.span_of("90d", data)
    before = periods.compared("90d", span, "previous", data)
    assert before is not None
    view = View(scope, edition, data, held.data_end, Filters(*span), Filters(*before), "90d", "previous")
    found = answers.ask(view, (*findings.CARE, findings.BESIDE))
    said = findings.sentences_of(found, places.changed(view, PLACES), compared=True)
    return " ".join(one["text"] for one in said)


def without_change(clients: int, seed: int) -> Iterator[str]:
    """What is said of clients in which nothing changes."""
    with tempfile.TemporaryDirectory() as folder:
        names = {f"client_{number}": None for number in range(clients)}
        store = build(Path(folder), names, seed)
        yield from (told(store, name) for name in names)


def planted(seed: int) -> dict[str, str]:
    """Planted change -> what is said of its client."""
    with tempfile.TemporaryDirectory() as folder:
        store = build(Path(folder), {name: name for name in PLANTED}, seed)
        return {name: told(store, name) for name in PLANTED}


def named(change: str, text: str) -> bool:
    """Whether the text names the KPI of this planted change, with its direction where it is among the first two."""
    kpi, way = PLANTED[change]
    label = CATALOGUE[kpi].label
    other = "rose" if way == "fell" else "fell"
    return label in text and f"{label} {other}" not in text


def claims(text: str) -> bool:
    return any(word in text for word in CLAIM)


def main() -> None:
    if "--render" not in sys.argv:
        many = int(sys.argv[1]) if len(sys.argv) > 1 else 200
        said = list(without_change(many, seed=1))
        seeds = range(5)
        found = [named(change, text) for seed in seeds for change, text in planted(seed).items()]
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
        machine = f"{platform.machine()}, {os.cpu_count()} cores"
        counts = {"clients": many, "claimed": sum(map(claims, said)), "planted": len(found), "named": sum(found)}
        result = {"commit": commit.stdout.strip(), "machine": machine, "seed": 1, **counts}
        RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def rendered(page: str, result: dict) -> str:
    """benchmarks/README.md with the table of this result between its markers."""
    lines = [
        f"{result['machine']}, commit {result['commit']}, seed {result['seed']}.",
        "",
        "| clients drawn | sentence | of them |",
        "|---|---|---|",
        f"| {result['clients']} in which nothing changes | claims a change | {result['claimed']} |",
        f"| {result['planted']} with one planted change | names it | {result['named']} |",
    ]
    head, _, rest = page.partition(START)
    return f"{head}{START}\n" + "\n".join(lines) + f"\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    main()
