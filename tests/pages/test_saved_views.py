"""Saved views: what was chosen comes back whole, whatever was chosen since, and is forgotten when asked to."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from care_metrics.reviews import open_database
from care_metrics.reviews.saved_filters import filters_of
from care_metrics.scope import Scope
from tests.pages.test_queue import choose
from tests.pages.test_reviews import app  # noqa: F401


def field(found: AppTest) -> str:
    return next(one.key for one in found.text_input if one.key and one.key.startswith("saved_views_name"))


def test_a_view_comes_back_as_it_was_saved(app: AppTest, written: Path) -> None:  # noqa: F811
    choose(app, "escalated")
    app.text_input(key=field(app)).set_value("=mine **x**").run()
    app.button(key="saved_views_keep").click().run()
    assert not app.exception
    choose(app, "low", "repeat_caller")
    app.text_input(key="find").set_value("z349").run()
    app.button(key="saved_views_open").click().run()
    assert not app.exception
    assert (app.button_group(key="why").value, app.text_input(key="find").value) == (["escalated"], "")
    app.button(key="saved_views_forget").click().run()
    assert not app.exception
    assert "saved_views_open" not in {one.key for one in app.button}


def test_a_view_says_nothing_of_whom_the_demo_is_seen_as(app: AppTest, written: Path) -> None:  # noqa: F811
    app.text_input(key=field(app)).set_value("mine").run()
    app.button(key="saved_views_keep").click().run()
    [saved] = filters_of(Scope(reader="operator", role="operator"), open_database(str(written)), "low_sentiment_calls")
    assert {"why", "period"} <= {name for name, _value in saved.query}
    assert not {"role", "as_client", "as_agent_id", "as_team", "contact"} & {name for name, _value in saved.query}
