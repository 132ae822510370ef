"""Builders of hand-made legs, turns and records for the evidence rules."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from care_metrics.pillars import Records, derive
from care_metrics.pillars.records import LEG_COLUMNS, MEMBER_COLUMNS, TURN_COLUMNS

OUTPUTS = (
    "empathy",
    "proactivity",
    "personalization",
    "ownership",
    "personalization_strong",
    "ownership_strong",
)
START = datetime(2024, 5, 1, 12, tzinfo=UTC)
Rows = Sequence[Mapping[str, Any]]


def leg(name: str = "i1", day: float = 0, **values: Any) -> dict[str, Any]:
    """A voice leg that a person handled, `day` days after 1 May 2024; the data end late unless said otherwise."""
    begun = START + timedelta(days=day)
    return {
        "interaction_id": name,
        "agent_id": "a1",
        "team": "north",
        "channel": "voice",
        "direction": "inbound",
        "reason": "billing",
        "outcome": "handled",
        "started_at": begun,
        "ended_at": begun + timedelta(minutes=6),
    } | values


def late(day: float = 90) -> dict[str, Any]:
    """A leg of somebody else that ends the data long after the others, so that windows are mature."""
    return leg("late", day, reason="other", customer_id="nobody", transfers=None)


def said(speaker: str, text: str, **values: Any) -> dict[str, Any]:
    """One turn; agents' turns count as judged, all probabilities 0 unless given."""
    return {"speaker": speaker, "text": text, "judged": speaker == "agent"} | values


def conversation(*turns: Mapping[str, Any], leg: str = "i1") -> list[dict[str, Any]]:
    """Turns of one leg, numbered from 1."""
    return [{"interaction_id": leg, "turn_no": number} | dict(turn) for number, turn in enumerate(turns, 1)]


def records(legs: Rows, turns: Rows = (), customers: Rows = (), **values: Any) -> Records:
    """Records of one client, judged by revision 'm1' at thresholds of 0.5."""
    spoken = {name: pl.Float64() for name in OUTPUTS} | TURN_COLUMNS
    full = [dict.fromkeys(OUTPUTS, 0.0) | dict(turn) if turn["speaker"] == "agent" else dict(turn) for turn in turns]
    return Records(
        pl.DataFrame(list(legs), schema=LEG_COLUMNS),
        pl.DataFrame(full, schema=spoken),
        pl.DataFrame(list(customers), schema=MEMBER_COLUMNS),
        **{"revision": "m1"} | values,
    )


def points(row: Mapping[str, Any]) -> tuple[float, float]:
    """(earned, possible)."""
    return row["earned"], row["possible"]


def evidence(*args: Any, **values: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """What is derived from such records: (interaction_id, behaviour) -> the row."""
    rows = derive(records(*args, **values)).to_dicts()
    return {(row["interaction_id"], row["behaviour"]): row for row in rows}
