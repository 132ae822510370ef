"""Customer messages of our own making in Spanish and Portuguese, and how people type them in a hurry."""

import random
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from care_metrics.models.training.examples import Examples, smooth
from care_metrics.models.training.sentiment_data import LABELS

SHARES = (0.4, 0.3, 0.3)
# Shares of hurried texts that lose their accents, and that are written short.
WITHOUT_ACCENTS, SHORTENED = 0.6, 0.6
SHORT = {
    "es": {"que": "q", "porque": "pq", "por qué": "xq", "también": "tb", "por": "x", "para": "pa", "mucho": "mxo"},
    "pt": {"que": "q", "porque": "pq", "você": "vc", "não": "n", "também": "tb", "está": "tá", "estou": "tô"},
}
_KEPT = {"es": "\u0303", "pt": ""}


def messages_in(language: str, count: int, seed: int, smoothing: float, weight: float) -> Examples:
    """`count` random messages in `language` (es or pt) with their class (smoothed), distinct where the patterns allow."""
    rng = random.Random(f"{language} {seed}")
    table = _table(language)
    texts: dict[str, int] = {}
    for _ in range(4 * count):
        kind = rng.choices(range(3), SHARES)[0]
        words = {slot: rng.choice(choices) for slot, choices in table["slots"].items()}
        text = rng.choice(table["messages"][LABELS[kind]]).format(**words)
        texts.setdefault(text if rng.random() < 0.7 else "@user " + text, kind)
        if len(texts) == count:
            break
    found = hurried(list(texts), language, 0.3, seed)
    return Examples(
        found, [""] * len(found), smooth(np.array(list(texts.values())), 3, smoothing), np.full(len(found), weight)
    )


def hurried(texts: Sequence[str], language: str, share: float, seed: int) -> list[str]:
    """The texts, a share of them as typed in a hurry: without accents or opening marks, with short forms."""
    rng = random.Random(f"{language} hurried {seed}")
    return [_typed(text, language, rng) if rng.random() < share else text for text in texts]


def _typed(text: str, language: str, rng: random.Random) -> str:
    text = re.sub("[¿¡]", "", text).lower()
    if rng.random() < SHORTENED:
        for long, short in SHORT[language].items():
            text = re.sub(rf"\b{long}\b", short, text)
    return _bare(text, _KEPT[language]) if rng.random() < WITHOUT_ACCENTS else text


def _bare(text: str, kept: str) -> str:
    """Letters without their accents; the tilde of a Spanish ñ is no accent."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c in kept or not unicodedata.combining(c)))


@cache
def _table(language: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(f"messages_{language}.toml").read_text("utf-8"))
