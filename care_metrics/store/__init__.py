"""The only room with deltalake: Delta tables of Parquet, published together as numbered snapshots."""

from care_metrics.store.compaction import compact
from care_metrics.store.delta import Store, open_store
from care_metrics.store.matching import height, matching, pieces
from care_metrics.store.merge import Merged, merge
from care_metrics.store.publication import Publication, publishing
from care_metrics.store.snapshot import Snapshot

__all__ = [
    "Merged",
    "Publication",
    "Snapshot",
    "Store",
    "compact",
    "height",
    "matching",
    "merge",
    "open_store",
    "pieces",
    "publishing",
]
