from dataclasses import replace
from datetime import date

import pytest

from care_metrics.errors import BadRequest, NotAllowed, UnknownName
from care_metrics.reviews import audit
from care_metrics.reviews.rows import Target
from care_metrics.reviews.targets import all_targets, remove_target, set_target
from care_metrics.scope import operator

NPS = Target("acme", "nps", ">=", 30.0, "contract", date(2026, 1, 1))
BOTH = operator(["acme", "globex"])


def test_what_was_set_comes_back_signed(database, as_role):
    stored = set_target(as_role("account_manager", reader="ana"), database, replace(NPS, typed_by="somebody else"))
    assert (stored.typed_by, stored.kpi, stored.value, stored.valid_from) == ("ana", "nps", 30.0, date(2026, 1, 1))
    assert stored.at.tzinfo is not None
    assert all_targets(as_role("executive"), database) == [stored]


def test_the_same_target_again_replaces_it_and_the_log_keeps_both(database):
    set_target(BOTH, database, NPS)
    set_target(BOTH, database, replace(NPS, value=35.0))
    set_target(BOTH, database, replace(NPS, kind="goal"))
    set_target(BOTH, database, replace(NPS, valid_from=date(2026, 4, 1)))
    assert [(one.kind, one.value, one.valid_from.month) for one in all_targets(BOTH, database)] == [
        ("contract", 35.0, 1),
        ("goal", 30.0, 1),
        ("contract", 30.0, 4),
    ]
    values = [dict(entry.filters)["value"] for entry in audit.entries(BOTH, database, what="set target")]
    assert values == ["30.0", "30.0", "35.0", "30.0"]


def test_a_removed_target_is_gone_and_told(database):
    set_target(BOTH, database, NPS)
    remove_target(BOTH, database, NPS)
    remove_target(BOTH, database, NPS)
    assert all_targets(BOTH, database) == []
    assert [entry.what for entry in audit.entries(BOTH, database)] == ["remove target", "set target"]


def test_no_client_sees_anothers_target(database, as_role):
    set_target(BOTH, database, NPS)
    set_target(BOTH, database, replace(NPS, client="globex"))
    assert [one.client for one in all_targets(as_role("client", "globex"), database)] == ["globex"]
    assert [one.client for one in all_targets(BOTH, database, "acme")] == ["acme"]
    with pytest.raises(NotAllowed):
        all_targets(as_role("client", "globex"), database, "acme")


def test_a_client_reader_sees_no_target_of_an_internal_kpi(database, as_role):
    set_target(BOTH, database, NPS)
    set_target(BOTH, database, replace(NPS, kpi="occupancy", value=0.8))
    assert [one.kpi for one in all_targets(as_role("client"), database)] == ["nps"]
    assert len(all_targets(as_role("executive"), database)) == 2


@pytest.mark.parametrize("kpi", ["retention", "churn"])
def test_retention_needs_a_period_length(database, kpi):
    with pytest.raises(BadRequest, match="period length"):
        set_target(BOTH, database, replace(NPS, kpi=kpi, value=0.9))
    assert set_target(BOTH, database, replace(NPS, kpi=kpi, value=0.9, length="90 days")).length == "90 days"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"kpi": "npss"}, UnknownName),
        ({"comparator": "="}, BadRequest),
        ({"kind": "wish"}, BadRequest),
        ({"length": "fortnight"}, BadRequest),
        ({"value": float("nan")}, BadRequest),
        ({"value": float("inf")}, BadRequest),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_target_that_means_nothing_is_refused(database, wrong, error):
    with pytest.raises(error):
        set_target(BOTH, database, replace(NPS, **wrong))
    assert all_targets(BOTH, database) == []
