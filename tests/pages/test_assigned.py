"""Assignments: given on the contact, queued for whom it is with, and a second opinion that begins empty."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.reviews.assignments import assign, assignments
from care_metrics.reviews.review import review_of, save_review
from care_metrics.reviews.review_rows import Assignment, Review
from care_metrics.store import Store
from care_metrics.ui import database
from tests.pages.test_pages import keys, text_of
from tests.pages.test_reviews import BOTH, OpenPage, choose, opened, save, widget

ANA = replace(BOTH, reader="ana")


@pytest.fixture
def app(written: Path, open_page: OpenPage, small_centre: Store) -> AppTest:
    return open_page("low_sentiment_calls", small_centre)


def test_a_contact_is_given_reviewed_and_gone_from_ones_own_queue(app: AppTest) -> None:
    contact = opened(app)
    next(box for box in app.text_input if box.label == "Reviewer").set_value("operator").run()
    next(one for one in app.button if one.label == "Assign it").click().run()
    [given] = assignments(BOTH, database.opened())
    assert (given.client, given.interaction_id, given.reviewer, given.why) == (*contact, "operator", "by_hand")
    assert text_of(app, f"assigned_{given.id}") == "First opinion: with operator, open."
    app.button_group(key="why").set_value(["mine"]).run()
    assert text_of(app, "count").startswith("1 of ")
    assert opened(app) == contact
    save(choose(app))
    assert "assigned to you" in text_of(app, "no_contacts")
    assert [one.state for one in assignments(BOTH, database.opened())] == ["done"]


def test_a_second_opinion_begins_empty_and_leaves_the_first_as_it_is(
    app: AppTest, open_page: OpenPage, small_centre: Store
) -> None:
    client, leg = opened(app)
    save_review(ANA, database.opened(), Review(client, leg, root_cause="policy", coaching_note="hers", key="k"))
    assign(BOTH, database.opened(), [Assignment(client, leg, "operator", "by_hand", 2)])
    again = open_page("low_sentiment_calls", small_centre)
    assert opened(again) == (client, leg)
    assert text_of(again, f"review_{client}/{leg}").startswith("Second opinion: the first one is not shown")
    assert again.selectbox(key=widget(again, "root_cause_")).value == ""
    save(choose(again))
    first, second = (review_of(BOTH, database.opened(), client, leg, which) for which in (1, 2))
    assert first
    assert second
    assert (first.author, first.root_cause, first.version) == ("ana", "policy", 1)
    assert (second.author, second.root_cause) == ("operator", "passed_around")


def test_a_team_lead_sees_who_has_it_and_gives_it_to_nobody(
    written: Path, open_page: OpenPage, small_centre: Store
) -> None:
    app = open_page("low_sentiment_calls", small_centre, role="team_lead", as_client="acme_air", as_team="alder")
    assert not app.exception
    assert not [one for one in app.button if one.label == "Assign it"]


def test_while_nothing_answers_the_own_queue_says_so(written: Path, open_page: OpenPage, small_centre: Store) -> None:
    written.unlink()
    written.mkdir()
    app = open_page("low_sentiment_calls", small_centre)
    app.button_group(key="why").set_value(["mine"]).run()
    assert not app.exception
    assert "unread" in keys(app)
