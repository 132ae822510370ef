"""The head of a pooled classifier from graded whole turns: which of its sentences shows a behaviour nobody has said.

Multiple-instance learning (Dietterich, Lathrop & Lozano-Perez 1997, Artificial Intelligence 89): a turn shows what one of its
sentences shows, and a turn that does not show it has no such sentence. One logistic regression an output, fitted a few times;
each time the weight of a turn that shows the behaviour moves to the sentences that the last fit found highest.
"""

from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from care_metrics.models.training.examples import Examples, encode
from care_metrics.models.training.loop import collate

# Strong shrinkage: there are more features than examples.
STRENGTH, AT_ONCE = 5e-4, 48
ROUNDS, SHARPNESS = 4, 2.0


def fit_head(model: Any, tokenizer: Any, rows: Examples) -> None:
    """Set the head's standardisation, weights and constants; the encoder stays as it is."""
    features, owner = pooled_features(model, tokenizer, rows.texts)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    features = (features - mean) / spread
    found = [_regression(features, owner, rows, column) for column in range(rows.targets.shape[1])]
    weights, constants = np.stack([one.coef_[0] for one in found]), np.array([one.intercept_[0] for one in found])
    with torch.no_grad():
        for part, value in (("mean", mean), ("scale", 1 / spread)):
            getattr(model.head, part).copy_(torch.from_numpy(value))
        model.head.linear.weight.copy_(torch.from_numpy(weights))
        model.head.linear.bias.copy_(torch.from_numpy(constants))


def _regression(features: np.ndarray, owner: np.ndarray, rows: Examples, column: int) -> Any:
    """From standardised features of sentences (m x width), the turn each is of (m), and what turns show."""
    shown, weight = rows.targets[owner, column], rows.weights[owner, column]
    known = np.flatnonzero(~np.isnan(shown))
    features, owner, shown, weight = features[known], owner[known], shown[known] > 0.5, weight[known]
    share = np.where(shown, 1 / np.bincount(owner)[owner], 1.0)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    for _ in range(ROUNDS):
        mass = weight * share
        for one in (shown, ~shown):
            mass[one] *= 0.5 * len(shown) / mass[one].sum()
        model.fit(features, shown, sample_weight=mass)
        share = np.where(shown, _shares(model.decision_function(features), owner), 1.0)
    return model


def _shares(logits: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """How much of its turn each sentence speaks for: the higher the more, 1 a turn."""
    highest = np.full(owner.max() + 1, -np.inf)
    np.maximum.at(highest, owner, logits)
    power = np.exp(SHARPNESS * (logits - highest[owner]))
    return power / np.bincount(owner, power)[owner]


@torch.inference_mode()
def pooled_features(model: Any, tokenizer: Any, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Features of sentences (m x width, float32), in no order of the texts, and the text each is of (m)."""
    model.eval()
    rows = encode(tokenizer, texts, [""] * len(texts))
    order = sorted(range(len(rows)), key=lambda row: len(rows[row][0]))
    features, owner = [], []
    for start in range(0, len(order), AT_ONCE):
        batch = order[start : start + AT_ONCE]
        with torch.autocast("cpu", torch.bfloat16):
            found, sentences = model.pooled(**collate([rows[row] for row in batch]))
        features.append(found.numpy())
        owner.append(np.repeat(batch, sentences.numpy()))
    return np.concatenate(features), np.concatenate(owner)
