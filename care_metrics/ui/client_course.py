"""One KPI of a client week by week, with what happened, against its own usual range before the period."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import streamlit as st

from care_metrics.charts.theme import CONFIG, tone
from care_metrics.charts.trend import Bucket, Mark, trend
from care_metrics.kpis import Kpi, kpi
from care_metrics.measure import Question
from care_metrics.statistics.control import xmr
from care_metrics.ui import cached, filters_bar, judged, notices, nouns, periods, target_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Answers, Row
from care_metrics.ui.marks import noted_days
from care_metrics.ui.text import _, ngettext, translated
from care_metrics.ui.view import View

# Limits of fewer weeks say little (kpis.md 2.12); more than half a year is another centre.
FEWEST, MOST = 12, 26
SHOWN = ("nps", "ces", "sentiment", "csat", "recovery", "fcr")
HEIGHT, WIDTH = 320, 240


@dataclass(frozen=True)
class Course:
    """weeks: rows of the weeks before the period and in it; first: place of the period's first; usual: its range."""

    weeks: list[Row]
    first: int
    usual: tuple[float, float] | None

    def outside(self) -> list[Row]:
        """The weeks of the period whose value lies outside the usual range."""
        if self.usual is None:
            return []
        low, high = self.usual
        return [row for row in self.weeks[self.first :] if row["value"] is not None and not low <= row["value"] <= high]


def choose(found: Answers) -> str | None:
    """Which KPI the course is of; None while none of them has data."""
    known = [name for name in SHOWN if found.now.get(name, {}).get("value") is not None]
    if not known:
        return None
    return filters_bar.choice("measure", _("Measure"), known, lambda name: translated(kpi(name).label), 0, width=WIDTH)


def load(view: View, name: str) -> Course:
    """Whole weeks, Monday to Monday: up to MOST before the period, and those in it."""
    start, end = view.now.start or view.data.first, view.now.end or view.data.end
    begin = _monday(start + periods.WEEK - periods.ONE_DAY)
    first = max(begin - MOST * periods.WEEK, _monday(view.data.first + periods.WEEK - periods.ONE_DAY))
    last = _monday(end)
    if last <= first:
        return Course([], 0, None)
    (rows,) = cached.answers(view.scope, view.edition, (Question((name,), view.now.during(first, last), ("week",)),))
    by_week = {row["week"]: row for row in rows.to_dicts()}
    mondays = [(first + k * periods.WEEK).isoformat() for k in range((last - first).days // 7)]
    nothing = {"value": None, "low": None, "high": None, "n": 0}
    weeks = [by_week.get(monday, nothing | {"week": monday}) for monday in mondays]
    place = max((begin - first).days // 7, 0)
    return Course(weeks, place, _usual(weeks[:place]))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _usual(before: list[Row]) -> tuple[float, float] | None:
    values = [row["value"] for row in before if row["value"] is not None]
    if len(values) < FEWEST:
        return None
    chart = xmr(np.array(values))
    return float(chart.lower[0]), float(chart.upper[0])


def show(view: View, name: str, course: Course) -> None:
    """The finding as title, the trend, and how to read it."""
    entry = kpi(name)
    notices.finding(finding(entry, course), "course_finding")
    if not any(row["value"] is not None for row in course.weeks):
        return notices.note(_("Too few contacts in each week for a trend."), "course_none")
    buckets = [_bucket(entry, row, row in course.outside(), course) for row in course.weeks]
    aims = [(target.value, target_words.level(target)) for target in judged.targets(view, name)]
    drawn = trend(
        buckets,
        entry.family,
        percent=entry.unit == "fraction",
        target=aims[0] if aims else None,
        marks=_marks(view, course),
        height=HEIGHT,
    )
    alt = _("{kpi} over time: {list}").format(
        kpi=translated(entry.label), list="; ".join(one.hover for one in buckets if one.value is not None)
    )
    st.plotly_chart(drawn, key=f"course_{name}", config=CONFIG, alt=alt)
    return notices.note(_told(entry, course), "course_note")


def finding(entry: Kpi, course: Course) -> str:
    """How many weeks of the period lie outside the usual range."""
    label, known = translated(entry.label), [row for row in course.weeks[course.first :] if row["value"] is not None]
    if course.usual is None or not known:
        return _("{kpi} by week: too few weeks before the period to know its usual range.").format(kpi=label)
    count, among = len(course.outside()), fmt.number(len(known))
    if not count:
        return ngettext(
            "{kpi} stayed in its usual range in the one week of the period.",
            "{kpi} stayed in its usual range in all {among} weeks of the period.",
            len(known),
        ).format(kpi=label, among=among)
    text = ngettext(
        "{kpi} was outside its usual range in {n} of {among} weeks of the period.",
        "{kpi} was outside its usual range in {n} of {among} weeks of the period.",
        count,
    )
    return text.format(kpi=label, n=fmt.number(count), among=among)


def _told(entry: Kpi, course: Course) -> str:
    drawn = _("Line: value by week, band: its 95% interval.")
    if course.usual is None:
        return drawn
    text = _(
        "Usual range {range}: mean ± 2.66 mean moving ranges of the weeks before the period (left of the dotted line)."
    )
    return f"{drawn} {text.format(range=fmt.interval(*course.usual, entry.unit))}"


def _bucket(entry: Kpi, row: Row, outside: bool, course: Course) -> Bucket:
    monday, signal = date.fromisoformat(row["week"]), ""
    if outside and course.usual is not None:
        side = 1.0 if row["value"] > course.usual[1] else -1.0
        signal = tone(side, "clear", entry.better if entry.family != "efficiency" else "neither")
    hover = _("{when}: no value").format(when=fmt.day(monday))
    if row["value"] is not None:
        hover = _("{when}: {value} ({interval}), {n}").format(
            when=fmt.day(monday),
            value=fmt.bare(row["value"], entry.unit),
            interval=fmt.interval(row["low"], row["high"], entry.unit),
            n=nouns.counted(entry.name, row["n"]),
        )
    return Bucket(row["week"], fmt.short_day(monday), row["value"], row["low"], row["high"], hover, signal=signal)


def _marks(view: View, course: Course) -> list[Mark]:
    """Where the period begins, and what somebody noted of days in the picture."""
    first, last = (date.fromisoformat(course.weeks[place]["week"]) for place in (0, -1))
    begins = [Mark(course.weeks[course.first]["week"], "")] if 0 < course.first < len(course.weeks) else []
    return [*begins, *noted_days(view, first, last + periods.WEEK)]
