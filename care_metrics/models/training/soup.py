"""One model of several with a common start: the mean of their weights (Wortsman et al. 2022, "model soups")."""

from collections.abc import Sequence
from typing import Any

import torch


@torch.no_grad()
def soup(models: Sequence[Any]) -> Any:
    """The first model, its weights replaced by the mean over all.

    All must be of one architecture and trained from one start, else the mean is no model.
    """
    tensors = [model.state_dict() for model in models]
    for name, own in tensors[0].items():
        if own.is_floating_point():
            own.copy_(torch.stack([other[name] for other in tensors]).mean(dim=0))
    return models[0]
