"""The recount against the product over many random stores: python tests/faults/oracle_long.py --stores 50 [--shrink]."""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from oracle.centres import write  # noqa: E402
from oracle.facts import Centre  # noqa: E402
from oracle.product import RefusedError, ask, differences, ingest, opened  # noqa: E402
from oracle.questions import asked_of, questions  # noqa: E402
from oracle.recount import Answer, Question, answer  # noqa: E402
from oracle.shrink import Tables, shrink  # noqa: E402
from oracle.test_against_product import delivered  # noqa: E402

Asking = Callable[[Sequence[str], Question], dict[str, Answer]]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--shrink", action="store_true", help="print the fewest rows that show each KPI's first slip")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    seen: set[str] = set()
    answered = wrong = 0
    begun = time.monotonic()
    for seed in range(asked.first_seed, asked.first_seed + asked.stores):
        with tempfile.TemporaryDirectory() as folder:
            store, centres = delivered(Path(folder), seed)
            asking = opened(store, [one.client for one in centres])
            for question in questions(random.Random(seed), centres):
                for name, lines in disagreeing(asking, centres, question).items():
                    answered += 1
                    wrong += bool(lines)
                    if lines and name not in seen:
                        seen.add(name)
                        print(f"\nseed {seed} {question}\n  " + "\n  ".join(lines[:4]), flush=True)
                        if asked.shrink and name != "failure":
                            report(name, centres, question)
        print(f"seed {seed}: {answered} answers, {wrong} wrong, {time.monotonic() - begun:.0f} s", flush=True)
    return int(wrong > 0)


def disagreeing(asking: Asking, centres: list[Centre], question: Question) -> dict[str, list[str]]:
    """KPI -> lines that differ, or the failure."""
    names = asked_of(question)
    try:
        found = asking(names, question)
    except Exception as failure:  # noqa: BLE001 (whatever it is, it is a finding)
        return {"failure": [f"{type(failure).__name__}: {failure}"]}
    return {name: differences(name, answer(name, centres, question), found[name]) for name in names}


def report(name: str, centres: list[Centre], question: Question) -> None:
    """The smallest single client found that still disagrees."""
    for one in centres:
        if differs(name, one, one.raw, question):
            rows = shrink(one.raw, lambda tables, one=one: differs(name, one, tables, question))
            small = Centre(one.client, one.zone, rows)
            print(f"  zone {one.zone}: expected {answer(name, [small], question)}")
            for table, kept in rows.items():
                for row in kept:
                    print(f"    {table} { ({column: value for column, value in row.items() if value}) }")
            return
    print("  only with both clients")


def differs(name: str, one: Centre, tables: Tables, question: Question) -> bool:
    small = Centre(one.client, one.zone, tables)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        try:
            ingest(store, write(tables, Path(folder, "in")), one.client, one.zone)
            found = ask(store, [name], question, [one.client])
        except RefusedError:
            return False
        return bool(differences(name, answer(name, [small], question), found[name]))


if __name__ == "__main__":
    sys.exit(main())
