"""Which targets hold for what is looked at, and whether its numbers meet them."""

from collections.abc import Iterable
from dataclasses import dataclass

from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Count
from care_metrics.reviews.rows import Target
from care_metrics.reviews.verdict import Verdict, in_force, verdict
from care_metrics.ui.view import View

KINDS = ("contract", "goal")
# A target speaks of the whole client: what is narrowed further is no part of the agreement.
OWN = {"client"}


@dataclass(frozen=True)
class Judged:
    """One target beside the number it is about; said is None where there is no number."""

    target: Target
    said: Verdict | None


def judged(view: View, rows: dict[str, dict[str, object]], names: Iterable[str]) -> dict[str, list[Judged]]:
    """KPI -> its contract and its goal in force for the one client looked at; empty for several clients or a part of one.

    rows: those of `measure` by KPI. A target for another length of period is left out.
    """
    holding = {name: targets(view, name) for name in names if name in rows}
    return {name: [_one(target, rows[name]) for target in found] for name, found in holding.items() if found}


def targets(view: View, name: str) -> list[Target]:
    """What a KPI should reach over this period, the contract first; none where more or less than one client is looked at."""
    if view.client is None or any(dimension not in OWN for dimension, _values in view.now.where):
        return []
    holding = in_force(view.written.of(view.client).targets, name, view.now.start, view.now.end)
    return [holding[kind] for kind in KINDS if kind in holding]


def _one(target: Target, row: dict[str, object]) -> Judged:
    value, low, high = (row[name] if isinstance(row[name], float | int) else None for name in ("value", "low", "high"))
    exact = isinstance(kpi(target.kpi).measure, Count)
    return Judged(target, verdict(target, value, low, high, exact))  # ty: ignore[invalid-argument-type]
