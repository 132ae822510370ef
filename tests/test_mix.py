"""AHT at equal contact mix, by hand: standardised, split exactly, and satisfaction's slope on it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.access import warehouse_of
from care_metrics.filters import Filters
from care_metrics.mix import CELLS, SUMS, answers_with_time, cells, equal_mix, slopes
from care_metrics.scope import Scope, operator
from tests.conftest import leg


def cell(group, reason, n, mean, spread=10.0, channel="voice", within="acme"):
    """A cell of n contacts around `mean` with that standard deviation."""
    return (within, group, reason, channel, float(n), n * mean, (n - 1) * spread**2 + n * mean**2)


def table(*rows):
    return pl.DataFrame(rows, schema=CELLS | SUMS, orient="row")


# Sol takes 90 resets of 100 s and 10 disputes of 500 s, Luna 10 resets of 90 s and 90 disputes of 400 s.
SOL_AND_LUNA = (
    cell("Sol", "reset", 90, 100),
    cell("Sol", "dispute", 10, 500),
    cell("Luna", "reset", 10, 90),
    cell("Luna", "dispute", 90, 400),
)


def test_the_fastest_team_is_the_slowest_at_equal_mix():
    """Pooled mix: 100 of 200 each. Sol: 140 s crude, (100 + 500) / 2 = 300 s; Luna: 369 s, (90 + 400) / 2 = 245 s."""
    found = equal_mix(table(*SOL_AND_LUNA), ["Sol", "Luna"])
    rows = {row["group"]: row for row in found.rows.to_dicts()}
    assert (rows["Sol"]["value"], rows["Luna"]["value"]) == (140.0, 369.0)
    assert (rows["Sol"]["equal"], rows["Luna"]["equal"]) == (300.0, 245.0)
    assert (rows["Sol"]["covered"], found.shared, found.centre) == (1.0, 1.0, 254.5)


def test_its_error_by_hand():
    """Weights 1/2 and 1/2, each spread 10 s over 90 and 10 contacts."""
    [sol] = equal_mix(table(*SOL_AND_LUNA), ["Sol"]).rows.filter(pl.col("group") == "Sol").to_dicts()
    assert sol["equal_error"] == pytest.approx((0.25 * 100 / 90 + 0.25 * 100 / 10) ** 0.5)


def test_the_parts_by_hand():
    """Centre: resets (9000 + 900) / 100 = 99 s, disputes (5000 + 36000) / 100 = 410 s.

    Sol's own part: (100 - 99) (.9 + .5) / 2 + (500 - 410) (.1 + .5) / 2 = 0.7 + 27; its mix: the rest of 140 - 254.5.
    """
    rows = {row["group"]: row for row in equal_mix(table(*SOL_AND_LUNA), ["Sol", "Luna"]).rows.to_dicts()}
    assert rows["Sol"]["own"] == pytest.approx(27.7)
    assert rows["Sol"]["mix"] == pytest.approx(-114.5 - 27.7)
    assert rows["Sol"]["difference"] == pytest.approx(-114.5)


def test_a_team_without_one_kind_of_contact_has_no_value_but_one_over_the_shared_kinds():
    found = equal_mix(table(*SOL_AND_LUNA, cell("Mar", "reset", 50, 80)), ["Sol", "Luna", "Mar"])
    rows = {row["group"]: row for row in found.rows.to_dicts()}
    assert rows["Mar"]["equal"] is None
    assert rows["Mar"]["covered"] == pytest.approx(150 / 250)
    assert [rows[name]["common"] for name in ("Sol", "Luna", "Mar")] == [100.0, 90.0, 80.0]
    assert found.shared == pytest.approx(0.6)


def test_a_small_team_that_is_not_compared_leaves_the_shared_kinds_alone():
    found = equal_mix(table(*SOL_AND_LUNA, cell("Mar", "reset", 2, 80)), ["Sol", "Luna"])
    assert found.shared == pytest.approx(1.0)
    assert found.rows.filter(pl.col("group") == "Mar")["common"].to_list() == [None]


def test_reasons_that_nobody_knows_are_a_kind_of_contact_and_nothing_fails_without_any():
    found = equal_mix(table(cell("Sol", None, 5, 100), cell("Luna", None, 5, 200)), ["Sol", "Luna"])
    assert found.rows["equal"].to_list() == [200.0, 100.0]
    empty = equal_mix(table(), [])
    assert (empty.rows.height, empty.centre, empty.shared) == (0, None, 0.0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]),
            st.sampled_from(["x", "y", "z", None]),
            st.integers(1, 400),
            st.floats(0, 5000),
        ),
        min_size=1,
        max_size=12,
        unique_by=lambda row: row[:2],
    )
)
def test_mix_and_own_part_sum_to_the_difference(rows):
    found = equal_mix(table(*(cell(*row) for row in rows)), sorted({row[0] for row in rows}))
    for row in found.rows.to_dicts():
        assert row["mix"] + row["own"] == pytest.approx(row["difference"], abs=1e-9)
        assert row["value"] - found.centre == pytest.approx(row["difference"], abs=1e-9)


def opened(store, scope=None):
    snapshot = store.snapshot()
    scope = scope or operator(store.clients(snapshot))
    return warehouse_of(store, snapshot, scope), scope


def test_the_cells_add_up_to_the_tile_and_keep_clients_apart(store, load, measured):
    legs = [
        leg(n, team="Sol" if n % 3 else "Luna", reason=None if n % 4 == 0 else "billing", talk_s=100 + n)
        for n in range(40)
    ]
    load(client="acme", interactions=[*legs, leg(99, team=None)])
    load(client="bolt", interactions=[leg(1, team="Sol")])
    house, scope = opened(store)
    found = cells(house, scope, "aht", Filters(), "team")
    acme = found.filter(pl.col("within") == "acme")
    [tile] = measured("aht", clients=["acme"], filters=Filters(where=(("team", ("Sol", "Luna")),)))
    assert acme["n"].sum() == tile["n"] == 40
    assert acme["s"].sum() / acme["n"].sum() == pytest.approx(tile["value"])
    assert found.filter(pl.col("within") == "bolt").height == 1
    assert cells(house, scope, "aht", Filters(), "client")["within"].unique().to_list() == [""]


def test_a_reader_of_nothing_gets_no_cell_and_no_answer(store, load):
    load(
        interactions=[leg(1, team="Sol")],
        surveys=[{"survey_id": "s1", "interaction_id": "i1", "responded_at": "2024-05-03T12:00:00Z", "nps": 9}],
    )
    house, scope = opened(store, Scope())
    assert cells(house, scope, "aht", Filters(), "team").is_empty()
    assert answers_with_time(house, scope, "nps", Filters()).is_empty()


def test_only_answers_to_handled_contacts_with_a_handle_time_enter_the_slope(store, load):
    """i1 counts; i2 has no after-call work, i3 was abandoned, s4 names no contact, i5's answer is invalid."""
    load(
        interactions=[
            leg(1, talk_s=60, hold_s=0, acw_s=0, agent_id="a1"),
            leg(2, acw_s=None),
            leg(3, outcome="abandoned"),
            leg(5),
        ],
        surveys=[
            {
                "survey_id": f"s{n}",
                "interaction_id": f"i{n}" if n != 4 else None,
                "responded_at": "2024-05-09T12:00:00Z",
                "nps": 11 if n == 5 else 9,
            }
            for n in range(1, 6)
        ],
    )
    house, scope = opened(store)
    rows = answers_with_time(house, scope, "nps", Filters())
    assert rows.select("client", "value", "handle_s", "reason", "channel", "agent").rows() == [
        ("acme", 1.0, 60.0, "billing", "voice", "a1")
    ]


def test_the_slope_is_in_points_a_minute_and_turns_within_the_kinds():
    """Within each reason one minute more goes with 100 points more; the long reason is the unhappy one."""
    rows = [
        {
            "client": "acme",
            "value": value,
            "handle_s": 60.0 * minutes,
            "reason": reason,
            "channel": "voice",
            "agent": f"a{k % 12}",
        }
        for k, (value, minutes, reason) in enumerate(
            [
                (float(v), m, r)
                for _ in range(10)
                for r, base, m0 in (("reset", 0, 1), ("dispute", -1, 11))
                for v, m in ((base, m0), (base + 1, m0 + 1))
            ]
        )
    ]
    found = slopes(pl.DataFrame(rows), "nps")
    assert found.adjusted.value == pytest.approx(100.0)
    assert found.crude.value < 0
    assert (found.crude.n, found.crude.clusters) == (40, 12)
    assert not slopes(pl.DataFrame(rows).clear(), "nps").turned()
