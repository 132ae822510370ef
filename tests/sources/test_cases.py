"""Every case of what may be wrong with an import is named by the tests that guard it, so that they can be found by it."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
LAST = 26


def test_no_case_has_lost_its_tests():
    texts = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    named = {int(number) for text in texts for number in re.findall(r"\bI(\d+)\b", text)}
    assert set(range(1, LAST + 1)) - named == set()
