"""Random legs: contacts of several legs, repeats at exact windows, versions, transfers, missing and invalid values."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .accept import Raw

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
# Start to start of a second contact: on, just inside and just outside the windows of 24 h and 168 h.
GAPS = (
    168 * HOUR,
    168 * HOUR + SECOND,
    168 * HOUR - SECOND,
    168 * HOUR + timedelta(microseconds=1),
    24 * HOUR,
    24 * HOUR + SECOND,
    timedelta(0),
    SECOND,
    30 * HOUR,
    100 * HOUR,
)
BAD_SECONDS = ("-1", "N/A", "NaN", "inf", "1e308", "-0.5")


@dataclass(frozen=True)
class Span:
    """Where and when a centre works, with its source of chance."""

    rng: random.Random
    zone: str
    middle: datetime
    reach_days: int

    def moment(self) -> datetime:
        """Any second of the span; every sixth time a local midnight, often the odd day's, or a second beside one."""
        moment = self.middle + timedelta(days=self.rng.randrange(-self.reach_days, self.reach_days))
        if self.rng.random() < 0.17:
            day = self.rng.choice((moment, moment, self.middle, self.middle + timedelta(days=1)))
            local = day.replace(hour=0, tzinfo=ZoneInfo(self.zone), fold=self.rng.randrange(2))
            return local.astimezone(self.middle.tzinfo) + self.rng.choice((-SECOND, 0 * SECOND, 0 * SECOND, SECOND))
        return moment + timedelta(seconds=self.rng.randrange(86_400))

    def text(self, moment: datetime | None) -> str:
        """ISO 8601, with Z, the local offset or another one."""
        if moment is None:
            return ""
        zone = self.rng.choice(("UTC", self.zone, "Asia/Kathmandu"))
        written = moment.astimezone(ZoneInfo(zone)).isoformat()
        return written.replace("+00:00", "Z")

    def some(self, *values: Any, missing: float = 0.08, bad: tuple[str, ...] = (), wrong: float = 0.06) -> str:
        """One of the values as text, now and then nothing or a bad one."""
        chance = self.rng.random()
        if chance < missing:
            return ""
        if bad and chance < missing + wrong:
            return self.rng.choice(bad)
        return str(self.rng.choice(values))

    def seconds(self, most: int = 900) -> str:
        return self.some(0, self.rng.randrange(most), self.rng.randrange(2 * most) / 2, bad=BAD_SECONDS)

    def flag(self, missing: float = 0.15) -> str:
        return self.some("true", "false", missing=missing, bad=("maybe",), wrong=0.04)


def interactions(span: Span, legs: int) -> list[Raw]:
    """About so many legs, some in two versions, a few beyond repair."""
    rows: list[Raw] = []
    begun: list[tuple[datetime, str, str]] = []
    while len(rows) < legs:
        start, customer, reason = opening(span, begun)
        begun.append((start, customer, reason))
        rows.extend(contact(span, len(rows), start, customer, reason))
    rows.extend(versions(span, rows))
    rows.append(dict(rows[0]) | {"interaction_id": "q1", "started_at": "yesterday"})
    rows.append(dict(rows[0]) | {"interaction_id": "q2", "outcome": "lost"})
    rows.append(dict(rows[0]) | {"interaction_id": "q3", "ended_at": "soon"})
    span.rng.shuffle(rows)
    return rows


def opening(span: Span, begun: list[tuple[datetime, str, str]]) -> tuple[datetime, str, str]:
    """A contact's start, customer and reason: new, or the same customer again after a telling gap."""
    rng = span.rng
    if begun and rng.random() < 0.45:
        start, customer, reason = rng.choice(begun)
        return start + rng.choice(GAPS), customer, reason if rng.random() < 0.8 else span.some("bill", "move")
    ids = [f"c{k}" for k in range(12)]
    return span.moment(), span.some(*ids, "ghost", missing=0.1), span.some("bill", "move", "fault")


def contact(span: Span, number: int, start: datetime, customer: str, reason: str) -> list[dict[str, str]]:
    rng = span.rng
    count = rng.choice((1, 1, 1, 2, 3))
    # A key may be shared, absent, or look like the id of some other leg.
    key = f"k{number}" if count > 1 else rng.choice(("", "", f"k{number}", f"i{rng.randrange(90)}"))
    case = rng.choice(("", f"case{rng.randrange(15)}"))
    direction = rng.choice(("inbound", "inbound", "inbound", "", "outbound"))
    legs = []
    for place in range(count):
        moment = start + place * rng.choice((timedelta(0), timedelta(minutes=5), timedelta(hours=30)))
        who = customer if rng.random() < 0.95 else ""
        why = reason if place == 0 or rng.random() < 0.7 else "other"
        legs.append(leg(span, f"i{number + place}", moment) | {"contact_id": key, "case_id": case})
        legs[-1] |= {"customer_id": who, "reason": why, "direction": direction if rng.random() < 0.9 else ""}
    return legs


def leg(span: Span, key: str, start: datetime) -> dict[str, str]:
    rng = span.rng
    lasting = timedelta(seconds=rng.choice((1, 60, 400, 400, 400, 1000)))
    due = start + rng.choice((HOUR, 72 * HOUR, 400 * HOUR, 24 * HOUR))
    return {
        "interaction_id": key,
        "agent_id": span.some(*(f"a{k}" for k in range(5)), "a99"),
        "team": span.some("red", "blue", missing=0.5),
        "site": span.some("north", "south", missing=0.5),
        "channel": span.some("voice", "voice", "voice", "chat", "email", missing=0.15),
        "task": span.some("transactional", "emotional", missing=0.7),
        "language": span.some("en", "es"),
        "started_at": span.text(start),
        "ended_at": span.text(start + lasting) if rng.random() < 0.85 else "",
        "queue_s": span.some(0, 3, 5, 5.001, 12, 20, 20.001, 21, 90, bad=BAD_SECONDS),
        "talk_s": span.seconds(),
        "hold_s": span.seconds(100),
        "acw_s": span.seconds(200),
        "outcome": rng.choice(("handled", "handled", "handled", "abandoned", "contained")),
        "handler": span.some("human", "ai", "ai", "ai_then_human", missing=0.3),
        "transfers": span.some(0, 0, 1, 2, bad=("-1", "1.5", "x")),
        "escalated": span.flag(),
        "complaint": span.flag(),
        "case_closed": span.some("true", "false", missing=0.3),
        "follow_up_promised": span.some("true", "false", missing=0.3),
        "follow_up_due_at": span.text(due) if rng.random() < 0.85 else "",
        "follow_up_kept": span.flag(),
        "updated_at": "",
    }


def versions(span: Span, rows: list[Raw]) -> list[Raw]:
    """Second versions of some legs: later ones that win, earlier ones that lose, equal ones where the last wins."""
    again = []
    for row in span.rng.sample(rows, len(rows) // 10):
        moment, other = span.moment(), leg(span, row["interaction_id"] or "", span.moment())
        gap = span.rng.choice((HOUR, -HOUR, timedelta(0), None))
        if gap is not None:
            row["updated_at"] = span.text(moment)  # type: ignore[index]
            other["updated_at"] = span.text(moment + gap)
        kept = ("contact_id", "case_id", "customer_id", "reason", "direction", "started_at", "ended_at")
        again.append({**other, **{name: row[name] for name in kept}, "talk_s": span.seconds()})
    return again
