"""One load of one client inside a publication: batch by batch redacted and merged, then rolled up and committed."""

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from care_metrics.commands.known_people import People
from care_metrics.commands.load_reports import Account, IngestReport
from care_metrics.commands.loading import keep_counts, keep_quarantine, know_client, merge_table
from care_metrics.commands.quarantine import clear_repaired
from care_metrics.commands.redacting import COUNTS_SCHEMA, redacted
from care_metrics.commands.roll_up import roll_up
from care_metrics.commands.tombstones import Blocked
from care_metrics.errors import FileRefused
from care_metrics.privacy.crew import Crew
from care_metrics.schema import TABLES
from care_metrics.sources.reading import Reading
from care_metrics.store import Publication


class Load:
    """Takes batches of readings (all rows of a key in one batch), then ends with a snapshot if anything changed."""

    def __init__(
        self, publication: Publication, client: str, zone: str, people: People, redactors: Crew, simulated: bool = False
    ) -> None:
        self._publication, self._store = publication, publication.store
        self._client, self._zone, self._simulated = client, zone, simulated
        self._redactor, self._crew = people.redactor(publication.store, client), redactors
        self._blocked = Blocked(publication.store, client)
        self._account = Account()
        self._refused: dict[str, FileRefused] = {}
        self._counts = [pl.DataFrame(schema=COUNTS_SCHEMA)]
        self._loaded_at = datetime.now(UTC)
        self._changed = self._noted = False

    def add(self, readings: Sequence[Reading]) -> None:
        """Redact and merge one batch."""
        redaction = redacted(self._blocked.set_aside(readings), self._redactor, self._crew)
        self._refused |= {str(error): error for error in redaction.refused}
        self._counts.append(redaction.counts)
        if redaction.readings:
            know_client(self._store, self._client, self._zone, self._simulated)
        for table in _in_order(redaction.readings):
            same = [reading for reading in redaction.readings if reading.table == table]
            merged = merge_table(self._store, self._client, table, same, self._loaded_at)
            self._changed = self._changed or merged.accepted.height > 0
            for reading in same:
                self._account.add(reading, merged)
        repaired = clear_repaired(self._store, self._client, redaction.readings)
        kept = keep_quarantine(self._store, self._client, redaction.readings, self._loaded_at)
        self._noted = self._noted or kept or repaired > 0

    def end(self, refused: Sequence[FileRefused] = ()) -> IngestReport:
        """Roll up, keep the record of the load, commit."""
        if self._changed:
            roll_up(self._publication, [self._client])
        if self._changed or self._noted:
            self._account.record(self._store, self._client, self._loaded_at)
            counts = pl.concat(self._counts).group_by("file", "table", "kind", maintain_order=True).sum()
            keep_counts(self._store, self._client, counts, self._loaded_at)
        version = self._publication.commit().version
        return IngestReport(self._account.files, (*refused, *self._refused.values()), version)


def _in_order(readings: Sequence[Reading]) -> list[str]:
    # Interactions first: turns and evidence are stored under the month of their interaction.
    present = {reading.table for reading in readings}
    return [table for table in TABLES if table in present]
