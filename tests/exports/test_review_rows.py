"""One row a review: what applied counts, what did not is missing and not zero."""

from datetime import UTC, datetime

from care_metrics.exports.review_rows import review_rows
from care_metrics.reviews.review_rows import EvidenceVerdict, Review, ScorecardItem, TurnVerdict

AT = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = Review(
    "acme",
    "i1",
    turns=(TurnVerdict(3, False, -0.4), TurnVerdict(5, True, 0.1)),
    evidence=(EvidenceVerdict("empathy", "feeling", "text", 4, None, False),),
    items=(
        ScorecardItem("solved", 1.0, 1.0),
        ScorecardItem("identified", 0.0, 1.0, critical=True),
        ScorecardItem("courteous", None, 1.0),
    ),
    snapshot=7,
    version=2,
    author="ana",
    at=AT,
)
SECOND = Review("acme", "i2", version=1, author="ben", at=AT)


def test_a_review_is_one_row_with_its_items_as_columns() -> None:
    first, second = review_rows([FIRST, SECOND]).to_dicts()
    # One of two applicable points; the third item did not apply.
    assert first["scorecard"] == 50
    assert (first["item_solved"], first["item_identified"], first["item_courteous"]) == (1, 0, None)
    assert (first["critical_failed"], first["turns_judged"], first["turns_wrong"]) == ("identified", 2, "3")
    assert first["evidence_wrong"] == "empathy/feeling (text, turn 4)"
    assert (first["data_version"], first["version"], first["author"]) == (7, 2, "ana")
    assert (second["scorecard"], second["item_solved"], second["turns_judged"]) == (None, None, 0)


def test_without_reviews_the_columns_stand() -> None:
    assert review_rows([]).height == 0
    assert "coaching_note" in review_rows([]).columns
