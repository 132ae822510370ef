import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space

from care_metrics.statistics.suppression import suppressed


def hidden_of(counts, min_n=10):
    keys = [key if isinstance(key, tuple) else (key,) for key in counts]
    return {key for key, hide in zip(counts, suppressed(keys, list(counts.values()), min_n), strict=True) if hide}


def by_dimension(counts, dim):
    totals = {}
    for key, n in counts.items():
        totals[key[dim]] = totals.get(key[dim], 0) + n
    return totals


def test_nothing_is_hidden_when_every_cell_is_large():
    assert hidden_of({"bogota": 40, "cebu": 30, "leeds": 10}) == set()


def test_a_second_site_goes_with_a_single_small_one():
    # 100 in all and 60 + 36 shown would give 4 away.
    assert hidden_of({"bogota": 60, "cebu": 36, "leeds": 4}) == {"leeds", "cebu"}


def test_two_small_cells_with_a_joint_n_below_the_minimum_take_a_third():
    assert hidden_of({"a": 3, "b": 4, "c": 20, "d": 50}) == {"a", "b", "c"}


def test_two_small_cells_with_a_joint_n_at_the_minimum_protect_each_other():
    assert hidden_of({"a": 6, "b": 4, "c": 20}) == {"a", "b"}


def test_all_is_hidden_when_the_total_itself_is_small():
    assert hidden_of({"a": 3, "b": 4}) == {"a", "b"}


def test_an_empty_cell_is_no_secret_and_no_shield():
    assert hidden_of({"a": 0, "b": 4, "c": 20, "d": 30}) == {"b", "c"}


def test_a_missing_group_key_is_a_group_like_any_other():
    assert hidden_of({None: 4, "a": 20, "b": 30}) == {None, "a"}


def test_a_two_way_table_hides_a_rectangle():
    counts = {("a", "voice"): 4, ("a", "chat"): 30, ("b", "voice"): 40, ("b", "chat"): 50, ("c", "voice"): 60}
    counts |= {("c", "chat"): 70}
    assert hidden_of(counts) == {("a", "voice"), ("a", "chat"), ("b", "voice"), ("b", "chat")}


def test_a_cell_that_its_own_total_repeats_is_no_shield():
    # b has voice only: its shown total says 20 whether or not the cell is hidden.
    counts = {("a", "voice"): 4, ("a", "chat"): 50, ("b", "voice"): 20, ("c", "voice"): 30, ("c", "chat"): 40}
    assert hidden_of(counts) == set(counts) - {("b", "voice")}


def test_a_total_hidden_in_its_own_table_does_not_reappear_as_a_sum():
    # By site: leeds (5) hides, and takes cebu (20) with it; both channels of cebu together would give 20 back.
    counts = {("leeds", "voice"): 5, ("cebu", "voice"): 10, ("cebu", "chat"): 10, ("bogota", "voice"): 50}
    counts |= {("bogota", "chat"): 60}
    hidden = hidden_of(counts)
    assert hidden_of(by_dimension(counts, 0)) == {"leeds", "cebu"}
    assert ("leeds", "voice") in hidden
    assert {("cebu", "voice"), ("cebu", "chat")} & hidden


def test_no_rows_no_mask():
    assert suppressed([], [], 10).shape == (0,)


def test_row_order_changes_nothing():
    counts = {"a": 3, "b": 20, "c": 20, "d": 20}
    assert hidden_of(counts) == hidden_of(dict(reversed(counts.items())))


def recoverable(counts, hidden, hidden_totals):
    """Unknown cells of a table (one or two dimensions, each by its own index) fixed by what is shown."""
    cells = [key for key in counts if counts[key] > 0]
    totals = [key for key in hidden_totals if hidden_totals[key] is not None]
    unknown = [("cell", key) for key in cells if key in hidden] + [
        ("total", key) for key in totals if hidden_totals[key]
    ]
    if not unknown:
        return set()
    rows = []
    for total in totals:
        row = [float(total in enumerate(u)) if kind == "cell" else -float(u == total) for kind, u in unknown]
        rows.append(row)
    for dim in {dim for dim, _ in totals}:  # the totals of each dimension add up to the shown grand total
        rows.append([float(kind == "total" and u[0] == dim) for kind, u in unknown])
    if not totals:
        rows = [[1.0] * len(unknown)]
    free = null_space(np.array(rows))
    fixed = np.abs(free).max(axis=1, initial=0) < 1e-9
    return {u for (kind, u), f in zip(unknown, fixed, strict=True) if f and kind == "cell"}


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_no_hidden_row_of_one_table_is_recoverable(ns):
    counts = dict(enumerate(ns))
    hidden = hidden_of(counts)
    assert {key for key, n in counts.items() if 0 < n < 10} <= hidden
    if sum(ns) >= 10:
        assert not recoverable(counts, hidden, {})
        assert not hidden or sum(counts[key] for key in hidden) >= 10


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_no_hidden_cell_of_a_two_way_table_is_recoverable(rows, columns, data):
    ns = data.draw(st.lists(st.integers(1, 60), min_size=rows * columns, max_size=rows * columns))
    counts = {(i // columns, i % columns): n for i, n in enumerate(ns)}
    hidden = hidden_of(counts)
    assert {key for key, n in counts.items() if n < 10} <= hidden
    if sum(ns) < 10:
        return
    hidden_totals = {}
    for dim in (0, 1):
        own = by_dimension(counts, dim)
        hidden_totals |= {(dim, key): key in hidden_of(own) for key in own}
    assert not recoverable(counts, hidden, hidden_totals)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=9, max_size=9))
def test_a_table_with_gaps_leaks_only_when_everything_is_hidden_already(ns):
    counts = {(i // 3, i % 3): n for i, n in enumerate(ns)}
    hidden = hidden_of(counts)
    if sum(ns) < 10:
        return
    hidden_totals = {}
    for dim in (0, 1):
        own = by_dimension(counts, dim)
        hidden_totals |= {(dim, key): key in hidden_of(own) if own[key] else None for key in own}
    small = {key for key, n in counts.items() if 0 < n < 10}
    leaks = recoverable(counts, hidden, hidden_totals) & small
    repeated = {k for k in counts if any(sum(counts[c] > 0 for c in counts if c[d] == k[d]) == 1 for d in (0, 1))}
    assert not leaks or {key for key, n in counts.items() if n} <= hidden | repeated


@pytest.mark.parametrize("rows", [500])
def test_a_long_table_takes_milliseconds(rows):
    rng = np.random.default_rng(1)
    keys = [(f"site {i % 10}", f"day {i // 10}") for i in range(rows)]
    start = time.perf_counter()
    suppressed(keys, rng.integers(0, 60, rows).tolist(), 10)
    assert time.perf_counter() - start < 1.0
