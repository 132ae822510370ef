"""A centre of two clients in which every word of a client carries that client's marker."""

from datetime import date
from pathlib import Path

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.reviews import actions, annotations, targets
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Action, Annotation, Target
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from tests.pages.centre import frame, tables

# Client -> what may stand on a page only for those who may see that client, in small letters.
MARKERS = {"quorix_air": "quorix", "vexalia_bank": "vexalia"}
# What stands in notes of the centre's own, and on no client's page.
INNER = "inner_note"
# As long as what is quoted.
SAID = "was said here by a customer in a sentence long enough to be quoted"


def build(folder: Path, contacts: int = 120, *, only: str = "") -> Store:
    """Both clients with their markers in site, team, reason, agent and text, and as the name itself.

    only: leave the other client out; this one's rows are the same.
    """
    store = open_store(str(folder / "store"))
    with publishing(store) as publication:
        for seed, (client, marker) in enumerate(MARKERS.items()):
            if only not in ("", client):
                continue
            words = {name: f"{marker}_{name}" for name in ("reason", "site", "team", "agent_id")}
            words["text"] = f"{marker}_text {SAID}"
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


def work(database: Database) -> None:
    """What people agreed, noted and aim for, for each client and for the centre alone."""
    everybody, day = operator(MARKERS), date(2026, 5, 1)
    annotations.annotate(everybody, database, Annotation(None, day, f"{INNER} of the centre"))
    for client, marker in MARKERS.items():
        actions.agree(everybody, database, Action(marker, client, f"{marker}_action", f"{marker}_owner", key=marker))
        annotations.annotate(everybody, database, Annotation(client, day, f"{marker}_day", "client"))
        annotations.annotate(everybody, database, Annotation(client, day, f"{marker}_day {INNER}"))
        targets.set_target(everybody, database, Target(client, "nps", ">=", 40.0, "contract", day))
