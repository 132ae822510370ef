"""From a score of the simulated centre to the turn that is quoted for it, and from the planted collapse to its contacts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.commands.score import SENTIMENT, score
from care_metrics.commands.score_behaviours import BEHAVIOURS
from care_metrics.demo import CLIENTS, simulate
from care_metrics.store import Store, open_store, publishing
from tests.browser.conftest import Visit
from tests.pillars.test_stored import Judge, Mood

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
CLIENT = "brightfen_energy"


@pytest.fixture(scope="module")
def demo(serve: Callable[[Store], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """One client of the simulated centre, scored by stand-ins; the harm is found by the rubric's own rules."""
    store = open_store(str(tmp_path_factory.mktemp("demo") / "store"))
    tables = simulate(9_000)[CLIENT]
    with publishing(store) as publication:
        readings = [reading_of(name, rows) for name, rows in tables.items() if rows.height]
        publish_readings(publication, CLIENT, CLIENTS[CLIENT][1], readings, simulated=True)
    with publishing(store) as publication:
        for scorer, job in ((Mood(), SENTIMENT), (Judge(), BEHAVIOURS)):
            score(store, publication, scorer, [CLIENT], job=job)
    return serve(store)


def test_from_a_score_to_the_quoted_turn_in_three_clicks(visit: Visiting, demo: str) -> None:
    """The text score of ownership, the highest first: the contact opens at the turn quoted; its chip says why."""
    seen = visit(demo).open("/pillars?period=all")
    seen.page.locator(".cm-strips a[href*='kpi=ownership_text']").first.click()
    seen.page.wait_for_url("**/contacts**")
    seen.page.get_by_text("Ownership in text: ").wait_for()
    seen.after(lambda: seen.page.get_by_text("Highest value first").click())
    seen.page.wait_for_url("**order=Highest**")
    turn = seen.page.locator(".cm-turn.agent.chosen")
    assert "I will" in turn.locator(".cm-turn-text").inner_text()
    chip = turn.locator(".cm-chip.part").filter(has_text="takes it on")
    assert chip.inner_text() == "Ownership, in part: takes it on, 1 of 2"
    assert turn.locator(".cm-chip-why:visible").count() == 0
    chip.click()
    assert chip.get_attribute("aria-expanded") == "true"
    told = turn.locator(".cm-chip-why:visible").inner_text()
    assert told == "Takes the matter on in the first person. Read by model beh1, confidence 100%."


def test_the_evidence_list_jumps_to_its_turn(visit: Visiting, demo: str) -> None:
    seen = visit(demo).open("/contacts?kpi=ownership_text&period=all")
    button = seen.page.locator(".cm-evidence-turn").last
    number = button.inner_text().removeprefix("turn ")
    button.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".cm-turn.chosen")).to_have_attribute("data-turn", number)


def test_the_planted_collapse_opens_its_contacts_of_that_month(visit: Visiting, demo: str) -> None:
    seen = visit(demo).open("/pillars?period=all")
    assert "clearly lower in July 2026" in seen.page.locator(".cm-prose .lead").first.inner_text()
    link = seen.page.locator(".cm-strips a[href*='dates=']").first
    promised = link.inner_text()
    link.click()
    seen.page.wait_for_url("**/contacts**")
    seen.page.get_by_text(f"Ownership: {promised} contacts behind the number.").wait_for()
    seen.settle()
    assert "dates=2026-07-01" in seen.page.url
