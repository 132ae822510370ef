"""A small centre over two clients and 200 days: enough for every page, with a planted fall of NPS at one client."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.schema import frame_schema
from care_metrics.store import Store, open_store, publishing

END = datetime(2026, 6, 30, 18, tzinfo=UTC)
DAYS = 200
SITES, REASONS, CHANNELS = ("bogota", "leeds"), ("billing_dispute", "outage", "plan_change"), ("voice", "chat", "email")
LINES = {
    "customer": ("My invoice is wrong again.", "Nobody calls me back!", "Thank you, that helps."),
    "agent": ("Let me see.", "I will call you on Friday."),
}


def build(folder: Path, contacts: int = 700, **hostile: str) -> Store:
    """A published store under `folder`; hostile: texts to put in place of reason, site, team, agent_id or text."""
    store = open_store(str(folder / "store"))
    with publishing(store) as publication:
        for number, client in enumerate(("acme_air", "zeta_bank")):
            rows = tables(client, contacts // 2, number, hostile)
            readings = [reading_of(table, frame(table, lines)) for table, lines in rows.items() if lines]
            publish_readings(publication, client, "America/Bogota", readings)
    return store


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows with the types of their table."""
    types = {name: kind for name, kind in frame_schema(table).items() if name in rows[0]}
    return pl.DataFrame(rows, schema=types)


def tables(client: str, contacts: int, seed: int, hostile: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """Canonical rows of one client, drawn from a seed."""
    rng = random.Random(seed)
    legs, turns, surveys = [], [], []
    for number in range(contacts):
        started = END - timedelta(minutes=number * DAYS * 24 * 60 / contacts)
        name = f"{client[0]}{number}"
        legs.append(leg(rng, name, number, started, hostile))
        if number % 3 == 0:
            turns += conversation(rng, name, hostile)
        if number % 2 == 0:
            late = started > END - timedelta(days=90)
            answers = (3, 5, 6, 8) if late and client == "acme_air" else (6, 8, 9, 10)
            surveys.append(
                {
                    "survey_id": f"s{name}",
                    "interaction_id": name,
                    "sent_at": started,
                    "responded_at": started + timedelta(hours=3),
                    "nps": rng.choice(answers),
                    "ces": rng.randint(3, 7),
                    "csat": rng.randint(2, 5),
                }
            )
    customers = [
        {
            "customer_id": f"{client[0]}c{k}",
            "start_at": END - timedelta(days=900),
            "end_at": END - timedelta(days=rng.randint(1, 180)) if k % 9 == 0 else None,
        }
        for k in range(120)
    ]
    costs = [{"month": f"2026-{month:02d}", "cost": 1000.0, "currency": "USD"} for month in range(1, 7)]
    return {"interactions": legs, "turns": turns, "surveys": surveys, "customers": customers, "costs": costs}


def leg(rng: random.Random, name: str, number: int, started: datetime, hostile: dict[str, str]) -> dict[str, object]:
    return {
        "interaction_id": name,
        "customer_id": f"{name[0]}c{number % 120}",
        "agent_id": hostile.get("agent_id", f"a{number % 5}"),
        "team": hostile.get("team", "alder"),
        "site": hostile.get("site", rng.choice(SITES)),
        "channel": rng.choice(CHANNELS),
        "direction": "inbound",
        "reason": hostile.get("reason", rng.choice(REASONS)),
        "started_at": started,
        "ended_at": started + timedelta(minutes=8),
        "queue_s": rng.randint(1, 60),
        "talk_s": rng.randint(200, 600),
        "hold_s": rng.randint(0, 60),
        "acw_s": rng.randint(5, 60),
        "outcome": "abandoned" if number % 20 == 19 else "handled",
        "transfers": int(number % 7 == 0),
        "escalated": number % 11 == 0,
        "follow_up_promised": False,
        "source_url": hostile.get("source_url"),
    }


def conversation(rng: random.Random, name: str, hostile: dict[str, str]) -> list[dict[str, object]]:
    mood = rng.uniform(-0.9, 0.5)
    return [
        {
            "interaction_id": name,
            "turn_no": turn,
            "speaker": speaker,
            "begin_s": turn * 60,
            "end_s": turn * 60 + 40,
            "text": hostile.get("text", rng.choice(LINES[speaker])),
            "valence": round(max(-1.0, min(1.0, mood + 0.1 * turn)), 3) if speaker == "customer" else None,
        }
        for turn, speaker in enumerate(("agent", "customer") * 4)
    ]
