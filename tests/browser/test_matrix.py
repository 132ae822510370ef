"""Every page over no data, over one contact and over a small centre: both themes, two widths, nothing broken."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.store import Store, open_store, publishing
from tests.browser.conftest import Visit
from tests.browser.test_browser import PATHS
from tests.pages.centre import frame

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
Serving = Callable[[Store], str]
WIDTHS = (1440, 1024)
# Of a title, in pixels; the one over no data is Streamlit's own and taller.
TWO_LINES = {"base": 60, "one_row": 60, "empty": 110}
SIDEWAYS = "[document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')].filter(e => e.scrollWidth > e.clientWidth + 1).length"


@pytest.fixture(scope="module")
def empty(serve: Serving, tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(open_store(str(tmp_path_factory.mktemp("empty") / "store")))


@pytest.fixture(scope="module")
def one_row(serve: Serving, tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(with_one_contact(tmp_path_factory.mktemp("one") / "store"))


def with_one_contact(folder: Path) -> Store:
    """One client with one contact, of which next to nothing is known."""
    store = open_store(str(folder))
    rows = [{"interaction_id": "i1", "started_at": datetime(2026, 6, 1, 12, tzinfo=UTC), "outcome": "handled"}]
    with publishing(store) as publication:
        publish_readings(publication, "acme_air", "UTC", [reading_of("interactions", frame("interactions", rows))])
    return store


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["base", "empty", "one_row"])
def test_every_page_stands(visit: Visiting, request: pytest.FixtureRequest, kind: str, theme: str) -> None:
    """No exception, no console error, nothing off origin (`visit` looks), and no sideways scrolling."""
    seen, said = visit(request.getfixturevalue(kind), theme, WIDTHS[0]), []
    for path in PATHS:
        seen.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        if kind == "empty":
            # No page has anything to show, and no version to name: all say how to begin.
            seen.page.goto(seen.base + path)
            seen.page.get_by_role("heading", name="No data yet").wait_for()
        else:
            seen.open(path)
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            said += [f"{path} at {width}: {wrong}" for wrong in broken(seen, TWO_LINES[kind])]
    assert not said, "\n".join(said)


def broken(seen: Visit, two_lines: int) -> list[str]:
    title = seen.page.get_by_role("heading", level=1).first.bounding_box() or {"height": 0.0, "y": 999.0}
    found = {
        "an exception": seen.page.locator("[data-testid=stException]").count(),
        "an alarm": seen.page.locator(".cm-prose .alarm").count(),
        "scrolls sideways": seen.page.evaluate(SIDEWAYS),
        "the title wraps": title["height"] >= two_lines,
        "the first screen begins with empty space": title["y"] >= 130,
    }
    return [what for what, is_so in found.items() if is_so]
