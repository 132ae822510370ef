"""The same period through both lenses, metric by metric: what efficiency shows beside what care shows."""

from collections.abc import Sequence
from typing import Any

from care_metrics.kpis import CATALOGUE
from care_metrics.ui import cards, notices, periods
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import EMPTY, Answers, visible
from care_metrics.ui.components import declare
from care_metrics.ui.signals import told_apart
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

_lenses = declare("lenses")

Pair = tuple[tuple[str, ...], str]
_BOTH = noted("{service} ({time}) and {care} ({change}) both changed clearly.")
_SERVICE = noted("{service} changed clearly ({time}); {care} beside it ({change}) could be chance.")
_CARE = noted("{care} changed clearly ({change}); {service} beside it ({time}) could be chance.")


def show(view: View, pairs: Sequence[Pair], found: Answers) -> None:
    """pairs: efficiency metrics and the care metric that they stand beside."""
    seen = [(visible(view, service), care) for service, care in pairs]
    notices.finding(finding(seen, found, compared=view.before is not None), "lenses_finding")
    data = {
        "caption": _("Efficiency and care in the same period"),
        "service": _("What efficiency shows"),
        "care": _("What care shows"),
        "pairs": [
            {"service": [_metric(name, found) for name in service], "care": _metric(care, found)}
            for service, care in seen
        ],
    }
    _lenses(key="lenses", data=data)
    notices.note(_compared(view), "lenses_note")


def chosen(pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], found: Answers) -> list[Pair]:
    """Of each pair's care metrics the first with data: effort is asked on a scale of 7 or of 5."""
    return [(service, next((name for name in care if _n(found, name)), care[0])) for service, care in pairs]


def finding(pairs: Sequence[Pair], found: Answers, compared: bool) -> str:
    """The surest pair in words: which of its two sides changed clearly, among all the metrics shown."""
    if not compared:
        return _("Levels of this period, not compared with an earlier one.")
    names = [name for service, care in pairs for name in (*service, care)]
    tested = [name for name in names if found.changes.get(name, {}).get("p") is not None]
    if not tested:
        return _("There is nothing to compare with in the earlier period.")
    apart = told_apart([found.changes[name]["p"] for name in tested])
    clear = {
        name for name, told in zip(tested, apart, strict=True) if told and found.changes[name]["verdict"] == "clear"
    }
    surest = min(clear or tested, key=lambda name: _p(found, name))
    words = {"kpi": _metric(surest, found)["label"], "change": _step(surest, found), "n": fmt.number(len(tested))}
    if not clear:
        text = _("The surest change is {kpi} ({change}); among the {n} changes tested it could be chance.")
        alone = found.changes[surest]["verdict"] == "clear"
        return text.format(**words) if alone else _("No pair of measures changed clearly: what moved could be chance.")
    service, care = next(pair for pair in pairs if surest in (*pair[0], pair[1]))
    beside = min((name for name in service if name in tested), key=lambda name: _p(found, name), default=None)
    first = beside if surest == care else surest
    if first is None or care not in tested:
        return _("{kpi} changed clearly ({change}).").format(**words)
    return _said(first, care, clear, found)


def _said(service: str, care: str, clear: set[str], found: Answers) -> str:
    text = _BOTH if {service, care} <= clear else _SERVICE if service in clear else _CARE
    return translated(text).format(
        service=_metric(service, found)["label"],
        care=_metric(care, found)["label"],
        time=_step(service, found),
        change=_step(care, found),
    )


def _step(name: str, found: Answers) -> str:
    return fmt.step(found.changes[name]["difference"], CATALOGUE[name].unit)


def _metric(name: str, found: Answers) -> dict[str, Any]:
    """What a card of this KPI says, without its picture."""
    return cards.card(CATALOGUE[name], found, large=False)


def _n(found: Answers, name: str) -> int:
    return found.now.get(name, EMPTY)["n"]


def _p(found: Answers, name: str) -> float:
    p = found.changes.get(name, {}).get("p")
    return 1.0 if p is None else p


def _compared(view: View) -> str:
    if view.before is None or view.before.start is None or view.before.end is None:
        return _("Under each value its 95% interval.")
    days = fmt.days(view.before.start, view.before.end - periods.ONE_DAY)
    return _("Under each value its 95% interval; changes are against {days}.").format(days=days)
