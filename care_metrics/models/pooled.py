"""A classifier that reads a text sentence by sentence, each through every layer at once; the highest sentence counts.

The base encoder was trained for the mean over a sentence's tokens, and single phrases decide most behaviours: a maximum
over tokens keeps a phrase that a mean drowns, and the lower layers keep its words. One sentence suffices to show a
behaviour, however long the turn around it. All sentences of a text are read in one pass, so each is seen in its place.
"""

from typing import Any

import torch
from torch import nn
from torch.nn.functional import pad
from transformers import BertModel, BertPreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

POOLS = ("mean", "max", "min")


class Head(nn.Module):
    """Standardises the pooled features and adds them up, in full precision: their ranges differ a hundredfold."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(width), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(width), requires_grad=False)
        self.linear = nn.Linear(width, outputs)

    def forward(self, pooled: torch.Tensor) -> torch.Tensor:
        return self.linear((pooled.float() - self.mean) * self.scale)


class PooledClassifier(BertPreTrainedModel):
    """BERT with `head` over the pooled tokens of each sentence of the first segment in each layer, the embeddings' included.

    `config.sentence_ends` has the tokens that end a sentence; without any a text is one.
    """

    # Whole, so that "head" does not name the attention heads too; the phrase table beside the weights is not ours.
    _keep_in_fp32_modules_strict = {r"head"}  # noqa: RUF012
    _keys_to_ignore_on_load_unexpected = [r"phrases\."]  # noqa: RUF012

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        width = len(POOLS) * (config.num_hidden_layers + 1) * config.hidden_size
        self.head = Head(width, config.num_labels)
        self.post_init()

    def pooled(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Features (sentences x width, float32), text by text, and how many sentences each text has (n)."""
        layers = self.bert(input_ids, attention_mask, token_type_ids, output_hidden_states=True).hidden_states
        inside = attention_mask.bool() & (token_type_ids == 0)
        tokens, sentences = self._lengths(input_ids, inside)
        told = [layer[inside].float() for layer in layers]
        parts = [_of_each(layer, pool, tokens) for layer in told for pool in POOLS]
        return torch.cat(parts, dim=1), sentences

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> SequenceClassifierOutput:
        pooled, sentences = self.pooled(input_ids, attention_mask, token_type_ids)
        with torch.autocast(pooled.device.type, enabled=False):
            return SequenceClassifierOutput(logits=_of_each(self.head(pooled), "max", sentences))

    def _lengths(self, input_ids: torch.Tensor, inside: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Tokens of each sentence, text by text, and sentences of each text."""
        marks = list(getattr(self.config, "sentence_ends", None) or ())
        ends = torch.isin(input_ids, torch.tensor(marks, dtype=input_ids.dtype, device=input_ids.device))
        # The last of several marks ends a sentence, and none before the closing [SEP] does, which would stand alone.
        ends &= ~pad(ends, (0, 1))[:, 1:] & pad(inside, (0, 2))[:, 2:]
        number = ends.cumsum(1) - ends.long()
        rows, width = input_ids.shape
        of_token = (torch.arange(rows, device=input_ids.device).unsqueeze(1) * width + number)[inside]
        found, tokens = torch.unique_consecutive(of_token, return_counts=True)
        return tokens, torch.bincount(found // width, minlength=rows)


def _of_each(rows: torch.Tensor, pool: str, lengths: torch.Tensor) -> torch.Tensor:
    """Mean, max or min (segments x width) of each run of so many rows."""
    # In torch since 1.11, but not in its type stubs.
    return torch.segment_reduce(rows, pool, lengths=lengths)  # ty: ignore[missing-attribute]
