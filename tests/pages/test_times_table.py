"""The table of how long a reader waits says what was measured."""

import json

from benchmarks.pages import PAGE, RESULT, rendered


def test_the_page_says_what_was_measured() -> None:
    text = PAGE.read_text("utf-8")
    result = json.loads(RESULT.read_text("utf-8"))
    assert rendered(text, result) == text, "run `python benchmarks/pages.py --render`"
    assert all(one["first"] > 0 for one in result["pages"].values())
