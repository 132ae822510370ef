"""Targets in words: at least +38, of the contract, for a quarter; met, not met, too close to call."""

from datetime import date
from typing import Literal

from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.reviews.rows import Comparator, Target
from care_metrics.reviews.verdict import LENGTHS
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, ngettext, noted, translated

COMPARATORS: dict[Comparator, str] = {
    ">=": noted("at least {value}"),
    "<=": noted("at most {value}"),
    ">": noted("above {value}"),
    "<": noted("below {value}"),
}
KINDS: dict[Literal["contract", "goal"], str] = {"contract": noted("Contract"), "goal": noted("Goal")}
VERDICTS = {"met": noted("met"), "not_met": noted("not met"), "too_close": noted("too close to call")}
_LENGTHS = {
    "any": noted("any period"),
    "week": noted("a week"),
    "month": noted("a month"),
    "quarter": noted("a quarter"),
    "year": noted("a year"),
}
_SAID = {
    ("contract", "met"): noted("contract {target}: met"),
    ("contract", "not_met"): noted("contract {target}: not met"),
    ("goal", "met"): noted("goal {target}: met"),
    ("goal", "not_met"): noted("goal {target}: not met"),
    ("goal", "too_close"): noted("goal {target}: too close to call"),
}
_AGREED = {"contract": noted("contract {target}"), "goal": noted("goal {target}")}


def level(target: Target) -> str:
    """at least +38, in the KPI's unit."""
    return translated(COMPARATORS[target.comparator]).format(value=fmt.level(target.value, CATALOGUE[target.kpi].unit))


def length(code: str) -> str:
    """a quarter, 90 days."""
    if code in _LENGTHS:
        return translated(_LENGTHS[code])
    days = int(code.split(" ")[0])
    return ngettext("{n} day", "{n} days", days).format(n=fmt.number(days))


def judged(target: Target, verdict: str) -> str:
    """contract at least 80%: not met."""
    return translated(_SAID[target.kind, verdict]).format(target=level(target))


def agreed(target: Target) -> str:
    """contract at least 80%."""
    return translated(_AGREED[target.kind]).format(target=level(target))


def lengths(days: int) -> list[str]:
    """The lengths a target may have: those of the calendar, a number of days, and that of the period on the screen."""
    counted = sorted({30, 90, 365, *([days] if days > 0 else [])})
    return [*LENGTHS, *(f"{n} days" for n in counted)]


def factor(kpi: Kpi) -> float:
    """What a typed number is divided by: shares are typed in per cent."""
    return 100.0 if kpi.unit == "fraction" else 1.0


def unit(kpi: Kpi) -> str:
    """In which unit a target is typed."""
    words = {
        "points": _("points"),
        "score": _("points"),
        "fraction": _("per cent"),
        "seconds": _("seconds"),
        "valence": _("from −1 to 1"),
        "scale_7": _("from 1 to 7"),
        "scale_5": _("from 1 to 5"),
        "contacts": _("contacts"),
        "currency": _("currency"),
    }
    return words[kpi.unit]


def row(target: Target) -> dict[str, str]:
    """One line of the list of targets."""
    return {
        _("Client"): fmt.named("client", target.client),
        _("Measure"): translated(CATALOGUE[target.kpi].label),
        _("Target"): level(target),
        _("Kind"): translated(KINDS[target.kind]),
        _("Period"): length(target.length),
        _("Valid from"): fmt.day(target.valid_from),
        _("Set by"): target.typed_by,
    }


def first_day(day: date) -> date:
    """Where the calendar quarter of a day begins, from which agreements usually run."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
