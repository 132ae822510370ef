"""A reviewer at work: a draft that outlives the tab, two who save at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from care_metrics.reviews.engine import Database
from care_metrics.reviews.review import history, reviews
from care_metrics.scope import operator
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
BOTH = operator(["acme_air", "zeta_bank"])
QUEUE = "/low_sentiment_calls?why=Low+as+a+whole&why=Not+reviewed"


def title(seen: Visit) -> str:
    return seen.page.locator(".cm-prose .finding").first.inner_text()


def moved_on(seen: Visit, before: str) -> None:
    seen.page.wait_for_function("(x) => document.querySelector('.cm-prose .finding').innerText !== x", arg=before)
    seen.settle()


def test_what_was_typed_outlives_the_tab(visit: Visiting, office: tuple[str, Database]) -> None:
    """Nothing but a pause: neither a click nor a save."""
    first = visit(office[0]).open(QUEUE)
    note = first.page.get_by_label("Coaching note")
    note.focus()
    first.after(lambda: first.page.keyboard.type("half a thought"))
    expect(note).to_be_focused()
    assert note.input_value() == "half a thought"
    first.page.close()
    again = visit(office[0]).open(QUEUE)
    expect(again.page.get_by_label("Coaching note")).to_have_value("half a thought")
    expect(again.page.get_by_text("Review, from the draft you left")).to_be_visible()


def test_two_who_save_at_once_both_keep_their_text(visit: Visiting, office: tuple[str, Database]) -> None:
    base, database = office
    both = [visit(base).open(QUEUE), visit(base).open(QUEUE)]
    before = title(both[0])
    for number, seen in enumerate(both):
        seen.page.get_by_label("Coaching note").fill(f"text {number}")
        seen.page.keyboard.press("Tab")
        seen.page.wait_for_timeout(500)
    for seen in both:
        seen.page.get_by_role("button", name="Save review").click()
        if seen is both[0]:
            moved_on(seen, before)
    both[1].page.get_by_text("Theirs: Not said; Not said; text 0").wait_for()
    assert both[1].page.get_by_label("Coaching note").input_value() == "text 1"
    both[1].page.get_by_role("button", name="Save review").click()
    moved_on(both[1], before)
    [contact] = {(one.client, one.interaction_id) for one in reviews(BOTH, database) if one.coaching_note == "text 1"}
    kept = [(one.coaching_note, one.version) for one in history(BOTH, database, *contact)]
    assert kept == [("text 0", 1), ("text 1", None), ("text 1", 2)]


def test_a_double_click_saves_once(visit: Visiting, office: tuple[str, Database]) -> None:
    base, database = office
    seen = visit(base).open(QUEUE)
    before, count = title(seen), len(reviews(BOTH, database))
    seen.page.get_by_label("Coaching note").fill("only once")
    seen.page.keyboard.press("Tab")
    seen.page.wait_for_timeout(500)
    seen.page.get_by_role("button", name="Save review").dblclick()
    moved_on(seen, before)
    assert len(reviews(BOTH, database)) == count + 1


def test_nothing_of_the_call_before_stays_while_the_list_is_read(visit: Visiting, office: tuple[str, Database]) -> None:
    """Streamlit takes away what a run no longer draws once that run has ended, not if it goes over into another."""
    seen, ended = visit(office[0]), []

    def heard(frame: str | bytes) -> None:
        message = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
        if message.WhichOneof("type") == "script_finished":
            ended.append(message.script_finished)

    seen.page.on("websocket", lambda socket: socket.on("framereceived", heard))
    seen.open(QUEUE).page.locator(".cm-turn.chosen").focus()
    seen.after(lambda: seen.page.keyboard.press("w"))
    before, listed = title(seen), seen.page.locator("[data-testid=stDataFrame]").inner_html()
    ended.clear()
    seen.page.keyboard.press("s")
    moved_on(seen, before)
    expect(seen.page.locator("[data-testid=stToast]")).to_contain_text("Saved.")
    seen.page.wait_for_function(
        "(x) => document.querySelector('[data-testid=stDataFrame]').innerHTML !== x", arg=listed
    )
    assert ended[0] == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
