"""Ranked by speed and by care: ties, what may not be ranked, and which claims may be made."""

import numpy as np
import polars as pl
import pytest

from care_metrics.mix import CELLS, SUMS, equal_mix
from care_metrics.ranking import at_equal_mix, claims, group_set, ranked_by, standings

GROUP_ROWS = {
    "kpi": pl.String(),
    "group": pl.String(),
    "value": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n": pl.Int64(),
    "state": pl.String(),
    "sums": pl.List(pl.Float64()),
}


def mean_row(name, group, n, mean, spread, scale=1.0):
    """A row of `measure` for a mean KPI."""
    state = "ok" if n >= 30 else "low_n" if n >= 10 else "suppressed"
    sums = [float(n), n * mean, (n - 1) * spread**2 + n * mean**2]
    shown = state != "suppressed"
    return {
        "kpi": name,
        "group": group,
        "value": scale * mean if shown else None,
        "low": None,
        "high": None,
        "n": n,
        "state": state,
        "sums": sums if shown else None,
    }


def frame(*rows):
    return pl.DataFrame(list(rows), schema=GROUP_ROWS)


def seconds(group, mean, n=400):
    return mean_row("aht", group, n, mean, 200.0)


def nps(group, mean, n=400):
    return mean_row("nps", group, n, mean, 0.8, scale=100)


def mix_of(*rows):
    """rows: group, reason, n, mean seconds."""
    cells = [
        ("acme", g, reason, "voice", float(n), n * mean, (n - 1) * 200.0**2 + n * mean**2)
        for g, reason, n, mean in rows
    ]
    found = pl.DataFrame(cells, schema=CELLS | SUMS, orient="row")
    return equal_mix(found, found["group"].unique().to_list())


def test_teams_that_cannot_be_told_apart_share_a_rank_the_shortest_time_first():
    found = standings(frame(seconds("Sol", 300), seconds("Luna", 305), seconds("Mar", 500)), "aht")
    assert found.sort("group").select("group", "rank").rows() == [("Luna", 1), ("Mar", 3), ("Sol", 1)]
    assert found.sort("group")["side"].to_list() == [-1, 1, -1]


def test_the_estimate_lies_between_the_team_and_all_teams_and_closer_to_it_with_more_contacts():
    found = standings(
        frame(seconds("Sol", 300, n=40), seconds("Luna", 300, n=4000), seconds("Mar", 500, n=4000)), "aht"
    )
    sol, luna, _mar = found["estimate"].to_list()
    assert 300 < luna < sol < 500


def test_more_recommendation_ranks_first():
    found = standings(frame(nps("Sol", -0.2), nps("Luna", 0.5)), "nps")
    assert found.select("group", "rank").rows() == [("Sol", 2), ("Luna", 1)]
    assert found["difference"].to_list() == pytest.approx([-35.0, 35.0])


def test_few_or_hidden_answers_are_not_ranked():
    found = standings(frame(nps("Sol", 0.2), nps("Luna", 0.5, n=20), nps("Mar", 0.9, n=5), nps("Rio", 0.1)), "nps")
    assert found.filter(pl.col("rank").is_null())["group"].to_list() == ["Luna", "Mar"]
    assert found.filter(pl.col("group") == "Mar")["p"].to_list() == [None]


def test_care_is_ranked_by_the_first_measure_that_all_have():
    groups = ["Sol", "Luna"]
    both = frame(nps("Sol", 0.2), nps("Luna", 0.1), *(mean_row("sentiment", g, 90, 0.1, 0.4) for g in groups))
    assert ranked_by(both, groups) == "nps"
    few = frame(nps("Sol", 0.2), nps("Luna", 0.1, n=12), *(mean_row("sentiment", g, 90, 0.1, 0.4) for g in groups))
    assert ranked_by(few, groups) == "sentiment"
    assert ranked_by(frame(nps("Sol", 0.2), nps("Luna", 0.1, n=12)), groups) is None


def indexed(group, *pillars):
    index = {
        "kpi": "care_index",
        "group": group,
        "value": 60.0,
        "low": None,
        "high": None,
        "n": 50,
        "state": "ok",
        "sums": [50.0, 0.6, 1e-4],
    }
    return [index, *(index | {"kpi": pillar} for pillar in pillars)]


