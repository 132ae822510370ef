"""The queue holds exactly the contacts for which the reasons hold, and a search finds by id, customer and words."""

from collections.abc import Callable, Sequence
from datetime import datetime

import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.attention import ORDERS, WHY, Queue, find, frame, queue
from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.errors import UnknownName
from care_metrics.filters import Filters
from care_metrics.schema import frame_schema
from care_metrics.scope import Scope, operator
from care_metrics.sources.reading import Reading
from care_metrics.store import Store, open_store, publishing
from care_metrics.warehouse import Warehouse
from tests.conftest import leg

ACME = operator(["acme"])


def talk(number: int, *valences: float, words: str = "hello") -> list[dict[str, object]]:
    """Customer turns spread evenly over the six minutes of a leg."""
    step = 360 / len(valences)
    return [
        {
            "interaction_id": f"i{number}",
            "turn_no": place,
            "speaker": "customer",
            "begin_s": (place - 1) * step,
            "end_s": (place - 1) * step + 5,
            "text": f"{words} {place}",
            "valence": value,
        }
        for place, value in enumerate(valences, 1)
    ]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Seven legs: low, low and never recovered, a drop, a slow fall, a return within a week, an escalation, none scored."""
    legs = [leg(number) for number in (1, 2, 3, 4, 6, 7)]
    legs += [leg(5, customer_id="c1", started_at="2024-05-08T12:00:00Z", ended_at="2024-05-08T12:06:00Z")]
    legs[4] |= {"escalated": "true"}
    turns = [
        *talk(1, -0.9, -0.9, 0.1, 0.1),
        *talk(2, -0.9, -0.9, -0.8, -0.9),
        *talk(3, 0.9, 0.9, 0.9, -0.9, -0.9),
        *talk(4, 0.2, 0.1, 0.0, -0.1, -0.2),
        *talk(5, 0.3, 0.3),
        *talk(6, 0.4, 0.4, words="My Lawyer will call you"),
    ]
    store = open_store(str(tmp_path_factory.mktemp("queue") / "store"))
    with publishing(store) as publication:
        for client, tables in (("acme", (legs, turns)), ("other", ([leg(1)], talk(1, -0.9, -0.9, words="my lawyer")))):
            rows = [typed("interactions", tables[0]), typed("turns", tables[1])]
            publish_readings(publication, client, "UTC", rows)
    return warehouse_of(store, store.snapshot(), operator(["acme", "other"]))


def typed(table: str, rows: list[dict[str, object]]) -> Reading:
    """Rows as a reading of their table, instants and flags as their types."""
    known = [{name: _typed(name, value) for name, value in row.items()} for row in rows]
    names = {name: kind for name, kind in frame_schema(table).items() if any(name in row for row in known)}
    return reading_of(table, pl.DataFrame(known, schema=names))


def _typed(name: str, value: object) -> object:
    return datetime.fromisoformat(str(value)) if name.endswith("_at") else True if value == "true" else value


def names(found: Queue) -> list[str]:
    return found.rows["interaction_id"].to_list()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((), {"i1", "i2", "i3", "i4", "i5", "i6"}),
        (("low",), {"i1", "i2"}),
        (("never_recovered",), {"i2", "i3"}),
        (("sudden_drop",), {"i3"}),
        (("repeat_caller",), {"i5"}),
        (("escalated",), {"i6"}),
        (("low", "never_recovered"), {"i2"}),
        (("low", "escalated"), set()),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else "",
)
def test_each_reason_by_hand(house: Warehouse, wanted: Sequence[str], expected: set[str]) -> None:
    """i3 falls from a mean of 0.9 to -0.3 in two turns; i4 by as little as 0.3; i5 returns to c1's reason after a week."""
    found = queue(house, ACME, Filters(), wanted)
    assert set(names(found)) == expected
    assert found.n == len(expected)
    assert found.rows.filter(interaction_id="i2")["why"].to_list() in ([], [["low", "never_recovered"]])


def test_a_return_after_more_than_a_week_is_no_repeat_caller(store: Store, load: Callable[..., object]) -> None:
    at = {"started_at": "2024-05-09T12:00:01Z", "ended_at": "2024-05-09T12:06:00Z"}
    load("acme", interactions=[leg(1), leg(5, customer_id="c1", **at)], turns=talk(5, 0.3, 0.3))
    assert queue(warehouse_of(store, store.snapshot(), ACME), ACME, Filters(), ("repeat_caller",)).n == 0


def test_worst_newest_and_random_order_the_same_contacts(house: Warehouse) -> None:
    orders = {order: names(queue(house, ACME, Filters(), (), order)) for order in ORDERS}
    assert orders["worst"][0] == "i2"
    assert orders["newest"][0] == "i5"
    assert len({frozenset(one) for one in orders.values()}) == 1
    assert orders["random"] == names(queue(house, ACME, Filters(), (), "random")), "drawn again it is the same"


def test_what_was_reviewed_leaves_the_queue_and_its_count(house: Warehouse) -> None:
    found = queue(house, ACME, Filters(), ("low",), without=[("acme", "i2"), ("other", "i1")])
    assert (names(found), found.n, found.scored) == (["i1"], 1, 6)


def test_an_unknown_reason_is_refused_with_the_nearest(house: Warehouse) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'escalated'"):
        queue(house, ACME, Filters(), ("escalate",))
    assert set(WHY) == {"low", "never_recovered", "sudden_drop", "repeat_caller", "escalated"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("i4", {"i4"}),
        ("c1", {"i1", "i5"}),
        ("lawyer WILL", {"i6"}),
        ("  i4 ", {"i4"}),
        ("%", set()),
        ("' OR 1=1 --", set()),
        ("i7", {"i7"}),
    ],
)
def test_a_contact_is_found_by_id_customer_or_words(house: Warehouse, words: str, expected: set[str]) -> None:
    """i7 has no transcript; the other client's lawyer is not the reader's to find."""
    assert set(find(house, ACME, words)["interaction_id"]) == expected


def test_nobody_finds_what_is_not_theirs(house: Warehouse) -> None:
    confined = Scope(frozenset({"acme"}), bounds=(("agent_id", ("a9",)),))
    assert find(house, confined, "i4").is_empty()
    assert queue(house, confined, Filters(), ()).n == 0
    assert find(house, Scope(), "i4").is_empty()


def test_a_sample_is_drawn_from_all_that_a_queue_could_hold_with_its_reasons(house: Warehouse) -> None:
    rows = frame(house, ACME, Filters())
    assert rows["interaction_id"].to_list() == ["i1", "i2", "i3", "i4", "i5", "i6"]
    why = dict(rows.select("interaction_id", "why").iter_rows())
    assert (why["i2"], why["i4"]) == (["low", "never_recovered"], [])


def test_a_queue_among_a_sample_holds_nobody_else(house: Warehouse) -> None:
    named = [("acme", "i1"), ("acme", "i4"), ("other", "i2")]
    assert set(names(queue(house, ACME, Filters(), (), among=named))) == {"i1", "i4"}
    found = queue(house, ACME, Filters(), ("low",), without=[("acme", "i1")], among=named)
    assert (found.n, names(queue(house, ACME, Filters(), (), among=[]))) == (0, [])
