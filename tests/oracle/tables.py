"""Random rows of the other tables around a centre's legs."""

import calendar
from datetime import timedelta

from .accept import Raw
from .traffic import BAD_SECONDS, Span

PILLARS = ("empathy", "proactivity", "personalization", "ownership")
EIGHTHS = tuple(k / 8 for k in range(-8, 9))
DAY = timedelta(days=1)


def turns(span: Span, legs: list[Raw]) -> list[Raw]:
    """Transcripts of most legs, with overlaps, gaps at and above 5 s, begins on the quarters, bad scores."""
    rng, rows = span.rng, []
    for key in dict.fromkeys(leg["interaction_id"] or "" for leg in legs):
        if rng.random() < 0.25:
            continue
        # Three of -0.3 are low although their binary sum divided by three is not.
        levels = (-0.3,) if rng.random() < 0.15 else EIGHTHS
        clock, clean = 0.0, rng.random() < 0.7
        for number in range(rng.choice((1, 2, 3, 5, 8))):
            begin = max(0.0, clock + rng.choice((0, 0, 1, 5, 5.5, 20, -10)))
            begin = rng.choice((begin, begin, float(rng.choice((100, 200, 300, 400)))))
            clock = max(clock, begin + rng.choice((0, 1, 10, 30.25)))
            times = {"begin_s": str(begin), "end_s": str(max(begin, clock))}
            if not clean:
                times = {name: span.some(value, bad=BAD_SECONDS, wrong=0.03) for name, value in times.items()}
            speaker = rng.choice(("customer", "customer", "agent", "agent", "bot", "system"))
            score = span.some(*levels, missing=0.15, bad=("2", "-1.01", "N/A", "NaN"), wrong=0.05)
            rows.append(
                {"interaction_id": key, "turn_no": str(number), "speaker": speaker} | times | {"valence": score}
            )
    rows += [dict(row) | {"valence": span.some(*EIGHTHS)} for row in rng.sample(rows, 6)]
    rows.append({"interaction_id": "orphan", "turn_no": "1", "speaker": "customer", "valence": "-1"})
    rows.append({"interaction_id": "i1", "turn_no": "77", "speaker": "nobody", "valence": "-1"})
    return rows


def surveys(span: Span, legs: list[Raw], count: int = 70) -> list[Raw]:
    rng, rows = span.rng, []
    shared = span.moment()
    for number in range(count):
        sent = span.moment()
        answered = rng.choice((sent + timedelta(hours=3), sent + DAY, shared, shared))
        rows.append(
            {
                "survey_id": f"s{number}",
                "interaction_id": span.some(*(leg["interaction_id"] for leg in legs), "unknown", missing=0.2),
                "customer_id": span.some(*(f"c{k}" for k in range(12)), missing=0.4),
                "sent_at": span.text(sent) if rng.random() < 0.85 else "",
                "responded_at": span.text(answered) if rng.random() < 0.75 else "",
                "nps": span.some(*range(11), 9, 10, bad=("11", "5.5", "-1", "N/A", "NaN")),
                "ces": span.some(1, 2, 3, 5, 6, 7, bad=("0", "7.5", "8", "N/A")),
                "ces_scale": span.some(5, 7, missing=0.4, bad=("6", "10", "x")),
                "csat": span.some(1, 2, 3, 4, 5, bad=("0", "6", "N/A")),
            }
        )
    for row in rng.sample(rows, 8):
        # The invitation once more, or the answer corrected.
        unanswered = rng.random() < 0.5
        later = {"responded_at": "" if unanswered else row["responded_at"], "nps": "" if unanswered else "10"}
        rows.insert(rng.randrange(len(rows)), row | later)
    return rows


