"""erase on the command line: the proof as JSON on stdout; exit 1 where something was left."""

import json
from dataclasses import asdict

from care_metrics.commands.erase import erase
from care_metrics.commands.tenants import known_clients
from care_metrics.errors import StoreUnreadable
from care_metrics.store import open_store, publishing


def run_erase(url: str | None, client: str, customer: str) -> None:
    """Erase and print what may be kept as a proof."""
    store = open_store(url)
    known_clients(store, store.snapshot(), [client])
    with publishing(store) as publication:
        proof = erase(publication, client, customer)
    print(json.dumps(asdict(proof), default=str, indent=1))
    if proof.left:
        raise StoreUnreadable(
            f"{store.url}: {proof.left} old data files could not be deleted; check the folder's rights and run erase again."
        )
