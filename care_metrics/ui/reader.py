"""Who asks in this run: the signed-in reader, else whoever sits at this machine, in the role they try out."""

import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.scope import Scope
from care_metrics.ui.cached import Edition
from care_metrics.ui.entrance import admission, cookie, demo_role, mode
from care_metrics.ui.entrance.admission import Refusal
from care_metrics.ui.entrance.cookie import Login


def asks(edition: Edition) -> Scope | Refusal:
    """The reader's Scope, found anew in every run; DatabaseUnavailable where rights cannot be looked up."""
    known = edition.store.clients(edition.snapshot)
    if mode.signing_in():
        return admission.scope_of(login(), known)
    return demo_role.scope_of(edition, known)


def login() -> Login | None:
    """The login of this tab's connection, which Streamlit has checked for origin and forged requests as well."""
    found = cookie.login_of(st.context.cookies)
    if found is None or not st.user.is_logged_in or st.user.get("sub") != found.identity.subject:
        return None
    return found


def still(scope: Scope, edition: Edition) -> bool:
    """Whether this Scope is still the reader's, as far as can be told: asked where only a part of the page runs."""
    try:
        return not mode.signing_in() or admission.scope_of(login(), edition.store.clients(edition.snapshot)) == scope
    except CareMetricsError:
        return False
