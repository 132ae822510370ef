"""What fills the templates of one conversation: names, dates, amounts and references that stay the same throughout."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from care_metrics.demo.clients import Client
from care_metrics.demo.language.names import CITIES, PRODUCTS, STREETS, TEST_CARDS
from care_metrics.demo.language.phrases import Tongue, Topic


def slots_of(leg: dict[str, Any], client: Client, tongue: Tongue, topic: Topic, rng: Random) -> dict[str, str]:
    """The slot values of one contact; leg brings the local start, the customer's identity and the agent's name."""
    first, _, last = leg["name"].partition(" ")
    city = rng.choice(CITIES[client.country])
    filled = {
        "first": first,
        "last": last,
        "phone": leg["phone"],
        "email": leg["email"],
        "agent": (leg["agent_name"] or client.name).partition(" ")[0],
        "brand": client.name,
        "product": rng.choice(topic.products or PRODUCTS[client.slug]),
        "city": city,
        # An airline speaks of destinations; its customers live elsewhere.
        "home": rng.choice(CITIES["US"]) if client.country == "PA" else city,
        "away": rng.choice(CITIES[client.country]),
        "street": rng.choice(STREETS),
        "card": rng.choice(TEST_CARDS),
        "last4": f"{rng.randrange(10_000):04d}",
        "ref": f"{rng.choice('BCDFGHKLMR')}{rng.randrange(10)}-{rng.randrange(10_000, 100_000)}",
        "order": f"{client.prefix}{rng.randrange(10_000, 100_000)}",
        **_numbers(client, rng),
        **_times(leg["local"], tongue, rng),
    }
    filled["address"] = f"{rng.randrange(1, 240)} {filled['street']}"
    filled["thing"] = rng.choice(topic.thing).format_map(filled)
    circumstance = rng.choice(tongue.circumstances)
    filled["told"] = circumstance.told.format_map(filled)
    filled["felt"] = circumstance.felt.format_map(filled)
    filled["fits"] = circumstance.fits.format_map(filled)
    return filled


def _numbers(client: Client, rng: Random) -> dict[str, str]:
    large, small = rng.uniform(25, 480), rng.uniform(6, 60)
    digits = rng.choice((0, 2))
    return {
        "amount": f"{client.sign}{large:.{digits}f}",
        "amount2": f"{client.sign}{small:.{digits}f}",
        "sum": f"{client.sign}{rng.randrange(2, 40) * 500}",
        "n": str(rng.randrange(2, 7)),
        "n2": str(rng.randrange(3, 10)),
        "days": str(rng.randrange(3, 22)),
        "hours": str(rng.randrange(2, 9)),
        "years": str(rng.randrange(2, 16)),
    }


def _times(local: datetime, tongue: Tongue, rng: Random) -> dict[str, str]:
    before, after = (local + timedelta(days=days) for days in (-rng.randrange(2, 26), rng.randrange(3, 28)))
    hour = rng.randrange(8, 20)
    minute = rng.choice(("00", "30", "15"))
    return {
        "date": _day(before, tongue),
        "date2": _day(after, tongue),
        "month": tongue.months[(local.month - 1 - rng.randrange(1, 9)) % 12],
        "month2": tongue.months[local.month % 12],
        "weekday": rng.choice(tongue.weekdays),
        "time": tongue.clock(hour, minute),
        "dayperiod": "morning" if local.hour < 12 else "afternoon" if local.hour < 18 else "evening",
    }


def _day(day: datetime, tongue: Tongue) -> str:
    return tongue.date.format(day=day.day, month=tongue.months[day.month - 1])
