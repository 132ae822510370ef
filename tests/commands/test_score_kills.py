"""Trap: a killed scorer whose next run loses turns, scores some twice, or ends elsewhere than an unbroken run."""

from tests.faults.score_kills import main


def test_killed_runs_end_like_an_unbroken_one() -> None:
    """Two kills of a small export; tests/faults/score_kills.py does many."""
    assert main(kills=2, seed=3, contacts=30) == 0
