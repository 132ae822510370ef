"""KPIs on a few rows, each answer worked by hand beside it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from care_metrics.access import warehouse_of
from care_metrics.contacts import one_contact
from care_metrics.errors import BadRequest, UnknownName
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE
from care_metrics.measure import measure
from care_metrics.scope import Scope
from care_metrics.store import Store
from tests.conftest import leg


def survey(number: int, **values: object) -> dict[str, object]:
    return {"survey_id": f"s{number}", "responded_at": "2024-05-10T12:00:00Z"} | values


@pytest.mark.parametrize(
    ("answers", "nps", "n", "invalid"),
    [
        ([10, 9, 8, 7, 6, 0], 0.0, 6, 0),
        ([10, 10, 8, None, None], 200 / 3, 3, 0),
        ([0, 0, 0], -100.0, 3, 0),
        ([10, 5.5, 11, -1], 100.0, 1, 3),
    ],
    ids=["balanced", "silence is no passive", "all detractors", "halves and elevens are invalid"],
)
def test_nps_by_hand(load: Callable, measured: Callable, answers: list, nps: float, n: int, invalid: int) -> None:
    load(surveys=[survey(k, nps=answer) for k, answer in enumerate(answers)])
    [row] = measured("nps")
    assert row["value"] == pytest.approx(nps)
    assert (row["n"], row["n_invalid"], row["n_missing"]) == (n, invalid, len(answers) - n - invalid)


def test_no_data_is_null_and_never_0(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1)])
    for row in measured(*CATALOGUE):
        if row["n"] == 0 and row["unit"] != "contacts":
            assert (row["value"], row["low"], row["high"], row["state"]) == (None, None, None, "no_data"), row["kpi"]


def test_counts_are_0_where_the_store_holds_contacts(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1, outcome="contained")])
    [row] = measured("handled")
    assert (row["value"], row["n"], row["state"]) == (0, 0, "ok")


def test_effort_scales_are_never_averaged_together(load: Callable, measured: Callable) -> None:
    """7 and 5 on scale 7 (one without a scale), 2 on scale 5, 3 on a scale that does not exist."""
    load(
        surveys=[
            survey(1, ces=7, ces_scale=7),
            survey(2, ces=5),
            survey(3, ces=2, ces_scale=5),
            survey(4, ces=3, ces_scale=10),
        ]
    )
    seven, five = measured("ces", "ces_5")
    assert (seven["value"], seven["n"], seven["n_invalid"], seven["n_missing"]) == (6.0, 2, 1, 0)
    assert (five["value"], five["n"], five["n_invalid"]) == (2.0, 1, 1)


def test_handle_time_leaves_out_incomplete_and_negative_legs(load: Callable, measured: Callable) -> None:
    load(
        interactions=[
            leg(1),
            leg(2, acw_s=None),
            leg(3, talk_s=-20),
            leg(4, talk_s=0, hold_s=0, acw_s=0),
            leg(5, outcome="abandoned"),
        ]
    )
    [row] = measured("aht")
    assert (row["value"], row["n"], row["n_missing"], row["n_invalid"]) == (180.0, 2, 1, 1)


def test_published_service_levels_of_the_same_traffic(load: Callable, measured: Callable) -> None:
    """860 of 1,000 answered in 20 s, 60 abandoned (20 within 20 s, 10 of them within 5 s), a tenth of it here.

    callcentrehelper.com/service-level-threshold-calculations-206890.htm: 83, 86, 81, 83 and 82 %.
    """
    waits = (
        [("handled", 20)] * 86
        + [("handled", 21)] * 14
        + [("abandoned", 5), ("abandoned", 20)]
        + [("abandoned", 60)] * 4
    )
    load(interactions=[leg(k, outcome=outcome, queue_s=wait) for k, (outcome, wait) in enumerate(waits)])
    rows = measured(
        "service_level_1", "service_level_2", "service_level_3", "service_level_4", "service_level_5", "service_level"
    )
    assert [round(row["value"], 3) for row in rows] == [0.830, 0.860, 0.811, 0.827, 0.821, 0.819]
    assert [row["n"] for row in rows] == [106, 100, 106, 104, 106, 105]


def repeat(hours: float, **values: object) -> list[dict[str, object]]:
    first = datetime(2024, 5, 1, 12, tzinfo=UTC).timestamp()
    second = datetime.fromtimestamp(first + hours * 3600, tz=UTC).isoformat()
    return [
        leg(1, customer_id="c", started_at="2024-05-01T12:00:00Z", ended_at=None),
        leg(2, customer_id="c", started_at=second, ended_at=None) | values,
        leg(3, customer_id="other", started_at="2024-05-27T12:00:00Z", ended_at=None),
    ]


@pytest.mark.parametrize(
    ("second", "fcr"),
    [
        (repeat(168), 0.5),
        (repeat(168.001), 1.0),
        (repeat(24, outcome="abandoned"), 0.0),
        (repeat(24, reason="delivery"), 1.0),
        (repeat(24, channel="chat"), 0.5),
        (repeat(24, direction="outbound"), 1.0),
    ],
    ids=["exactly 168 h", "just after", "abandoned second try", "other reason", "other channel", "outbound"],
)
def test_first_contact_resolution_by_hand(load: Callable, measured: Callable, second: list, fcr: float) -> None:
    load(interactions=second)
    [row] = measured("fcr")
    assert row["value"] == pytest.approx(fcr)
    assert row["n_immature"] == 1, "the window of the last contact is still open"


def test_the_legs_of_a_transfer_are_no_repeat(load: Callable, measured: Callable) -> None:
    legs = repeat(0.2)
    load(interactions=[row | {"contact_id": "one"} if row["customer_id"] == "c" else row for row in legs])
    assert measured("repeat_contact")[0]["value"] == 0.0


def test_who_left_and_came_back_is_retained(load: Callable, measured: Callable) -> None:
    """Active on 1 May: a, b, c, d. On 1 June: a, b (back), d (left later). e joined inside and never counts."""
    spans = [
        ("a", "2024-01-01", None),
        ("b", "2024-01-01", "2024-05-05"),
        ("b", "2024-05-20", None),
        ("c", "2024-01-01", "2024-05-10"),
        ("d", "2024-01-01", "2024-06-15"),
        ("e", "2024-05-02", "2024-05-03"),
    ]
    load(
        customers=[
            {"customer_id": who, "start_at": f"{start}T00:00:00Z", "end_at": end and f"{end}T00:00:00Z"}
            for who, start, end in spans
        ]
    )
    kept, lost = measured("retention", "churn", filters=Filters(date(2024, 5, 1), date(2024, 6, 1)))
    assert (kept["value"], kept["n"]) == (0.75, 4)
    assert (lost["value"], lost["n"]) == (0.25, 4)


def test_retention_is_split_by_customer_dimensions_only(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1)], customers=[{"customer_id": "a", "start_at": "2024-01-01T00:00:00Z"}])
    with pytest.raises(BadRequest, match="It has: client, segment"):
        measured("retention", by=("site",))


def test_a_day_is_the_clients_day_and_a_period_half_open(load: Callable, measured: Callable) -> None:
    """03:30 UTC on 2 May is still 1 May in Bogotá (UTC-5)."""
    load(zone="America/Bogota", interactions=[leg(1, started_at="2024-05-02T03:30:00Z", ended_at=None)])
    [row] = measured("handled", by=("day",))
    assert row["day"] == "2024-05-01"
    assert measured("handled", filters=Filters(date(2024, 5, 1), date(2024, 5, 2)))[0]["value"] == 1
    assert measured("handled", filters=Filters(date(2024, 5, 2), date(2024, 5, 3)))[0]["value"] == 0


def test_a_contact_across_the_change_of_clocks_keeps_its_true_duration(load: Callable, measured: Callable) -> None:
    """Madrid, 31 March 2024: 00:50Z (01:50) to 01:10Z (03:10 local) is 20 minutes, not 80."""
    turns = [
        {"interaction_id": "i1", "turn_no": k, "speaker": "customer", "begin_s": b, "end_s": b + 60, "valence": 0}
        for k, b in enumerate([0, 600])
    ]
    load(
        zone="Europe/Madrid",
        interactions=[leg(1, started_at="2024-03-31T00:50:00Z", ended_at="2024-03-31T01:10:00Z")],
        turns=turns,
    )
    [row] = measured("silence")
    assert row["value"] == pytest.approx(540 / 1200)


def turns(valences: list[float | None], starts: list[int]) -> list[dict[str, object]]:
    return [
        {
            "interaction_id": "i1",
            "turn_no": k,
            "speaker": "customer",
            "begin_s": begin,
            "end_s": begin + 5,
            "text": "x",
            "valence": valence,
        }
        for k, (valence, begin) in enumerate(zip(valences, starts, strict=True))
    ]


def test_sentiment_of_a_leg_by_quarter(load: Callable, measured: Callable) -> None:
    """Six minutes: turns in the quarters 1, 1, 2 and 4; recovery = 0.8 - mean(-0.9, -0.5)."""
    load(interactions=[leg(1)], turns=turns([-0.9, -0.5, 0.0, 0.8], [0, 60, 100, 280]))
    found = {
        row["kpi"]: row["value"]
        for row in measured("sentiment", "sentiment_start", "sentiment_end", "sentiment_lowest", "recovery")
    }
    assert found["sentiment"] == pytest.approx(-0.15)
    assert found["sentiment_start"] == pytest.approx(-0.7)
    assert found["sentiment_end"] == pytest.approx(0.8)
    assert found["sentiment_lowest"] == pytest.approx(-0.9)
    assert found["recovery"] == pytest.approx(1.5)


def test_low_sentiment_includes_its_limit(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1)], turns=turns([-0.3], [0]))
    assert measured("low_sentiment")[0]["value"] == 1.0


def test_an_impossible_valence_leaves_the_mean_and_is_counted(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1)], turns=turns([0.5, 2.0], [0, 60]))
    [row] = measured("sentiment")
    assert (row["value"], row["n"], row["n_invalid"]) == (0.5, 1, 1)


def test_pillar_credit_needs_an_agents_turn(load: Callable, measured: Callable) -> None:
    """Cited agent turn 1 of 2, cited customer turn 0 of 2, no turn 0 of 1; operational with event 1 of 1: 2 of 6."""
    said = [
        {"interaction_id": "i1", "turn_no": 0, "speaker": "customer", "text": "hm"},
        {"interaction_id": "i1", "turn_no": 1, "speaker": "agent", "text": "hm"},
    ]
    items = [
        {"behaviour": "names", "earned": 1, "possible": 2, "turn_no": 1},
        {"behaviour": "asks", "earned": 2, "possible": 2, "turn_no": 0},
        {"behaviour": "reflects", "earned": 1, "possible": 1},
        {"behaviour": "quick", "earned": 1, "possible": 1, "source": "operational", "event_id": "e9"},
        {"behaviour": "scorecard", "earned": 3, "possible": 4, "source": "human"},
    ]
    load(
        interactions=[leg(1)],
        turns=said,
        evidence=[{"interaction_id": "i1", "pillar": "empathy"} | item for item in items],
    )
    pillar, index, quality = measured("empathy", "care_index", "qa_score")
    assert (pillar["value"], pillar["n"], pillar["n_invalid"]) == (pytest.approx(100 / 3), 1, 2)
    assert index["value"] == pytest.approx(100 / 3)
    assert quality["value"] == pytest.approx(75.0)


def test_orphans_enter_once_their_interaction_arrives(load: Callable, measured: Callable) -> None:
    load(turns=turns([0.5, 0.7], [0, 60]))
    assert measured("sentiment")[0]["state"] == "no_data"
    load(interactions=[leg(1)])
    assert measured("sentiment")[0]["value"] == pytest.approx(0.6)


def test_cost_of_a_part_month_is_shared_by_day(load: Callable, measured: Callable) -> None:
    """310 for May, 10 a day; legs on the 2nd and 3rd, the other site has no cost and leaves both sides."""
    legs = [leg(1), leg(2), leg(2) | {"interaction_id": "i9", "site": "south"}]
    load(interactions=legs, costs=[{"month": "2024-05", "site": "north", "cost": 310, "currency": "USD"}])
    [row] = measured("cost_per_contact", filters=Filters(date(2024, 5, 2), date(2024, 5, 4)))
    assert (row["value"], row["n"], row["n_missing"]) == (10.0, 2, 1)


def test_costs_of_two_currencies_are_not_added(load: Callable, measured: Callable) -> None:
    costs = [
        {"month": "2024-05", "site": site, "cost": 1, "currency": money}
        for site, money in (("north", "USD"), ("south", "COP"))
    ]
    load(interactions=[leg(1)], costs=costs)
    with pytest.raises(BadRequest, match="2 currencies"):
        measured("cost_per_contact")


@pytest.mark.parametrize(("n", "state"), [(9, "suppressed"), (10, "low_n"), (29, "low_n"), (30, "ok")])
def test_small_numbers_are_hidden_then_marked(load: Callable, measured: Callable, n: int, state: str) -> None:
    load(surveys=[survey(k, nps=9) for k in range(n)])
    [row] = measured("nps", min_n=None)
    assert (row["state"], row["n"]) == (state, n)
    assert (row["value"] is None) == (state == "suppressed")


def test_an_unknown_kpi_is_answered_with_the_nearest(load: Callable, measured: Callable) -> None:
    load(interactions=[leg(1)])
    with pytest.raises(UnknownName, match="Did you mean 'nps'"):
        measured("npss")


def client_reader(*clients: str) -> Scope:
    return Scope(frozenset(clients), "client", "someone at the client", "client")


def test_a_client_reader_cannot_subtract_a_small_cell_from_the_total(load: Callable, store: Store) -> None:
    """North 40, south 12, west 3: west is too small, and with it hidden alone 55 - 40 - 12 would tell."""
    sites = ["north"] * 40 + ["south"] * 12 + ["west"] * 3
    load(interactions=[leg(k, site=site) for k, site in enumerate(sites)])
    scope = client_reader("acme")
    house = warehouse_of(store, store.snapshot(), scope)
    rows = {row["site"]: row for row in measure(house, scope, ["aht"], Filters(), ("site",), min_n=1).to_dicts()}
    assert rows["north"]["state"] == "ok"
    assert rows["west"]["state"] == rows["south"]["state"] == "suppressed"
    assert rows["west"]["value"] is None
    assert rows["west"]["n"] == 0, "a count beside a hidden value would tell it"


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.audience == "internal"])
def test_to_a_client_reader_an_internal_kpi_does_not_exist(load: Callable, store: Store, name: str) -> None:
    load(interactions=[leg(1)])
    scope = client_reader("acme")
    house = warehouse_of(store, store.snapshot(), scope)
    with pytest.raises(UnknownName) as refusal:
        measure(house, scope, [name], Filters())
    internal = {entry.name for entry in CATALOGUE.values() if entry.audience == "internal"} - {name}
    assert not [other for other in internal if other in str(refusal.value)]


def test_a_reader_bound_to_an_agent_sees_that_agents_rows_only(load: Callable, store: Store) -> None:
    load(interactions=[leg(1), leg(2, agent_id="a2"), leg(3, agent_id="a2")])
    scope = Scope(frozenset({"acme"}), "internal", "a2", "agent", (("agent_id", ("a2",)),))
    house = warehouse_of(store, store.snapshot(), scope)
    assert measure(house, scope, ["handled"], Filters())["n"].to_list() == [2]
    wide = Filters(where=(("agent_id", ("a1", "a2")),))
    assert measure(house, scope, ["handled"], wide)["n"].to_list() == [2]
    with pytest.raises(BadRequest):
        measure(house, scope, ["retention"], Filters())
    assert one_contact(house, scope, "acme", "i2") is not None
    assert one_contact(house, scope, "acme", "i1") is None


def test_without_a_denominator_a_cell_keeps_its_counts(load: Callable, measured: Callable) -> None:
    """A contact's second leg, the day after, has no cost: that day no contact began, and one cost is missing."""
    second = leg(2, contact_id="k", started_at="2024-05-03T12:00:00Z", ended_at="2024-05-03T12:06:00Z")
    load(interactions=[leg(1, contact_id="k"), second])
    [cell] = measured("cost_per_resolved", by=("day",), filters=Filters(date(2024, 5, 3), date(2024, 5, 4)))
    assert (cell["value"], cell["n"], cell["n_missing"], cell["state"]) == (None, 0, 1, "no_data")
