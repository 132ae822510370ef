"""What a page lets its reader take away: its numbers or the contacts behind one, with where they come from."""

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl
import streamlit as st

from care_metrics.exports import FORMATS, Export, file_name, written
from care_metrics.exports.export import MOST_ROWS
from care_metrics.kpis import Kpi, kpi
from care_metrics.ui import cached, notices, periods, recorded, target_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import EMPTY, Answers
from care_metrics.ui.filters_bar import DIMENSIONS
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

LABELS = {"csv": noted("As CSV"), "xlsx": noted("As a workbook (XLSX)")}


def numbers(view: View, names: Sequence[str], found: Answers) -> None:
    """The numbers of a page, one row a measure."""
    shown = [name for name in names if found.now.get(name, EMPTY)["n"]]
    if not shown:
        return
    offer(view, "numbers", _("Download these numbers"), lambda: of_answers(found, shown))


def contacts(view: View, entry: Kpi, n: int) -> None:
    """The contacts behind a number, all of them and not only those the list shows."""
    if n > MOST_ROWS:
        text = _("A file holds at most {n} rows: narrow the period or the filters to download these.")
        return notices.note(text.format(n=fmt.number(MOST_ROWS)), "too_many_rows")
    text = ngettext("Download this {n} row", "Download these {n} rows", n).format(n=fmt.number(n))
    return offer(view, f"contacts:{entry.name}", text, lambda: of_contacts(view, entry))


def offer(view: View, what: str, label: str, build: Callable[[], pl.DataFrame]) -> None:
    """One button a format behind another one; nothing is read or written before a click, and nothing without its record."""
    if view.written.wrong:
        return
    with st.popover(label, icon=":material/download:"):
        for how in FORMATS:
            name = file_name("care_metrics", what, str(view.now.start or view.data.first), how=how)
            recorded.download(view, translated(LABELS[how]), name, partial(_file, view, build, how), f"{what} ({how})")


def _file(view: View, build: Callable[[], pl.DataFrame], how: str) -> tuple[bytes, int]:
    frame = build()
    return written(Export(frame, origin(view, frame.height)), how), frame.height


def of_answers(found: Answers, names: Sequence[str]) -> pl.DataFrame:
    """measure, what it counts, value with its 95 % interval, n, state, the period before, the change, the targets."""
    rows = []
    for name in names:
        now, change = found.now[name], found.changes.get(name, {})
        before = found.before.get(name, EMPTY)
        told = [target_words.judged(one.target, one.said) for one in found.targets.get(name, []) if one.said]
        rows.append(
            {
                **{"measure": translated(kpi(name).label), "kpi": name, "unit": kpi(name).unit, "state": now["state"]},
                **{column: now[column] for column in ("value", "low", "high", "n")},
                **{f"{column}_before": before[column] for column in ("value", "n")},
                **{column: change.get(column) for column in ("difference", "d_low", "d_high", "verdict")},
                "targets": "; ".join(told) or None,
                "definition": translated(kpi(name).formula),
            }
        )
    return pl.DataFrame(rows, schema=_NUMBERS)


_NUMBERS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("measure", "kpi", "unit", "state"), pl.String),
    **dict.fromkeys(("value", "low", "high"), pl.Float64),
    "n": pl.Int64,
    "value_before": pl.Float64,
    "n_before": pl.Int64,
    **dict.fromkeys(("difference", "d_low", "d_high"), pl.Float64),
    **dict.fromkeys(("verdict", "targets", "definition"), pl.String),
}


def of_contacts(view: View, entry: Kpi) -> pl.DataFrame:
    """What names each row behind the KPI's n, its value, and the details of its contact."""
    rows = cached.every_contact(view.scope, view.edition, entry.name, view.now)
    return rows.drop("arc", strict=False)


def origin(view: View, rows: int) -> tuple[tuple[str, str], ...]:
    """Period, filters, n, as-of date and data version: without them a number is nobody's."""
    first, end = view.now.start or view.data.first, view.now.end or view.data.end
    told = [(_("Period"), fmt.days(first, end - periods.ONE_DAY))]
    if view.before and view.before.start and view.before.end:
        told.append((_("Compared with"), fmt.days(view.before.start, view.before.end - periods.ONE_DAY)))
    named = {name: translated(label) for name, label, _none in DIMENSIONS}
    told += [
        (named.get(name, name), ", ".join(fmt.named(name, one) for one in values)) for name, values in view.now.where
    ]
    told += [
        (_("Rows"), fmt.number(rows)),
        (_("As of"), fmt.moment(view.as_of)),
        (_("Data version"), str(view.edition.snapshot.version)),
    ]
    return (*told, (_("Note"), _("Simulated data: no person or company in it is real."))) if view.demo else tuple(told)
