import numpy as np
import pytest

from care_metrics.statistics.sampling import by_weight, inclusion_probabilities, per_group
from care_metrics.statistics.weights import weighted_mean

AGENTS = ["a"] * 40 + ["b"] * 10 + ["c"] * 2


def test_the_same_seed_draws_the_same_rows_and_another_one_others():
    first, again, other = (per_group(AGENTS, 4, seed)[0].tolist() for seed in (7, 7, 8))
    assert first == again
    assert first != other
    weights = np.arange(1, 53)
    assert by_weight(weights, 9, 7)[0].tolist() == by_weight(weights, 9, 7)[0].tolist()


def test_each_agent_gives_as_many_and_one_with_fewer_gives_all():
    rows, chances = per_group(AGENTS, 4, 1)
    assert [sum(AGENTS[row] == agent for row in rows) for agent in "abc"] == [4, 4, 2]
    assert dict(zip((AGENTS[row] for row in rows), chances, strict=True)) == {"a": 0.1, "b": 0.4, "c": 1.0}


def test_chances_follow_the_weights_and_none_passes_one():
    # By hand: 3 of (10, 1, 1, 1, 1): the first is certain, the other two are shared by four.
    assert inclusion_probabilities([10, 1, 1, 1, 1], 3).tolist() == [1, 0.5, 0.5, 0.5, 0.5]
    assert inclusion_probabilities([2, 1, 1], 2).tolist() == [1, 0.5, 0.5]
    assert inclusion_probabilities([5, 1], 3).tolist() == [1, 1]


@pytest.mark.parametrize("size", [1, 7, 30, 51])
def test_a_risk_sample_has_the_size_asked_for_and_no_row_twice(size):
    weights = 1 + np.arange(52) % 6
    for seed in range(200):
        rows, chances = by_weight(weights, size, seed)
        assert len(rows) == len(set(rows.tolist())) == len(chances) == size


def test_every_row_is_drawn_as_often_as_its_chance_says():
    weights = 1 + np.arange(30) % 6
    counts = np.zeros(30)
    for seed in range(4_000):
        counts[by_weight(weights, 8, seed)[0]] += 1
    chances = inclusion_probabilities(weights, 8)
    error = np.sqrt(chances * (1 - chances) / 4_000)
    assert np.all(np.abs(counts / 4_000 - chances) < 4.5 * error)


@pytest.mark.parametrize("kind", ["random", "risk"])
def test_weighted_by_their_chances_the_drawn_rows_speak_for_all(kind):
    """Bad contacts are drawn more often, and agents with few contacts too: the plain mean of the sample is far off."""
    rng = np.random.default_rng(0)
    risk = rng.integers(1, 7, 600)
    groups = np.repeat(["a", "b"], [500, 100])
    y = np.where(groups == "a", 0.2, -0.6) - 0.1 * risk + rng.normal(0, 0.1, 600)
    plain, weighted = [], []
    for seed in range(1_500):
        rows, chances = per_group(groups, 30, seed) if kind == "random" else by_weight(risk, 60, seed)
        plain.append(y[rows].mean())
        weighted.append(weighted_mean(y[rows], 1 / chances)[0])
    error = np.std(weighted) / np.sqrt(len(weighted))
    # A ratio of two estimates has a bias of the order 1 / n, here well below 0.005.
    assert np.mean(weighted) == pytest.approx(y.mean(), abs=4 * error + 0.002)
    assert abs(np.mean(plain) - y.mean()) > 0.05
