"""The sentences of Service vs care say what was measured, with its interval, and nothing where nothing is clear."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from care_metrics.mix import CELLS, SUMS, Slopes, equal_mix
from care_metrics.ranking import Claim, GroupSet
from care_metrics.statistics.slopes import Slope
from care_metrics.ui import lens_claims, lenses, slopes
from care_metrics.ui.answers import Answers
from care_metrics.ui.comparison import GROUPS, Comparison
from care_metrics.ui.text import speaking

MIX = {"group": "Sol", "difference": -58.4, "mix": -70.0, "own": 11.6, "own_error": 2.0}
CARE = {"difference": -9.06, "d_low": -15.0, "d_high": -3.1}


def found_set(teams: int = 2, within: str = "acme") -> GroupSet:
    cells = [(within, f"team{k}", "reset", "voice", 40.0, 4000.0, 500_000.0) for k in range(teams)]
    mix = equal_mix(pl.DataFrame(cells, schema=CELLS | SUMS, orient="row"), [row[1] for row in cells])
    time = pl.DataFrame({"group": [row[1] for row in cells], "rank": [1] * teams})
    return GroupSet(within, time, mix, None, None)


def told(*claims: Claim, sets: list[GroupSet] | None = None, group: str = "team", several: bool = False) -> str:
    found = Comparison(group, None, claims, several)
    said = lens_claims.sentences_of(found, [found_set()] if sets is None else sets)
    return " ".join(sentence["text"] for sentence in said)


def test_fast_and_low_in_care_by_hand() -> None:
    with speaking("en"):
        text = told(Claim("fast_low_care", "acme", "Sol", 0.01, MIX, "nps", CARE))
    assert text == (
        "Judged by handle time, Sol is faster than all teams together by 58 seconds; judged by Net Promoter Score, it "
        "stands 9.1 points lower (95% interval −15.0 to −3.1 pts). Of that difference, −70 s is contact mix and +12 s the "
        "team itself (95% interval +8 to +16 s)."
    )


def test_fast_by_its_mix_only_names_the_client_where_there_are_several() -> None:
    with speaking("en"):
        text = told(Claim("fast_by_mix", "petrel_air", "Sol", 0.01, MIX), several=True)
    assert text.startswith(
        "Judged by handle time, Sol (Petrel Air) is faster than all teams together by 58 seconds; at equal contact mix it "
        "is slower."
    )


def test_a_group_is_told_once_and_no_more_than_two_are() -> None:
    claims = [Claim("fast_by_mix", "acme", name, 0.01, MIX) for name in ("Sol", "Sol", "Luna", "Mar")]
    with speaking("en"):
        text = told(*claims)
    assert text.count("Judged by handle time") == 2
    assert "Mar" not in text


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_without_a_claim_there_is_no_number(group: str, language: str) -> None:
    with speaking(language):
        assert not any(letter.isdigit() for letter in told(group=group))
        assert told(group=group) != told(group=group, sets=[])
        assert told(group=group, sets=[found_set(1)]) not in (told(group=group), told(group=group, sets=[]))


@pytest.mark.parametrize("kind", ["fast_low_care", "slow_high_care", "fast_by_mix", "slow_by_mix"])
def test_the_same_claim_in_spanish_has_the_same_numbers(kind: str) -> None:
    claim = Claim(kind, "acme", "Sol", 0.01, MIX, *(("nps", CARE) if kind.endswith("care") else ()))
    with speaking("es"):
        text = told(claim)
    assert "Sol" in text
    assert "58 segundos" in text
    assert "−70 s" in text
    assert "Judged" not in text


def moved(difference: float, p: float | None, verdict: str = "clear") -> dict[str, Any]:
    return {"difference": difference, "d_low": difference - 1, "d_high": difference + 1, "p": p, "verdict": verdict}


PAIRS = ((("aht",), "nps"), (("fcr", "transfer"), "ces"), (("cost_per_contact",), "retention"))


def finding(changes: dict[str, dict[str, Any]], compared: bool = True) -> str:
    with speaking("en"):
        return lenses.finding(PAIRS, Answers({}, changes=changes), compared)


def test_the_pair_with_the_surest_change_is_told() -> None:
    changes = {"aht": moved(-22.0, 0.0001), "nps": moved(1.0, 0.8, "chance"), "fcr": moved(0.01, 0.04)}
    assert finding(changes) == (
        "Average handle time changed clearly (−22 s); Net Promoter Score beside it (+1.0 pts) could be chance."
    )


def test_both_sides_of_a_pair() -> None:
    changes = {"aht": moved(-22.0, 0.0001), "nps": moved(-8.0, 0.001)}
    assert finding(changes) == "Average handle time (−22 s) and Net Promoter Score (−8.0 pts) both changed clearly."


def test_care_alone_changed_and_what_stands_beside_it_has_no_test() -> None:
    changes = {
        "retention": moved(-0.02, 0.0001),
        "cost_per_contact": moved(0.1, None),
        "nps": moved(1.0, 0.9, "chance"),
    }
    assert finding(changes) == "Customer retention changed clearly (−2.0 pts)."


def test_one_small_p_among_many_could_be_chance() -> None:
    names = ("aht", "nps", "fcr", "ces", "retention")
    changes = {name: moved(0.5, 0.6, "chance") for name in names} | {"transfer": moved(-0.013, 0.03)}
    assert finding(changes) == (
        "The surest change is Transfers (−1.3 pts); among the 6 changes tested it could be chance."
    )
    changes["transfer"] = moved(-0.013, 0.2, "chance")
    assert finding(changes) == "No pair of measures changed clearly: what moved could be chance."


def test_nothing_to_compare_with() -> None:
    assert finding({}) == "There is nothing to compare with in the earlier period."
    assert finding({}, compared=False) == "Levels of this period, not compared with an earlier one."


def sloped(value: float, half: float) -> Slope:
    return Slope(value, value - half, value + half, 0.01, 500, 30)


@pytest.mark.parametrize(
    ("crude", "adjusted", "said"),
    [
        (
            sloped(-1.2, 0.5),
            sloped(1.4, 1.0),
            "Over all contacts, one minute more is associated with a lower Net Promoter Score (−1.2 pts); among contacts "
            "of the same reason and channel with a higher one (+1.4 pts).",
        ),
        (
            sloped(1.2, 0.5),
            sloped(-1.4, 1.0),
            "Over all contacts, one minute more is associated with a higher Net Promoter Score (+1.2 pts); among contacts "
            "of the same reason and channel with a lower one (−1.4 pts).",
        ),
        (
            sloped(0.2, 0.5),
            sloped(-1.4, 1.0),
            "Among contacts of the same reason and channel, one minute more is associated with a lower Net Promoter Score "
            "(−1.4 pts).",
        ),
        (
            sloped(-1.2, 0.5),
            sloped(1.4, 2.0),
            "The slopes of Net Promoter Score on handle time differ in sign, −1.2 pts over all contacts and +1.4 pts at "
            "equal contact mix, but not both are clear.",
        ),
        (
            sloped(1.2, 0.5),
            sloped(0.4, 2.0),
            "At equal contact mix Net Promoter Score is not clearly associated with handle time (+0.4 pts).",
        ),
        (
            sloped(1.2, 0.5),
            Slope(*[float("nan")] * 4, 500, 30),
            "Too few contacts share a reason and channel for a slope at equal contact mix.",
        ),
    ],
    ids=["turned", "turned_back", "adjusted_only", "signs_only", "neither", "undefined"],
)
def test_what_is_said_of_two_slopes(crude: Slope, adjusted: Slope, said: str) -> None:
    with speaking("en"):
        assert slopes.sentence(Slopes(crude, adjusted), "nps") == said


def test_slopes_turn_only_where_both_intervals_leave_zero() -> None:
    rng = np.random.default_rng(6)
    for _case in range(200):
        one, other = (sloped(*pair) for pair in zip(rng.normal(0, 1, 2), rng.exponential(1, 2), strict=True))
        clear = all(slope.low > 0 or slope.high < 0 for slope in (one, other))
        assert Slopes(one, other).turned() == (clear and one.value * other.value < 0)
