"""How far to trust the encoder and how far the phrases: two shares and a constant an output, from held-out turns."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression

from care_metrics.models.phrase_table import PhraseTable


@dataclass(frozen=True)
class Blend:
    """Factors of the encoder's and the phrases' logits and a constant, one an output each."""

    encoder: np.ndarray
    phrases: np.ndarray
    constant: np.ndarray

    def probabilities(self, encoder: np.ndarray, phrases: np.ndarray) -> np.ndarray:
        """Honest chances (n x outputs): the classes' weights in training have made the logits too bold."""
        return 1 / (1 + np.exp(-(encoder * self.encoder + phrases * self.phrases + self.constant)))


def fit_blend(encoder: np.ndarray, phrases: np.ndarray, targets: np.ndarray) -> Blend:
    """Logistic regressions on two logits a turn, each from models that had not seen it; no share is negative."""
    shares, constants = [], []
    for column in range(targets.shape[1]):
        both = np.stack([encoder[:, column], phrases[:, column]], axis=1)
        model = LogisticRegression().fit(both, targets[:, column])
        if (model.coef_[0] < 0).any():
            both[:, model.coef_[0] < 0] = 0.0
            model.fit(both, targets[:, column])
        shares.append(model.coef_[0].clip(min=0.0))
        constants.append(model.intercept_[0])
    return Blend(*np.stack(shares, axis=1), np.array(constants))


def cross_fitted(
    encoder: np.ndarray, phrases: np.ndarray, targets: np.ndarray, fold_of: np.ndarray, asked: np.ndarray
) -> np.ndarray:
    """Probabilities (n x outputs) of each fold under the blend of the `asked` rows (n, bool) of the other folds."""
    out = np.empty(encoder.shape)
    for fold in np.unique(fold_of):
        inside, outside = (fold_of != fold) & asked, fold_of == fold
        blend = fit_blend(encoder[inside], phrases[inside], targets[inside])
        out[outside] = blend.probabilities(encoder[outside], phrases[outside])
    return out


def apply_blend(blend: Blend, model: Any, table: PhraseTable) -> PhraseTable:
    """Fold the blend into the model's last layer (in place) and into a copy of the table."""
    with torch.no_grad():
        linear, factor = model.head.linear, torch.from_numpy(blend.encoder).float()
        linear.weight *= factor.unsqueeze(1)
        linear.bias.copy_(linear.bias * factor + torch.from_numpy(blend.constant).float())
    return replace(table, weight=table.weight * blend.phrases, bias=table.bias * blend.phrases)
