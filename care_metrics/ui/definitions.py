"""Each KPI from the catalogue: in words, as a formula, as its SQL, with its interval, window, source and an example."""

from datetime import date

import streamlit as st

from care_metrics.charts.theme import CONFIG
from care_metrics.charts.trend import Bucket, trend
from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.measure import Question, statement_of
from care_metrics.states import LOW_N
from care_metrics.ui import format as fmt
from care_metrics.ui import notices, nouns, periods
from care_metrics.ui.answers import Answers, Row, ask, visible
from care_metrics.ui.marks import noted_days
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

MEASURE = "measure"
FAMILIES = {"care": noted("Care"), "pillar": noted("Pillars"), "efficiency": noted("Efficiency")}
BETTER = {
    "higher": noted("Higher is better."),
    "lower": noted("Lower is better."),
    "neither": noted("Neither direction is better by itself."),
}
INTERVALS = {
    "nps": noted("adjusted Wald interval"),
    "wilson": noted("Wilson interval"),
    "t": noted("t interval of a mean"),
    "ratio": noted("interval of a ratio over clusters"),
    "delta": noted("interval by the delta method"),
    "order": noted("interval of a percentile"),
    "none": noted("no interval"),
}


def show(view: View) -> None:
    """One KPI at a time, chosen by its name; the choice stands in the URL."""
    names = sorted(visible(view, tuple(CATALOGUE)), key=_place)
    labels = {name: _label(CATALOGUE[name]) for name in names}
    chosen = st.selectbox(
        _("Measure"), names, format_func=labels.__getitem__, key=MEASURE, bind="query-params", width=420
    )
    entry = CATALOGUE[chosen if chosen in names else names[0]]
    found = ask(view, (entry.name,), weekly=(entry.name,))
    st.header(translated(entry.label), divider="gray", anchor=False)
    notices.say(
        [
            notices.paragraph(notices.sentence(translated(entry.question), strong=True)),
            notices.paragraph(notices.sentence(translated(entry.formula))),
            *(
                notices.paragraph(notices.sentence(name), notices.sentence(text), kind="fact")
                for name, text in _facts(entry)
            ),
        ],
        "definition",
    )
    notices.say([notices.paragraph(notices.sentence(_example(entry, found)))], "example")
    _weeks(view, entry, found)
    if entry.name not in found.beyond:
        statement = statement_of(view.scope, Question((entry.name,), view.now))
        with st.expander(_("The statement that was run, with its values bound as $1, $2 and so on")):
            st.code(statement.sql, language="sql", wrap_lines=True)


def _place(name: str) -> tuple[int, int]:
    return list(FAMILIES).index(CATALOGUE[name].family), list(CATALOGUE).index(name)


def _label(entry: Kpi) -> str:
    return _("{family}: {kpi}").format(family=translated(FAMILIES[entry.family]), kpi=translated(entry.label))


def _facts(entry: Kpi) -> list[tuple[str, str]]:
    """What it takes to read the number, each with its name."""
    least = _("Shown from {n} on, without a warning from {enough} on.")
    least = least.format(n=nouns.counted(entry.name, entry.min_n), enough=fmt.number(LOW_N))
    facts = [
        (_("Direction"), translated(BETTER[entry.better])),
        (_("Uncertainty"), _("95% interval: {method}.").format(method=translated(INTERVALS[entry.interval]))),
        (_("Minimum n"), least),
    ]
    if entry.window_h:
        text = _("A contact counts once {hours} hours have passed since it began; until then it is still open.")
        facts.append((_("Window"), text.format(hours=fmt.number(entry.window_h))))
    return [*facts, (_("Source"), entry.source)]


def _weeks(view: View, entry: Kpi, found: Answers) -> None:
    """The last 13 full weeks, each with its interval, and what was noted of their days."""
    weeks = found.weeks.get(entry.name, [])
    if sum(week["value"] is not None for week in weeks) < 2:
        return
    notices.note(_("The last 13 full weeks with their 95% intervals:"), "weeks")
    first, last = (date.fromisoformat(weeks[place]["week"]) for place in (0, -1))
    drawn = trend(
        [_bucket(week, entry) for week in weeks],
        entry.family,
        percent=entry.unit == "fraction",
        marks=noted_days(view, first, last + periods.WEEK),
    )
    st.plotly_chart(drawn, key="trend", config=CONFIG, alt=_("{kpi}, week by week").format(kpi=translated(entry.label)))


def _bucket(week: Row, entry: Kpi) -> Bucket:
    day = fmt.short_day(date.fromisoformat(week["week"]))
    interval = fmt.interval(week["low"], week["high"], entry.unit)
    value, n = fmt.level(week["value"], entry.unit), nouns.counted(entry.name, week["n"])
    hover = _("Week from {day}: {value}, {interval}, {n}") if interval else _("Week from {day}: {value}, {n}")
    text = hover.format(day=day, value=value, interval=interval, n=n)
    return Bucket(week["week"], day, week["value"], week["low"], week["high"], text)


def _example(entry: Kpi, found: Answers) -> str:
    """What the filters above give at this moment."""
    row = found.now.get(entry.name)
    if row is None or row["value"] is None:
        return _("With the filters above there is no value.")
    interval = fmt.interval(row["low"], row["high"], entry.unit)
    value, n = fmt.level(row["value"], entry.unit), nouns.counted(entry.name, row["n"])
    if not interval:
        return _("With the filters above: {value}, from {n}.").format(value=value, n=n)
    text = _("With the filters above: {value}, 95% interval {interval}, from {n}.")
    return text.format(value=value, interval=interval, n=n)
