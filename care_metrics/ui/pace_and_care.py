"""Fast is not the same as caring: agents or teams by handle time at equal mix and by care, with the finding as a title."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.charts.quadrants import Point, quadrants
from care_metrics.charts.theme import CONFIG
from care_metrics.pace_and_care import FAST_LOW, SLOW_HIGH, Dot, dots
from care_metrics.ui import comparison, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.live import fragment
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

GROUPS = {"agent_id": noted("Agents"), "team": noted("Teams")}
TONES = {FAST_LOW: "bad", SLOW_HIGH: "good"}
NAMED = 3

_table = declare("places")


def offered(view: View) -> bool:
    """Numbers at equal mix and single agents are for the centre's own staff."""
    filtered = dict(view.now.where)
    return view.scope.audience == "internal" and not any(name in filtered for name in GROUPS)


@fragment
def show(view: View) -> None:
    """A fragment: the choice between agents and teams redraws this block alone."""
    chosen = st.segmented_control(
        _("Compare"),
        list(GROUPS),
        default="agent_id",
        required=True,
        format_func=lambda name: translated(GROUPS[name]),
        key="paced",
        label_visibility="collapsed",
    )
    group = chosen or "agent_id"
    found = dots(comparison.load(view, group))
    if len(found) < 2:
        text = _("Too few agents or teams have 30 contacts with a handle time and as many with evidence of care.")
        return notices.note(text, "pace_none")
    notices.finding(title(found, group), "pace_finding")
    _draw(view, found, group)
    return None


def title(found: Sequence[Dot], group: str) -> str:
    """Who is clearly fast and clearly low in care; that it could be chance where nobody is."""
    low = sorted((dot for dot in found if dot.kind == FAST_LOW), key=lambda dot: dot.points)
    if not low:
        text = _(
            "Of {n} compared, none is clearly both faster than colleagues and lower in care; what differs could be chance."
        )
        return text.format(n=fmt.number(len(found)))
    named = ", ".join(fmt.named(group, dot.group) for dot in low[:NAMED])
    text = ngettext(
        "{n} of {all} is clearly faster than colleagues and clearly lower in care: {named}.",
        "{n} of {all} are clearly faster than colleagues and clearly lower in care, the lowest {named}.",
        len(low),
    )
    return text.format(n=fmt.number(len(low)), all=fmt.number(len(found)), named=named)


def _draw(view: View, found: Sequence[Dot], group: str) -> None:
    points = [Point(dot.seconds, dot.points, dot.n, TONES.get(dot.kind, "plain"), _hover(dot, group)) for dot in found]
    alt = _("Handle time at equal mix against care of {n}. {finding}")
    st.plotly_chart(
        quadrants(
            points,
            _("seconds slower (+) or faster (−) than colleagues, at equal contact mix"),
            _("care index, from the median"),
            (_("Fast, low care"), _("Takes the time, cares")),
        ),
        key=f"pace_{group}",
        config=CONFIG,
        alt=alt.format(n=fmt.number(len(found)), finding=title(found, group)),
    )
    text = _(
        "Each against the others of its client. Coloured where both 95% intervals, shrunken for care, leave out the middle; "
        "larger: more contacts."
    )
    notices.note(text, "pace_note")
    with st.expander(_("The numbers, with their contacts")):
        _numbers(view, found, group)


def _hover(dot: Dot, group: str) -> str:
    return _("{name}: {seconds}, care index {index} ({points} from the median), {n}").format(
        name=_name(dot, group),
        seconds=fmt.step(dot.seconds, "seconds"),
        index=fmt.bare(dot.index, "score"),
        points=fmt.step(dot.points, "score"),
        n=nouns.counted("aht", dot.n),
    )


def _name(dot: Dot, group: str) -> str:
    if not dot.within:
        return fmt.named(group, dot.group)
    return _("{name} ({client})").format(name=fmt.named(group, dot.group), client=fmt.named("client", dot.within))


def _numbers(view: View, found: Sequence[Dot], group: str) -> None:
    """The table behind the dots, lowest care first; each name a way to its contacts."""
    data: dict[str, Any] = {
        "caption": _("Handle time at equal mix and care"),
        "columns": [
            {"text": translated(GROUPS[group])},
            {"text": _("Handle time"), "align": "end"},
            {"text": _("95% interval"), "align": "end"},
            {"text": _("Care index"), "align": "end"},
            {"text": _("From the median"), "align": "end"},
            {"text": _("95% interval"), "align": "end"},
            {"text": _("From"), "align": "end"},
        ],
        "rows": [_row(view, dot, group) for dot in sorted(found, key=lambda dot: dot.points)],
    }
    _table(key=f"pace_table_{group}", data=data)


def _row(view: View, dot: Dot, group: str) -> list[dict[str, Any]]:
    return [
        {"link": links.group(view, "care_index", group, dot.group, dot.within, _name(dot, group))},
        {"text": fmt.step(dot.seconds, "seconds"), "tone": TONES.get(dot.kind, "")},
        {"text": fmt.step_interval(dot.seconds_low, dot.seconds_high, "seconds")},
        {"text": fmt.bare(dot.index, "score")},
        {"text": fmt.step(dot.points, "score"), "tone": TONES.get(dot.kind, "")},
        {"text": fmt.step_interval(dot.points_low, dot.points_high, "score")},
        {"text": nouns.counted("aht", dot.n)},
    ]
