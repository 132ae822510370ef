"""The app as a reader's browser shows it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from care_metrics.store import Store
from tests.browser.conftest import Visit
from tests.pages.centre import build

pytestmark = pytest.mark.browser
PATHS = (
    "/",
    "/service_vs_care",
    "/pillars",
    "/client_review",
    "/low_sentiment_calls",
    "/coaching",
    "/coaching?client=acme_air&agent=a1",
    "/calibration",
    "/contacts?kpi=nps",
    "/how_it_is_measured",
    "/data_and_models",
    "/settings",
)
Visiting = Callable[..., Visit]


def test_the_paper_follows_the_theme(visit: Visiting, base: str) -> None:
    papers = {}
    for theme in ("light", "dark"):
        page = visit(base, theme).open("/").page
        papers[theme] = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert papers == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 27, 31)"}


def choose(seen: Visit, label: str, option: str) -> None:
    seen.page.get_by_role("combobox", name=label).click()
    seen.after(lambda: seen.page.get_by_role("option", name=option).click())
    seen.page.wait_for_url("**" + option.replace(" ", "+") + "**")


def choices(seen: Visit) -> list[str]:
    return [box.input_value() for box in seen.page.get_by_role("combobox").all()[:3]]


def test_a_link_restores_the_view(visit: Visiting, base: str) -> None:
    first = visit(base).open("/")
    choose(first, "Period", "Last 30 days")
    choose(first, "Client", "Zeta Bank")
    number = first.page.locator(".cm-card-value").first.inner_text()
    again = visit(base).open(first.page.url.removeprefix(base))
    assert again.page.locator(".cm-card-value").first.inner_text() == number
    assert choices(again) == choices(first)


def test_a_link_may_carry_codes_and_another_language(visit: Visiting, base: str) -> None:
    """Links out of reports carry codes; one sent by a Spanish reader opens in Spanish."""
    seen = visit(base).open("/low_sentiment_calls?lang=es&period=30d&client=zeta_bank")
    assert seen.page.locator("h1").inner_text() == "Sentimiento bajo"
    assert "client=Zeta+Bank" in seen.page.url
    foreign = visit(base).open("/?period=%C3%9Altimos+30+d%C3%ADas")
    assert "period=Last+30+days" in foreign.page.url


def test_from_a_number_to_its_contacts_and_back_with_the_filters(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/")
    choose(seen, "Client", "Acme Air")
    link = seen.page.locator(".cm-card a").first
    promised = link.inner_text()
    link.click()
    seen.page.wait_for_url("**/contacts**")
    seen.page.get_by_text(f"{promised} behind the number").wait_for()
    seen.settle()
    assert "client=Acme+Air" in seen.page.url
    seen.page.go_back()
    seen.page.get_by_role("heading", name="Care scorecard").wait_for()
    expect(seen.page.get_by_role("combobox", name="Client")).to_have_value("Acme Air")


def test_a_place_opens_the_scorecard_narrowed_to_it(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/")
    seen.page.get_by_role("link", name="Client: Acme Air").first.click()
    expect(seen.page.get_by_role("combobox", name="Client")).to_have_value("Acme Air")


@pytest.mark.parametrize(
    ("role", "home"), [("operator", "care_scorecard"), ("agent", "coaching"), ("client", "client_review")]
)
def test_a_readers_first_page_has_its_name_for_an_address_too(visit: Visiting, base: str, role: str, home: str) -> None:
    """A copied link to it, whoever opens it: Streamlit knows its default page by the bare address alone."""
    seen = visit(base).open(f"/{home}?role={role}&period=30d")
    assert seen.page.url.startswith(f"{base}/{home}?")
    assert "period=Last+30+days" in seen.page.url
    assert seen.page.get_by_text("Page not found").count() == 0


def test_a_row_of_the_queue_opens_beside_it_and_by_its_link(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/low_sentiment_calls")
    opened = seen.page.locator(".cm-prose .finding").inner_text()
    queue = seen.page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    assert queue is not None
    seen.after(lambda: seen.page.mouse.click(queue["x"] + 19, queue["y"] + 35 * 3 + 17))
    seen.page.wait_for_url("**contact=**")
    chosen = seen.page.locator(".cm-prose .finding").inner_text()
    assert chosen != opened
    again = visit(base).open(seen.page.url.removeprefix(base))
    assert again.page.locator(".cm-prose .finding").inner_text() == chosen


def test_the_queue_shows_its_last_column_whole(visit: Visiting, base: str) -> None:
    for width in (1440, 1024):
        page = visit(base, width=width).open("/low_sentiment_calls").page
        scroller = page.locator("[data-testid=stDataFrame] .dvn-scroller")
        assert scroller.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), f"the arc is cut at {width}"


def test_the_transcript_walks_by_keyboard(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/low_sentiment_calls")
    start = seen.page.locator(".cm-turn.chosen")
    number = int(start.get_attribute("data-turn") or 0)
    start.focus()
    key, goal = ("ArrowUp", number - 1) if number > 1 else ("ArrowDown", number + 1)
    seen.page.keyboard.press(key)
    assert seen.page.evaluate("document.activeElement.dataset.turn") == str(goal)
    seen.page.keyboard.press("Enter")
    seen.page.locator(f".cm-turn.chosen[data-turn='{goal}']").wait_for()


def test_a_definition_opens_and_closes_by_keyboard(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/")
    seen.page.get_by_role("button", name="What Net Promoter Score means").focus()
    seen.page.keyboard.press("Enter")
    panel = seen.page.locator(".cm-panel:popover-open")
    panel.wait_for()
    assert "recommend" in panel.inner_text()
    assert panel.locator("tbody tr").count() == 13
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_function("() => !document.querySelector('.cm-panel:popover-open')")


HOSTILE = "<img src='http://evil.example/a.png' onerror='alert(1)'>![x](http://evil.example/b.png)[l](http://evil.example)<style>*{display:none}</style>"


def test_text_from_data_never_becomes_markup(
    visit: Visiting, serve: Callable[[Store], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Streamlit's markdown and Plotly's labels would fetch the image and draw the link.

    The fresh server is met by a deep link first, which Streamlit once answered with "page not found".
    """
    names = dict.fromkeys(("reason", "site", "team", "agent_id", "text"), HOSTILE)
    base = serve(build(tmp_path_factory.mktemp("hostile"), 240, **names))
    seen = visit(base)
    for path in reversed(PATHS):
        seen.open(path)
        if path == "/":
            seen.page.get_by_role("button", name="More filters").click()
            seen.page.get_by_role("combobox", name="Site").click()
            seen.page.get_by_role("option").nth(1).wait_for()
        assert seen.page.locator("[src^='http://evil'], [href^='http://evil']").count() == 0, path
        assert seen.page.locator("h1").is_visible(), path


def test_an_unset_route_answers_without_details(visit: Visiting, base: str) -> None:
    seen = visit(base).open("/contacts?kpi=npss")
    assert "Did you mean 'nps'?" in seen.page.locator(".cm-prose .alarm").inner_text()
    assert "Traceback" not in seen.page.content()
