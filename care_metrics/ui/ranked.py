"""The ranking by handle time against the ranking by care, who is not ranked, and all of it as a table."""

from typing import Any

import polars as pl

from care_metrics.charts.ranking import Entry, ranking
from care_metrics.kpis import CATALOGUE
from care_metrics.ranking import TIME, GroupSet, at_equal_mix
from care_metrics.states import LOW_N
from care_metrics.ui import format as fmt
from care_metrics.ui import links, notices, nouns
from care_metrics.ui.answers import Row
from care_metrics.ui.comparison import Comparison
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

_ranking = declare("ranking")
MOST = 30
MARKS = {"fall": "▼", "rise": "▲"}
# Over less of the contact mix than half, an order at equal mix would speak of a minority of contacts.
ENOUGH_SHARED = 0.5


def basis(found: GroupSet) -> str | None:
    """Which value at equal mix compares all ranked groups: over all kinds of contact, over the shared ones, or none."""
    ranked = found.time.filter(pl.col("rank").is_not_null())["group"].to_list()
    rows = found.mix.rows.filter(pl.col("group").is_in(ranked))
    if not rows.height:
        return None
    if rows["equal"].null_count() == 0:
        return "equal"
    return "common" if found.mix.shared >= ENOUGH_SHARED else None


def show(view: View, found: Comparison) -> None:
    """The picture with its finding and notes; found.shown is not None."""
    assert found.shown is not None
    column = basis(found.shown) if found.equal else None
    if found.equal and column is None:
        text = _("The {groups} share too few kinds of contact for an order at equal mix: {share} of all contacts.")
        share = fmt.percent(found.shown.mix.shared, 0)
        notices.note(text.format(groups=translated(found.words.several), share=share), "ranking_basis")
    time = found.shown.time if column is None else at_equal_mix(found.shown, column)
    left = {row["group"]: row for row in time.to_dicts() if row["rank"]}
    care = found.shown.care
    right = {row["group"]: row for row in care.to_dicts() if row["rank"]} if care is not None else {}
    both = [group for group in left if group in right] if right else list(left)
    if not both:
        return notices.note(_not_ranked(found, []), "ranking_none")
    drawn = sorted(both, key=lambda group: -left[group]["n"])[:MOST]
    tones = {group: _tone(left[group], right.get(group)) for group in drawn}
    notices.finding(_finding(found, both, left, right), "ranking_finding")
    _ranking(key="ranking", data=_data(view, found, drawn, left, right, tones, column))
    return notices.note(_caption(found, both, drawn, set(tones.values()), column), "ranking_note")


def _tone(time: Row, care: Row | None) -> str:
    """fall: clearly faster than the centre and clearly lower in care; rise: the other way round."""
    sides = (time["side"], care["side"] if care else 0)
    return {(-1, -1): "fall", (1, 1): "rise"}.get(sides, "plain")


def _finding(found: Comparison, both: list[str], left: dict[str, Row], right: dict[str, Row]) -> str:
    words = {"groups": translated(found.words.several), "m": fmt.number(len(both))}
    if not right:
        return _("No measure of care has enough data to rank these {groups}.").format(**words)
    turned = sum(_tone(left[group], right[group]) != "plain" for group in both)
    if not turned:
        return _("None of the {m} {groups} is clearly on opposite sides of speed and care.").format(**words)
    return _("Clearly on opposite sides of speed and care: {n} of {m} {groups}.").format(n=fmt.number(turned), **words)


def _data(
    view: View,
    found: Comparison,
    drawn: list[str],
    left: dict[str, Row],
    right: dict[str, Row],
    tones: dict[str, str],
    column: str | None,
) -> dict[str, Any]:
    measure = found.shown.measure if found.shown else None
    picture = ranking([Entry(left[g]["rank"], right[g]["rank"] if right else left[g]["rank"], tones[g]) for g in drawn])
    title = _("Handle time") if column is None else _("Handle time at equal mix")
    sides = {"left": (title, TIME, left), "right": (_by_care(found), measure, right)}
    data: dict[str, Any] = {
        "lines": picture["lines"],
        "capsules": picture["capsules"],
        "alt": _alt(found, drawn, left, right),
    }
    for side, (head, name, rows) in sides.items():
        order = [drawn[i] for i in picture[side]]
        data[side] = (
            {"title": head, "rows": [_row(view, found, name, g, rows[g], tones[g]) for g in order]}
            if rows and name
            else None
        )
    return data


def _row(view: View, found: Comparison, name: str, group: str, row: Row, tone: str) -> dict[str, Any]:
    within = found.shown.within if found.shown else ""
    return {
        "name": found.named(group),
        "link": links.group(view, name, found.group, group, within, found.named(group)),
        "value": fmt.bare(row["value"], CATALOGUE[name].unit),
        "rank": fmt.number(row["rank"]),
        "tone": tone,
        "mark": MARKS.get(tone, ""),
    }


def _by_care(found: Comparison) -> str:
    measure = found.shown.measure if found.shown else None
    return translated(CATALOGUE[measure].label) if measure else ""


def _alt(found: Comparison, drawn: list[str], left: dict[str, Row], right: dict[str, Row]) -> str:
    text = _("{name}: rank {time} by handle time, {care} by care")
    one = _("{name}: rank {time} by handle time")
    said = [
        (text if right else one).format(
            name=found.named(g), time=left[g]["rank"], care=right[g]["rank"] if right else ""
        )
        for g in drawn
    ]
    return _("Ranks side by side. {list}").format(list="; ".join(said))


def _caption(found: Comparison, both: list[str], drawn: list[str], tones: set[str], column: str | None) -> str:
    """How to read it, what it rests on, and who is missing."""
    told = [
        _(
            "Shortest handle time first; those that cannot be told apart share a rank and a capsule (shrunken estimates)."
        )
    ]
    if found.shown and found.shown.measure:
        label = translated(CATALOGUE[found.shown.measure].label)
        text = _("Care is ranked by {kpi}, as not all of them have a care index of the same pillars.")
        if found.shown.measure == "care_index":
            text = _("Care is ranked by {kpi}, the mean of the pillar scores.")
        told.append(text.format(kpi=label))
    if column == "common" and found.shown:
        text = _("Equal mix is that of the kinds of contact which all of them have, {share} of all contacts.")
        told.append(text.format(share=fmt.percent(found.shown.mix.shared, 0)))
    if tones - {"plain"}:
        told.append(_("▼ clearly faster and lower in care than all together, ▲ the other way round."))
    if len(drawn) < len(both):
        text = _("Drawn are the {n} with the most contacts; the table has all.")
        told.append(text.format(n=fmt.number(len(drawn))))
    apart = _not_ranked(found, both)
    return " ".join([*told, apart] if apart else told)


def _not_ranked(found: Comparison, both: list[str]) -> str:
    """Who has too few contacts or answers, and how many."""
    assert found.shown is not None
    care = {row["group"]: row for row in found.shown.care.to_dicts()} if found.shown.care is not None else {}
    said = []
    for row in found.shown.time.to_dicts():
        if row["group"] in both:
            continue
        name, n = TIME, row["n"]
        if row["state"] == "ok" and found.shown.measure:
            name, n = found.shown.measure, care.get(row["group"], {"n": 0})["n"]
        said.append(_("{name} ({n})").format(name=found.named(row["group"]), n=nouns.counted(name, n)))
    if not said:
        return ""
    text = _("Not ranked, with fewer than {least}: {list}.")
    return text.format(least=fmt.number(LOW_N), list=", ".join(said))
