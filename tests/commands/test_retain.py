"""Retention: what is too old goes with all that hangs on it, a dry run changes nothing, a hold is honoured."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from care_metrics.commands.ingest import IngestReport
from care_metrics.commands.line import app
from care_metrics.commands.retain import Expiry, expire, expired
from care_metrics.store import Store, publishing
from tests.conftest import leg

CUTOFF = datetime(2024, 5, 15, tzinfo=UTC)
GONE = {"interactions": 2, "turns": 1, "surveys": 1, "customers": 1}


@pytest.fixture
def centre(load: Callable[..., IngestReport], store: Store) -> Store:
    """Legs on 2, 3 and 21 May; c2 is the customer of the first."""
    load(
        interactions=[leg(1), leg(2), leg(20)],
        turns=[{"interaction_id": f"i{one}", "turn_no": 1, "speaker": "agent", "text": "x"} for one in (1, 20)],
        surveys=[
            {"survey_id": f"s{day}", "customer_id": "c1", "responded_at": f"2024-05-{day}T10:00:00Z", "nps": 9}
            for day in (10, 20)
        ],
        customers=[
            {"customer_id": "c1", "start_at": "2023-01-01T00:00:00Z", "end_at": "2024-05-01T00:00:00Z"},
            {"customer_id": "c2", "start_at": "2023-01-01T00:00:00Z"},
        ],
    )
    return store


def ids(store: Store, table: str, column: str) -> list[str]:
    rows = store.read(store.snapshot(), table, ["acme"])
    return [] if rows is None else sorted(rows[column])


def test_a_dry_run_says_what_would_go_and_leaves_it(centre: Store) -> None:
    before = centre.versions()
    assert expired(centre, "acme", Expiry(CUTOFF)) == GONE
    assert centre.versions() == before


def test_what_goes_is_what_the_dry_run_said(centre: Store) -> None:
    with publishing(centre) as publication:
        assert expire(publication, "acme", Expiry(CUTOFF)) == GONE
    assert ids(centre, "interactions", "interaction_id") == ids(centre, "facts_leg", "interaction_id") == ["i20"]
    assert ids(centre, "turns", "interaction_id") == ["i20"]
    assert ids(centre, "surveys", "survey_id") == ["s20"]
    assert ids(centre, "customers", "customer_id") == ["c2"]


def test_a_customer_on_hold_keeps_everything(centre: Store) -> None:
    with publishing(centre) as publication:
        expire(publication, "acme", Expiry(CUTOFF, ("c1",)))
    assert ids(centre, "interactions", "interaction_id") == ["i1", "i20"]
    assert ids(centre, "surveys", "survey_id") == ["s10", "s20"]
    assert ids(centre, "customers", "customer_id") == ["c1", "c2"]


def test_turns_of_a_contact_that_never_came_go_by_their_load_day(centre: Store, load: Callable[..., object]) -> None:
    load(turns=[{"interaction_id": "unknown", "turn_no": 1, "speaker": "agent", "text": "x"}])
    late = datetime(2200, 1, 1, tzinfo=UTC)
    assert expired(centre, "acme", Expiry(CUTOFF))["turns"] == 1
    assert expired(centre, "acme", Expiry(late))["turns"] == 3


def test_the_command_counts_days_from_now(centre: Store) -> None:
    words = ["retain", "--store", centre.url, "--client", "acme", "--older-than"]
    assert "acme: nothing would go" in CliRunner().invoke(app, [*words, "36500", "--dry-run"]).stdout
    assert "interactions 3" in CliRunner().invoke(app, [*words, "1"]).stdout
    assert ids(centre, "facts_leg", "interaction_id") == []
