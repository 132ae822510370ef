"""Measure redaction on the set of redaction_set.py, and write its table into docs/redaction.md.

    python benchmarks/redaction.py [--seed 2026]     measure, keep the result, write the table
    python benchmarks/redaction.py --render          write the table from the kept result

A stretch is missed when any word or digit of it is left. A placeholder is right when its sentence holds a stretch of
that kind. Rates are turns a second of CPU time of one core; machines differ, so read them as orders of magnitude.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.redaction_set import Case, cases, harmless, names  # noqa: E402
from care_metrics.privacy.redactor import Redactor  # noqa: E402
from care_metrics.statistics.intervals import wilson  # noqa: E402

RESULT, PAGE = HERE / "results" / "redaction.json", HERE.parent / "docs" / "redaction.md"
START, END = "<!-- measured -->", "<!-- /measured -->"
COUNTRY = "CO"
STREAM, PRIVATE, REPEATS = 50_000, 0.2, 2.5  # turns, share with something private, turns a distinct turn
_WORD = re.compile(r"<[a-z_]+>|[^\W_]+")
_PLACEHOLDER = re.compile(r"<([a-z_]+)>")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--render", action="store_true", help="only write the page from the kept result")
    chosen = parser.parse_args()
    if not chosen.render:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(measure(chosen.seed), indent=1) + "\n", "utf-8")
    PAGE.write_text(rendered(PAGE.read_text("utf-8"), json.loads(RESULT.read_text("utf-8"))), "utf-8")


def measure(seed: int, share: float = 1.0) -> dict[str, Any]:
    """Misses and false finds by kind and form, and the rates."""
    started = time.process_time()
    redactor = Redactor(country=COUNTRY)
    redactor.redact(["maria called from 415 555 0132"])
    cold = time.process_time() - started
    told = list(cases(seed, share))
    return {
        "commit": _commit(),
        "seed": seed,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "cases": len(told),
        "rows": tally(told, redacted(told, redactor)),
        "start_s": round(cold, 1),
        "turns_a_second": rates(seed),
    }


def redacted(told: Sequence[Case], redactor: Redactor) -> list[list[str]]:
    """The turns of each case as they come out of one call."""
    turns = [(str(number), speaker, text) for number, case in enumerate(told) for speaker, text in case.turns]
    talks, speakers, texts = zip(*turns, strict=True)
    out = iter(redactor.redact(texts, speakers, talks).texts)
    return [[next(out) or "" for _ in case.turns] for case in told]


def tally(told: Sequence[Case], out: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """A row for each kind and form, and one for each kind: cases, missed, placeholders, wrong ones."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for case, texts in zip(told, out, strict=True):
        found = Counter({"cases": 1, "missed": int(is_missed(case, texts))})
        found["placeholders"] = sum(len(_PLACEHOLDER.findall(text)) for text in texts)
        found["wrong"] = found["placeholders"] - _right(case, texts)
        for form in ("", case.form):
            rows.setdefault((case.kind, form), Counter()).update(found)
    return [
        {"kind": kind, "form": form, **{name: found[name] for name in found}} for (kind, form), found in rows.items()
    ]


def is_missed(case: Case, texts: Sequence[str]) -> bool:
    """Whether any word or digit of a private stretch is left."""
    for turn, stretch in case.private:
        private = _words(stretch)
        left = _words(texts[turn]) - (_words(case.turns[turn][1]) - private)
        if left & private:
            return True
    return False


def _right(case: Case, texts: Sequence[str]) -> int:
    """Placeholders of the case's kind in turns that hold a stretch of it."""
    turns = {turn for turn, _ in case.private}
    return sum(_PLACEHOLDER.findall(texts[turn]).count(case.kind) for turn in turns)


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text) if word[0] != "<")


def rates(seed: int) -> dict[str, float]:
    """Turns a second on a stream that repeats as transcripts do, and on turns that never do."""
    rng = Random(seed)
    told = [text for case in cases(seed + 1) if case.kind not in ("none", "name") for _, text in case.turns]
    private = told + [names(rng).turns[0][1] for _ in range(len(told))]
    sentences = (harmless(rng).turns[0][1] for _ in range(STREAM))
    distinct = list(dict.fromkeys(rng.choice(private) if rng.random() < PRIVATE else text for text in sentences))
    size = int(STREAM / REPEATS)
    # A few sentences are said all the time, most only once or twice.
    stream = distinct[:size] + [distinct[int(size * rng.random() ** 3)] for _ in range(STREAM - size)]
    rng.shuffle(stream)
    return {"repeating": _rate(stream), "distinct": _rate(distinct), "hardest": _rate(list(dict.fromkeys(private)))}


def _rate(texts: list[str]) -> float:
    redactor = Redactor(country=COUNTRY)
    started = time.process_time()
    redactor.redact(texts)
    return len(texts) / (time.process_time() - started)


def _commit() -> str:
    command = ["git", "-C", str(HERE.parent), "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def rendered(page: str, result: dict[str, Any]) -> str:
    """The page with its measured part from a result."""
    before, rest = page.split(START)
    return f"{before}{START}\n{section(result)}{END}{rest.split(END)[1]}"


def section(result: dict[str, Any]) -> str:
    """The measured part: the table by kind, the table by form, the rates."""
    rows = result["rows"]
    lines = [
        f"{result['cases']:,} cases, seed {result['seed']}, commit {result['commit']}, {result['machine']}.",
        "",
        "| kind | cases | missed | recall | at least (95 %) | placeholders | wrong | precision |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(row) for row in rows if not row["form"] and row["kind"] != "none"),
        "",
        "By form:",
        "",
        "| kind | form | cases | missed | recall | at least (95 %) |",
        "|---|---|---|---|---|---|",
        *(_form_line(row) for row in rows if row["form"] and row["kind"] != "none"),
        "",
    ]
    harmless_row = next(row for row in rows if row["kind"] == "none" and not row["form"])
    speed = result["turns_a_second"]
    return "\n".join(
        [
            *lines,
            f"Of {harmless_row['cases']:,} harmless sentences {harmless_row['placeholders']:,} got a placeholder.",
            "",
            f"Turns a second of one core: {speed['repeating']:,.0f} on a stream with {REPEATS} turns a distinct turn, "
            f"{speed['distinct']:,.0f} when no turn repeats, {speed['hardest']:,.0f} when no turn repeats and every one "
            f"holds something private. The start (word lists, names) takes {result['start_s']} s of CPU once.",
            "",
        ]
    )


def _bounds(row: dict[str, Any]) -> tuple[float, float]:
    hits = row["cases"] - row["missed"]
    return hits / row["cases"], float(wilson([hits], [row["cases"]])[0][0])


def _line(row: dict[str, Any]) -> str:
    recall, low = _bounds(row)
    precision = 1 - row["wrong"] / row["placeholders"]
    return (
        f"| `<{row['kind']}>` | {row['cases']:,} | {row['missed']:,} | {recall:.2%} | {low:.2%} | "
        f"{row['placeholders']:,} | {row['wrong']:,} | {precision:.2%} |"
    )


def _form_line(row: dict[str, Any]) -> str:
    recall, low = _bounds(row)
    return f"| `<{row['kind']}>` | {row['form']} | {row['cases']:,} | {row['missed']:,} | {recall:.2%} | {low:.2%} |"


if __name__ == "__main__":
    main()
