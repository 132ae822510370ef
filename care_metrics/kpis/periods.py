"""Questions that differ in their period only, answered by one SELECT: a row belongs to the period that its day lies in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from care_metrics.filters import Filters
from care_metrics.kpis.parameters import Parameters
from care_metrics.kpis.question import Question

PERIOD = "period__"
# Periods far apart are asked for one by one: between them lie files that neither needs.
MOST_BETWEEN = 0.5


def periods_together(questions: Sequence[Question]) -> list[dict[int, Question]]:
    """The questions by their numbers, those together whose periods share no day and lie near each other."""
    found: list[dict[int, Question]] = []
    for number, question in enumerate(questions):
        home = next((other for other in found if _fits([*other.values(), question])), None)
        if home is None:
            found.append({number: question})
        else:
            home[number] = question
    return found


def _fits(questions: Sequence[Question]) -> bool:
    if len({(q.names, q.by, replace(q.filters, start=None, end=None)) for q in questions}) > 1:
        return False
    spans = sorted((q.filters.start, q.filters.end) for q in questions if q.filters.start and q.filters.end)
    if len(spans) < len(questions):
        return False
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    asked = sum(((end - start) for start, end in spans), timedelta())
    return all(gap >= timedelta() for gap in gaps) and sum(gaps, timedelta()) <= MOST_BETWEEN * asked


def within(periods: Mapping[int, Filters], parameters: Parameters) -> list[str]:
    """The conditions on the day: from the first period's start to the last one's end, and in one of them."""
    starts, ends = [one.start for one in periods.values()], [one.end for one in periods.values()]
    first, after = min(filter(None, starts), default=None), max(filter(None, ends), default=None)
    conditions = [f"day >= {parameters.bind(first)}"] if first else []
    conditions += [f"day < {parameters.bind(after)}"] if after else []
    return [*conditions, f"{PERIOD} IS NOT NULL"] if len(periods) > 1 else conditions


def told_apart(periods: Mapping[int, Filters], parameters: Parameters) -> str:
    """The column PERIOD, which holds the number of the row's question; nothing where there is only one."""
    if not periods:
        return ""
    cases = [
        f"WHEN day >= {parameters.bind(one.start)} AND day < {parameters.bind(one.end)} THEN {number}"
        for number, one in periods.items()
    ]
    return f", CASE {' '.join(cases)} END AS {PERIOD}"
