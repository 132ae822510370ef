"""How much of each group's difference in handle time is contact mix and how much the group itself, and all of it as a table."""

from math import floor
from typing import Any

import polars as pl
import streamlit as st

from care_metrics.charts.strips import Axis, parts
from care_metrics.kpis import CATALOGUE
from care_metrics.mix import limits
from care_metrics.ranking import TIME
from care_metrics.ui import format as fmt
from care_metrics.ui import links, notices, nouns
from care_metrics.ui.answers import Row
from care_metrics.ui.comparison import Comparison
from care_metrics.ui.components import declare
from care_metrics.ui.lens_claims import own_interval
from care_metrics.ui.ranked import ENOUGH_SHARED, MOST
from care_metrics.ui.signals import told_apart
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

_strips = declare("strips")


def rows_of(found: Comparison) -> list[Row]:
    """The groups with enough contacts, the fastest first: a row of EqualMix with that of the standings by time."""
    assert found.shown is not None
    ranked = found.shown.time.filter(pl.col("rank").is_not_null()).select("group", "rank", "low", "high")
    return ranked.join(found.shown.mix.rows, on="group").sort("difference", "group").to_dicts()


def show(view: View, found: Comparison) -> None:
    """Bars from zero, the mean of all groups together; the mark is their sum."""
    rows = rows_of(found)[:MOST]
    if not rows:
        return
    notices.finding(finding(found), "mix_finding")
    drawn, pictures = parts([(row["mix"], row["own"]) for row in rows])
    legend = [
        {"kind": "mix", "text": _("contact mix")},
        {"kind": "own", "text": translated(found.words.itself)},
        {"kind": "net", "text": _("their sum")},
    ]
    data = {
        "alt": _alt(found, rows),
        "legend": legend,
        "columns": [
            {"text": ""},
            {"text": "", "axis": axis_of(drawn, _against(found))},
            {"text": _("Contact mix"), "align": "end"},
            {"text": _("Group itself, 95% interval"), "align": "end"},
        ],
        "rows": [_bar_row(view, found, row, picture) for row, picture in zip(rows, pictures, strict=True)],
    }
    _strips(key="mix_parts", data=data)
    notices.note(_caption(found), "mix_note")


def _caption(found: Comparison) -> str:
    """What equal mix means here, and how much of it the groups share."""
    assert found.shown is not None
    text = _("Handle time at equal mix: reason and channel as in all {n} of {centre}, whose mean is {mean}.")
    said = text.format(
        n=nouns.counted(TIME, int(found.shown.mix.rows["n"].sum())),
        centre=translated(found.words.centre),
        mean=fmt.bare(found.shown.mix.centre, "seconds"),
    )
    if found.shown.mix.shared >= ENOUGH_SHARED:
        return said
    text = _("Only {share} of these contacts are of kinds that all {groups} have; what only some have counts as mix.")
    share = fmt.percent(found.shown.mix.shared, 0)
    return " ".join([said, text.format(share=share, groups=translated(found.words.several))])


def finding(found: Comparison) -> str:
    """How many groups differ clearly once the mix is taken off."""
    rows = rows_of(found)
    clear = told_apart([row["own_p"] for row in rows])
    least = CATALOGUE[TIME].threshold
    count = sum(told and abs(row["own"]) >= least for told, row in zip(clear, rows, strict=True))
    words = {"groups": translated(found.words.several), "m": fmt.number(len(rows))}
    if not count:
        return _("At equal contact mix none of the {m} {groups} differs clearly in handle time.").format(**words)
    return _("At equal contact mix handle time differs clearly for {n} of {m} {groups}.").format(
        n=fmt.number(count), **words
    )


def axis_of(drawn: Axis, text: str) -> dict[str, Any]:
    """The axis as the component draws it; text: what its numbers are."""
    digits = next((d for d in range(3) if all(round(tick, d) == round(tick, 9) for tick in drawn.ticks)), 3)
    ticks = [{"at": drawn.at(tick), "text": fmt.number(tick, digits), "zero": tick == 0} for tick in drawn.ticks]
    return {"ticks": ticks, "unit": text}


