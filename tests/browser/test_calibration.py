"""A QA lead draws a sample, corrects a turn of a drawn call, and reads how far the model agrees."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from care_metrics.reviews import open_database
from care_metrics.reviews.engine import Database
from care_metrics.reviews.review import reviews
from care_metrics.scope import operator
from care_metrics.store import Store
from tests.browser.conftest import Visit
from tests.pages.centre import build

pytestmark = pytest.mark.browser
Visiting = Callable[..., Visit]
BOTH = operator(["acme_air", "zeta_bank"])


@pytest.fixture(scope="module")
def office(serve: Callable[[Store], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    store = build(tmp_path_factory.mktemp("office"))
    with pytest.MonkeyPatch.context() as patched:
        path = Path(tmp_path_factory.mktemp("written")) / "calibration.db"
        patched.setenv("CARE_METRICS_DATABASE", str(path))
        yield serve(store), open_database(str(path))


def test_from_a_sample_to_the_agreement(visit: Visiting, office: tuple[str, Database]) -> None:
    base, database = office
    seen = visit(base, width=1024).open("/calibration")
    seen.page.get_by_role("button", name="Draw the sample").click()
    seen.page.get_by_text("Choose a plan to see its contacts.").wait_for()
    seen.open("/low_sentiment_calls?why=Random+sample")
    expect(seen.page.get_by_text("drawn by a random sample.")).to_be_visible()
    seen.page.locator(".cm-turn .cm-judge").nth(1).click()
    seen.page.locator(".cm-turn .cm-correct").select_option("neutral")
    seen.settle()
    expect(seen.page.locator(".cm-turn .cm-correct")).to_have_value("0")
    seen.page.get_by_role("button", name="The rest is right").click()
    expect(seen.page.locator(".cm-turn .cm-judge[aria-pressed=true]")).to_have_count(4)
    before = seen.page.locator(".cm-prose .finding").first.inner_text()
    seen.page.get_by_role("button", name="Save review").click()
    seen.page.wait_for_function("(x) => document.querySelector('.cm-prose .finding').innerText !== x", arg=before)
    [saved] = reviews(BOTH, database)
    assert sorted((turn.right, turn.valence) for turn in saved.turns)[0] == (False, 0.0)
    seen.settle().open("/calibration?lang=es")
    expect(seen.page.get_by_text("los revisores coinciden con el modelo en 3 de 4 turnos")).to_be_visible()
