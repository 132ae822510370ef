"""Traps: outputs taken by position instead of name, blank turns that earn credit, one good window lost in a long turn."""

import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models.behaviours import COLUMNS, load_behaviours

MANY = ("extra", *reversed(COLUMNS))


def test_columns_follow_names_and_blank_turns_earn_nothing(tiny_model):
    scorer = load_behaviours(str(tiny_model(labels=MANY, thresholds={"empathy": 0.7})))
    scored = scorer.score(["help my card", "  "])
    assert tuple(scored.columns) == COLUMNS
    assert scored.row(1) == (0.0,) * len(COLUMNS)
    assert all(0 < value < 1 for value in scored.row(0))
    assert scorer.thresholds["empathy"] == 0.7
    assert scorer.thresholds["ownership"] == 0.5


def test_reversed_labels_give_reversed_columns(tiny_model):
    forward = load_behaviours(str(tiny_model(labels=COLUMNS, name="forward"))).score(["help my card"])
    backward = load_behaviours(str(tiny_model(labels=tuple(reversed(COLUMNS)), name="backward"))).score(
        ["help my card"]
    )
    assert forward.row(0) == pytest.approx(tuple(reversed(backward.row(0))))


def test_one_window_suffices_to_show_a_behaviour(tiny_model):
    scorer = load_behaviours(str(tiny_model(labels=COLUMNS, window=4)))
    parts = ["good bad slow fast", "help thanks my card"]
    alone = scorer.score(parts)
    whole = scorer.score([" ".join(parts)])
    for column in COLUMNS:
        assert whole[column][0] == pytest.approx(alone[column].max(), abs=0.02)


def test_a_sentiment_model_is_refused(tiny_model):
    with pytest.raises(ModelUnavailable, match="none of them empathy"):
        load_behaviours(str(tiny_model()))
