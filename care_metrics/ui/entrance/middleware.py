"""Before Streamlit sees a request: where it comes from, whether its reader is signed in, and how it is answered."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from anyio import to_thread

from care_metrics.errors import CareMetricsError
from care_metrics.reviews.rows import Reader
from care_metrics.ui.entrance import exports, mode
from care_metrics.ui.entrance.admission import admit
from care_metrics.ui.entrance.cookie import login_of
from care_metrics.ui.entrance.headers import secured

Message = MutableMapping[str, Any]
Asgi = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]
Refused = tuple[int, str]

# What the way in needs before anybody is signed in: the empty page, its own files, and the connection that asks who it is.
OPEN = re.compile(
    r"/([a-z_]+/?)?|/oauth2callback|/favicon\.(png|ico)|/static/.*|/auth/(login|logout)|([a-z_/]+)?/_stcore/(health|host-config)|/_stcore/stream"
)
NEVER = re.compile(r"(/[a-z_]+)*/_stcore/(agent|script-health-check)(/.*)?")
METRICS = "/_stcore/metrics"
FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-user", "x-real-ip", "forwarded")
READING = ("GET", "HEAD", "OPTIONS")
NOT_FOUND: Refused = (404, "Not found")
NOT_SIGNED_IN: Refused = (401, "Sign in first")
FORBIDDEN: Refused = (403, "Not allowed")


class Door:
    """ASGI middleware around the whole app, its websocket included."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Refuse, or pass on with the security headers."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        try:
            refused = await self._refused(scope)
            https = mode.signing_in() and mode.own_origin().startswith("https://")
        except CareMetricsError:
            refused, https = (503, "Sign-in is not set up correctly, or its database is down"), False
        if refused and scope["type"] == "websocket":
            # Closed before it was accepted: the server answers 403.
            return await send({"type": "websocket.close", "code": 1008})

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": secured(list(message.get("headers", [])), https)}
            await send(message)

        return await (_say(refused, answer) if refused else self.app(scope, receive, answer))

    async def _refused(self, scope: Message) -> Refused | None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if NEVER.fullmatch(scope["path"]):
            return NOT_FOUND
        signing_in = mode.signing_in()
        if not signing_in and not _from_here(scope, headers):
            return FORBIDDEN
        own = mode.own_origin() if signing_in else f"http://{headers.get('host', '')}"
        if not _same_origin(scope, headers.get("origin"), own):
            return FORBIDDEN
        if not signing_in or OPEN.fullmatch(scope["path"]) or exports.is_icon(scope["path"]):
            return None
        # The database is asked in a thread: it may be slow, and everybody's messages pass through here.
        return await to_thread.run_sync(_unless_signed_in, scope["path"], _cookies(headers.get("cookie", "")))


def _from_here(scope: Message, headers: dict[str, str]) -> bool:
    """The demo answers this machine's own browser only: not through a proxy, not under another name."""
    client, host = (scope.get("client") or ("",))[0], headers.get("host", "")
    name = host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    return mode.is_loopback(client) and mode.is_loopback(name) and not any(header in headers for header in FORWARDED)


def _same_origin(scope: Message, origin: str | None, own: str) -> bool:
    """Exactly our origin where one is told, and one is told for whatever is more than reading."""
    if origin is None:
        return scope["type"] == "http" and scope["method"] in READING
    return origin == own


def _unless_signed_in(path: str, cookies: dict[str, str]) -> Refused | None:
    login = login_of(cookies)
    reader = admit(login)
    if login is None or not isinstance(reader, Reader):
        return NOT_SIGNED_IN
    if path == METRICS and reader.role != "admin":
        return FORBIDDEN
    if path.startswith(exports.MEDIA) and not exports.may_fetch(path, login.identity):
        return FORBIDDEN
    return None


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(header).items()}
    except CookieError:
        return {}


async def _say(refused: Refused, send: Callable[[Message], Awaitable[None]]) -> None:
    status, text = refused
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": text.encode()})
