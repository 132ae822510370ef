from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from care_metrics.errors import BadRequest, DatabaseUnavailable, EditConflict, NotAllowed
from care_metrics.reviews.assignments import assign, assignments
from care_metrics.reviews.drafts import draft_of, keep_draft
from care_metrics.reviews.review import history, judged, orphans, review_of, reviewed, reviews, save_review
from care_metrics.reviews.review_rows import Assignment, Draft, EvidenceVerdict, Review, ScorecardItem, TurnVerdict

FULL = Review(
    client="acme",
    interaction_id="c1",
    agent_id="a1",
    team="blue",
    root_cause="passed around",
    turns=(TurnVerdict(8, False, -0.2, -0.9), TurnVerdict(9, True, 0.1)),
    evidence=(EvidenceVerdict("ownership", "commits", "text", 9, None, False),),
    items=(ScorecardItem("verifies", None, 2, critical=True), ScorecardItem("greets", 1.5, 2)),
    next_step="coach agent",
    coaching_note="own the dispute: open the case, keep the caller on one line",
    snapshot=12,
    model_revision="r7",
    key="k1",
)


@pytest.fixture
def ana(as_role):
    return as_role("qa_lead", reader="ana")


@pytest.fixture
def ben(as_role):
    return as_role("qa_lead", reader="ben")


