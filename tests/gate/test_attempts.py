"""The short form of the random attempts at the gate; `make faults` makes 100,000."""

from care_metrics.store import Store
from care_metrics.ui import cached
from tests.gate.attempts import leaks


def test_no_attempt_of_200_sees_what_is_not_its_readers(centre: Store) -> None:
    cached._house.clear()
    assert list(leaks(centre, 200, seed=7)) == []
