"""grant and revoke: who may sign in, as what and for whom; how the first administrator gets in."""

from typing import cast

from care_metrics.commands.tenants import known_clients
from care_metrics.errors import BadRequest
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.rows import Reader
from care_metrics.scope import Bounds, Role, operator
from care_metrics.store import open_store


def run_grant(
    url: str | None, email: str, role: str, issuer: str, clients: list[str], every_client: bool, bounds: Bounds
) -> None:
    """Invite by e-mail, or change what an invited reader may; print who it is."""
    from care_metrics.reviews import rights

    store = open_store(url)
    snapshot = store.snapshot()
    chosen = known_clients(store, snapshot, clients) if clients else []
    everything = operator(store.clients(snapshot))
    database = open_database(database_url(store=store.url))
    name = email.strip().casefold()
    present = next((one for one in rights.readers(everything, database) if one.email == name), None)
    wanted = Reader(
        issuer, None, name, cast(Role, role), tuple(chosen), every_client, bounds, id=present.id if present else None
    )
    granted = rights.grant(everything, database, wanted)
    print(f"{granted.name}: {granted.role} of {'every client' if every_client else ', '.join(chosen) or 'no client'}")


def run_revoke(url: str | None, email: str) -> None:
    """Take all rights of a reader; they end at the reader's next interaction."""
    from care_metrics.reviews import rights

    store = open_store(url)
    everything = operator(store.clients(store.snapshot()))
    database = open_database(database_url(store=store.url))
    found = [one for one in rights.readers(everything, database) if one.email == email.strip().casefold()]
    if not found or found[0].id is None:
        raise BadRequest(f"No reader has the e-mail {email!r}; the page Access lists those there are.")
    rights.revoke(everything, database, found[0].id)
    print(f"{found[0].name}: revoked")
