"""Which client a command is about: slugs are looked up, never guessed and never taken from a file."""

import re
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from care_metrics.errors import BadClient, BadRequest, UnknownName
from care_metrics.schema import CLIENT_SLUG
from care_metrics.store import Snapshot, Store


def checked_slug(client: str, known: dict[str, str]) -> str:
    """The slug as given, or a refusal that names the nearest known client."""
    if re.match(CLIENT_SLUG, client) and client.isascii():
        return client
    near = get_close_matches(client.strip().lower(), list(known), n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]!r}?" if near else "Use 1 to 40 of a-z, 0-9 and _."
    raise BadClient(f"--client {client!r} is no client slug. {hint}")


def checked_zone(client: str, wanted: str | None, known: dict[str, str]) -> str:
    """The client's IANA time zone: fixed when the client is created, UTC unless said otherwise."""
    if wanted is not None:
        try:
            ZoneInfo(wanted)
        except (ZoneInfoNotFoundError, ValueError, OSError, TypeError) as error:
            raise BadRequest(
                f"--timezone {wanted!r} is no IANA time zone; use a name such as America/Bogota."
            ) from error
    present = known.get(client)
    if present and wanted and wanted != present:
        raise BadRequest(
            f"--timezone {wanted!r}: client {client!r} was created with {present!r}, and its days would all move; leave the option out."
        )
    return present or wanted or "UTC"


def known_clients(store: Store, snapshot: Snapshot, asked: list[str]) -> list[str]:
    """The clients asked for, all of them if none was; an unknown one is refused with the nearest."""
    known = store.clients(snapshot)
    for client in asked:
        if client not in known:
            raise UnknownName("client", client, known)
    return sorted(set(asked) or known)
