"""What a client reader takes away is what their screen shows, and no more than a file holds."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from care_metrics.exports import FORMATS
from care_metrics.ui import downloads
from care_metrics.ui.extract import source_files
from tests.gate.marked import foreign

Opened = Callable[..., AppTest]
Taken = Callable[[str], list[dict[str, str]]]
CLIENT = {"role": "client", "as_client": "quorix_air"}
CONTACTS, SCORECARD = "pages/qa/contacts.py", "pages/executives/care_scorecard.py"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """taken("contacts") -> the rows of the CSV behind that button; AppTest has no click for it."""
    buttons: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, name, **_rest: buttons.update({name: data}))

    def _taken(what: str) -> list[dict[str, str]]:
        found = [make().decode("utf-8-sig") for name, make in buttons.items() if what in name and name.endswith("csv")]
        assert not any(foreign(text, "quorix_air") or "quorix_agent_id" in text for text in found)
        lines = [line for text in found for line in text.splitlines(keepends=True) if not line.startswith("# ")]
        return list(csv.DictReader(StringIO("".join(lines))))

    return _taken


def test_the_file_holds_the_rows_of_the_list_and_nobody_elses(opened: Opened, taken: Taken) -> None:
    """E4: own rows, agents under the pseudonyms of the screen."""
    app = opened(CONTACTS, **CLIENT, kpi="sentiment")
    assert not app.exception
    shown, rows = app.dataframe[0].value, taken("contacts")
    assert len(rows) == len(shown) > 10
    assert {row["client"] for row in rows} == {"quorix_air"}
    assert {row["agent_id"] for row in rows} == set(shown["agent"])


def test_a_number_that_is_hidden_is_in_no_file(opened: Opened, taken: Taken) -> None:
    """E4: of two days with few contacts the screen tells no number, and neither does the file."""
    few = {"period": "custom", "dates": ["2026-06-27", "2026-06-30"]}
    app = opened(SCORECARD, **CLIENT, **few)
    assert not app.exception
    assert [row for row in taken("numbers") if int(row["n"]) < 10 or row["state"] == "suppressed"] == []
    assert not opened(CONTACTS, **CLIENT, **few, kpi="sentiment").exception
    assert taken("contacts") == []


def test_more_rows_than_a_file_holds_are_not_cut_without_a_word(opened: Opened, taken: Taken, monkeypatch) -> None:
    """E7."""
    monkeypatch.setattr(downloads, "MOST_ROWS", 5)
    app = opened(CONTACTS, **CLIENT, kpi="sentiment")
    assert "too_many_rows" in {one.key for one in app.get("bidi_component")}
    assert taken("contacts") == []


def test_no_report_is_rendered_from_data() -> None:
    """E10: files are tables; whoever prints a page prints texts that are set as texts."""
    assert set(FORMATS) == {"csv", "xlsx"}
    for file in source_files():
        text = Path(file).read_text(encoding="utf-8")
        assert not [name for name in ("jinja2", "weasyprint", "reportlab", "pdfkit") if f"import {name}" in text], file
