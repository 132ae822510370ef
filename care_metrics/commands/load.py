"""One load of one client inside a publication: batch by batch redacted and merged, then rolled up and committed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import polars as pl

from care_metrics.commands.known_people import People
from care_metrics.commands.load_reports import Account, IngestReport
from care_metrics.commands.loading import Target, keep_counts, know_client, merge_table
from care_metrics.commands.progress import Tell, silent
from care_metrics.commands.redacting import COUNTS_SCHEMA, redacted
from care_metrics.commands.roll_up import roll_up
from care_metrics.commands.stack import Stack
from care_metrics.commands.taken_files import Mark, forget_taken, note_taken
from care_metrics.commands.tombstones import Blocked
from care_metrics.commands.waiting import Waiting
from care_metrics.errors import FileRefused
from care_metrics.privacy.crew import Crew
from care_metrics.store import Publication, Snapshot, compact


class Load:
    """Takes batches of rows (all rows of a key in one batch), then ends with a snapshot if anything changed."""

    def __init__(
        self,
        publication: Publication,
        client: str,
        zone: str,
        people: People,
        redactors: Crew,
        simulated: bool = False,
        tell: Tell = silent,
    ) -> None:
        self._publication, self._store = publication, publication.store
        self._client, self._zone, self._simulated = client, zone, simulated
        self._redactor, self._crew = people.redactor(publication.store, client), redactors
        self._blocked = Blocked(publication.store, client)
        self._account, self._tell = Account(), tell
        self._refused: dict[str, FileRefused] = {}
        self._unsure: set[str] = set()
        self._overruled: set[str] = set()
        self._counts = pl.DataFrame(schema=COUNTS_SCHEMA)
        self._loaded_at = datetime.now(UTC)
        store = publication.store
        before = Snapshot(0, store.versions())
        self._target, self._waiting = Target(store, client, self._loaded_at, before), Waiting(store, client, before)
        self._changed = self._noted = False

    def add(self, batch: Sequence[Stack]) -> None:
        """Redact and merge one batch: stacks of one table each, interactions first."""
        redaction = redacted(self._blocked.set_aside(batch), self._redactor, self._crew)
        self._refused |= {str(error): error for error in redaction.refused}
        self._unsure |= {error.file for error in redaction.refused}
        self._counts = _added_up(self._counts, redaction.counts)
        if redaction.stacks:
            know_client(self._store, self._client, self._zone, self._simulated)
        fresh_legs: pl.DataFrame | None = None
        for stack in redaction.stacks:
            merged = merge_table(self._target, stack, fresh_legs)
            fresh_legs = merged.accepted if stack.table == "interactions" else fresh_legs
            self._changed = self._changed or merged.accepted.height > 0
            self._unsure |= merged.outread
            self._overruled |= {stack.table} if merged.overruled else set()
            self._account.add(stack, merged)
        self._noted = self._waiting.take(redaction.stacks, self._loaded_at) or self._noted

    def end(
        self, refused: Sequence[FileRefused] = (), marks: Mapping[Path, Mark] | None = None, again: bool = False
    ) -> IngestReport:
        """Roll up, keep the record of the load, commit; if nothing changed, only where its files were read `again`.

        marks: by which to know again the files that it took whole.
        """
        self._noted = self._waiting.clear() > 0 or self._noted
        if self._changed:
            compact(self._store, self._client, partial(self._tell, "putting files together"))
            roll_up(self._publication, [self._client], tell=self._tell)
        if self._changed or self._noted or again:
            self._record(marks or {})
        version = self._publication.commit().version
        return IngestReport(self._account.files, (*refused, *self._refused.values()), version)

    def _record(self, marks: Mapping[Path, Mark]) -> None:
        self._account.record(self._store, self._client, self._loaded_at)
        keep_counts(self._store, self._client, self._counts, self._loaded_at)
        if self._overruled:
            forget_taken(self._store, self._client, self._overruled)
        whole = [report for report in self._account.files if report.file not in self._unsure]
        note_taken(self._store, self._client, marks, whole, self._loaded_at)


def _added_up(counts: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    # At once: batches times files would be too many rows to keep until the end.
    return pl.concat([counts, more]).group_by("file", "table", "kind", maintain_order=True).sum()
