"""The first sentence of a page: computed from the numbers, stating change, test and place, never cause or approval."""

from collections.abc import Sequence

from babel.lists import format_list

from care_metrics.charts.theme import tone
from care_metrics.kpis import CATALOGUE, Kpi
from care_metrics.ui import format as fmt
from care_metrics.ui import nouns, periods, target_words
from care_metrics.ui.answers import Answers, Row
from care_metrics.ui.notices import Sentence, paragraph, say, sentence
from care_metrics.ui.places import DIMENSIONS, Place
from care_metrics.ui.signals import EACH, told_apart
from care_metrics.ui.text import _, language, noted, translated
from care_metrics.ui.view import View

# What the sentence may speak of, the most telling first; the efficiency number stands beside it.
CARE = (
    "nps",
    "ces",
    "sentiment",
    "retention",
    "low_sentiment",
    "csat",
    "fcr",
    "recovery",
    "escalation",
    "transfer",
    "follow_up_kept",
)
BESIDE = "aht"
TOLD = 2

_CHANGED = {
    ("up", "good"): noted("{kpi} rose by {size} to {value}, a clear change for the better (95% interval {interval})."),
    ("up", "bad"): noted("{kpi} rose by {size} to {value}, a clear change for the worse (95% interval {interval})."),
    ("up", "plain"): noted("{kpi} rose by {size} to {value}, a clear change (95% interval {interval})."),
    ("down", "good"): noted(
        "{kpi} fell by {size} to {value}, a clear change for the better (95% interval {interval})."
    ),
    ("down", "bad"): noted("{kpi} fell by {size} to {value}, a clear change for the worse (95% interval {interval})."),
    ("down", "plain"): noted("{kpi} fell by {size} to {value}, a clear change (95% interval {interval})."),
}
_PLACED = {
    "up": noted("Surest change in one place: {kpi} for {name} ({dimension}), up by {size} to {value}."),
    "down": noted("Surest change in one place: {kpi} for {name} ({dimension}), down by {size} to {value}."),
}


def first_sentence(view: View, found: Answers, places: Sequence[Place]) -> None:
    """Say what changed over the period, as far as it is told apart from chance."""
    sentences = sentences_of(found, places, compared=view.before is not None)
    notes = [sentence(period_told(view))]
    if tested := len(_tested(found)):
        text = _("Here {n} measures are tested together; a tile is tested by itself.")
        notes.append(sentence(text.format(n=fmt.number(tested))))
    say([paragraph(*sentences), paragraph(*notes, kind="note")], "first_sentence")


def period_told(view: View) -> str:
    """The days of the period and of what it is compared with."""
    days = fmt.days(view.now.start or view.data.first, (view.now.end or view.data.end) - periods.ONE_DAY)
    if view.before is None or view.before.start is None or view.before.end is None:
        return _("{days}, not compared with an earlier period.").format(days=days)
    before = fmt.days(view.before.start, view.before.end - periods.ONE_DAY)
    return _("{days}, compared with {before}.").format(days=days, before=before)


def sentences_of(found: Answers, places: Sequence[Place], compared: bool) -> list[Sentence]:
    """The sentences in order; every number in them is a measured one."""
    if not any(row["n"] for row in found.now.values()):
        return [sentence(_("There is no contact and no answer in this period."), strong=True)]
    if not compared:
        return [_level(CATALOGUE[name], found.now[name]) for name in CARE if _known(found, name)][:TOLD]
    names = _tested(found)
    if not set(names) & set(CARE):
        return [sentence(_("There is nothing to compare with in the earlier period."), strong=True)]
    known = clear(found, names)
    told = _told(found, [name for name in known if name != BESIDE])
    if not told:
        told = [sentence(_("No clear change in care: what moved could be chance."), strong=True)]
    beside = [_change(CATALOGUE[BESIDE], found, strong=False)] if BESIDE in known else []
    return [*told, *beside, *missed(found), *_place(places)]


