"""Items of the KPIs counted per survey, evidence row, stretch of agent time and cost row."""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from .accept import Row
from .facts import Centre
from .items import Item, judged
from .legs import handled_legs

PILLARS = ("empathy", "proactivity", "personalization", "ownership")


def answers(column: str, points: Callable[[float], float]) -> Callable[[Centre, datetime], Iterator[Item]]:
    """A survey question; points(answer) is what a valid one adds."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for survey in centre.surveys:
            value = survey.get(column)
            found = None if value is None else points(value)
            yield judged(survey["dims"], survey["day"], found, column in survey["invalid"], row=survey)

    return items


def promoter(nps: float) -> int:
    return (nps >= 9) - (nps <= 6)


def effort(scale: int) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Mean effort on one scale; an answer on the other is not applicable, one on neither is invalid."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for survey in centre.surveys:
            said = survey.get("ces_scale")
            odd = "ces_scale" in survey["invalid"] or said not in (None, 5, 7)
            if not odd and (said or 7) != scale:
                continue
            value = survey.get("ces")
            beyond = "ces" in survey["invalid"] or (value is not None and value > scale)
            yield judged(survey["dims"], survey["day"], value, odd or beyond)

    return items


def nps_relationship(centre: Centre, as_of: datetime) -> Iterator[Item]:
    """As nps, but an answer needs its customer; which answer is the latest is decided within the question."""
    for item in answers("nps", promoter)(centre, as_of):
        customer = item.row["customer"]
        if item.counted and customer is None:
            yield judged(item.dims, item.day, None, row=item.row)
        else:
            yield replace(item, who=(centre.client, customer) if item.counted else None)


def response_rate(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for survey in centre.surveys:
        answered = survey.get("responded_at") is not None if survey.get("sent_at") else None
        yield judged(survey["dims"], survey["day"], answered)


def responses_per_handled(column: str) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Surveys with the instant, over handled legs: each on its own day, in its own cell."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for leg in handled_legs(centre):
            yield Item(leg["dims"], leg["day"], 0.0, 1.0)
        for survey in centre.surveys:
            if survey.get(column):
                yield Item(survey["dims"], survey["day"], 1.0, 0.0)
            elif column == "sent_at":
                yield judged(survey["dims"], survey["day"], None)

    return items


def scores(pillars: tuple[str, ...] | None, sources: tuple[str, ...]) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Evidence of known legs; pillars None takes every one."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for row in centre.rows("evidence"):
            leg = centre.leg.get(row["interaction_id"])
            if leg is None or row["source"] not in (*sources, None) or (pillars and row["pillar"] not in pillars):
                continue
            unreadable = bool(row["invalid"] & {"earned", "possible", "source"})
            claimed = not unreadable and row["earned"] > 0
            refused = claimed and not supported(row, leg)
            yield Item(
                leg["dims"],
                leg["day"],
                0.0 if refused or unreadable else row["earned"],
                0.0 if unreadable else row["possible"],
                counted=not unreadable,
                invalid=refused or unreadable,
                who=(centre.client, row["interaction_id"]),
                part=row["pillar"],
            )

    return items


def supported(row: Row, leg: Row) -> bool:
    """Text needs an existing agent turn, an operational signal its event, a human nothing."""
    if row["source"] == "text":
        return any(turn["turn_no"] == row["turn_no"] and turn["speaker"] == "agent" for turn in leg["turns"])
    return row["source"] == "human" or row.get("event_id") is not None


def occupancy(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for row in centre.rows("agent_time"):
        dims = {"client": centre.client} | centre.place(row)
        day = centre.day(row["start_at"])
        invalid = bool(row["invalid"] & {"handle_s", "available_s"})
        missing = not invalid and None in (row["handle_s"], row["available_s"])
        if invalid or missing:
            yield Item(dims, day, counted=False, invalid=invalid, missing=missing)
        else:
            total = row["handle_s"] + row["available_s"]
            yield Item(dims, day, row["handle_s"], total, who=(centre.client, row["agent_id"]))


def days_of(month: str) -> list[date]:
    year, number = int(month[:4]), int(month[5:7])
    return [date(year, number, day) for day in range(1, calendar.monthrange(year, number)[1] + 1)]


def cost_per_contact(centre: Centre, as_of: datetime) -> Iterator[Item]:
    """Each cost spread over the days of its month; handled legs that some cost of their month covers."""
    covering = defaultdict(list)
    for row in centre.rows("costs"):
        site = centre.place({"site": row.get("site")})
        dims = {"client": centre.client, "handler": row.get("handler"), "channel": row.get("channel")} | site
        if row["cost"] is None:
            yield Item(dims, days_of(row["month"])[0], counted=False, invalid=True, part="cost", row=row)
            continue
        covering[row["month"]].append(row)
        days = days_of(row["month"])
        for day in days:
            yield Item(dims, day, row["cost"] / len(days), 0.0, part="cost")
    for leg in handled_legs(centre):
        rows = covering[leg["day"].strftime("%Y-%m")]
        if any(
            all(row.get(name) in (None, leg["dims"][name]) for name in ("site", "handler", "channel")) for row in rows
        ):
            yield Item(leg["dims"], leg["day"], 0.0, 1.0, part="leg")
        else:
            yield judged(leg["dims"], leg["day"], None, part="leg")
