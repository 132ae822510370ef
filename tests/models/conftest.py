"""Tiny seeded classifiers, written to a temporary folder, that stand in for the shipped weights."""

from collections.abc import Callable
from pathlib import Path

import pytest

WORDS = [
    "the",
    "a",
    "it",
    "is",
    "was",
    "not",
    "good",
    "bad",
    "slow",
    "fast",
    "help",
    "thanks",
    "please",
    "my",
    "order",
    "card",
    "broken",
    "never",
    "again",
    "you",
    "i",
    "we",
]
MAX_POSITIONS = 40
ModelFactory = Callable[..., Path]


def write_tokenizer(folder: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    vocabulary = {token: i for i, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))


@pytest.fixture
def tiny_model(tmp_path: Path) -> ModelFactory:
    """Writes a 12-dimensional BERT with random, seeded weights and the labels asked for."""

    def build(
        labels: tuple[str, ...] = ("negative", "neutral", "positive"),
        name: str = "tiny",
        pooled: bool = False,
        **options,
    ) -> Path:
        import json

        import torch
        from transformers import BertConfig, BertForSequenceClassification

        from care_metrics.models.pooled import PooledClassifier

        torch.manual_seed(7)
        config = BertConfig(
            vocab_size=4 + len(WORDS),
            hidden_size=12,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=24,
            max_position_embeddings=MAX_POSITIONS,
            id2label=dict(enumerate(labels)),
            label2id={label: i for i, label in enumerate(labels)},
            initializer_range=0.6,
        )
        folder = tmp_path / name
        (PooledClassifier if pooled else BertForSequenceClassification)(config).save_pretrained(folder)
        write_tokenizer(folder)
        content = json.loads((folder / "config.json").read_text())
        content["care_metrics"] = options
        (folder / "config.json").write_text(json.dumps(content))
        return folder

    return build
