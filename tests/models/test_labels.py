"""Traps: labels that say nothing, in another order, of another task, or as stars."""

import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models.labels import behaviour_positions, sentiment_groups


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["negative", "neutral", "positive"], ((0,), (1,), (2,))),
        (["POS", "NEG", "neu"], ((1,), (2,), (0,))),
        (["Very Negative", "Negative", "Neutral", "Positive", "Very_Positive"], ((0, 1), (2,), (3, 4))),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], ((0, 1), (2,), (3, 4))),
    ],
)
def test_names_decide_not_positions(names, groups):
    assert sentiment_groups(names, "m") == groups


@pytest.mark.parametrize("names", [["LABEL_0", "LABEL_1", "LABEL_2"], ["toxic", "neutral", "positive"], ["6 stars"]])
def test_names_that_say_nothing_are_refused(names):
    with pytest.raises(ModelUnavailable, match="does not say which sentiment it means"):
        sentiment_groups(names, "m")


def test_a_model_without_neutral_is_refused():
    with pytest.raises(ModelUnavailable, match="none of them neutral"):
        sentiment_groups(["NEGATIVE", "POSITIVE"], "m")


def test_a_missing_behaviour_is_named():
    assert behaviour_positions(["b", "A"], ("a", "b"), "m") == (1, 0)
    with pytest.raises(ModelUnavailable, match="none of them ownership"):
        behaviour_positions(["empathy"], ("empathy", "ownership"), "m")
