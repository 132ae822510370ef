"""Numbers of the commands' tables: four digits of a share, every digit of a count."""

import polars as pl
import pytest

from care_metrics.commands.show import show


@pytest.mark.parametrize(
    ("value", "told"), [(300_000.0, "300,000"), (1_234.5, "1,234"), (-35.678, "-35.68"), (0.5, "0.5"), (None, "-")]
)
def test_a_count_is_no_power_of_ten(value: float | None, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    show(pl.DataFrame({"value": [value]}, schema={"value": pl.Float64}), "table")
    assert capsys.readouterr().out.split()[-1] == told
