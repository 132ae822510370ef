"""The review of one client: judged by its own targets and its own usual range, quoted on record, nothing of another client."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.kpis import kpi
from care_metrics.reviews import open_database
from care_metrics.reviews.actions import agree
from care_metrics.reviews.audit import entries
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Action, Target
from care_metrics.reviews.targets import set_target
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.ui import client_course
from care_metrics.ui.client_course import Course, finding
from tests.pages.centre import LINES, build
from tests.pages.test_pages import drawn, keys

ACME = operator(["acme_air"])
LONG = "I asked three times for the same refund and nobody called."


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small centre, its customers saying more than a few words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(LINES, "customer", (LONG, LONG.replace("refund", "bill"), LONG.replace("refund", "line")))
        yield build(tmp_path_factory.mktemp("review"))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path}/house.db"
    monkeypatch.setenv("CARE_METRICS_DATABASE", url)
    return open_database(url)


def words(app: AppTest, key: str) -> str:
    return " ".join(one["text"] for line in drawn(app, key)["paragraphs"] for one in line["sentences"])


def cells(app: AppTest, key: str) -> list[list[str]]:
    return [
        [cell.get("text") or cell.get("link", {}).get("text", "") for cell in row] for row in drawn(app, key)["rows"]
    ]


def test_several_clients_are_asked_for_one(open_page: Callable[..., AppTest], centre: Store) -> None:
    app = open_page("client_review", centre)
    assert [row[0] for row in cells(app, "clients")] == ["Acme Air", "Zeta Bank"]
    assert not app.exception


def test_a_target_of_the_client_is_judged_and_named(
    open_page: Callable[..., AppTest], centre: Store, database: Database
) -> None:
    """Acme's answers of the last 90 days are 3, 5, 6 and 8: no promoter, so its NPS is far below 30."""
    set_target(ACME, database, Target("acme_air", "nps", ">=", 30.0, "contract", date(2025, 1, 1)))
    app = open_page("client_review", centre, client="Acme Air")
    assert words(app, "review_of").startswith("Acme Air · ")
    first = cells(app, "terms")[0]
    assert first[0] == "Net Promoter Score"
    assert first[2] == "not met"
    assert cells(app, "story_bad")[0][0] == "Net Promoter Score"
    assert not app.exception


def test_another_client_s_target_is_not_on_the_page(
    open_page: Callable[..., AppTest], centre: Store, database: Database
) -> None:
    set_target(operator(["zeta_bank"]), database, Target("zeta_bank", "nps", ">=", 30.0, "goal", date(2025, 1, 1)))
    app = open_page("client_review", centre, client="Acme Air")
    assert {row[2] for row in cells(app, "terms")} == {"–"}
    assert "No target is agreed" in words(app, "terms_note")


def test_actions_of_before_and_since_stand_apart(
    open_page: Callable[..., AppTest], centre: Store, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The period ends with June 2026: one action was typed in June, the other today."""
    june = {"typed_by": "ana", "at": datetime(2026, 6, 1, tzinfo=UTC)}
    with monkeypatch.context() as then:
        then.setattr("care_metrics.reviews.actions.signature", lambda scope: june)
        agree(ACME, database, Action("a1", "acme_air", "One owner a case", "Ana", date(2026, 6, 20), "open", 0, "k1"))
    agree(ACME, database, Action("a2", "acme_air", "Call back by noon", "Sam", None, "open", 0, "k2"))
    app = open_page("client_review", centre, client="Acme Air")
    assert cells(app, "actions_last") == [["late", "One owner a case", "20 Jun"]]
    assert cells(app, "actions_fresh") == [["open", "Call back by noon", "–"]]


def test_whoever_is_quoted_is_on_record(open_page: Callable[..., AppTest], centre: Store, database: Database) -> None:
    app = open_page("client_review", centre, client="Acme Air")
    quotes = drawn(app, "voices")["quotes"]
    noted = entries(operator(["acme_air", "zeta_bank"]), database, what="quote transcript", limit=10)
    assert [f"{one.client}/{one.contact}" for one in noted[::-1]] == [
        one["link"]["params"]["contact"] for one in quotes
    ]
    assert {one.client for one in noted} == {"acme_air"}


def test_without_a_record_nobody_is_quoted(
    open_page: Callable[..., AppTest], centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_METRICS_DATABASE", "sqlite:////proc/none/house.db")
    app = open_page("client_review", centre, client="Acme Air")
    assert "only while it can be recorded" in words(app, "voices_unrecorded")
    assert "voices" not in keys(app)


def week(number: int, value: float | None) -> dict[str, object]:
    return {"week": f"2026-01-{number:02d}", "value": value, "low": None, "high": None, "n": 20}


def test_a_week_outside_the_usual_range_is_counted() -> None:
    """Twelve weeks of 10 and 12 in turn: mean 11, moving range 2, limits 11 +- 5.32."""
    before = [week(1, 10.0 if k % 2 else 12.0) for k in range(12)]
    usual = client_course._usual(before)
    assert usual == (pytest.approx(5.68), pytest.approx(16.32))
    course = Course([*before, week(2, 16.4), week(3, 16.3), week(4, None)], 12, usual)
    assert [row["value"] for row in course.outside()] == [16.4]
    assert (
        finding(kpi("nps"), course) == "Net Promoter Score was outside its usual range in 1 of 2 weeks of the period."
    )


def test_eleven_weeks_are_no_usual_range() -> None:
    before = [week(1, 10.0 + k) for k in range(11)]
    assert client_course._usual(before) is None
    assert "too few weeks" in finding(kpi("nps"), Course([*before, week(2, 90.0)], 11, None))
