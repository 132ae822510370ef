from datetime import UTC, datetime, timedelta

import pytest

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.reviews.drafts import draft_of, drop_draft, keep_draft
from care_metrics.reviews.review import save_review
from care_metrics.reviews.review_rows import Draft, Review

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def typed(words, seconds=0, key="k1", **where):
    return Draft(
        "acme", "c1", key, {"coaching_note": words, "turns": {"8": False}}, NOON + timedelta(seconds=seconds), **where
    )


@pytest.fixture
def ana(as_role):
    return as_role("qa_lead", reader="ana")


def test_what_was_typed_is_there_after_a_restart(database, ana):
    assert keep_draft(ana, database, typed("own the"))
    assert keep_draft(ana, database, typed("own the dispute", 2))
    database.engine.dispose()
    assert draft_of(ana, database, "acme", "c1") == typed("own the dispute", 2)


def test_a_late_arrival_does_not_overwrite_a_newer_draft(database, ana):
    keep_draft(ana, database, typed("own the dispute", 2))
    assert not keep_draft(ana, database, typed("own the", 0))
    assert draft_of(ana, database, "acme", "c1").body["coaching_note"] == "own the dispute"


def test_a_late_arrival_does_not_raise_the_draft_of_a_saved_form(database, ana):
    keep_draft(ana, database, typed("own"))
    save_review(ana, database, Review("acme", "c1", key="k1"))
    assert not keep_draft(ana, database, typed("own the", 2))
    assert draft_of(ana, database, "acme", "c1") is None
    assert keep_draft(ana, database, typed("a new form", 3, key="k2"))


def test_drafts_are_ones_own_and_one_per_opinion(database, ana, as_role):
    keep_draft(ana, database, typed("first"))
    keep_draft(ana, database, typed("second", opinion=2))
    ben = as_role("qa_lead", reader="ben")
    assert draft_of(ben, database, "acme", "c1") is None
    drop_draft(ben, database, "acme", "c1")
    assert draft_of(ana, database, "acme", "c1").body["coaching_note"] == "first"
    drop_draft(ana, database, "acme", "c1")
    assert draft_of(ana, database, "acme", "c1") is None
    assert draft_of(ana, database, "acme", "c1", opinion=2) is not None


def test_a_foreign_client_has_no_drafts(database, as_role):
    with pytest.raises(NotAllowed):
        keep_draft(as_role("qa_lead", "globex"), database, typed("x"))


def test_a_draft_without_end_is_refused(database, ana):
    with pytest.raises(BadRequest):
        keep_draft(ana, database, typed("x" * 20_001))
    with pytest.raises(BadRequest):
        keep_draft(ana, database, Draft("acme", "c1", "k1", dict.fromkeys(map(str, range(5_001))), NOON))
