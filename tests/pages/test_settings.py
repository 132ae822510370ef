"""The page Settings: what is saved there is in the database, what is refused keeps its text, a double click is one row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.actions import agreed
from care_metrics.scope import Scope, operator
from care_metrics.store import Store
from care_metrics.ui import database, reader
from tests.pages.test_pages import keys, text_of

OpenPage = Callable[..., AppTest]
ANA = operator(["acme_air", "zeta_bank"])


@pytest.fixture
def open_settings(open_page: OpenPage, small_centre: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """open_settings(section) -> the page over a database of its own."""
    monkeypatch.setenv("CARE_METRICS_DATABASE", str(tmp_path / "settings.db"))

    def _open(section: str) -> AppTest:
        app = open_page("settings", small_centre)
        app.button_group(key="section").set_value(section).run()
        assert not app.exception
        return app

    return _open


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception
    return app


def test_a_target_typed_in_per_cent_is_kept_as_a_share(open_settings) -> None:
    app = open_settings("targets")
    assert "targets_none" in keys(app)
    [kpi] = [box for box in app.selectbox if box.label == "Measure"]
    kpi.select("fcr").run()
    [value] = app.number_input
    assert value.label == "Value, per cent"
    value.set_value(87.0).run()
    press(app, "Save the target")
    [target] = database.read(ANA).targets
    assert (target.client, target.kpi, target.comparator, target.value, target.kind) == (
        *("acme_air", "fcr", ">=", 0.87),
        "contract",
    )
    assert app.dataframe[0].value.to_dict("records")[0]["Target"] == "at least 87.0%"
    assert app.number_input[0].value is None, "a saved form stands empty"


def test_a_target_of_retention_has_a_length(open_settings) -> None:
    app = open_settings("targets")
    [kpi] = [box for box in app.selectbox if box.label == "Measure"]
    kpi.select("retention").run()
    [length] = [box for box in app.selectbox if box.label == "For a period of"]
    assert "any" not in length.options
    assert "any period" not in length.options


def test_an_annotation_is_saved_and_removed(open_settings) -> None:
    app = open_settings("annotations")
    app.text_input[0].set_value("new IVR")
    press(app, "Save the annotation")
    [mark] = database.read(ANA).annotations
    assert (mark.text, mark.client, mark.audience) == ("new IVR", None, "internal")
    assert app.text_input[0].value == ""


def test_an_empty_annotation_is_refused_in_words(open_settings) -> None:
    app = press(open_settings("annotations"), "Save the annotation")
    assert "The annotation is empty" in text_of(app, "annotations_not_saved")
    assert database.read(ANA).annotations == ()


def test_an_action_is_agreed_and_listed(open_settings) -> None:
    app = open_settings("actions")
    app.text_area[0].set_value("One owner per dispute")
    app.text_input[0].set_value("Ana")
    press(app, "Save the action")
    [action] = agreed(ANA, database.opened())
    assert (action.text, action.owner, action.state, action.version) == ("One owner per dispute", "Ana", "open", 1)
    assert app.dataframe[0].value.to_dict("records")[0]["State"] == "open"


def test_what_could_not_be_saved_stays_in_its_form(open_settings, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_settings("actions")

    def refuse(*_args: object) -> None:
        raise DatabaseUnavailable("The disk is full.")

    monkeypatch.setattr("care_metrics.reviews.actions.agree", refuse)
    app.text_area[0].set_value("One owner per dispute")
    app.text_input[0].set_value("Ana")
    press(app, "Save the action")
    assert "The disk is full." in text_of(app, "new_action_not_saved")
    assert app.text_area[0].value == "One owner per dispute"


def test_a_reader_without_the_right_sees_the_list_and_no_form(open_settings, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Scope(frozenset({"acme_air"}), "internal", "cleo", "team_lead")
    monkeypatch.setattr(reader, "asks", lambda _edition: scope)
    app = open_settings("targets")
    assert "targets_read_only" in keys(app)
    assert not app.number_input
    assert not [button for button in app.button if "Save" in button.label]


def test_a_database_that_is_down_leaves_every_number(open_page: OpenPage, small_centre: Store, monkeypatch) -> None:
    def refuse(_url: str) -> None:
        raise DatabaseUnavailable("nobody answers at db.example.")

    monkeypatch.setattr(database, "open_database", refuse)
    monkeypatch.setenv("CARE_METRICS_DATABASE", "postgresql://nobody@db.example/care")
    app = open_page("care_scorecard", small_centre)
    assert not app.exception
    assert "nobody answers at db.example." in text_of(app, "nothing_written")
    assert "care" in keys(app)
    assert "failed" not in keys(app)


def test_the_first_day_offered_is_that_of_a_quarter() -> None:
    from care_metrics.ui.target_words import first_day

    assert [first_day(date(2026, month, 15)) for month in (1, 6, 12)] == [
        date(2026, 1, 1),
        date(2026, 4, 1),
        date(2026, 10, 1),
    ]
