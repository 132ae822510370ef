"""The script of every run: who asks, the navigation by reader, the filter bar, the page, the footer.

To add a page: one file under pages/<reader>/ and its line in PAGES.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.scope import Role, Scope
from care_metrics.ui import cached, database, filters_bar, footer, forms, language, notices, reader, view
from care_metrics.ui.entrance import demo_role, doorstep
from care_metrics.ui.entrance.roles import EVERYBODY, LEADS, STAFF
from care_metrics.ui.text import _, noted, speaking, translated
from care_metrics.ui.text import language as spoken

# Turns without words are never scored: no notice for so few.
ALL_BUT = 0.995
ICON = Path(__file__).parent / "care_metrics" / "ui" / "icon.png"
# (reader, file, url, title, icon, who may open it); a page without an icon is reached from numbers only.
PAGES = (
    (
        noted("Executives"),
        "pages/executives/care_scorecard.py",
        "care_scorecard",
        noted("Care scorecard"),
        "vital_signs",
        EVERYBODY - {"agent"},
    ),
    (
        noted("Executives"),
        "pages/executives/service_vs_care.py",
        "service_vs_care",
        noted("Service vs care"),
        "compare_arrows",
        STAFF,
    ),
    (noted("Executives"), "pages/executives/pillars.py", "pillars", noted("Pillars"), "view_column", STAFF),
    (
        noted("QA leads"),
        "pages/qa/low_sentiment_calls.py",
        "low_sentiment_calls",
        noted("Low-sentiment calls"),
        "headset_mic",
        LEADS,
    ),
    (noted("QA leads"), "pages/qa/calibration.py", "calibration", noted("Calibration"), "balance", LEADS),
    (noted("QA leads"), "pages/qa/coaching.py", "coaching", noted("Coaching"), "school", LEADS | {"agent"}),
    (noted("QA leads"), "pages/qa/contacts.py", "contacts", noted("Contacts behind a number"), "", EVERYBODY),
    (
        noted("Account meetings"),
        "pages/account/client_review.py",
        "client_review",
        noted("Client review"),
        "handshake",
        STAFF | {"client"},
    ),
    (
        noted("Reference"),
        "pages/reference/how_it_is_measured.py",
        "how_it_is_measured",
        noted("How it is measured"),
        "menu_book",
        EVERYBODY,
    ),
    (
        noted("Reference"),
        "pages/reference/data_and_models.py",
        "data_and_models",
        noted("Data and models"),
        "database",
        STAFF,
    ),
    (noted("Reference"), "pages/reference/settings.py", "settings", noted("Settings"), "tune", STAFF),
    (noted("Administration"), "pages/admin/access.py", "access", noted("Access"), "key", frozenset({"admin"})),
    (noted("Administration"), "pages/admin/audit.py", "audit", noted("Audit"), "fact_check", frozenset({"admin"})),
)
# What is not narrowed by period or place: readers and records stand as they are.
UNFILTERED = frozenset({"access", "audit"})
# What opens first for them; for everybody else the first of their pages.
HOME: dict[str, str] = {"account_manager": "client_review", "client": "client_review"}


def pages(role: Role) -> dict[str, list[st.Page]]:
    """The pages this role may open, under the name of their reader, in the reader's language; no other has an address."""
    found: dict[str, list[st.Page]] = {}
    allowed = [row for row in PAGES if role == "operator" or role in row[-1]]
    home = HOME.get(role) or next((row[2] for row in allowed if row[-2]), None)
    for audience, file, url, title, icon, _roles in allowed:
        section = found.setdefault(translated(audience), [])
        drawn = partial(st.Page, file, title=translated(title), icon=f":material/{icon}:" if icon else None)
        if url == home:
            section.append(drawn(url_path="", default=True))
        # Streamlit knows its default page by no other address than the bare one: a link to it by name would be lost.
        shown = icon and url != home
        section.append(drawn(url_path=url, visibility="visible" if shown else "hidden"))
    return found


def main() -> None:
    """One run of one page."""
    st.set_page_config(
        page_title="care_metrics",
        # A file of ours: a Material icon here would be fetched from a font server.
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state=232,
        menu_items={"About": _("care_metrics: the care a contact centre gives, with evidence, beside its efficiency.")},
    )
    rewritten = language.asked_by_code()
    if rewritten or demo_role.asked_by_link():
        # Only after st.navigation does a new run stay on the page that was asked for.
        st.navigation(pages("operator"), position="hidden")
    if rewritten:
        st.rerun()
    language.picker()
    # Said once for the whole run; a fragment, which runs without the frame, asks the session each time.
    with speaking(spoken()):
        draw()


def draw() -> None:
    """Who asks comes first: whoever may see nothing meets the way in and no page."""
    edition = cached.newest()
    try:
        scope = reader.asks(edition)
    except CareMetricsError as error:
        scope = error
    if not isinstance(scope, Scope):
        st.navigation(pages("operator"), position="hidden")
        return doorstep.closed(scope)
    page = st.navigation(pages(scope.role))
    doorstep.way_out(scope)
    doorstep.keep_asking(scope, edition)
    return draw_page(page, scope, edition)


def draw_page(page: st.Page, scope: Scope, edition: cached.Edition) -> None:
    """Filter bar, page and footer."""
    bounds = cached.bounds(scope, edition) if scope.clients else None
    if bounds is None:
        return notices.empty_store(scope)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.title(page.title, anchor=False, width="content", wrap=False)
        plain = page.url_path in UNFILTERED
        chosen = filters_bar.everything(scope, edition, bounds) if plain else filters_bar.draw(scope, edition, bounds)
    written = database.read(scope)
    view.set_current(replace(chosen, written=written))
    forms.say_saved()
    if written.wrong:
        notices.nothing_written(scope, written.wrong)
    if not plain and chosen.scored is not None and chosen.scored < ALL_BUT:
        notices.partly_scored(chosen.scored)
    if not plain and chosen.waiting:
        notices.partly_read(chosen.waiting)
    try:
        page.run()
    except CareMetricsError as error:
        notices.failed(error)
    return footer.draw(chosen)


main()
