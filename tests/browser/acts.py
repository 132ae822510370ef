"""What a client reader does on the way: acts of a walk, each with the word it is counted by."""

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from playwright.sync_api import Locator

from tests.browser.signed_in import Person
from tests.browser.walk import Walk
from tests.gate.marked import MARKERS

OWN = (
    "/",
    "/care_scorecard",
    "/contacts?kpi=sentiment",
    "/contacts?contact={client}/{marker}-{leg}",
    "/contacts?kpi=nps",
)
# Pages of the staff, and every place of a link where a client, a part of one or one of its contacts can stand.
COPIED = (
    *("/service_vs_care", "/pillars", "/low_sentiment_calls", "/audit", "/access", "/data_and_models"),
    *("/?client={proper}", "/care_scorecard?client={client}", "/care_scorecard?site={marker}_site"),
    *("/contacts?kpi=sentiment&agent_id={marker}_agent_id", "/contacts?contact={client}/{marker}-{leg}"),
    *("/contacts?kpi=nps&team={marker}_team&client={proper}", "/how_it_is_measured?reason={marker}_reason"),
)
# What the staff look at, of every client and of one.
STAFF = (
    *(
        "/care_scorecard",
        "/service_vs_care",
        "/pillars",
        "/client_review",
        "/contacts?kpi=sentiment",
        "/contacts?kpi=nps",
    ),
    *("/client_review?client=Quorix%20Air", "/client_review?client=Vexalia%20Bank", "/how_it_is_measured"),
)
LINKS = "[data-testid=stSidebarNavLink]"
NUMBERS = "[data-testid=stMain] a[href*='contacts']"
CLICKS_WITHIN = 3_000
FORMATS = 2


def link(walk: Walk) -> str:
    _one(walk, walk.page.locator(LINKS)).click(timeout=CLICKS_WITHIN)
    return "link"


def number(walk: Walk) -> str:
    numbers = walk.page.locator(NUMBERS)
    if not numbers.count():
        return link(walk)
    _one(walk, numbers).click(timeout=CLICKS_WITHIN)
    return "number"


def address(walk: Walk) -> str:
    walk.go(walk.rng.choice(OWN), walk.client)
    return "address"


def copied(walk: Walk) -> str:
    walk.go(walk.rng.choice(COPIED), walk.rng.choice([name for name in MARKERS if name != walk.client]))
    return "a link copied from others"


def back(walk: Walk) -> str:
    if not walk.counted["page views"]:
        return link(walk)
    walk.page.go_back()
    if not walk.page.url.startswith(walk.person.site.app):
        # Further back there is the provider's page only.
        walk.page.goto(walk.person.site.app)
    return "the way back"


def select(walk: Walk) -> str:
    _choose(walk, walk.page.locator("[data-testid=stSelectbox]:visible"))
    return "a choice"


def narrow(walk: Walk) -> str:
    walk.page.get_by_role("button", name=_either("filters", "filtros")).click(timeout=CLICKS_WITHIN)
    _choose(walk, walk.page.locator("[data-testid=stPopoverBody] [data-testid=stSelectbox]"))
    return "a filter"


def segment(walk: Walk) -> str:
    _one(walk, walk.page.locator("[data-testid=stButtonGroup] button")).click(timeout=CLICKS_WITHIN)
    return "a segment"


def row(walk: Walk) -> str:
    grid = walk.page.locator("[data-testid=stDataFrame] canvas").first
    if not grid.count():
        return select(walk)
    grid.click(position={"x": 14, "y": 52 + 35 * walk.rng.randrange(8)}, timeout=CLICKS_WITHIN, force=True)
    return "a row"


def download(walk: Walk) -> str:
    opener = walk.page.get_by_role("button", name=_either("download", "descargar"))
    if not opener.count():
        return select(walk)
    opener.first.click(timeout=CLICKS_WITHIN)
    button = walk.page.locator("[data-testid=stPopoverBody] [data-testid=stDownloadButton] button")
    with walk.page.expect_download() as coming:
        button.nth(walk.rng.randrange(FORMATS)).click(timeout=CLICKS_WITHIN)
    walk.taken += parts(coming.value.path().read_bytes())
    walk.counted["files"] += 1
    walk.page.evaluate("window.begun = undefined")
    return "a file"


def _one(walk: Walk, several: Locator) -> Locator:
    several.first.wait_for(timeout=CLICKS_WITHIN)
    return several.nth(walk.rng.randrange(several.count()))


def _choose(walk: Walk, boxes: Locator) -> None:
    """Another value of one of these select boxes."""
    _one(walk, boxes).locator("input").click(timeout=CLICKS_WITHIN)
    options = walk.page.locator("[role=option]:not([aria-selected=true])")
    _one(walk, options).click(timeout=CLICKS_WITHIN)


def _either(*names: str) -> re.Pattern[str]:
    """A button's name in either language."""
    return re.compile("|".join(names), re.IGNORECASE)


def parts(content: bytes) -> list[bytes]:
    """A file as its bytes; a workbook as its parts, which are packed."""
    if not is_zipfile(BytesIO(content)):
        return [content]
    with ZipFile(BytesIO(content)) as book:
        return [book.read(name) for name in book.namelist()]


VIEWS = ((link, 8), (number, 5), (address, 3), (copied, 2), (back, 2))
WIDGETS = ((select, 4), (narrow, 3), (segment, 3), (row, 3), (download, 2))


def side_by_side(walks: Sequence[Walk], views: int) -> None:
    """Each walk sees so many pages, with a widget used on every second one; all of them move at the same time."""
    for number in range(views):
        for acts, kind in ((VIEWS, "page views"), (WIDGETS, "widgets"))[: 1 + number % 2]:
            for walk in walks:
                walk.begin(acts)
            for walk in walks:
                walk.end(kind)


def staff_walk(person: Person, places: Sequence[str] = STAFF) -> list[str]:
    """Whoever sees every client opens all of their pages, which fills the caches; the markers that they met."""
    for place in places:
        person.open(place)
    return person.ear.foreign(person.page)
