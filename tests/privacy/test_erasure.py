"""Erasure: all rows of a customer go, others stay, and the tombstone says nothing without its key."""

import polars as pl
import pytest

from care_metrics.privacy.erasure import erase, erased_ids, interactions_of, tombstone, without_customers

KEY = "sixteen bytes key"
FRAMES = {
    "interactions": pl.DataFrame({"interaction_id": ["i1", "i2", "i3"], "customer_id": ["c1", "c2", None]}),
    "turns": pl.DataFrame({"interaction_id": ["i1", "i1", "i2", "i3"], "turn_no": [1, 2, 1, 1]}),
    "surveys": pl.DataFrame(
        {
            "survey_id": ["s1", "s2", "s3", "s4"],
            "interaction_id": ["i1", None, "i2", None],
            "customer_id": [None, "c1", "c2", None],
        }
    ),
    "evidence": pl.DataFrame({"interaction_id": ["i2", "i1"], "pillar": ["empathy", "empathy"]}),
    "customers": pl.DataFrame({"customer_id": ["c1", "c1", "c2"], "start_at": ["a", "b", "a"]}),
    "costs": pl.DataFrame({"month": ["2026-01"], "cost": [1.0]}),
}


def test_rows_go_by_customer_and_by_interaction_and_unknown_ones_stay() -> None:
    left = erase(FRAMES, ["c1"])
    assert left["interactions"]["interaction_id"].to_list() == ["i2", "i3"]
    assert left["turns"]["interaction_id"].to_list() == ["i2", "i3"]
    assert left["surveys"]["survey_id"].to_list() == ["s3", "s4"]
    assert left["evidence"]["interaction_id"].to_list() == ["i2"]
    assert left["customers"]["customer_id"].to_list() == ["c2"]
    assert left["costs"].equals(FRAMES["costs"])


def test_a_load_without_its_interactions_loses_the_rows_too() -> None:
    legs = interactions_of(FRAMES["interactions"], ["c1"])
    assert without_customers("turns", FRAMES["turns"], ["c1"], legs).height == 2


def test_the_tombstone_blocks_its_customer_of_its_client_only() -> None:
    stones = {tombstone("acme", "c1", KEY)}
    assert erased_ids("acme", ["c1", "c2"], stones, KEY) == {"c1"}
    assert erased_ids("beta", ["c1"], stones, KEY) == frozenset()
    assert erased_ids("acme", ["c1"], stones, "another key of 16") == frozenset()


def test_the_tombstone_does_not_run_client_and_customer_together() -> None:
    assert tombstone("ab", "c", KEY) != tombstone("a", "bc", KEY)


def test_the_tombstone_is_hmac_sha256_of_both() -> None:
    # printf '4:acme:c1' | openssl dgst -sha256 -hmac 'sixteen bytes key'
    assert tombstone("acme", "c1", KEY) == tombstone("acme", "c1", KEY.encode())
    assert len(tombstone("acme", "c1", KEY)) == 64
    assert "c1" not in tombstone("acme", "c1", KEY)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        tombstone("acme", "c1", "short")
