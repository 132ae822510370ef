"""What the input contract makes of raw rows: typed values, invalid ones noted, bad rows dropped, one row a key.

Written from the contract's text, not from the package's schema, so that a slip in either shows as a difference.
"""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

Raw = Mapping[str, str | None]
Row = dict[str, Any]

DAY_S = 86_400.0
MONTH_S = 30 * DAY_S

# column: (lowest, highest, whole numbers only); None is no limit.
MEASURES: dict[str, dict[str, tuple[float | None, float | None, bool]]] = {
    "interactions": {
        "queue_s": (0, MONTH_S, False),
        "talk_s": (0, DAY_S, False),
        "hold_s": (0, DAY_S, False),
        "acw_s": (0, DAY_S, False),
        "transfers": (0, 1000, True),
    },
    "turns": {
        "turn_no": (0, None, True),
        "begin_s": (0, MONTH_S, False),
        "end_s": (0, MONTH_S, False),
        "valence": (-1, 1, False),
    },
    "surveys": {"nps": (0, 10, True), "ces": (1, 7, False), "ces_scale": (5, 7, True), "csat": (1, 5, False)},
    "customers": {"monthly_value": (0, None, False)},
    "evidence": {"earned": (0, None, False), "possible": (0, None, False), "turn_no": (0, None, True)},
    "agent_time": {"handle_s": (0, MONTH_S, False), "available_s": (0, MONTH_S, False), "break_s": (0, MONTH_S, False)},
    "costs": {"cost": (0, None, False)},
}
FLAGS = {
    "interactions": (
        "escalated",
        "complaint",
        "case_closed",
        "follow_up_promised",
        "follow_up_kept",
        "proactive",
    ),
    "customers": ("opt_out",),
}
INSTANTS = {
    "interactions": ("started_at", "ended_at", "follow_up_due_at", "updated_at"),
    "surveys": ("sent_at", "responded_at"),
    "customers": ("start_at", "end_at"),
    "agents": ("hired_at",),
    "agent_time": ("start_at",),
}
REQUIRED = {
    "interactions": ("interaction_id", "started_at", "outcome"),
    "turns": ("interaction_id", "turn_no", "speaker"),
    "surveys": ("survey_id",),
    "customers": ("customer_id", "start_at"),
    "agents": ("agent_id",),
    "sites": ("site",),
    "tasks": ("reason", "task"),
    "evidence": ("interaction_id", "pillar", "behaviour", "earned", "possible"),
    "agent_time": ("agent_id", "start_at"),
    "costs": ("month", "cost"),
}
LISTS = {
    "interactions": {"outcome": ("handled", "abandoned", "contained")},
    "turns": {"speaker": ("customer", "agent", "bot", "system")},
    "evidence": {"pillar": ("empathy", "proactivity", "personalization", "ownership", "quality")},
}
# A value outside these lists leaves, the row stays.
LOOSE_LISTS = {
    "interactions": {
        "direction": ("inbound", "outbound"),
        "task": ("transactional", "emotional"),
        "handler": ("human", "ai", "ai_then_human"),
    },
    "evidence": {"source": ("text", "operational", "human")},
    "costs": {"handler": ("human", "ai", "ai_then_human")},
}
KEYS = {
    "interactions": ("interaction_id",),
    "turns": ("interaction_id", "turn_no"),
    "surveys": ("survey_id",),
    "customers": ("customer_id", "start_at"),
    "agents": ("agent_id",),
    "sites": ("site",),
    "tasks": ("reason",),
    "evidence": ("interaction_id", "pillar", "behaviour", "source", "turn_no", "event_id"),
    "agent_time": ("agent_id", "start_at"),
    "costs": ("month", "site", "handler", "channel"),
}
# (smaller, larger, whose value is invalid where they are the other way round)
ORDER = {
    "interactions": ("started_at", "ended_at", "ended_at"),
    "customers": ("start_at", "end_at", "end_at"),
    "turns": ("begin_s", "end_s", "end_s"),
    "evidence": ("earned", "possible", "earned"),
}
VERSION = {"interactions": "updated_at", "surveys": "responded_at"}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
OLDEST = datetime.min.replace(tzinfo=UTC)


def accept(table: str, raw_rows: Iterable[Raw]) -> list[Row]:
    """The rows that count: of several with one key the newest version, at equal or no versions the last read."""
    kept: dict[tuple, Row] = {}
    for raw in raw_rows:
        row = typed(table, raw)
        if row is None:
            continue
        key = tuple(row.get(column) for column in KEYS[table])
        if key not in kept or version(table, row) >= version(table, kept[key]):
            kept[key] = row
    return list(kept.values())


def version(table: str, row: Row) -> datetime:
    return row.get(VERSION.get(table, "")) or OLDEST


def typed(table: str, raw: Raw) -> Row | None:
    """The row with typed values, None for missing and invalid ones; None where the row is quarantined."""
    row: Row = {column: (value or None) for column, value in raw.items()}
    invalid = set()
    if any(row.get(column) is None for column in REQUIRED[table]):
        return None
    if any(row[column] not in allowed for column, allowed in LISTS.get(table, {}).items()):
        return None
    if table == "costs" and not MONTH.fullmatch(row["month"]):
        return None
    for column in INSTANTS.get(table, ()):
        try:
            row[column] = instant(row.get(column))
        except ValueError:
            return None
    for column, (low, high, whole) in MEASURES.get(table, {}).items():
        row[column] = measured(row.get(column), low, high, whole, column, invalid)
    for column in FLAGS.get(table, ()):
        row[column] = listed(row.get(column), ("true", "false"), column, invalid)
        row[column] = None if row[column] is None else row[column] == "true"
    for column, allowed in LOOSE_LISTS.get(table, {}).items():
        row[column] = listed(row.get(column), allowed, column, invalid)
    small, large, wrong = ORDER.get(table, (None, None, None))
    if wrong and row.get(small) is not None and row.get(large) is not None and row[small] > row[large]:
        invalid.add(wrong)
        row[wrong] = None
    if table == "evidence" and "source" not in invalid:
        row["source"] = row["source"] or "text"
    return row | {"invalid": frozenset(invalid)}


def instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"no offset in {text}")
    return moment.astimezone(UTC)


def measured(
    text: str | None, low: float | None, high: float | None, whole: bool, column: str, invalid: set[str]
) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    beyond = (low is not None and number < low) or (high is not None and number > high)
    if not math.isfinite(number) or beyond or (whole and number != int(number)):
        invalid.add(column)
        return None
    return int(number) if whole else number


def listed(text: str | None, allowed: tuple[str, ...], column: str, invalid: set[str]) -> str | None:
    if text is not None and text not in allowed:
        invalid.add(column)
        return None
    return text
