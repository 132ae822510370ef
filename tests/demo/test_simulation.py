"""The demo as a delivery: the contract's columns, one seed one result, every client at any size."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from care_metrics.demo import CLIENTS, simulate
from care_metrics.errors import BadRequest, UnknownName
from care_metrics.schema import TABLES, frame_schema

WRITTEN = ("interactions", "turns", "surveys", "customers", "agents", "sites", "tasks", "agent_time", "costs")


def test_the_same_seed_gives_the_same_frames_and_another_seed_others():
    first, again, other = simulate(200, seed=3), simulate(200, seed=3), simulate(200, seed=4)
    for slug, tables in first.items():
        for name, frame in tables.items():
            assert_frame_equal(frame, again[slug][name])
    assert not first["petrel_air"]["turns"].equals(other["petrel_air"]["turns"])


@pytest.mark.parametrize("table", WRITTEN)
def test_every_column_is_canonical_and_typed(small, table):
    expected = {name: kind for name, kind in frame_schema(table).items() if name != "invalid"}
    for tables in small.values():
        assert dict(tables[table].schema) == expected


@pytest.mark.parametrize("table", WRITTEN)
def test_no_row_would_be_quarantined_and_no_value_is_invalid(small, table):
    for tables in small.values():
        frame = tables[table]
        assert frame.select(TABLES[table].key).is_duplicated().sum() == 0
        for column in TABLES[table].columns:
            values = frame[column.name].drop_nulls()
            assert len(values) == frame.height or not column.required, column.name
            assert not column.values or set(values) <= set(column.values), column.name
            assert column.low is None or not (values < column.low).any(), column.name
            assert column.high is None or not (values > column.high).any(), column.name


def test_evidence_is_left_to_the_scorers_and_no_turn_is_scored(small):
    for tables in small.values():
        assert "evidence" not in tables
        assert tables["turns"]["valence"].null_count() == tables["turns"].height


@pytest.mark.parametrize("interactions", [50, 500, 2_000])
def test_contacts_are_exactly_those_asked_for_and_every_client_has_some(interactions):
    demo = simulate(interactions)
    contacts = {slug: tables["interactions"]["contact_id"].n_unique() for slug, tables in demo.items()}
    assert sum(contacts.values()) == interactions
    assert set(contacts) == set(CLIENTS)
    assert min(contacts.values()) >= int(interactions * 0.14)
    assert all(tables["turns"].height for tables in demo.values())


def test_the_demo_covers_thirteen_local_months_that_never_move(small):
    for slug, tables in small.items():
        local = tables["interactions"]["started_at"].dt.convert_time_zone(CLIENTS[slug][1]).dt.date()
        assert local.min() >= date(2025, 10, 1)
        assert local.max() <= date(2026, 10, 31)
        assert local.dt.month_start().n_unique() == 13


def test_a_few_percent_of_honest_gaps_are_visible(full_tables):
    legs = full_tables["interactions"]
    handled = legs.filter(pl.col("outcome") == "handled")
    assert handled["acw_s"].null_count() / handled.height == pytest.approx(0.03, abs=0.005)
    assert legs["customer_id"].null_count() / legs.height == pytest.approx(0.04, abs=0.01)
    assert legs["reason"].null_count() / legs.height == pytest.approx(0.025, abs=0.005)


def test_an_effect_nobody_planted_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownName, match="Did you mean 'survey_bias'"):
        simulate(100, effects=["survey_bia"])


def test_too_few_contacts_for_the_clients_are_refused():
    with pytest.raises(BadRequest, match="49 contacts are too few"):
        simulate(49)
