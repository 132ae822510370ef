"""Traps: conversations on both sides of a split, a resumed run that differs, dishonest calibration numbers."""

import random
import re

import numpy as np
import polars as pl
import pytest
import torch

from care_metrics.models.phrase_table import PhraseTable
from care_metrics.models.training import loop, own_writing
from care_metrics.models.training.behaviours import LARGE, OUTPUTS, examples, fold_of, grades, thresholds
from care_metrics.models.training.blend import cross_fitted, fit_blend
from care_metrics.models.training.calibration import expected_calibration_error, reliability, softmax, temperature
from care_metrics.models.training.examples import Examples, Noise, disturb, encode, smooth
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.loop import Plan, fit, length_buckets, soft_cross_entropy
from care_metrics.models.training.messages import messages
from care_metrics.models.training.own_writing import OWN
from care_metrics.models.training.phrase_layer import fit_phrases, token_ids
from care_metrics.models.training.phrases import phrases
from care_metrics.models.training.public_messages import KINDS, PARTS, public_messages
from care_metrics.models.training.sentiment_data import GENERAL, replay
from care_metrics.models.training.soup import soup


@pytest.fixture
def tiny(tiny_model):
    from tokenizers import Tokenizer
    from transformers import BertForSequenceClassification

    folder = tiny_model()
    return lambda: (
        BertForSequenceClassification.from_pretrained(folder),
        Tokenizer.from_file(str(folder / "tokenizer.json")),
    )


def rows(count: int = 24) -> Examples:
    texts = ["good fast help", "bad slow never again", "my order is it", "the card"] * (count // 4)
    return Examples(texts, ["help"] * count, smooth(np.arange(count) % 3, 3, 0.1), np.ones(count))


def test_no_conversation_is_on_both_sides():
    groups = [f"c{i // 3}" for i in range(60)]
    seen = []
    for inside, outside in group_folds(np.arange(60) % 2, groups, 4, 1):
        assert not {groups[i] for i in inside} & {groups[i] for i in outside}
        seen += outside.tolist()
    assert sorted(seen) == list(range(60))


def test_a_resumed_run_ends_with_the_same_weights(tiny, tmp_path, monkeypatch):
    plan = Plan(epochs=3, learning_rate=1e-3, seed=5, tokens_per_batch=40, noise=Noise(0.5, 0.5, 0.5))
    model, tokenizer = tiny()
    fit(model, tokenizer, rows(), plan, soft_cross_entropy)
    monkeypatch.setattr(loop, "CHECKPOINT_EVERY", 4)
    stopped, _ = tiny()
    calls = iter(range(7))

    def interrupted(*tensors):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return soft_cross_entropy(*tensors)

    with pytest.raises(KeyboardInterrupt):
        fit(stopped, tokenizer, rows(), plan, interrupted, tmp_path / "part")
    again, _ = tiny()
    fit(again, tokenizer, rows(), plan, soft_cross_entropy, tmp_path / "part")
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, again.state_dict()[name]), name


def test_training_learns(tiny):
    model, tokenizer = tiny()
    examples = rows()
    fit(model, tokenizer, examples, Plan(epochs=1, learning_rate=0.0, seed=1), soft_cross_entropy)
    before = loop.predict(model, tokenizer, examples.texts, examples.previous)
    fit(model, tokenizer, examples, Plan(epochs=30, learning_rate=1e-2, seed=1), soft_cross_entropy)
    after = loop.predict(model, tokenizer, examples.texts, examples.previous)
    target = torch.from_numpy(examples.targets)
    loss = [soft_cross_entropy(torch.from_numpy(x), target, torch.ones(24)).item() for x in (before, after)]
    assert loss[1] < loss[0] - 0.05


