"""Reviews as a table: one row a review, the scorecard's items as columns, verdicts counted and the wrong ones named."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import polars as pl

from care_metrics.reviews.review_rows import EvidenceVerdict, Review
from care_metrics.reviews.scorecard import failed, score

TEXTS = ("client", "interaction_id", "agent_id", "team", "author", "state")
WORDS = ("root_cause", "next_step", "coaching_note", "model_revision")
SCHEMA: dict[str, pl.DataType] = {
    **dict.fromkeys(TEXTS, pl.String()),
    "opinion": pl.Int64(),
    "version": pl.Int64(),
    "saved_at": pl.Datetime("us", "UTC"),
    **dict.fromkeys(WORDS, pl.String()),
    "scorecard": pl.Float64(),
    "critical_failed": pl.String(),
    "turns_judged": pl.Int64(),
    "turns_wrong": pl.String(),
    "evidence_judged": pl.Int64(),
    "evidence_wrong": pl.String(),
    "data_version": pl.Int64(),
}


def review_rows(reviews: Iterable[Review]) -> pl.DataFrame:
    """One row a review. scorecard: 0..100, missing where no item applied; item_*: points, missing where it did not apply."""
    reviews = tuple(reviews)
    items = dict.fromkeys(f"item_{item.item}" for review in reviews for item in review.items)
    schema = SCHEMA | dict.fromkeys(items, pl.Float64())
    return pl.DataFrame([_row(review, list(items)) for review in reviews], schema=schema)


def _row(review: Review, items: Sequence[str]) -> dict[str, object]:
    told = asdict(review)
    earned = {f"item_{item.item}": item.earned for item in review.items}
    return {
        **{name: told[name] for name in (*TEXTS, *WORDS, "opinion", "version")},
        "saved_at": review.at,
        "scorecard": score(review.items),
        "critical_failed": ", ".join(failed(review.items)),
        "turns_judged": len(review.turns),
        "turns_wrong": ", ".join(str(one.turn_no) for one in review.turns if not one.right),
        "evidence_judged": len(review.evidence),
        "evidence_wrong": "; ".join(_named(one) for one in review.evidence if not one.right),
        "data_version": review.snapshot,
        **{name: earned.get(name) for name in items},
    }


def _named(one: EvidenceVerdict) -> str:
    where = f"turn {one.turn_no}" if one.turn_no is not None else f"event {one.event_id}"
    return f"{one.pillar}/{one.behaviour} ({one.source}, {where})"