def _tested(found: Answers) -> list[str]:
    """The measures whose change could be tested; the one beside care is one more chance to be wrong."""
    return [name for name in (*CARE, BESIDE) if found.changes.get(name, {}).get("p") is not None]


def _clear(names: Sequence[str], found: Answers) -> list[str]:
    apart = told_apart([found.changes[name]["p"] for name in names], EACH)
    return [name for name, is_clear in zip(names, apart, strict=True) if is_clear]


def _known(found: Answers, name: str) -> bool:
    return found.now.get(name, {}).get("value") is not None


def changed(found: Answers, names: Sequence[str]) -> list[Sentence]:
    """What changed clearly among these KPIs, tested together; at most TOLD sentences and the names of the others."""
    return _told(found, clear(found, names))


def _told(found: Answers, known: Sequence[str]) -> list[Sentence]:
    told = [_change(CATALOGUE[name], found, strong=name == known[0]) for name in known[:TOLD]]
    return [*told, *_others(known[TOLD:])]


def clear(found: Answers, names: Sequence[str]) -> list[str]:
    """Those of these KPIs, tested together, that changed clearly."""
    known = [name for name in names if found.changes.get(name, {}).get("p") is not None]
    return [name for name in _clear(known, found) if found.changes[name]["verdict"] == "clear"]


def _level(kpi: Kpi, row: Row) -> Sentence:
    text = _("{kpi} is {value} (95% interval {interval}, {n}).")
    interval, n = fmt.interval(row["low"], row["high"], kpi.unit), nouns.counted(kpi.name, row["n"])
    value = fmt.level(row["value"], kpi.unit)
    return sentence(text.format(kpi=translated(kpi.label), value=value, interval=interval, n=n), strong=True)


def _change(kpi: Kpi, found: Answers, strong: bool) -> Sentence:
    change, now = found.changes[kpi.name], found.now[kpi.name]
    better = kpi.better if kpi.family != "efficiency" else "neither"
    key = ("up" if change["difference"] > 0 else "down", tone(change["difference"], change["verdict"], better))
    text = translated(_CHANGED[key]).format(
        kpi=translated(kpi.label),
        size=fmt.size(change["difference"], kpi.unit),
        value=fmt.level(now["value"], kpi.unit),
        interval=fmt.step_interval(change["d_low"], change["d_high"], kpi.unit),
    )
    return sentence(text, strong)


def _others(names: Sequence[str]) -> list[Sentence]:
    if not names:
        return []
    listed = format_list([translated(CATALOGUE[name].label) for name in names], locale=language())
    return [sentence(_("Also clear: {names}.").format(names=listed))]


def missed(found: Answers) -> list[Sentence]:
    """What stands below (or above) its target: a contract by its value, a goal only where the interval says so."""
    known = [one for judged in found.targets.values() for one in judged if one.said == "not_met"]
    if not known:
        return []
    listed = [
        _("{kpi} at {value} ({target})").format(
            kpi=translated(CATALOGUE[one.target.kpi].label),
            value=fmt.level(found.now[one.target.kpi]["value"], CATALOGUE[one.target.kpi].unit),
            target=target_words.agreed(one.target),
        )
        for one in known
    ]
    return [sentence(_("Target not met: {list}.").format(list=format_list(listed, locale=language())))]


def _place(places: Sequence[Place]) -> list[Sentence]:
    if not places:
        return []
    place = places[0]
    text = translated(_PLACED["up" if place.change["difference"] > 0 else "down"]).format(
        dimension=translated(DIMENSIONS[place.dimension]).lower(),
        name=fmt.named(place.dimension, place.value),
        kpi=translated(place.kpi.label),
        size=fmt.size(place.change["difference"], place.kpi.unit),
        value=fmt.level(place.now["value"], place.kpi.unit),
    )
    return [sentence(text)]