def test_what_the_plan_keeps_does_not_move(tiny):
    model, tokenizer = tiny()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    plan = Plan(epochs=1, learning_rate=1e-2, seed=1, share=lambda name: float("layer.1" in name))
    fit(model, tokenizer, rows(), plan, soft_cross_entropy)
    moved = {name for name, tensor in model.state_dict().items() if not torch.equal(tensor, before[name])}
    assert moved
    assert all("layer.1" in name for name in moved)


def test_phrases_are_learned_from_what_recurs_and_from_known_targets_alone(tiny):
    _, tokenizer = tiny()
    texts = ["help my order", "help my card", "my card is bad", "slow order"] * 3 + ["broken"]
    targets = np.array([[1.0, np.nan], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]] * 3 + [[0.0, 1.0]])
    table: PhraseTable = fit_phrases(tokenizer, Examples(texts, [""] * 13, targets, np.ones((13, 2))))
    ids = token_ids(tokenizer, ["help my order", "slow order", "broken", "never"])
    logits = table.logits(ids)
    assert logits[0, 0] > 1
    assert logits[1, 0] < 0
    assert logits[1, 1] > 0
    assert logits[2] == pytest.approx(logits[3], abs=1e-6), "a word that occurs once is no phrase"


def test_a_blend_leaves_out_what_misleads_and_is_measured_on_other_folds():
    rng = np.random.default_rng(2)
    truth = (rng.random((400, 1)) < 0.4).astype(float)
    good, bad = truth * 4 - 2 + rng.normal(size=(400, 1)), 1 - truth * 2 + rng.normal(size=(400, 1))
    blend = fit_blend(good, bad, truth)
    assert blend.encoder[0] > 0.5
    assert blend.phrases[0] == 0
    assert blend.probabilities(good, bad).mean() == pytest.approx(truth.mean(), abs=0.02)
    fold = np.arange(400) % 4
    other = np.where((fold == 0)[:, None], 1 - truth, truth)
    every = np.full(400, True)
    assert cross_fitted(good, bad, truth, fold, every)[fold == 0] == pytest.approx(
        cross_fitted(good, bad, other, fold, every)[fold == 0]
    ), "a fold's own grades must not reach its own probabilities"


def test_texts_of_our_own_do_not_say_how_far_to_trust_the_models():
    rng = np.random.default_rng(2)
    truth = (rng.random((400, 1)) < 0.4).astype(float)
    logits = truth * 4 - 2 + rng.normal(size=(400, 1))
    fold, real = np.arange(400) % 4, np.arange(400) < 300
    misled = np.where(real[:, None], truth, 1 - truth)
    assert cross_fitted(logits, logits, misled, fold, real) == pytest.approx(
        cross_fitted(logits, logits, truth, fold, real)
    )


def test_shown_and_not_shown_weigh_the_same():
    grade = {"empathy": [1, 0, 0, 0], "proactivity": [0] * 4, "personalization": [0] * 4, "ownership": [0] * 4}
    turns = pl.DataFrame({"text": list("abcd"), "source": [LARGE[0]] * 4} | grade)
    assert examples(turns, 1).weights[:4, 0].tolist() == pytest.approx([2, 2 / 3, 2 / 3, 2 / 3])
    mixed = turns.with_columns(source=pl.Series([LARGE[0], "people", OWN, OWN]))
    assert examples(mixed, 1).weights[:4, 0].tolist() == pytest.approx([2, 4 / 3, 1 / 3, 1 / 3])


def test_buckets_hold_each_row_once():
    lengths = [random.Random(1).randint(1, 90) for _ in range(200)]
    batches = length_buckets(lengths, 300, random.Random(2))
    assert sorted(row for batch in batches for row in batch) == list(range(200))


def test_long_texts_keep_their_start_and_long_contexts_their_end(tiny):
    _, tokenizer = tiny()
    ((ids, first),) = encode(tokenizer, ["good " * 200 + "bad"], ["agent: bad " + "good " * 100 + "help"])
    good, bad, help_ = (tokenizer.token_to_id(word) for word in ("good", "bad", "help"))
    assert ids[1:first].count(good) == first - 2
    assert ids[-2] == help_
    assert bad not in ids


