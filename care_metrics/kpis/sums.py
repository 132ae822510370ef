"""The additive sums of each kind of KPI, as DuckDB aggregates over the row-level columns of `selected`."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from care_metrics.kpis.kpi import Cohort, Composite, Count, Kpi, Mean, Quantile, Rate, Ratio

Z95 = 1.959963984540054
MARKS = ("invalid", "immature", "missing")


@cache
def row_columns(entry: Kpi) -> Mapping[str, str]:
    """Row-level columns of one KPI: its value(s) and whether the row is invalid, immature or missing.

    A mark that can never be set has no column, which halves the text that the database has to plan.
    """
    counted = _all_of(entry.where, _never(entry.immature) or f"NOT coalesce({entry.immature}, false)")
    values = {name: _when(counted, f"CAST({value} AS DOUBLE)") for name, value in _values(entry).items()}
    if isinstance(entry.measure, Count):
        values = {"v": _when(entry.where, "1.0")}
    columns = values | {
        "invalid": "" if _never(entry.invalid) else _when(entry.where, f"CAST({entry.invalid} AS INTEGER)"),
        "immature": "" if _never(entry.immature) else _when(entry.where, _open(entry)),
        "missing": _missing(entry, counted),
    }
    return MappingProxyType({f"{entry.name}__{name}": expression for name, expression in columns.items() if expression})


def _open(entry: Kpi) -> str:
    """Whether the row's window is still open; an invalid row is counted as invalid only."""
    valid = "" if _never(entry.invalid) else f" AND NOT coalesce(CAST({entry.invalid} AS INTEGER), 0) > 0"
    return f"(coalesce({entry.immature}, false){valid})::INTEGER"


def _missing(entry: Kpi, counted: str) -> str:
    if entry.missing == "0" or isinstance(entry.measure, Count):
        return ""
    if entry.missing:
        return _when(counted, f"CAST({entry.missing} AS INTEGER)")
    absent = " OR ".join(f"({value}) IS NULL" for value in _values(entry).values()) or "false"
    valid = "" if _never(entry.invalid) else f" AND NOT coalesce(CAST({entry.invalid} AS INTEGER), 0) > 0"
    return _when(counted, f"(({absent}){valid})::INTEGER")


def _never(condition: str) -> str:
    return "true" if condition == "false" else ""


def _all_of(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions if condition != "true") or "true"


def _when(condition: str, value: str) -> str:
    return value if condition == "true" else f"CASE WHEN {condition} THEN {value} END"


def _values(entry: Kpi) -> dict[str, str]:
    match entry.measure:
        case Mean(value) | Quantile(value, _):
            return {"v": value}
        case Ratio(numerator, denominator, _):
            # Half a row is no row: handle time without available time would raise occupancy.
            whole = f"({numerator}) IS NOT NULL AND ({denominator}) IS NOT NULL"
            return {"y": f"CASE WHEN {whole} THEN {numerator} END", "x": f"CASE WHEN {whole} THEN {denominator} END"}
        case Rate(numerator, denominator):
            return {"y": numerator, "x": denominator}
        case Composite(parts):
            numerators = {f"y{k}": f"coalesce({y}, 0)" for k, (y, _) in enumerate(parts)}
            return numerators | {f"x{k}": f"coalesce({x}, 0)" for k, (_, x) in enumerate(parts)}
    return {}


def sums(entry: Kpi) -> dict[str, str]:
    """Aggregates of one KPI over the cell, each a number or a list of numbers."""
    prefix, present = f"{entry.name}__", row_columns(entry)
    if isinstance(entry.measure, Cohort):
        return _kind_sums(entry)
    kind = {part: expression.replace("@", prefix) for part, expression in _kind_sums(entry).items()}
    marks = {f"n_{mark}": f"sum({prefix}{mark})" for mark in MARKS if f"{prefix}{mark}" in present}
    return kind | marks


def _kind_sums(entry: Kpi) -> dict[str, str]:
    match entry.measure:
        case Mean():
            return {"n": "count(@v)", "s": "sum(@v)", "ss": "sum(@v * @v)"}
        case Count():
            return {"n": "count(@v)"}
        case Rate():
            # Money of several currencies is not added up: the caller refuses such a cell.
            money = {"currencies": "count(DISTINCT currency)"} if entry.unit == "currency" else {}
            return {"n": "coalesce(sum(@x), 0)", "y": "sum(@y)"} | money
        case Ratio():
            return RATIO_SUMS
        case Quantile(_, q):
            return _quantile(q)
        case Composite(parts):
            return _cross_sums(len(parts))
    return {"n": "", "s": "", "ss": "", "n_invalid": ""} if isinstance(entry.measure, Cohort) else {}


# One row a cluster: n counts those with something possible; the five sums give the cluster-robust interval.
RATIO_SUMS = {
    "n": "count(*) FILTER (@x > 0)",
    "x": "sum(@x) FILTER (@x > 0)",
    "y": "sum(@y) FILTER (@x > 0)",
    "xx": "sum(@x * @x) FILTER (@x > 0)",
    "yy": "sum(@y * @y) FILTER (@x > 0)",
    "xy": "sum(@x * @y) FILTER (@x > 0)",
}


def _quantile(q: float) -> dict[str, str]:
    # Order statistics whose ranks bracket q with 95 %, normal approximation of the binomial (Conover 1999, 3.2).
    spread, ordered = f"{Z95} * sqrt(count(@v) * {q} * {1 - q})", "list_sort(list(@v) FILTER (@v IS NOT NULL))"
    return {
        "n": "count(@v)",
        "q": f"quantile_cont(@v, {q})",
        "low": f"{ordered}[greatest(1, floor(count(@v) * {q} - {spread}))::BIGINT]",
        "high": f"{ordered}[least(count(@v), ceil(count(@v) * {q} + {spread}) + 1)::BIGINT]",
    }


def _cross_sums(k: int) -> dict[str, str]:
    any_possible = " OR ".join(f"@x{j} > 0" for j in range(k))
    found = {"n": f"count(*) FILTER ({any_possible})"}
    found |= {f"{letter}": f"[{', '.join(f'sum(@{letter}{j})' for j in range(k))}]" for letter in "xy"}
    for left, right in ("xx", "yy", "yx"):
        products = (f"sum(@{left}{i} * @{right}{j})" for i in range(k) for j in range(k))
        found[left + right] = f"[{', '.join(products)}]"
    return found


def width(entry: Kpi, part: str) -> int:
    """How many numbers a sum has: one, but for the vectors and matrices of a composite."""
    if not isinstance(entry.measure, Composite):
        return 1
    k = len(entry.measure.parts)
    return {"x": k, "y": k, "xx": k * k, "yy": k * k, "yx": k * k}.get(part, 1)
