"""What somebody noted of days, as lines on every trend: of the one client looked at, and for every client."""

from datetime import date

from care_metrics.charts.trend import Mark
from care_metrics.ui.view import View


def noted_days(view: View, first: date, end: date) -> list[Mark]:
    """The annotations of days from `first` to before `end`, as far as this reader may see them."""
    return [
        Mark(one.day.isoformat(), one.text)
        for one in view.written.of(view.client).annotations
        if first <= one.day < end
    ]
