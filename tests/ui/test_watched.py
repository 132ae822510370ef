"""A pillar's change is told over days whose outcomes are known, and not at all while half of the texts are unread."""

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from care_metrics.filters import Filters
from care_metrics.kpis import kpi
from care_metrics.scope import NOBODY
from care_metrics.store import Snapshot, Store
from care_metrics.ui.answers import _changes, _told
from care_metrics.ui.cached import Edition
from care_metrics.ui.periods import Data
from care_metrics.ui.view import View
from care_metrics.ui.watched import watched

VIEW = View(
    scope=NOBODY,
    edition=Edition(Store("nowhere"), Snapshot()),
    data=Data(date(2026, 1, 1), date(2026, 7, 1)),
    as_of=datetime(2026, 7, 1, tzinfo=UTC),
    now=Filters(date(2026, 6, 1), date(2026, 7, 1)),
    before=Filters(date(2026, 5, 2), date(2026, 6, 1)),
    period="last_30_days",
    comparison="previous",
)


def test_both_periods_lose_the_days_that_the_younger_one_cannot_know_yet() -> None:
    cut = watched(VIEW)
    assert cut is not None
    assert cut.before is not None
    # 7 days before the data's end, and as many off the period before.
    assert (cut.now.start, cut.now.end) == (date(2026, 6, 1), date(2026, 6, 24))
    assert (cut.before.start, cut.before.end) == (date(2026, 5, 2), date(2026, 5, 25))


def test_a_period_long_past_loses_nothing() -> None:
    past = replace(
        VIEW, now=Filters(date(2026, 3, 1), date(2026, 4, 1)), before=Filters(date(2026, 2, 1), date(2026, 3, 1))
    )
    assert watched(past) == past


@pytest.mark.parametrize(
    "view",
    [
        replace(VIEW, before=None),
        replace(VIEW, waiting=1),
        replace(VIEW, now=Filters(date(2026, 6, 25), date(2026, 7, 1))),
    ],
    ids=["no comparison", "half read", "younger than what is watched"],
)
def test_what_cannot_be_compared_is_not(view: View) -> None:
    assert watched(view) is None


def measured(name: str, low: float) -> pl.DataFrame:
    """100 clusters of one point each; half of them earned, and `low` more."""
    earned = 50.0 + low
    sums = [100.0, 100.0, earned, 100.0, earned, earned] if name == "empathy" else [100.0, earned, earned]
    row = {"kpi": name, "family": kpi(name).family, "value": earned, "n": 100, "sums": sums}
    return pl.DataFrame([row], schema_overrides={"sums": pl.List(pl.Float64)})


def test_without_complete_days_a_pillar_has_no_change_and_other_kpis_keep_theirs() -> None:
    now = pl.concat([measured("empathy", 20), measured("fcr", 20)])
    before = pl.concat([measured("empathy", 0), measured("fcr", 0)])
    assert set(_changes(now, before, None)) == {"fcr"}
    found = _changes(now, before, (measured("empathy", 5), measured("empathy", 0)))
    assert found["empathy"]["difference"] == pytest.approx(5)
    assert found["fcr"]["difference"] == pytest.approx(20)


def test_sentiment_has_no_change_while_transcripts_wait_and_surveys_keep_theirs() -> None:
    changes = {"sentiment": {}, "recovery": {}, "nps": {}}
    assert set(_told(replace(VIEW, waiting=1), changes)) == {"nps"}
    assert _told(VIEW, changes) == changes
