"""Traps: lost rows, tokens outside every window, budgets overrun, memory errors swallowed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.models.batches import by_length, halving, unique_pairs, window_size

LENGTHS = st.lists(st.integers(1, 600), max_size=60)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), max_size=30))
def test_every_row_finds_its_pair_again(rows):
    unique = unique_pairs([text for text, _ in rows], [turn for _, turn in rows])
    assert [(unique.texts[i], unique.previous[i]) for i in unique.of_row] == rows
    assert len(set(zip(unique.texts, unique.previous, strict=True))) == len(unique.texts)


@given(LENGTHS, st.integers(1, 2048))
def test_batches_hold_each_row_once_within_the_budget(lengths, budget):
    batches = by_length(lengths, budget)
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= budget


@given(st.integers(0, 5000), st.integers(1, 300))
def test_windows_are_few_and_cover_all_tokens(length, limit):
    size = window_size(length, limit)
    assert 1 <= size <= limit
    assert -(-length // size) == -(-length // limit)


def test_a_batch_too_large_for_memory_is_halved_in_order():
    tried = []

    def compute(batch):
        tried.append(len(batch))
        if len(batch) > 2:
            raise RuntimeError("CUDA out of memory. Tried to allocate")
        return np.array(batch, float)

    assert halving(compute, [5, 3, 9, 1, 7]).tolist() == [5, 3, 9, 1, 7]
    assert tried == [5, 2, 3, 1, 2]


def test_one_row_too_large_for_memory_raises():
    def compute(batch):
        raise MemoryError

    with pytest.raises(MemoryError):
        halving(compute, [1, 2])


def test_another_error_is_not_taken_for_memory():
    calls = []

    def compute(batch):
        calls.append(batch)
        raise RuntimeError("shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="shapes"):
        halving(compute, [1, 2])
    assert calls == [[1, 2]]
