"""Numbers put right by reviews: only contacts judged in full count, and only from enough of them on."""

import pytest

from care_metrics import model_error
from care_metrics.access import warehouse_of
from care_metrics.filters import Filters
from care_metrics.measure import measure
from care_metrics.model_error import corrected
from care_metrics.reviews.review_rows import EvidenceVerdict, Judged, TurnVerdict
from care_metrics.scope import operator
from care_metrics.store import open_store
from tests.conftest import leg, loader

ACME = operator(["acme"])


def turns(number, *valences):
    return [
        {"interaction_id": f"i{number}", "turn_no": place, "speaker": "customer", "text": "hello", "valence": value}
        for place, value in enumerate(valences, 1)
    ] + [{"interaction_id": f"i{number}", "turn_no": 9, "speaker": "agent", "text": "I see"}]


def point(number, behaviour, earned, turn_no=9):
    row = {"interaction_id": f"i{number}", "pillar": "empathy", "behaviour": behaviour, "earned": earned}
    return row | {"possible": 2, "turn_no": turn_no, "source": "text"}


def judgement(number, *verdicts, evidence=()):
    return Judged("acme", f"i{number}", 1, tuple(TurnVerdict(*one) for one in verdicts), evidence, 1, None)


def shown(behaviour, right, credited=None):
    return EvidenceVerdict("empathy", behaviour, "text", 9, None, right, credited)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(model_error, "ENOUGH", 2)
    monkeypatch.setattr(model_error, "OF_EACH_CLIENT", 1)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("judged")
    store = open_store(str(folder / "store"))
    legs = [leg(number) for number in range(1, 5)]
    said = [*turns(1, -0.4, 0.0), *turns(2, 0.2), *turns(3, 0.6), *turns(4, 0.4)]
    points = [point(1, "a", 2), point(1, "b", 0), point(2, "a", 2)]
    loader(store, folder)("acme", interactions=legs, turns=said, evidence=points)
    return warehouse_of(store, store.snapshot(), ACME)


def ask(house, name, judged, chance=0.5):
    sums = measure(house, ACME, [name], Filters(), min_n=1)["sums"][0].to_list()
    chances = {("acme", f"i{number}"): chance for number in range(1, 5)}
    return corrected(house, ACME, name, Filters(), sums, judged, chances)


def test_sentiment_moves_by_the_mean_error_of_the_contacts_judged_in_full(house, few):
    judged = [
        judgement(1, (1, True, -0.4), (2, False, 0.0, 0.4)),  # mean -0.2, should be 0.0
        judgement(2, (1, True, 0.2)),
        judgement(3, (1, False, 0.6)),  # wrong, but nobody knows how wrong
    ]
    found = ask(house, "sentiment", judged)
    # Model's mean over all: (-0.2 + 0.2 + 0.6 + 0.4) / 4 = 0.25; mean error of two: 0.1.
    assert (found.value, found.error, found.n) == (pytest.approx(0.35), pytest.approx(0.1), 2)


def test_a_contact_half_judged_or_not_drawn_at_random_says_nothing(house, few):
    whole, half = judgement(2, (1, True, 0.2)), judgement(1, (1, True, -0.4))
    assert ask(house, "sentiment", [whole, half]) is None
    sums = measure(house, ACME, ["sentiment"], Filters(), min_n=1)["sums"][0].to_list()
    picked = [whole, judgement(3, (1, True, 0.6))]
    assert corrected(house, ACME, "sentiment", Filters(), sums, picked, {("acme", "i2"): 0.5}) is None


def test_a_pillar_gains_what_the_model_missed_and_loses_what_it_invented(house, few):
    judged = [
        judgement(1, evidence=(shown("a", True, True), shown("b", False, False))),  # 2 of 4, should be 4
        judgement(2, evidence=(shown("a", False, True),)),  # 2 of 2, should be 0
    ]
    found = ask(house, "empathy", judged)
    # 4 of 6 points by the model and by the reviewers: the errors, +2 and -2 points, cancel; possible is 3 on average.
    assert (found.value, found.error) == (pytest.approx(100 * 4 / 6), pytest.approx(0))
    better = [judged[0], judgement(2, evidence=(shown("a", True, True),))]
    assert ask(house, "empathy", better).value == pytest.approx(100)


def test_what_agents_differ_by_does_not_widen_an_interval_of_contacts_drawn_by_agent(few, tmp_path):
    store = open_store(str(tmp_path / "store"))
    legs = [leg(number, agent_id="ann" if number % 4 in (1, 2) else "ben") for number in range(1, 9)]
    said = [row for number in range(1, 9) for row in turns(number, 0.0)]
    loader(store, tmp_path)("acme", interactions=legs, turns=said)
    house = warehouse_of(store, store.snapshot(), ACME)
    # Two of four are reviewed of each: Ann's are both 0.2 better than the model says, Ben's 0.2 worse; or one of each.
    apart = [judgement(number, (1, False, 0.0, 0.2 if number < 3 else -0.2)) for number in range(1, 5)]
    mixed = [judgement(number, (1, False, 0.0, 0.2 if number % 2 else -0.2)) for number in range(1, 5)]
    narrow, wide = (ask(house, "sentiment", judged) for judged in (apart, mixed))
    # The truth of all 8 varies either way; by the draw, only what an agent's own contacts differ by: 0.08 each.
    of_all, of_draw = 0.04 * 4 / 3 / 8, 2 * 0.25 * (1 / 2 - 1 / 4) * 0.08
    assert narrow.high == pytest.approx(4.302653 * of_all**0.5)
    assert wide.high == pytest.approx(4.302653 * (of_all + of_draw) ** 0.5)


def test_below_two_hundred_reviews_nothing_is_told(house):
    assert ask(house, "sentiment", [judgement(2, (1, True, 0.2)), judgement(3, (1, True, 0.6))]) is None
