"""The countable item of every KPI: which cell it belongs to, what it adds, and why it may not count."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Item:
    """One row behind a number.

    y over x is its share of the KPI; counted: it is in the value (an item may be invalid and still count, as a leg
    with one bad turn among good ones); who: the unit that n counts; part: which ratio of a composite it belongs to.
    """

    dims: dict[str, Any]
    day: date | None
    y: float = 0.0
    x: float = 1.0
    counted: bool = True
    invalid: bool = False
    missing: bool = False
    immature: bool = False
    who: Any = None
    part: str = ""
    row: dict[str, Any] = field(default_factory=dict, compare=False)


def judged(
    dims: dict[str, Any],
    day: date | None,
    y: float | bool | None,
    invalid: bool = False,
    missing: bool = False,
    immature: bool = False,
    **more: Any,
) -> Item:
    """An item whose y counts unless something is wrong with it: invalid beats missing, missing beats immature."""
    missing = (missing or (y is None and not immature)) and not invalid
    immature = immature and not invalid and not missing
    counted = not (invalid or missing or immature)
    return Item(dims, day, float(y or 0) if counted else 0.0, 1.0, counted, invalid, missing, immature, **more)
