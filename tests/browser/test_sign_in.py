"""Two clients, staff and strangers on one server, each in a browser of their own."""

import http.client
import random
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from care_metrics.reviews import open_database, rights
from care_metrics.reviews.engine import Database
from tests.browser.acts import STAFF, side_by_side, staff_walk
from tests.browser.signed_in import OPERATOR, Person, Site, settled, sign_in
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


@pytest.fixture
def database(site: Site) -> Database:
    return open_database(str(site.database))


def ask(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    where = urlparse(site.app)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def cookies_of(person: Person) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in person.context.cookies(person.site.app))


def test_before_anybody_signs_in_nothing_is_told(site: Site, person) -> None:
    """T1, T12."""
    for path in (
        "/media/x.csv",
        "/_stcore/metrics",
        "/component/x",
        "/_stcore/bidi-components/x",
        "/_stcore/upload_file/a/b",
    ):
        assert ask(site, path)[0] == 401, path
    assert ask(site, "/_stcore/agent/openapi.json")[0] == 404
    stranger = person()
    stranger.page.goto(site.app + "/pillars")
    expect(stranger.page.get_by_role("button", name="Sign in")).to_be_visible()
    assert stranger.ear.foreign(stranger.page) == []


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{host}", None])
def test_a_connection_from_another_origin_is_refused(site: Site, origin: str | None) -> None:
    """T10: the sibling port that Streamlit alone would accept, too."""
    host = urlparse(site.app).netloc
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    told = {} if origin is None else {"Origin": origin.format(host=host)}
    assert ask(site, "/_stcore/stream", **headers, **told)[0] == 403
    assert ask(site, "/_stcore/stream", **headers, Origin=site.app)[0] == 101
    assert ask(site, "/_stcore/upload_file/a/b", "PUT", **told)[0] == 403


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    """T16; HSTS and Secure cookies are the proxy's or come with an https origin."""
    for path in ("/", "/_stcore/health", "/media/x", "/static/none.js"):
        _status, headers = ask(site, path)
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "img-src 'self' data: blob:" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("staff_first", [True, False])
def test_two_clients_side_by_side_never_see_each_other(person, staff_first: bool) -> None:
    """T2, T3, T9: caches filled by staff first, and by clients first; tests/faults/page_views.py goes on for long."""
    one, two = person(), person()
    for reader, name in ((one, "ana"), (two, "vic")):
        sign_in(reader.page, reader.site, name)
        settled(reader.page)
    if staff_first:
        eve = person()
        sign_in(eve.page, eve.site, "eve")
        settled(eve.page)
        assert staff_walk(eve, STAFF[:5:2]) == ["quorix", "vexalia"], "the detector sees what the staff see"
    walks = [Walk(one, "quorix_air", random.Random(1)), Walk(two, "vexalia_bank", random.Random(2))]
    side_by_side(walks, 3)
    assert [found for walk in walks for found in (*walk.found, *walk.failed)] == []


def test_a_stranger_with_a_valid_login_sees_nothing(person) -> None:
    """T1, T15."""
    for name in ("nobody", "ana.unverified"):
        one = person()
        sign_in(one.page, one.site, name)
        expect(one.page.get_by_text("this account may see nothing here")).to_be_visible()
        assert one.ear.foreign(one.page) == []


def test_a_client_cannot_open_a_page_of_the_staff_by_its_address(person) -> None:
    one = person()
    sign_in(one.page, one.site, "ana")
    settled(one.page)
    one.page.goto(one.site.app + "/service_vs_care")
    expect(one.page.get_by_text("Page not found")).to_be_visible()
    expect(one.page.get_by_text("Judged by speed, judged by care")).to_have_count(0)


def test_signing_out_in_one_tab_ends_the_other_at_its_next_interaction(person) -> None:
    """T8."""
    one = person()
    sign_in(one.page, one.site, "ana")
    settled(one.page)
    other = one.tab()
    other.goto(one.site.app + "/how_it_is_measured")
    settled(other)
    cookies = cookies_of(one)
    one.page.get_by_role("button", name="Sign out").click()
    one.page.get_by_role("button", name="Yes, sign me out").click()
    expect(one.page.get_by_role("button", name="Sign in")).to_be_visible()
    other.get_by_role("radio", name="Español").click()
    expect(other.get_by_text("Tu sesión ha terminado").or_(other.get_by_text("Your session has ended"))).to_be_visible()
    assert ask(one.site, "/component/x", Cookie=cookies)[0] == 401, "the old cookie opens nothing"


def test_a_right_taken_away_ends_at_the_next_interaction(person, database: Database) -> None:
    """T7."""
    one = person()
    sign_in(one.page, one.site, "rob")
    settled(one.page)
    [rob] = [reader for reader in rights.readers(OPERATOR, database) if reader.email.startswith("rob")]
    rights.revoke(OPERATOR, database, rob.id or 0)
    one.page.get_by_role("radio", name="Español").click()
    expect(one.page.get_by_text("no puede ver nada").or_(one.page.get_by_text("may see nothing"))).to_be_visible()


def test_a_session_older_than_8_hours_has_ended(person, database: Database) -> None:
    from sqlalchemy import text

    one = person()
    sign_in(one.page, one.site, "old")
    settled(one.page)
    with database.writing() as connection:
        connection.execute(
            text(
                "UPDATE sessions SET first_seen = datetime(first_seen, '-9 hours') WHERE reader_id = (SELECT id FROM readers WHERE email = 'old@example.org')"
            )
        )
    one.page.reload()
    expect(one.page.get_by_text("Your session has ended")).to_be_visible()


def test_a_cookie_opens_what_its_reader_may_and_a_changed_one_nothing(site: Site, person) -> None:
    """T1, E6, T11."""
    one = person()
    sign_in(one.page, one.site, "ana")
    settled(one.page)
    cookies = cookies_of(one)
    assert ask(site, "/component/x", Cookie=cookies)[0] == 404, "let in, and not there"
    assert ask(site, "/_stcore/metrics", Cookie=cookies)[0] == 403, "for administrators"
    assert ask(site, "/media/guessed.csv", Cookie=cookies)[0] == 403, "nobody's file"
    name = cookies.index("_streamlit_user=") + len("_streamlit_user=") + 12
    changed = cookies[:name] + ("A" if cookies[name] != "A" else "B") + cookies[name + 1 :]
    assert ask(site, "/component/x", Cookie=changed)[0] == 401
    assert ask(site, "/component/x", X_Forwarded_User="adam@example.org")[0] == 401
