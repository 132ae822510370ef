"""Cut work into pieces the processor likes: unique texts, windows over long ones, length-sorted token budgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

# What a core's own cache holds beside the weights of a layer: twice as many took an eighth longer.
TOKENS_PER_BATCH = 1024
Batch = list[int]


@dataclass(frozen=True)
class Unique:
    """Distinct (text, previous) pairs and, for every original row, which of them it is."""

    texts: list[str]
    previous: list[str]
    of_row: np.ndarray


def unique_pairs(texts: Sequence[str], previous: Sequence[str]) -> Unique:
    """Distinct pairs in order of first appearance; equal rows are scored once and so score equally."""
    seen: dict[tuple[str, str], int] = {}
    of_row = np.fromiter((seen.setdefault(pair, len(seen)) for pair in zip(texts, previous, strict=True)), np.int64)
    return Unique([text for text, _ in seen], [turn for _, turn in seen], of_row)


def window_size(length: int, limit: int) -> int:
    """Tokens a window, so that the fewest windows of about equal size cover all `length` tokens."""
    count = max(1, -(-length // limit))
    return max(1, -(-length // count))


def by_length(lengths: Sequence[int], budget: int = TOKENS_PER_BATCH) -> list[Batch]:
    """Positions in batches, longest first, each at most `budget` padded tokens (or one long row)."""
    batches: list[Batch] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def halving(compute: Callable[[Batch], np.ndarray], batch: Batch) -> np.ndarray:
    """`compute(batch)`, or its halves where memory does not suffice; a single row that does not fit raises."""
    try:
        return compute(batch)
    except (MemoryError, RuntimeError) as wrong:
        if len(batch) == 1 or not _out_of_memory(wrong):
            raise
    # Outside the handler, so that the failed batch's tensors are released before its halves are computed.
    middle = len(batch) // 2
    return np.concatenate([halving(compute, batch[:middle]), halving(compute, batch[middle:])])


def _out_of_memory(wrong: Exception) -> bool:
    return (
        isinstance(wrong, MemoryError) or type(wrong).__name__ == "OutOfMemoryError" or "memory" in str(wrong).lower()
    )
