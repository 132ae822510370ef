"""The simulated centre in two sizes, per client and as tables over all clients."""

import polars as pl
import pytest

from care_metrics.demo import simulate

Demo = dict[str, dict[str, pl.DataFrame]]
Tables = dict[str, pl.DataFrame]


def over_clients(demo: Demo) -> Tables:
    """Each table of all clients in one frame, with the client's slug as a column."""
    names = next(iter(demo.values()))
    return {
        name: pl.concat(tables[name].with_columns(client=pl.lit(slug)) for slug, tables in demo.items())
        for name in names
    }


@pytest.fixture(scope="session")
def small() -> Demo:
    return simulate(2_000)


@pytest.fixture(scope="session")
def full() -> Demo:
    return simulate()


@pytest.fixture(scope="session")
def small_tables(small: Demo) -> Tables:
    return over_clients(small)


@pytest.fixture(scope="session")
def full_tables(full: Demo) -> Tables:
    return over_clients(full)