def test_teams_with_different_pillars_are_not_ranked_by_care_index():
    other = [nps("Sol", 0.2), nps("Luna", 0.1)]
    same = frame(*indexed("Sol", "empathy", "ownership"), *indexed("Luna", "empathy", "ownership"), *other)
    different = frame(*indexed("Sol", "empathy", "ownership"), *indexed("Luna", "empathy"), *other)
    assert ranked_by(same, ["Sol", "Luna"]) == "care_index"
    assert ranked_by(different, ["Sol", "Luna"]) == "nps"
    assert standings(same.filter(pl.col("kpi") == "care_index"), "care_index")["estimate"].to_list() == [60.0, 60.0]


def test_the_team_with_the_easy_contacts_is_fast_by_its_mix_only():
    """Nine in ten of Sol's contacts are resets; it takes longer than Luna for resets and for disputes.

    Luna's own part is 0.3 (100 - 118) + 0.7 (560 - 566) = -9.6 s: too little for a word.
    """
    mix = mix_of(
        ("Sol", "reset", 3600, 120),
        ("Sol", "dispute", 400, 620),
        ("Luna", "reset", 400, 100),
        ("Luna", "dispute", 3600, 560),
    )
    rows = frame(seconds("Sol", 170, n=4000), seconds("Luna", 514, n=4000))
    found = group_set("acme", rows, mix)
    said = claims([found])
    assert [(claim.kind, claim.group) for claim in said] == [("fast_by_mix", "Sol")]
    assert found.time.sort("rank")["group"].to_list() == ["Sol", "Luna"]
    assert at_equal_mix(found, "equal").sort("rank")["group"].to_list() == ["Luna", "Sol"]


def test_fast_and_low_in_care_is_claimed_of_the_team_that_is_both():
    mix = mix_of(("Sol", "reset", 400, 250), ("Luna", "reset", 400, 400), ("Mar", "reset", 400, 400))
    rows = frame(
        *(seconds(g, m) for g, m in (("Sol", 250), ("Luna", 400), ("Mar", 400))),
        *(nps(g, m) for g, m in (("Sol", -0.3), ("Luna", 0.4), ("Mar", 0.4))),
    )
    kinds = {(claim.kind, claim.group) for claim in claims([group_set("acme", rows, mix)])}
    assert kinds == {("fast_low_care", "Sol"), ("slow_high_care", "Luna"), ("slow_high_care", "Mar")}


def test_fast_and_just_as_caring_is_no_claim():
    mix = mix_of(("Sol", "reset", 400, 250), ("Luna", "reset", 400, 400))
    rows = frame(seconds("Sol", 250), seconds("Luna", 400), nps("Sol", 0.31), nps("Luna", 0.30))
    assert claims([group_set("acme", rows, mix)]) == []


def test_a_difference_too_small_to_matter_is_no_claim_however_sure():
    mix = mix_of(("Sol", "reset", 400000, 300), ("Luna", "reset", 400000, 309))
    rows = frame(seconds("Sol", 300, n=400000), seconds("Luna", 309, n=400000), nps("Sol", 0.1), nps("Luna", 0.6))
    assert claims([group_set("acme", rows, mix)]) == []


def test_one_team_alone_and_no_team_claim_nothing():
    alone = group_set("acme", frame(seconds("Sol", 300)), mix_of(("Sol", "reset", 400, 300)))
    assert alone.measure is None
    assert claims([alone]) == claims([]) == []
    nobody = group_set("acme", frame(), mix_of())
    assert claims([nobody]) == []
    assert at_equal_mix(nobody, "equal").is_empty()


def test_without_effects_it_claims_something_at_most_one_time_in_twenty():
    """200 centres of five teams that differ in nothing; at 5 % more than 20 claims have a chance below 0.2 %."""
    rng, claimed = np.random.default_rng(4), 0
    for _centre in range(200):
        cells, rows = [], []
        for team in "abcde":
            times = {reason: rng.normal(base, 150, rng.integers(40, 120)) for reason, base in (("x", 200), ("y", 500))}
            cells += [("acme", team, r, "voice", float(t.size), t.sum(), (t**2).sum()) for r, t in times.items()]
            every, answers = np.concatenate(list(times.values())), rng.choice([-1.0, 0.0, 1.0], 60)
            for name, values in (("aht", every), ("nps", answers)):
                row = mean_row(name, team, values.size, values.mean(), 1.0)
                rows.append(row | {"sums": [float(values.size), values.sum(), (values**2).sum()]})
        found = pl.DataFrame(cells, schema=CELLS | SUMS, orient="row")
        claimed += bool(claims([group_set("acme", frame(*rows), equal_mix(found, list("abcde")))]))
    assert claimed <= 20
