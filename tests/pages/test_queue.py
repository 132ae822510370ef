"""The queue by reason for attention: its sentence, its list and the search say the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.store import Store
from tests.pages.centre import build
from tests.pages.test_pages import keys, text_of

OpenPage = Callable[..., AppTest]


@pytest.fixture
def app(open_page: OpenPage, small_centre: Store) -> AppTest:
    return open_page("low_sentiment_calls", small_centre)


def choose(app: AppTest, *why: str) -> AppTest:
    return app.button_group(key="why").set_value(list(why)).run()


def test_it_begins_with_the_low_ones_and_their_meaning(app: AppTest) -> None:
    assert app.button_group(key="why").value == ["low"]
    assert text_of(app, "count").endswith(": mean sentiment of −0.30 or lower.")


@pytest.mark.parametrize("why", [("low",), ("escalated",), ()], ids=str)
def test_the_sentence_counts_the_list(app: AppTest, why: tuple[str, ...]) -> None:
    choose(app, *why)
    assert not app.exception
    words = text_of(app, "count").split(" ")
    assert len(app.dataframe[0].value) == int(words[0] if why else words[1])


def test_two_reasons_hold_together(app: AppTest) -> None:
    alone = len(choose(app, "escalated").dataframe[0].value)
    both = len(choose(app, "escalated", "low").dataframe[0].value)
    assert 0 < both < alone


def test_reasons_that_never_meet_say_so(app: AppTest) -> None:
    choose(app, "sudden_drop")
    assert not app.exception
    assert "No contact of this period is all of this" in text_of(app, "no_contacts")


def test_a_search_finds_in_all_data_whatever_the_reasons(app: AppTest) -> None:
    app.text_input(key="find").set_value("z349").run()
    assert text_of(app, "count") == "1 contact found in all data, the newest first."
    app.text_input(key="find").set_value("my invoice is WRONG").run()
    assert len(app.dataframe[0].value) > 30


@pytest.mark.parametrize("words", ["no such words", "'; DROP TABLE turns", "<script>", "%"])
def test_a_search_without_a_hit_says_so(app: AppTest, words: str) -> None:
    app.text_input(key="find").set_value(words).run()
    assert not app.exception
    assert "no_contacts" in keys(app)
    assert not app.dataframe


def test_an_order_keeps_the_contacts(app: AppTest) -> None:
    before = set(app.dataframe[0].value["when"])
    app.selectbox(key="queue").select("random").run()
    assert set(app.dataframe[0].value["when"]) == before


def test_the_recording_opens_where_an_administrator_says_they_are(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = build(tmp_path, 60, source_url="https://calls.example.org/7")
    assert not open_page("low_sentiment_calls", store).get("link_button")
    monkeypatch.setenv("CARE_METRICS_RECORDING_HOSTS", "calls.example.org")
    [link] = open_page("low_sentiment_calls", store).get("link_button")
    assert link.proto.url == "https://calls.example.org/7"
