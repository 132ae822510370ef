"""The currencies of costs are told apart by client, and only those of the reader's clients."""

from collections.abc import Callable
from datetime import UTC, datetime

from care_metrics.access import warehouse_of
from care_metrics.contacts import currencies
from care_metrics.scope import NOBODY, Scope, operator
from care_metrics.store import Store
from tests.conftest import leg


def test_each_client_has_currencies_of_its_own(store: Store, load: Callable[..., object]) -> None:
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    legs = [leg(number, started_at=start) for number in range(3)]
    cost = {"month": "2026-01", "site": "Lima", "cost": 10.0}
    load("acme", interactions=legs, costs=[cost | {"currency": "USD"}, cost | {"currency": "COP", "site": "Cali"}])
    load("zeta", interactions=legs, costs=[cost | {"currency": "GBP"}])

    def told(scope: Scope) -> dict[str, set[str]]:
        return currencies(warehouse_of(store, store.snapshot(), scope), scope)

    assert told(operator(["acme", "zeta"])) == {"acme": {"USD", "COP"}, "zeta": {"GBP"}}
    assert told(operator(["zeta"])) == {"zeta": {"GBP"}}
    assert told(NOBODY) == {}
