import pytest

from care_metrics.errors import BadRequest
from care_metrics.reviews.review_rows import ScorecardItem
from care_metrics.reviews.scorecard import checked, failed, score


def test_an_item_that_did_not_apply_leaves_the_denominator():
    items = [ScorecardItem("greets", 2, 2), ScorecardItem("verifies", None, 6), ScorecardItem("resolves", 1, 2)]
    assert score(items) == 75  # 3 of 4


def test_nothing_applied_no_score():
    assert score([ScorecardItem("verifies", None, 6)]) is None
    assert score([]) is None


def test_only_a_critical_item_with_no_points_fails_the_contact():
    items = [
        ScorecardItem("verifies", 0, 1, critical=True),
        ScorecardItem("greets", 0, 1),
        ScorecardItem("discloses", None, 1, critical=True),
        ScorecardItem("consents", 1, 2, critical=True),
    ]
    assert failed(items) == ("verifies",)


@pytest.mark.parametrize(
    "items",
    [
        [ScorecardItem("greets", 3, 2)],
        [ScorecardItem("greets", -1, 2)],
        [ScorecardItem("greets", float("nan"), 2)],
        [ScorecardItem("greets", None, 0)],
        [ScorecardItem("greets", 1, 2), ScorecardItem("greets", 2, 2)],
    ],
    ids=["too_many", "negative", "nan", "nothing_possible", "twice"],
)
def test_points_that_cannot_be_are_refused(items):
    with pytest.raises(BadRequest, match="greets"):
        checked(items)
