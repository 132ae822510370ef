"""What the database keeps, one frozen record a table; `id`, `at` and the one who typed are set by the room, never by the page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from care_metrics.scope import Bounds, Role

# A session older than this has ended.
LONGEST = timedelta(hours=8)
Comparator = Literal[">=", "<=", ">", "<"]


@dataclass(frozen=True)
class Target:
    """What a KPI should reach for a client. length: the period it speaks of ('any', 'week', 'month', 'quarter', 'year', '90 days')."""

    client: str
    kpi: str
    comparator: Comparator
    value: float
    kind: Literal["contract", "goal"]
    valid_from: date
    length: str = "any"
    typed_by: str = ""
    at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class Annotation:
    """A day worth marking on trends; client None marks it for all. audience 'client' shows it to client readers too."""

    client: str | None
    day: date
    text: str
    audience: Literal["internal", "client"] = "internal"
    typed_by: str = ""
    at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class Action:
    """What was agreed with a client. version: the one last seen (0: new); key: one per form, so that a double click is one row."""

    action_id: str
    client: str
    text: str
    owner: str
    due: date | None = None
    state: Literal["open", "done", "dropped"] = "open"
    version: int | None = 0
    key: str = ""
    typed_by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Site:
    """A client's own word on a site, over what the export says."""

    client: str
    site: str
    label: str
    country: str | None = None
    location: Literal["onshore", "nearshore", "offshore"] | None = None
    typed_by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TaskOfReason:
    """Whether contacts of this reason are transactional or emotional at this client."""

    client: str
    reason: str
    task: Literal["transactional", "emotional"]
    typed_by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Reader:
    """Who may sign in, as what, for whom. subject None: invited by e-mail, bound at the first verified sign-in.

    every_client: all clients the store knows at the time, for the centre's own staff. bounds: what an agent or
    team lead is confined to, by agent_id or team.
    """

    issuer: str
    subject: str | None
    email: str
    role: Role
    clients: tuple[str, ...] = ()
    every_client: bool = False
    bounds: Bounds = ()
    granted_by: str = ""
    at: datetime | None = None
    revoked_at: datetime | None = None
    id: int | None = None

    @property
    def name(self) -> str:
        """By what their rows are signed: the e-mail, which one reader only holds, else the subject."""
        return self.email or f"{self.subject}@{self.issuer}"


@dataclass(frozen=True)
class Identity:
    """What the provider vouches for. email_verified None: it does not say; False is refused whoever it is."""

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool | None = None


@dataclass(frozen=True)
class Session:
    """One login cookie: when it was first seen, and when its reader signed out."""

    session_id: str
    reader_id: int
    first_seen: datetime
    signed_out_at: datetime | None = None


@dataclass(frozen=True)
class AuditEntry:
    """Who did what. filters: (name, value) pairs; rows, snapshot, digest: of what was exported, its sha256."""

    what: str
    client: str | None = None
    contact: str | None = None
    filters: tuple[tuple[str, str], ...] = ()
    rows: int | None = None
    snapshot: int | None = None
    digest: str | None = None
    who: str = ""
    role: str = ""
    at: datetime | None = None
    id: int | None = None


@dataclass(frozen=True)
class SavedFilter:
    """A reader's own view of a page: the URL's query under a name."""

    page: str
    name: str
    query: tuple[tuple[str, str], ...]
    at: datetime | None = None
