"""The demo as each role sees it: its pages, its data, and nothing of what other roles have."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import care_metrics.ui.entrance.roles as roles
from care_metrics.kpis import CATALOGUE
from tests.gate.conftest import words_of
from tests.gate.marked import foreign
from tests.ui.test_sinks import ROOT

Opened = Callable[..., AppTest]
CLIENT = {"role": "client", "as_client": "quorix_air"}


def page_files() -> list[tuple[str, str, frozenset[str]]]:
    """(url, file, roles) of each line of PAGES, read from the source: importing the frame would run it."""
    import ast

    tree = ast.parse((ROOT / "frame.py").read_text(encoding="utf-8"))
    [pages] = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"
    ]
    assert isinstance(pages, ast.Tuple)
    found = []
    for row in pages.elts:
        assert isinstance(row, ast.Tuple)
        assert len(row.elts) == 6, f"{ast.unparse(row)}: say who may open the page"
        _audience, file, url, _title, _icon, who = row.elts
        found.append((ast.literal_eval(url), ast.literal_eval(file), eval(ast.unparse(who), vars(roles))))
    return found


PAGES = page_files()


def test_every_page_says_who_opens_it_and_every_role_opens_one() -> None:
    known = set(roles.ROLES) - {"operator"}
    for url, _file, who in PAGES:
        assert who, url
        assert who <= known, url
    assert known == set().union(*(who for _url, _file, who in PAGES))


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != "operator"])
def test_a_role_opens_its_pages_and_no_other(opened: Opened, role: str) -> None:
    app = opened(role=role)
    assert not app.exception
    for url, file, who in PAGES:
        if role in who:
            assert not app.switch_page(file).run().exception, url
        else:
            with pytest.raises(ValueError, match="Could not find a navigation page"):
                app.switch_page(file)


def test_the_switcher_says_that_it_is_a_demo(opened: Opened) -> None:
    app = opened()
    [switcher] = app.sidebar.selectbox
    assert "not signed in" in switcher.label
    assert not app.sidebar.button, "nobody to sign out"


@pytest.mark.parametrize("file", [file for _url, file, who in PAGES if "client" in who])
@pytest.mark.parametrize("warmed", [False, True], ids=["cold", "after the operator"])
def test_a_client_reader_meets_no_trace_of_another_client(opened: Opened, file: str, warmed: bool) -> None:
    """T2, T3, T6: options, numbers, lists, notes and footer of each page."""
    if warmed:
        everything = words_of(opened(file))
        assert foreign(everything), "the detector sees what the operator sees"
    app = opened(file, **CLIENT)
    assert not app.exception
    shown = words_of(app)
    assert foreign(shown, "quorix_air", "vexalia_bank") == []
    # The switcher of the demo names both clients; signed in there is none.
    own = shown.replace("Vexalia Bank", "").replace("vexalia_bank", "")
    assert foreign(own, "quorix_air") == []
    assert "quorix_agent_id" not in shown
    assert "Quorix agent id" not in shown


def test_a_client_reader_finds_no_internal_kpi_among_the_definitions(opened: Opened) -> None:
    app = opened("pages/reference/how_it_is_measured.py", **CLIENT)
    [measure] = [box for box in app.selectbox if box.key == "measure"]
    internal = {entry.label for entry in CATALOGUE.values() if entry.audience == "internal"}
    assert internal
    assert not [option for option in measure.options if option.split(": ", 1)[-1] in internal]


@pytest.mark.parametrize("file", ["pages/account/client_review.py", "pages/executives/care_scorecard.py"])
def test_nothing_would_change_for_a_client_reader_if_the_other_clients_went(
    opened: Opened, tmp_path, monkeypatch, file: str
) -> None:
    """No number, option or note of theirs is made with anybody else's rows."""
    from care_metrics import settings
    from tests.gate.marked import build

    beside = shown(opened(file, **CLIENT))
    monkeypatch.setenv("CARE_METRICS_STORE", build(tmp_path, only="quorix_air").url)
    settings.settings.cache_clear()
    alone = shown(opened(file, **CLIENT))
    assert len(alone) > 5
    assert alone == beside


def shown(app: AppTest) -> dict[str, object]:
    """What each component and each choice of the page holds; the footer tells when which data was published."""
    assert not app.exception
    parts: dict[str, object] = {one.key: one.proto.json for one in app.get("bidi_component") if one.key != "footer"}
    return parts | {box.label: box.options for box in app.main.selectbox}


@pytest.mark.parametrize(
    "url_params", [{"client": "vexalia_bank"}, {"site": "vexalia_site"}, {"contact": "vexalia_bank/vexalia-v0"}]
)
def test_a_link_narrows_and_never_widens(opened: Opened, url_params: dict[str, str]) -> None:
    """T5, U5."""
    app = opened("pages/qa/contacts.py", **CLIENT, **url_params)
    assert not app.exception
    assert "vexalia_text" not in words_of(app)
    assert "vexalia-v0" not in words_of(app).replace(url_params.get("contact", "-"), "")


def test_a_run_that_was_cut_off_leaves_a_choice_that_the_next_one_reads(opened: Opened) -> None:
    """Found by page views: what marks a row is set before the table stands, and stays a plain dict if the run ends there."""
    app = opened("pages/qa/contacts.py", **CLIENT, kpi="sentiment")
    key = app.dataframe[0].proto.id.split("-", 2)[2]
    assert key.startswith("sentiment_")
    app.session_state[key] = {"selection": {"rows": [3], "columns": [], "cells": []}}
    assert not app.run().exception


def test_an_empty_store_gives_a_client_reader_no_commands(tmp_path, monkeypatch, rights) -> None:
    from care_metrics import settings
    from care_metrics.scope import Scope
    from care_metrics.ui import reader
    from tests.pages.conftest import FRAME

    monkeypatch.setenv("CARE_METRICS_STORE", str(tmp_path / "none"))
    settings.settings.cache_clear()
    monkeypatch.setattr(reader, "asks", lambda edition: Scope(frozenset(), "client", "ana", "client"))
    app = AppTest.from_file(str(FRAME), default_timeout=30).run()
    assert app.title[0].value == "No data yet"
    assert not app.code
