"""More messages of our own making, put together from parts, where the words of feeling alone mislead.

Thanks for what went wrong and for what went well, rivals praised and left behind, wishes that are complaints, relief,
hashtags that carry the feeling, and posts about everyday events.
"""

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from care_metrics.models.training.examples import Examples, smooth
from care_metrics.models.training.messages import SLOTS

GRAMMAR = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
PARTS: dict[str, Sequence[str]] = {**SLOTS, **GRAMMAR["parts"]}
KINDS = (GRAMMAR["negative"], GRAMMAR["neutral"], GRAMMAR["positive"])
SHARES = (0.45, 0.25, 0.3)


def public_messages(count: int, seed: int, smoothing: float, weight: float) -> Examples:
    """At most `count` distinct random messages with their class (smoothed), a mention in front of half of them.

    A fifth are two of one class in a row.
    """
    rng = random.Random(seed)
    texts: dict[str, int] = {}
    for _ in range(4 * count):
        kind = rng.choices(range(3), SHARES)[0]
        text = " ".join(_filled(rng.choice(KINDS[kind]), rng) for _ in range(1 + (rng.random() < 0.2)))
        texts.setdefault(text if rng.random() < 0.5 else "@company " + text, kind)
        if len(texts) == count:
            break
    labels = np.array(list(texts.values()))
    return Examples(list(texts), [""] * len(texts), smooth(labels, 3, smoothing), np.full(len(texts), weight))


def _filled(text: str, rng: random.Random) -> str:
    """The pattern with each slot drawn anew, also the slots inside what was drawn."""
    while "{" in text:
        head, _, rest = text.partition("{")
        slot, _, tail = rest.partition("}")
        text = head + rng.choice(PARTS[slot]) + tail
    return text
