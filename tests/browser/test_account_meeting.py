"""An account meeting acted out on one server: the executive shows, then the client looks for themselves."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.browser.acts import parts
from tests.browser.signed_in import Person, Site, settled, sign_in
from tests.browser.test_sign_in import ask, cookies_of
from tests.browser.walk import ended, unseen_by, watch

pytestmark = pytest.mark.browser
# What the executive has open before the client comes in.
SHOWN = ("/care_scorecard", "/client_review?client=Quorix%20Air", "/client_review?client=Vexalia%20Bank")
# What they might send to the client, or the client might try: each names somebody or something that is not the client's.
COPIED = (
    *(
        "/client_review?client=Vexalia%20Bank",
        "/care_scorecard?client=vexalia_bank&site=vexalia_site",
        "/service_vs_care",
    ),
    *(
        "/contacts?kpi=sentiment&contact=vexalia_bank/vexalia-v0",
        "/contacts?kpi=cost_per_contac&agent_id=vexalia_agent_id",
    ),
)
ADDRESS = re.compile(r"(client|site|contact|agent_id)=(vexalia[\w%/ +-]*)", re.IGNORECASE)


def met(reader: Person, *files: bytes) -> list[str]:
    """Foreign words in all that reached this browser so far; what was typed into the address is no answer."""
    frames = [frame.decode(errors="replace") for frame in reader.ear.heard]
    text = "\n".join([*frames, reader.page.content(), *(one.decode(errors="replace") for one in files)])
    return [word for word in unseen_by("quorix_air") if word in ADDRESS.sub("", text).lower()]


def taken(page: Page) -> list[bytes]:
    """Both files behind the page's download button."""
    found, files = [], page.get_by_role("button", name=re.compile("As (CSV|a workbook)"))
    page.get_by_role("button", name="Download these").click()
    expect(files).to_have_count(2)
    for button in files.all():
        with page.expect_download() as coming:
            button.click()
        found += parts(coming.value.path().read_bytes())
    page.keyboard.press("Escape")
    return found


def rows_of(content: bytes) -> list[dict[str, str]]:
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(StringIO("".join(line for line in lines if not line.startswith("# ")))))


def counted(page: Page) -> int:
    """The n that the contacts page speaks of."""
    told = page.get_by_text(re.compile(r"\d+ contacts behind the number")).inner_text()
    return int(re.search(r"(\d+) contacts behind", told)[1])  # ty: ignore


@pytest.fixture(scope="module")
def meeting(browser: Browser, site: Site) -> Iterator[tuple[Person, Person]]:
    """Executive and client reader, each in a browser; the executive's pages of both clients are open and in every cache."""
    eve, ana = Person(browser, site), Person(browser, site)
    sign_in(eve.page, site, "eve")
    settled(eve.page)
    for place in SHOWN:
        eve.open(place)
    assert eve.ear.foreign(eve.page) == ["quorix", "vexalia"], "the executive sees both"
    sign_in(ana.page, site, "ana")
    settled(ana.page)
    yield eve, ana
    for one in (eve, ana):
        one.context.close()


def test_the_client_reads_their_own_review_and_nothing_beside_it(meeting: tuple[Person, Person]) -> None:
    _eve, ana = meeting
    page = ana.page
    expect(page.get_by_text("ana@example.org, Client")).to_be_visible()
    expect(page.get_by_text("Quorix Air ·")).to_be_visible()
    for own in ("quorix_action", "quorix_text"):
        expect(page.get_by_text(own).first).to_be_visible()
    page.get_by_role("button", name="More filters").click()
    for box in page.locator("[data-testid=stPopoverBody] [data-testid=stSelectbox] input").all():
        box.click()
        options = page.get_by_role("option")
        expect(options.first).to_be_visible()
        assert met(ana) == [], options.all_inner_texts()
        box.press("Escape")
    page.keyboard.press("Escape")
    assert met(ana, *taken(page)) == []


def test_counts_and_files_are_the_clients_own(meeting: tuple[Person, Person]) -> None:
    """E4: as many rows in the file as the page says, and as many as there are of this client."""
    eve, ana = meeting
    for one in (eve, ana):
        one.open("/contacts?kpi=sentiment")
    both, own = counted(eve.page), counted(ana.page)
    files = taken(ana.page)
    rows = rows_of(files[0])
    assert len(rows) == own < both
    assert {row["client"] for row in rows} == {"quorix_air"}
    assert met(ana, *files) == []
    eve.open("/contacts?kpi=sentiment&client=Quorix%20Air")
    expect(eve.page.get_by_text(f"{own} contacts behind the number")).to_be_visible()


def test_the_address_of_a_file_serves_nobody_else(meeting: tuple[Person, Person], site: Site) -> None:
    """E6: who exported it reads it again; a colleague with a login of their own, and nobody at all, do not."""
    eve, ana = meeting
    ana.open("/contacts?kpi=nps")
    ana.page.get_by_role("button", name="Download these").click()
    with ana.page.expect_download() as coming:
        ana.page.get_by_role("button", name="As CSV").click()
    path = urlparse(coming.value.url).path
    assert path.startswith("/media/")
    told = [ask(site, path, Cookie=cookies_of(one))[0] for one in (ana, eve)]
    assert [*told, ask(site, path)[0]] == [200, 403, 401]


def test_no_copied_link_and_no_way_back_widens_what_the_client_sees(meeting: tuple[Person, Person]) -> None:
    _eve, ana = meeting
    page = ana.page
    for place in COPIED:
        page.goto(ana.site.app + place)
        settled(page)
        assert met(ana) == [], place
        assert "cost_per_contact" not in page.content(), "an internal number has no name, not even as what was meant"
    page.keyboard.press("Escape")
    watch(page)
    page.get_by_role("link", name="Care scorecard").click()
    ended(page)
    for _step in COPIED:
        page.go_back()
        settled(page)
        assert met(ana) == []
    assert [one for one in ana.problems if "Content Security Policy" in one] == []


def test_another_reader_in_the_place_of_the_last_one_starts_anew(person, site: Site) -> None:
    """T9: the connection of an open page breaks and comes back with the old session's number and the next reader's login."""
    one = person()
    lines: list[WebSocketRoute] = []
    heard: list[bytes] = []

    def through(line: WebSocketRoute) -> None:
        lines.append(line)
        server = line.connect_to_server()
        server.on_message(
            lambda frame: (heard.append(frame if isinstance(frame, bytes) else frame.encode()), line.send(frame))
        )

    one.page.route_web_socket(re.compile("/_stcore/stream"), through)
    sign_in(one.page, site, "ana")
    settled(one.page)
    one.open("/contacts?kpi=sentiment")
    assert any(b"quorix" in frame.lower() for frame in heard)
    other = one.tab()
    sign_out_and_in(other, site, "vic")
    before = len(lines)
    heard.clear()
    lines[-1].close()
    expect(one.page.get_by_text("vic@example.org, Client")).to_be_visible()
    settled(one.page)
    assert len(lines) > before, "the page connected again"
    everything = b" ".join(heard).lower() + one.page.content().lower().encode()
    assert [word for word in unseen_by("vexalia_bank") if word.encode() in everything] == []


def sign_out_and_in(page: Page, site: Site, name: str) -> None:
    page.goto(site.app)
    settled(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(page, site, name)
    settled(page)
