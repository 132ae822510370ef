"""check: is the store whole, are the model files the released ones, is the data complete?"""

from dataclasses import dataclass
from pathlib import Path

from care_metrics.access import warehouse_of
from care_metrics.errors import CareMetricsError
from care_metrics.models.verify import verify
from care_metrics.schema import TABLES
from care_metrics.scope import operator
from care_metrics.store import Snapshot, Store, open_store
from care_metrics.store.own_tables import FACTS

ORPHANS = """SELECT count(DISTINCT (t.client, t.interaction_id)) AS n
FROM {table} t ANTI JOIN facts_leg l ON l.client = t.client AND l.interaction_id = t.interaction_id"""


@dataclass(frozen=True)
class Finding:
    """what: one sentence; wrong: whether the command exits 1 for it (else it is worth knowing)."""

    what: str
    wrong: bool


def run_check(url: str | None) -> None:
    """Print every finding; exit 1 if something is broken."""
    store = open_store(url)
    snapshot = store.snapshot()
    findings = [Finding(problem, True) for problem in verify()]
    findings += _integrity(store, snapshot) + _waiting(store, snapshot) + _quality(store, snapshot)
    for finding in findings:
        print(f"{'BROKEN' if finding.wrong else 'note'}: {finding.what}")
    broken = sum(finding.wrong for finding in findings)
    if broken:
        raise CareMetricsError(f"{store.url}: {broken} of the checks failed; the lines above say what and where.")
    print(f"{store.url}: snapshot {snapshot.version}, {len(snapshot.tables)} tables, nothing broken")


def _integrity(store: Store, snapshot: Snapshot) -> list[Finding]:
    clients = list(store.clients(snapshot))
    files = [file for table in (*TABLES, *FACTS, "scores") for file in store.files(snapshot, table, clients)]
    missing = [file for file in files if store.local and not Path(file).is_file()]
    found = [
        Finding(f"{file}: the snapshot names it, but it is gone; restore it from a backup.", True) for file in missing
    ]
    ahead = [name for name, version in store.versions() if version != snapshot.of(name)]
    if ahead:
        found.append(
            Finding(
                f"{', '.join(ahead)}: a publication was cut off; readers do not see it, the next one undoes it.", False
            )
        )
    return found


def _waiting(store: Store, snapshot: Snapshot) -> list[Finding]:
    """Revisions noted after the current one of their model was: their scores were made and do not count."""
    noted = store.read_small(snapshot, "revisions")
    rows = [] if noted is None else noted.sort("task", "since").to_dicts()
    since = {row["task"]: row["since"] for row in rows if row["current"]}
    text = (
        "{task}: the scores of revision {revision} wait; compare them on Data and models, then run make-current "
        "{task} {revision}"
    )
    later = [row for row in rows if not row["current"] and row["since"] > since.get(row["task"], row["since"])]
    return [Finding(text.format_map(row), False) for row in later]


def _quality(store: Store, snapshot: Snapshot) -> list[Finding]:
    clients = sorted(store.clients(snapshot))
    house = warehouse_of(store, snapshot, operator(clients))
    found: list[Finding] = []
    for row in house.query("SELECT * FROM facts_client ORDER BY client").to_dicts():
        turns, scored = row["n_customer_turns"], row["n_scored_turns"]
        found.append(
            Finding(
                f"{row['client']} ({row['timezone']}): {row['n_interactions']:,} contacts to {row['data_end']}, "
                f"{scored:,} of {turns:,} customer turns scored",
                False,
            )
        )
    for table in ("turns", "evidence"):
        orphans = int(house.query(ORPHANS.format(table=table))["n"][0])
        if orphans:
            found.append(Finding(f"{table} of {orphans:,} unknown interactions wait for them", False))
    quarantine = store.read(snapshot, "quarantine", clients, ["client", "reason"])
    if quarantine is not None and quarantine.height:
        reasons = quarantine.group_by("reason").len().sort("len", descending=True).head(5)
        listed = "; ".join(f"{reason}: {count:,}" for reason, count in reasons.iter_rows())
        found.append(Finding(f"{quarantine.height:,} rows in quarantine ({listed})", False))
    return found
