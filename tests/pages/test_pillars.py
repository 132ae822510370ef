"""Pillars: it finds the planted collapse by itself, claims nothing without one, and every number opens its contacts."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics import settings
from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.commands.roll_up import roll_up
from care_metrics.demo import CLIENTS, simulate
from care_metrics.filters import Filters
from care_metrics.reviews import open_database
from care_metrics.reviews.annotations import annotate
from care_metrics.reviews.engine import Database
from care_metrics.reviews.rows import Annotation, Target
from care_metrics.reviews.targets import set_target
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from care_metrics.ui import cached, database
from care_metrics.ui import pillar_groups as groups
from care_metrics.ui.cached import Edition
from tests.conftest import leg
from tests.pages.centre import END, frame
from tests.pages.test_pages import drawn, keys, text_of

OpenPage = Callable[..., AppTest]


def centre(folder: Path, effects: tuple[str, ...]) -> Store:
    """The simulated centre with these effects only; its evidence is what the centre did, which needs no model."""
    store = open_store(str(folder / "store"))
    with publishing(store) as publication:
        for client, tables in simulate(9_000, effects=effects).items():
            readings = [reading_of(name, tables[name]) for name in ("interactions", "customers", "agents", "surveys")]
            publish_readings(publication, client, CLIENTS[client][1], readings)
        roll_up(publication, list(CLIENTS), derive=True)
        publication.commit()
    return store


@pytest.fixture(scope="module")
def collapsed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return centre(tmp_path_factory.mktemp("collapse"), ("ownership_collapse",))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return centre(tmp_path_factory.mktemp("plain"), ())


def all_data(app: AppTest) -> AppTest:
    return app.selectbox(key="period").select("all").run()


def cells(app: AppTest, key: str) -> list[list[dict[str, Any]]]:
    return drawn(app, key)["rows"]


def test_the_planted_collapse_is_named_with_its_month_client_and_way_to_the_contacts(
    open_page: OpenPage, collapsed: Store
) -> None:
    """Ownership of Brightfen Energy in July 2026, out of 14 months of five clients in four pillars."""
    app = all_data(open_page("pillars", collapsed))
    assert not app.exception
    assert text_of(app, "first_sentence").startswith(
        "Ownership of Brightfen Energy was clearly lower in July 2026 than in the other months, "
    )
    [row] = cells(app, "standouts")
    assert [cell.get("text") for cell in row[:3]] == ["July 2026", "Brightfen Energy", "Ownership"]
    assert row[3]["tone"] == "bad"
    params = row[6]["link"]["params"]
    assert params == {
        "kpi": "ownership",
        "client": "Brightfen Energy",
        "period": "Own dates",
        "dates": ["2026-07-01", "2026-07-31"],
    }


def test_without_effects_it_claims_nothing(open_page: OpenPage, plain: Store) -> None:
    app = all_data(open_page("pillars", plain))
    assert text_of(app, "first_sentence").startswith("No pillar changed clearly, and no time stands out")
    assert "standouts" not in keys(app)
    assert text_of(app, "pillar_groups_finding").startswith("No group differs clearly")


def test_every_score_shows_interval_n_change_and_opens_as_many_contacts(open_page: OpenPage, collapsed: Store) -> None:
    app = open_page("pillars", collapsed)
    edition = Edition(collapsed, collapsed.snapshot())
    scope = operator(collapsed.clients(edition.snapshot))
    known = cached.bounds(scope, edition)
    assert known is not None
    by_name = {row[0]["link"]["params"]["kpi"]: row for row in cells(app, "pillar_scores") if "link" in row[0]}
    assert {"ownership", "proactivity", "care_index"} <= set(by_name)
    period = Filters(known.last - timedelta(days=89), known.last + timedelta(days=1))
    for name, row in by_name.items():
        counted = cached.count_contacts(scope, edition, name, period)
        assert row[0]["note"] == f"{counted:,} contacts"
        assert " to " in row[2]["note"]
        assert row[3]["note"] in ("clear change", "could be chance")


@pytest.mark.parametrize("by", ["team", "reason", "client", "agent_id"])
def test_every_cell_of_a_group_opens_as_many_contacts_as_it_counts(
    open_page: OpenPage, collapsed: Store, by: str
) -> None:
    app = all_data(open_page("pillars", collapsed))
    app.selectbox(key="split").select(by).run()
    assert not app.exception
    edition = Edition(collapsed, collapsed.snapshot())
    scope = operator(collapsed.clients(edition.snapshot))
    names = {slug.replace("_", " ").title(): slug for slug in CLIENTS}
    linked = [cell for row in cells(app, "pillar_groups") for cell in row[1:] if "link" in cell]
    assert len(linked) >= 5
    for cell in linked[:6]:
        params = dict(cell["link"]["params"])
        name = params.pop("kpi")
        if "client" in params:
            params["client"] = names[params["client"]]
        if "reason" in params:
            params["reason"] = params["reason"].lower().replace(" ", "_")
        counted = cached.count_contacts(scope, edition, name, Filters().only(**params))
        assert cell["note"].endswith(f", n\u00a0{counted:,}")


def test_evidence_of_operations_alone_is_said_to_be_all_of_the_points(open_page: OpenPage, collapsed: Store) -> None:
    row = next(row for row in cells(open_page("pillars", collapsed), "pillar_scores") if "Ownership" in str(row[0]))
    assert (row[4]["text"], row[5]["note"]) == ("–", "100% of points")


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database of its own with a goal, a target of another length and a note of Brightfen Energy."""
    path = str(tmp_path / "house.db")
    monkeypatch.setenv("CARE_METRICS_DATABASE", path)
    settings.settings.cache_clear()
    found, everybody = open_database(path), operator(list(CLIENTS))
    for length, value in (("any", 99.0), ("week", 50.0)):
        day = date(2026, 1, 1)
        set_target(everybody, found, Target("brightfen_energy", "ownership", ">=", value, "goal", day, length))
    annotate(everybody, found, Annotation("brightfen_energy", date(2026, 7, 1), "new case system"))
    yield found
    database._open.clear()
    database._refused.clear()


