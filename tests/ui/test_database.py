"""The database of the pages: opened once, asked again only after a while where it is down, and missed without harm."""

from datetime import date
from pathlib import Path

import pytest

from care_metrics import settings
from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.annotations import annotate
from care_metrics.reviews.rows import Annotation, Target
from care_metrics.reviews.targets import set_target
from care_metrics.scope import NOBODY, Scope, operator
from care_metrics.ui import database

ANA = operator(["acme", "zeta"])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Have the setting name this file."""

    def _place(name: str) -> Path:
        monkeypatch.setenv("CARE_METRICS_DATABASE", str(tmp_path / name))
        settings.settings.cache_clear()
        return tmp_path / name

    yield _place
    settings.settings.cache_clear()


def test_it_is_made_at_the_first_opening_and_then_shared(place) -> None:
    file = place("new.db")
    assert database.opened() is database.opened()
    assert file.exists()


def test_what_was_written_is_read_anew_in_each_run(place) -> None:
    place("read.db")
    assert database.read(ANA) == database.NOTHING
    set_target(ANA, database.opened(), Target("acme", "nps", ">=", 38, "contract", date(2026, 1, 1)))
    annotate(ANA, database.opened(), Annotation(None, date(2026, 3, 3), "new IVR"))
    found = database.read(ANA)
    assert [one.kpi for one in found.targets] == ["nps"]
    assert [one.text for one in found.of("zeta").annotations] == ["new IVR"]
    assert found.of("zeta").targets == ()


def test_a_client_reads_neither_others_targets_nor_internal_annotations(place) -> None:
    place("client.db")
    set_target(ANA, database.opened(), Target("acme", "nps", ">=", 38, "contract", date(2026, 1, 1)))
    annotate(ANA, database.opened(), Annotation("zeta", date(2026, 3, 3), "strike of the agents"))
    assert database.read(Scope(frozenset({"zeta"}), "client", "cleo", "client")) == database.NOTHING
    assert database.read(NOBODY) == database.NOTHING


def test_a_database_that_is_down_costs_its_wait_once(place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page waiting ten seconds for a server that is away would be down with it."""
    file, tries = place("down.db"), []

    def refuse(url: str) -> None:
        tries.append(url)
        raise DatabaseUnavailable(f"{file} is down.")

    monkeypatch.setattr(database, "open_database", refuse)
    for _run in range(3):
        found = database.read(ANA)
        assert (found.targets, found.wrong) == ((), f"{file} is down.")
    assert len(tries) == 1
    monkeypatch.setattr(database, "RETRY_S", 0.0)
    database.read(ANA)
    assert len(tries) == 2
