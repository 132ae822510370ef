"""A classifier that reads every layer at once: mean, maximum and minimum over a text's tokens, one linear layer on top.

The base encoder was trained for the mean over its tokens, and single phrases decide most behaviours: a maximum over
tokens keeps a phrase that a mean drowns, and the lower layers keep its words.
"""

from typing import Any

import torch
from torch import nn
from transformers import BertModel, BertPreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

POOLS = 3
FAR = 1e4


class Head(nn.Module):
    """Standardises the pooled features and adds them up, in full precision: their ranges differ a hundredfold."""

    def __init__(self, width: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(width), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(width), requires_grad=False)
        self.linear = nn.Linear(width, outputs)
        self.dropout = nn.Dropout(dropout)

    def forward(self, pooled: torch.Tensor) -> torch.Tensor:
        return self.linear(self.dropout((pooled.float() - self.mean) * self.scale))


class PooledClassifier(BertPreTrainedModel):
    """BERT with `head` over the pooled tokens of the first segment in each layer, the embeddings' included."""

    # Whole, so that "head" does not name the attention heads too; the phrase table beside the weights is not ours.
    _keep_in_fp32_modules_strict = {r"head"}  # noqa: RUF012
    _keys_to_ignore_on_load_unexpected = [r"phrases\."]  # noqa: RUF012

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        width = POOLS * (config.num_hidden_layers + 1) * config.hidden_size
        self.head = Head(width, config.num_labels, config.classifier_dropout or 0.0)
        self.post_init()

    def pooled(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> torch.Tensor:
        """Features (n x width) in float32: for each layer the mean, maximum and minimum over the first segment."""
        found = self.bert(input_ids, attention_mask, token_type_ids, output_hidden_states=True).hidden_states
        inside = (attention_mask.bool() & (token_type_ids == 0)).unsqueeze(-1)
        count = inside.sum(1)
        parts = []
        for layer in found:
            mean = layer.masked_fill(~inside, 0.0).sum(1, dtype=torch.float32) / count
            highest, lowest = layer.masked_fill(~inside, -FAR).amax(1), layer.masked_fill(~inside, FAR).amin(1)
            parts += [mean, highest.float(), lowest.float()]
        return torch.cat(parts, dim=1)

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> SequenceClassifierOutput:
        pooled = self.pooled(input_ids, attention_mask, token_type_ids)
        with torch.autocast(pooled.device.type, enabled=False):
            return SequenceClassifierOutput(logits=self.head(pooled))
