"""What a column and a table of the input contract are, and short ways to write them down."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "category", "text", "instant", "month", "seconds", "number", "integer", "boolean"]
DAY_S = 86_400.0


@dataclass(frozen=True)
class Column:
    """One column of the input contract.

    required: a file without the column is refused, a row without the value quarantined.
    values: the allowed ones; outside them a row is quarantined (strict) or its value invalid.
    low, high: the inclusive range of a measure; outside it the row stays and the value is invalid.
    stored: false for what is read for redaction only. free: anybody's words, redacted before they are stored.
    default: what a missing value of a key column means.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    strict: bool = False
    low: float | None = None
    high: float | None = None
    stored: bool = True
    free: bool = False
    default: str | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table; version: the columns whose latest value decides between rows of one key."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    version: tuple[str, ...] = ()
    dated_by: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns a file may bring."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file is refused."""
        return tuple(column.name for column in self.columns if column.required)


def a_id(name: str, meaning: str, required: bool = False) -> Column:
    """An identifier: a string, never a number."""
    return Column(name, "id", meaning, required)


def a_category(
    name: str, meaning: str, *values: str, required: bool = False, strict: bool = False, default: str | None = None
) -> Column:
    """One of few values, or free where none are listed."""
    return Column(name, "category", meaning, required, values, strict, default=default)


def a_instant(name: str, meaning: str, required: bool = False) -> Column:
    """A point in time, stored in UTC."""
    return Column(name, "instant", meaning, required)


def a_seconds(name: str, meaning: str, high: float | None = DAY_S) -> Column:
    """A duration; negative or over `high` is invalid."""
    return Column(name, "seconds", meaning, low=0.0, high=high)


def a_flag(name: str, meaning: str) -> Column:
    """True or false."""
    return Column(name, "boolean", meaning)


def a_number(
    name: str, meaning: str, low: float | None = None, high: float | None = None, required: bool = False
) -> Column:
    """A measure within its range."""
    return Column(name, "number", meaning, required, low=low, high=high)


def a_private(name: str, meaning: str) -> Column:
    """Read for redaction, never stored."""
    return Column(name, "text", meaning, stored=False)
