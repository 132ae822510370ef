"""Clients drawn at random, in which nothing changes over 180 days, or one thing does for the last 90."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.store import Store, open_store, publishing
from tests.pages.centre import frame

END = datetime(2026, 6, 30, 23, 50, tzinfo=UTC)
HALF, CONTACTS, CUSTOMERS = 90, 400, 900
Rows = list[dict[str, object]]
# What changes -> the KPI that shows it first, and which way.
PLANTED = {
    "detractors": ("nps", "fell"),
    "effort": ("ces", "fell"),
    "mood": ("sentiment", "fell"),
    "leaving": ("retention", "fell"),
    "dissatisfied": ("csat", "fell"),
    "coming_back": ("fcr", "fell"),
    "souring": ("recovery", "fell"),
    "escalating": ("escalation", "rose"),
    "passing_on": ("transfer", "rose"),
    "broken_promises": ("follow_up_kept", "fell"),
}


def build(folder: Path, clients: dict[str, str | None], seed: int) -> Store:
    """One store; clients: name -> a key of PLANTED, None for a client in which nothing changes."""
    store = open_store(str(folder))
    with publishing(store) as publication:
        for number, (client, planted) in enumerate(clients.items()):
            rows = tables(np.random.default_rng((seed, number)), planted)
            publish_readings(publication, client, "UTC", [reading_of(name, frame(name, r)) for name, r in rows.items()])
    return store


def tables(rng: np.random.Generator, planted: str | None) -> dict[str, Rows]:
    """Canonical rows of one client: every contact stands for itself, so that tests of a change hold their level."""
    legs: Rows = []
    turns: Rows = []
    surveys: Rows = []
    for number in range(2 * CONTACTS + 20):
        late = number < CONTACTS
        day = rng.uniform(0, HALF) if late else rng.uniform(HALF, 2 * HALF + 3)
        what = planted if late else None
        name, started = f"i{number}", END - timedelta(days=day)
        customer = f"c{rng.integers(CUSTOMERS)}"
        legs.append(leg(rng, name, customer, started, what))
        if what == "coming_back" and rng.random() < 0.25:
            legs.append(leg(rng, f"{name}r", customer, min(started + timedelta(days=2), END), None))
        turns += conversation(rng, name, what)
        if number % 2:
            surveys.append(survey(rng, name, started, what))
    leaving = 0.12 if planted == "leaving" else 0.02
    return {"interactions": legs, "turns": turns, "surveys": surveys, "customers": customers(rng, leaving)}


def leg(rng: np.random.Generator, name: str, customer: str, started: datetime, what: str | None) -> dict[str, object]:
    return {
        "interaction_id": name,
        "customer_id": customer,
        "agent_id": f"a{rng.integers(12)}",
        "site": rng.choice(["leeds", "quito"]).item(),
        "channel": "voice",
        "direction": "inbound",
        "reason": rng.choice(["outage", "invoice", "move"]).item(),
        "started_at": started,
        "ended_at": started + timedelta(minutes=8),
        "queue_s": int(rng.integers(1, 60)),
        "talk_s": int(rng.gamma(6, 60)),
        "hold_s": 0,
        "acw_s": int(rng.integers(5, 60)),
        "outcome": "handled",
        "transfers": int(rng.random() < (0.35 if what == "passing_on" else 0.12)),
        "escalated": bool(rng.random() < (0.25 if what == "escalating" else 0.06)),
        "follow_up_promised": True,
        "follow_up_due_at": started + timedelta(days=1),
        "follow_up_kept": bool(rng.random() < (0.6 if what == "broken_promises" else 0.85)),
    }


def conversation(rng: np.random.Generator, name: str, what: str | None) -> Rows:
    mood = rng.normal(-0.25 if what == "mood" else 0.0, 0.3)
    rise = rng.normal(-0.2 if what == "souring" else 0.1, 0.2)
    values = np.clip([mood - rise / 2, mood, mood, mood + rise / 2], -1, 1).round(3)
    said = {"interaction_id": name, "speaker": "customer", "text": "Well."}
    return [
        said | {"turn_no": turn, "begin_s": 120 * turn, "end_s": 120 * turn + 40, "valence": float(value)}
        for turn, value in enumerate(values)
    ]


def survey(rng: np.random.Generator, name: str, started: datetime, what: str | None) -> dict[str, object]:
    return {
        "survey_id": f"s{name}",
        "interaction_id": name,
        "sent_at": started,
        "responded_at": started,
        "nps": int(rng.integers(0, 11)) if what == "detractors" else int(rng.choice([3, 7, 8, 9, 10, 10])),
        "ces": int(rng.integers(1, 6)) if what == "effort" else int(rng.integers(3, 8)),
        "csat": int(rng.integers(1, 6)) if what == "dissatisfied" else int(rng.choice([2, 4, 4, 5, 5])),
    }


def customers(rng: np.random.Generator, leaving: float) -> Rows:
    """Half a year ago all are there; leaving: the chance to go in the last 90 days, 2 % in the 90 before."""

    def end() -> datetime | None:
        chance, late = rng.random(), rng.uniform(0, HALF)
        if chance < 0.02:
            return END - timedelta(days=HALF + late)
        return END - timedelta(days=late) if chance < 0.02 + leaving else None

    return [{"customer_id": f"c{k}", "start_at": END - timedelta(days=900), "end_at": end()} for k in range(CUSTOMERS)]
