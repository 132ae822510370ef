"""Splits that keep a conversation on one side, so that a model is never measured on a turn whose neighbour it saw."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold


def group_folds(
    labels: np.ndarray, groups: Sequence[str], folds: int, seed: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Row positions inside and outside each fold; no group is in both, label shares are kept about equal."""
    splitter = StratifiedGroupKFold(n_splits=folds, shuffle=True, random_state=seed)
    yield from splitter.split(np.zeros(len(labels)), labels, groups)
