"""KPIs x dimensions x Filters x Scope -> one DuckDB statement with bound parameters; pure text, executed elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from care_metrics.errors import BadRequest, UnknownName
from care_metrics.filters import Filters
from care_metrics.kpis.cohort import cohort_rows, cohort_sums, framed
from care_metrics.kpis.grains import GRAINS, Grain, require
from care_metrics.kpis.kpi import Cohort, Kpi, Quotient, Ratio
from care_metrics.kpis.parameters import Parameters
from care_metrics.kpis.periods import PERIOD, periods_together, told_apart, within
from care_metrics.kpis.question import Question
from care_metrics.kpis.sums import row_columns, sums, width
from care_metrics.schema import DIMENSIONS
from care_metrics.scope import Scope


@dataclass(frozen=True)
class Statement:
    """The SQL text as it is executed, with its bound values; `$1` is the first."""

    sql: str
    values: tuple[object, ...]


DIMENSION_SQL = {
    "day": "CAST(day AS VARCHAR)",
    "week": "CAST(CAST(date_trunc('week', day) AS DATE) AS VARCHAR)",
    "month": "strftime(day, '%Y-%m')",
}


def compile_questions(questions: Sequence[tuple[Question, Sequence[Kpi]]], scope: Scope) -> Statement:
    """One statement for all questions of a page: a SELECT for each question and grain, in rows of one shape.

    Columns: question, grain, key (the dimensions of the cell, in the order of `by`) and sums, the numbers of all
    KPIs of that grain one after the other as `layout` names them. Wide rows united by name took the planner longer
    than the query itself; and as planning takes most of the time, periods of one question share their SELECTs.
    """
    parameters = Parameters()
    selects = [
        select
        for together in periods_together([question for question, _entries in questions])
        for select in _selects(together, questions[next(iter(together))][1], scope, parameters)
    ]
    return Statement("\nUNION ALL\n".join(selects), parameters.values)


def compile_rows(entry: Kpi, filters: Filters, scope: Scope) -> Statement:
    """The rows behind a number: every row (or cluster, or customer) that the KPI's n counts, with its value."""
    parameters, grain = Parameters(), GRAINS[entry.grain]
    require(entry, tuple(name for name, _ in (*scope.bounds, *filters.where)))
    if isinstance(entry.measure, Cohort):
        inner = cohort_rows((), filters, scope, parameters)
        return Statement(
            f"SELECT client, customer_id, CAST({entry.measure.value} AS DOUBLE) AS value\nFROM (\n{inner}\n)\nWHERE retained IS NOT NULL",
            parameters.values,
        )
    inner = selected(grain, row_columns(entry), filters, scope, parameters)
    if isinstance(entry.measure, Ratio) and entry.measure.cluster:
        inner = _clustered(inner, [entry], ("client",), entry.measure.cluster, key=entry.measure.cluster)
    value, counted = _listed(entry)
    # A count's 1.0 is a decimal to the engine, and a page multiplies a row's value by floats.
    value = f"CAST({value} AS DOUBLE)"
    return Statement(
        f"SELECT {', '.join(grain.row)}, {value} AS value\nFROM (\n{inner}\n)\nWHERE {counted}", parameters.values
    )


def _listed(entry: Kpi) -> tuple[str, str]:
    name = entry.name
    kind = row_columns(entry)
    if f"{name}__v" in kind:
        return f"{name}__v", f"{name}__v IS NOT NULL"
    if f"{name}__x" in kind:
        return f"{name}__y / nullif({name}__x, 0)", f"{name}__x > 0"
    possible = [column for column in kind if column.startswith(f"{name}__x")]
    earned = [column for column in kind if column.startswith(f"{name}__y")]
    total = f"({' + '.join(possible)})"
    return f"({' + '.join(earned)}) / nullif({total}, 0)", f"{total} > 0"


def _selects(
    together: Mapping[int, Question], entries: Sequence[Kpi], scope: Scope, parameters: Parameters
) -> Iterable[str]:
    first = next(iter(together.values()))
    check_dimensions(first.by)
    for entry in entries:
        require(entry, (*first.by, *(name for name, _ in (*scope.bounds, *first.filters.where))))
    plain = [entry for entry in entries if not isinstance(entry.measure, Quotient)]
    cohorts = [entry for entry in plain if isinstance(entry.measure, Cohort)]
    for number, question in together.items() if cohorts else ():
        inner = cohort_rows(question.by, question.filters, scope, parameters)
        yield framed(number, "customer", question.by, [text for entry in cohorts for text in cohort_sums(entry)], inner)
    rest = [entry for entry in plain if entry not in cohorts]
    for name in dict.fromkeys(entry.grain for entry in rest):
        same = [entry for entry in rest if entry.grain == name]
        yield _grain_select(together, GRAINS[name], same, scope, parameters)


