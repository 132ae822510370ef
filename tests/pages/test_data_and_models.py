"""Data and models: what was left out, refused and taken out is told, and rejected rows stay text."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from care_metrics import data_quality
from care_metrics.access import warehouse_of
from care_metrics.commands.ingest import IngestReport, ingest
from care_metrics.errors import NotAllowed
from care_metrics.scope import Scope, operator
from care_metrics.store import Store, open_store
from tests.commands.test_score import CountingScorer, OppositeScorer, run
from tests.conftest import copied, leg, loader
from tests.sources.test_formats import CALL

DOCUMENTED = "from documentation, not yet seen on a real export"
HOSTILE = "![x](http://evil.example/a.png) <img src=x>"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two loads: the second brings site and color, lacks ended_at, and has a row that cannot be taken."""
    folder = tmp_path_factory.mktemp("loaded")
    store = open_store(str(folder / "store"))
    load = loader(store, folder)
    first = {name: value for name, value in leg(1).items() if name != "site"}
    load(interactions=[first], turns=[turn("i1", "my card is 4111 1111 1111 1111"), turn("nobody", "hello")])
    second = {name: value for name, value in leg(2).items() if name != "ended_at"} | {"color": "red"}
    load(interactions=[second, second | {"interaction_id": "i3", "reason": HOSTILE, "outcome": "unsure"}])
    return store


@pytest.fixture
def centre(loaded: Store, store: Store) -> Store:
    return copied(loaded, store)


def told(app: AppTest) -> str:
    """Everything the components of the page say."""
    return "\n".join(element.proto.json for element in app.get("bidi_component"))


def rows_of(app: AppTest, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, without the time of loading."""
    tables = [json.loads(element.proto.json) for element in app.get("bidi_component")]
    rows = [row for table in tables if table.get("caption", "").startswith(caption) for row in table["rows"]]
    return [[cell["text"] for place, cell in enumerate(row) if place != 3] for row in rows]


def turn(leg_id: str, text: str) -> dict[str, object]:
    return {"interaction_id": leg_id, "turn_no": 1, "speaker": "customer", "text": text}


def test_the_page_names_what_was_refused_taken_out_and_changed(
    open_page: Callable[..., AppTest], centre: Store
) -> None:
    app = open_page("data_and_models", centre)
    assert not app.exception
    words = told(app)
    for part in ("Card numbers", "outcome is none of", "Turns of 1 contact that is not in the data", "Not scored yet"):
        assert part in words
    assert HOSTILE in app.dataframe[0].value["raw"][0]


def test_drift_is_told_between_the_last_two_loads_of_a_table(centre: Store) -> None:
    loads = data_quality.records(centre, centre.snapshot(), operator(["acme"])).loads
    assert data_quality.drift(loads).rows() == [
        ("acme", "interactions", "gone", "ended_at"),
        ("acme", "interactions", "new", "site"),
        ("acme", "interactions", "unknown", "color"),
    ]


def test_every_turn_without_a_score_has_its_reason(centre: Store) -> None:
    house = warehouse_of(centre, centre.snapshot(), operator(["acme"]))
    assert data_quality.unscored_turns(house, operator(["acme"])).rows() == [(None, 2)]
    assert data_quality.orphans(house, operator(["acme"])) == {"turns": 1, "evidence": 0}


def test_a_scope_sees_the_records_of_its_clients_only(centre: Store, load: Callable[..., IngestReport]) -> None:
    load("beta", interactions=[leg(1), leg(2) | {"outcome": "unsure"}], turns=[turn("i1", "i am maria")])
    found = data_quality.records(centre, centre.snapshot(), operator(["beta"]))
    for rows in (found.loads, found.quarantine, found.redactions):
        assert rows is not None
        assert set(rows["client"]) == {"beta"}
    assert set(data_quality.quarantined(centre, centre.snapshot(), operator(["beta"]), None)["client"]) == {"beta"}


def test_a_client_reader_is_turned_away(centre: Store) -> None:
    client = Scope(frozenset({"acme"}), "client", "c", "client")
    house = warehouse_of(centre, centre.snapshot(), client)
    for ask in (
        lambda: data_quality.records(centre, centre.snapshot(), client),
        lambda: data_quality.quarantined(centre, centre.snapshot(), client, None),
        lambda: data_quality.freshness(house, client, None),
        lambda: data_quality.orphans(house, client),
        lambda: data_quality.unscored_turns(house, client),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_before_anything_was_noted_the_records_are_empty(tmp_path: Path) -> None:
    assert data_quality.drift(None).is_empty()
    assert data_quality.rejected(None).is_empty()
    assert data_quality.removed(None).is_empty()
    assert isinstance(data_quality.drift(pl.DataFrame({"client": ["a"]})), pl.DataFrame)


def test_a_waiting_revision_stands_beside_the_current_one_with_what_it_would_change(
    open_page: Callable[..., AppTest], load: Callable[..., IngestReport], store: Store
) -> None:
    said = [turn("i1", "+ fine") | {"valence": 1.0}, turn("i2", "- bad")]
    load(interactions=[leg(1), leg(2)], turns=said)
    run(store, CountingScorer("r1"))
    run(store, OppositeScorer("r2"))
    app = open_page("data_and_models", store)
    assert not app.exception
    words = told(app)
    assert "Sentiment model r2 beside r1, which counts." in words
    assert "2 of 2 contacts (100.0%) are low-sentiment in one version only: 1 by ours, 1 by the other." in words
    assert "0 of 1 contacts (0.0%) are low-sentiment in one version only: 0 by ours, 0 by the other." in words


def test_the_page_says_what_was_read_from_documentation_only(
    open_page: Callable[..., AppTest], store: Store, tmp_path: Path
) -> None:
    (tmp_path / "agents.csv").write_text("agent_id,name\na1,Ana\na2,Ben\n")
    (tmp_path / "calls.json").write_text(json.dumps(CALL))
    ingest(store, [str(tmp_path / name) for name in ("agents.csv", "calls.json")], "acme")
    app = open_page("data_and_models", store)
    assert not app.exception
    assert rows_of(app, "Formats of the loaded files") == [
        ["Acme", "Canonical table, CSV", "tried on a real export", "1", "2"],
        ["Acme", "Genesys Cloud conversation details", DOCUMENTED, "1", "1"],
    ]
    assert "compare a few contacts with their source" in told(app)


def test_a_tried_format_alone_needs_no_warning(open_page: Callable[..., AppTest], centre: Store) -> None:
    app = open_page("data_and_models", centre)
    assert [row[1:3] for row in rows_of(app, "Formats of the loaded files")] == [
        ["Canonical table, CSV", "tried on a real export"]
    ]
    assert "compare a few contacts" not in told(app)


def test_where_no_load_says_what_it_was_read_as_nothing_is_drawn_of_it(
    open_page: Callable[..., AppTest], small_centre: Store
) -> None:
    app = open_page("data_and_models", small_centre)
    assert not app.exception
    assert "Freshness" in [head.value for head in app.subheader]
    assert "Where the data come from" not in [head.value for head in app.subheader]
    assert rows_of(app, "Formats of the loaded files") == []


def test_the_models_cards_can_be_read_on_the_page(open_page: Callable[..., AppTest], centre: Store) -> None:
    words = told(open_page("data_and_models", centre))
    for part in ("Known failures", "Apache-2.0", "macro-F1", "proactivity"):
        assert part in words
