"""Fit the phrase table: a logistic regression an output on the word groups that occur more than once or twice."""

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from care_metrics.models.phrase_table import PhraseTable, groups
from care_metrics.models.training.examples import Examples

# Texts a group must occur in: one that occurs less says who wrote a text rather than what it shows.
OCCURRENCES, STRENGTH = 3, 30.0


def fit_phrases(tokenizer: Any, rows: Examples) -> PhraseTable:
    """A table whose groups and weights come from these examples alone."""
    ids = token_ids(tokenizer, rows.texts)
    key, count = np.unique(groups(ids)[1], return_counts=True)
    key, count = key[count >= OCCURRENCES], count[count >= OCCURRENCES]
    rarity = np.log((1 + len(ids)) / (1 + count)) + 1
    outputs = rows.targets.shape[1]
    table = PhraseTable(key, rarity, np.zeros((len(key), outputs)), np.zeros(outputs))
    row, at, value = table.found(ids)
    weight, bias = regressions(csr_matrix((value, (row, at)), (len(ids), len(key))), rows, STRENGTH)
    return PhraseTable(key, rarity, weight, bias)


def token_ids(tokenizer: Any, texts: list[str]) -> list[list[int]]:
    """Ids of each text between its [CLS] and [SEP], as the scorer sees them."""
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(texts)]


def regressions(features: Any, rows: Examples, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features x outputs) and constants (outputs) of one logistic regression an output; NaN is left out."""
    weights, constants = [], []
    for column in range(rows.targets.shape[1]):
        target, weight = rows.targets[:, column], rows.weights[:, column]
        known = np.flatnonzero(~np.isnan(target))
        model = LogisticRegression(C=strength, max_iter=400)
        model.fit(features[known], target[known] > 0.5, sample_weight=weight[known])
        weights.append(model.coef_[0])
        constants.append(model.intercept_[0])
    return np.stack(weights, axis=1), np.array(constants)