def test_a_client_s_target_and_note_stand_on_its_page_and_on_no_other(
    written: Database, open_page: OpenPage, collapsed: Store
) -> None:
    """The goal of 99 holds for any period; the one for a week is not asked of a year."""
    app = all_data(open_page("pillars", collapsed))
    assert "pillar_targets" not in keys(app)
    app.selectbox(key="client").select("brightfen_energy").run()
    assert not app.exception
    assert text_of(app, "pillar_targets") == "Ownership goal at least 99: not met"
    [row] = [row for row in cells(app, "pillar_scores") if "Ownership" in str(row[0])]
    assert row[1]["picture"]["target"] == 99
    chart = next(one for one in app.get("plotly_chart") if "trend_ownership" in one.proto.id)
    assert "new case system" in chart.proto.spec
    assert "at least 99" in chart.proto.spec
    app.selectbox(key="site").select_index(1).run()
    assert "pillar_targets" not in keys(app), "a site has no target of the client's"


def group(name: str, **values: float | None) -> groups.Group:
    rows = {
        kpi: {"kpi": kpi, "value": value, "n": 0 if value is None else 50, "state": "ok" if value else "no_data"}
        for kpi, value in values.items()
    }
    return groups.Group(name, {"team": name}, rows)


def test_groups_with_other_pillars_are_never_ordered_by_care_index() -> None:
    full = group("Alder", empathy=50.0, ownership=70.0, care_index=60.0)
    other = group("Birch", empathy=None, ownership=90.0, care_index=90.0)
    assert "care_index" in groups.orders_of([full, full])
    assert "care_index" not in groups.orders_of([full, other])
    assert [one.name for one in groups.sort([full, other], "empathy")] == ["Alder", "Birch"]


def test_a_link_that_asks_for_that_order_falls_back(open_page: OpenPage, collapsed: Store) -> None:
    """Teams without evidence for empathy and personalization have one set of pillars here; a hostile link has none."""
    for value in ("care_index", "<b>", "x" * 5000):
        app = open_page("pillars", collapsed, sort=value)
        app.query_params["sort"] = value
        app.run()
        assert not app.exception
        assert "pillar_groups" in keys(app)


def test_a_centre_without_evidence_says_where_it_comes_from(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("pillars", small_centre)
    assert "score" in text_of(app, "no_evidence")
    assert "pillar_scores" not in keys(app)
    assert "coverage_none" in keys(app)


def test_transcripts_without_a_score_are_counted_with_their_reason(open_page: OpenPage, tmp_path: Path) -> None:
    """Three transcripts: one between bot and customer, one letter of an agent, one that the model has not seen yet."""
    talks = {
        "i1": ("bot", "customer"),
        "i2": ("agent",),
        "i3": ("customer", "agent"),
    }
    turns = [
        {"interaction_id": name, "turn_no": number, "speaker": speaker, "text": "here are some words about the bill"}
        for name, speakers in talks.items()
        for number, speaker in enumerate(speakers, 1)
    ]
    legs = [
        {name: value for name, value in leg(number).items() if not name.endswith("_at")} | {"started_at": END}
        for number in (1, 2, 3)
    ]
    store = open_store(str(tmp_path / "floors"))
    with publishing(store) as publication:
        readings = [reading_of("interactions", frame("interactions", legs)), reading_of("turns", frame("turns", turns))]
        publish_readings(publication, "acme", "UTC", readings)
        roll_up(publication, ["acme"], derive=True)
        publication.commit()
    app = open_page("pillars", store)
    assert not app.exception
    told = [[cell["text"] for cell in row] for row in cells(app, "coverage")]
    assert sorted(told) == [
        ["A bot spoke with the customer, no agent did", "1", "33.3%"],
        ["An agent turn has no score of the current behaviours model", "1", "33.3%"],
        ["Only the customer or only the agent left a message", "1", "33.3%"],
    ]
