"""Five things a reader comes for, each in at most three clicks and a minute, from the page as it opens."""

from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
MOST_CLICKS, MOST_S = 3, 60


class Task:
    """One reader at one task: clicks are counted, and so is the time."""

    def __init__(self, seen: Visit) -> None:
        self.seen, self.page, self.clicks, self.begun = seen, seen.page, 0, monotonic()

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def done(self) -> None:
        assert self.clicks <= MOST_CLICKS
        assert monotonic() - self.begun < MOST_S


@pytest.fixture
def task(visit: Visiting, base: str) -> Iterator[Task]:
    one = Task(visit(base).open("/"))
    yield one
    one.done()


def test_what_changed_is_the_first_thing_said(task: Task) -> None:
    said = task.page.locator(".cm-prose", has_text="Net Promoter Score fell by")
    expect(said.first).to_be_in_viewport()
    expect(said.first).to_contain_text("a clear change for the worse")


def test_whether_it_is_real_stands_on_the_tile_and_behind_it(task: Task) -> None:
    card = task.page.locator(".cm-card", has_text="Net Promoter Score").first
    expect(card).to_contain_text("clear change")
    expect(card).to_contain_text("95% interval")
    expect(card).to_contain_text("answers")
    task.click(task.page.get_by_role("button", name="What Net Promoter Score means"))
    panel = task.page.locator(".cm-panel:popover-open")
    expect(panel).to_contain_text("interval")
    assert panel.locator("tbody tr").count() == 13, "thirteen weeks, each with its value"


def test_who_is_worst_hit_is_named_and_one_click_away(task: Task) -> None:
    expect(task.page.locator(".cm-prose", has_text="Surest change in one place").first).to_contain_text("Acme Air")
    task.click(task.page.get_by_role("link", name="Client: Acme Air").first)
    expect(task.page.get_by_role("combobox", name="Client")).to_have_value("Acme Air")
    expect(task.page.locator(".cm-prose", has_text="Net Promoter Score fell by").first).to_be_visible()


def test_the_turn_behind_a_low_score_is_quoted(task: Task) -> None:
    """From the tile to its contacts, the lowest first, opened at the turn that is lowest."""
    card = task.page.locator(".cm-card", has_text="Sentiment").first
    task.click(card.get_by_role("link").first)
    task.page.wait_for_url("**/contacts?**kpi=sentiment**")
    turn = task.page.locator(".cm-turn.chosen .cm-turn-text")
    expect(turn).to_be_visible()
    assert turn.inner_text().strip()


def test_the_clients_page_for_last_quarter(task: Task) -> None:
    task.click(task.page.get_by_role("link", name="Client review"))
    task.page.get_by_role("heading", name="Client review").wait_for()
    task.click(task.page.get_by_text("Acme Air", exact=True).last)
    task.page.wait_for_url("**client=Acme+Air**")
    task.seen.settle()
    task.click(task.page.get_by_role("combobox", name="Period"))
    task.page.keyboard.type("quarter")
    task.page.keyboard.press("Enter")
    task.page.wait_for_url("**period=Last+full+quarter**")
    # The data end on 30 June, so that the last quarter that they cover whole ended in March or ends with them.
    expect(task.page.get_by_text("Acme Air · 1 ").first).to_be_visible()
