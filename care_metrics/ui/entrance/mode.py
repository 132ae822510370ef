"""Whether readers sign in, and what a server without sign-in may be reached by; a broken setting is never taken for none."""

from ipaddress import ip_address
from pathlib import Path

from streamlit import config
from streamlit.auth_util import get_origin_from_redirect_uri, get_secrets_auth_section
from streamlit.runtime.secrets import secrets_singleton

from care_metrics.errors import BadRequest

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32


def signing_in() -> bool:
    """Whether an OpenID Connect provider is set up; BadRequest where secrets.toml cannot be read or lacks something."""
    files = [path for path in config.get_option("secrets.files") if Path(path).exists()]
    if files and not secrets_singleton.load_if_toml_exists():
        raise BadRequest(f"{files[0]} is no TOML file that can be read; correct it, or move it away for the demo.")
    section = get_secrets_auth_section()
    if not section:
        return False
    missing = [name for name in NEEDED if not section.get(name)]
    if missing:
        raise BadRequest(f"[auth] of secrets.toml lacks {', '.join(missing)}; .streamlit/secrets.toml.example has all.")
    if len(section["cookie_secret"]) < SHORTEST_SECRET:
        raise BadRequest(f"cookie_secret of secrets.toml is shorter than {SHORTEST_SECRET} characters; draw a new one.")
    return True


def own_origin() -> str:
    """scheme://host[:port] under which readers reach the app, out of redirect_uri."""
    return get_origin_from_redirect_uri() or ""


def is_loopback(host: str | None) -> bool:
    """Whether this name or address is this machine itself, as far as can be told without asking anybody."""
    name = (host or "").strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def check_settings() -> None:
    """At the start: BadRequest for settings under which nobody may be let in."""
    if config.get_option("server.trustedUserHeaders"):
        raise BadRequest("server.trustedUserHeaders lets whoever reaches the port name themselves; leave it unset.")
    if not config.get_option("server.enableXsrfProtection") or not config.get_option("server.enableCORS"):
        raise BadRequest("server.enableXsrfProtection and server.enableCORS guard the login; leave both on.")
    if not config.get_option("client.disableDataExport"):
        raise BadRequest(
            "client.disableDataExport keeps tables from leaving as files that no log knows of; leave it on."
        )
    address = config.get_option("server.address")
    if not signing_in() and not is_loopback(address):
        raise BadRequest(
            f"Without sign-in the dashboard answers on this machine only, not on {address or 'every address'}: "
            "start it with --server.address 127.0.0.1, or set up sign-in (docs/security.md)."
        )
