"""What stands before the first number: the way in, why somebody is not let in, and the way out."""

from logging import getLogger

import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.scope import Scope
from care_metrics.ui import database, notices, reader
from care_metrics.ui.cached import Edition
from care_metrics.ui.entrance import mode
from care_metrics.ui.entrance.admission import Refusal
from care_metrics.ui.entrance.roles import ROLES
from care_metrics.ui.text import _, noted, translated

logger = getLogger(__name__)
WORDS = {
    Refusal.SIGNED_OUT: noted("Sign in with your organisation's account to open the dashboard."),
    Refusal.EXPIRED: noted(
        "Your session has ended: it lasts 8 hours, or until you sign out in any tab. Sign in again."
    ),
    Refusal.UNKNOWN: noted(
        "You are signed in, but this account may see nothing here. Ask your administrator for access, or sign in with another account."
    ),
}
# A page that stays open asks so often whether it still may.
ASK_EVERY_S = 60


def closed(why: Refusal | CareMetricsError) -> None:
    """Nothing but the way in: no name, no number, no hint of what there would be; an error closes it for everybody."""
    st.title("care_metrics", anchor=False)
    if isinstance(why, CareMetricsError):
        # The reason names files and servers: it is for the log of whoever runs the machine.
        logger.error("Rights cannot be looked up: %s", why)
        st.text(_("Who may see what cannot be looked up now, so nobody is let in. Try again in a minute."))
        return
    st.text(translated(WORDS[why]))
    if st.button(_("Sign in"), icon=":material/login:"):
        st.login()


def way_out(scope: Scope) -> None:
    """Who is signed in, and the button that ends the session in every tab; the demo has nobody to sign out."""
    if not mode.signing_in():
        return
    with st.sidebar.container(key="way_out"):
        st.text(_("{name}, {role}").format(name=scope.reader, role=translated(ROLES[scope.role])))
        if st.button(_("Sign out"), icon=":material/logout:"):
            _sign_out()


def _sign_out() -> None:
    from care_metrics.reviews import sign_in

    login = reader.login()
    try:
        if login:
            # First the session: an open tab keeps its identity, whatever becomes of the cookie.
            sign_in.sign_out(database.opened(), login.token)
    except CareMetricsError as error:
        return notices.failed(error)
    st.logout()
    # What follows would see nobody signed in and run the page again, and a new run drops the way to the provider's
    # own sign-out where it is not sent yet: the next person at this machine would be let in without a password.
    st.stop()


def keep_asking(scope: Scope, edition: Edition) -> None:
    """Has a page that nobody touches find out that its reader was signed out elsewhere, or lost the right."""
    if mode.signing_in():
        _ask(scope, edition)


@st.fragment(run_every=ASK_EVERY_S)
def _ask(scope: Scope, edition: Edition) -> None:
    if not reader.still(scope, edition):
        st.rerun()
