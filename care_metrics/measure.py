"""KPIs x dimensions x Filters x Scope -> tidy frames: value, interval, n and state of every cell."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from care_metrics.errors import BadRequest, UnknownName
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE, PARTS, Kpi, kpi
from care_metrics.kpis.compiler import Question, Statement, compile_questions, compile_rows, layout
from care_metrics.kpis.kpi import Quotient
from care_metrics.measured import ESTIMATES, Cells, sums_column
from care_metrics.scope import Scope
from care_metrics.states import hidden_from_clients, nullable, with_state
from care_metrics.warehouse import Warehouse

COUNTS = ("n", "n_invalid", "n_missing", "n_immature")
COLUMNS = ("kpi", "label", "family", "unit", "better")
OUTCOME = ("value", "low", "high", *COUNTS, "state", "sums")


def measure(
    house: Warehouse,
    scope: Scope,
    names: Sequence[str],
    filters: Filters,
    by: Sequence[str] = (),
    min_n: int | None = None,
) -> pl.DataFrame:
    """One row a KPI and cell: kpi, label, family, unit, better, the dimensions of `by`, then OUTCOME.

    sums: what care_metrics.changes tests a change with.
    value, low, high are null where suppressed or without data; state is ok, low_n, suppressed or no_data.
    min_n overrides each KPI's own. Without `by` exactly one row per KPI asked for.
    """
    return measure_all(house, scope, [Question(tuple(names), filters, tuple(by))], min_n)[0]


def measure_all(
    house: Warehouse, scope: Scope, questions: Sequence[Question], min_n: int | None = None
) -> list[pl.DataFrame]:
    """Answers to all questions of a page, from one statement; each frame as `measure` describes."""
    asked = [(question, _with_parts(question, scope)) for question in questions]
    statement = compile_questions(asked, scope)
    raw = house.query(statement.sql, statement.values)
    frames = []
    for number, (question, entries) in enumerate(asked):
        rows = raw.filter(pl.col("question") == number)
        plain = [entry for entry in entries if not isinstance(entry.measure, Quotient)]
        cells = _unpacked(rows, plain, question.by)
        _refuse_mixed_currencies(cells)
        asked_for = [kpi(name) for name in question.names]
        found = [_estimated(entry, place, cells, question.by) for place, entry in enumerate(asked_for)]
        frames.append(_outcome(found, asked_for, question.by, min_n, house.n_contacts > 0, scope))
    return frames


def statement_of(scope: Scope, question: Question) -> Statement:
    """The SQL that answers a question, exactly as `measure_all` runs it."""
    return compile_questions([(question, _with_parts(question, scope))], scope)


def rows_statement(scope: Scope, name: str, filters: Filters) -> Statement:
    """The statement that lists the rows behind a KPI's n: the columns that name a row, and `value`."""
    entry = allowed(name, scope)
    if isinstance(entry.measure, Quotient):
        entry = kpi(entry.measure.numerator)
    return compile_rows(entry, filters, scope)


def allowed(name: str, scope: Scope) -> Kpi:
    """The KPI of that name, if this reader may see it."""
    entry = CATALOGUE.get(name) or PARTS.get(name)
    if entry is None or not _theirs(entry, scope):
        # To a client reader an internal KPI does not exist: not as a refusal, and not as what was perhaps meant.
        raise UnknownName("KPI", name, [other.name for other in CATALOGUE.values() if _theirs(other, scope)])
    return entry


def _theirs(entry: Kpi, scope: Scope) -> bool:
    return scope.audience == "internal" or entry.audience == "client"


def _with_parts(question: Question, scope: Scope) -> list[Kpi]:
    """The KPIs asked for and those that a quotient among them is made of, each once."""
    entries: dict[str, Kpi] = {}
    for name in question.names:
        entry = allowed(name, scope)
        entries[name] = entry
        if isinstance(entry.measure, Quotient):
            for part in (entry.measure.numerator, entry.measure.denominator):
                entries.setdefault(part, kpi(part))
    return list(entries.values())


def _unpacked(rows: pl.DataFrame, entries: Sequence[Kpi], by: Sequence[str]) -> dict[str, pl.DataFrame]:
    """KPI -> its cells: the dimensions and one column a sum (a list column for the sums of a composite)."""
    found: dict[str, pl.DataFrame] = {}
    for grain in dict.fromkeys(entry.grain for entry in entries):
        same = [entry for entry in entries if entry.grain == grain]
        here = rows.filter(pl.col("grain") == grain)
        key = [here["key"].list.get(place).alias(name) for place, name in enumerate(by)]
        # Once to Python: a column taken by an expression each costs more than the query where the cells are few.
        sums = here["sums"].to_list()
        start, columns = 0, {entry.name: list(key) for entry in same}
        for name, part, size in layout(same):
            if size == 1:
                one = pl.Series(part, [row[start] for row in sums], dtype=pl.Float64)
            else:
                one = pl.Series(part, [row[start : start + size] for row in sums], dtype=pl.List(pl.Float64))
            columns[name].append(one)
            start += size
        found |= {name: pl.DataFrame(series) for name, series in columns.items()}
    return found


