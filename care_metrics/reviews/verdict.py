"""Which target is in force, and whether a value meets it: a contract as signed, a goal only as far as the interval tells."""

import re
from collections.abc import Iterable
from datetime import date
from math import isclose
from typing import Literal

from care_metrics.errors import BadRequest
from care_metrics.reviews.rows import Target

Verdict = Literal["met", "not_met", "too_close"]
LENGTHS = ("any", "week", "month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = re.compile(r"^([1-9]\d{0,3}) days$")


def checked_length(length: str) -> str:
    """The period length as given, or BadRequest with the list of those there are."""
    if length in LENGTHS or _DAYS.match(length):
        return length
    raise BadRequest(
        f"A target's period length is one of {', '.join(LENGTHS)} or a number of days ('90 days'), not {length!r}."
    )


def lasts(length: str, start: date | None, end: date | None) -> bool:
    """Whether [start, end) has that length; months, quarters and years are the calendar's own."""
    if length == "any":
        return True
    if start is None or end is None:
        return False
    if months := _MONTHS.get(length):
        passed = (end.year - start.year) * 12 + end.month - start.month
        return start.day == end.day == 1 and (start.month - 1) % months == 0 and passed == months
    days = _DAYS.match(length)
    return (end - start).days == (int(days[1]) if days else 7)


def in_force(targets: Iterable[Target], kpi: str, start: date | None, end: date | None) -> dict[str, Target]:
    """Kind -> the target that holds on the period's last day; one for another period length is left out.

    An open end means the newest. A target that came into force within the period is told by its valid_from.
    """
    fitting = [
        one
        for one in targets
        if one.kpi == kpi and lasts(one.length, start, end) and (end is None or one.valid_from < end)
    ]
    # A target for exactly this length says more than one for any.
    ordered = sorted(fitting, key=lambda one: (one.length != "any", one.valid_from))
    return {one.kind: one for one in ordered}


def verdict(
    target: Target, value: float | None, low: float | None = None, high: float | None = None, exact: bool = False
) -> Verdict | None:
    """Met or not; None without a value. low, high: the 95 % interval; exact: a count, which has no sampling error.

    A contract is judged on the value alone. A goal is met (not met) if the whole interval is on that side, else too close
    to call, also where the interval is unknown.
    """
    if value is None:
        return None
    if target.kind == "contract" or exact:
        return "met" if _holds(target, value) else "not_met"
    if low is None or high is None:
        return "too_close"
    ends = {_holds(target, low), _holds(target, high)}
    return "too_close" if len(ends) == 2 else "met" if ends == {True} else "not_met"


def _holds(target: Target, value: float) -> bool:
    # 0.1 + 0.2 meets a target of at least 0.3 and of at most 0.3: the last bits of a sum are nobody's failure.
    if isclose(value, target.value, rel_tol=1e-9, abs_tol=1e-12):
        return "=" in target.comparator
    return (value > target.value) == (">" in target.comparator)
