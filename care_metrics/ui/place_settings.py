"""What a client calls its sites and where they are; and which of its contact reasons are transactional or emotional."""

from typing import Any

import polars as pl
import streamlit as st

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Site, TaskOfReason
from care_metrics.ui import cached, database, forms, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

NAME = "places"
UNKNOWN = "export"
LOCATIONS = {
    UNKNOWN: noted("as the export says"),
    "onshore": noted("onshore"),
    "nearshore": noted("nearshore"),
    "offshore": noted("offshore"),
}
TASKS = {UNKNOWN: noted("as the export says"), "transactional": noted("transactional"), "emotional": noted("emotional")}


def show(view: View) -> None:
    """Both maps of one client, each saved by its own button."""
    if view.written.wrong or not view.scope.clients:
        return
    client = forms.client_of(view, NAME)
    may = forms.may_write(view, "map sites and tasks", "places_read_only")
    try:
        _maps(view, client, may)
    except DatabaseUnavailable as error:
        notices.failed(error)


def _maps(view: View, client: str, may: bool) -> None:
    from care_metrics.reviews.overrides import sites, task_map

    found = database.opened()
    st.subheader(_("Sites"), divider="gray", anchor=False)
    _sites(view, client, {one.site: one for one in sites(view.scope, found, client)}, may)
    st.subheader(_("Tasks of contact reasons"), divider="gray", anchor=False)
    _tasks(view, client, {one.reason: one.task for one in task_map(view.scope, found, client)}, may)


def _sites(view: View, client: str, known: dict[str, Site], may: bool) -> None:
    names = sorted({*cached.options(view.scope.narrowed([client]), view.edition, "site"), *known})
    rows = pl.DataFrame(
        {
            "site": names,
            "label": [known[name].label if name in known else fmt.named("site", name) for name in names],
            "country": [(known[name].country or "") if name in known else "" for name in names],
            "location": [(known[name].location or UNKNOWN) if name in known else UNKNOWN for name in names],
        },
        schema=dict.fromkeys(("site", "label", "country", "location"), pl.String),
    )
    columns: dict[str, Any] = {
        "site": st.column_config.TextColumn(_("Site"), disabled=True),
        "label": st.column_config.TextColumn(_("Its name"), max_chars=200, required=True),
        "country": st.column_config.TextColumn(_("Country"), max_chars=60),
        "location": _choice(_("Where it is"), LOCATIONS),
    }
    changed = _edited("sites", client, rows, columns, may)
    if changed:
        forms.save("sites", lambda database: [_name_site(view, database, client, row) for row in changed])


def _tasks(view: View, client: str, known: dict[str, str], may: bool) -> None:
    names = sorted({*cached.options(view.scope.narrowed([client]), view.edition, "reason"), *known})
    rows = pl.DataFrame(
        {"reason": names, "task": [known.get(name, UNKNOWN) for name in names]},
        schema=dict.fromkeys(("reason", "task"), pl.String),
    )
    columns: dict[str, Any] = {
        "reason": st.column_config.TextColumn(_("Reason"), disabled=True),
        "task": _choice(_("Kind of task"), TASKS),
    }
    changed = _edited("tasks", client, rows, columns, may)
    if changed:
        forms.save("tasks", lambda database: [_map_reason(view, database, client, row) for row in changed])


def _choice(label: str, words: dict[str, str]) -> Any:
    return st.column_config.SelectboxColumn(
        label, options=list(words), format_func=lambda code: translated(words[str(code)]), required=True
    )


def _edited(name: str, client: str, rows: pl.DataFrame, columns: dict[str, Any], may: bool) -> list[dict[str, str]]:
    """The rows that were changed, once the button is pressed."""
    if rows.is_empty():
        notices.note(_("The contacts of this client name none."), f"{name}_none")
        return []
    height = forms.ROW_HEIGHT * (min(rows.height, forms.ROWS_SEEN) + 1) + 3
    edited = st.data_editor(
        rows,
        key=f"{name}_{client}_{forms.key(name)}",
        column_config=columns,
        hide_index=True,
        disabled=not may,
        height=height,
        width=720,
        alt=_("One a row, to be edited"),
    )
    changed = [new for new, old in zip(edited.to_dicts(), rows.to_dicts(), strict=True) if new != old]
    pressed = may and st.button(_("Save the changes"), key=f"save_{name}", disabled=not changed)
    return changed if pressed else []


def _name_site(view: View, database: Database, client: str, row: dict[str, str]) -> None:
    from care_metrics.reviews.overrides import name_site

    location: Any = None if row["location"] == UNKNOWN else row["location"]
    name_site(
        view.scope, database, Site(client, row["site"], row["label"] or row["site"], row["country"] or None, location)
    )


def _map_reason(view: View, database: Database, client: str, row: dict[str, str]) -> None:
    from care_metrics.reviews.overrides import map_reason, unmap_reason

    task: Any = row["task"]
    if task == UNKNOWN:
        unmap_reason(view.scope, database, client, row["reason"])
    else:
        map_reason(view.scope, database, TaskOfReason(client, row["reason"], task))
