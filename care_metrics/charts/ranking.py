"""Two rankings side by side, joined by lines; who shares a rank lies in one capsule, so no order is drawn within it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SHEET = 100.0


@dataclass(frozen=True)
class Entry:
    """left, right: ranks, 1 is first, equal ones are ties; tone: plain, rise or fall, of its line."""

    left: int
    right: int
    tone: str = "plain"


def ranking(entries: Sequence[Entry]) -> dict[str, Any]:
    """{"left", "right": order of the entries from top to bottom, "lines", "capsules"} on a sheet of 100 x 100.

    Ties have no order of their own: each side follows the other's, so that lines cross only where ranks differ.
    A capsule is {side, top, height} of a rank that several share.
    """
    left = sorted(range(len(entries)), key=lambda i: (entries[i].left, entries[i].right, i))
    place = {entry: row for row, entry in enumerate(left)}
    right = sorted(range(len(entries)), key=lambda i: (entries[i].right, place[i]))
    row_right = {entry: row for row, entry in enumerate(right)}
    # Coloured lines are drawn last, over the grey ones.
    drawn = sorted(range(len(entries)), key=lambda i: entries[i].tone != "plain")
    lines = [
        {"from": _middle(place[i], entries), "to": _middle(row_right[i], entries), "tone": entries[i].tone, "entry": i}
        for i in drawn
    ]
    capsules = _capsules("left", [entries[i].left for i in left]) + _capsules(
        "right", [entries[i].right for i in right]
    )
    return {"left": left, "right": right, "lines": lines, "capsules": capsules}


def _middle(row: int, entries: Sequence[Entry]) -> float:
    return round(SHEET * (row + 0.5) / len(entries), 3)


def _capsules(side: str, ranks: Sequence[int]) -> list[dict[str, Any]]:
    """One a rank of several rows, ranks from top to bottom."""
    found = []
    for rank in dict.fromkeys(ranks):
        first, count = ranks.index(rank), list(ranks).count(rank)
        if count > 1:
            size = SHEET / len(ranks)
            found.append({"side": side, "top": round(first * size, 3), "height": round(count * size, 3)})
    return found
