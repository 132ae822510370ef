"""Who may sign in, as what and for whom: the list, and the form that grants or takes away."""

import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.reviews.permissions import require
from care_metrics.reviews.rows import Reader
from care_metrics.scope import Role
from care_metrics.ui import database, notices, plain_table, reader
from care_metrics.ui import format as fmt
from care_metrics.ui.entrance.roles import ROLES
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

SAID = "_access_said"
GRANTED: tuple[Role, ...] = tuple(role for role in ROLES if role != "operator")


def show(view: View) -> None:
    """The readers of the administrator's clients, then one form to add a reader and one to take a right away."""
    from care_metrics.reviews import rights

    require(view.scope, "grant rights")
    said = st.session_state.pop(SAID, "")
    if said:
        notices.say([notices.paragraph(notices.sentence(said), kind="notice")], "access_said")
    found = rights.readers(view.scope, database.opened())
    if found:
        columns = [_("Reader"), _("Role"), _("Clients"), _("State")]
        plain_table.show_noted("access", _("Who may sign in"), columns, map(_row, found))
    else:
        notices.note(_("Nobody has a right yet."), "access_none")
    giving, taking = st.columns(2, gap="medium")
    with giving:
        _grant(view)
    with taking:
        _revoke(view, [one for one in found if one.revoked_at is None])


def _grant(view: View) -> None:
    login = reader.login()
    with st.form("grant"):
        st.subheader(_("Give access"), anchor=False)
        email = st.text_input(_("E-mail, as the sign-in provider has verified it"))
        role = st.selectbox(_("Role"), GRANTED, format_func=lambda one: translated(ROLES[one]))
        clients = st.multiselect(
            _("Clients they may see"), sorted(view.scope.clients), format_func=fmt.proper, placeholder=_("Choose")
        )
        every = st.checkbox(_("Every client, those to come too"))
        agent = st.text_input(_("Agent id (an agent needs one)"))
        team = st.text_input(_("Team (optional, for a team lead)"))
        issuer = st.text_input(_("Issuer of the sign-in provider"), value=login.identity.issuer if login else "")
        if st.form_submit_button(_("Give access")):
            bounds = tuple(
                (name, (value.strip(),)) for name, value in (("agent_id", agent), ("team", team)) if value.strip()
            )
            _give(view, Reader(issuer.strip(), None, email, role, tuple(clients), every, bounds))


def _give(view: View, wanted: Reader) -> None:
    from care_metrics.reviews import rights

    try:
        granted = rights.grant(view.scope, database.opened(), wanted)
    except CareMetricsError as error:
        return notices.failed(error)
    st.session_state[SAID] = _("{name} may sign in as {role}.").format(
        name=granted.name, role=translated(ROLES[granted.role])
    )
    return st.rerun()


def _revoke(view: View, standing: list[Reader]) -> None:
    from care_metrics.reviews import rights

    with st.form("revoke"):
        st.subheader(_("Take access away"), anchor=False)
        chosen = st.selectbox(
            _("Reader"), standing, format_func=lambda one: one.name, index=None, placeholder=_("Choose")
        )
        notices.note(_("It ends at the reader's next interaction."), "revoke_note")
        if st.form_submit_button(_("Take access away")) and chosen is not None and chosen.id is not None:
            try:
                rights.revoke(view.scope, database.opened(), chosen.id)
            except CareMetricsError as error:
                return notices.failed(error)
            st.session_state[SAID] = _("{name} may see nothing any more.").format(name=chosen.name)
            st.rerun()
    return None


def _row(one: Reader) -> list[plain_table.Noted]:
    clients = _("Every client") if one.every_client else ", ".join(fmt.proper(name) for name in one.clients)
    state = _("taken away") if one.revoked_at else _("invited") if one.subject is None else _("has signed in")
    by = _("by {name}, {moment} UTC").format(name=one.granted_by, moment=fmt.moment(one.at)) if one.at else ""
    confined = "; ".join(", ".join(values) for _name, values in one.bounds)
    only = _("only {names}").format(names=confined) if confined else ""
    return [(one.name, ""), (translated(ROLES[one.role]), only), (clients, ""), (state, by)]
