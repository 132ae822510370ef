"""What quality work leaves behind, one frozen record a table; `id`, `at` and the author are set by the room, never by the page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class TurnVerdict:
    """Is the model's sentiment of this turn right? shown: the valence judged; valence: what it should be, -1..1."""

    turn_no: int
    right: bool
    shown: float | None = None
    valence: float | None = None


@dataclass(frozen=True)
class EvidenceVerdict:
    """Is this piece of evidence right? The first five fields are the evidence's own key; credited: whether it gave points."""

    pillar: str
    behaviour: str
    source: str
    turn_no: int | None
    event_id: str | None
    right: bool
    credited: bool | None = None


@dataclass(frozen=True)
class ScorecardItem:
    """One line of the scorecard, in points. earned None: not applicable; critical: zero points fail the whole contact."""

    item: str
    earned: float | None
    possible: float
    critical: bool = False
    pillar: str = "quality"


@dataclass(frozen=True)
class Review:
    """One reviewer's judgement of one contact, as one revision of it.

    opinion: 1 is the first, 2 a second one by somebody else. version: what the author last saw (0: none yet) on the
    way in; on the way out its own number, None if it lost against a newer one and was set aside (both stay in history).
    key: one per opened form. snapshot, model_revision: whose scores were judged.
    """

    client: str
    interaction_id: str
    opinion: int = 1
    agent_id: str | None = None
    team: str | None = None
    root_cause: str = ""
    turns: tuple[TurnVerdict, ...] = ()
    evidence: tuple[EvidenceVerdict, ...] = ()
    items: tuple[ScorecardItem, ...] = ()
    next_step: str = ""
    coaching_note: str = ""
    state: Literal["open", "done"] = "done"
    snapshot: int | None = None
    model_revision: str | None = None
    version: int | None = 0
    key: str = ""
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Judged:
    """What a review says of the model, and nothing of who said it: enough to correct a number for the model's error."""

    client: str
    interaction_id: str
    opinion: int
    turns: tuple[TurnVerdict, ...]
    evidence: tuple[EvidenceVerdict, ...]
    snapshot: int | None
    model_revision: str | None


@dataclass(frozen=True)
class Draft:
    """What a reviewer has typed and not yet saved. body: the form as the page holds it; typed_at orders late arrivals."""

    client: str
    interaction_id: str
    key: str
    body: dict[str, object]
    typed_at: datetime
    opinion: int = 1
    version: int = 0


@dataclass(frozen=True)
class PlanDraft:
    """The same of a coaching plan. plan_id: empty while it is not agreed yet; key: what the plan would be saved under."""

    client: str
    agent_id: str
    key: str
    body: dict[str, object]
    typed_at: datetime
    plan_id: str = ""
    team: str | None = None
    version: int = 0


@dataclass(frozen=True)
class Dispute:
    """An agent's or team lead's objection to a piece of evidence (named by its key) or to a score."""

    client: str
    interaction_id: str
    agent_id: str
    text: str
    about: Literal["evidence", "score"] = "evidence"
    pillar: str | None = None
    behaviour: str | None = None
    source: str | None = None
    turn_no: int | None = None
    event_id: str | None = None
    team: str | None = None
    key: str = ""
    state: Literal["open", "accepted", "rejected", "withdrawn"] = "open"
    opened_by: str = ""
    at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Assignment:
    """Who is to review a contact, and why it was chosen: with seed and inclusion probability, so that estimates stay unbiased."""

    client: str
    interaction_id: str
    reviewer: str
    why: str
    opinion: int = 1
    plan: str | None = None
    seed: int | None = None
    probability: float | None = None
    agent_id: str | None = None
    team: str | None = None
    due: date | None = None
    state: Literal["open", "done"] = "open"
    assigned_by: str = ""
    at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class CoachingPlan:
    """One agent's plan for one skill or pillar, as one revision of it.

    goal: the step that was agreed; follow_up: the day to look again; note: what was seen then; contacts: the moments
    it builds on; outcome: judged once it is done, empty before.
    """

    plan_id: str
    client: str
    agent_id: str
    skill: str
    goal: str
    starts: date
    follow_up: date | None = None
    note: str = ""
    contacts: tuple[str, ...] = ()
    state: Literal["open", "done", "dropped"] = "open"
    outcome: Literal["", "reached", "partly", "not_reached"] = ""
    team: str | None = None
    version: int | None = 0
    key: str = ""
    author: str = ""
    at: datetime | None = None
