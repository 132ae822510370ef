"""The table of the bulk ingest and the line of the killed loads say what was measured."""

import json

from benchmarks.ingest import MOST_MB, PAGE, RESULT, missed, rendered
from tests.faults import ingest_kills


def test_the_page_says_what_was_measured() -> None:
    text = PAGE.read_text("utf-8")
    result = json.loads(RESULT.read_text("utf-8"))
    assert rendered(text, result) == text, "run `python benchmarks/ingest.py --render`"
    for size in result["sizes"]:
        within = size["first"]["together_mb"] <= MOST_MB
        assert within or f"{size['interactions']:,} interactions (" in missed(result), "a missed goal is said"
        assert within or size["interactions"] > 5_000_000, "up to a million it is kept"
        assert 10 * size["again"]["cpu_s"] <= size["first"]["cpu_s"], "the same files again are hardly any work"


def test_the_page_says_what_the_kills_came_to() -> None:
    result = json.loads(ingest_kills.RESULT.read_text("utf-8"))
    text = ingest_kills.PAGE.read_text("utf-8")
    assert ingest_kills.rendered(text, result) == text, "run `python tests/faults/ingest_kills.py`"
    shares = [sum(seen.values()) for seen in result["stages"].values()]
    assert sum(shares) == result["kills"]
    assert 2 * min(shares) > max(shares), "every stage has its share"


def test_kills_of_other_seeds_add_up_and_those_of_the_same_are_counted_once() -> None:
    one = {"seeds": [1], "kills": 3, "exports": 1, "seconds": 9, "stages": {"reading": {"old": 1, "new": 2}}}
    two = one | {"seeds": [2], "stages": {"reading": {"old": 3, "new": 0}}}
    both = {"seeds": [1, 2], "kills": 6, "exports": 2, "seconds": 18, "stages": {"reading": {"old": 4, "new": 2}}}
    assert ingest_kills.added_up(one, two) == both
    assert ingest_kills.added_up(both, two) == two
    assert ingest_kills.added_up(None, one) == one
