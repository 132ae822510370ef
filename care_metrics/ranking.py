"""Groups ranked by handle time and by care, and which of them stand clearly high in one and low in the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Composite, Mean
from care_metrics.measured import Floats
from care_metrics.mix import EqualMix, equal_mix
from care_metrics.schema import PILLARS
from care_metrics.states import nullable
from care_metrics.statistics.columns import Z95, positive
from care_metrics.statistics.differences import SIGNIFICANCE, two_sided
from care_metrics.statistics.mix import variance_from_all
from care_metrics.statistics.multiple import q_values
from care_metrics.statistics.ranks import tied_ranks
from care_metrics.statistics.shrinkage import pooled_variance, shrink_means

TIME = "aht"
# What a ranking by care may go by, the first that enough groups have.
CARE = ("care_index", "nps", "sentiment")
MEASURED = (TIME, *CARE, *PILLARS)
Row = dict[str, Any]


@dataclass(frozen=True)
class GroupSet:
    """The groups of one client (within; empty where the clients themselves are compared) under both lenses.

    time and care: frames of `standings`; measure: the KPI that care is ranked by, None where none has data.
    """

    within: str
    time: pl.DataFrame
    mix: EqualMix
    measure: str | None
    care: pl.DataFrame | None


@dataclass(frozen=True)
class Claim:
    """A group that one lens shows clearly on one side of all groups together and the other lens clearly on the other.

    kind: fast_low_care, slow_high_care, fast_by_mix (fast as measured, slow at equal mix) or slow_by_mix.
    mix: its row of EqualMix; care: its row of `standings`, None for the last two kinds. q: adjusted for all tests made.
    """

    kind: str
    within: str
    group: str
    q: float
    mix: Row
    measure: str | None = None
    care: Row | None = None


def grouped(rows: pl.DataFrame, group: str) -> pl.DataFrame:
    """The rows of `measure` by client and group with `within` and `group`; those of no known group are left out."""
    within = pl.lit("") if group == "client" else pl.col("client")
    return rows.with_columns(within.alias("within"), pl.col(group).alias("group")).filter(pl.col("group").is_not_null())


def group_sets(rows: pl.DataFrame, cells: pl.DataFrame, group: str) -> list[GroupSet]:
    """One set a client, the one with the most contacts first.

    rows: of `measure` by client and group; cells: those of `mix.cells` by the same group.
    """
    if rows.is_empty():
        return []
    known = grouped(rows, group)
    found = [_set_of(name, known.filter(pl.col("within") == name), cells) for name in cells["within"].unique().sort()]
    return sorted(found, key=lambda one: -one.mix.rows["n"].sum())


def _set_of(within: str, rows: pl.DataFrame, cells: pl.DataFrame) -> GroupSet:
    # What a client reader may not see is suppressed here; it is neither compared nor listed.
    shown = rows.filter((pl.col("kpi") == TIME) & (pl.col("state") == "ok"))["group"].to_list()
    return group_set(within, rows, equal_mix(cells.filter(pl.col("within") == within), shown))


def group_set(within: str, rows: pl.DataFrame, mix: EqualMix) -> GroupSet:
    """rows: those of `grouped` of one set; mix: of the same groups."""
    time = standings(rows.filter(pl.col("kpi") == TIME), TIME)
    name = ranked_by(rows, time.filter(pl.col("rank").is_not_null())["group"].to_list())
    care = None if name is None else standings(rows.filter(pl.col("kpi") == name), name)
    return GroupSet(within, time, mix, name, care)


def standings(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """One row a group: group, value, low, high, n, state; estimate and error, shrunken; rank, best first, ties equal.

    side: 1 or -1 where the shrunken interval lies above or below the centre of all groups, else 0. difference from
    all groups together (its interval d_low, d_high, and p) is not shrunken. Only groups in state ok are ranked.
    """
    entry = kpi(name)
    value, variance = _estimates(rows, name)
    ranked = (rows["state"] == "ok").to_numpy()
    known = np.isfinite(value)
    n = np.where(known, rows["n"].cast(pl.Float64).to_numpy(), 0.0)
    difference = value - np.nansum(n * value) / positive(n.sum())
    from_all = np.sqrt(variance_from_all(n, variance))
    return rows.select("group", "value", "low", "high", "n", "state").with_columns(
        *_placed(np.where(ranked, value, np.nan), variance, highest_first=entry.better == "higher"),
        nullable("difference", difference),
        nullable("d_low", difference - Z95 * from_all),
        nullable("d_high", difference + Z95 * from_all),
        nullable("p", two_sided(difference / positive(from_all))),
    )


def at_equal_mix(found: GroupSet, column: str) -> pl.DataFrame:
    """The standings by handle time at equal mix of what is ranked by time; column: `equal` or `common` of EqualMix."""
    ranked = found.time.filter(pl.col("rank").is_not_null()).select("group", "n", "state")
    rows = ranked.join(found.mix.rows.select("group", column, f"{column}_error"), on="group", maintain_order="left")
    value, error = (rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy() for name in (column, f"{column}_error"))
    return rows.select("group", pl.col(column).alias("value"), "n", "state").with_columns(
        nullable("low", value - Z95 * error),
        nullable("high", value + Z95 * error),
        *_placed(value, error**2, highest_first=False),
    )


def _placed(value: Floats, variance: Floats, highest_first: bool) -> list[pl.Series]:
    """estimate, error, rank and side of each group with a value."""
    shrunk = shrink_means(value, variance)
    error = (shrunk.high - shrunk.low) / (2 * Z95)
    side = np.where(shrunk.low > shrunk.centre, 1, np.where(shrunk.high < shrunk.centre, -1, 0))
    return [
        nullable("estimate", shrunk.estimate),
        nullable("error", error),
        nullable("rank", tied_ranks(shrunk.estimate, error, highest_first)).cast(pl.Int64),
        pl.Series("side", side, dtype=pl.Int64),
    ]


def ranked_by(rows: pl.DataFrame, compared: Sequence[str]) -> str | None:
    """The care KPI to rank these groups by: the first that all of them have enough of, else the one that most have.

    The care index is no common scale for groups whose pillars differ. None where no KPI serves two groups.
    """
    counts: dict[str, int] = {}
    for name in CARE:
        fit = rows.filter((pl.col("kpi") == name) & (pl.col("state") == "ok") & pl.col("group").is_in(list(compared)))
        if name != "care_index" or _same_pillars(rows, fit["group"].to_list()):
            counts[name] = fit.height
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] >= 2 else None


def claims(sets: Sequence[GroupSet]) -> list[Claim]:
    """What may be said of all these sets together with 5 % false discoveries, the surest first."""
    tested = [claim for found in sets for claim in _tested(found)]
    q = q_values([claim.q for claim in tested])
    told = [replace(claim, q=float(value)) for claim, value in zip(tested, q, strict=True) if value < SIGNIFICANCE]
    return sorted((claim for claim in told if _matters(claim)), key=lambda claim: (claim.q, claim.kind, claim.group))


def _tested(found: GroupSet) -> list[Claim]:
    """Both claims of each ranked group with the larger p of their two sides: a claim needs both."""
    ranked = set(found.time.filter(pl.col("rank").is_not_null())["group"])
    care = {row["group"]: row for row in found.care.to_dicts() if row["rank"]} if found.care is not None else {}
    tests: list[Claim] = []
    for row in found.mix.rows.to_dicts():
        group, fast = row["group"], row["difference"] < 0
        if group not in ranked or len(ranked) < 2:
            continue
        beside = care.get(group)
        if beside is not None:
            kind = "fast_low_care" if fast else "slow_high_care"
            p = _both(row["difference_p"], beside["p"], opposed=(beside["difference"] < 0) == fast)
            tests.append(Claim(kind, found.within, group, p, row, found.measure, beside))
        p = _both(row["difference_p"], row["own_p"], opposed=(row["own"] > 0) == fast)
        tests.append(Claim("fast_by_mix" if fast else "slow_by_mix", found.within, group, p, row))
    return tests


def _both(one: float | None, other: float | None, opposed: bool) -> float:
    return max(one, other) if opposed and one is not None and other is not None else 1.0


def _matters(claim: Claim) -> bool:
    """Both sides at least as large as what is worth a word."""
    seconds = kpi(TIME).threshold
    beside = claim.mix["own"] if claim.care is None else claim.care["difference"]
    least = seconds if claim.measure is None else kpi(claim.measure).threshold
    return abs(claim.mix["difference"]) >= seconds and abs(beside) >= least


def _estimates(rows: pl.DataFrame, name: str) -> tuple[Floats, Floats]:
    """Value and its variance in the KPI's unit, NaN where hidden or without data."""
    entry, width = kpi(name), 3
    assert isinstance(entry.measure, Mean | Composite)
    empty = [float("nan")] * width
    listed = [list(row) if row is not None and len(row) == width else empty for row in rows["sums"]]
    n, first, second = np.asarray(listed, dtype=np.float64).reshape(-1, width).T
    if isinstance(entry.measure, Composite):
        return entry.scale * first, entry.scale**2 * second
    return entry.scale * first / positive(n), entry.scale**2 * pooled_variance(n, first, second)


def _same_pillars(rows: pl.DataFrame, groups: Sequence[str]) -> bool:
    defined = rows.filter(pl.col("kpi").is_in(PILLARS) & (pl.col("n") > 0) & pl.col("group").is_in(list(groups)))
    sets = {tuple(sorted(names)) for names in defined.group_by("group").agg("kpi")["kpi"].to_list()}
    return len(sets) == 1
