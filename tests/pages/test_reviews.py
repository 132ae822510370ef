"""The review form: who sees it, what it saves, once, and what happens when somebody else saved first or nothing answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.reviews.drafts import draft_of
from care_metrics.reviews.review import history, review_of, reviewed, save_review
from care_metrics.reviews.review_rows import Review
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.ui import database
from tests.pages.test_pages import drawn, keys, text_of

OpenPage = Callable[..., AppTest]
BOTH = operator(["acme_air", "zeta_bank"])


@pytest.fixture
def app(written: Path, open_page: OpenPage, small_centre: Store) -> AppTest:
    return open_page("low_sentiment_calls", small_centre)


def opened(app: AppTest) -> tuple[str, str]:
    """Client and id of the contact that is open."""
    [key] = [key for key in keys(app) if key.startswith("note_")]
    client, leg = key.removeprefix("note_").rsplit("_", 1)[0].split("/")
    return client, leg


def widget(app: AppTest, start: str) -> str:
    return next(box.key for box in app.selectbox if box.key and box.key.startswith(start))


def choose(app: AppTest, code: str = "passed_around") -> AppTest:
    return app.selectbox(key=widget(app, "root_cause_")).select(code).run()


def save(app: AppTest) -> AppTest:
    return next(button for button in app.button if (button.key or "").startswith("save_")).click().run()


def test_a_review_is_saved_and_the_next_contact_opens(app: AppTest, written: Path) -> None:
    first = opened(app)
    save(choose(app))
    assert not app.exception
    assert opened(app) != first
    review = review_of(BOTH, database.opened(), *first)
    assert review is not None
    assert (review.root_cause, review.state, review.version, review.author) == ("passed_around", "done", 1, "operator")
    assert review.agent_id
    assert review.snapshot is not None
    assert reviewed(BOTH, database.opened()) == [first]


def test_an_empty_form_is_not_saved_and_says_so(app: AppTest) -> None:
    contact = opened(app)
    save(app)
    assert opened(app) == contact
    assert text_of(app, "not_saved").startswith("There is nothing to save yet")
    assert reviewed(BOTH, database.opened()) == []


def test_what_is_chosen_is_kept_as_a_draft_and_given_back(
    app: AppTest, open_page: OpenPage, small_centre: Store
) -> None:
    client, leg = opened(app)
    choose(app, "waited")
    draft = draft_of(BOTH, database.opened(), client, leg)
    assert draft is not None
    assert draft.body["root_cause"] == "waited"
    again = open_page("low_sentiment_calls", small_centre)
    assert again.selectbox(key=widget(again, "root_cause_")).value == "waited"
    assert text_of(again, f"review_{client}/{leg}") == "Review, from the draft you left"


def test_a_saved_review_ends_the_draft(app: AppTest) -> None:
    client, leg = opened(app)
    save(choose(app))
    assert draft_of(BOTH, database.opened(), client, leg) is None


def test_the_scorecard_keeps_what_does_not_apply_apart(app: AppTest) -> None:
    client, leg = opened(app)
    for item, answer in (("identified", "no"), ("understood", "na"), ("solved", "yes")):
        box = next(group for group in app.button_group if (group.key or "").startswith(f"item_{item}_"))
        box.set_value(answer).run()
    save(app)
    review = review_of(BOTH, database.opened(), client, leg)
    assert review is not None
    assert {one.item: (one.earned, one.critical) for one in review.items} == {
        "identified": (0.0, True),
        "understood": (None, False),
        "solved": (1.0, False),
    }


def test_who_saved_first_is_shown_and_nothing_is_lost(app: AppTest) -> None:
    client, leg = opened(app)
    choose(app, "tone")
    agent = {"agent_id": "a0", "team": "alder"}
    save_review(
        BOTH, database.opened(), Review(client, leg, root_cause="policy", coaching_note="theirs", key="k", **agent)
    )
    save(app)
    assert opened(app) == (client, leg)
    assert text_of(app, "conflict").startswith("Not saved: operator saved this review meanwhile.")
    assert "Theirs: Policy; Not said; theirs" in text_of(app, "conflict")
    save(app)
    texts = [(one.root_cause, one.version) for one in history(BOTH, database.opened(), client, leg)]
    assert texts == [("policy", 1), ("tone", None), ("tone", 2)]


def test_while_nothing_answers_the_form_keeps_what_was_chosen(app: AppTest, written: Path) -> None:
    client, leg = opened(app)
    away = written.with_suffix(".away")
    written.rename(away)
    written.mkdir()
    choose(app, "product")
    assert "The draft is not saved" in text_of(app, "draft")
    save(app)
    assert not app.exception
    assert text_of(app, "not_saved").startswith("Not saved; what you typed is still here.")
    assert app.selectbox(key=widget(app, "root_cause_")).value == "product"
    written.rmdir()
    away.rename(written)
    save(app)
    review = review_of(BOTH, database.opened(), client, leg)
    assert review is not None
    assert review.root_cause == "product"


def test_what_is_reviewed_leaves_the_list_of_the_unreviewed(app: AppTest) -> None:
    app.button_group(key="why").set_value(["low", "unreviewed"]).run()
    before = len(app.dataframe[0].value)
    save(choose(app))
    assert len(app.dataframe[0].value) == before - 1
    assert text_of(app, "count").endswith("mean sentiment of −0.30 or lower; not reviewed yet.")


def test_the_page_behind_a_number_offers_no_review(written: Path, open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("contacts", small_centre)
    app.query_params["kpi"] = "sentiment"
    app.run()
    assert not [key for key in keys(app) if key.startswith("note_")]
    [transcript] = [key for key in keys(app) if key.startswith("transcript_")]
    assert drawn(app, transcript)["words"]["judging"] is False
