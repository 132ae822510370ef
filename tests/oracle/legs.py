"""Items of the KPIs counted per leg: volume, handle time, queue, transfers, sentiment, silence, follow-ups."""

from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from statistics import fmean

from .accept import Row
from .facts import Centre
from .items import Item, judged

COMPONENTS = ("talk_s", "hold_s", "acw_s")
LOW = Fraction("-0.3")
ANSWER_WITHIN_S = 20
SHORT_ABANDON_S = 5
LONG_GAP_S = 5


def handled_legs(centre: Centre) -> list[Row]:
    return [leg for leg in centre.legs if leg["outcome"] == "handled"]


def offered_legs(centre: Centre) -> list[Row]:
    inbound = [leg for leg in centre.legs if leg["dims"]["direction"] == "inbound"]
    return [leg for leg in inbound if leg["outcome"] in ("handled", "abandoned")]


def handled(centre: Centre, as_of: datetime) -> Iterator[Item]:
    return (judged(leg["dims"], leg["day"], 1) for leg in handled_legs(centre))


def offered(centre: Centre, as_of: datetime) -> Iterator[Item]:
    return (judged(leg["dims"], leg["day"], 1) for leg in offered_legs(centre))


def summed(rows: list[Row], columns: tuple[str, ...]) -> tuple[float | None, bool]:
    """The sum of the columns over the rows, None where one is missing; and whether one is invalid."""
    values = [row.get(column) for row in rows for column in columns]
    invalid = any(column in row["invalid"] for row in rows for column in columns)
    return (None if None in values else sum(values)), invalid


def durations(*columns: str) -> Callable[[Centre, datetime], Iterator[Item]]:
    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for leg in handled_legs(centre):
            seconds, invalid = summed([leg], columns)
            yield judged(leg["dims"], leg["day"], seconds, invalid)

    return items


