"""The audit log, newest first, of the clients an administrator sees."""

import re
from datetime import date

import streamlit as st

from care_metrics.kpis import CATALOGUE
from care_metrics.reviews.permissions import require
from care_metrics.reviews.rights import EVERY_CLIENT
from care_metrics.reviews.rows import AuditEntry
from care_metrics.ui import database, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.entrance.roles import ROLES
from care_metrics.ui.periods import ONE_DAY
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

MOST = 500
# What the log's entries are called on the page, each by how it begins; one that is not here stands as it was written.
ACTS = {
    "view transcript": noted("viewed a transcript"),
    "quote transcript": noted("read a sentence quoted from a transcript"),
    "export": noted("took a file away"),
    "ask for an unknown contact": noted("asked for a contact they may not see, or that does not exist"),
    "grant right": noted("granted a right"),
    "revoke right": noted("took a right away"),
    "set target": noted("set a target"),
    "remove target": noted("removed a target"),
    "erase": noted("erased a customer"),
}
EXPORT = re.compile(r"export (numbers|contacts:(?P<kpi>\w+)) \((?P<how>\w+)\)")
DETAILS = {
    "site": noted("Site"),
    "channel": noted("Channel"),
    "reason": noted("Reason"),
    "reader": noted("Reader"),
    "role": noted("Role"),
    "clients": noted("Clients"),
    "bounds": noted("Confined to"),
}
EVERY = ""


def show(view: View) -> None:
    """A table of the newest entries, narrowed by what was done and for whom."""
    from care_metrics.reviews import audit

    require(view.scope, "read the audit log")
    with st.container(horizontal=True):
        act = st.selectbox(
            _("What was done"),
            [EVERY, *ACTS],
            format_func=lambda one: _act(one) or _("Everything"),
            key="act",
            width=400,
        )
        client = st.selectbox(
            _("Client"),
            [EVERY, *sorted(view.scope.clients)],
            format_func=lambda one: fmt.proper(one) or _("All clients"),
            key="audited_client",
            width=200,
        )
    found = audit.entries(view.scope, database.opened(), what=act or None, client=client or None, limit=MOST)
    if not found:
        return notices.note(_("Nothing is on record yet."), "audit_none")
    note = ngettext(
        "The newest entry. A transcript is shown and a file handed out only after its entry was stored.",
        "The newest {n} entries. A transcript is shown and a file handed out only after its entry was stored.",
        len(found),
    )
    notices.note(note.format(n=fmt.number(len(found))), "audit_note")
    columns = [_("When (UTC)"), _("Who"), _("What"), _("Client")]
    return plain_table.show_noted("audit", _("What is on record"), columns, map(_row, found), whole=2)


def _act(what: str) -> str:
    if exported := EXPORT.fullmatch(what):
        return _exported(exported["kpi"], exported["how"].upper())
    return translated(ACTS[what]) if what in ACTS else what


def _exported(name: str | None, how: str) -> str:
    if name is None:
        return _("took away the numbers of a page ({format})").format(format=how)
    label = translated(CATALOGUE[name].label) if name in CATALOGUE else name
    return _("took away the contacts behind {kpi} ({format})").format(kpi=label, format=how)


def _row(entry: AuditEntry) -> list[plain_table.Noted]:
    role = translated(ROLES[entry.role]) if entry.role in ROLES else entry.role
    client = fmt.proper(entry.client) if entry.client else ""
    return [
        (fmt.moment(entry.at) if entry.at else fmt.MISSING, ""),
        (entry.who, role),
        (_act(entry.what), " · ".join(_details(entry))),
        (client, entry.contact or "" if client else ""),
    ]


def _details(entry: AuditEntry) -> list[str]:
    given = dict(entry.filters)
    first, end = given.pop("from", ""), given.pop("to", "")
    given.pop("client", None)
    told = [(translated(DETAILS.get(name, name)), _named(name, value)) for name, value in given.items() if value]
    if entry.contact and not entry.client:
        # What was asked for in vain is of no client.
        told.append((_("Contact"), entry.contact))
    if first and end:
        told.insert(0, (_("Period"), fmt.days(date.fromisoformat(first), date.fromisoformat(end) - ONE_DAY)))
    if entry.rows is not None:
        told.append((_("Rows"), fmt.number(entry.rows)))
    if entry.snapshot is not None:
        told.append((_("Data version"), fmt.number(entry.snapshot)))
    if entry.digest:
        told.append((_("SHA-256 begins"), entry.digest[:12]))
    return [f"{name}: {value}" for name, value in told]


def _named(name: str, value: str) -> str:
    if name == "role":
        return translated(ROLES[value]) if value in ROLES else value
    if name == "reader":
        return value  # an e-mail address stands as it was written
    if name == "clients":
        return _("Every client") if value == EVERY_CLIENT else ", ".join(map(fmt.proper, value.split(", ")))
    return ", ".join(fmt.named(name, one) for one in value.split(", "))
