"""A target speaks of one whole client and of periods of its length, and the sentence repeats no more than the numbers."""

from dataclasses import replace
from datetime import date

import pytest

from care_metrics.filters import Filters
from care_metrics.reviews.rows import Target
from care_metrics.scope import operator
from care_metrics.ui.answers import Answers
from care_metrics.ui.database import Written
from care_metrics.ui.findings import missed
from care_metrics.ui.judged import judged
from care_metrics.ui.text import speaking
from tests.ui.test_watched import VIEW

SIGNED = date(2025, 1, 1)
TARGETS = (
    Target("acme", "nps", ">=", 38.0, "contract", SIGNED),
    Target("acme", "nps", ">=", 30.0, "goal", SIGNED),
    Target("acme", "retention", ">=", 0.95, "contract", SIGNED, length="90 days"),
    Target("bolt", "csat", ">=", 0.5, "contract", SIGNED),
)
ROWS = {
    "nps": {"value": 34.0, "low": 31.0, "high": 37.0, "n": 900},
    "retention": {"value": 0.9, "low": 0.89, "high": 0.91, "n": 5000},
    "csat": {"value": 0.4, "low": 0.3, "high": 0.5, "n": 90},
}
ONE = replace(VIEW, scope=operator(["acme"]), written=Written(targets=TARGETS))


def said(view):
    return {name: [(one.target.kind, one.said) for one in found] for name, found in judged(view, ROWS, ROWS).items()}


def test_a_contract_by_its_value_a_goal_by_its_interval_and_neither_for_another_length_or_client() -> None:
    # The period has 30 days, and retention was agreed over 90.
    assert said(ONE) == {"nps": [("contract", "not_met"), ("goal", "met")]}


@pytest.mark.parametrize(
    "view",
    [
        replace(ONE, scope=operator(["acme", "bolt"])),
        replace(ONE, now=Filters(ONE.now.start, ONE.now.end, where=(("site", ("leeds",)),))),
    ],
    ids=["several clients", "a part of one"],
)
def test_several_clients_or_a_part_of_one_have_no_target(view) -> None:
    assert said(view) == {}


def test_a_client_chosen_among_several_is_judged_by_its_own_targets() -> None:
    chosen = replace(ONE.now, where=(("client", ("bolt",)),))
    assert said(replace(ONE, scope=operator(["acme", "bolt"]), now=chosen)) == {"csat": [("contract", "not_met")]}


def test_the_sentence_names_what_is_missed_with_its_value_and_what_was_agreed() -> None:
    found = Answers(now=ROWS, targets=judged(ONE, ROWS, ROWS))
    with speaking("en"):
        [sentence] = missed(found)
    assert sentence["text"] == "Target not met: Net Promoter Score at +34 (contract at least +38)."


def test_what_is_met_or_too_close_to_call_is_not_spoken_of() -> None:
    rows = {"nps": {"value": 39.0, "low": 28.0, "high": 45.0, "n": 900}}
    assert missed(Answers(now=rows, targets=judged(ONE, rows, rows))) == []
