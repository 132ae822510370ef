"""What a KPI is: one frozen record of words and row-level DuckDB expressions; pure, no database, no screen."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["points", "fraction", "seconds", "valence", "scale_7", "scale_5", "contacts", "currency", "score"]
Interval = Literal["nps", "wilson", "t", "ratio", "delta", "order", "none"]


@dataclass(frozen=True)
class Mean:
    """The mean of a row-level value; null leaves the row out. Needs n, sum and sum of squares per cell."""

    value: str


@dataclass(frozen=True)
class Ratio:
    """sum(numerator) / sum(denominator) over clusters: each row of the view is one, or `cluster` names the column."""

    numerator: str
    denominator: str
    cluster: str | None = None


@dataclass(frozen=True)
class Rate:
    """A sum over a number of contacts that other rows bring (surveys per handled leg, cost per handled leg)."""

    numerator: str
    denominator: str


@dataclass(frozen=True)
class Count:
    """How many rows the population has."""


@dataclass(frozen=True)
class Quantile:
    """The q-quantile of a row-level value, linear interpolation; not additive, computed from facts."""

    value: str
    q: float


@dataclass(frozen=True)
class Composite:
    """The mean of the defined ones among several ratios of one view, from merged sums; pairs of (numerator, denominator)."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cohort:
    """Who was a customer at the period's start, and which share of them still is (or no longer is) at its end."""

    value: str


@dataclass(frozen=True)
class Quotient:
    """One KPI divided by another, each from its own cell."""

    numerator: str
    denominator: str


Measure = Mean | Ratio | Rate | Count | Quantile | Composite | Cohort | Quotient


@dataclass(frozen=True, kw_only=True)
class Kpi:
    """One measure of the facts view of its grain.

    where: the rows it speaks of. A row there is counted (its value is not null), invalid, immature or missing.
    invalid: how many invalid values a row brings (a boolean counts as 0 or 1); immature: its window is still open.
    scale: what the row-level value is multiplied by for display (NPS: 100). threshold: the smallest change worth a word.
    """

    name: str
    label: str
    question: str
    formula: str
    grain: str
    measure: Measure
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    family: Literal["care", "pillar", "efficiency"]
    interval: Interval
    source: str
    threshold: float
    where: str = "true"
    invalid: str = "false"
    immature: str = "false"
    missing: str | None = None
    scale: float = 1.0
    min_n: int = 10
    window_h: float | None = None
    audience: Literal["internal", "client"] = "client"
