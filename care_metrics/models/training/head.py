"""Start a pooled classifier from what its frozen encoder already tells: one logistic regression an output."""

from typing import Any

import numpy as np
import torch

from care_metrics.models.training.examples import Examples, encode
from care_metrics.models.training.loop import collate
from care_metrics.models.training.phrase_layer import regressions

# Strong shrinkage: there are more features than examples.
STRENGTH, AT_ONCE = 5e-4, 48


def start_head(model: Any, tokenizer: Any, rows: Examples) -> None:
    """Set the head's standardisation, weights and constants; fine-tuning then starts from a classifier that works."""
    features = pooled_features(model, tokenizer, rows.texts)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-3
    weights, constants = regressions((features - mean) / spread, rows, STRENGTH)
    with torch.no_grad():
        model.head.mean.copy_(torch.from_numpy(mean))
        model.head.scale.copy_(torch.from_numpy(1 / spread))
        model.head.linear.weight.copy_(torch.from_numpy(weights.T.copy()))
        model.head.linear.bias.copy_(torch.from_numpy(constants))


@torch.inference_mode()
def pooled_features(model: Any, tokenizer: Any, texts: list[str]) -> np.ndarray:
    """Features (n x width, float32) in the order of the texts."""
    model.eval()
    rows = encode(tokenizer, texts, [""] * len(texts))
    order = sorted(range(len(rows)), key=lambda row: len(rows[row][0]))
    out = np.empty((len(rows), model.head.mean.numel()), np.float32)
    for start in range(0, len(order), AT_ONCE):
        batch = order[start : start + AT_ONCE]
        with torch.autocast("cpu", torch.bfloat16):
            out[batch] = model.pooled(**collate([rows[row] for row in batch])).float().numpy()
    return out