def customers(span: Span) -> list[Raw]:
    """Who stays, leaves, comes back, joins and leaves inside the span; often at a local midnight."""
    rng, rows = span.rng, []
    for number in range(14):
        start = span.moment() - rng.choice((0, 30, 60)) * DAY
        for _ in range(rng.choice((1, 1, 2, 3))):
            end = start + rng.choice((1, 5, 20, 40, 90)) * DAY
            if rng.random() < 0.2:
                end = max(start, span.moment())
            rows.append(
                {
                    "customer_id": f"c{number}",
                    "start_at": span.text(start),
                    "end_at": span.text(end) if rng.random() < 0.75 else "",
                    "segment": span.some("gold", "basic"),
                    "monthly_value": span.some(10, 99.5, bad=("-5",)),
                    "language": span.some("en", "es"),
                    "country": span.some("CO", "DE"),
                    "preferred_channel": span.some("voice", "chat"),
                }
            )
            start = end + rng.choice((0, 1, 10)) * DAY
    rng.shuffle(rows)
    return rows


def agents(span: Span) -> list[Raw]:
    rows = [
        {"agent_id": f"a{k}", "team": span.some("red", "blue"), "site": span.some("north", "south", "east")}
        for k in range(5)
    ]
    return [*rows, dict(rows[0]) | {"team": "green"}]


def sites(span: Span) -> list[Raw]:
    return [
        {"site": "north", "location": "onshore", "country": "XX"},
        {"site": "south", "location": span.some("nearshore", "offshore", missing=0.3), "country": "YY"},
    ]


def tasks(span: Span) -> list[Raw]:
    return [{"reason": "bill", "task": "transactional"}, {"reason": "fault", "task": "emotional"}]


def evidence(span: Span, legs: list[Raw], spoken: list[Raw], count: int = 160) -> list[Raw]:
    rng, rows = span.rng, []
    for number in range(count):
        turn = rng.choice(spoken)
        leg = turn["interaction_id"] if rng.random() < 0.8 else rng.choice(legs)["interaction_id"]
        possible = rng.choice((0, 1, 2, 2, 4))
        source = rng.choice(("text", "text", "", "operational", "human"))
        pillar = "quality" if source == "human" and rng.random() < 0.7 else rng.choice(PILLARS)
        rows.append(
            {
                "interaction_id": leg,
                "pillar": pillar,
                "behaviour": f"b{number}",
                "earned": span.some(*{0, possible / 2, possible}, missing=0.02, bad=("-1", "N/A", "NaN"), wrong=0.04),
                "possible": span.some(possible, missing=0.02, bad=("-1", "x"), wrong=0.03),
                "turn_no": span.some(turn["turn_no"], turn["turn_no"], turn["turn_no"], 55, missing=0.15),
                "event_id": span.some("e1", missing=0.4) if source == "operational" else "",
                "source": source,
            }
        )
    rows += [row | {"earned": "0"} for row in rng.sample(rows, 5)]
    return [*rows, {"interaction_id": "i1", "pillar": "charm", "behaviour": "b", "earned": "1", "possible": "1"}]


def agent_time(span: Span) -> list[Raw]:
    bad = BAD_SECONDS
    return [
        {
            "agent_id": f"a{span.rng.randrange(7)}",
            "start_at": span.text(span.moment()),
            "handle_s": span.some(0, 600, 1800.5, 3000, bad=bad),
            "available_s": span.some(0, 600, 900, bad=bad),
        }
        for _ in range(60)
    ]


def costs(span: Span) -> list[Raw]:
    """Costs of most months, for all or some sites, handlers and channels."""
    first, rows = span.middle - span.reach_days * DAY, []
    for step in range(4):
        month = (first.replace(day=1) + step * 31 * DAY).strftime("%Y-%m")
        days = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        for _ in range(span.rng.choice((0, 1, 3, 5))):
            rows.append(
                {
                    "month": month,
                    "site": span.some("north", "south", missing=0.4),
                    "handler": span.some("human", "ai", missing=0.5),
                    "channel": span.some("voice", "chat", missing=0.6),
                    "cost": span.some(100 * days, 77.7, 0, missing=0, bad=("-3", "N/A")),
                    "currency": "USD",
                }
            )
    return rows or [{"month": first.strftime("%Y-%m"), "cost": "100", "currency": "USD"}]
