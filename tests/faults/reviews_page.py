"""The table of docs/reviews.md, written from a result of reviews_kills.py: python tests/faults/reviews_page.py RESULT.json.

The result is kept beside the page's other figures in benchmarks/results, so that a test can hold the two together.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULT, PAGE = ROOT / "benchmarks" / "results" / "reviews_kills.json", ROOT / "docs" / "reviews.md"


def table(found: dict) -> str:
    """One row a trial: what was done, how often, what was found wrong."""
    writes, kills, migrations = found["writes"], found["kills"], found["migrations"]
    rows = [
        (
            "a writer killed after an acknowledged save",
            f"{kills['kills']:,} kills, {kills['acknowledged']:,} texts acknowledged, {kills['resubmitted']:,} sent again",
            f"{kills['lost']:,} lost, {kills['doubled']:,} stored twice, {kills['damaged']:,} times a damaged file",
        ),
        (
            "many processes saving at once",
            f"{writes['asked']:,} saves, p50 {writes['p50_ms']:,} ms, p99 {writes['p99_ms']:,} ms, at most {writes['max_ms']:,} ms",
            f"{writes['errors']:,} errors, {writes['asked'] - writes['rows']:,} rows missing",
        ),
        (
            "a migration killed at a random moment",
            f"{sum(migrations.values()):,} kills: {migrations['old']:,} times the old tables, {migrations['new']:,} the new",
            f"{migrations['torn']:,} torn",
        ),
    ]
    head = "| trial | done | wrong |\n|---|---|---|"
    lines = [f"| {' | '.join(row)} |" for row in rows]
    on = f"{found['engine']} {found.get('version', '')}, journal mode {found.get('journal', 'its own')}"
    where = f"{found['cores']} cores, {found['machine']}, {found['system']}"
    told = f"Revision {found['commit']}, {found['at'][:10]}, seed {found['seed']}; {on}; {where}."
    return "\n".join([head, *lines, "", told])


def rendered(text: str) -> str:
    """The page with its table as the kept result has it."""
    body = f"<!-- kills -->\n{table(json.loads(RESULT.read_text(encoding='utf-8')))}\n<!-- /kills -->"
    return re.sub(r"<!-- kills -->.*?<!-- /kills -->", lambda _: body, text, flags=re.DOTALL)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        shutil.copyfile(sys.argv[1], RESULT)
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
