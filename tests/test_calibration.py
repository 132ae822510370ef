"""Agreement counted by hand from a few reviews; disputes count once."""

from datetime import UTC, datetime

import pytest

from care_metrics.calibration import agreement, months, of_evidence, of_sentiment, raters
from care_metrics.reviews.review_rows import Dispute, EvidenceVerdict, Review, ScorecardItem, TurnVerdict

LOW = -0.3
KEY = ("empathy", "names_feeling", "text", 8, None)


def review(contact, *turns, opinion=1, evidence=(), items=(), cause="", month=3):
    verdicts = tuple(TurnVerdict(*turn) for turn in turns)
    at = datetime(2026, month, 5, tzinfo=UTC)
    return Review("acme", contact, opinion, root_cause=cause, turns=verdicts, evidence=evidence, items=items, at=at)


def dispute(contact, state, about="evidence"):
    return Dispute("acme", contact, "a1", "no", about, *KEY, state=state)


def test_sentiment_is_counted_by_what_the_model_said():
    # Turn 1: negative, right; turn 2: negative, should be neutral; turn 3: neutral, right; 4: positive, wrong, no correction.
    reviews = [review("c1", (1, True, -0.8), (2, False, -0.5, 0.0)), review("c2", (3, True, 0.1), (4, False, 0.9))]
    found = agreement(of_sentiment(reviews, LOW))
    rows = {one.label: (one.agreed, one.n) for one in found}
    assert rows == {("negative",): (1, 2), ("neutral",): (1, 1), ("positive",): (0, 1)}
    [all_of_it] = agreement(of_sentiment(reviews, LOW), lambda _one: ())
    # Three pairs with both labels: agree 2 of 3; by chance 2/3 x 1/3 + 1/3 x 2/3 = 4/9; (2/3 - 4/9) / (5/9).
    assert all_of_it.kappa == pytest.approx(0.4)
    # Negative against the rest, model and reviewers: yes-yes, yes-no, no-no; the same sums by hand.
    assert found[0].kappa == pytest.approx(0.4)


def test_a_dispute_counts_once_and_not_beside_a_verdict_on_the_same_row():
    reviews = [review("c1", evidence=(EvidenceVerdict(*KEY, False, True),))]
    disputes = [dispute("c1", "accepted"), dispute("c2", "accepted"), dispute("c3", "rejected"), dispute("c4", "open")]
    [row] = agreement(of_evidence(reviews, [*disputes, dispute("c5", "accepted", "score")]))
    assert (row.label, row.agreed, row.n, row.overturned) == (("empathy", "names_feeling"), 1, 3, 1)


def test_evidence_has_a_kappa_only_where_it_is_known_what_the_model_said():
    known = [review(f"c{place}", evidence=(EvidenceVerdict(*KEY, place != 0, place < 2),)) for place in range(4)]
    # Model: shown, shown, missed, missed; reviewers: missed, shown, missed, missed: (3/4 - 1/2) / (1/2).
    assert agreement(of_evidence(known, []))[0].kappa == pytest.approx(0.5)
    old = [review("c1", evidence=(EvidenceVerdict(*KEY, True),))]
    assert agreement(of_evidence(old, []))[0].kappa is None


def test_reviewers_are_compared_on_the_same_contact_only():
    item = ScorecardItem("solved", 1.0, 1.0)
    reviews = [
        review("c1", (1, True, -0.8), cause="tone", items=(item,)),
        review("c1", (1, False, -0.8, 0.5), opinion=2, cause="tone", items=(item,)),
        review("c2", (1, True, 0.1), cause="policy"),
        review("c2", (1, True, 0.1), (2, True, 0.1), opinion=2, cause="tone"),
        review("c3", (1, True, 0.1), cause="waited"),
    ]
    found = raters(reviews, LOW)
    assert (found.n, found.n_turns, found.n_scorecards) == (2, 2, 1)
    # tone-tone and policy-tone: observed 1/2, by chance 1/2.
    assert found.root_cause == pytest.approx(0.0)
    assert found.scorecard is None


def test_drift_is_by_month_of_the_review():
    assert [day.month for day in months([review("c1", month=4), review("c2"), review("c3")])] == [3, 4]