def test_without_noise_an_example_stays_as_it_is():
    assert disturb("Bad, bad!", "help", Noise(), random.Random(1)) == ("Bad, bad!", "help")
    assert disturb("Bad, bad!", "help", Noise(1, 1, 1), random.Random(1)) == ("@user Bad bad", "")


def test_temperature_finds_the_overconfidence_put_in():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(4000, 3)) * 2
    labels = np.array([rng.choice(3, p=p) for p in softmax(logits)])
    assert temperature(logits * 2.5, labels) == pytest.approx(2.5, rel=0.08)
    assert expected_calibration_error(softmax(logits), labels) < 0.02
    assert expected_calibration_error(softmax(logits * 2.5), labels) > 0.1


def test_reliability_by_hand():
    probabilities = np.array([[0.9, 0.05, 0.05], [0.9, 0.05, 0.05], [0.2, 0.2, 0.6]])
    table = reliability(probabilities, np.array([0, 1, 2]))
    assert [(row["n"], row["accuracy"]) for row in table] == [(1, 1.0), (2, 0.5)]
    assert expected_calibration_error(probabilities, np.array([0, 1, 2])) == pytest.approx((0.4 + 2 * 0.4) / 3)


def test_grades_become_ordinal_targets():
    turns = pl.DataFrame({"empathy": [2, 1], "proactivity": [0, 1], "personalization": [-1, 0], "ownership": [1, 2]})
    assert grades(turns).tolist() == [[1, 0, 0, 1, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0, 0, 1]]


def test_what_two_readings_do_not_agree_on_teaches_nothing(tmp_path, monkeypatch):
    file = tmp_path / "own_turns.csv"
    names = [f"{name}{again}" for name in own_writing.GRADES for again in ("", "_again")]
    lines = ["conversation_id,text," + ",".join(names), "a,one,0,1,1,2,2,2,-1,0", "a,two,1,1,0,0,1,2,0,2"]
    file.write_text("\n".join(lines) + "\n")
    monkeypatch.setattr(own_writing, "TURNS", file)
    found = grades(own_writing.own_turns())
    unknown = np.nan
    np.testing.assert_array_equal(
        found, [[unknown, 1, 1, 0, unknown, unknown, 1, 0], [1, 0, 1, unknown, 0, 0, unknown, unknown]]
    )


def test_every_text_of_our_own_was_read_twice_and_stands_once():
    turns = own_writing.read_twice()
    assert turns.null_count().sum_horizontal().item() == 0
    assert turns["text"].n_unique() == len(turns)
    grade = turns.drop("conversation_id", "text")
    assert (grade.min_horizontal().min(), grade.max_horizontal().max()) == (-1, 2)
    messages = pl.concat([own_writing.own_messages(code) for code in ("en", "es", "pt")])
    assert set(messages["label"]) == {"negative", "neutral", "positive"}
    assert messages["text"].n_unique() == len(messages)
    kept = messages.filter("measures")
    assert set(kept["place"]) == {"turn", "public", "survey"}
    learnt = pl.concat([own_writing.learnt_messages(code) for code in ("en", "es", "pt")])
    assert len(learnt) + len(kept) == len(messages)
    assert not set(learnt["text"]) & set(kept["text"])


def test_a_real_turn_keeps_its_fold_whatever_we_write():
    def turns(source, count):
        names = [f"{source}{row // 2}" for row in range(count)]
        return pl.DataFrame({"conversation_id": names, "source": source, "proactivity": 0.0, "ownership": 0.0})

    alone, both = turns(LARGE[0], 40), pl.concat([turns(LARGE[0], 40), turns(OWN, 24)])
    assert fold_of(both, 1)[:40].tolist() == fold_of(alone, 1).tolist()
    assert set(fold_of(both, 1)[40:]) == {0, 1, 2, 3}


