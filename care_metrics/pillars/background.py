"""What is learnt from all legs of a client, though they be read part by part."""

from collections.abc import Callable, Iterable

from care_metrics.pillars import done, follow_on
from care_metrics.pillars.records import Background, Records, latest


def learnt(parts: Callable[[], Iterable[Records]]) -> Background:
    """The background of a client whose records come in parts of whole matters, gone through several times."""
    end = max(filter(None, (latest(part.legs) for part in parts())), default=None)
    return Background(end, follow_on.learnt(parts, end), done.habits(parts()))
