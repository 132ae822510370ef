"""Run a text classifier over many turns: tokens, windows, batches, workers; logits come back a window each."""

import logging
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from care_metrics.errors import ModelUnavailable
from care_metrics.models.batches import TOKENS_PER_BATCH, Batch, by_length, halving, window_size
from care_metrics.models.context import strip_role
from care_metrics.models.device import choose_device, number_format
from care_metrics.models.phrase_table import read_phrases
from care_metrics.models.stand_ins import filled_in
from care_metrics.models.weights import Weights

log = logging.getLogger(__name__)
DEFAULT_WINDOW, PREVIOUS_TOKENS = 256, 64
GPU_TOKENS_PER_BATCH = 65536
# Texts tokenised at once: a token costs a hundred times its id in memory until its batch is done.
TEXTS_AT_ONCE = 4096
# Below this many padded tokens a second worker's start costs more than it saves.
TOKENS_WORTH_WORKERS = 4 * TOKENS_PER_BATCH


@dataclass(frozen=True)
class WindowLogits:
    """One row a window: logits (m x outputs, float32), the text it belongs to (m), its number of tokens (m)."""

    logits: np.ndarray
    owner: np.ndarray
    tokens: np.ndarray


class Encoder:
    """A loaded sequence classifier and its tokenizer; safe to call from one thread at a time."""

    def __init__(self, weights: Weights, device: str = "auto", workers: int | None = None) -> None:
        import torch

        self.weights = weights
        self.device = choose_device(device)
        self.workers = 1 if self.device == "cuda" else max(1, workers or os.cpu_count() or 1)
        self.tokenizer = _tokenizer(weights)
        self.model = _model(weights, self.device).to(self.device).eval()
        self.phrases = read_phrases(weights.folder, self.model.config.num_labels)
        if self.device == "cpu":
            # Workers share one model; each computes on one core, because nested threading stalls on a busy machine.
            torch.set_num_threads(1)

    @property
    def labels(self) -> list[str]:
        """Output names in output order."""
        return [self.model.config.id2label[i] for i in range(self.model.config.num_labels)]

    def logits(self, texts: Sequence[str], previous: Sequence[str]) -> WindowLogits:
        """Logits of every window of every text; a model not trained with context ignores `previous`."""
        starts = range(0, len(texts), TEXTS_AT_ONCE)
        parts = [self._chunk(texts[at : at + TEXTS_AT_ONCE], previous[at : at + TEXTS_AT_ONCE], at) for at in starts]
        fields = ("logits", "owner", "tokens")
        return WindowLogits(*(np.concatenate([getattr(part, field) for part in parts]) for field in fields))

    def _chunk(self, texts: Sequence[str], previous: Sequence[str], first: int) -> WindowLogits:
        windows = self._windows(texts, previous)
        owner = np.array([row + first for row, _ in windows], np.int64)
        tokens = np.array([len(encoding.ids) for _, encoding in windows], np.int64)
        out = np.full((len(windows), self.model.config.num_labels), np.nan, np.float32)
        budget = GPU_TOKENS_PER_BATCH if self.device == "cuda" else TOKENS_PER_BATCH
        batches = by_length(tokens.tolist(), budget)
        for batch, logits in zip(batches, self._run(batches, [encoding for _, encoding in windows]), strict=True):
            out[batch] = logits
        if self.phrases is not None:
            out += self.phrases.logits([encoding.ids for _, encoding in windows])
        return WindowLogits(out, owner, tokens)

    def _run(self, batches: Sequence[Batch], encodings: Sequence[Any]) -> Iterable[np.ndarray]:
        def compute(batch: Batch) -> np.ndarray:
            return self._forward([encodings[row] for row in batch])

        def one(batch: Batch) -> np.ndarray:
            return halving(compute, batch)

        padded = sum(len(batch) * len(encodings[batch[0]].ids) for batch in batches)
        if self.workers == 1 or padded < TOKENS_WORTH_WORKERS:
            return map(one, batches)
        with ThreadPoolExecutor(self.workers, initializer=_one_core) as pool:
            return list(pool.map(one, batches))

    def _forward(self, encodings: Sequence[Any]) -> np.ndarray:
        import torch

        width = max(len(encoding.ids) for encoding in encodings)
        ids = np.full((len(encodings), width), self.model.config.pad_token_id or 0, np.int64)
        mask, segments = np.zeros_like(ids), np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
            segments[row, : len(encoding.ids)] = encoding.type_ids
        inputs = {"input_ids": ids, "attention_mask": mask}
        if getattr(self.model.config, "type_vocab_size", 0) > 1:
            inputs["token_type_ids"] = segments
        with torch.inference_mode():
            tensors = {name: torch.from_numpy(array).to(self.device) for name, array in inputs.items()}
            return self.model(**tensors).logits.float().cpu().numpy()

    def _windows(self, texts: Sequence[str], previous: Sequence[str]) -> list[tuple[int, Any]]:
        options = self.weights.options
        positions = getattr(self.model.config, "max_position_embeddings", DEFAULT_WINDOW)
        room = min(int(options.get("window", DEFAULT_WINDOW)), positions - 2)
        with_context = bool(options.get("context", False))
        spare = self.tokenizer.num_special_tokens_to_add(with_context) + (PREVIOUS_TOKENS if with_context else 0)
        limit = max(1, min(room, positions - 2 - spare))
        firsts = self.tokenizer.encode_batch_fast([filled_in(text) for text in texts], add_special_tokens=False)
        seconds = self._contexts(previous) if with_context else [None] * len(texts)
        windows = []
        for row, (first, second) in enumerate(zip(firsts, seconds, strict=True)):
            first.truncate(window_size(len(first.ids), limit))
            for part in (first, *first.overflowing):
                windows.append((row, self.tokenizer.post_process(part, second)))
        return windows

    def _contexts(self, previous: Sequence[str]) -> list[Any]:
        """Encodings of the previous turns' last tokens, None where there is none; each distinct turn once."""
        distinct = sorted(set(previous))
        encoded = self.tokenizer.encode_batch_fast(
            [filled_in(strip_role(turn)) for turn in distinct], add_special_tokens=False
        )
        for encoding in encoded:
            encoding.truncate(PREVIOUS_TOKENS, direction="left")
        of = dict(zip(distinct, (encoding if encoding.ids else None for encoding in encoded), strict=True))
        return [of[turn] for turn in previous]


