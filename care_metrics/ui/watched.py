"""The part of a view whose outcomes are all known: what the change of a pillar is told over."""

from dataclasses import replace
from datetime import timedelta

from care_metrics.ui.view import View

# As long as outcomes are watched (re-opened, checked in): what is younger lacks some of its opportunities.
WATCHED = timedelta(days=7)


def watched(view: View) -> View | None:
    """The view without the last days, whose outcomes are still watched, on both sides; None without a comparison.

    They lack what is judged after 7 days, and a score of other items is no change of care. None too while transcripts
    wait for the behaviours model, which reads the newest first: the period before would lack its evidence from text.
    """
    end = min(view.now.end or view.data.end, view.data.end - WATCHED)
    cut = (view.now.end or view.data.end) - end
    if view.waiting or view.before is None or view.before.end is None or view.before.start is None:
        return None
    start, before_end = view.now.start or view.data.first, view.before.end - cut
    if end <= start or before_end <= view.before.start:
        return None
    return replace(view, now=view.now.during(start, end), before=view.before.during(view.before.start, before_end))
