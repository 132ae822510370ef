"""The scorecard's first sentence over whole stores: it names what was planted, and claims next to nothing else."""

import json
from collections.abc import Iterator

import pytest

from care_metrics.settings import settings
from tests.faults import first_sentence
from tests.faults.first_sentence import PAGE, RESULT, claims, named, planted, rendered, without_change

# Of 24 clients at one claim in twenty: more happen in 3 of 1,000 draws.
DRAWN, MOST = 24, 4


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No targets and no reviews: what is said comes from the numbers alone."""
    monkeypatch.setenv("CARE_METRICS_DATABASE", str(tmp_path / "none.db"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_each_planted_change_is_named() -> None:
    said = planted(seed=7)
    assert not {change: text for change, text in said.items() if not named(change, text)}


def test_where_nothing_changes_next_to_nothing_is_claimed() -> None:
    said = list(without_change(DRAWN, seed=11))
    assert all("No clear change in care" in text for text in said if not claims(text))
    assert sum(map(claims, said)) <= MOST, [text for text in said if claims(text)]


def test_a_store_whose_sentence_names_another_change_is_found_out() -> None:
    assert not named("mood", "Transfers rose by 9 percentage points to 20%.")
    assert not named("mood", "Sentiment rose by 0.2 to 0.3.")
    assert named("mood", "Sentiment fell by 0.2 to 0.1.")


def test_the_table_is_the_kept_result() -> None:
    page = PAGE.read_text(encoding="utf-8")
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    assert page == rendered(page, result)
    assert result["claimed"] <= 0.05 * result["clients"] >= 10
    assert result["named"] == result["planted"]
    assert first_sentence.START in page