def _bar_row(view: View, found: Comparison, row: Row, picture: dict[str, Any]) -> list[dict[str, Any]]:
    name = found.named(row["group"])
    return [
        {"link": link_of(view, found, TIME, row["group"], name), "note": nouns.counted(TIME, int(row["n"]))},
        {"picture": picture},
        {"text": fmt.step(row["mix"], "seconds")},
        {"text": fmt.step(row["own"], "seconds"), "note": own_interval(row["own"], row["own_error"])},
    ]


def link_of(view: View, found: Comparison, name: str, group: str, text: str) -> dict[str, Any]:
    """To the contacts of this group that its n of the KPI counts."""
    within = found.shown.within if found.shown else ""
    return links.group(view, name, found.group, group, within, text)


def _against(found: Comparison) -> str:
    return _("s from the mean of {centre}").format(centre=translated(found.words.centre))


def _alt(found: Comparison, rows: list[Row]) -> str:
    one = _("{name}: contact mix {mix}, {itself} {own}")
    said = [
        one.format(
            name=found.named(row["group"]),
            mix=fmt.step(row["mix"], "seconds"),
            own=fmt.step(row["own"], "seconds"),
            itself=translated(found.words.itself),
        )
        for row in rows
    ]
    return _("Difference in handle time in two parts. {list}").format(list="; ".join(said))


def table(view: View, found: Comparison) -> None:
    """Every number behind both pictures, one row a group."""
    rows, shown = rows_of(found), found.shown
    if not rows or shown is None:
        return
    care = {row["group"]: row for row in shown.care.to_dicts()} if shown.care is not None else {}
    columns = [
        {"text": translated(found.words.choice)},
        {"text": _("Handle time"), "align": "end"},
        {"text": _("Rank"), "align": "end"},
        {"text": _("At equal contact mix"), "align": "end"},
        {"text": _("Share of the mix"), "align": "end"},
        {"text": _("Over shared kinds"), "align": "end"},
    ]
    if shown.measure:
        columns += [
            {"text": translated(CATALOGUE[shown.measure].label), "align": "end"},
            {"text": _("n"), "align": "end"},
            {"text": _("Rank"), "align": "end"},
        ]
    with st.expander(_("All numbers as a table")):
        cells = [_table_row(view, found, row, care.get(row["group"])) for row in rows]
        _strips(key="group_table", data={"alt": _("All numbers as a table"), "columns": columns, "rows": cells})


def _table_row(view: View, found: Comparison, row: Row, care: Row | None) -> list[dict[str, Any]]:
    name, measure = found.named(row["group"]), found.shown.measure if found.shown else None
    cells: list[dict[str, Any]] = [
        {"link": link_of(view, found, TIME, row["group"], name), "note": nouns.counted(TIME, int(row["n"]))},
        {"text": fmt.bare(row["value"], "seconds"), "note": fmt.interval(row["low"], row["high"], "seconds")},
        {"text": fmt.number(row["rank"])},
        _with_error(row["equal"], row["equal_error"]),
        # Rounded down: what lacks a kind of contact, however rare, does not cover all of the mix.
        {"text": fmt.percent(floor(1000 * row["covered"] + 1e-9) / 1000, 1)},
        _with_error(row["common"], row["common_error"]),
    ]
    if measure and care is not None:
        unit = CATALOGUE[measure].unit
        counted = fmt.number(care["n"])
        seen = care["value"] is not None
        cells += [
            {"text": fmt.bare(care["value"], unit), "note": fmt.interval(care["low"], care["high"], unit)},
            {"link": link_of(view, found, measure, row["group"], counted)} if seen else {"text": counted},
            {"text": fmt.number(care["rank"]) if care["rank"] else fmt.MISSING},
        ]
    return cells


def _with_error(value: float | None, error: float | None) -> dict[str, str]:
    if value is None:
        return {"text": fmt.MISSING}
    low, high = limits(value, error) if error is not None else (None, None)
    return {"text": fmt.bare(value, "seconds"), "note": fmt.interval(low, high, "seconds")}
