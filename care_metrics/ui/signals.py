"""Which of many tested changes may be called clear, so that a page without effects seldom claims one."""

from collections.abc import Sequence

from care_metrics.statistics.multiple import FALSE_DISCOVERY_RATE

# A page makes two kinds of claims, of its totals and of places; half the rate each, so that a page over data in which
# nothing changed claims something at most one time in twenty.
EACH = FALSE_DISCOVERY_RATE / 2


def told_apart(p_values: Sequence[float | None], rate: float = FALSE_DISCOVERY_RATE) -> list[bool]:
    """Step-up rule: clear up to the largest k with p(k) <= rate k / m; an unknown p is no test.

    From: Benjamini and Hochberg 1995, JRSS B 57.
    """
    known = sorted(p for p in p_values if p is not None)
    passed = [p for rank, p in enumerate(known, start=1) if p <= rate * rank / len(known)]
    limit = max(passed, default=-1.0)
    return [p is not None and p <= limit for p in p_values]
