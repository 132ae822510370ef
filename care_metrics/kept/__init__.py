"""The rows behind a reader's numbers, held in memory: a page's answers without the time that planning a statement takes."""

from care_metrics.kept.kept import Kept

__all__ = ["Kept"]
