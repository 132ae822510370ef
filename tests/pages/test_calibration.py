"""Calibration: samples are drawn once with their seed, and the queue holds exactly what they drew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from care_metrics import model_error
from care_metrics.access import warehouse_of
from care_metrics.attention import frame
from care_metrics.contacts import transcript
from care_metrics.filters import Filters
from care_metrics.reviews.disputes import decide, disputes
from care_metrics.reviews.review import reviews, save_review
from care_metrics.reviews.review_rows import Review, TurnVerdict
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.reviews.samples import keep_sample, plans, sampled
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.ui import cached, database
from care_metrics.ui import model_error as ui_model_error
from tests.pages.test_pages import drawn, keys, text_of

OpenPage = Callable[..., AppTest]
BOTH = operator(["acme_air", "zeta_bank"])
PLAN = SamplingPlan("", "random", 5, 7, date(2026, 1, 1), date(2026, 7, 1), 117, 1)


@pytest.fixture
def app(written: Path, open_page: OpenPage, small_centre: Store) -> AppTest:
    return open_page("calibration", small_centre)


def draw(app: AppTest, kind: str = "random") -> AppTest:
    box = next(box for box in app.selectbox if (box.key or "").startswith("kind_"))
    box.select(kind).run()
    return next(button for button in app.button if (button.key or "").startswith("draw_")).click().run()


def test_an_empty_page_says_what_a_sample_is_for(app: AppTest) -> None:
    assert not app.exception
    assert "Reviews of calls that somebody picked cannot tell how good the model is." in text_of(app, "sampling_none")


def test_a_random_sample_takes_as_many_of_each_agent(app: AppTest) -> None:
    draw(app)
    assert not app.exception
    [plan] = plans(BOTH, database.opened())
    rows = sampled(BOTH, database.opened())
    by_agent = {name: [row for row in rows if row.agent_id == name] for name in {row.agent_id for row in rows}}
    assert all(len(mine) == min(5, round(len(mine) / mine[0].probability)) for mine in by_agent.values())
    assert len(by_agent) == 5
    assert sum(len(mine) / mine[0].probability for mine in by_agent.values()) == pytest.approx(plan.frame_n)


def test_the_queue_shows_what_was_drawn(app: AppTest, open_page: OpenPage, small_centre: Store) -> None:
    draw(draw(app), "risk")
    rows = sampled(BOTH, database.opened())
    queue = open_page("low_sentiment_calls", small_centre)
    for kind in ("random", "risk"):
        queue.button_group(key="why").set_value([f"{kind}_sample"]).run()
        assert not queue.exception
        assert len(queue.dataframe[0].value) == sum(row.kind == kind for row in rows)
        assert text_of(queue, "count").endswith(f"drawn by a {kind} sample.")


def test_verdicts_of_a_review_become_agreement(written: Path, open_page: OpenPage, small_centre: Store) -> None:
    queue = open_page("low_sentiment_calls", small_centre)
    for start in ("rest_", "save_"):
        next(button for button in queue.button if (button.key or "").startswith(start)).click().run()
    saved = reviews(BOTH, database.opened())
    turns = sum(len(one.turns) for one in saved)
    assert turns == 4
    assert all(turn.right and turn.shown is not None for one in saved for turn in one.turns)
    app = open_page("calibration", small_centre)
    told = "On sentiment reviewers agree with the model in 4 of 4 turns."
    assert text_of(app, "agreement").startswith(told)
    labels = {row[0]["text"]: row[2]["text"] for row in drawn(app, "model_agreement")["rows"]}
    assert sum(int(text.split(" ")[0]) for text in labels.values()) == turns
    assert "few verdicts" in [row[2]["note"] for row in drawn(app, "model_agreement")["rows"]]


def test_a_dispute_is_opened_at_the_contact_and_decided_here(
    written: Path, open_page: OpenPage, small_centre: Store
) -> None:
    queue = open_page("low_sentiment_calls", small_centre)
    next(area for area in queue.text_area if (area.key or "").startswith("text_")).set_value("she was polite").run()
    next(button for button in queue.button if (button.key or "").startswith("contest_")).click().run()
    [one] = disputes(BOTH, database.opened())
    assert (one.about, one.text, one.state) == ("score", "she was polite", "open")
    assert f"dispute_{one.id}" in keys(queue)
    decide(BOTH, database.opened(), one.id or 0, "accepted", "heard it")
    app = open_page("calibration", small_centre)
    assert not app.exception
    assert text_of(app, "overturned") == "1 of 1 decided dispute overturned a score."


def test_while_nothing_answers_the_page_says_so(app: AppTest, written: Path) -> None:
    written.unlink()
    written.mkdir()
    app.run()
    assert not app.exception
    assert "This part cannot be shown." in text_of(app, "failed")


def test_without_a_sample_the_queue_says_so(written: Path, open_page: OpenPage, small_centre: Store) -> None:
    queue = open_page("low_sentiment_calls", small_centre)
    queue.button_group(key="why").set_value(["risk_sample"]).run()
    assert "drawn by a risk sample" in text_of(queue, "no_contacts")
    assert "unread" not in keys(queue)


def sentiment(open_page: OpenPage, store: Store) -> tuple[str, str]:
    """The card's raw value and the last of its notes."""
    app = open_page("care_scorecard", store)
    assert not app.exception
    card = next(card for card in drawn(app, "care")["cards"] if card["label"] == "Sentiment")
    return card["value"], card["notes"][-1]


def test_a_tile_tells_the_models_error_once_enough_is_reviewed(
    written: Path, open_page: OpenPage, small_centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sentiment(open_page, small_centre)[1] == "sampling error only"
    edition = cached.Edition(small_centre, small_centre.snapshot())
    house = warehouse_of(small_centre, edition.snapshot, BOTH)
    rows = frame(house, BOTH, Filters()).select("client", "interaction_id", "agent_id", "team").to_dicts()
    for client in ("acme_air", "zeta_bank"):
        mine = [Drawn(**row, probability=0.5) for row in rows if row["client"] == client]
        keep_sample(BOTH, database.opened(), replace(PLAN, client=client, key=client), mine)
    for row in rows:
        turns = transcript(house, BOTH, row["client"], row["interaction_id"]).drop_nulls("valence")
        said = [
            TurnVerdict(no, False, value, value - 0.1) for no, value in turns.select("turn_no", "valence").iter_rows()
        ]
        save_review(
            BOTH, database.opened(), Review(**row, turns=tuple(said), key=row["client"] + row["interaction_id"])
        )
    assert sentiment(open_page, small_centre)[1] == "sampling error only", "too few in the period"
    for place in (model_error, ui_model_error):
        monkeypatch.setattr(place, "ENOUGH", 20)
    st.cache_data.clear()
    raw, told = sentiment(open_page, small_centre)
    assert told.startswith("with the model's error")
    assert float(told.split(" ")[4].rstrip(",")) == pytest.approx(float(raw) - 0.1, abs=0.011)
    assert int(told.split(" ")[-2]) >= 20
