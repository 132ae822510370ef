"""Retention and churn: who was a customer at a period's start, and who of them still is at its end."""

from collections.abc import Sequence

from care_metrics.filters import Filters
from care_metrics.kpis.kpi import Cohort, Kpi
from care_metrics.kpis.parameters import Parameters
from care_metrics.schema import TIME_DIMENSIONS
from care_metrics.scope import Scope


def cohort_sums(entry: Kpi) -> tuple[str, ...]:
    """n, sum and sum of squares over the customers active at the start, and the memberships whose end is invalid."""
    assert isinstance(entry.measure, Cohort)
    value = entry.measure.value
    return f"count({value})", f"sum({value})", f"sum(({value}) * ({value}))", "sum(end_unknown)"


def framed(number: int | str, grain: str, by: Sequence[str], numbers: Sequence[str], inner: str) -> str:
    """One SELECT of the statement: the cell's key and its numbers as one flat list of doubles.

    number: of the question, or the column that holds it.
    """
    key = f"[{', '.join(by)}]" if by else "CAST([] AS VARCHAR[])"
    listed = ",\n        ".join(f"[{text}]" if not text.startswith("[") else text for text in numbers)
    cells = [*([number] if isinstance(number, str) else []), *by]
    group = f"\nGROUP BY {', '.join(cells)}" if cells else ""
    return (
        f"SELECT\n    {number} AS question,\n    '{grain}' AS grain,\n    {key} AS key,\n"
        f"    CAST(flatten([\n        {listed}\n    ]) AS DOUBLE[]) AS sums\nFROM (\n{inner}\n){group}"
    )


def cohort_rows(by: Sequence[str], filters: Filters, scope: Scope, parameters: Parameters) -> str:
    """One row a customer active at a bucket's start, with `retained` 0 or 1 and the dimensions asked for.

    And one a membership begun by then whose end is invalid, with `end_unknown` 1: it neither stays nor leaves.
    """
    time = [name for name in by if name in TIME_DIMENSIONS]
    where = (*scope.bounds, *filters.where)
    filtered = [name for name, _ in where]
    kept = [name for name in dict.fromkeys((*by, *filtered)) if name not in (*TIME_DIMENSIONS, "client")]
    # Of overlapping memberships of one customer the latest gives the dimensions; a customer counts once.
    dimensions = "".join(
        f",\n        arg_max_null(f.{name}, f.start_at) FILTER ({_active('t0')}) AS {name}" for name in kept
    )
    own = "".join(f", f.{name}" for name in kept)
    labels = "".join(f", b.{name}" for name in time)
    known = f"f.client IN ({parameters.bind_all(sorted(scope.clients))})" if scope.clients else "false"
    conditions = "".join(f" AND {_condition(name, values, parameters)}" for name, values in where)
    return f"""WITH span AS (
    SELECT f.client, any_value(c.timezone) AS zone,
        coalesce({_midnight("any_value(c.timezone)", parameters.bind(filters.start))}, min(f.start_at)) AS t0,
        coalesce({_midnight("any_value(c.timezone)", parameters.bind(filters.end))}, any_value(c.data_end)) AS t1
    FROM facts_customer f JOIN facts_client c USING (client)
    WHERE {known}
    GROUP BY f.client
),
buckets AS ({_buckets(time)}),
judged AS (
    SELECT f.client, f.customer_id{labels},
        bool_or({_active("t0")}) AS started, bool_or({_active("t1")})::INTEGER AS retained, 0 AS end_unknown{dimensions}
    FROM facts_customer f JOIN buckets b ON b.client = f.client
    GROUP BY f.client, f.customer_id, b.t0{labels}
    HAVING started
    UNION ALL
    SELECT f.client, f.customer_id{labels}, false, NULL, 1{own}
    FROM facts_customer f JOIN buckets b ON b.client = f.client
    WHERE f.end_invalid AND f.start_at <= b.t0
)
SELECT * FROM judged WHERE true{conditions}"""


def _active(instant: str) -> str:
    return f"NOT f.end_invalid AND f.start_at <= b.{instant} AND (f.end_at IS NULL OR f.end_at > b.{instant})"


def _midnight(zone: str, day: str) -> str:
    """The first instant of a local day: where clocks go back at midnight there are two, and DuckDB takes the second."""
    stamp = f"CAST({day} AS TIMESTAMP)"
    late = f"timezone({zone}, {stamp})"
    early = f"{late} - INTERVAL 1 HOUR"
    return f"CASE WHEN timezone({zone}, {early}) = {stamp} THEN {early} ELSE {late} END"


def _condition(name: str, values: Sequence[str], parameters: Parameters) -> str:
    known = parameters.bind_all([value for value in values if value]) or "NULL"
    return f"({name} IN ({known})" + (f" OR {name} IS NULL)" if "" in values else ")")


def _buckets(time: Sequence[str]) -> str:
    if not time:
        return "SELECT client, t0, t1 FROM span WHERE t0 < t1"
    finest = next(name for name in TIME_DIMENSIONS if name in time)
    labels = ", ".join(f"{_label(name)} AS {name}" for name in time)
    return f"""
    SELECT client, {labels},
        greatest(t0, {_midnight("zone", "b")}) AS t0,
        least(t1, {_midnight("zone", f"(b + INTERVAL 1 {finest})")}) AS t1
    FROM (
        SELECT *, unnest(generate_series(date_trunc('{finest}', timezone(zone, t0)), timezone(zone, t1), INTERVAL 1 {finest}))::DATE AS b
        FROM span WHERE t0 < t1
    )
    WHERE {_midnight("zone", "b")} < t1
"""


def _label(name: str) -> str:
    return {
        "day": "CAST(b AS VARCHAR)",
        "week": "CAST(CAST(date_trunc('week', b) AS DATE) AS VARCHAR)",
        "month": "strftime(b, '%Y-%m')",
    }[name]
