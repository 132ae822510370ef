"""A day that somebody noted stands on every trend of its client and within its days, and on no other."""

from datetime import date
from types import SimpleNamespace

from care_metrics.reviews.rows import Annotation
from care_metrics.ui.database import Written
from care_metrics.ui.marks import noted_days

WRITTEN = Written(
    annotations=(
        Annotation("acme", date(2026, 3, 3), "new IVR"),
        Annotation("other", date(2026, 3, 4), "another client's"),
        Annotation(None, date(2026, 3, 31), "strike"),
        Annotation("acme", date(2026, 4, 1), "after the end"),
    )
)


def test_only_this_client_s_days_within_the_picture() -> None:
    view = SimpleNamespace(client="acme", written=WRITTEN)
    marks = noted_days(view, date(2026, 3, 3), date(2026, 4, 1))  # ty: ignore[invalid-argument-type]
    assert [(mark.at, mark.text) for mark in marks] == [("2026-03-03", "new IVR"), ("2026-03-31", "strike")]
