"""The table in docs/redaction.md is the kept result, and a sample of the set still reaches the goals."""

import json
import random

import pytest

from benchmarks.redaction import COUNTRY, PAGE, RESULT, redacted, rendered, tally
from benchmarks.redaction_set import MAKERS, cases
from benchmarks.redaction_values import card, check_digit, corrected, said
from care_metrics.privacy.cards import luhn
from care_metrics.privacy.redactor import Redactor

GOALS = {"card": 0.999, "ssn": 0.999, "cvv": 0.999, "name": 0.95}


def test_the_page_says_what_was_measured() -> None:
    page = PAGE.read_text("utf-8")
    assert rendered(page, json.loads(RESULT.read_text("utf-8"))) == page, (
        "run `python benchmarks/redaction.py --render`"
    )


@pytest.fixture(scope="module")
def sample() -> dict[str, dict[str, int]]:
    told = list(cases(7, 0.03))
    return {row["kind"]: row for row in tally(told, redacted(told, Redactor(country=COUNTRY))) if not row["form"]}


@pytest.mark.parametrize(("kind", "goal"), GOALS.items())
def test_the_kept_result_and_a_sample_reach_the_recall_asked_for(kind: str, goal: float, sample: dict) -> None:
    kept = next(row for row in json.loads(RESULT.read_text("utf-8"))["rows"] if row["kind"] == kind and not row["form"])
    for row in (kept, sample[kind]):
        assert 1 - row["missed"] / row["cases"] >= goal


def test_names_are_found_with_the_precision_asked_for(sample: dict) -> None:
    found, wrong = sample["name"]["placeholders"], sample["name"]["wrong"] + sample["none"]["placeholders"]
    assert found / (found + wrong) >= 0.8


def test_the_set_has_ten_thousand_card_numbers_and_its_numbers_are_what_they_seem() -> None:
    assert {maker.__name__: count for maker, count in MAKERS}["cards"] == 10_000
    rng = random.Random(1)
    numbers = [card(rng) for _ in range(200)]
    assert all(luhn(number) and check_digit(number[:-1]) == number[-1] for number in numbers)
    assert said(random.Random(3), "4") == "four"
    assert {"sorry", "no"} & set(corrected(rng, "4111111111111111").split())
