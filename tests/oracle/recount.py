"""The answer to a question, KPI by KPI: items of the asked clients, filtered, grouped, folded."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from . import contacts, legs, others
from .accept import OLDEST
from .facts import Centre
from .folds import Fold, cost, count, mean, mean_of_ratios, per_handled, quantile, ratio
from .items import Item

LOW_N = 30
MIN_N = 10
COUNTS = ("handled", "offered")
TIME = ("day", "week", "month")
CUSTOMER = ("client", "segment", "country", "language", "preferred_channel")
OPERATED = ("text", "operational")

Items = Callable[[Centre, datetime], Iterable[Item]]

HANDLE = legs.durations(*legs.COMPONENTS)
KPIS: dict[str, tuple[Items, Fold]] = {
    "nps": (others.answers("nps", others.promoter), mean(100)),
    "nps_relationship": (others.nps_relationship, mean(100)),
    "ces": (others.effort(7), mean()),
    "ces_5": (others.effort(5), mean()),
    "csat": (others.answers("csat", lambda stars: stars >= 4), mean()),
    "response_rate": (others.response_rate, mean()),
    "response_coverage": (others.responses_per_handled("sent_at"), per_handled),
    "response_end_to_end": (others.responses_per_handled("responded_at"), per_handled),
    **{name: (items, mean()) for name, items in legs.SENTIMENT.items()},
    "fcr": (contacts.repeats(lambda again: not again), mean()),
    "repeat_contact": (contacts.repeats(lambda again: again), mean()),
    "reopen": (contacts.reopen, mean()),
    "escalation": (legs.flagged("escalated"), mean()),
    "transfer": (legs.flagged("transfers"), mean()),
    "follow_up_kept": (legs.follow_up_kept, mean()),
    **{pillar: (others.scores((pillar,), OPERATED), ratio(100)) for pillar in others.PILLARS},
    "care_index": (others.scores(others.PILLARS, OPERATED), mean_of_ratios),
    "qa_score": (others.scores(None, ("human",)), ratio(100)),
    "handled": (legs.handled, count),
    "offered": (legs.offered, count),
    "aht": (HANDLE, mean()),
    "aht_contact": (legs.aht_contact, mean()),
    "aht_p50": (HANDLE, quantile("0.5")),
    "aht_p90": (HANDLE, quantile("0.9")),
    "talk_time": (legs.durations("talk_s"), mean()),
    "hold_time": (legs.durations("hold_s"), mean()),
    "after_call_work": (legs.durations("acw_s"), mean()),
    **{name: (items, mean()) for name, items in legs.QUEUE.items()},
    "occupancy": (others.occupancy, ratio()),
    "silence": (legs.silence, ratio()),
    "containment": (contacts.containment, mean()),
    "containment_naive": (contacts.containment_naive, mean()),
    "cost_per_contact": (others.cost_per_contact, cost),
}
COHORT = ("retention", "churn")
NAMES = (*KPIS, *COHORT, "cost_per_resolved")


@dataclass(frozen=True)
class Question:
    """What the command line is asked; where: (dimension, allowed values) pairs."""

    start: date | None = None
    end: date | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by: tuple[str, ...] = ()
    as_of: datetime | None = None
    min_n: int = 1


@dataclass(frozen=True)
class Cell:
    """One element of the answer, without its interval."""

    value: float | None
    n: int = 0
    n_invalid: int = 0
    n_missing: int = 0
    n_immature: int = 0
    state: str = field(default="")


Answer = dict[tuple[Any, ...], Cell]


def label(dimension: str, day: date | None) -> str | None:
    """The bucket's name: an ISO date, Monday's ISO date, or YYYY-MM."""
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday())
    return {"day": day.isoformat(), "week": monday.isoformat(), "month": day.isoformat()[:7]}[dimension]


def place(item: Item, dimension: str) -> str | None:
    return label(dimension, item.day) if dimension in TIME else item.dims.get(dimension)


def asked(item: Item, question: Question) -> bool:
    if (question.start or question.end) and item.day is None:
        return False
    if question.start and item.day < question.start:
        return False
    if question.end and item.day >= question.end:
        return False
    return all(allowed(place(item, dimension), values) for dimension, values in question.where)


def allowed(value: str | None, values: Sequence[str]) -> bool:
    """Whether a filter takes the value; an empty one among its values means 'not known'."""
    return (value or "") in values


def latest(items: Sequence[Item]) -> list[Item]:
    """Of each customer's answers the latest, at equal instants the greatest survey_id; all that never counted."""
    newest: dict[Any, Item] = {}
    for item in sorted(items, key=lambda item: (item.row["moment"] or OLDEST, item.row["survey_id"])):
        if item.who is not None:
            newest[item.who] = item
    return [item for item in items if item.who is None or newest[item.who] is item]


def grouped(name: str, centres: Sequence[Centre], question: Question) -> dict[tuple, list[Item]]:
    items = [
        item
        for centre in centres
        for item in KPIS[name][0](centre, question.as_of or centre.data_end or OLDEST)
        if asked(item, question)
    ]
    cells: dict[tuple, list[Item]] = defaultdict(list)
    if not question.by:
        cells[()] = []
    for item in latest(items) if name == "nps_relationship" else items:
        cells[tuple(place(item, dimension) for dimension in question.by)].append(item)
    return cells


