"""Total = merge of any split: the sums of a question's cells, added up, are the sums of the question without the split."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care_metrics.access import warehouse_of
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE
from care_metrics.kpis.compiler import Question, compile_questions, layout
from care_metrics.kpis.kpi import Cohort, Kpi, Quantile, Quotient
from care_metrics.measure import supported
from care_metrics.scope import operator
from care_metrics.store import open_store
from care_metrics.warehouse import Warehouse

from .centres import around
from .questions import LEG_DIMENSIONS, PAIRS, WHERE
from .recount import TIME
from .test_against_product import delivered

Sums = dict[tuple[str, str], list[float]]
MERGED = [name for name, entry in CATALOGUE.items() if not isinstance(entry.measure, Quotient)]
SPLITS = (*((dimension,) for dimension in (*LEG_DIMENSIONS, *TIME)), *PAIRS)
# The number of distinct currencies guards a sum and is none itself.
GUARDS = {"currencies"}
MARKS = {"n_invalid", "n_missing", "n_immature"}


class Asked:
    """One store of two clients, with a warehouse for each set of them, opened once."""

    def __init__(self, folder: Path) -> None:
        place, centres = delivered(folder, seed=7)
        store = open_store(str(place))
        self.clients = tuple(one.client for one in centres)
        self.first, self.last = around(centres[0])
        sets = (self.clients, *((one,) for one in self.clients))
        self.houses = {some: warehouse_of(store, store.snapshot(), operator(some)) for some in sets}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(tmp_path_factory.mktemp("merge"))


def sums(house: Warehouse, names: Sequence[str], filters: Filters, by: Sequence[str] = ()) -> Sums:
    """(KPI, name of the sum) -> its numbers, added up over the cells of the question."""
    entries = [CATALOGUE[name] for name in names]
    statement = compile_questions([(Question(tuple(names), filters, tuple(by)), entries)], house.scope)
    cells: dict[str, list[list[float | None]]] = defaultdict(list)
    for row in house.query(statement.sql, statement.values).to_dicts():
        cells[row["grain"]].append(row["sums"])
    found: Sums = {}
    for grain in dict.fromkeys(entry.grain for entry in entries):
        same = [entry for entry in entries if entry.grain == grain]
        columns = [sum(number or 0.0 for number in column) for column in zip(*cells[grain], strict=True)]
        start = 0
        for name, part, width in layout(same):
            found[name, part] = columns[start : start + width] or [0.0] * width
            start += width
    return found


def additive(entry: Kpi, part: str, by: Sequence[str]) -> bool:
    """Whether this sum may be added over such a split."""
    if part in MARKS:
        return True
    if isinstance(entry.measure, Quantile):
        return part == "n"
    if entry.name == "occupancy" and set(by) & {*TIME}:
        # An agent is one cluster, whose days are no agents of their own.
        return part in ("x", "y")
    return part not in GUARDS


def differing(total: Sums, merged: Sums, by: Sequence[str]) -> Iterator[str]:
    for (name, part), numbers in total.items():
        if additive(CATALOGUE[name], part, by) and merged[name, part] != pytest.approx(numbers, rel=1e-9, abs=1e-9):
            yield f"{name} {part}: total {numbers}, merged {merged[name, part]}"


@st.composite
def filters(draw: st.DrawFn, first: date, last: date) -> Filters:
    """Any period within the data, open or closed, and any of the filters."""
    days = st.none() | st.dates(first, last)
    start, end = draw(days), draw(days)
    if start and end and start >= end:
        start, end = (end, start) if end < start else (start, start + timedelta(days=1))
    return Filters(start, end, draw(st.just(()) | st.sampled_from(WHERE)))


@settings(max_examples=16, deadline=None, derandomize=True)
@given(data=st.data())
def test_total_is_the_merge_of_any_split(centre: Asked, data: st.DataObject) -> None:
    chosen = data.draw(filters(centre.first, centre.last))
    by = data.draw(st.sampled_from(SPLITS))
    names = supported(MERGED, [*by, *(name for name, _ in chosen.where)])
    # Retention of a quarter is no sum of its months'.
    names = [name for name in names if not (isinstance(CATALOGUE[name].measure, Cohort) and set(by) & {*TIME})]
    house = centre.houses[centre.clients]
    assert not list(differing(sums(house, names, chosen), sums(house, names, chosen, by), by))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_total_is_the_merge_of_its_clients(centre: Asked, data: st.DataObject) -> None:
    chosen = data.draw(filters(centre.first, centre.last))
    names = supported(MERGED, [name for name, _ in chosen.where])
    apart = [sums(centre.houses[(one,)], names, chosen) for one in centre.clients]
    assert not list(differing(sums(centre.houses[centre.clients], names, chosen), added(apart), ("client",)))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_total_is_the_merge_of_two_halves_of_the_period(centre: Asked, data: st.DataObject) -> None:
    cut = data.draw(st.dates(centre.first + timedelta(days=1), centre.last - timedelta(days=1)))
    where = data.draw(st.just(()) | st.sampled_from(WHERE))
    # The latest answer of a customer in a period is one of its halves' two.
    names = supported(MERGED, [name for name, _ in where])
    names = [name for name in names if name != "nps_relationship" and not isinstance(CATALOGUE[name].measure, Cohort)]
    house = centre.houses[centre.clients]
    halves = [sums(house, names, Filters(*half, where)) for half in ((centre.first, cut), (cut, centre.last))]
    total = sums(house, names, Filters(centre.first, centre.last, where))
    assert not list(differing(total, added(halves), ("day",)))


def added(parts: Sequence[Sums]) -> Sums:
    return {key: [sum(numbers) for numbers in zip(*(part[key] for part in parts), strict=True)] for key in parts[0]}


def test_a_sum_that_is_off_is_noticed() -> None:
    total: Sums = {("aht", "s"): [100.0], ("aht", "n"): [2.0], ("occupancy", "n"): [3.0]}
    off = {**total, ("aht", "s"): [101.0], ("occupancy", "n"): [4.0]}
    assert len(list(differing(total, off, ("site",)))) == 2
    assert len(list(differing(total, off, ("day",)))) == 1
