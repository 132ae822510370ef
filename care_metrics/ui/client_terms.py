"""What was agreed with a client beside what it got: each measure with its target, and with the period before."""

from typing import Any

from care_metrics.charts.theme import tone
from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.ui import format as fmt
from care_metrics.ui import links, notices, target_words
from care_metrics.ui.answers import Answers, Row
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

_table = declare("strips")
TONES = {"met": "good", "not_met": "bad", "too_close": ""}


def show(view: View, names: tuple[str, ...], found: Answers) -> None:
    """One row a measure with data; those with a target first."""
    known = [name for name in names if found.now.get(name, {}).get("value") is not None]
    if not known:
        return notices.note(_("No measure has enough contacts or answers in this period."), "terms_none")
    agreed = [name for name in known if found.targets.get(name)]
    data = {
        "alt": _("Against what we agreed"),
        "columns": [
            {"text": _("Measure")},
            {"text": _("Now"), "align": "end"},
            {"text": _("Agreed")},
            {"text": _("Change"), "align": "end"},
            {"text": _("n"), "align": "end"},
        ],
        "rows": [_row(CATALOGUE[name], found) for name in (*agreed, *(name for name in known if name not in agreed))],
    }
    _table(key="terms", data=data)
    return notices.note(_told(bool(agreed), view), "terms_note")


def _told(agreed: bool, view: View) -> str:
    text = _("A contract is judged by the value as signed, a goal only where its 95% interval is on one side.")
    if not agreed:
        text = _("No target is agreed for a period of this length.")
    if view.before is None:
        return text
    return f"{text} {_('A change is coloured where it is clear and the measure has a better side.')}"


def _row(kpi: Kpi, found: Answers) -> list[dict[str, Any]]:
    row, change = found.now[kpi.name], found.changes.get(kpi.name, {})
    n = fmt.number(row["n"])
    return [
        {"text": translated(kpi.label)},
        {"text": fmt.level(row["value"], kpi.unit), "note": fmt.interval(row["low"], row["high"], kpi.unit)},
        _agreed(kpi, found),
        _change(kpi, change),
        {"link": links.contacts(kpi.name, n)} if links.has_contacts(kpi, row) else {"text": n},
    ]


def _agreed(kpi: Kpi, found: Answers) -> dict[str, Any]:
    judged = [one for one in found.targets.get(kpi.name, []) if one.said is not None]
    if not judged:
        return {"text": fmt.MISSING}
    first = judged[0]
    others = [target_words.judged(one.target, one.said or "") for one in judged[1:]]
    return {
        "text": translated(target_words.VERDICTS[first.said or ""]),
        "tone": TONES[first.said or ""] or "plain",
        "note": "; ".join([target_words.agreed(first.target), *others]),
    }


def _change(kpi: Kpi, change: Row) -> dict[str, Any]:
    if change.get("difference") is None:
        return {"text": fmt.MISSING}
    better = kpi.better if kpi.family != "efficiency" else "neither"
    return {
        "text": fmt.step(change["difference"], kpi.unit),
        "tone": tone(change["difference"], change.get("verdict"), better),
        "note": fmt.step_interval(change.get("d_low"), change.get("d_high"), kpi.unit),
    }