def test_every_field_comes_back_as_it_was_saved(database, ana):
    saved = save_review(ana, database, replace(FULL, author="somebody else"))
    assert saved == replace(FULL, version=1, author="ana", at=saved.at)
    assert review_of(ana, database, "acme", "c1") == saved
    assert abs(saved.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_what_is_reviewed_is_told_to_its_own_clients_readers_only(database, ana, as_role):
    save_review(ana, database, FULL)
    assert reviewed(ana, database) == [("acme", "c1")]
    assert reviewed(as_role("qa_lead", "globex"), database) == []


def test_a_double_click_is_one_row(database, ana):
    first = save_review(ana, database, FULL)
    assert save_review(ana, database, FULL) == first
    assert history(ana, database, "acme", "c1") == [first]


def test_a_resubmission_after_a_later_edit_changes_nothing(database, ana, ben):
    # A reconnecting browser sends its form again, after somebody else has gone on from it.
    first = save_review(ana, database, FULL)
    later = save_review(ben, database, replace(first, coaching_note="better", key="k2"))
    assert save_review(ana, database, FULL) == first
    assert review_of(ana, database, "acme", "c1") == later


@pytest.mark.parametrize("other", [{"coaching_note": "another"}, {"interaction_id": "c2"}, {"items": ()}])
def test_a_key_used_for_something_else_is_refused_rather_than_swallowed(database, ana, other):
    save_review(ana, database, FULL)
    with pytest.raises(BadRequest, match="Not saved"):
        save_review(ana, database, replace(FULL, **other))
    assert [one.coaching_note for one in reviews(ana, database)] == [FULL.coaching_note]


def test_a_key_of_another_clients_form_tells_nothing(database, ana, as_role):
    save_review(ana, database, FULL)
    with pytest.raises(BadRequest) as caught:
        save_review(as_role("qa_lead", "globex"), database, replace(FULL, client="globex"))
    assert "acme" not in str(caught.value)


def test_two_editors_keep_both_texts(database, ana, ben):
    seen = save_review(ana, database, FULL)
    hers = save_review(ana, database, replace(seen, coaching_note="hers", key="k2"))
    with pytest.raises(EditConflict) as caught:
        save_review(ben, database, replace(seen, coaching_note="his", key="k3"))
    assert (caught.value.mine.coaching_note, caught.value.mine.version) == ("his", None)
    assert caught.value.theirs == hers
    assert [(one.coaching_note, one.version, one.author) for one in history(ben, database, "acme", "c1")] == [
        (FULL.coaching_note, 1, "ana"),
        ("hers", 2, "ana"),
        ("his", None, "ben"),
    ]
    assert review_of(ben, database, "acme", "c1") == hers
    merged = save_review(ben, database, replace(hers, coaching_note="hers and his", key="k4"))
    assert merged.version == 3


def test_a_conflict_sent_twice_is_one_row_and_the_same_conflict(database, ana, ben):
    seen = save_review(ana, database, FULL)
    save_review(ana, database, replace(seen, coaching_note="hers", key="k2"))
    for _ in range(2):
        with pytest.raises(EditConflict):
            save_review(ben, database, replace(seen, coaching_note="his", key="k3"))
    assert len(history(ana, database, "acme", "c1")) == 3


def test_two_who_both_begin_are_a_conflict_too(database, ana, ben):
    save_review(ana, database, FULL)
    with pytest.raises(EditConflict):
        save_review(ben, database, replace(FULL, coaching_note="his", key="k2"))


def test_a_version_nobody_has_seen_yet_is_no_way_around(database, ana):
    with pytest.raises(EditConflict) as caught:
        save_review(ana, database, replace(FULL, version=5))
    assert caught.value.theirs is None
    assert review_of(ana, database, "acme", "c1") is None
    assert len(history(ana, database, "acme", "c1")) == 1


def test_a_second_opinion_is_somebody_elses(database, ana, ben):
    save_review(ana, database, FULL)
    with pytest.raises(NotAllowed, match="somebody else"):
        save_review(ana, database, replace(FULL, opinion=2, key="k2"))
    second = save_review(ben, database, replace(FULL, opinion=2, key="k3"))
    assert second.version == 1
    with pytest.raises(NotAllowed):
        save_review(ben, database, replace(FULL, key="k4"))
    assert len(reviews(ana, database)) == 2


def test_saving_ends_the_draft_and_the_assignment_together(database, ana, ben):
    assign(ana, database, [Assignment("acme", "c1", "ana", "random"), Assignment("acme", "c2", "ana", "random")])
    typed = Draft("acme", "c1", "k1", {"coaching_note": "own the"}, datetime.now(UTC))
    keep_draft(ana, database, typed)
    keep_draft(ben, database, replace(typed, key="k9"))
    save_review(ana, database, FULL)
    assert draft_of(ana, database, "acme", "c1") is None
    assert draft_of(ben, database, "acme", "c1") is not None
    assert {one.interaction_id: one.state for one in assignments(ana, database)} == {"c1": "done", "c2": "open"}


def test_a_conflict_ends_neither(database, ana, ben):
    assign(ana, database, [Assignment("acme", "c1", "ben", "random")])
    keep_draft(ben, database, Draft("acme", "c1", "k2", {"note": "his"}, datetime.now(UTC)))
    save_review(ana, database, FULL)
    with pytest.raises(EditConflict):
        save_review(ben, database, replace(FULL, coaching_note="his", key="k2"))
    assert assignments(ana, database)[0].state == "open"


def test_an_agent_reads_the_reviews_of_their_own_contacts_only(database, ana, as_role):
    save_review(ana, database, FULL)
    save_review(ana, database, replace(FULL, interaction_id="c2", agent_id="a2", key="k2"))
    save_review(ana, database, replace(FULL, interaction_id="c3", agent_id=None, key="k3"))
    agent = as_role("agent", agent="a1")
    assert [one.interaction_id for one in reviews(agent, database)] == ["c1"]
    assert history(agent, database, "acme", "c2") == []
    assert reviews(as_role("agent"), database) == []  # an agent without an agent_id sees nothing


def test_a_lead_of_one_team_neither_sees_nor_revises_anothers(database, ana, as_role):
    save_review(ana, database, FULL)
    red = as_role("team_lead", team="red")
    assert reviews(red, database) == []
    with pytest.raises(NotAllowed):
        save_review(red, database, replace(FULL, key="k2"))
    with pytest.raises(NotAllowed):  # nor by saying that the contact is their own team's
        save_review(red, database, replace(FULL, team="red", version=1, key="k2"))


def test_the_list_has_the_newest_of_each_contact_and_can_be_narrowed(database, ana, ben):
    first = save_review(ana, database, FULL)
    save_review(ben, database, replace(first, coaching_note="newer", key="k2"))
    save_review(ana, database, replace(FULL, interaction_id="c2", state="open", key="k3"))
    assert [(one.interaction_id, one.version) for one in reviews(ana, database)] == [("c1", 2), ("c2", 1)]
    assert [one.interaction_id for one in reviews(ana, database, author="ben")] == ["c1"]
    assert [one.interaction_id for one in reviews(ana, database, state="open")] == ["c2"]
    assert reviews(ana, database, since=datetime.now(UTC) + timedelta(hours=1)) == []


def test_verdicts_go_to_every_reader_without_who_said_so_or_what_was_noted(database, ana, as_role):
    first = save_review(ana, database, FULL)
    save_review(ana, database, replace(first, turns=FULL.turns[:1], key="k2"))
    save_review(ana, database, replace(FULL, interaction_id="c2", state="open", key="k3"))
    [one] = judged(as_role("client"), database)
    assert (one.interaction_id, one.turns, one.evidence) == ("c1", FULL.turns[:1], FULL.evidence)
    assert not {"author", "coaching_note", "agent_id", "items"} & set(vars(one))
    assert judged(as_role("client", "globex"), database) == []


def test_reviews_of_contacts_that_are_gone_are_listed_and_come_back_with_them(database, ana):
    save_review(ana, database, FULL)
    assert [one.interaction_id for one in orphans(ana, database, "acme", ["c2"])] == ["c1"]
    assert orphans(ana, database, "acme", ["c1", "c2"]) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": ""},
        {"interaction_id": ""},
        {"opinion": 0},
        {"state": "lost"},
        {"coaching_note": "x" * 10_001},
        {"turns": (TurnVerdict(1, False, None, float("nan")),)},
        {"turns": (TurnVerdict(1, False, -1.5),)},
        {"items": (ScorecardItem("greets", 3, 2),)},
    ],
    ids=["no_key", "no_contact", "opinion", "state", "too_long", "nan", "beyond", "points"],
)
def test_a_review_that_cannot_be_is_refused_whole(database, ana, wrong):
    with pytest.raises(BadRequest):
        save_review(ana, database, replace(FULL, **wrong))
    assert reviews(ana, database) == []


def test_text_of_every_kind_survives(database, ana):
    note = "él dijo: «no» 😀 '; DROP TABLE reviews; -- \t\n=1+1 \u202e"
    assert save_review(ana, database, replace(FULL, coaching_note=note)).coaching_note == note


def test_a_revision_is_never_rewritten(database, ana):
    save_review(ana, database, FULL)
    with (
        pytest.raises((IntegrityError, DatabaseUnavailable), match="never rewritten"),
        database.writing() as connection,
    ):
        connection.execute(text("UPDATE reviews SET coaching_note = ''"))
