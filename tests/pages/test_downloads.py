"""What is taken away holds what the page shows, says where it comes from, is on record first, and is no formula."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from care_metrics.reviews import open_database
from care_metrics.reviews.audit import entries
from care_metrics.scope import operator
from care_metrics.store import Store
from tests.pages.centre import build

BOTH = operator(["acme_air", "zeta_bank"])
Taken = Callable[[str], bytes]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/house.db"
    monkeypatch.setenv("CARE_METRICS_DATABASE", url)
    return url


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """made('numbers') -> the CSV that the button of that table gives; AppTest has no click for it."""
    buttons: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, name, **_rest: buttons.update({name: data}))
    return lambda what: next(data for name, data in buttons.items() if what in name and name.endswith(".csv"))()


def lines(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The lines of the origin, and the rows."""
    text = content.decode("utf-8-sig").splitlines(keepends=True)
    head = [line[2:].strip().split(": ", 1) for line in text if line.startswith("# ")]
    rows = csv.DictReader(StringIO("".join(line for line in text if not line.startswith("# "))))
    return dict(head), list(rows)


def test_the_contacts_taken_are_as_many_as_the_number_counts(
    open_page: Callable[..., AppTest], small_centre: Store, database: str, made: Taken
) -> None:
    app = open_page("contacts", small_centre, kpi="nps", client="Acme Air")
    assert not app.exception
    told, rows = lines(made("contacts_nps"))
    assert told["Client"] == "Acme Air"
    assert told["Rows"] == str(len(rows))
    assert {row["client"] for row in rows} == {"acme_air"}
    [entry] = entries(BOTH, open_database(database), what="export contacts:nps (csv)", limit=5)
    assert (entry.rows, entry.client) == (len(rows), "acme_air")


def test_the_numbers_taken_are_those_of_the_page(
    open_page: Callable[..., AppTest], small_centre: Store, database: str, made: Taken
) -> None:
    from tests.pages.test_pages import drawn

    app = open_page("care_scorecard", small_centre, client="Acme Air")
    card = drawn(app, "care")["cards"][0]
    told, rows = lines(made("numbers"))
    nps = next(row for row in rows if row["kpi"] == "nps")
    assert card["value"] == f"{float(nps['value']):+.0f}".replace("-", "−")
    assert float(nps["low"]) < float(nps["value"]) < float(nps["high"])
    assert told["Data version"] == str(small_centre.snapshot().version)
    assert "Period" in told
    assert "Compared with" in told


def test_a_reason_that_is_a_formula_is_taken_as_text(
    open_page: Callable[..., AppTest], tmp_path: Path, database: str, made: Taken
) -> None:
    store = build(tmp_path, 60, reason='=HYPERLINK("http://evil")')
    open_page("contacts", store, kpi="sentiment")
    content = made("contacts_sentiment").decode("utf-8-sig")
    assert "HYPERLINK" in content
    assert '"=HYPERLINK' not in content
    assert ",=HYPERLINK" not in content


def test_without_a_record_nothing_is_offered(
    open_page: Callable[..., AppTest], small_centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda label, *_given, **_rest: offered.append(label))
    monkeypatch.setenv("CARE_METRICS_DATABASE", "sqlite:////proc/none/house.db")
    app = open_page("contacts", small_centre, kpi="nps")
    assert not app.exception
    assert offered == []
