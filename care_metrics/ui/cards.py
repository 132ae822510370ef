"""KPI cards: value, tested change, interval, n, 13 weeks; efficiency stays grey, and so does what could be chance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from care_metrics.charts.sparkline import Point, sparkline
from care_metrics.charts.theme import tone
from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.ui import format as fmt
from care_metrics.ui import links, model_error, nouns, target_words
from care_metrics.ui.answers import EMPTY, Answers, Row
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, ngettext, translated

_cards = declare("cards")


def show(names: Sequence[str], answers: Answers, *, key: str, large: bool = False, empty: bool = True) -> None:
    """One row of cards, each a way to the contacts behind it; empty: keep the place of a KPI without data."""
    shown = [name for name in names if empty or _has_data(name, answers)]
    data = {
        "cards": [card(CATALOGUE[name], answers, large) for name in shown],
        "size": "large" if large else "small",
        "words": {"weekColumns": [_("Week from"), _("Value"), _("n")]},
    }
    _cards(key=key, data=data)


def any_data(names: Sequence[str], answers: Answers) -> bool:
    """Whether a block of cards has anything to show."""
    return any(answers.now.get(name, EMPTY)["n"] > 0 for name in names)


def _has_data(name: str, answers: Answers) -> bool:
    return answers.now.get(name, EMPTY)["n"] > 0 or name in answers.beyond


def card(kpi: Kpi, answers: Answers, large: bool) -> dict[str, Any]:
    """What the component draws: every text in the reader's words, every number formatted."""
    row, change = answers.now.get(kpi.name, EMPTY), answers.changes.get(kpi.name, {})
    weeks = answers.weeks.get(kpi.name, [])
    return {
        "family": "efficiency" if kpi.family == "efficiency" else "care",
        "label": _label(kpi, answers),
        "aboutLabel": _("What {kpi} means").format(kpi=translated(kpi.label)),
        "about": _about(kpi, answers.before.get(kpi.name), change),
        "value": fmt.bare(row["value"], kpi.unit),
        "scale": "" if row["value"] is None else answers.currency if kpi.unit == "currency" else fmt.scale(kpi.unit),
        **_change(kpi, change),
        "spark": _spark(kpi, weeks) if weeks else None,
        "weeks": [_week(week, kpi.unit) for week in weeks],
        "notes": _notes(kpi, row, answers, large),
        "foot": _foot(kpi, row) if row["state"] in ("ok", "low_n") else [],
        "targets": _targets(kpi, answers),
        "flag": _("few answers: read the interval") if row["state"] == "low_n" else "",
        "link": links.contacts(kpi.name, nouns.counted(kpi.name, row["n"])) if links.has_contacts(kpi, row) else None,
    }


def _label(kpi: Kpi, answers: Answers) -> str:
    """A cohort's share means little without the length of the period."""
    label = translated(kpi.label)
    if kpi.grain == "customer" and answers.days:
        return ngettext("{kpi} over {n} day", "{kpi} over {n} days", answers.days).format(kpi=label, n=answers.days)
    return label


def _change(kpi: Kpi, change: Row) -> dict[str, str]:
    """The badge and its verdict in plain words; no badge where nothing could be compared."""
    if change.get("difference") is None:
        return {"change": "", "tone": "plain", "verdict": ""}
    verdict = change.get("verdict")
    said = {"clear": _("clear change"), "chance": _("could be chance")}.get(verdict or "", "")
    better = kpi.better if kpi.family != "efficiency" else "neither"
    return {
        "change": fmt.step(change["difference"], kpi.unit),
        "tone": tone(change["difference"], verdict, better),
        "verdict": said,
    }


def _notes(kpi: Kpi, row: Row, answers: Answers, large: bool) -> list[str]:
    if kpi.name in answers.beyond:
        return [_("not known for this filter")]
    if row["state"] == "no_data":
        return [_("no data in this period")]
    if row["state"] == "suppressed":
        return [_("hidden: fewer than {n}").format(n=nouns.counted(kpi.name, kpi.min_n))]
    between = fmt.interval(row["low"], row["high"], kpi.unit)
    if not between:
        return []
    held = model_error.told(kpi.name, kpi.unit, answers.corrected)
    return [_("95% interval {interval}").format(interval=between) if large else between, *([held] if held else [])]


def _foot(kpi: Kpi, row: Row) -> list[str]:
    """n where no list stands behind it, and what cannot be counted yet."""
    texts = [] if links.has_contacts(kpi, row) else [nouns.counted(kpi.name, row["n"])]
    if row["n_immature"]:
        text = ngettext("{n} still open", "{n} still open", row["n_immature"])
        texts.append(text.format(n=fmt.number(row["n_immature"])))
    return texts


def _targets(kpi: Kpi, answers: Answers) -> list[dict[str, str]]:
    """What was agreed and whether it is met, in words; the tone repeats the word."""
    found = [one for one in answers.targets.get(kpi.name, []) if one.said is not None]
    return [{"text": target_words.judged(one.target, one.said or ""), "tone": one.said or ""} for one in found]


def _about(kpi: Kpi, before: Row | None, change: Row) -> list[str]:
    texts = [translated(kpi.question), translated(kpi.formula)]
    between = fmt.step_interval(change.get("d_low"), change.get("d_high"), kpi.unit)
    if between:
        texts.append(_("Change with its 95% interval: {interval}.").format(interval=between))
    if before and before["value"] is not None:
        value, n = fmt.level(before["value"], kpi.unit), nouns.counted(kpi.name, before["n"])
        texts.append(_("Before: {value} from {n}.").format(value=value, n=n))
    return [text for text in texts if text]


def _spark(kpi: Kpi, weeks: Sequence[Row]) -> dict[str, Any] | None:
    known = [week for week in weeks if week["value"] is not None]
    if len(known) < 2:
        return None
    alt = _("{kpi} over {count} weeks, from {first} to {last}").format(
        kpi=translated(kpi.label),
        count=len(weeks),
        first=fmt.level(known[0]["value"], kpi.unit),
        last=fmt.level(known[-1]["value"], kpi.unit),
    )
    return sparkline([Point(week["value"], week["low"], week["high"]) for week in weeks], alt)


def _week(week: Row, unit: str) -> list[str]:
    monday = date.fromisoformat(week["week"])
    return [fmt.short_day(monday), fmt.bare(week["value"], unit), fmt.number(week["n"])]
