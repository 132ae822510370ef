"""Traps: padding or the turn before that leaks into the pooled features, a table that is lost or does not fit."""

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from care_metrics.errors import ModelUnavailable
from care_metrics.models.behaviours import COLUMNS, load_behaviours
from care_metrics.models.encoder import Encoder
from care_metrics.models.phrase_table import LONGEST, PhraseTable, groups, read_phrases
from care_metrics.models.pooled import PooledClassifier
from care_metrics.models.training.loop import collate
from care_metrics.models.weights import open_weights


def write_phrases(folder, key, weight) -> None:
    file = folder / "model.safetensors"
    table = {
        "phrases.key": torch.tensor(key),
        "phrases.rarity": torch.ones(len(key)).half(),
        "phrases.weight": torch.tensor(weight).half(),
        "phrases.bias": torch.zeros(len(COLUMNS)).half(),
    }
    save_file(load_file(file) | table, file, metadata={"format": "pt"})


def test_padding_and_the_second_segment_do_not_count(tiny_model):
    model = PooledClassifier.from_pretrained(tiny_model(pooled=True)).eval()
    alone, padded = collate([([2, 5, 6, 3], 4)]), collate([([2, 5, 6, 3], 4), ([2, *range(4, 14), 3], 12)])
    with torch.inference_mode():
        assert model.pooled(**padded)[0][0].tolist() == pytest.approx(model.pooled(**alone)[0][0].tolist(), abs=1e-5)
        words = model.pooled(**collate([([2, 5, 6, 3, 7, 3], 4)]))[0][0]
    width = model.config.hidden_size
    table = model.bert.embeddings(torch.tensor([[2, 5, 6, 3]]))[0]
    expected = torch.cat([table.mean(0), table.amax(0), table.amin(0)])
    assert words[: 3 * width].tolist() == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([2, 5, 6, 3], [4]),
        ([2, 5, 9, 6, 3], [3, 2]),
        ([2, 5, 9, 9, 9, 6, 3], [5, 2]),
        ([2, 5, 9, 6, 9, 3], [3, 3]),
        ([2, 9, 3], [3]),
        ([2, 3], [2]),
    ],
    ids=["no mark", "one", "three dots are one end", "the last takes the closing mark", "a mark alone", "nothing"],
)
def test_every_token_belongs_to_one_sentence(tiny_model, ids, expected):
    model = PooledClassifier.from_pretrained(tiny_model(pooled=True)).eval()
    model.config.sentence_ends = [9]
    batch = collate([(ids, len(ids)), ([2, 5, 9, 6, 7, 8, 5, 6, 3], 9)])
    tokens, sentences = model._lengths(batch["input_ids"], batch["attention_mask"].bool())
    assert tokens.tolist() == [*expected, 3, 6]
    assert sentences.tolist() == [len(expected), 2]


def test_the_highest_sentence_counts(tiny_model):
    model = PooledClassifier.from_pretrained(tiny_model(pooled=True)).eval()
    model.config.sentence_ends = [9]
    batch = collate([([2, 5, 9, 6, 7, 3], 6), ([2, 8, 3], 3)])
    with torch.inference_mode():
        pooled, sentences = model.pooled(**batch)
        each, logits = model.head(pooled), model(**batch).logits
    assert sentences.tolist() == [2, 1]
    assert logits[0].tolist() == pytest.approx(each[:2].amax(0).tolist())
    assert logits[1].tolist() == pytest.approx(each[2].tolist())


def test_a_folder_of_our_architecture_is_scored_by_it(tiny_model):
    folder = tiny_model(labels=COLUMNS, pooled=True)
    model = PooledClassifier.from_pretrained(folder).eval()
    encoder = Encoder(open_weights(str(folder)), "cpu", 1)
    encoding = encoder.tokenizer.encode("help my card")
    with torch.inference_mode():
        expected = model(**collate([(encoding.ids, len(encoding.ids))])).logits[0]
    assert encoder.logits(["help my card"], [""]).logits[0].tolist() == pytest.approx(expected.tolist(), abs=0.2)


def test_groups_are_runs_within_one_text_and_each_counts_once():
    row, key = groups([[7, 8, 7, 8], [7], [8, 7]])
    runs = [{(7,), (8,), (7, 8), (8, 7), (7, 8, 7), (8, 7, 8)}, {(7,)}, {(8,), (7,), (8, 7)}]
    assert LONGEST == 3
    assert np.bincount(row).tolist() == [len(found) for found in runs]
    of = [set(key[row == text].tolist()) for text in range(3)]
    assert of[1] < of[0]
    assert of[2] < of[0]


def test_logits_by_hand():
    _, (seven, eight) = groups([[7], [8]])
    order = np.argsort([seven, eight])
    key, rarity, weight = np.array([seven, eight]), np.array([3.0, 4.0]), np.array([[1.0], [2.0]])
    table = PhraseTable(key[order], rarity[order], weight[order], np.array([0.5]))
    # 7 and 8: a vector of 3 and 4 has the length 5, so 0.6 x 1 + 0.8 x 2; the runs of both are not in the table.
    assert table.logits([[7, 8], [7, 7], [9], []])[:, 0].tolist() == pytest.approx([2.7, 1.5, 0.5, 0.5])


def test_phrases_are_added_to_the_encoder(tiny_model):
    folder = tiny_model(labels=COLUMNS)
    before = Encoder(open_weights(str(folder)), "cpu", 1).logits(["help my card", "good"], ["", ""]).logits
    token = Encoder(open_weights(str(folder)), "cpu", 1).tokenizer.token_to_id("help")
    _, key = groups([[token]])
    write_phrases(folder, key.tolist(), [[float(i) for i in range(len(COLUMNS))]])
    after = Encoder(open_weights(str(folder)), "cpu", 1).logits(["help my card", "good"], ["", ""]).logits
    assert (after - before)[0].tolist() == pytest.approx([0, 1, 2, 3, 4, 5], abs=1e-4)
    assert (after - before)[1].tolist() == pytest.approx([0] * 6, abs=1e-4)


@pytest.mark.parametrize("key", [[5, 4], [4, 4], []])
def test_a_table_that_does_not_fit_is_refused(tiny_model, key):
    folder = tiny_model(labels=COLUMNS)
    write_phrases(folder, key, np.zeros((len(key), len(COLUMNS))).tolist())
    with pytest.raises(ModelUnavailable, match="phrases do not fit"):
        load_behaviours(str(folder))


def test_a_model_without_phrases_has_none(tiny_model):
    assert read_phrases(tiny_model(), 3) is None
