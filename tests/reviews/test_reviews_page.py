"""docs/reviews.md says what the kept result says, and the table hides nothing that went wrong."""

import json
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = runpy.run_path(str(ROOT / "tests" / "faults" / "reviews_page.py"))


@pytest.fixture
def result() -> dict:
    return json.loads(PAGE["RESULT"].read_text(encoding="utf-8"))


def test_the_page_and_the_kept_result_agree() -> None:
    text = PAGE["PAGE"].read_text(encoding="utf-8")
    assert PAGE["rendered"](text) == text, "run `python tests/faults/reviews_page.py`"


def test_the_kept_result_is_the_long_form(result: dict) -> None:
    assert (result["kills"]["kills"], result["writes"]["asked"]) == (1_000, 8_000)


@pytest.mark.parametrize(
    ("trial", "name", "told"),
    [("kills", "lost", "3 lost"), ("kills", "doubled", "3 stored twice"), ("writes", "errors", "3 errors")],
)
def test_what_went_wrong_is_told(result: dict, trial: str, name: str, told: str) -> None:
    result[trial][name] = 3
    assert told in PAGE["table"](result)


def test_what_went_wrong_with_a_server_is_told() -> None:
    found = json.loads(PAGE["SERVER"].read_text(encoding="utf-8"))
    assert found["acknowledged"] >= found["kills"] >= 100
    for name, told in (("lost", "3 lost"), ("doubled", "3 stored twice"), ("damaged", "3 times a damaged file")):
        assert told in PAGE["served"](found | {name: 3})
