"""What stands out is told apart from the rest of its series, and one bad month makes no good ones of its neighbours."""

import polars as pl
import pytest

from care_metrics.kpis import kpi
from care_metrics.standouts import against_rest, standing


def cell(
    month: str, n: int, earned: float, spread: float = 0.25, name: str = "ownership", client: str = "acme"
) -> dict:
    """n contacts of one possible point each, `earned` of them on average, with that variance."""
    y = n * earned
    sums = [n, n, y, n, n * (spread + earned**2), y]
    return {
        "kpi": name,
        "client": client,
        "month": month,
        "value": 100 * earned,
        "n": n,
        "sums": [float(x) for x in sums],
    }


def frame(*cells: dict) -> pl.DataFrame:
    return pl.DataFrame(list(cells), schema_overrides={"sums": pl.List(pl.Float64)})


def test_a_cell_is_compared_with_all_others_together() -> None:
    """100 contacts at 50 against 300 at 80 and 100 at 40: the rest is (240 + 40) / 400 = 70."""
    rows = against_rest(frame(cell("1", 100, 0.5), cell("2", 300, 0.8), cell("3", 100, 0.4)), ("client",))
    first = rows.row(0, named=True)
    assert first["rest"] == pytest.approx(70)
    assert first["rest_n"] == 400
    assert first["difference"] == pytest.approx(-20)
    assert first["d_low"] < -20 < first["d_high"] < 0
    assert first["p"] < first["q"] < 0.05


@pytest.mark.parametrize("sums", [None, []], ids=["hidden", "empty"])
def test_what_is_hidden_is_neither_compared_nor_part_of_the_rest(sums: list | None) -> None:
    rows = against_rest(
        frame(cell("1", 100, 0.5), cell("2", 100, 0.8), cell("3", 5, 0.0) | {"sums": sums}), ("client",)
    )
    assert rows.row(0, named=True)["rest"] == pytest.approx(80)
    assert rows.row(2, named=True)["p"] is None


def test_a_cell_that_is_alone_has_no_rest() -> None:
    [row] = against_rest(frame(cell("1", 100, 0.3)), ("client",)).to_dicts()
    assert (row["rest"], row["difference"], row["q"]) == (None, None, None)
    assert against_rest(frame(cell("1", 1, 0.3)).clear()).is_empty()


def test_series_do_not_mix() -> None:
    rows = against_rest(
        frame(cell("1", 100, 0.5), cell("2", 100, 0.8), cell("1", 100, 0.1, client="zeta")), ("client",)
    )
    assert rows.filter(client="zeta")["rest"].to_list() == [None]
    assert rows.row(0, named=True)["rest"] == pytest.approx(80)


def test_one_bad_month_makes_no_good_ones_of_its_neighbours() -> None:
    """Against a rest with the bad month in it the other months would look better than usual."""
    months = [cell(str(number), 2_000, 0.75 + 0.002 * (number % 2)) for number in range(11)]
    rows = frame(cell("bad", 2_000, 0.2), *months)
    naive = against_rest(rows, ("client",))
    assert naive.filter((pl.col("q") < 0.05) & (pl.col("difference") > 2)).height > 0
    assert [row["month"] for row in standing(rows, ("client",), 4)] == ["bad"]


def test_a_small_difference_is_not_worth_a_word_however_sure() -> None:
    """Half the threshold of 2 points, on a million contacts."""
    least = kpi("ownership").threshold / 100
    rows = frame(cell("1", 1_000_000, 0.5), cell("2", 1_000_000, 0.5 + least / 2))
    assert against_rest(rows, ("client",))["q"].max() < 0.001
    assert standing(rows, ("client",), 4) == []


def test_no_more_than_asked_for_the_surest_first() -> None:
    rows = frame(*(cell(str(number), 2_000, 0.75) for number in range(8)), cell("a", 500, 0.5), cell("b", 2_000, 0.4))
    assert [row["month"] for row in standing(rows, ("client",), 1)] == ["b"]
    assert [row["month"] for row in standing(rows, ("client",), 4)] == ["b", "a"]