def test_thresholds_split_what_can_be_split():
    targets = np.tile([[0.0], [0.0], [1.0], [1.0]], (1, len(OUTPUTS)))
    chosen = thresholds(targets, targets * 0.6 + np.array([[0.0], [0.1], [0.0], [0.1]]), np.full(4, True))
    assert all(0.1 < cut <= 0.6 for cut in chosen.values())


def test_a_cut_is_not_chosen_on_a_handful_of_real_turns():
    column = np.array([1.0, 0.0] * 40 + [1.0, 0.0] * 2)
    said = np.array([0.9, 0.7] * 40 + [0.2, 0.1] * 2)
    targets, theirs = np.tile(column[:, None], (1, len(OUTPUTS))), np.arange(84) >= 80
    few = thresholds(targets, np.tile(said[:, None], (1, len(OUTPUTS))), theirs)
    many = thresholds(targets, np.tile(said[:, None], (1, len(OUTPUTS))), ~theirs)
    assert set(few.values()) == {0.9}
    assert set(many.values()) == {0.9}
    enough = thresholds(np.tile(targets[80:], (15, 1)), np.tile(said[80:, None], (15, len(OUTPUTS))), np.full(60, True))
    assert set(enough.values()) == {0.2}


def test_phrases_are_seeded_and_leave_other_outputs_unknown():
    first, second = phrases(OUTPUTS, 50, 3, 0.5), phrases(OUTPUTS, 50, 3, 0.5)
    assert first.texts == second.texts
    assert not any("{" in text for text in first.texts)
    known = (~np.isnan(first.targets)).sum(axis=1)
    assert known.min() >= 1
    assert (known < len(OUTPUTS)).sum() > 25
    strong = [OUTPUTS.index(f"{name}_strong") for name in ("empathy", "ownership")]
    weak = [OUTPUTS.index(name) for name in ("empathy", "ownership")]
    assert not (first.targets[:, strong] > first.targets[:, weak]).any(), "what is strong is shown at all"


@pytest.mark.parametrize("messages", [messages, public_messages])
def test_messages_are_seeded_distinct_and_of_every_class(messages):
    first = messages(300, 3, 0.1, 0.6)
    assert first.texts == messages(300, 3, 0.1, 0.6).texts
    assert len(set(first.texts)) == 300
    assert set(first.targets.argmax(axis=1)) == {0, 1, 2}
    assert not any("{" in text for text in first.texts)


def test_every_part_of_a_public_message_exists():
    patterns = [*(pattern for kind in KINDS for pattern in kind), *(text for texts in PARTS.values() for text in texts)]
    named = {slot for pattern in patterns for slot in re.findall(r"{(.*?)}", pattern)}
    assert named <= set(PARTS)


def test_a_soup_is_the_mean_of_its_models(tiny):
    models = [tiny()[0] for _ in range(3)]
    for factor, model in enumerate(models):
        with torch.no_grad():
            model.classifier.bias.fill_(3.0 * factor)
    words = models[0].bert.embeddings.word_embeddings.weight.clone()
    mean = soup(models)
    assert mean.classifier.bias.tolist() == [3.0, 3.0, 3.0]
    torch.testing.assert_close(mean.bert.embeddings.word_embeddings.weight, words)


def test_the_replay_holds_every_rated_tweet_and_no_other_text_of_the_dev_split(tmp_path):
    said = {"text": list("abcdef"), "label": ["neutral"] * 6, "split": ["train", "dev"] * 3}
    frame = pl.DataFrame(said | {"source": ["vader_tweets"] * 2 + ["vader_movie"] * 4})
    (tmp_path / "train").mkdir()
    frame.write_parquet(tmp_path / GENERAL)
    assert set(replay(tmp_path, 3, 1)["text"]) - {"c", "e"} == {"a", "b"}
    assert set(replay(tmp_path, 4, 1)["text"]) == set("abce")
