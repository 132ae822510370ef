"""A lead at work on a plan: what is typed outlives the tab, and is saved once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from care_metrics.reviews.coaching import plans
from care_metrics.reviews.engine import Database
from care_metrics.scope import operator
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
ACME = operator(["acme_air"])
PAGE = "/coaching?client=Acme+Air&agent=A1"


def test_a_plan_that_was_being_typed_outlives_the_tab(visit: Visiting, office: tuple[str, Database]) -> None:
    first = visit(office[0]).open(PAGE)
    step = first.page.get_by_label("Agreed step")
    step.focus()
    first.after(lambda: first.page.keyboard.type("One question at a time"))
    expect(step).to_be_focused()
    first.page.get_by_role("spinbutton", name="year, Look again on").focus()
    first.page.keyboard.type("20260803")
    first.after(lambda: step.focus())
    first.page.close()
    again = visit(office[0]).open(PAGE)
    expect(again.page.get_by_label("Agreed step")).to_have_value("One question at a time")
    expect(again.page.get_by_role("spinbutton", name="day, Look again on")).to_have_text("03")
    expect(again.page.get_by_text("From the draft you left.")).to_be_visible()
    again.page.get_by_label("Agreed step").press_sequentially(", please")
    # The click takes the focus from the box: what was typed last comes with it.
    again.page.get_by_role("button", name="Save the plan").click()
    expect(again.page.get_by_text("Saved.")).to_be_visible()
    [saved] = plans(ACME, office[1])
    assert (saved.goal, str(saved.follow_up)) == ("One question at a time, please", "2026-08-03")
    again.settle()
    expect(again.page.get_by_text("From the draft you left.")).to_have_count(0)