def answer(name: str, centres: Sequence[Centre], question: Question) -> Answer:
    """One KPI's cells, by group; without `by` the one cell ()."""
    if name in COHORT:
        return cohort(name, centres, question)
    if name == "cost_per_resolved":
        return per_resolved(centres, question)
    cells = {}
    for group, items in grouped(name, centres, question).items():
        value, n = KPIS[name][1](items)
        if name in COUNTS and not any(centre.rows("interactions") for centre in centres):
            value = None
        wrong = (sum(getattr(item, reason) for item in items) for reason in ("invalid", "missing", "immature"))
        cells[group] = stated(name, question, value, n, *wrong)
    return cells


def stated(name: str, question: Question, value: float | None, n: int, *wrong: int) -> Cell:
    """The cell with its state; a suppressed one shows no value, a count is never suppressed."""
    if value is None:
        return Cell(None, n, *wrong, state="no_data")
    if name in COUNTS:
        return Cell(value, n, *wrong, state="ok")
    if n < question.min_n:
        return Cell(None, n, *wrong, state="suppressed")
    return Cell(value, n, *wrong, state="low_n" if n < LOW_N else "ok")


def per_resolved(centres: Sequence[Centre], question: Question) -> Answer:
    """Cost per contact over first-contact resolution of the same cell."""
    free = Question(question.start, question.end, question.where, question.by, question.as_of, min_n=0)
    resolved = answer("fcr", centres, free)
    cells = {}
    for group, spent in answer("cost_per_contact", centres, free).items():
        fcr = resolved.get(group, Cell(None)).value
        value = spent.value / fcr if spent.value is not None and fcr else None
        wrong = (spent.n_invalid, spent.n_missing, spent.n_immature)
        cells[group] = stated("cost_per_resolved", question, value, spent.n, *wrong)
    return cells


def buckets(centre: Centre, start: datetime, end: datetime, by: Sequence[str]) -> Iterator[tuple]:
    """(labels, start, end) of the time buckets between two instants, cut at both."""
    wanted = [dimension for dimension in by if dimension in TIME]
    if not wanted:
        yield {}, start, end
        return
    spans: dict[tuple, list[date]] = defaultdict(list)
    day = centre.day(start)
    while centre.midnight(day) < end:
        spans[tuple(label(dimension, day) for dimension in wanted)].append(day)
        day += timedelta(days=1)
    for labels, days in spans.items():
        first, after = centre.midnight(days[0]), centre.midnight(days[-1] + timedelta(days=1))
        yield dict(zip(wanted, labels, strict=True)), max(first, start), min(after, end)


def cohort(name: str, centres: Sequence[Centre], question: Question) -> Answer:
    """Kept (retention) or lost (churn) of the customers active at the start of each bucket."""
    kept: dict[tuple, list[bool]] = defaultdict(list)
    invalid: dict[tuple, int] = defaultdict(int)
    if not question.by:
        kept[()] = []
    for centre in centres:
        rows = centre.rows("customers")
        start = centre.midnight(question.start) if question.start else min((r["start_at"] for r in rows), default=None)
        end = centre.midnight(question.end) if question.end else centre.data_end
        if start is None or end is None or start >= end:
            continue
        for labels, opening, closing in buckets(centre, start, end, question.by):
            after = active(rows, closing)
            for member in active(rows, opening).values():
                if (group := cohort_group(centre, member, labels, question)) is not None:
                    kept[group].append((member["customer_id"] in after) == (name == "retention"))
            for member in rows:
                # Who can say when it ended? Such a membership neither stays nor leaves.
                unknown = "end_at" in member["invalid"] and member["start_at"] <= opening
                if unknown and (group := cohort_group(centre, member, labels, question)) is not None:
                    invalid[group] += 1
    cells = {}
    for group in kept.keys() | invalid.keys():
        stayed = kept.get(group, [])
        value = sum(stayed) / len(stayed) if stayed else None
        cells[group] = stated(name, question, value, len(stayed), invalid.get(group, 0), 0, 0)
    return cells


def cohort_group(centre: Centre, member: dict, labels: dict, question: Question) -> tuple | None:
    """The cell of a membership, None where the filters leave it out."""
    dims = {name: member.get(name) for name in CUSTOMER} | {"client": centre.client} | labels
    if not all(allowed(dims.get(dimension), values) for dimension, values in question.where):
        return None
    return tuple(dims[dimension] for dimension in question.by)


def active(rows: Sequence[dict], moment: datetime) -> dict[str, dict]:
    """Customer -> membership at that moment, the one that began last where several overlap."""
    return {
        row["customer_id"]: row
        for row in sorted(rows, key=lambda row: row["start_at"])
        if row["start_at"] <= moment
        and "end_at" not in row["invalid"]
        and (row["end_at"] is None or row["end_at"] > moment)
    }
