"""Which revision of each model counts now; older scores stay and can be made current again."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from care_metrics.errors import BadRequest
from care_metrics.store import Snapshot, Store


def note_revision(store: Store, task: str, revision: str, thresholds: Mapping[str, float] | None = None) -> bool:
    """Note a revision and its cuts before it scores; whether its scores count: the task's first one, or the current one.

    A new revision beside a current one waits: its scores can be compared before `make_current` lets them count.
    """
    rows = _noted(store)
    mine = [row for row in rows if row["task"] == task]
    if found := [row for row in mine if row["revision"] == revision]:
        return bool(found[0]["current"])
    fresh = {"task": task, "revision": revision, "current": not mine, "since": datetime.now(UTC)}
    store.overwrite("revisions", pl.DataFrame([*rows, fresh | {"thresholds": json.dumps(dict(thresholds or {}))}]))
    return not mine


def make_current(store: Store, task: str, revision: str) -> bool:
    """Let the scores of a noted revision count; False if they did already. Raises BadRequest for an unknown one."""
    rows = _noted(store)
    mine = {row["revision"]: bool(row["current"]) for row in rows if row["task"] == task}
    if revision not in mine:
        known = ", ".join(sorted(mine)) or "none"
        raise BadRequest(
            f"{revision!r} is no revision that scored {task} here (there are: {known}); run score with it."
        )
    if mine[revision]:
        return False
    now = datetime.now(UTC)
    changed = [_chosen(row, revision, now) if row["task"] == task else row for row in rows]
    store.overwrite("revisions", pl.DataFrame(changed))
    return True


def _chosen(row: dict[str, Any], revision: str, now: datetime) -> dict[str, Any]:
    return row | ({"current": True, "since": now} if row["revision"] == revision else {"current": False})


def _noted(store: Store) -> list[dict[str, Any]]:
    table = store.table("revisions")
    return [] if table is None else pl.DataFrame(pl.from_arrow(table.to_pyarrow_table())).to_dicts()


def current_thresholds(store: Store, snapshot: Snapshot, task: str) -> dict[str, float]:
    """The cuts that came with the current revision of a model, empty where it named none."""
    rows = store.read_small(snapshot, "revisions")
    if rows is None or "thresholds" not in rows.columns:
        return {}
    current = rows.filter((pl.col("task") == task) & pl.col("current"))["thresholds"].drop_nulls()
    return {name: float(cut) for name, cut in json.loads(current[0]).items()} if len(current) else {}
