"""The link to a contact's recording in the vendor's system: opened only where an administrator says recordings are."""

from collections.abc import Collection
from urllib.parse import urlsplit

import streamlit as st

from care_metrics.settings import settings
from care_metrics.ui.answers import Row
from care_metrics.ui.text import _
from care_metrics.ui.view import View

LONGEST = 2_000


def show(view: View, known: Row) -> None:
    """A button to the recording, for the centre's own readers; nothing where there is no address to trust."""
    address = trusted(known.get("source_url"), hosts(settings().recording_hosts))
    if address and view.scope.audience == "internal":
        st.link_button(_("Open the recording"), address, icon=":material/play_circle:", type="tertiary")


def hosts(listed: str) -> frozenset[str]:
    """The hosts of the setting: separated by commas, in small letters."""
    return frozenset(name.strip().casefold() for name in listed.split(",") if name.strip())


def trusted(address: object, allowed: Collection[str]) -> str | None:
    """The address, if it is https to exactly one of the hosts, on its usual port and without a login in it.

    An address comes from an export: what a browser might read in another way than Python does is refused.
    """
    if not isinstance(address, str) or len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return None
    if "\\" in address or " " in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    exact = parts.scheme == "https" and parts.netloc.casefold() in {parts.hostname, f"{parts.hostname}:443"}
    return address if exact and port in (None, 443) and parts.hostname in allowed else None
