"""Handle time at equal contact mix: standardised, split into mix and group itself, and satisfaction's slope on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from care_metrics.errors import NotAllowed
from care_metrics.filters import Filters
from care_metrics.kept import Kept
from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Mean
from care_metrics.measure import Question, allowed, counted, rows_statement
from care_metrics.measured import Floats
from care_metrics.scope import Scope
from care_metrics.states import nullable
from care_metrics.statistics.columns import Z95, positive
from care_metrics.statistics.differences import two_sided
from care_metrics.statistics.mix import (
    common_support,
    decompose,
    mean_variances,
    rate_part_variance,
    standardise,
    variance_from_all,
)
from care_metrics.statistics.slopes import Slope, slope
from care_metrics.warehouse import Warehouse

STRATA = ("reason", "channel")
CELLS = {"within": pl.String(), "group": pl.String(), "reason": pl.String(), "channel": pl.String()}
COLUMNS = (
    *("n", "value"),
    *("equal", "equal_error", "covered"),
    *("common", "common_error"),
    *("difference", "difference_error", "difference_p"),
    *("mix", "own", "own_error", "own_p"),
)
SUMS = {"n": pl.Float64(), "s": pl.Float64(), "ss": pl.Float64()}


@dataclass(frozen=True)
class EqualMix:
    """centre: the mean of all groups together; shared: the share of their mix that all compared groups have data for.

    rows, one a group: group, n, value; equal, equal_error at the mix of all (null where the group lacks a kind of
    contact of it) and covered, its share of that mix; common, common_error over the kinds that all compared groups
    have; difference from the centre = mix + own, difference_error and own_error, difference_p and own_p.
    """

    rows: pl.DataFrame
    centre: float | None
    shared: float


def cells(
    house: Warehouse, scope: Scope, name: str, filters: Filters, group: str, kept: Kept | None = None
) -> pl.DataFrame:
    """n, sum and sum of squares of a mean KPI (unscaled) by within, group, reason and channel.

    within: the client whose groups are compared, empty where the clients themselves are; a missing reason or channel is
    a kind of contact of its own, contacts of no known group are left out.
    """
    assert isinstance(allowed(name, scope).measure, Mean)
    _for_staff_only(scope)
    by = tuple(dict.fromkeys(("client", group, *STRATA)))
    found = counted(house, scope, Question((name,), filters, by), kept)[name]
    rows = pl.DataFrame(
        [
            *(pl.Series(column, words, pl.String) for column, words in found.by.items()),
            *(nullable(column, found[column]) for column in SUMS),
        ]
    ).with_columns(
        pl.lit("").alias("within") if group == "client" else pl.col("client").alias("within"),
        pl.col(group).alias("group"),
    )
    return rows.filter((pl.col("n") > 0) & pl.col("group").is_not_null()).select(
        pl.col(column).cast(kind) for column, kind in (CELLS | SUMS).items()
    )


def equal_mix(found: pl.DataFrame, compared: Sequence[str]) -> EqualMix:
    """found: the cells of one set of groups (one `within`); compared: those that must share a kind for it to be common."""
    groups = found["group"].unique().sort().to_list()
    n, s, ss = _tables(found, groups)
    count, total = n.sum(axis=1), s.sum(axis=1)
    if not groups:
        return EqualMix(_rows([], dict.fromkeys(COLUMNS, np.empty(0))), None, 0.0)
    means, weights = s / positive(n), n.sum(axis=0)
    variances = mean_variances(n, s, ss)
    same = np.isin(np.asarray(groups), list(compared))
    common, shared = common_support(weights, means[same]) if same.any() else (np.full(weights.shape, np.nan), 0.0)
    full, over = standardise(weights, means, variances), standardise(common, means, variances)
    centre = s.sum(axis=0) / weights
    parts = [decompose(weights, centre, n[g], means[g]) for g in range(len(groups))]
    difference = total / count - total.sum() / count.sum()
    own = np.array([part.rate.sum() for part in parts])
    # What two groups differ by is judged by their spread over all kinds of contact together.
    crude = np.sqrt(variance_from_all(count, mean_variances(count, total, ss.sum(axis=1))))
    own_error = np.sqrt(rate_part_variance(n, variances))
    values = (
        *(count, total / count),
        *(full.value, np.sqrt(full.variance), full.covered),
        *(over.value, np.sqrt(over.variance)),
        *(difference, crude, two_sided(difference / positive(crude))),
        np.array([part.mix.sum() for part in parts]),
        *(own, own_error, two_sided(own / positive(own_error))),
    )
    columns = dict(zip(COLUMNS, values, strict=True))
    return EqualMix(_rows(groups, columns), float(total.sum() / count.sum()), shared)


@dataclass(frozen=True)
class Slopes:
    """Change of a KPI, in its unit, that goes with one more minute of handle time: over all, and within kinds of contact."""

    crude: Slope
    adjusted: Slope

    def turned(self) -> bool:
        """Whether the two have opposite signs, each with an interval that excludes 0."""
        return any(
            one.low > 0 and other.high < 0 for one, other in ((self.crude, self.adjusted), (self.adjusted, self.crude))
        )


def answers_with_time(house: Warehouse, scope: Scope, name: str, filters: Filters) -> pl.DataFrame:
    """value (of the survey KPI's row, unscaled), handle_s, client, reason, channel and agent of each answer to a handled leg."""
    time = kpi("aht")
    assert isinstance(time.measure, Mean)
    _for_staff_only(scope)
    answers = rows_statement(scope, name, filters)
    return house.query(
        f"""SELECT a.client, a.value, l.handle_time AS handle_s, l.reason, l.channel, coalesce(l.agent_id, a.interaction_id) AS agent
FROM ({answers.sql}) a
JOIN (SELECT client, interaction_id, reason, channel, agent_id, {time.measure.value} AS handle_time FROM leg WHERE {time.where}) l
    ON l.client = a.client AND l.interaction_id = a.interaction_id
WHERE l.handle_time IS NOT NULL
ORDER BY a.client, a.interaction_id, a.value""",
        answers.values,
    )


def _for_staff_only(scope: Scope) -> None:
    # Sums by reason and channel are small cells, and no standardised number of theirs could be suppressed afterwards.
    if scope.audience == "client":
        raise NotAllowed("Numbers at equal contact mix are for the centre's own staff.")


def slopes(rows: pl.DataFrame, name: str) -> Slopes:
    """Of the rows of `answers_with_time`: agents are clusters, client x reason x channel are the kinds of contact."""
    y, minutes = kpi(name).scale * rows["value"].to_numpy(), rows["handle_s"].to_numpy() / 60
    agents, kinds = codes(rows, ("client", "agent")), codes(rows, ("client", *STRATA))
    return Slopes(slope(y, minutes, agents), slope(y, minutes, agents, kinds))


def codes(rows: pl.DataFrame, columns: Sequence[str]) -> Floats:
    """A number for each row, the same for rows that agree in these columns; a missing value agrees with a missing one."""
    known = rows.select(columns).unique(maintain_order=True).with_row_index("code")
    return (
        rows.select(columns)
        .join(known, on=list(columns), how="left", nulls_equal=True, maintain_order="left")["code"]
        .to_numpy()
    )


def limits(value: float, error: float) -> tuple[float, float]:
    """The 95 % interval of a normal estimate."""
    return value - Z95 * error, value + Z95 * error


def _tables(found: pl.DataFrame, groups: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """The sums as tables of groups x kinds of contact, 0 where there is none."""
    kinds = {kind: place for place, kind in enumerate(found.select(STRATA).unique(maintain_order=True).iter_rows())}
    place_of = {group: place for place, group in enumerate(groups)}
    tables = np.zeros((3, len(groups), len(kinds)))
    for group, reason, channel, *sums in found.select("group", *STRATA, *SUMS).iter_rows():
        tables[:, place_of[group], kinds[reason, channel]] += sums
    return tables[0], tables[1], tables[2]


def _rows(groups: Sequence[str], columns: dict[str, Floats]) -> pl.DataFrame:
    named = pl.Series("group", groups, dtype=pl.String)
    return pl.DataFrame([named, *(nullable(name, values) for name, values in columns.items())])
