"""Numbers and dates as a reader writes them: by unit, in the reader's locale, with a true minus sign."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_skeleton

from care_metrics.kpis import Kpi
from care_metrics.ui.figures import MINUS, number, percent
from care_metrics.ui.text import _, language, noted, translated

PROPER = ("client", "site")
MISSING = "–"


@dataclass(frozen=True)
class Style:
    """How a unit is written. write: (value, digits) -> text; change_digits: decimals of a difference.

    signed: a level carries its sign, because its scale runs through zero; of: the template of a level in full;
    step: the template of a difference on a badge; told: the one in a sentence.
    """

    write: Callable[[float, int], str]
    digits: int
    change_digits: int
    signed: bool = False
    of: str = "{value}"
    step: str = "{value}"
    told: str = "{value}"


def clock(value: float, digits: int = 0) -> str:
    """Seconds as m:ss, from an hour on as h:mm:ss."""
    whole = round(abs(value))
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return MINUS + text if value < 0 and whole else text


def _hundredfold(value: float, digits: int) -> str:
    return number(100 * value, digits)


STYLES = {
    "points": Style(number, 0, 1, signed=True, step=noted("{value} pts"), told=noted("{value} points")),
    "score": Style(number, 0, 1, step=noted("{value} pts"), told=noted("{value} points")),
    "fraction": Style(percent, 1, 1, step=noted("{value} pts"), told=noted("{value} percentage points")),
    "seconds": Style(clock, 0, 0, step=noted("{value} s"), told=noted("{value} seconds")),
    "valence": Style(number, 2, 2, signed=True),
    "scale_7": Style(number, 2, 2, of=noted("{value} of 7")),
    "scale_5": Style(number, 2, 2, of=noted("{value} of 5")),
    "contacts": Style(number, 0, 0),
    "currency": Style(number, 2, 2),
}
PLAIN = Style(number, 2, 2)


def style(unit: str) -> Style:
    """How the unit is written; an unknown one as a plain number."""
    return STYLES.get(unit, PLAIN)


def bare(value: float | None, unit: str) -> str:
    """The level without its scale: 5.61, +40, 6:42; a dash where there is none."""
    if value is None:
        return MISSING
    how = style(unit)
    return (_sign(value, how.write(value, how.digits)) if how.signed else "") + how.write(value, how.digits)


def level(value: float | None, unit: str) -> str:
    """The level in full: 5.61 of 7."""
    return MISSING if value is None else translated(style(unit).of).format(value=bare(value, unit))


def scale(unit: str) -> str:
    """What stands behind the bare level: of 7, of 5, or nothing."""
    return translated(style(unit).of).format(value="").strip()


def step(value: float | None, unit: str) -> str:
    """A difference with its sign and unit: +6.2 points, -22 s."""
    return MISSING if value is None else translated(style(unit).step).format(value=_step(value, unit))


def size(value: float, unit: str) -> str:
    """A difference without its sign, for sentences whose verb tells the direction."""
    return translated(style(unit).told).format(value=_step(abs(value), unit).lstrip("+"))


def _step(value: float, unit: str) -> str:
    how = style(unit)
    write = {"fraction": _hundredfold, "seconds": number}.get(unit, how.write)
    text = write(value, how.change_digits)
    return _sign(value, text) + text


def _sign(value: float, text: str) -> str:
    """A plus for what is above zero and does not round to it; the minus is in the text already."""
    return "+" if value > 0 and any(digit in text for digit in "123456789") else ""


def interval(low: float | None, high: float | None, unit: str) -> str:
    """The 95 % interval of a level, empty where it is undefined."""
    if low is None or high is None:
        return ""
    return _("{low} to {high}").format(low=bare(low, unit), high=bare(high, unit))


def step_interval(low: float | None, high: float | None, unit: str) -> str:
    """The 95 % interval of a difference, empty where it is undefined."""
    if low is None or high is None:
        return ""
    between = _("{low} to {high}").format(low=_step(low, unit), high=_step(high, unit))
    return translated(style(unit).step).format(value=between)


def day(value: date) -> str:
    """4 Aug 2026."""
    return format_date(value, "d MMM y", locale=language())


def short_day(value: date) -> str:
    """4 Aug."""
    return format_date(value, "d MMM", locale=language())


def month(value: date) -> str:
    """August 2026."""
    return format_skeleton("yMMMM", value, locale=language())


def short_month(value: date) -> str:
    """Aug 2026."""
    return format_skeleton("yMMM", value, locale=language())


def moment(value: datetime) -> str:
    """4 Aug 2026, 16:40."""
    return format_datetime(value, "d MMM y, HH:mm", locale=language())


def short_moment(value: datetime) -> str:
    """4 Aug, 16:40."""
    return format_datetime(value, "d MMM, HH:mm", locale=language())


def row_value(value: float | None, kpi: Kpi) -> str:
    """One row's share in a KPI: yes or no for a rate, else its value in the KPI's unit."""
    if value is None:
        return MISSING
    if kpi.unit == "fraction" and value in (0, 1):
        return _("yes") if value else _("no")
    if kpi.unit == "points":
        return _("promoter") if value > 0 else _("detractor") if value < 0 else _("passive")
    return bare(value * kpi.scale, kpi.unit)


def days(start: date, last: date) -> str:
    """A period by its first and last day."""
    return _("{start} to {last}").format(start=day(start), last=day(last))


def labels(dimension: str, values: Iterable[str]) -> dict[str, str]:
    """Names out of the data, readable; as they are where two would look alike."""
    names = {value: named(dimension, value) for value in values}
    seen = Counter(names.values())
    return {value: text if seen[text] == 1 else value for value, text in names.items()}


def neat(value: str) -> str:
    """One name out of the data, readable; where names are chosen from, use `labels`."""
    spaced = " ".join(value.replace("_", " ").split())
    return spaced[:1].upper() + spaced[1:]


def proper(value: str) -> str:
    """The name of a client or site: each word with a large letter."""
    return " ".join(neat(word) for word in value.replace("_", " ").split())


def named(dimension: str, value: str) -> str:
    """A value of a dimension as it is read: clients and sites are proper names."""
    return proper(value) if dimension in PROPER else neat(value)
