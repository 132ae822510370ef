"""The stretches of a client's local calendar that memberships are judged over: from one instant to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from care_metrics.filters import Filters
from care_metrics.schema import TIME_DIMENSIONS


@dataclass(frozen=True)
class Span:
    """A client's memberships: their places, its zone, where they begin and where its data end (microseconds UTC)."""

    client: str
    places: slice
    zone: str
    begin: int
    data_end: int


@dataclass(frozen=True)
class Bucket:
    """From one instant to another, and what it is called in each dimension of time."""

    start: int
    end: int
    words: dict[str, str]


def buckets(span: Span, filters: Filters, names: Sequence[str]) -> Iterator[Bucket]:
    """The period as one bucket, or one a day, week or month of the client's own calendar.

    names: the dimensions of time; the finest of them cuts.
    """
    zone = ZoneInfo(span.zone)
    start = midnight(zone, filters.start) if filters.start else span.begin
    end = midnight(zone, filters.end) if filters.end else span.data_end
    if start >= end:
        return
    if not names:
        yield Bucket(start, end, {})
        return
    finest = next(name for name in TIME_DIMENSIONS if name in names)
    day = _floor(_local(zone, start), finest)
    while day <= _local(zone, end) and midnight(zone, day) < end:
        after = _next(day, finest)
        words = {name: _word(day, name) for name in names}
        yield Bucket(max(start, midnight(zone, day)), min(end, midnight(zone, after)), words)
        day = after


def midnight(zone: ZoneInfo, day: date) -> int:
    """The first instant of a local day in microseconds: where clocks go back at midnight, the earlier of the two."""
    return _microseconds(datetime.combine(day, time(), zone).astimezone(UTC))


def _microseconds(instant: datetime) -> int:
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _local(zone: ZoneInfo, instant: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(zone).date()


def _floor(day: date, name: str) -> date:
    return {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}[name]


def _next(day: date, name: str) -> date:
    return (
        _floor(day + timedelta(days=32), "month")
        if name == "month"
        else day + timedelta(days=7 if name == "week" else 1)
    )


def _word(day: date, name: str) -> str:
    return f"{day:%Y-%m}" if name == "month" else _floor(day, name).isoformat()
