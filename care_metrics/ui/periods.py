"""Which days a period and its comparison mean, counted back from the end of the data; pure, half-open dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from care_metrics.ui.text import noted

Span = tuple[date, date]
ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
WEEKS = 13


@dataclass(frozen=True)
class Data:
    """first: the first day with data; end: the day after the last."""

    first: date
    end: date


@dataclass(frozen=True)
class Period:
    """code: its name in a link; span: its days; before: the period of the same kind just before, if there is one."""

    code: str
    label: str
    span: Callable[[Data], Span]
    before: Callable[[Span], Span] = lambda span: (span[0] - (span[1] - span[0]), span[0])


def _last(days: int) -> Callable[[Data], Span]:
    return lambda data: (data.end - timedelta(days=days), data.end)


def _months_back(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month where it is shorter."""
    month = day.year * 12 + day.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    next_first = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


def _full_quarter(data: Data) -> Span:
    """The latest calendar quarter that the data cover to its last day."""
    end = date(data.end.year, (data.end.month - 1) // 3 * 3 + 1, 1)
    return _months_back(end, 3), end


def _quarter_before(span: Span) -> Span:
    return _months_back(span[0], 3), span[0]


def _year_before(span: Span) -> Span:
    return _months_back(span[0], 12), _months_back(span[1], 12)


PERIODS = (
    Period("30d", noted("Last 30 days"), _last(30)),
    Period("90d", noted("Last 90 days"), _last(90)),
    Period("quarter", noted("Last full quarter"), _full_quarter, _quarter_before),
    Period("12m", noted("Last 12 months"), lambda data: (_months_back(data.end, 12), data.end), _year_before),
    Period("all", noted("All data"), lambda data: (data.first, data.end)),
    Period("custom", noted("Own dates"), lambda data: (data.end - timedelta(days=90), data.end)),
)
DEFAULT_PERIOD = "90d"
COMPARISONS = {
    "previous": noted("Previous period"),
    "year": noted("A year before"),
    "none": noted("No comparison"),
}
DEFAULT_COMPARISON = "previous"


def period(code: str) -> Period:
    """The period of that code."""
    return next(row for row in PERIODS if row.code == code)


def span_of(code: str, data: Data, own: Span | None = None) -> Span:
    """The days of a period, no earlier than the data; own: the reader's dates for 'custom'."""
    if code == "custom" and own:
        return own
    start, end = period(code).span(data)
    return (max(start, data.first), end) if end > data.first else (data.first, data.end)


def compared(code: str, span: Span, how: str, data: Data) -> Span | None:
    """The days to compare with, or None where none is asked for or the data do not reach back over all of them."""
    if how == "none":
        return None
    before = _year_before(span) if how == "year" else period(code).before(span)
    return before if before[0] >= data.first else None


def weeks(span: Span, count: int = WEEKS) -> Span:
    """The last `count` full weeks, Monday to Monday, up to the end of a span."""
    monday = span[1] - timedelta(days=span[1].weekday())
    return monday - count * WEEK, monday
