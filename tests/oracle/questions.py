"""Questions to put to a random centre: every dimension, buckets, half-open periods, filters, instants of asking."""

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta

from .centres import around
from .facts import Centre
from .recount import COHORT, CUSTOMER, NAMES, TIME, Question

LEG_DIMENSIONS = (
    *("client", "site", "location", "team", "agent_id", "channel", "direction", "reason", "task", "language"),
    *("handler", "outcome", "segment", "country", "preferred_channel"),
)
COSTED = ("client", "site", "handler", "channel", *TIME)
CARRIED = {
    **dict.fromkeys(COHORT, (*CUSTOMER, *TIME)),
    "occupancy": ("client", "site", "location", "team", "agent_id", *TIME),
    "cost_per_contact": COSTED,
    "cost_per_resolved": COSTED,
}
PAIRS = (("site", "month"), ("reason", "channel"), ("agent_id", "week"), ("client", "day"), ("segment", "month"))
WHERE = (
    (("site", ("north",)),),
    (("site", ("north", "south")), ("channel", ("voice",))),
    (("reason", ("bill",)), ("direction", ("inbound",))),
    (("agent_id", ("a1", "a2")),),
    (("segment", ("gold",)),),
    (("handler", ("ai",)),),
    (("team", ("red",)), ("language", ("en", "es"))),
    (("outcome", ("handled",)),),
    (("task", ("emotional",)), ("country", ("CO",))),
    (("location", ("onshore",)), ("preferred_channel", ("chat",))),
    (("site", ("nowhere",)),),
    (("reason", ("", "bill")), ("month", ("2024-03", "2024-11", "2024-12"))),
)


def questions(rng: random.Random, centres: Sequence[Centre]) -> Iterator[Question]:
    """The total, every dimension and bucket once, then combinations drawn by chance."""
    yield Question()
    yield Question(min_n=10)
    yield Question(min_n=40)
    for dimension in (*LEG_DIMENSIONS, *TIME):
        yield Question(by=(dimension,))
    for where in WHERE:
        yield Question(where=where)
    for _ in range(30):
        yield drawn(rng, centres)


def drawn(rng: random.Random, centres: Sequence[Centre]) -> Question:
    first, last = around(rng.choice(list(centres)))
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    start, end = sorted(rng.sample(days, 2))
    start, end = rng.choice(
        ((start, end), (start, None), (None, end), (start, start + timedelta(days=1)), (None, None))
    )
    as_of = rng.choice([centre.data_end for centre in centres] + [leg["started_at"] for leg in centres[0].legs])
    as_of = rng.choice((None, as_of, as_of + timedelta(hours=168)))
    by = rng.choice(((), (rng.choice((*LEG_DIMENSIONS, *TIME)),), rng.choice(PAIRS)))
    return Question(start, end, rng.choice(((), rng.choice(WHERE))), by, as_of, rng.choice((1, 1, 10)))


def asked_of(question: Question) -> list[str]:
    """The KPIs whose rows carry every dimension of the question; the command refuses the others by name."""
    dimensions = {*question.by, *(name for name, _ in question.where)}
    return [name for name in NAMES if dimensions <= {*CARRIED.get(name, (*LEG_DIMENSIONS, *TIME))}]
