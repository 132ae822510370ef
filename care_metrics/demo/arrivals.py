"""When contacts arrive: thirteen months of local days and hours with their seasons, as UTC instants."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo.clients import Client
from care_metrics.demo.draws import Ints, pick

FIRST_DAY, LAST_DAY = date(2025, 10, 1), date(2026, 10, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
WEEKDAY = np.array([1.28, 1.12, 1.0, 1.0, 1.08, 0.62, 0.42])
# Local hours 0 to 23: a few calls at night, peaks before noon and in the afternoon.
HOUR = np.array([2, 1, 1, 1, 1, 2, 8, 26, 55, 82, 96, 92, 74, 70, 80, 86, 84, 70, 52, 38, 26, 16, 8, 4], dtype=float)
UTC = pl.Datetime("us", "UTC")


def opening(client: Client) -> datetime:
    """The first instant of the demo for a client, in UTC."""
    return _to_utc(pl.Series([datetime.combine(FIRST_DAY, datetime.min.time())]), client.zone).item()


def closing(client: Client) -> datetime:
    """The first instant after the demo for a client, in UTC."""
    midnight = datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time())
    return _to_utc(pl.Series([midnight]), client.zone).item()


def arrivals(client: Client, size: int, rng: Generator) -> pl.Series:
    """`size` UTC instants, unsorted, that follow the client's months, weekdays and local hours."""
    days = [FIRST_DAY + timedelta(days=offset) for offset in range(DAYS)]
    growth = np.linspace(0.97, 1.03, DAYS)
    weights = growth * [client.season[day.month - 1] * WEEKDAY[day.weekday()] for day in days]
    seconds = pick(rng, weights, size) * 86_400 + pick(rng, HOUR, size) * 3_600 + rng.integers(0, 3_600, size)
    midnight = np.datetime64(FIRST_DAY, "us")
    local = pl.Series(midnight + seconds.astype("timedelta64[s]"), dtype=pl.Datetime("us"))
    return _to_utc(local, client.zone)


def _to_utc(local: pl.Series, zone: str) -> pl.Series:
    """Wall clock to instant; an hour that the clocks skip in spring is taken one hour later."""
    at = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    later = local.dt.offset_by("1h").dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    return at.fill_null(later).dt.convert_time_zone("UTC").cast(UTC)


def span(seconds: pl.Expr) -> pl.Expr:
    """Seconds with fractions as a duration, exact to the millisecond."""
    return (seconds * 1_000).round().cast(pl.Int64).cast(pl.Duration("ms")).cast(pl.Duration("us"))


def by_day(at: pl.Series, zone: str, rng: Generator) -> pl.Series:
    """The instants, those at night put off to the next morning: people sleep before they call again."""
    hour = at.dt.convert_time_zone(zone).dt.hour().to_numpy().astype(np.int64)
    morning = rng.uniform(8, 12, len(hour))
    wait = np.select([hour >= 21, hour < 8], [24 + morning - hour, morning - hour], 0.0)
    return at + pl.Series((wait * 3.6e9).astype(np.int64)).cast(pl.Duration("us"))


def rush(at: pl.Series, zone: str) -> np.ndarray:
    """How busy the centre is at each instant: 1 on average over contacts, more at the peaks."""
    local = at.dt.convert_time_zone(zone)
    hours: Ints = local.dt.hour().to_numpy().astype(np.int64)
    weekdays: Ints = local.dt.weekday().to_numpy().astype(np.int64) - 1
    return (HOUR[hours] / 75.0) ** 0.5 * WEEKDAY[weekdays]
