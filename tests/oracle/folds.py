"""From the items of one cell to (value, n): the few kinds of arithmetic that KPIs are made of."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction

from .items import Item

Fold = Callable[[Sequence[Item]], tuple[float | None, int]]


def mean(scale: float = 1.0) -> Fold:
    def fold(items: Sequence[Item]) -> tuple[float | None, int]:
        values = [item.y for item in items if item.counted]
        return (scale * math.fsum(values) / len(values) if values else None), len(values)

    return fold


def count(items: Sequence[Item]) -> tuple[float | None, int]:
    return float(len(items)), len(items)


def ratio(scale: float = 1.0) -> Fold:
    """Sum over sum; n = units with something possible."""

    def fold(items: Sequence[Item]) -> tuple[float | None, int]:
        below = math.fsum(item.x for item in items if item.counted)
        possible: dict[object, float] = defaultdict(float)
        for item in items:
            if item.counted:
                possible[item.who] += item.x
        above = math.fsum(item.y for item in items if item.counted)
        return (scale * above / below if below > 0 else None), sum(1 for x in possible.values() if x > 0)

    return fold


def per_handled(items: Sequence[Item]) -> tuple[float | None, int]:
    """Sum over sum; n = the base itself."""
    counted = [item for item in items if item.counted]
    base = round(math.fsum(item.x for item in counted))
    return (math.fsum(item.y for item in counted) / base if base else None), base


def mean_of_ratios(items: Sequence[Item]) -> tuple[float | None, int]:
    """Mean of the ratios that are defined; n = units in any of them."""
    pillar = ratio(100.0)
    parts = [[item for item in items if item.part == part] for part in sorted({item.part for item in items})]
    defined = [value for value, _ in map(pillar, parts) if value is not None]
    units = {item.who for item in items if item.counted and item.x > 0}
    return (math.fsum(defined) / len(defined) if defined else None), len(units)


def quantile(q: str) -> Fold:
    """Linear interpolation between order statistics."""

    def fold(items: Sequence[Item]) -> tuple[float | None, int]:
        values = sorted(item.y for item in items if item.counted)
        if not values:
            return None, 0
        place = Fraction(q) * (len(values) - 1)
        below = int(place)
        above = min(below + 1, len(values) - 1)
        return values[below] + float(place - below) * (values[above] - values[below]), len(values)

    return fold


def cost(items: Sequence[Item]) -> tuple[float | None, int]:
    """Costs of the cell over its covered legs; a cell without costs has no value."""
    spread = [item.y for item in items if item.part == "cost" and item.counted]
    legs = sum(1 for item in items if item.part == "leg" and item.counted)
    return (math.fsum(spread) / legs if spread and legs else None), legs
