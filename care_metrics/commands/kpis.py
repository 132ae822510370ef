"""kpis: the same catalogue, compiler and states as the pages, on the command line."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from care_metrics.access import warehouse_of
from care_metrics.commands.show import Format, show
from care_metrics.commands.tenants import known_clients
from care_metrics.errors import BadRequest
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE, kpi
from care_metrics.kpis.compiler import Question
from care_metrics.measure import measure, statement_of, supported
from care_metrics.schema import DIMENSIONS
from care_metrics.scope import operator
from care_metrics.store import Store


def print_kpis(
    store: Store,
    names: Sequence[str],
    clients: Sequence[str],
    filters: Filters,
    by: Sequence[str],
    min_n: int | None,
    how: Format,
    sql: bool,
) -> None:
    """Measure and print; without names, every KPI that can be split and filtered as asked."""
    for name in names:
        kpi(name)
    snapshot = store.snapshot()
    scope = operator(known_clients(store, snapshot, list(clients)))
    wanted = list(dict.fromkeys(names)) or supported(list(CATALOGUE), [*by, *(name for name, _ in filters.where)])
    if sql:
        statement = statement_of(scope, Question(tuple(wanted), filters, tuple(by)))
        values = "\n".join(f"-- ${number}: {value!r}" for number, value in enumerate(statement.values, start=1))
        print(f"{values}\n{statement.sql}")
        return
    house = warehouse_of(store, snapshot, scope)
    show(measure(house, scope, wanted, filters, by, min_n).drop("sums"), how)


def parsed_filters(start: str | None, end: str | None, where: Sequence[str], as_of: str | None) -> Filters:
    """Filters from the text of the options; each refusal names the option and what it wants."""
    return Filters(_date("--from", start), _date("--to", end), _where(where), _instant(as_of))


def _date(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"{option} {text!r} is no date; write it as 2026-03-31.") from error


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"--as-of {text!r} is no instant; write it as 2026-03-31T00:00:00Z.") from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def _where(pairs: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    values: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark:
            raise BadRequest(
                f"--where {pair!r} is no condition; write COLUMN=VALUE with one of: {', '.join(DIMENSIONS)}."
            )
        values[name] = (*values.get(name, ()), value)
    return tuple(sorted(values.items()))
