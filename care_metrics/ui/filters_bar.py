"""The filter bar of the frame: period, comparison and what part of the centre, each bound to the URL."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import streamlit as st

from care_metrics.contacts import Bounds
from care_metrics.filters import Filters
from care_metrics.scope import Scope
from care_metrics.ui import cached, periods
from care_metrics.ui import format as fmt
from care_metrics.ui.cached import Edition
from care_metrics.ui.periods import ONE_DAY, Data, Span
from care_metrics.ui.text import LANGUAGES, _, noted, speaking, translated
from care_metrics.ui.view import View

EVERYTHING = ""
# (dimension, its label, the label of no choice); all but the first lie behind one button.
DIMENSIONS = (
    ("client", noted("Client"), noted("All clients")),
    ("site", noted("Site"), noted("All sites")),
    ("channel", noted("Channel"), noted("All channels")),
    ("reason", noted("Reason"), noted("All reasons")),
)
BAR = ("period", "compare", *(name for name, _label, _none in DIMENSIONS))
# The bar's keys, and those of pages that choose by a code as well.
KEYS = (
    *BAR,
    *("group", "within", "pace", "split", "sort", "queue", "measure", "agent"),
    *("role", "as_client", "as_agent_id", "as_team"),
)
WIDTH = 150


def draw(scope: Scope, edition: Edition, bounds: Bounds) -> View:
    """Draw the bar over what this reader may see; the view that was chosen."""
    data = Data(bounds.first, bounds.last + ONE_DAY)
    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        period = choice("period", _("Period"), [row.code for row in periods.PERIODS], _period_label, 1)
        own = _own_dates(data) if period == "custom" else None
        how = choice("compare", _("Compared with"), list(periods.COMPARISONS), _comparison_label, 0)
        where = _dimensions(scope, edition)
    span = periods.span_of(period, data, own)
    before = periods.compared(period, span, how, data)
    now = Filters(*span, where=tuple((name, (value,)) for name, value in where.items()))
    return View(
        scope=scope,
        edition=edition,
        data=data,
        as_of=bounds.data_end,
        now=now,
        before=now.during(*before) if before else None,
        period=period,
        comparison=how,
        scored=bounds.scored_share,
        waiting=bounds.waiting,
        demo=cached.is_demo(scope, edition),
    )


def everything(scope: Scope, edition: Edition, bounds: Bounds) -> View:
    """All data, for a page that has no bar; what was chosen is chosen again on the next page."""
    _keep(BAR)
    data = Data(bounds.first, bounds.last + ONE_DAY)
    demo = cached.is_demo(scope, edition)
    return View(scope, edition, data, bounds.data_end, Filters(), None, "all", "none", demo=demo)


def _dimensions(scope: Scope, edition: Edition) -> dict[str, str]:
    """The client in the bar, the rest behind one button that counts what it narrows."""
    (client, *labels), *rest = DIMENSIONS
    # Whoever sees one client is offered no choice that would speak of others.
    alone = scope.audience == "client" and len(scope.clients) == 1
    chosen = {} if alone else {client: _dimension(client, *labels, cached.options(scope, edition, client))}
    # In the first run of a link the boxes below do not stand yet, and only the URL knows what they will say.
    narrowed = sum(bool(st.session_state.get(name, st.query_params.get(name))) for name, *_labels in rest)
    label = _("More filters: {n}").format(n=narrowed) if narrowed else _("More filters")
    with st.popover(label, icon=":material/tune:"):
        chosen |= {name: _dimension(name, *labels, cached.options(scope, edition, name)) for name, *labels in rest}
    return {name: value for name, value in chosen.items() if value != EVERYTHING}


def in_url(scope: Scope, edition: Edition, dimension: str, value: str) -> str:
    """How a choice of this dimension stands in a link."""
    return fmt.labels(dimension, cached.options(scope, edition, dimension)).get(value, value)


def keep_choices() -> None:
    """Say the choices again by their codes, so that they outlive a change of language."""
    _keep(KEYS)


def _keep(keys: Iterable[str]) -> None:
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _period_label(code: str) -> str:
    return translated(periods.period(code).label)


def _comparison_label(code: str) -> str:
    return translated(periods.COMPARISONS[code])


def _dimension(name: str, label: str, none: str, values: list[str]) -> str:
    neat = fmt.labels(name, values)
    return choice(
        name, translated(label), [EVERYTHING, *values], lambda value: neat[value] if value else translated(none), 0
    )


def choice(key: str, label: str, codes: list[str], say: Callable[[str], str], default: int, width: int = WIDTH) -> str:
    """One select box whose URL value is its label; a link may also carry the code, or the label in another language."""
    linked = None if key in st.session_state else _code_of(st.query_params.get(key), codes, say)
    if linked is not None:
        # Before the widget stands its parameter may be rewritten; Streamlit reads it in the run that follows.
        st.query_params[key] = say(linked)
        st.rerun()
    chosen = st.selectbox(label, codes, index=default, format_func=say, key=key, bind="query-params", width=width)
    return chosen if chosen in codes else codes[default]


def _code_of(linked: str | None, codes: Iterable[str], say: Callable[[str], str]) -> str | None:
    """The code that a link's value means; None for one that means nothing or that Streamlit reads by itself."""
    if linked is None or any(say(code) == linked for code in codes):
        return None
    for code in codes:
        if code == linked:
            return code
        for language in LANGUAGES:
            with speaking(language):
                if say(code) == linked:
                    return code
    return None


def _own_dates(data: Data) -> Span | None:
    """The reader's dates, both days included, within the data; None while only one is chosen."""
    first, last = data.first, data.end - ONE_DAY
    chosen = st.date_input(
        _("From and to"),
        value=(max(first, last - timedelta(days=89)), last),
        min_value=first,
        max_value=last,
        key="dates",
        format="YYYY-MM-DD",
        bind="query-params",
        width=230,
    )
    days: tuple[date, ...] = chosen if isinstance(chosen, tuple) else (chosen,)
    return (days[0], days[1] + ONE_DAY) if len(days) == 2 else None
