"""The tables of docs/reviews.md; a new result of reviews_kills.py is kept: python tests/faults/reviews_page.py RESULT.json.

Results are kept in benchmarks/results, that of server_kills.py by itself, so that a test can hold the two together.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULTS, PAGE = ROOT / "benchmarks" / "results", ROOT / "docs" / "reviews.md"
RESULT, SERVER = RESULTS / "reviews_kills.json", RESULTS / "server_kills.json"


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
    return f"{_lines(rows)}\n\n{_told(found)}"


def served(found: dict) -> str:
    """The row of the served app, whose servers were killed."""
    done = (
        f'{found["kills"]:,} kills, {found["acknowledged"]:,} times "Saved." on a screen, {found["in_flight"]:,} saves cut off '
        f"before it, {found['kept']:,} of them stored"
    )
    wrong = f"{found['lost']:,} lost, {found['doubled']:,} stored twice, {found['damaged']:,} times a damaged file"
    return f"{_lines([('the server killed after an acknowledged save', done, wrong)])}\n\n{_told(found)}"


def _lines(rows: list[tuple[str, str, str]]) -> str:
    return "\n".join(["| trial | done | wrong |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)])


def _told(found: dict) -> str:
    on = f"{found['engine']} {found.get('version', '')}, journal mode {found.get('journal', 'its own')}"
    where = f"{found['cores']} cores, {found['machine']}, {found['system']}"
    return f"Revision {found['commit']}, {found['at'][:10]}, seed {found['seed']}; {on}; {where}."


def rendered(text: str) -> str:
    """The page with its tables as the kept results have them."""
    for name, kept, drawn in (("kills", RESULT, table), ("server", SERVER, served)):
        body = f"<!-- {name} -->\n{drawn(json.loads(kept.read_text(encoding='utf-8')))}\n<!-- /{name} -->"
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, body=body: body, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    if len(sys.argv) > 1:
        shutil.copyfile(sys.argv[1], RESULT)
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
