"""The pillars over time, what stands out there, and the first sentence of the page *Pillars*."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

import polars as pl
import streamlit as st

from care_metrics.charts.theme import CONFIG, tone
from care_metrics.charts.trend import Bucket, trend
from care_metrics.kpis import kpi
from care_metrics.measure import Question
from care_metrics.schema import PILLARS
from care_metrics.standouts import standing
from care_metrics.ui import cached, findings, judged, links, notices, nouns, periods, target_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Answers, Row, visible
from care_metrics.ui.components import declare
from care_metrics.ui.marks import noted_days
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View
from care_metrics.ui.watched import WATCHED

_table = declare("strips")
# Up to so many days by week, beyond by month.
MOST_DAYS_BY_WEEK = 120
HEIGHT, MOST_TICKS, MOST_ROWS = 210, 5, 4

_STANDS = {
    ("month", "down"): noted(
        "{kpi} of {client} was clearly lower in {when} than in the other months, {value} against {rest}."
    ),
    ("month", "up"): noted(
        "{kpi} of {client} was clearly higher in {when} than in the other months, {value} against {rest}."
    ),
    ("week", "down"): noted(
        "{kpi} of {client} was clearly lower in the week of {when} than in the other weeks, {value} against {rest}."
    ),
    ("week", "up"): noted(
        "{kpi} of {client} was clearly higher in the week of {when} than in the other weeks, {value} against {rest}."
    ),
}

_AMONG = {
    "month": noted(
        "Each month of a client against its other months of the period; the surest first, 5% false discoveries among all."
    ),
    "week": noted(
        "Each week of a client against its other weeks of the period; the surest first, 5% false discoveries among all."
    ),
}
_DRAWN = {
    "month": noted("Line: score by month, band: its 95% interval. Ring: not complete, its outcomes are still watched."),
    "week": noted("Line: score by week, band: its 95% interval. Ring: not complete, its outcomes are still watched."),
}


@dataclass(frozen=True)
class Course:
    """grain: week or month; rows: the pillars by bucket; standing: buckets of a client that stand out, the surest first."""

    grain: str
    rows: list[Row]
    standing: list[Row]


def load(view: View) -> Course:
    """The pillars by week or month, and what stands out among all buckets of all clients."""
    grain = "week" if _days(view) <= MOST_DAYS_BY_WEEK else "month"
    names = visible(view, PILLARS)
    questions = (Question(names, view.now, (grain,)), Question(names, view.now, ("client", grain)))
    whole, by_client = cached.answers(view.scope, view.edition, questions)
    return Course(grain, whole.sort(grain).to_dicts(), _standing(view, by_client, grain))


def _days(view: View) -> int:
    start, end = _span(view)
    return (end - start).days


def _span(view: View) -> tuple[date, date]:
    return view.now.start or view.data.first, view.now.end or view.data.end


def bucket_span(view: View, grain: str, bucket: str) -> tuple[date, date]:
    """The days of a bucket within the view's period, half-open."""
    start, end = _span(view)
    first = date.fromisoformat(bucket if grain == "week" else f"{bucket}-01")
    after = first + periods.WEEK if grain == "week" else (first + timedelta(days=32)).replace(day=1)
    return max(first, start), min(after, end)


def _standing(view: View, rows: pl.DataFrame, grain: str) -> list[Row]:
    if rows.is_empty():
        return []
    closed = pl.Series([not is_open(view, grain, name) for name in rows[grain]], dtype=pl.Boolean)
    return standing(rows.filter(closed & (pl.col("state") == "ok")), ("client",), MOST_ROWS)


def is_open(view: View, grain: str, bucket: str) -> bool:
    """Whether outcomes of its last days are still being watched."""
    return bucket_span(view, grain, bucket)[1] > view.data.end - WATCHED


def first_sentence(view: View, found: Answers, course: Course) -> None:
    """The clear changes since the period before, then the surest thing that stands out within the period."""
    told = [*findings.changed(found, PILLARS)] if view.before else []
    if course.standing:
        told.append(notices.sentence(_stands(course.standing[0], course.grain), strong=True))
    if not told:
        told = [
            notices.sentence(
                _("No pillar changed clearly, and no time stands out: what moved could be chance."), strong=True
            )
        ]
    note = findings.period_told(view)
    notices.say([notices.paragraph(*told), notices.paragraph(notices.sentence(note), kind="note")], "first_sentence")
    if course.standing:
        _standouts(view, course)


