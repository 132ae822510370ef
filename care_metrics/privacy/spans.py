"""Stretches of text that must go, what they are, and the text without them."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from care_metrics.privacy.word_lists import words

# When two finds overlap, the earlier kind names the union.
KINDS = (
    "card",
    "ssn",
    "cvv",
    "pin",
    "iban",
    "email",
    "id",
    "bank_account",
    "phone",
    "birth_date",
    "address",
    "name",
)
RANK = {kind: rank for rank, kind in enumerate(KINDS)}
# Sensitive authentication data and card numbers leave no trace at all, not even a keyed one.
TRACELESS = words("card cvv pin")


class Span(NamedTuple):
    """Characters [start, end) hold a value of this kind; value: its plain form, the same wherever it is said."""

    start: int
    end: int
    kind: str
    value: str = ""


def merged(spans: Iterable[Span]) -> list[Span]:
    """Disjoint spans from left to right; overlapping ones become one, of the first kind in KINDS."""
    union: list[Span] = []
    for span in sorted(spans):
        if union and span.start < union[-1].end:
            last = union.pop()
            first = min(last, span, key=lambda found: RANK[found.kind])
            span = Span(last.start, max(last.end, span.end), first.kind, first.value)
        union.append(span)
    return union


def placeholder(span: Span, key: bytes | None) -> str:
    """`<kind>`, or `<kind:8 hex digits>` of the keyed hash of what stood there."""
    if key is None or span.kind in TRACELESS or not span.value:
        return f"<{span.kind}>"
    digest = hmac.new(key, f"{span.kind}:{span.value}".encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"<{span.kind}:{digest.hexdigest()[:8]}>"


def replaced(text: str, spans: Sequence[Span], key: bytes | None = None) -> str:
    """The text with a typed placeholder for each of the disjoint spans."""
    parts, place = [], 0
    for span in spans:
        parts += [text[place : span.start], placeholder(span, key)]
        place = span.end
    return "".join([*parts, text[place:]])
