"""Random small centres that crowd the edges: bad values, ties, exact windows, odd zones, changes of the clock."""

import csv
import json
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from .accept import Raw
from .facts import Centre
from .tables import agent_time, agents, costs, customers, evidence, sites, surveys, tasks, turns
from .traffic import Span, interactions

# Zones whose clock does something on that day, or that lie oddly, or a day that is odd itself.
SCENES = (
    ("Europe/Berlin", date(2024, 3, 31)),
    ("America/New_York", date(2024, 11, 3)),
    ("America/Havana", date(2024, 11, 3)),
    ("America/Santiago", date(2024, 9, 8)),
    ("Atlantic/Azores", date(2024, 10, 27)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Asia/Kathmandu", date(2024, 2, 29)),
    ("Pacific/Chatham", date(2024, 12, 31)),
    ("Africa/Casablanca", date(2024, 3, 10)),
    ("America/Bogota", date(2024, 5, 31)),
    ("UTC", date(2025, 1, 1)),
)
REACH_DAYS = 24


def centre(seed: int, client: str = "acme", legs: int = 90) -> Centre:
    """One client's raw tables; the same seed gives the same rows."""
    rng = random.Random(seed)
    zone, day = SCENES[seed % len(SCENES)]
    span = Span(rng, zone, datetime(day.year, day.month, day.day, tzinfo=UTC), REACH_DAYS)
    calls = interactions(span, legs)
    spoken = turns(span, calls)
    raw: dict[str, Sequence[Raw]] = {
        "interactions": calls,
        "turns": spoken,
        "surveys": surveys(span, calls),
        "customers": customers(span),
        "agents": agents(span),
        "sites": sites(span),
        "tasks": tasks(span),
        "evidence": evidence(span, calls, spoken),
        "agent_time": agent_time(span),
        "costs": costs(span),
    }
    return Centre(client, zone, raw)


def write(tables: Mapping[str, Sequence[Raw]], folder: Path, jsonl: Sequence[str] = ()) -> Path:
    """The tables as files the command line takes: CSV, or JSON lines for those named."""
    folder.mkdir(parents=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if table in jsonl:
            lines = (json.dumps({column: row.get(column) for column in columns}) for row in rows)
            (folder / f"{table}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            continue
        with open(folder / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows({column: row.get(column) or "" for column in columns} for row in rows)
    return folder


def halves(tables: Mapping[str, Sequence[Raw]], rng: random.Random) -> list[dict[str, Sequence[Raw]]]:
    """Two deliveries in reading order, each with a part of every table it mentions."""
    first, second = {}, {}
    for table, rows in tables.items():
        cut = rng.choice((0, len(rows) // 2, len(rows)))
        first[table], second[table] = rows[:cut], rows[cut:]
    return [part for part in ({t: r for t, r in half.items() if r} for half in (first, second)) if part]


def around(centre: Centre) -> tuple[date, date]:
    """First and last local day of the legs."""
    days = [leg["day"] for leg in centre.legs]
    return min(days), max(days) + timedelta(days=1)
