"""A reviewer's half hour by keyboard alone: the queue, ten calls judged and saved, a view kept, a call found, one contested."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from care_metrics.reviews.disputes import disputes
from care_metrics.reviews.engine import Database
from care_metrics.reviews.review import reviews
from care_metrics.scope import operator
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
BOTH = operator(["acme_air", "zeta_bank"])
CALLS = 10
VIEW = "Open ones"


class Reviewer:
    """Somebody at a page who has keys only: the page counts what a pointer does."""

    def __init__(self, seen: Visit) -> None:
        self.seen, self.page, self.press = seen, seen.page, seen.page.keyboard.press
        seen.page.evaluate("window.pointed = 0; addEventListener('pointerdown', () => { window.pointed += 1; }, true)")

    def go(self, role: str, name: str, key: str | None = None) -> None:
        found = self.page.get_by_role(role, name=name).first  # ty: ignore[invalid-argument-type]
        expect(found).to_be_enabled()
        # In one step: what is drawn anew between the two would lose the key.
        if key:
            found.press(key)
        else:
            found.focus()

    def choose(self, box: str, option: str) -> None:
        self.go("combobox", box)
        self.page.keyboard.type(option)
        self.press("Enter")
        expect(self.page.get_by_role("combobox", name=box)).to_have_value(option)

    def save(self) -> None:
        before = self.page.url
        self.press("s")
        self.page.wait_for_url(lambda url: url != before)
        # The next call has the keyboard as soon as it stands there alone, and keeps it while the list beside it follows.
        for _run in range(2):
            self.seen.settle()
            expect(self.page.locator(".cm-turn.chosen")).to_have_count(1)
            expect(self.page.locator(".cm-turn.chosen")).to_be_focused()


@pytest.fixture
def reviewer(visit: Visiting, office: tuple[str, Database]) -> Reviewer:
    one = Reviewer(visit(office[0]).open("/"))
    one.go("link", "Low-sentiment calls", "Enter")
    one.page.get_by_role("heading", name="Low-sentiment calls").wait_for()
    expect(one.page.locator(".cm-turn.chosen")).to_have_count(1)
    one.seen.settle()
    return one


def test_ten_calls_without_a_mouse(reviewer: Reviewer, office: tuple[str, Database]) -> None:
    page, database = reviewer.page, office[1]
    reviewer.seen.after(lambda: reviewer.go("button", "Not reviewed", "Enter"))
    keep_the_view(reviewer)
    page.locator(".cm-turn.chosen").focus()
    judged_in_full(reviewer)
    reviewer.save()
    for number in range(1, CALLS):
        # Two keys in a row: neither verdict gets lost.
        reviewer.press("w" if number % 2 else "r")
        reviewer.press("a")
        reviewer.save()
    reviewer.seen.settle()
    saved = reviews(BOTH, database)
    assert len(saved) == len({(one.client, one.interaction_id) for one in saved}) == CALLS
    first, *others = saved
    assert (first.root_cause, first.next_step) == ("passed_around", "coach_agent")
    assert first.coaching_note == "Own the dispute, Sam."
    assert [(turn.right, turn.valence) for turn in first.turns if not turn.right] == [(False, 0.5)]
    assert [sum(not turn.right for turn in one.turns) for one in others] == [1, 0] * 4 + [1]
    assert page.evaluate("window.pointed") == 0
    opened_again(reviewer)
    found_and_contested(reviewer, database)
    assert page.evaluate("window.pointed") == 0


def judged_in_full(reviewer: Reviewer) -> None:
    """The sentiment of one turn is wrong and what it should be, everything else is right; cause, next step and a note."""
    page = reviewer.page
    reviewer.press("w")
    should = page.locator(".cm-turn.chosen .cm-correct")
    should.focus()
    page.keyboard.type("positive")
    expect(should).to_have_value("0.5")
    reviewer.press("Escape")
    reviewer.choose("Root cause", "Passed around")
    reviewer.choose("Next step", "Coach the agent")
    page.get_by_label("Coaching note").focus()
    page.keyboard.type("Own the dispute, Sam.")
    reviewer.press("Tab")
    reviewer.press("a")
    expect(page.locator(".cm-turn .cm-judge[aria-pressed=false]:text('right')")).to_have_count(1)


def keep_the_view(reviewer: Reviewer) -> None:
    reviewer.go("button", "Saved views", "Enter")
    reviewer.page.get_by_label("Name of the view that is open").focus()
    reviewer.page.keyboard.type(VIEW)
    reviewer.press("Enter")
    reviewer.go("button", "Save this view", "Enter")
    expect(reviewer.page.get_by_role("combobox", name="View")).to_have_value(VIEW)
    reviewer.press("Escape")


def opened_again(reviewer: Reviewer) -> None:
    """The view that was kept brings its reason back after a visit elsewhere."""
    reviewer.go("link", "Calibration", "Enter")
    reviewer.page.get_by_role("heading", name="Calibration").wait_for()
    reviewer.go("link", "Low-sentiment calls", "Enter")
    reviewer.page.get_by_role("heading", name="Low-sentiment calls").wait_for()
    reviewer.seen.settle()
    reviewer.go("button", "Saved views", "Enter")
    reviewer.seen.after(lambda: reviewer.go("button", "Open this view", "Enter"))
    expect(reviewer.page.get_by_text("; not reviewed yet.")).to_be_visible()
    reviewer.press("Escape")


def found_and_contested(reviewer: Reviewer, database: Database) -> None:
    page = reviewer.page
    page.get_by_label("Find a contact").focus()
    page.keyboard.type("z3")
    reviewer.seen.after(lambda: reviewer.press("Enter"))
    expect(page.get_by_text("1 contact found in all data, the newest first.")).to_be_visible()
    page.locator("summary", has_text="Contest a score").focus()
    reviewer.press("Enter")
    page.get_by_label("Why", exact=True).focus()
    page.keyboard.type("This was said to somebody else.")
    reviewer.press("Tab")
    reviewer.seen.settle()
    reviewer.go("button", "Contest it", "Enter")
    expect(page.get_by_text("Contested by operator, open.")).to_be_visible()
    [one] = disputes(BOTH, database)
    assert (one.interaction_id, one.about, one.state) == ("z3", "score", "open")
