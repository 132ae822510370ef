"""The legs of a Genesys conversation: who took it after which queue, and what the sessions' metrics say of it."""

from dataclasses import dataclass, field
from typing import Any

Part = dict[str, Any]
AGENTS, QUEUES, BOTS, MENUS = ("agent", "user"), ("acd",), ("bot", "botflow"), ("ivr", "workflow")


@dataclass
class Leg:
    """One agent's part of a conversation, or the whole of one that no agent took; times in ms as the vendor gives them."""

    agent: str | None = None
    media: str | None = None
    started: str | None = None
    ended: str | None = None
    wrap_up: str | None = None
    outcome: str = "handled"
    handler: str = "human"
    own: dict[str, float] = field(default_factory=dict)
    queue: dict[str, float] = field(default_factory=dict)

    def seconds(self, *metrics: str, where: str = "own") -> float | None:
        """The first of these metrics that is there; a part that a handled leg does not mention took no time."""
        found = self.own if where == "own" else self.queue
        value = next((found[name] for name in metrics if name in found), None)
        if value is None:
            return 0.0 if where == "own" and "tHandle" in self.own else None
        return value / 1000

    @property
    def transfers(self) -> str | None:
        """How often the agent passed it on; unknown without metrics."""
        if "tHandle" not in self.own and "nTransferred" not in self.own:
            return None
        kinds = self.own.get("nBlindTransferred", 0) + self.own.get("nConsultTransferred", 0)
        return str(int(self.own.get("nTransferred", kinds)))


def legs(conversation: Part) -> list[Leg]:
    """The legs in order; each takes the queue before it, a conversation without an agent is one leg."""
    found: list[Leg] = []
    queue: dict[str, float] = {}
    purposes = [part.get("purpose") for part in conversation["participants"]]
    for part in conversation["participants"]:
        own = _metrics(part)
        if part.get("purpose") in QUEUES:
            queue = own
        elif part.get("purpose") in AGENTS and _took_it(part, own):
            found.append(_leg(part, own, queue))
            queue = {}
    if found and any(purpose in BOTS for purpose in purposes):
        found[0].handler = "ai_then_human"
    return found or [_without_agent(conversation, purposes, queue)]


def _leg(part: Part, own: dict[str, float], queue: dict[str, float]) -> Leg:
    segments = [segment for session in part["sessions"] for segment in session.get("segments", [])]
    wrap_ups = [segment["wrapUpCode"] for segment in segments if segment.get("wrapUpCode")]
    return Leg(
        agent=part.get("userId"),
        media=part["sessions"][0].get("mediaType"),
        started=min((segment["segmentStart"] for segment in segments), default=None),
        ended=max((segment["segmentEnd"] for segment in segments if segment.get("segmentEnd")), default=None),
        wrap_up=wrap_ups[-1] if wrap_ups else None,
        own=own,
        queue=queue,
    )


def _without_agent(conversation: Part, purposes: list[str | None], queue: dict[str, float]) -> Leg:
    """Gave up in the queue, or never got to one: then the bot or the menu was all there was."""
    sessions = [session for part in conversation["participants"] for session in part.get("sessions", [])]
    waited = any(purpose in QUEUES for purpose in purposes)
    alone = not waited and any(purpose in (*BOTS, *MENUS) for purpose in purposes)
    return Leg(
        media=sessions[0].get("mediaType") if sessions else None,
        outcome="contained" if alone else "abandoned",
        handler="ai" if alone else "human",
        queue=queue,
    )


def _took_it(part: Part, own: dict[str, float]) -> bool:
    """Rang and was not answered: no leg."""
    kinds = {
        segment.get("segmentType") for session in part.get("sessions", []) for segment in session.get("segments", [])
    }
    return "interact" in kinds or "tTalk" in own or "tHandle" in own


def _metrics(part: Part) -> dict[str, float]:
    total: dict[str, float] = {}
    for session in part.get("sessions", []):
        for metric in session.get("metrics", []):
            total[metric["name"]] = total.get(metric["name"], 0.0) + float(metric["value"])
    return total
