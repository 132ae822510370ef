"""The rows of one Scope's warehouse, each grain read when it is first asked for."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Lock

from care_metrics.errors import CareMetricsError, NotAllowed
from care_metrics.filters import Filters
from care_metrics.kept import cohort, sums
from care_metrics.kept.chosen import choose
from care_metrics.kept.rows import Rows, load
from care_metrics.kpis import CATALOGUE, PARTS
from care_metrics.kpis.compiler import check_dimensions
from care_metrics.kpis.grains import GRAINS, require
from care_metrics.kpis.kpi import Cohort, Kpi, Quotient
from care_metrics.measured import Cells
from care_metrics.schema import TIME_DIMENSIONS
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse

# On the demo centre 43 MB of numbers for 60,000 of them, and the places of their words; where there are more, the database answers from its files.
MOST_CONTACTS = 200_000
CORES = os.cpu_count() or 1


class Kept:
    """Answers questions of one Scope from memory, for one instant of asking.

    Whoever asks first waits for the rows: reading them takes no longer than the database takes for the numbers of a page.
    """

    def __init__(self, house: Warehouse, scope: Scope, as_of: datetime | None) -> None:
        self._house, self._scope, self._as_of = house, scope, as_of
        self._lock = Lock()
        self._rows: dict[str, Rows] = {}
        self._memberships: cohort.Memberships | None = None
        self._tried: set[str] = set()

    def holds(self, filters: Filters, entries: Sequence[Kpi]) -> bool:
        """Whether such a question is answered here; the rows that it needs are read now, if they are not there yet."""
        by_time = any(name in TIME_DIMENSIONS for name, _ in filters.where)
        of_cohorts = any(isinstance(entry.measure, Cohort) for entry in entries)
        if (by_time and of_cohorts) or self._scope.bounds or filters.as_of != self._as_of:
            return False
        if self._house.n_contacts > MOST_CONTACTS:
            return False
        wanted = {entry.grain for entry in entries if not isinstance(entry.measure, Quotient)}
        return wanted <= self._present() or self._try(wanted)

    def make_ready(self) -> None:
        """Have all rows read, if they are to be held at all."""
        self.holds(Filters(as_of=self._as_of), self._visible())

    def _try(self, grains: set[str]) -> bool:
        """Whether the rows of these grains are there, after one trial to read them."""
        # Where it fails, for want of memory or time, the database goes on answering and says so itself.
        with suppress(CareMetricsError), self._lock:
            untried = sorted(grains - self._tried)
            self._tried |= grains
            self._read(untried)
        return grains <= self._present()

    def read(self, grains: Iterable[str] = GRAINS) -> None:
        """Read the rows of these grains, those that are not there yet."""
        with self._lock:
            self._read(grains)

    def _read(self, grains: Iterable[str]) -> None:
        # A grain is read by one core, for it fills no more than a block or two of a file.
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(self._read_one, [name for name in grains if name not in self._present()]))

    def _read_one(self, name: str) -> None:
        entries = [entry for entry in self._visible() if entry.grain == name]
        if name == "customer":
            self._memberships = cohort.load(self._house, self._scope, entries)
        elif entries:
            self._rows[name] = load(self._house, self._scope, GRAINS[name], entries, self._as_of)

    def _present(self) -> set[str]:
        return set(self._rows) | ({"customer"} if self._memberships else set())

    def cells(self, scope: Scope, entries: Sequence[Kpi], filters: Filters, by: Sequence[str]) -> dict[str, Cells]:
        """The cells of each KPI but of quotients, as the database would count them."""
        if scope != self._scope:
            raise NotAllowed("These rows were read for another reader and are not shown; please report this.")
        check_dimensions(by)
        found: dict[str, Cells] = {}
        plain = [entry for entry in entries if not isinstance(entry.measure, Quotient)]
        for entry in entries:
            require(entry, (*by, *(name for name, _ in filters.where)))
        for name in dict.fromkeys(entry.grain for entry in plain):
            same = [entry for entry in plain if entry.grain == name]
            cohorts = [entry for entry in same if isinstance(entry.measure, Cohort)]
            if cohorts and self._memberships:
                found |= cohort.cells_of(cohorts, self._memberships, filters, by)
            rest = [entry for entry in same if entry not in cohorts]
            if rest:
                found |= sums.cells_of(rest, choose(self._rows[name], filters, by))
        return found

    def _visible(self) -> list[Kpi]:
        """What this reader may see; the others' columns are not even read."""
        known = [*CATALOGUE.values(), *PARTS.values()]
        theirs = [entry for entry in known if self._scope.audience == "internal" or entry.audience == "client"]
        return [entry for entry in theirs if not isinstance(entry.measure, Quotient)]