def _grain_select(
    together: Mapping[int, Question], grain: Grain, entries: Sequence[Kpi], scope: Scope, parameters: Parameters
) -> str:
    (number, first), *others = together.items()
    columns = {name: text for entry in entries for name, text in row_columns(entry).items()}
    dimensions = [f"{DIMENSION_SQL.get(name, name)} AS {name}" for name in first.by]
    by = (PERIOD, *first.by) if others else first.by
    periods = {name: question.filters for name, question in together.items()} if others else {}
    dimensions = [PERIOD, *dimensions] if others else dimensions
    inner = selected(grain, columns, first.filters, scope, parameters, dimensions, periods)
    clusters = {entry.measure.cluster for entry in entries if isinstance(entry.measure, Ratio)} - {None}
    if clusters:
        inner = _clustered(inner, entries, by, clusters.pop() or "")
    numbers = [text for entry in entries for text in sums(entry).values()]
    return framed(PERIOD if others else number, grain.name, first.by, numbers, inner)


def layout(entries: Iterable[Kpi]) -> list[tuple[str, str, int]]:
    """(KPI, name of the sum, how many numbers) for each place of a row's `sums`, entries of one grain in order."""
    return [(entry.name, part, width(entry, part)) for entry in entries for part in sums(entry)]


def _clustered(inner: str, entries: Sequence[Kpi], by: Sequence[str], cluster: str, key: str = "") -> str:
    """One row a cluster (an agent, whatever the number of its stretches of time), before the five sums."""
    columns = [name for entry in entries for name in row_columns(entry)]
    added = ", ".join(f"sum({name}) AS {name}" for name in columns)
    dimensions = "".join(f"{name}, " for name in by)
    named = f"{cluster}__ AS {key}, " if key else ""
    return f"SELECT {dimensions}{named}{added} FROM (\n{inner}\n) GROUP BY {dimensions}client, {cluster}__"


def selected(
    grain: Grain,
    columns: Mapping[str, str],
    filters: Filters,
    scope: Scope,
    parameters: Parameters,
    dimensions: Sequence[str] = (),
    periods: Mapping[int, Filters] | None = None,
) -> str:
    """The rows of one grain in period, filters and Scope, with the KPIs' row-level columns and the dimensions asked for.

    periods: those of several questions, to be told apart by the column PERIOD; filters is then any one of them.
    """
    as_of = parameters.bind(filters.as_of)
    period = f"{PERIOD}, " if periods else ""
    derived = f", {grain.derived.sql(period)} AS {grain.derived.name}" if grain.derived else ""
    conditions = [f"client IN ({parameters.bind_all(sorted(scope.clients))})" if scope.clients else "false"]
    conditions += within(periods or {0: filters}, parameters)
    conditions += [condition(name, values, parameters) for name, values in (*scope.bounds, *filters.where)]
    identity = [name for name in grain.row if name not in {d.rsplit(" ", 1)[-1] for d in dimensions}]
    extra = {"agent_time": ["agent_id AS agent_id__"], "cost": ["currency"]}.get(grain.name, [])
    listed = ", ".join([*dimensions, *identity, *extra, *(f"{text} AS {name}" for name, text in columns.items())])
    return (
        f"SELECT {listed}\nFROM (\n    SELECT *{derived}\n    FROM (\n"
        f"        SELECT f.*, coalesce(epoch_us(CAST({as_of} AS TIMESTAMPTZ)), epoch_us(c.data_end)) AS as_of_us{told_apart(periods or {}, parameters)}\n"
        f"        FROM {grain.view} f JOIN facts_client c USING (client)\n    )\n"
        f"    WHERE {' AND '.join(conditions)}\n)"
    )


def condition(name: str, values: Sequence[str], parameters: Parameters) -> str:
    """Equality of one dimension with any of the values; an empty value means 'not known'."""
    column = DIMENSION_SQL.get(name, name)
    known = [value for value in values if value != ""]
    parts = [f"{column} IN ({parameters.bind_all(known)})"] if known else []
    parts += [f"{column} IS NULL"] if "" in values else []
    return f"({' OR '.join(parts) or 'false'})"


def check_dimensions(names: Iterable[str]) -> None:
    """Only names of the schema reach the text of a statement, each at most once."""
    seen: set[str] = set()
    for name in names:
        if name not in DIMENSIONS:
            raise UnknownName("dimension", name, DIMENSIONS)
        if name in seen:
            raise BadRequest(f"--by {name} is given twice; name each dimension once.")
        seen.add(name)
