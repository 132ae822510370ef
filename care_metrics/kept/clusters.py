"""Rows added up by cluster before they are counted: an agent is one, whatever the number of stretches of time."""

from dataclasses import dataclass

import numpy as np

from care_metrics.kept.chosen import Chosen, Places
from care_metrics.measured import Floats


@dataclass(frozen=True)
class Clustered:
    """As Chosen, with one row a cluster.

    order: of the rows, so that a cluster's lie together; starts: where each cluster begins among them; cells: where each
    cell begins among the clusters.
    """

    chosen: Chosen
    order: Places
    starts: Places
    cells: Places

    @property
    def height(self) -> int:
        """How many cells there are."""
        return self.chosen.height

    @property
    def by(self) -> dict[str, list[str | None]]:
        """The dimensions of each cell."""
        return self.chosen.by

    def column(self, name: str) -> Floats:
        """Each cluster's sum, NaN where all of its rows are null."""
        values = self.chosen.column(name)[self.order]
        if not len(values):
            return values
        known = np.add.reduceat((~np.isnan(values)).astype(np.float64), self.starts)
        return np.where(known > 0, np.add.reduceat(np.where(np.isnan(values), 0.0, values), self.starts), np.nan)

    def add(self, numbers: Floats) -> Floats:
        """Sums by cell of clusters x anything."""
        if not len(self.starts):
            return np.zeros((self.height, *numbers.shape[1:]))
        return np.add.reduceat(numbers, self.cells, axis=0)


def clustered(chosen: Chosen, label: str) -> Clustered:
    """The clusters (client and label) of the chosen rows within each cell."""
    rows, n = chosen.rows, len(chosen.places)
    begins = np.zeros(n, dtype=np.int64)
    begins[chosen.starts[chosen.starts < n]] = 1
    clients, labels = rows.labels["client"], rows.labels[label]
    own = clients.codes[chosen.places].astype(np.int64) * len(labels.words) + labels.codes[chosen.places]
    most = len(clients.words) * len(labels.words)
    cluster = np.cumsum(begins) * most + own
    order = np.argsort(cluster, kind="stable")
    known, starts = np.unique(cluster[order], return_index=True)
    cells = np.flatnonzero(np.diff(known // max(most, 1), prepend=-1))
    return Clustered(chosen, order, starts, cells)
