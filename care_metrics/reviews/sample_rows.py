"""Sampling plans and the contacts they drew, one frozen record a table."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["random", "risk"]


@dataclass(frozen=True)
class SamplingPlan:
    """How a sample was drawn, so that anybody can draw it again: from `frame_n` contacts of [starts, ends) in a snapshot.

    kind: random takes `size` of each agent; risk takes `size` in all, each contact with a chance in proportion to 1 plus
    the number of its reasons for attention. key: one per opened form.
    """

    client: str
    kind: Kind
    size: int
    seed: int
    starts: date
    ends: date
    frame_n: int
    snapshot: int
    key: str = ""
    drawn_by: str = ""
    at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A contact that a plan drew. probability: of being drawn, 0..1; why: its reasons for attention on that day."""

    client: str
    interaction_id: str
    agent_id: str | None
    team: str | None
    probability: float
    why: tuple[str, ...] = ()
    kind: Kind = "random"
    plan: int | None = None
