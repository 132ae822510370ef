"""The numbers of one block of a page, asked for together: now, before, the tested change, and week by week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from care_metrics.changes import change
from care_metrics.errors import BadRequest
from care_metrics.filters import Filters
from care_metrics.kpis import kpi
from care_metrics.kpis.grains import unsupported
from care_metrics.kpis.sentiment import SENTIMENT
from care_metrics.measure import Question
from care_metrics.statistics.rectify import Rectified
from care_metrics.ui import cached, model_error, periods
from care_metrics.ui.judged import Judged, judged
from care_metrics.ui.view import View
from care_metrics.ui.watched import watched

Row = dict[str, Any]
# What is computed from the scores of turns.
OF_TURNS = frozenset(entry.name for entry in SENTIMENT)
EMPTY: Row = {"value": None, "low": None, "high": None, "n": 0, "n_immature": 0, "state": "no_data"}


@dataclass(frozen=True)
class Answers:
    """Rows by KPI name; weeks: a list of rows each, oldest first; days: the length of the period.

    beyond: KPIs that do not carry a dimension of the filters, with those dimensions; targets: those in force, judged.
    corrected: estimates that hold the model's error, where enough contacts are reviewed; currency: of costs, if it is one.
    """

    now: dict[str, Row]
    before: dict[str, Row] = field(default_factory=dict)
    changes: dict[str, Row] = field(default_factory=dict)
    weeks: dict[str, list[Row]] = field(default_factory=dict)
    beyond: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: int = 0
    targets: dict[str, list[Judged]] = field(default_factory=dict)
    corrected: dict[str, Rectified] = field(default_factory=dict)
    currency: str = ""


def ask(view: View, names: Sequence[str], weekly: Sequence[str] = ()) -> Answers:
    """The KPIs of this reader over the view's period, its comparison, and the last 13 full weeks of `weekly`."""
    narrowed = (*(name for name, _values in view.scope.bounds), *filtered(view.now))
    beyond = {name: missing for name in names if (missing := unsupported(kpi(name), narrowed))}
    asked = tuple(name for name in visible(view, names) if name not in beyond)
    money = {name: ("currency",) for name in asked if kpi(name).unit == "currency"}
    try:
        return _ask(view, asked, weekly, beyond)
    except BadRequest:
        # Costs in several currencies have no sum; the other numbers of the page do not depend on them.
        if not money:
            raise
        return _ask(view, tuple(name for name in asked if name not in money), weekly, beyond | money)


def _ask(view: View, asked: tuple[str, ...], weekly: Sequence[str], beyond: dict[str, tuple[str, ...]]) -> Answers:
    by_week = tuple(name for name in weekly if name in asked)
    start, end = periods.weeks((view.now.start or view.data.first, view.now.end or view.data.end))
    complete = watched(view)
    pillars = tuple(name for name in asked if kpi(name).family == "pillar") if complete else ()
    questions = [Question(asked, view.now)]
    questions += [Question(asked, view.before)] if view.before else []
    if complete and complete.before and pillars:
        questions += [Question(pillars, complete.now), Question(pillars, complete.before)]
    questions += [Question(by_week, view.now.during(start, end), ("week",))] if by_week else []
    frames = cached.answers(view.scope, view.edition, tuple(questions))
    now, before = frames[0], frames[1] if view.before else None
    rows = _by_name(now.to_dicts())
    return Answers(
        now=rows,
        before=_by_name(before.to_dicts()) if before is not None else {},
        changes=_told(view, _changes(now, before, frames[2:4] if pillars else None)),
        weeks=_by_week(frames[-1].to_dicts(), start, by_week) if by_week else {},
        beyond=beyond,
        days=(view.now.end - view.now.start).days if view.now.start and view.now.end else 0,
        targets=judged(view, rows, asked),
        corrected=model_error.corrected(view, rows),
        currency=_currency(view) if any(kpi(name).unit == "currency" for name in asked) else "",
    )


def _currency(view: View) -> str:
    """The one currency in which the costs of the clients looked at are told; empty where that is not one."""
    clients = dict(view.now.where).get("client") or sorted(view.scope.clients)
    told = cached.currencies(view.scope, view.edition)
    every = set().union(*(told.get(client, set()) for client in clients))
    return every.pop() if len(every) == 1 else ""


def _changes(now: pl.DataFrame, before: pl.DataFrame | None, complete: Sequence[pl.DataFrame] | None) -> dict[str, Row]:
    """The tested changes by KPI; those of pillars over complete days only, or none."""
    if before is None or now.is_empty():
        return {}
    plain = now.filter(pl.col("family") != "pillar")
    found = _by_name(change(plain, before).to_dicts())
    return found if complete is None else found | _by_name(change(complete[0], complete[1]).to_dicts())


def _told(view: View, changes: dict[str, Row]) -> dict[str, Row]:
    """Without those of sentiment while scoring is under way: the newest come first, so the period before is a poor sample."""
    return {name: row for name, row in changes.items() if not (view.waiting and name in OF_TURNS)}


def visible(view: View, names: Sequence[str]) -> tuple[str, ...]:
    """The KPIs that this reader's audience may see: a client never sees cost or occupancy."""
    return tuple(n for n in names if view.scope.audience == "internal" or kpi(n).audience == "client")


def filtered(filters: Filters) -> tuple[str, ...]:
    """The dimensions that the filters narrow."""
    return tuple(name for name, _values in filters.where)


def _by_name(rows: list[Row]) -> dict[str, Row]:
    return {row["kpi"]: row for row in rows}


def _by_week(rows: list[Row], first: date, names: Sequence[str]) -> dict[str, list[Row]]:
    """Every Monday has its row, so that a week without answers is seen as a gap."""
    found = {(row["kpi"], row["week"]): row for row in rows}
    mondays = [(first + week * periods.WEEK).isoformat() for week in range(periods.WEEKS)]
    return {name: [found.get((name, monday), EMPTY | {"week": monday}) for monday in mondays] for name in names}
