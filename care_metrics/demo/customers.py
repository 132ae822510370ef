"""The customers of a client: who they are, when they joined, and, at the end, when they left and came back."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo.arrivals import closing, opening
from care_metrics.demo.clients import Client
from care_metrics.demo.draws import chance, pick
from care_metrics.demo.language.names import CUSTOMER_FIRST, CUSTOMER_LAST, SPANISH_FIRST, SPANISH_LAST

CONTACTS_PER_CUSTOMER, JOIN_SHARE, SILENT_SHARE = 2.6, 0.2, 0.15
# The oldest memberships begin on 1 January 2022, when the customer records were moved to one system.
OLDEST_DAYS = 1_369
LEAVE_PER_DAY, RETURN_SHARE = 0.007 / 30, 0.25
SEGMENTS = ("consumer", "premium", "small_business")
MONTHLY = {"cobalt_mobile": 55, "arrayan_bank": 24, "harrow_finch": 38, "petrel_air": 95, "brightfen_energy": 110}
# Number ranges set aside for fiction: 555-0100 to 555-0199 in North America, 020 7946 0000 to 0999 in Britain.
AREAS = (212, 305, 312, 404, 503, 602, 713, 813, 919)


def members(client: Client, contacts: int, rng: Generator) -> pl.DataFrame:
    """One row a customer: identity, start_at (UTC) and propensity to get in touch; nobody has left yet."""
    size = max(12, round(contacts / CONTACTS_PER_CUSTOMER))
    start = _starts(client, size, rng)
    segment = np.array(SEGMENTS)[pick(rng, (0.74, 0.16, 0.10), size)]
    spanish = chance(rng, np.full(size, client.spanish))
    value = MONTHLY[client.slug] * np.select([segment == "premium", segment == "small_business"], [1.9, 2.6], 1.0)
    country = np.where(chance(rng, np.full(size, 0.04)), "CA", "US" if client.country == "PA" else client.country)
    return pl.DataFrame(
        {
            "customer_id": [f"{client.prefix}-K{number:05d}" for number in range(1, size + 1)],
            "start_at": start,
            "segment": segment,
            "monthly_value": (value * rng.lognormal(0.0, 0.35, size)).round(2),
            "language": np.where(spanish, "es", "en"),
            "country": country,
            "preferred_channel": np.array(["voice", "chat", "email"])[pick(rng, (0.5, 0.35, 0.15), size)],
            "opt_out": chance(rng, np.full(size, 0.05)),
            "currency": client.currency,
            **_identity(client, spanish, rng),
            "propensity": np.where(chance(rng, np.full(size, SILENT_SHARE)), 0.0, rng.gamma(1.3, 1.0, size)),
        }
    ).with_row_index("customer")


def _starts(client: Client, size: int, rng: Generator) -> pl.Series:
    first, end = opening(client), closing(client)
    before = -np.minimum(rng.exponential(900.0, size) + 1, OLDEST_DAYS)
    inside = rng.uniform(1.0, (end - first).days - 1.0, size)
    days = np.where(chance(rng, np.full(size, JOIN_SHARE)), inside, before)
    return pl.Series([first + timedelta(hours=round(24 * day)) for day in days], dtype=pl.Datetime("us", "UTC"))


def _identity(client: Client, spanish: np.ndarray, rng: Generator) -> dict[str, list[str]]:
    size = len(spanish)
    draws = rng.integers(0, 10_000, (size, 4))
    first = [(SPANISH_FIRST if es else CUSTOMER_FIRST) for es in spanish]
    last = [(SPANISH_LAST if es else CUSTOMER_LAST) for es in spanish]
    given = [names[draw % len(names)] for names, draw in zip(first, draws[:, 0], strict=True)]
    family = [names[draw % len(names)] for names, draw in zip(last, draws[:, 1], strict=True)]
    if client.country == "GB":
        phone = [f"020 7946 {draw % 1_000:04d}" for draw in draws[:, 2]]
    else:
        phone = [f"({AREAS[draw % len(AREAS)]}) 555-01{draw // 10 % 100:02d}" for draw in draws[:, 2]]
    hosts = ("example.com", "example.net", "example.org")
    email = [
        f"{_plain(a)}.{_plain(b)}{draw % 90 + 10}@{hosts[draw % 3]}"
        for a, b, draw in zip(given, family, draws[:, 3], strict=True)
    ]
    return {"name": [f"{a} {b}" for a, b in zip(given, family, strict=True)], "phone": phone, "email": email}


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("áéíóúñü", "aeiounu", " '-"))


def departures(
    people: pl.DataFrame, endings: pl.DataFrame, client: Client, rng: Generator, spread: bool
) -> pl.DataFrame:
    """Per customer leave_at and return_at (UTC, null when it never happens within the demo).

    endings has customer, ended_at and unrecovered, one row a contact: a contact that ended badly is often the last
    straw (Effect churn_after_unrecovered); with spread false leaving has nothing to do with contacts.
    """
    end = closing(client)
    bad, good = planted.LEAVE_UNRECOVERED, planted.LEAVE_OTHERWISE
    leaves = chance(rng, np.where(endings["unrecovered"].to_numpy() & spread, bad, good))
    days = 1.0 + rng.exponential(planted.LEAVE_DAYS - 1.0, endings.height)
    straws = (
        endings.select("customer", straw=pl.col("ended_at") + _days(days))
        .filter(pl.Series(leaves))
        .group_by("customer")
        .agg(pl.col("straw").min())
    )
    drift = rng.exponential(1 / LEAVE_PER_DAY, people.height)
    pause = np.where(chance(rng, np.full(people.height, RETURN_SHARE)), rng.uniform(20, 120, people.height), 1e5)
    since = pl.max_horizontal("start_at", pl.lit(opening(client)))
    left = (
        people.select("customer", drifted=since + _days(drift.clip(1, 2e4)), pause=_days(pause))
        .join(straws, "customer", "left", maintain_order="left")
        .with_columns(leave_at=pl.min_horizontal("drifted", "straw").dt.truncate("1d").dt.offset_by("1d"))
        .with_columns(return_at=pl.col("leave_at") + pl.col("pause"))
    )
    within = [pl.when(pl.col(c) < end).then(pl.col(c)).alias(c) for c in ("leave_at", "return_at")]
    return left.select("customer", *within)


def _days(days: np.ndarray) -> pl.Series:
    return pl.Series((days * 86_400).astype(np.int64) * 1_000_000).cast(pl.Duration("us"))


def customers_table(people: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """The canonical customers, one row a membership: who left and came back has two."""
    both = people.join(left, "customer", "left", maintain_order="left")
    first = both.with_columns(end_at="leave_at")
    back = both.filter(pl.col("return_at").is_not_null()).with_columns(
        start_at="return_at", end_at=pl.lit(None, pl.Datetime("us", "UTC"))
    )
    columns = ["customer_id", "start_at", "end_at", "segment", "monthly_value", "language", "country"]
    columns += ["preferred_channel", "opt_out", "currency", "name", "phone", "email"]
    return pl.concat([first.select(columns), back.select(columns)]).sort("customer_id", "start_at")


def still_there(legs: pl.DataFrame, left: pl.DataFrame, margin: timedelta = timedelta(hours=6)) -> pl.DataFrame:
    """The legs without those of customers who had left: no contact from `margin` before leaving until the return."""
    far = datetime(2100, 1, 1)
    gap = left.select(
        "customer", gone="leave_at", back=pl.col("return_at").fill_null(pl.lit(far).dt.replace_time_zone("UTC"))
    )
    # The return instant counts as present; contacts that straddle the leaving day would end after it.
    away = (pl.col("at") > pl.col("gone") - margin) & (pl.col("at") < pl.col("back"))
    return legs.join(gap, "customer", "left", maintain_order="left").filter(~away.fill_null(False)).drop("gone", "back")