def _one_core() -> None:
    import torch

    torch.set_num_threads(1)


def _tokenizer(weights: Weights) -> Any:
    from tokenizers import Tokenizer

    file = weights.folder / "tokenizer.json"
    if not file.exists():
        raise ModelUnavailable(f"{file}: is missing; save the model with its fast tokenizer.")
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as wrong:  # the tokenizers library raises nothing narrower for a damaged file
        raise ModelUnavailable(f"{file}: cannot be read ({wrong}); restore the model's folder.") from wrong
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _model(weights: Weights, device: str) -> Any:
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification
    from transformers.utils import logging as transformers_logging

    from care_metrics.models.pooled import PooledClassifier

    transformers_logging.disable_progress_bar()
    # Our own architecture is code of this package, chosen by its name; a model folder brings none.
    pooled = weights.config.get("architectures") == [PooledClassifier.__name__]
    kind: Any = PooledClassifier if pooled else AutoModelForSequenceClassification
    try:
        model, report = kind.from_pretrained(
            weights.folder,
            use_safetensors=True,
            trust_remote_code=False,
            local_files_only=True,
            dtype=number_format(device),
            # On a processor the fused kernel is the slower one for turns of some 15 tokens.
            attn_implementation="sdpa" if device == "cuda" else "eager",
            output_loading_info=True,
        )
    except (OSError, ValueError, RuntimeError, SafetensorError) as wrong:
        raise ModelUnavailable(f"{weights.folder}: cannot be loaded ({wrong}); restore the model's folder.") from wrong
    if report["missing_keys"]:
        first = sorted(report["missing_keys"])[0]
        raise ModelUnavailable(f"{weights.folder}: has no weights for {first}; it was not trained to classify.")
    return model
