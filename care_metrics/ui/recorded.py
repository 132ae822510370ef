"""What a reader may see or take away only once it stands in the audit log: transcripts and exports."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import polars as pl
import streamlit as st

from care_metrics.coaching.moments import Moment
from care_metrics.errors import DatabaseUnavailable, NotAllowed
from care_metrics.reviews.rows import AuditEntry
from care_metrics.ui import ahead, cached, database, notices, reader
from care_metrics.ui.entrance import admission, exports
from care_metrics.ui.text import _
from care_metrics.ui.view import View
from care_metrics.voices import Voice

NOTED = "_recorded"
LONGEST_NAME = 200


def transcript(view: View, client: str, interaction_id: str) -> pl.DataFrame | None:
    """The turns of one contact, after its viewing is on record; None, with a notice, while nothing can be recorded.

    A contact that stays open in a tab is one viewing, however often the page runs.
    """
    entry = AuditEntry("view transcript", client, interaction_id, snapshot=view.edition.snapshot.version)
    try:
        _once(view, entry)
    except DatabaseUnavailable:
        text = _("Transcripts are shown only while their viewing can be recorded, and it cannot be now. Numbers stand.")
        notices.say([notices.paragraph(notices.sentence(text, strong=True), kind="alarm")], "unrecorded")
        return None
    return cached.transcript(view.scope, view.edition, client, interaction_id)


def voices(view: View) -> list[Voice] | None:
    """What customers said, after each contact quoted is on record; None while nothing can be recorded."""
    found = cached.voices(view.scope, view.edition, view.now)
    return found if _quoted(view, [(one.client, one.interaction_id) for one in found]) else None


def moments(view: View, client: str, agent_id: str) -> list[Moment] | None:
    """Sentences of an agent's contacts, after each contact quoted is on record; None while nothing can be recorded."""
    found = cached.moments(view.scope, view.edition, client, agent_id, view.now)
    return found if _quoted(view, [(one.client, one.interaction_id) for one in found]) else None


def _quoted(view: View, contacts: Sequence[tuple[str, str]]) -> bool:
    """Put each quoted contact on record; whether that could be done."""
    version = view.edition.snapshot.version
    try:
        for client, leg in contacts:
            _once(view, AuditEntry("quote transcript", client, leg, snapshot=version))
    except DatabaseUnavailable:
        return False
    return True


def prepare(view: View, client: str, interaction_id: str) -> None:
    """Have a transcript read before it is opened; nothing is shown, so nothing is on record yet."""
    cached.transcript(view.scope, view.edition, client, interaction_id)


def prepare_voices(view: View) -> None:
    """Have what customers said looked for before it is quoted; nothing is shown, so nothing is on record yet."""
    ahead.ask(cached.voices, view.scope, view.edition, view.now)


def missed(view: View, name: str) -> None:
    """Somebody asked for a contact that is not theirs to see, or that does not exist: on record if it can be."""
    try:
        _once(view, AuditEntry("ask for an unknown contact", contact=name[:LONGEST_NAME]))
    except DatabaseUnavailable:
        return  # nothing was shown


def download(view: View, label: str, file_name: str, build: Callable[[], tuple[bytes, int]], what: str) -> None:
    """A button whose file is made at the click, for a reader who still may, after the export is on record.

    build: the file's bytes and how many rows it holds. what: the kind of export, as the log names it.
    """
    login = reader.login()
    known = view.edition.store.clients(view.edition.snapshot)

    def made() -> bytes:
        # Runs outside the page: the right is looked up again, for it may have ended since the button was drawn.
        if login is not None and admission.scope_of(login, known) != view.scope:
            raise NotAllowed("Your right to this export has ended; reload the page.")
        content, rows = build()
        digest = sha256(content).hexdigest()
        _note(view, AuditEntry(f"export {what}", view.client, None, _filters(view), rows, _version(view), digest))
        if login is not None:
            exports.allow(digest, login.identity)
        return content

    st.download_button(label, made, file_name, on_click="ignore", key=f"download_{what}")


def _once(view: View, entry: AuditEntry) -> None:
    key = (view.scope.reader, view.scope.role, entry.what, entry.client, entry.contact)
    noted = st.session_state.setdefault(NOTED, set())
    if key not in noted:
        _note(view, entry)
        noted.add(key)


def _note(view: View, entry: AuditEntry) -> None:
    from care_metrics.reviews import audit

    audit.note(view.scope, database.opened(), entry)


def _version(view: View) -> int:
    return view.edition.snapshot.version


def _filters(view: View) -> tuple[tuple[str, str], ...]:
    period = (("from", str(view.now.start or "")), ("to", str(view.now.end or "")))
    return period + tuple((name, ", ".join(values)) for name, values in view.now.where)
