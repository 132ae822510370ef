"""From a login to a Scope and to a page: whoever is not certain to be somebody is nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from care_metrics.reviews import open_database, rights, sign_in
from care_metrics.reviews.rows import Identity, Reader
from care_metrics.scope import Scope, operator
from care_metrics.store import Store
from care_metrics.ui import reader
from care_metrics.ui.cached import Edition
from care_metrics.ui.entrance import admission, mode
from care_metrics.ui.entrance.admission import Refusal
from care_metrics.ui.entrance.cookie import Login
from tests.gate.conftest import words_of
from tests.gate.marked import MARKERS, foreign
from tests.pages.conftest import FRAME

ISSUER = "https://id.example.org"
OPERATOR = operator(MARKERS)


def login(name: str = "ana", token: str = "token", verified: bool | None = True) -> Login:
    return Login(Identity(ISSUER, name, f"{name}@example.org", verified), token)


@pytest.fixture
def ana(rights: Path) -> Reader:
    return grant(rights, "ana", "client", "quorix_air")


def grant(file: Path, name: str, role: str, *clients: str) -> Reader:
    wanted = Reader(ISSUER, name, f"{name}@example.org", role, clients)  # ty: ignore[invalid-argument-type]
    return rights.grant(OPERATOR, open_database(str(file)), wanted)


def admitted(one: Login | None) -> Scope | Refusal:
    return admission.scope_of(one, MARKERS)


def test_a_reader_gets_their_clients_and_no_other(ana: Reader) -> None:
    assert admitted(login()) == Scope(frozenset({"quorix_air"}), "client", "ana@example.org", "client")


def test_whoever_is_not_certain_is_nobody(ana: Reader) -> None:
    """T1, T15."""
    assert admitted(None) == Refusal.SIGNED_OUT
    assert admitted(login("vic")) == Refusal.UNKNOWN
    assert admitted(login("ANA")) == Refusal.UNKNOWN
    assert admitted(login(verified=False)) == Refusal.UNKNOWN
    assert admitted(Login(Identity("https://other", "ana", "ana@example.org", True), "token")) == Refusal.UNKNOWN


def test_an_ended_session_is_nobody(ana: Reader, rights: Path) -> None:
    found = open_database(str(rights))
    admitted(login())
    sign_in.sign_out(found, "token")
    assert admitted(login()) == Refusal.EXPIRED
    assert isinstance(admitted(login(token="another")), Scope), "a new sign-in begins a new session"
    sign_in.seen(found, "old", ana.id or 0, datetime.now(UTC) - timedelta(hours=9))
    assert admitted(login(token="old")) == Refusal.EXPIRED


def test_a_right_that_was_taken_or_changed_counts_at_once(ana: Reader, rights: Path) -> None:
    """T7."""
    from care_metrics.reviews import rights as room

    grant_again = Reader(ISSUER, "ana", "ana@example.org", "client", ("vexalia_bank",), id=ana.id)
    room.grant(OPERATOR, open_database(str(rights)), grant_again)
    moved = admitted(login())
    assert isinstance(moved, Scope)
    assert moved.clients == {"vexalia_bank"}
    room.revoke(OPERATOR, open_database(str(rights)), ana.id or 0)
    assert admitted(login()) == Refusal.UNKNOWN


@pytest.fixture
def signed_in(rights: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Login | None], AppTest]:
    """signed_in(login) -> the app as it meets that login, with a provider set up."""
    monkeypatch.setattr(mode, "signing_in", lambda: True)

    def _signed_in(one: Login | None) -> AppTest:
        monkeypatch.setattr(reader, "login", lambda: one)
        return AppTest.from_file(str(FRAME), default_timeout=30).run()

    return _signed_in


@pytest.mark.parametrize(
    "one", [None, login("stranger"), login(verified=False)], ids=["nobody", "stranger", "unverified"]
)
def test_the_way_in_names_no_client_and_no_number(
    signed_in: Callable[[Login | None], AppTest], one: Login | None
) -> None:
    app = signed_in(one)
    assert not app.exception
    assert [button.label for button in app.button] == ["Sign in"]
    assert foreign(words_of(app)) == []
    assert not app.selectbox, "no filter, no switcher of the demo"


def test_while_rights_cannot_be_looked_up_nobody_is_let_in(
    signed_in: Callable[[Login | None], AppTest], ana: Reader, monkeypatch
) -> None:
    from care_metrics.errors import DatabaseUnavailable
    from care_metrics.ui import database

    def gone() -> None:
        raise DatabaseUnavailable("The database /srv/secret/rights.db cannot be read")

    monkeypatch.setattr(database, "opened", gone)
    app = signed_in(login())
    assert not app.exception
    assert foreign(words_of(app)) == []
    assert "/srv/secret" not in words_of(app)


def test_a_signed_in_client_reader_finds_no_name_of_another(
    signed_in: Callable[[Login | None], AppTest], ana: Reader
) -> None:
    """T6: without the demo's switcher the other client's name stands nowhere."""
    app = signed_in(login())
    assert not app.exception
    assert "terms" in {one.key for one in app.get("bidi_component")}, "the client review opens first"
    assert foreign(words_of(app), "quorix_air") == []


def test_a_part_of_a_page_asks_again_who_is_there(rights: Path, ana: Reader, centre: Store, monkeypatch) -> None:
    """A fragment runs without the frame; what cannot be told counts as no."""
    edition, scope = Edition(centre, centre.snapshot()), admitted(login())
    assert isinstance(scope, Scope)
    monkeypatch.setattr(reader, "login", lambda: login())
    assert reader.still(scope, edition), "the demo has nobody to ask"
    monkeypatch.setattr(mode, "signing_in", lambda: True)
    assert reader.still(scope, edition)
    assert not reader.still(OPERATOR, edition)
    sign_in.sign_out(open_database(str(rights)), "token")
    assert not reader.still(scope, edition)


def test_a_tab_is_denied_at_its_next_run(
    signed_in: Callable[[Login | None], AppTest], ana: Reader, rights: Path
) -> None:
    """T7, T8."""
    app = signed_in(login())
    sign_in.sign_out(open_database(str(rights)), "token")
    app.run()
    assert [button.label for button in app.button] == ["Sign in"]
    assert foreign(words_of(app)) == []


def test_whoever_signs_out_is_sent_to_the_provider_before_anything_runs_again(
    signed_in: Callable[[Login | None], AppTest], ana: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T8: a run that followed would drop the way there, and the provider would let the next person in unasked."""
    app, runs = signed_in(login()), []
    monkeypatch.setattr(streamlit, "logout", lambda: monkeypatch.setattr(reader, "login", lambda: runs.append(1)))
    [out] = [button for button in app.button if button.label == "Sign out"]
    out.click().run()
    assert not app.exception
    assert runs == [], "nobody asked again who is there"
    assert "Sign in" not in [button.label for button in app.button]
