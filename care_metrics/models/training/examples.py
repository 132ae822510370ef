"""Training examples: tokenised text with its previous turn, a soft target row and a weight each."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from care_metrics.models.context import strip_role

TEXT_TOKENS, PREVIOUS_TOKENS = 110, 64


@dataclass(frozen=True)
class Examples:
    """Rows to learn from: text, previous turn ('' = none), target (n x outputs, NaN = unknown), weight (n)."""

    texts: list[str]
    previous: list[str]
    targets: np.ndarray
    weights: np.ndarray

    def __len__(self) -> int:
        return len(self.texts)

    def __add__(self, other: "Examples") -> "Examples":
        return Examples(
            self.texts + other.texts,
            self.previous + other.previous,
            np.concatenate([self.targets, other.targets]),
            np.concatenate([self.weights, other.weights]),
        )

    def take(self, rows: Sequence[int] | np.ndarray) -> "Examples":
        """The rows at these positions, in this order."""
        chosen = list(map(int, rows))
        return Examples(
            [self.texts[i] for i in chosen],
            [self.previous[i] for i in chosen],
            self.targets[chosen],
            self.weights[chosen],
        )


@dataclass(frozen=True)
class Noise:
    """How often a training text loses its context, its punctuation, or gets a mention in front (shares)."""

    without_context: float = 0.0
    without_punctuation: float = 0.0
    mention: float = 0.0


def smooth(labels: np.ndarray, outputs: int, amount: float) -> np.ndarray:
    """One-hot rows (n x outputs) with `amount` of the mass spread evenly."""
    return np.eye(outputs)[labels] * (1 - amount) + amount / outputs


def disturb(text: str, previous: str, noise: Noise, rng: random.Random) -> tuple[str, str]:
    """One noisy view of an example: transcripts of speech carry no punctuation, exports may carry no context."""
    if rng.random() < noise.without_punctuation:
        text = re.sub(r"[.,!?;:]+(?=\s|$)", "", text) or text
    if rng.random() < noise.mention:
        text = "@user " + text
    return text, "" if rng.random() < noise.without_context else previous


def encode(tokenizer: Any, texts: Sequence[str], previous: Sequence[str]) -> list[tuple[list[int], int]]:
    """Token ids of `[CLS] text [SEP] previous [SEP]` and the length of the first segment, one pair a row.

    A long text keeps its first tokens, a long previous turn its last ones.
    """
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    firsts = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    seconds = tokenizer.encode_batch_fast([strip_role(turn) for turn in previous], add_special_tokens=False)
    rows = []
    for first, second in zip(firsts, seconds, strict=True):
        head = [cls, *first.ids[:TEXT_TOKENS], sep]
        tail = [*second.ids[-PREVIOUS_TOKENS:], sep] if second.ids else []
        rows.append((head + tail, len(head)))
    return rows
