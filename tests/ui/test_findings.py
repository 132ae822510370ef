"""The first sentence claims what is measured and told apart from chance, and nothing else."""

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.kpis import CATALOGUE
from care_metrics.ui import findings
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Answers
from care_metrics.ui.places import Place
from care_metrics.ui.text import speaking


def answer(value: float | None, n: int = 1000) -> dict[str, Any]:
    state = "ok" if value is not None else "no_data"
    low, high = (None, None) if value is None else (value - 0.01, value + 0.01)
    return {
        "value": value,
        "low": low,
        "high": high,
        "n": n if value is not None else 0,
        "n_immature": 0,
        "state": state,
    }


def moved(difference: float, p: float, verdict: str | None = None) -> dict[str, Any]:
    verdict = verdict or ("clear" if p < 0.05 else "chance")
    return {
        "difference": difference,
        "d_low": difference - 0.01,
        "d_high": difference + 0.01,
        "p": p,
        "verdict": verdict,
    }


def told(answers: Answers, places: list[Place] | None = None, compared: bool = True) -> str:
    with speaking("en"):
        return " ".join(sentence["text"] for sentence in findings.sentences_of(answers, places or [], compared))


def test_nothing_measured_is_said_so() -> None:
    assert (
        told(Answers({"nps": answer(None), "handled": answer(None)}))
        == "There is no contact and no answer in this period."
    )


def test_a_clear_fall_of_a_good_thing_is_for_the_worse() -> None:
    text = told(Answers({"nps": answer(21.0)}, changes={"nps": moved(-7.0, 0.001)}))
    assert (
        text
        == "Net Promoter Score fell by 7.0 points to +21, a clear change for the worse (95% interval −7.0 to −7.0 pts)."
    )


def test_a_clear_fall_of_a_bad_thing_is_for_the_better() -> None:
    text = told(Answers({"escalation": answer(0.03)}, changes={"escalation": moved(-0.02, 0.001)}))
    assert text.startswith("Escalations fell by 2.0 percentage points to 3.0%, a clear change for the better")


def test_what_could_be_chance_is_not_claimed() -> None:
    names = ("nps", "ces", "sentiment", "retention", "fcr")
    answers = Answers({name: answer(0.5) for name in names}, changes={name: moved(0.1, 0.3) for name in names})
    assert told(answers) == "No clear change in care: what moved could be chance."


def test_a_change_too_small_to_matter_is_not_claimed_however_sure() -> None:
    answers = Answers({"nps": answer(30.0)}, changes={"nps": moved(0.4, 0.001, "chance")})
    assert told(answers) == "No clear change in care: what moved could be chance."


def test_one_small_p_among_ten_is_not_enough() -> None:
    names = findings.CARE
    changes = {name: moved(0.1, 0.03 if name == "csat" else 0.6) for name in names}
    assert told(Answers({name: answer(0.5) for name in names}, changes=changes)).startswith("No clear change")


def test_without_a_comparison_the_levels_are_told() -> None:
    text = told(Answers({"nps": answer(40.0, 2114)}), compared=False)
    assert text == "Net Promoter Score is +40 (95% interval +40 to +40, 2,114 answers)."


def test_nothing_to_compare_with_is_said_so() -> None:
    assert told(Answers({"nps": answer(40.0)})) == "There is nothing to compare with in the earlier period."


def test_handle_time_is_told_beside_care_without_praise() -> None:
    changes = {"nps": moved(6.0, 0.001), "aht": moved(22.0, 0.001)}
    text = told(Answers({"nps": answer(40.0), "aht": answer(402.0)}, changes=changes))
    assert "Average handle time rose by 22 seconds to 6:42, a clear change (95% interval" in text
    assert text.count("better") == 1


def test_the_surest_place_is_named() -> None:
    place = Place(CATALOGUE["nps"], "client", "petrel_air", answer(10.0), answer(30.0), moved(-20.0, 0.0001))
    text = told(Answers({"nps": answer(20.0)}, changes={"nps": moved(0.0, 0.9)}), [place])
    assert "Net Promoter Score for Petrel Air (client), down by 20.0 points to +10." in text


numbers = st.floats(-0.9, 0.9).filter(lambda x: abs(x) > 0.001)


@given(st.dictionaries(st.sampled_from(findings.CARE), st.tuples(numbers, numbers, st.floats(0, 1)), min_size=1))
def test_every_number_in_it_was_measured_and_every_claim_has_its_signal(
    drawn: dict[str, tuple[float, float, float]],
) -> None:
    now = {name: answer(value) for name, (value, _difference, _p) in drawn.items()}
    changes = {name: moved(difference, p) for name, (_value, difference, p) in drawn.items()}
    text = told(Answers(now, changes=changes))
    with speaking("en"):
        allowed = {"95"}
        for name in drawn:
            unit, change = CATALOGUE[name].unit, changes[name]
            for written in (
                fmt.level(now[name]["value"], unit),
                fmt.size(change["difference"], unit),
                fmt.step_interval(change["d_low"], change["d_high"], unit),
            ):
                allowed |= set(re.findall(r"\d+(?:[.:]\d+)?", written))
    assert set(re.findall(r"\d+(?:[.:]\d+)?", text)) <= allowed
    for name in drawn:
        if CATALOGUE[name].label + " " in text:
            assert changes[name]["p"] < 0.05


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_no_effect_it_claims_something_at_most_one_time_in_twenty(language: str) -> None:
    """200 pages without an effect: at 5 % the chance of more than 20 claims is below 0.2 %."""
    rng, claims = random.Random(3), 0
    now = {name: answer(0.5) for name in findings.CARE}
    for _page in range(200):
        changes = {name: moved(rng.choice([-0.1, 0.1]), rng.random()) for name in findings.CARE}
        with speaking(language):
            first = findings.sentences_of(Answers(now, changes=changes), [], True)[0]["text"]
            claims += "%" in first
    assert claims <= 20
