"""Six agents of one client in two teams, twelve contacts each, every answer worked by hand in the tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from care_metrics.access import warehouse_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from care_metrics.warehouse import Warehouse
from tests.test_attention import typed

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
# Of 12 contacts: in how many the agent took up the feeling, and how many came by voice.
SHOWN = {"a1": 3, "a2": 9, "a3": 8, "a4": 9, "a5": 10, "a6": 9}
VOICE = {"a1": 8, "a2": 6, "a3": 6, "a4": 6, "a5": 6, "a6": 6}
# Which voice contacts of a1 ended low, day by day: two in a row on the first day.
HARD = {"a1": (0, 1, 3, 9)}
SAID = "the invoice is wrong for the third time, number"


def legs_of(agent: str) -> list[dict[str, object]]:
    """Four contacts a day on three days, the voice contacts first on each of them."""
    team = "blue" if agent < "a4" else "red"
    return [
        {
            "interaction_id": f"{agent}_{k}",
            "customer_id": f"c_{agent}_{k}",
            "agent_id": agent,
            "team": team,
            "channel": channel(agent, k),
            "reason": "billing",
            "started_at": (START + timedelta(days=k // 4, hours=k % 4)).isoformat(),
            "ended_at": (START + timedelta(days=k // 4, hours=k % 4, minutes=6)).isoformat(),
            "outcome": "handled",
        }
        for k in range(12)
    ]


def channel(agent: str, k: int) -> str:
    """a1: contacts 2, 5, 6 and 10 by chat; the others' even ones."""
    chats = (2, 5, 6, 10) if agent == "a1" else range(0, 12, 2)
    return "chat" if k in chats else "voice"


def hard(agent: str, k: int) -> bool:
    """Every second voice contact, no chat."""
    return k in HARD.get(agent, (1, 5, 9))


def turns_of(agent: str) -> list[dict[str, object]]:
    """The customer at the start (always 0.2), the agent, the customer at the end: -0.8 where it ends low, else 0.6."""
    rows: list[dict[str, object]] = []
    for k in range(12):
        end = -0.8 - k / 100 if hard(agent, k) else 0.6
        spoken = ((1, "customer", 0, 0.2), (2, "agent", 60, None), (3, "customer", 300, end))
        rows += [
            {
                "interaction_id": f"{agent}_{k}",
                "turn_no": no,
                "speaker": speaker,
                "begin_s": begin,
                "end_s": begin + 20,
                "text": f"{speaker}: {SAID} {agent} {k} {no}",
                "valence": value,
            }
            for no, speaker, begin, value in spoken
        ]
    return rows


def evidence_of(agent: str) -> list[dict[str, object]]:
    """The feeling taken up in the first contacts; a1 dismissed it once, in its last one."""
    rows = [point(agent, k, "acknowledges_feeling", 2.0 if k < SHOWN[agent] else 0.0) for k in range(12)]
    return rows + [point(agent, 11, "dismisses", 0.0)] * (agent == "a1")


def point(agent: str, k: int, behaviour: str, earned: float) -> dict[str, object]:
    named = {"interaction_id": f"{agent}_{k}", "pillar": "empathy", "behaviour": behaviour, "turn_no": 2}
    return named | {"earned": earned, "possible": 2.0, "source": "text"}


def store_of(folder: Path, agents: tuple[str, ...] = tuple(SHOWN)) -> Store:
    """Published under the folder, with a second client of one agent of the same name."""
    store = open_store(str(folder / "store"))
    tables = {"interactions": legs_of, "turns": turns_of, "evidence": evidence_of}
    with publishing(store) as publication:
        for client, known in (("acme", agents), ("other", ("a1",))):
            readings = [
                typed(name, [row for agent in known for row in rows_of(agent)]) for name, rows_of in tables.items()
            ]
            publish_readings(publication, client, "UTC", readings)
    return store


def house_of(folder: Path, agents: tuple[str, ...]) -> Warehouse:
    store = store_of(folder, agents)
    return warehouse_of(store, store.snapshot(), operator(["acme", "other"]))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return house_of(tmp_path_factory.mktemp("coaching"), tuple(SHOWN))
