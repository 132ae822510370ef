"""KPIs x dimensions x Filters x Scope -> tidy frames: value, interval, n and state of every cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from care_metrics.errors import BadRequest, UnknownName
from care_metrics.filters import Filters
from care_metrics.kept import Kept
from care_metrics.kpis import CATALOGUE, PARTS, Kpi, kpi
from care_metrics.kpis.compiler import Question, Statement, compile_questions, compile_rows, layout
from care_metrics.kpis.kpi import Quotient
from care_metrics.measured import Cells
from care_metrics.outcome import estimated, outcome
from care_metrics.scope import Scope
from care_metrics.warehouse import Warehouse


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
    house: Warehouse, scope: Scope, questions: Sequence[Question], min_n: int | None = None, kept: Kept | None = None
) -> list[pl.DataFrame]:
    """Answers to all questions of a page, each frame as `measure` describes.

    From one statement; those that `kept` holds the rows of are counted there.
    """
    asked = [(question, _with_parts(question, scope)) for question in questions]
    held = [kept is not None and kept.holds(question.filters, entries) for question, entries in asked]
    from_database = iter(_queried(house, scope, [pair for pair, here in zip(asked, held, strict=True) if not here]))
    frames = []
    for (question, entries), here in zip(asked, held, strict=True):
        cells = kept.cells(scope, entries, question.filters, question.by) if kept and here else next(from_database)
        _refuse_mixed_currencies(cells)
        asked_for = [kpi(name) for name in question.names]
        found = [estimated(entry, cells, question.by) for entry in asked_for]
        frames.append(outcome(found, question.by, min_n, house.n_contacts > 0, scope))
    return frames


def counted(house: Warehouse, scope: Scope, question: Question, kept: Kept | None = None) -> dict[str, Cells]:
    """KPI -> the sums of its cells, before anything is estimated from them; quotients have none of their own."""
    entries = _with_parts(question, scope)
    if kept is not None and kept.holds(question.filters, entries):
        return kept.cells(scope, entries, question.filters, question.by)
    return next(_queried(house, scope, [(question, entries)]))


def _queried(
    house: Warehouse, scope: Scope, asked: Sequence[tuple[Question, Sequence[Kpi]]]
) -> Iterator[dict[str, Cells]]:
    if not asked:
        return
    statement = compile_questions(asked, scope)
    raw = house.query(statement.sql, statement.values)
    for number, (question, entries) in enumerate(asked):
        plain = [entry for entry in entries if not isinstance(entry.measure, Quotient)]
        yield _unpacked(raw.filter(pl.col("question") == number), plain, question.by)


def statement_of(scope: Scope, question: Question) -> Statement:
    """The SQL that answers a question, exactly as `measure_all` runs it unless it holds the rows."""
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


def _unpacked(rows: pl.DataFrame, entries: Sequence[Kpi], by: Sequence[str]) -> dict[str, Cells]:
    """KPI -> its cells."""
    found: dict[str, Cells] = {}
    for grain in dict.fromkeys(entry.grain for entry in entries):
        same = [entry for entry in entries if entry.grain == grain]
        here = rows.filter(pl.col("grain") == grain)
        keys = here["key"].to_list()
        words = {name: [key[place] for key in keys] for place, name in enumerate(by)}
        places = layout(same)
        flat = here["sums"].explode(empty_as_null=False).to_numpy().astype(np.float64)
        numbers = flat.reshape(here.height, sum(size for _, _, size in places))
        start, sums = 0, {entry.name: {} for entry in same}
        for name, part, size in places:
            sums[name][part] = numbers[:, start] if size == 1 else numbers[:, start : start + size]
            start += size
        found |= {name: Cells(here.height, words, own) for name, own in sums.items()}
    return found


def _refuse_mixed_currencies(cells: dict[str, Cells]) -> None:
    for name, own in cells.items():
        mixed = own["currencies"][own["currencies"] > 1]
        if len(mixed):
            raise BadRequest(
                f"{name} would add costs of {mixed[0]:.0f} currencies; "
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