def _estimated(entry: Kpi, place: int, cells: dict[str, pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """One row a cell: place (of the KPI among those asked for), the dimensions, counts, value, low, high and sums."""
    sums = _quotient_sums(entry, cells, by) if isinstance(entry.measure, Quotient) else cells[entry.name]
    if sums.is_empty() and not by:
        sums = pl.DataFrame({"n": [0]})
    found = Cells(sums)
    value, low, high = ESTIMATES[type(entry.measure)](entry, found)
    return pl.DataFrame(
        [
            pl.Series("place", [place] * sums.height, dtype=pl.Int64),
            *(sums[name] for name in by),
            *(found.count(name) for name in COUNTS),
            nullable("value", value),
            nullable("low", low),
            nullable("high", high),
            sums_column(entry, found),
        ]
    )


def _outcome(
    found: Sequence[pl.DataFrame],
    entries: Sequence[Kpi],
    by: Sequence[str],
    min_n: int | None,
    holds_contacts: bool,
    scope: Scope,
) -> pl.DataFrame:
    """The KPIs under each other, with names and states; cells of which nothing is known are left out."""
    if not entries:
        return pl.DataFrame()
    frame = with_state(pl.concat(found, how="vertical_relaxed"), entries, min_n, holds_contacts)
    known = pl.col("n") + pl.col("n_invalid") + pl.col("n_missing") + pl.col("n_immature") > 0
    frame = frame.filter(known).sort("place", *by, nulls_last=True) if by else frame
    if scope.audience == "client":
        parts = [hidden_from_clients(frame.filter(pl.col("place") == k), by, e.min_n) for k, e in enumerate(entries)]
        frame = pl.concat(parts, how="vertical_relaxed")
    attributes = (("name" if column == "kpi" else column) for column in COLUMNS)
    names = pl.DataFrame(
        {
            column: [getattr(e, attribute) for e in entries]
            for column, attribute in zip(COLUMNS, attributes, strict=True)
        }
    )
    return pl.concat([names[frame["place"]], frame.select(*by, *OUTCOME)], how="horizontal")


def _quotient_sums(entry: Kpi, cells: dict[str, pl.DataFrame], by: Sequence[str]) -> pl.DataFrame:
    """The numerator's cells with both sides' values; without a denominator a cell has no value but keeps its counts."""
    assert isinstance(entry.measure, Quotient)
    top, bottom = (
        _valued(cells[name], name, side)
        for side, name in (("top", entry.measure.numerator), ("bottom", entry.measure.denominator))
    )
    if top.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(by, pl.String()) | {"n": pl.Int64()})
    if bottom.is_empty():
        return top.with_columns(bottom=pl.lit(None, pl.Float64))
    if not by:
        return top.with_columns(bottom["bottom"])
    return top.join(bottom.select(*by, "bottom"), on=list(by), how="left", nulls_equal=True)


def _valued(sums: pl.DataFrame, name: str, side: str) -> pl.DataFrame:
    if sums.is_empty():
        return sums
    counted = sums.with_columns(sums[name].cast(pl.Int64).fill_null(0) for name in COUNTS if name in sums.columns)
    value, _, _ = ESTIMATES[type(kpi(name).measure)](kpi(name), Cells(counted))
    return counted.with_columns(nullable(side, value))


def _refuse_mixed_currencies(cells: dict[str, pl.DataFrame]) -> None:
    for name, frame in cells.items():
        mixed = frame.filter(pl.col("currencies") > 1) if "currencies" in frame.columns else frame.clear()
        if mixed.height:
            raise BadRequest(
                f"{name} would add costs of {mixed['currencies'][0]:.0f} currencies; "
                "narrow the question to clients of one currency with --client, or split it with --by client."
            )


def supported(names: Sequence[str], dimensions: Sequence[str]) -> list[str]:
    """Those of the KPIs that can be split and filtered by all these dimensions."""
    from care_metrics.kpis.grains import unsupported

    return [name for name in names if not unsupported(kpi(name), tuple(dimensions))]


def previous_question(question: Question) -> Question | None:
    """The same question over the period just before."""
    before = question.filters.previous()
    return None if before is None else replace(question, filters=before)