def _stands(row: Row, grain: str) -> str:
    return translated(_STANDS[grain, "up" if row["difference"] > 0 else "down"]).format(
        kpi=translated(kpi(row["kpi"]).label),
        client=fmt.named("client", row["client"]),
        when=when(grain, row[grain]),
        value=fmt.bare(row["value"], "score"),
        rest=fmt.bare(row["rest"], "score"),
    )


def when(grain: str, bucket: str) -> str:
    """July 2026, or the day on which the week begins."""
    return fmt.month(date.fromisoformat(f"{bucket}-01")) if grain == "month" else fmt.day(date.fromisoformat(bucket))


def _standouts(view: View, course: Course) -> None:
    """The same as a table, each row a way to its contacts."""
    data = {
        "alt": _("What stands out over time"),
        "columns": [
            {"text": _("When")},
            {"text": _("Client")},
            {"text": _("Pillar")},
            {"text": _("Against the rest"), "align": "end"},
            {"text": _("Then"), "align": "end"},
            {"text": _("Otherwise"), "align": "end"},
            {"text": _("Contacts"), "align": "end"},
        ],
        "rows": [_standout(view, course.grain, row) for row in course.standing],
    }
    _table(key="standouts", data=data)
    notices.note(translated(_AMONG[course.grain]), "standouts_note")


def _standout(view: View, grain: str, row: Row) -> list[dict[str, Any]]:
    link = links.during(view, row["kpi"], row["client"], bucket_span(view, grain, row[grain]), fmt.number(row["n"]))
    return [
        {"text": when(grain, row[grain])},
        {"text": fmt.named("client", row["client"])},
        {"text": translated(kpi(row["kpi"]).label)},
        {
            "text": fmt.step(row["difference"], "score"),
            "tone": tone(row["difference"], "clear", "higher"),
            "note": fmt.step_interval(row["d_low"], row["d_high"], "score"),
        },
        {"text": fmt.bare(row["value"], "score"), "note": fmt.interval(row["low"], row["high"], "score")},
        {"text": fmt.bare(row["rest"], "score")},
        {"link": link},
    ]


def show(view: View, course: Course) -> None:
    """One small trend a pillar, all on one range of scores."""
    known = [limit for row in course.rows for limit in (row["low"], row["high"], row["value"]) if limit is not None]
    aims = [target.value for name in PILLARS for target in judged.targets(view, name)]
    if not known:
        return notices.note(_("Too few contacts in each week or month for a trend."), "trend_none")
    axis = (max(10 * floor(min(*known, *aims) / 10), 0), min(10 * ceil(max(*known, *aims) / 10), 100))
    for names in (PILLARS[:2], PILLARS[2:]):
        for name, column in zip(names, st.columns(2, gap="medium"), strict=True):
            rows = [row for row in course.rows if row["kpi"] == name]
            with column:
                _one(view, name, course.grain, rows, axis)
    return notices.note(translated(_DRAWN[course.grain]), "trend_note")


def _one(view: View, name: str, grain: str, rows: list[Row], axis: tuple[float, float]) -> None:
    label = translated(kpi(name).label)
    buckets = [_bucket(view, name, grain, row) for row in rows]
    notices.say([notices.paragraph(notices.sentence(label, strong=True))], f"trend_title_{name}")
    aims = [(target.value, target_words.level(target)) for target in judged.targets(view, name)]
    drawn = trend(
        buckets,
        "pillar",
        target=aims[0] if aims else None,
        marks=noted_days(view, *_span(view)),
        height=HEIGHT,
        axis=axis,
        most_ticks=MOST_TICKS,
    )
    alt = _("{kpi} over time: {list}").format(kpi=label, list="; ".join(one.hover for one in buckets))
    st.plotly_chart(drawn, key=f"trend_{name}", config=CONFIG, alt=alt)


def _bucket(view: View, name: str, grain: str, row: Row) -> Bucket:
    start = row[grain] if grain == "week" else f"{row[grain]}-01"
    day = date.fromisoformat(start)
    hover = _("{when}: {value} ({interval}), {n}").format(
        when=when(grain, row[grain]),
        value=fmt.bare(row["value"], "score"),
        interval=fmt.interval(row["low"], row["high"], "score"),
        n=nouns.counted(name, row["n"]),
    )
    label = fmt.short_month(day) if grain == "month" else fmt.short_day(day)
    return Bucket(start, label, row["value"], row["low"], row["high"], hover, is_open(view, grain, row[grain]))
