"""The table of how long a reviewer waits after Save says what was measured, and what was measured holds the goals."""

import json

from benchmarks.next_call import PAGE, RESULT, SAVES, WRITES, rendered


def test_the_page_says_what_was_measured() -> None:
    text = PAGE.read_text("utf-8")
    result = json.loads(RESULT.read_text("utf-8"))
    assert rendered(text, result) == text, "run `python benchmarks/next_call.py --render`"
    assert (result["next call"]["n"], result["save"]["n"]) == (SAVES, WRITES)
    assert result["next call"]["p50"] <= 300
    assert result["save"]["p99"] <= 250