def aht_contact(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for contact in centre.contacts:
        legs = [leg for leg in contact.legs if leg["outcome"] == "handled"]
        if legs:
            seconds, invalid = summed(legs, COMPONENTS)
            yield judged(contact.dims, contact.first["day"], seconds, invalid)


def flagged(column: str) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Share of handled legs whose column is at least one (or true)."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for leg in handled_legs(centre):
            value = leg.get(column)
            yield judged(leg["dims"], leg["day"], None if value is None else value >= 1, column in leg["invalid"])

    return items


def queue(share: Callable[[bool, float], float | None]) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Queue KPIs; share(answered, seconds) is what a leg adds, None where the KPI leaves it out."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for leg in offered_legs(centre):
            answered, seconds = leg["outcome"] == "handled", leg.get("queue_s")
            if leg["dims"]["channel"] not in (None, "voice", "chat"):
                continue
            if seconds is None:
                # A KPI over answered legs alone never asks how long an abandoned one waited.
                if answered or share(False, 1e9) is not None:
                    yield judged(leg["dims"], leg["day"], None, "queue_s" in leg["invalid"])
            elif (value := share(answered, seconds)) is not None:
                yield judged(leg["dims"], leg["day"], value)

    return items


def within(answered: bool, seconds: float) -> bool:
    return answered and seconds <= ANSWER_WITHIN_S


def abandoned_by(limit: float, answered: bool, seconds: float) -> bool:
    return not answered and seconds <= limit


QUEUE = {
    "asa": queue(lambda answered, s: s if answered else None),
    "abandonment": queue(lambda answered, s: None if abandoned_by(SHORT_ABANDON_S, answered, s) else not answered),
    "service_level": queue(lambda answered, s: None if abandoned_by(5, answered, s) else within(answered, s)),
    "service_level_1": queue(lambda answered, s: within(answered, s) or abandoned_by(20, answered, s)),
    "service_level_2": queue(lambda answered, s: within(answered, s) if answered else None),
    "service_level_3": queue(within),
    "service_level_4": queue(lambda answered, s: None if abandoned_by(20, answered, s) else within(answered, s)),
    "service_level_5": queue(lambda answered, s: within(answered, s) or abandoned_by(5, answered, s)),
}


def length(leg: Row) -> float | None:
    """Seconds from start to end, without an end to the latest end of a turn; None unless above zero."""
    if leg.get("ended_at"):
        return (leg["ended_at"] - leg["started_at"]).total_seconds() or None
    return max((turn["end_s"] for turn in leg["turns"] if turn["end_s"]), default=None)


def mean_of(turns: list[Row]) -> float | None:
    return fmean(turn["valence"] for turn in turns) if turns else None


def quarter(leg: Row, scored: list[Row], which: int) -> float | None:
    """Mean valence of the quarter's customer turns; with one scored turn there is neither start nor end."""
    seconds = length(leg)
    if seconds is None or len(scored) < 2:
        return None
    placed = [turn for turn in scored if turn["begin_s"] is not None]
    return mean_of([turn for turn in placed if min(3, int(4 * turn["begin_s"] // seconds)) == which])


def low(scored: list[Row]) -> bool | None:
    """Whether the exact mean is at or below the threshold; decimal fractions, free of rounding."""
    if not scored:
        return None
    return sum(Fraction(str(turn["valence"])) for turn in scored) / len(scored) <= LOW


def recovery(leg: Row, scored: list[Row]) -> float | None:
    first, last = quarter(leg, scored, 0), quarter(leg, scored, 3)
    return None if first is None or last is None else last - first


def valence(value: Callable[[Row, list[Row]], float | None]) -> Callable[[Centre, datetime], Iterator[Item]]:
    """Sentiment KPIs; value(leg, its scored customer turns)."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        for leg in centre.legs:
            turns = [turn for turn in leg["turns"] if turn["speaker"] == "customer"]
            found = value(leg, [turn for turn in turns if turn["valence"] is not None])
            invalid = any("valence" in turn["invalid"] for turn in turns)
            missing = found is None and not invalid
            yield Item(leg["dims"], leg["day"], float(found or 0), 1.0, found is not None, invalid, missing)

    return items


SENTIMENT = {
    "sentiment": valence(lambda leg, scored: mean_of(scored)),
    "low_sentiment": valence(lambda leg, scored: low(scored)),
    "sentiment_start": valence(lambda leg, scored: quarter(leg, scored, 0)),
    "sentiment_end": valence(lambda leg, scored: quarter(leg, scored, 3)),
    "sentiment_lowest": valence(lambda leg, scored: min((turn["valence"] for turn in scored), default=None)),
    "recovery": valence(recovery),
}


def silence(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for leg in centre.legs:
        if leg["dims"]["channel"] not in (None, "voice") or not leg["turns"]:
            continue
        bad = {name for turn in leg["turns"] for name in turn["invalid"]} & {"begin_s", "end_s"}
        if bad or any(turn["begin_s"] is None or turn["end_s"] is None for turn in leg["turns"]):
            yield judged(leg["dims"], leg["day"], None, bool(bad))
            continue
        seconds = length(leg)
        yield Item(
            leg["dims"], leg["day"], gaps(leg["turns"]), seconds or 0.0, who=(centre.client, leg["interaction_id"])
        )


def gaps(turns: list[Row]) -> float:
    """Sum of the pauses above the limit between the latest end so far and the next begin."""
    ordered = sorted(turns, key=lambda turn: (turn["begin_s"], turn["turn_no"]))
    total, latest = 0.0, ordered[0]["end_s"]
    for turn in ordered[1:]:
        pause = turn["begin_s"] - latest
        total += pause if pause > LONG_GAP_S else 0.0
        latest = max(latest, turn["end_s"])
    return total


def follow_up_kept(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for leg in centre.legs:
        if not leg.get("follow_up_promised"):
            continue
        due, kept = leg.get("follow_up_due_at"), leg.get("follow_up_kept")
        open_yet = due is not None and due > as_of
        invalid = "follow_up_kept" in leg["invalid"]
        yield judged(leg["dims"], leg["day"], kept, invalid, due is None, open_yet)
