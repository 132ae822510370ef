"""The login cookie that Streamlit signs after OpenID Connect: read again here, with 8 hours instead of its 30 days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from care_metrics.reviews.rows import LONGEST, Identity
from care_metrics.ui.entrance import mode


@dataclass(frozen=True)
class Login:
    """An identity, and the signed text that one sign-in of theirs is known by."""

    identity: Identity
    token: str = field(repr=False)


def login_of(cookies: Mapping[str, str]) -> Login | None:
    """The login in a request's cookies; None where it is absent, tampered with, older than 8 hours or another app's."""
    secret, days = get_cookie_secret(), LONGEST / timedelta(days=1)

    def one(name: str) -> bytes | None:
        # latin-1: what HTTP carries cookies in.
        return decode_signed_value(secret, name, cookies.get(name, "").encode("latin-1", "replace"), days)

    value = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    try:
        claims = json.loads(value) if value else None
    except ValueError:
        return None
    if not isinstance(claims, dict) or not claims.get("is_logged_in") or claims.get("origin") != mode.own_origin():
        return None
    parts = sorted(name for name in cookies if name == USER_COOKIE_NAME or _is_chunk(name))
    return Login(identity_of(claims), ";".join(cookies[name] for name in parts))


def identity_of(claims: Mapping[str, object]) -> Identity:
    """What the provider vouches for; a claim of another type than expected counts as absent."""
    verified = claims.get("email_verified")
    texts = {name: value if isinstance(value := claims.get(name), str) else "" for name in ("iss", "sub", "email")}
    known = {True: True, False: False, "true": True, "false": False}
    told = known.get(verified) if isinstance(verified, bool | str) else None
    return Identity(texts["iss"], texts["sub"], texts["email"], told)


def _is_chunk(name: str) -> bool:
    start, _underscore, number = name.rpartition("_")
    return start == USER_COOKIE_NAME and number.isdigit()
