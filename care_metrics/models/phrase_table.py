"""Word groups that speak for or against an output: one weight a group and output, added to the encoder's logits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from care_metrics.errors import ModelUnavailable

LONGEST = 3
# Odd, so that multiplying loses no bit; 2**64 divided by the golden ratio spreads neighbouring ids.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
NAMES = ("phrases.key", "phrases.rarity", "phrases.weight", "phrases.bias")


def groups(ids: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Row and key of every distinct run of one to LONGEST tokens of each text; a key is the run's 64-bit hash."""
    lengths = np.array([len(row) for row in ids], np.int64)
    flat = np.fromiter((token for row in ids for token in row), np.uint64, int(lengths.sum())) + np.uint64(1)
    row = np.repeat(np.arange(len(ids)), lengths)
    rows, keys, key = [row], [flat], flat
    for size in range(2, LONGEST + 1):
        key = key[: len(flat) - size + 1] * MULTIPLIER + flat[size - 1 :]
        whole = row[: len(key)] == row[size - 1 :]
        rows.append(row[: len(key)][whole])
        keys.append(key[whole])
    row, key = np.concatenate(rows), np.concatenate(keys).view(np.int64)
    order = np.lexsort((key, row))
    row, key = row[order], key[order]
    first = np.ones(len(row), bool)
    first[1:] = (row[1:] != row[:-1]) | (key[1:] != key[:-1])
    return row[first], key[first]


@dataclass(frozen=True)
class PhraseTable:
    """Sorted keys (k), how rare each is (k), weights (k x outputs) and a constant (outputs)."""

    key: np.ndarray
    rarity: np.ndarray
    weight: np.ndarray
    bias: np.ndarray

    def found(self, ids: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Row, position in the table and value of each known group; a text's values have the length 1 as a vector."""
        row, key = groups(ids)
        at = np.searchsorted(self.key, key).clip(max=len(self.key) - 1)
        known = self.key[at] == key
        row, at = row[known], at[known]
        length = np.sqrt(np.bincount(row, self.rarity[at] ** 2, len(ids)))
        return row, at, self.rarity[at] / length[row]

    def logits(self, ids: Sequence[Sequence[int]]) -> np.ndarray:
        """One row a text (n x outputs, float32)."""
        row, at, value = self.found(ids)
        sums = [np.bincount(row, value * column[at], len(ids)) for column in self.weight.T]
        return (np.stack(sums, axis=1) + self.bias).astype(np.float32)


def read_phrases(folder: Path, outputs: int) -> PhraseTable | None:
    """The table in a model's weights, None where it has none. Raises ModelUnavailable for one that does not fit."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(folder / "model.safetensors", "np") as file:
            if NAMES[0] not in file.keys():  # noqa: SIM118 - the file is no mapping
                return None
            key, rarity, weight, bias = (file.get_tensor(name) for name in NAMES)
    except (OSError, SafetensorError) as wrong:
        raise ModelUnavailable(f"{folder}: cannot be loaded ({wrong}); restore the model's folder.") from wrong
    shapes = (rarity.shape, weight.shape, bias.shape)
    if shapes != ((len(key),), (len(key), outputs), (outputs,)) or not len(key) or (np.diff(key) <= 0).any():
        raise ModelUnavailable(f"{folder}: its phrases do not fit its {outputs} outputs; restore the model's folder.")
    return PhraseTable(key, rarity.astype(np.float64), weight.astype(np.float64), bias.astype(np.float64))
