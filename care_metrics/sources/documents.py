"""JSON as exports write it: one document, an array of them, or one a line; what is not strict JSON is set aside."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from care_metrics.sources.characters import without_surrogates

LONGEST_LINE = 64 << 20
BOM = b"\xef\xbb\xbf"


class NotStrictError(ValueError):
    """Legal for Python's parser, but no JSON: NaN, a key twice, a number beyond a double."""


class Line(NamedTuple):
    """One line of JSON lines or one document: what it holds, or why it cannot be read."""

    number: int
    value: Any
    fault: str | None
    raw: str


def strict(text: str) -> Any:
    """JSON text -> Python values, numbers as they are written; ValueError or RecursionError if it is no JSON."""
    return _DECODER.decode(text)


def lines(file: Iterable[bytes]) -> Iterator[Line]:
    """The lines of JSON lines that are not blank; a byte order mark before the first is no part of it."""
    return (
        _line(number, raw.removeprefix(BOM) if number == 1 else raw)
        for number, raw in enumerate(file, 1)
        if not raw.isspace()
    )


def documents(path: Path) -> Iterator[Line]:
    """The documents of a file: its lines if the first is a whole object, else its one value or that array's elements."""
    shape = _shape_of(path)
    if shape.by_line:
        with path.open("rb") as file:
            yield from lines(file)
    else:
        whole = shape.value if isinstance(shape.value, list) else [shape.value]
        yield from (Line(number, item, None, "") for number, item in enumerate(whole, 1))


def first_object(path: Path) -> dict[str, Any] | None:
    """The first JSON object of a file, by which a reader recognises it; None if there is none or it is cut short."""
    value = _shape_of(path).value
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, dict) else None


def is_lines(path: Path) -> bool:
    """Whether the file is JSON lines: it says so by its name, or its first line is a whole object."""
    return _shape_of(path).by_line


class _Shape(NamedTuple):
    """JSON lines and the first of them, or a document and its value; None where it cannot be parsed."""

    by_line: bool
    value: Any


def _shape_of(path: Path) -> _Shape:
    return _shape(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)  # every JSON reader asks about the same file in turn
def _shape(path: Path, changed: int) -> _Shape:
    with path.open("rb") as file:
        first = file.readline(LONGEST_LINE).removeprefix(BOM)
        start = first.lstrip()[:1] or file.read(1 << 16).lstrip()[:1]
    value = _parsed(first) if start == b"{" else None
    if path.suffix.lower() in (".jsonl", ".ndjson") or isinstance(value, dict):
        return _Shape(True, value)
    return _Shape(False, _parsed(path.read_bytes()) if start in (b"{", b"[") else None)


def cell(value: Any) -> str | None:
    """A JSON value as the text a table's cell would hold."""
    if value is None or isinstance(value, str):
        return value and without_surrogates(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value)


def _line(number: int, raw: bytes) -> Line:
    try:
        return Line(number, strict(raw.decode("utf-8")), None, "")
    except UnicodeDecodeError:
        fault = "the line is not UTF-8"
    except NotStrictError as problem:
        fault = f"the line is no strict JSON: {problem}"
    except (ValueError, RecursionError):
        fault = "the line is no JSON"
    return Line(number, None, fault, raw.decode("utf-8", "replace"))


def _parsed(raw: bytes) -> Any:
    try:
        return strict(raw.removeprefix(BOM).decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotStrictError("a key stands twice")
    return found


def _finite(text: str) -> str:
    if abs(float(text)) == float("inf"):
        raise NotStrictError("a number is too large")
    return text


def _no_constant(name: str) -> None:
    raise NotStrictError(f"{name} is no JSON value")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_int=str, parse_constant=_no_constant)
