"""Rows kept in memory give the numbers of the database: every KPI, any split, any filter, any period, any instant."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from polars.testing import assert_frame_equal

from care_metrics.access import warehouse_of
from care_metrics.errors import BadRequest, CareMetricsError, NotAllowed
from care_metrics.filters import Filters
from care_metrics.kept import Kept
from care_metrics.kept.buckets import midnight
from care_metrics.kept.rows import Rows, load
from care_metrics.kpis import CATALOGUE
from care_metrics.kpis.grains import Grain
from care_metrics.kpis.question import Question
from care_metrics.measure import measure_all, supported
from care_metrics.scope import NOBODY, Scope, operator
from care_metrics.store import Store, open_store
from care_metrics.warehouse import Warehouse

from .facts import Centre
from .questions import asked_of, questions
from .test_against_product import delivered

MONEY = ("cost_per_contact", "cost_per_resolved")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[Centre]]:
    place, centres = delivered(tmp_path_factory.mktemp("kept"), seed=5)
    return open_store(str(place)), centres


def opened(store: Store, scope: Scope) -> Warehouse:
    return warehouse_of(store, store.snapshot(), scope)


def both(house: Warehouse, scope: Scope, question: Question, kept: Kept) -> None:
    """Ask database and memory; money of several currencies is refused by both."""
    try:
        expected = measure_all(house, scope, [question], 1)[0]
    except BadRequest:
        with pytest.raises(BadRequest, match="currencies"):
            measure_all(house, scope, [question], 1, kept)
        names = tuple(name for name in question.names if name not in MONEY)
        return both(house, scope, Question(names, question.filters, question.by), kept)
    assert kept.holds(question.filters, [CATALOGUE[name] for name in question.names])
    found = measure_all(house, scope, [question], 1, kept)[0]
    # Sums of cells that show no number are no one's to see.
    return assert_frame_equal(found, expected, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("audience", ["internal", "client"])
def test_memory_and_database_agree(centre: tuple[Store, list[Centre]], audience: str) -> None:
    store, centres = centre
    clients = frozenset(one.client for one in centres)
    scope = operator(clients) if audience == "internal" else Scope(clients, "client", "her", "client")
    house, seen, asked = opened(store, scope), 0, random.Random(11)
    kept: dict[datetime | None, Kept] = {}
    for question in questions(asked, centres):
        filters = Filters(question.start, question.end, question.where, question.as_of)
        names = [n for n in asked_of(question) if audience == "internal" or CATALOGUE[n].audience == "client"]
        if any(name == "month" for name, _ in question.where):
            names = [name for name in names if CATALOGUE[name].grain != "customer"]
        here = kept.setdefault(question.as_of, Kept(house, scope, question.as_of))
        here.read()
        both(house, scope, Question(tuple(names), filters, question.by), here)
        seen += len(names)
    assert seen > 1000


def test_one_instant_of_asking_and_one_reader(centre: tuple[Store, list[Centre]]) -> None:
    store, centres = centre
    scope = operator([centres[0].client])
    kept = Kept(opened(store, scope), scope, None)
    kept.read()
    later = Filters(as_of=datetime(2024, 5, 1, tzinfo=UTC))
    assert kept.holds(Filters(), [CATALOGUE["nps"]])
    assert not kept.holds(later, [CATALOGUE["nps"]])
    with pytest.raises(NotAllowed):
        kept.cells(operator([centres[1].client]), [CATALOGUE["nps"]], Filters(), ())
    bounded = Scope(scope.clients, "internal", "one", "agent", (("agent_id", ("a1",)),))
    mine = Kept(opened(store, bounded), bounded, None)
    mine.read(["survey"])
    assert not mine.holds(Filters(), [CATALOGUE["nps"]]), "a confined reader's rows are the database's to choose"


def test_a_client_readers_memory_holds_no_internal_number(centre: tuple[Store, list[Centre]]) -> None:
    store, centres = centre
    scope = Scope(frozenset({centres[0].client}), "client", "her", "client")
    kept = Kept(opened(store, scope), scope, None)
    kept.read()
    held = {name.partition("__")[0] for rows in kept._rows.values() for name in rows.values}
    hidden = {name for name, entry in CATALOGUE.items() if entry.audience == "internal"}
    assert hidden
    assert held
    assert not held & hidden


def test_the_rows_are_read_once_however_many_ask_at_once(
    centre: tuple[Store, list[Centre]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, centres = centre
    scope = operator([centres[0].client])
    kept = Kept(opened(store, scope), scope, None)
    read: list[str] = []

    def slowly(house: Warehouse, scope: Scope, grain: Grain, *rest: Any) -> Rows:
        read.append(grain.name)
        sleep(0.05)
        return load(house, scope, grain, *rest)

    monkeypatch.setattr("care_metrics.kept.kept.load", slowly)
    with ThreadPoolExecutor(4) as pool:
        held = list(pool.map(lambda _: kept.holds(Filters(), [CATALOGUE["nps"]]), range(4)))
    assert held == [True] * 4
    assert read == ["survey"]
    kept.make_ready()
    assert len(read) == len(set(read)) > 5


def test_what_cannot_be_read_is_the_databases_to_answer(
    centre: tuple[Store, list[Centre]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No memory for the rows of one grain: it is tried once, and the other grains stay where they are."""
    store, centres = centre
    scope = operator([centres[0].client])
    house, tried = opened(store, scope), []
    kept = Kept(house, scope, None)
    assert kept.holds(Filters(), [CATALOGUE["nps"]])

    def never(*asked: Any) -> Rows:
        tried.append(asked)
        raise CareMetricsError("no memory")

    monkeypatch.setattr("care_metrics.kept.kept.load", never)
    legs, survey = [CATALOGUE["sentiment"]], [CATALOGUE["nps"]]
    assert [kept.holds(Filters(), legs), kept.holds(Filters(), legs), kept.holds(Filters(), survey)] == [
        False,
        False,
        True,
    ]
    assert len(tried) == 1
    [found] = measure_all(house, scope, [Question(("sentiment",))], kept=kept)
    assert found["n"][0] > 0


def test_nothing_at_all_is_no_data(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"))
    house = opened(store, NOBODY)
    kept = Kept(house, NOBODY, None)
    kept.read()
    names = tuple(supported(CATALOGUE, ["week"]))
    for by in ((), ("week",)):
        both(house, NOBODY, Question(names, Filters(), by), kept)
    found = measure_all(house, NOBODY, [Question(names)], 1, kept)[0]
    assert set(found["state"]) == {"no_data"}
    assert found["value"].null_count() == found.height == len(names)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Bogota", "2024-06-01"),
        # Clocks go forward at midnight, so that the day begins at one; and back at midnight, so that it begins twice.
        ("America/Havana", "2024-03-10"),
        ("America/Havana", "2024-11-03"),
        ("America/Asuncion", "2023-10-01"),
        ("America/Asuncion", "2024-03-24"),
        ("Asia/Beirut", "2024-03-31"),
        ("Europe/London", "2024-10-27"),
    ],
)
def test_a_day_begins_in_memory_as_in_the_database(centre: tuple[Store, list[Centre]], zone: str, day: str) -> None:
    from care_metrics.kpis.cohort import _midnight

    store, centres = centre
    text = _midnight("$1", "$2")
    house = opened(store, operator([centres[0].client]))
    found = house.query(f"SELECT epoch_us({text}) AS at", [zone, date.fromisoformat(day)])["at"][0]
    assert midnight(ZoneInfo(zone), date.fromisoformat(day)) == found
