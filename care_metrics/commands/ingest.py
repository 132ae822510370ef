"""Ingest: read files, keep what is good, quarantine what is not, publish it all in one commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from care_metrics.commands.known_people import People
from care_metrics.commands.load import Load
from care_metrics.commands.load_reports import Account, FileReport, IngestReport
from care_metrics.commands.progress import Share, Tell, silent
from care_metrics.commands.spool import Spool
from care_metrics.commands.stack import stacked
from care_metrics.commands.taken_files import Mark, marks_of, taken_before
from care_metrics.commands.tenants import checked_slug, checked_zone
from care_metrics.errors import CareMetricsError, FileRefused
from care_metrics.privacy.crew import Crew, crew
from care_metrics.sources.files import find_files
from care_metrics.sources.isolated import Options, check, read_files
from care_metrics.sources.reading import Reading
from care_metrics.store import Publication, Store, publishing

__all__ = ["FileReport", "IngestReport", "Reader", "failure", "ingest", "publish_readings"]


@dataclass(frozen=True)
class Reader:
    """How the sources of one call are to be read."""

    format: str = "auto"
    mapping: Path | None = None
    started_at: datetime | None = None


def ingest(
    store: Store,
    sources: Sequence[str],
    client: str,
    timezone: str | None = None,
    reader: Reader | None = None,
    announce: Callable[[str], None] = lambda _: None,
    dry_run: bool = False,
    tell: Tell = silent,
) -> IngestReport:
    """Read, merge, roll up and publish; the good files of a call in one commit, each refused one reported.

    announce: takes sentences; tell: takes how far it is.
    """
    slug = checked_slug(client, store.clients(store.snapshot()))
    zone = checked_zone(slug, timezone, store.clients(store.snapshot()))
    how = reader or Reader()
    options = Options(slug, zone, how.format, how.mapping, how.started_at, propose=dry_run)
    check(options)
    files, missing = _found(sources)
    with publishing(store) as publication:
        call = _Call(publication, options, announce, tell)
        report = call.tried(files) if dry_run else call.taken(files)
    return replace(report, refused=(*missing, *report.refused))


@dataclass(frozen=True)
class _Call:
    """One call's files on their way into the store."""

    publication: Publication
    options: Options
    announce: Callable[[str], None]
    tell: Tell

    def tried(self, files: Sequence[Path]) -> IngestReport:
        """What would become of them, as far as the files alone tell."""
        with self._spool() as spool:
            drafts = list[str]()
            _, refused = self._read(files, spool, drafts)
            return IngestReport(_seen(spool), tuple(refused), self.publication.base.version, tuple(drafts))

    def taken(self, files: Sequence[Path]) -> IngestReport:
        """Load those that an earlier call has not taken already."""
        store, client = self.publication.store, self.options.client
        marks = marks_of(files, self.options, self.tell)
        before = taken_before(store, client, marks)
        fresh = [path for path in files if path not in before.known]
        with self._spool() as spool:
            people, refused = self._read(fresh, spool)
            if not before.known or not people.new_to(store, client):
                for path in before.known:
                    self.announce(f"{path} was taken before")
                report = self._loaded(spool, people, refused, marks, before.stale)
                known = [one for reports in before.known.values() for one in reports]
                return replace(report, files=(*known, *report.files))
        # Their new names may stand in the other files as well.
        with self._spool() as spool:
            return self._loaded(spool, *self._read(files, spool), marks, before.stale)

    def _loaded(
        self, spool: Spool, people: People, refused: Sequence[FileRefused], marks: Mapping[Path, Mark], again: bool
    ) -> IngestReport:
        if spool.empty:
            return IngestReport((), tuple(refused), self.publication.base.version)
        options, share = self.options, Share(partial(self.tell, "redacting and storing rows"), spool.rows)
        with crew(tell=share.of_batch) as redactors:
            load = Load(self.publication, options.client, options.timezone, people, redactors, tell=self.tell)
            for batch in spool.batches():
                share.begin(sum(stack.rows.height + stack.quarantined.height for stack in batch))
                load.add(batch)
            share.begin(0)
        return load.end(refused, marks, again)

    def _spool(self) -> Spool:
        store = self.publication.store
        return Spool(Path(store.url) if store.local else None)

    def _read(
        self, files: Sequence[Path], spool: Spool, drafts: list[str] | None = None
    ) -> tuple[People, list[FileRefused]]:
        """Everything that can be read into the spool, file by file in a process of its own, and a refusal for the others.

        drafts: takes those of mappings, where the options ask for them.
        """
        people, refused, ended, rows = People(), list[FileRefused](), 0, 0
        for answer in read_files(files, self.options) if files else ():
            rows, ended = (rows + answer.read, ended) if isinstance(answer, Reading) else (rows, ended + 1)
            self.tell("reading files", ended, len(files), f"{rows:,} rows")
            if isinstance(answer, Reading):
                spool.take(answer)
                people.see(answer)
            elif answer.refused:
                refused.append(answer.refused)
                if answer.proposal and drafts is not None:
                    drafts.append(answer.proposal)
                spool.drop()
            else:
                spool.keep()
        return people, refused


def publish_readings(
    publication: Publication,
    client: str,
    zone: str,
    readings: Sequence[Reading],
    refused: Sequence[FileRefused] = (),
    simulated: bool = False,
    redactors: Crew | None = None,
) -> IngestReport:
    """Redact what was read elsewhere, merge it into the client's tables and publish it if anything changed."""
    people = People()
    for reading in readings:
        people.see(reading)
    load = Load(publication, client, zone, people, redactors or Crew(1), simulated)
    load.add(stacked(readings))
    return load.end(refused)


def _seen(spool: Spool) -> tuple[FileReport, ...]:
    account = Account()
    for batch in spool.batches():
        for stack in batch:
            account.add(stack, None)
    return account.files


def _found(sources: Sequence[str]) -> tuple[list[Path], list[FileRefused]]:
    files: list[Path] = []
    refused: list[FileRefused] = []
    for source in sources:
        try:
            files += find_files([source])
        except FileRefused as error:
            refused.append(error)
    return files, refused


def failure(report: IngestReport) -> CareMetricsError | None:
    """What the command exits 1 with: one sentence a refused file."""
    if not report.refused:
        return None
    return CareMetricsError("\n".join(str(error) for error in report.refused))
