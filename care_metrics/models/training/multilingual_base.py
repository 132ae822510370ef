"""A small classifier over multilingual-e5-small: fewer pieces, a fresh head."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from care_metrics.models.training.multilingual_encoder import PackedEncoder, packed_file, unpack
from care_metrics.models.training.multilingual_tokenizer import ORIGINAL, SPECIAL, kept_pieces, tokenizer_spec
from care_metrics.models.training.sentiment_data import LABELS

PIECES = 20_000
# All of them: with every second of the upper eight left out, a short training lost three points of macro-F1.
LAYERS = tuple(range(12))


def small_classifier(texts: Sequence[str], kept: Path) -> tuple[Any, dict[str, Any]]:
    """The untrained classifier and its tokenizer's specification; the pieces chosen for `texts` are remembered in `kept`."""
    packed = unpack(packed_file().read_bytes())
    if not kept.exists():
        chosen = kept_pieces(packed.pieces, packed.scores.tolist(), texts, PIECES)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(chosen), "utf-8")
    places = json.loads(kept.read_text("utf-8"))
    spec = tokenizer_spec([packed.pieces[i] for i in places], [float(packed.scores[i]) for i in places])
    return _classifier(packed, places), spec


def _classifier(packed: PackedEncoder, places: Sequence[int]) -> Any:
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        vocab_size=len(SPECIAL) + len(places),
        hidden_size=packed.sizes["hidden"],
        num_hidden_layers=len(LAYERS),
        num_attention_heads=packed.sizes["heads"],
        intermediate_size=packed.sizes["feed_forward"],
        max_position_embeddings=packed.sizes["positions"],
        type_vocab_size=packed.sizes["segments"],
        layer_norm_eps=packed.epsilon,
        pad_token_id=SPECIAL.index("[PAD]"),
        id2label=dict(enumerate(LABELS)),
        label2id={label: index for index, label in enumerate(LABELS)},
        problem_type="single_label_classification",
    )
    model = BertForSequenceClassification(config)
    model.load_state_dict(_state(packed, places), strict=False)
    return model


def _state(packed: PackedEncoder, places: Sequence[int]) -> dict[str, torch.Tensor]:
    """The tensors that stay, under their new names; the pooler and the head are not among them."""
    state = {}
    rows = [packed.pieces.index(name) if name != "<mask>" else len(packed.pieces) - 1 for name in ORIGINAL]
    new_place = {f"encoder.layer.{old}.": f"encoder.layer.{new}." for new, old in enumerate(LAYERS)}
    for name, tensor in packed.tensors.items():
        if name == "embeddings.word_embeddings.weight":
            tensor = tensor[[*rows, *places]]
        if name.startswith("encoder."):
            old = ".".join(name.split(".")[:3]) + "."
            if old not in new_place:
                continue
            name = name.replace(old, new_place[old])
        state[f"bert.{name}"] = torch.tensor(tensor)
    return state
