"""Traps: a head that credits the whole turn for one sentence, or that learns from what nobody graded."""

import numpy as np
import pytest
import torch

from care_metrics.models.pooled import PooledClassifier
from care_metrics.models.training import head
from care_metrics.models.training.examples import Examples
from care_metrics.models.training.head import fit_head, pooled_features


@pytest.fixture
def tiny(tiny_model, monkeypatch):
    """A pooled classifier of two outputs, whose sentences end with "it"; few features, so that it need not be shrunk."""
    from tokenizers import Tokenizer

    folder = tiny_model(labels=("shown", "open"), pooled=True)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    model = PooledClassifier.from_pretrained(folder)
    model.config.sentence_ends = [tokenizer.token_to_id("it")]
    monkeypatch.setattr(head, "STRENGTH", 1.0)
    return model, tokenizer


def turns(targets: np.ndarray) -> Examples:
    texts = ["help good it my order is slow it", "my order is slow it my card it", "help good it"] * 8
    return Examples(texts, [""] * 24, targets, np.ones((24, 2)))


def test_of_a_turn_that_shows_it_only_the_sentence_that_does_is_credited(monkeypatch):
    monkeypatch.setattr(head, "STRENGTH", 10.0)
    shows, courtesy, other = (1.0, 0.0), (0.0, 1.0), (0.0, -1.0)
    features = np.array([courtesy, shows, courtesy, other] * 8)
    owner, shown = np.repeat(np.arange(16), 2), np.array([[1.0], [0.0]] * 8)
    model = head._regression(features, owner, Examples([""] * 16, [""] * 16, shown, np.ones((16, 1))), 0)
    found = model.decision_function(np.array([shows, courtesy, other]))
    assert found[0] > 0 > found[1], "courtesy stands in turns that show it and in turns that do not"
    assert found[2] < 0


def test_a_turn_counts_once_however_many_sentences_it_has():
    assert head._shares(np.array([3.0, 3.0, -9.0, 0.0]), np.array([0, 0, 2, 2])).tolist() == pytest.approx(
        [0.5, 0.5, np.exp(-18) / (1 + np.exp(-18)), 1 / (1 + np.exp(-18))]
    )


def test_an_unknown_grade_teaches_nothing(tiny):
    model, tokenizer = tiny
    shown = np.array([1.0, 0.0, 1.0] * 8)
    unsure = shown.copy()
    unsure[2::3] = np.nan
    fit_head(model, tokenizer, turns(np.stack([shown, unsure], axis=1)))
    # Over the same standardisation, the second output has to be what these two kinds of turn alone teach.
    kept = model.head.linear.weight.detach()[1].clone()
    rows = turns(np.stack([unsure, unsure], axis=1))
    fit_head(model, tokenizer, rows)
    assert torch.allclose(model.head.linear.weight[0], kept, atol=1e-5)


def test_sentences_are_told_whose_they_are(tiny):
    model, tokenizer = tiny
    texts = ["help", "my order is slow it my card it good", "help good it"]
    features, owner = pooled_features(model, tokenizer, texts)
    assert sorted(owner.tolist()) == [0, 1, 1, 1, 2]
    assert features.shape == (5, model.head.mean.numel())
