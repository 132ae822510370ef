"""The middleware and the start, without a browser: the demo for this machine only, sign-in only if it is whole."""

import asyncio
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from care_metrics.errors import BadRequest
from care_metrics.ui.entrance import cookie, exports, headers, middleware, mode
from care_metrics.ui.entrance.middleware import Door

LOCAL = {"host": "localhost:8501"}
AUTH = {
    "redirect_uri": "https://care.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "care_metrics",
    "client_secret": "secret",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}


def asked(path: str = "/", client: str = "127.0.0.1", kind: str = "http", method: str = "GET", **told: str) -> Any:
    """(status, headers) of the answer; 200 where the app behind the door was reached, 'closed' for a websocket."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        cookies = [(b"set-cookie", b"_streamlit_user=x; HttpOnly; Path=/"), (b"access-control-allow-origin", b"*")]
        await send({"type": "http.response.start", "status": 200, "headers": cookies})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "client": (client, 5000)}
    scope["headers"] = [(name.replace("_", "-").encode(), value.encode()) for name, value in (LOCAL | told).items()]
    asyncio.run(Door(app)(scope, None, send))
    if sent[0]["type"] == "websocket.close":
        return "closed", {}
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch):
    """set_up(**changes) -> sign-in configured so."""

    def _set_up(**changes: str) -> None:
        section = {name: value for name, value in (AUTH | changes).items() if value}
        monkeypatch.setattr(mode, "get_secrets_auth_section", lambda: section)
        monkeypatch.setattr(mode, "get_origin_from_redirect_uri", lambda: AUTH["redirect_uri"].rpartition("/")[0])

    return _set_up


@pytest.mark.parametrize("client", ["192.168.1.7", "10.0.0.1", "8.8.8.8", "::ffff:8.8.8.8", "testclient", ""])
def test_the_demo_answers_this_machine_only(client: str) -> None:
    """T13."""
    assert asked(client=client)[0] == 403
    assert asked()[0] == 200
    assert asked(client="::1", host="[::1]:8501")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "192.168.1.7:8501"]
)
def test_another_name_for_this_machine_is_refused(host: str) -> None:
    """DNS rebinding: the browser is here, the page is not ours."""
    assert asked(host=host)[0] == 403


@pytest.mark.parametrize("header", middleware.FORWARDED)
def test_a_proxy_before_the_demo_is_refused(header: str) -> None:
    """A proxy on this machine would let the world in as its operator."""
    assert asked(**{header.replace("-", "_"): "8.8.8.8"})[0] == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:8502", "https://localhost:8501", ""]
)
def test_the_origin_is_exactly_ours(origin: str) -> None:
    """T10."""
    assert asked("/_stcore/stream", kind="websocket", origin=origin)[0] == "closed"
    assert asked("/_stcore/upload_file/a/b", method="PUT", origin=origin)[0] == 403
    assert asked("/_stcore/stream", kind="websocket")[0] == "closed", "without an origin it is no browser"
    assert asked("/_stcore/upload_file/a/b", method="PUT")[0] == 403
    assert asked("/_stcore/stream", kind="websocket", origin="http://localhost:8501")[0] == 200


@pytest.mark.parametrize("path", ["/_stcore/agent/mcp", "/_stcore/agent/interact", "/pillars/_stcore/agent/x"])
def test_the_agent_api_is_off(path: str, set_up) -> None:
    assert asked(path)[0] == 404
    set_up()
    assert asked(path)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/x.csv",
        "/_stcore/metrics",
        "/component/x/index.html",
        "/_stcore/bidi-components/x",
        "/app/static/x",
        "/anything/else",
    ],
)
def test_everything_but_the_way_in_needs_a_login(path: str, set_up) -> None:
    """T12: what is not on the list of open paths is closed."""
    set_up()
    assert asked(path)[0] == 401
    assert asked(path, cookie="_streamlit_user=forged")[0] == 401
    assert asked(path, cookie="\x00;=;;_streamlit_user")[0] == 401
    for open_path in ("/", "/pillars", "/static/js/index.js", "/auth/login", "/oauth2callback", "/_stcore/health"):
        assert asked(open_path)[0] == 200


def test_a_file_that_nobody_exported_is_nobodys() -> None:
    """E6."""
    from care_metrics.reviews.rows import Identity

    assert not exports.may_fetch("/media/abc.csv", Identity("https://id", "ana"))


def test_every_answer_is_secured_and_cookies_stay_on_tls(set_up) -> None:
    """T16."""
    _status, plain = asked()
    assert "strict-transport-security" not in plain
    assert "Secure" not in plain["set-cookie"]
    assert "access-control-allow-origin" not in plain
    set_up()
    for path in ("/", "/media/x"):
        status, told = asked(path)
        assert told["strict-transport-security"].startswith("max-age=31536000")
        assert told["x-frame-options"] == "DENY"
        assert status == 401 or told["set-cookie"].endswith("; Secure")


def test_the_policy_names_no_other_origin_and_no_inline_script() -> None:
    rules = dict(rule.split(" ", 1) for rule in headers.policy().split("; "))
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert not [rule for rule in rules.values() if "http" in rule or "*" in rule]
    assert rules["frame-ancestors"] == rules["object-src"] == rules["default-src"] == "'none'"


@pytest.mark.parametrize("address", [None, "0.0.0.0", "::", "192.168.1.7", "care.example.org", "unix:///tmp/s"])
def test_the_demo_refuses_to_start_on_a_public_address(monkeypatch, set_up, address: str | None) -> None:
    """T13."""
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: address if name == "server.address" else real(name))
    with pytest.raises(BadRequest, match="this machine only"):
        mode.check_settings()
    set_up()
    mode.check_settings()


@pytest.mark.parametrize("name", mode.NEEDED)
def test_half_a_sign_in_is_refused_and_never_a_demo(set_up, name: str) -> None:
    set_up(**{name: ""})
    with pytest.raises(BadRequest, match=name):
        mode.check_settings()
    assert asked()[0] == 503


def test_a_short_secret_and_a_broken_file_are_refused(tmp_path, monkeypatch, set_up) -> None:
    set_up(cookie_secret="short")
    with pytest.raises(BadRequest, match="cookie_secret"):
        mode.signing_in()
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n")
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: [str(broken)] if name == "secrets.files" else real(name))
    monkeypatch.setattr(secrets_singleton, "load_if_toml_exists", lambda: False)
    with pytest.raises(BadRequest, match="no TOML file"):
        mode.signing_in()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.trustedUserHeaders", {"X-User": "email"}),
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("client.disableDataExport", False),
    ],
)
def test_a_setting_that_lets_others_in_or_files_out_ends_the_start(monkeypatch, option: str, value: object) -> None:
    """T11; E3: what the toolbar of a table writes is neither on record nor safe from formulas."""
    mode.check_settings()
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: value if name == option else real(name))
    with pytest.raises(BadRequest):
        mode.check_settings()


@pytest.mark.parametrize(
    "claims",
    [{}, {"iss": 1, "sub": ["x"]}, {"sub": None, "email": {}}, {"email_verified": "yes"}, {"email_verified": 1}],
)
def test_a_claim_of_another_type_counts_as_absent(claims: dict[str, object]) -> None:
    """T1."""
    found = cookie.identity_of(claims)
    assert (found.issuer, found.subject, found.email) == ("", "", "")
    assert found.email_verified is None


@pytest.mark.parametrize(("told", "known"), [(True, True), (False, False), ("true", True), ("false", False)])
def test_a_verified_address_is_told_as_bool_or_text(told: object, known: bool) -> None:
    assert cookie.identity_of({"email_verified": told}).email_verified is known
