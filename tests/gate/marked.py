"""A centre of two clients in which every word of a client carries that client's marker."""

from pathlib import Path

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.store import Store, open_store, publishing
from tests.pages.centre import frame, tables

# Client -> what may stand on a page only for those who may see that client, in small letters.
MARKERS = {"quorix_air": "quorix", "vexalia_bank": "vexalia"}


def build(folder: Path, contacts: int = 120) -> Store:
    """Both clients with their markers in site, team, reason, agent and text, and as the name itself."""
    store = open_store(str(folder / "store"))
    with publishing(store) as publication:
        for seed, (client, marker) in enumerate(MARKERS.items()):
            words = {name: f"{marker}_{name}" for name in ("reason", "site", "team", "agent_id", "text")}
            rows = tables(client, contacts, seed, words)
            for row in rows["interactions"]:
                row["interaction_id"] = f"{marker}-{row['interaction_id']}"
            for table in ("turns", "surveys"):
                for row in rows[table]:
                    row["interaction_id"] = f"{marker}-{row['interaction_id']}"
            readings = [reading_of(table, frame(table, lines)) for table, lines in rows.items() if lines]
            publish_readings(publication, client, "UTC", readings)
    return store


def foreign(shown: str, *seen: str) -> list[str]:
    """The markers in a text that belong to other clients than those seen."""
    return [marker for client, marker in MARKERS.items() if client not in seen and marker in shown.lower()]
