"""Traps: order lost by deduplication, blank text, cut-off long turns, batch effects, logits that are no numbers."""

import numpy as np
import polars as pl
import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models import encoder as encoder_module
from care_metrics.models.sentiment import load_sentiment

# More than the tiny models' positions.
LONG = 120
WORDS = ["the", "a", "it", "is", "was", "not", "good", "bad", "slow", "fast", "help", "thanks", "my", "card"]
# bf16 keeps 8 bits of a number, so batches of other shapes may differ by about this much.
TOLERANCE = 0.02


def texts(count: int, seed: int = 0, longest: int = 20) -> list[str]:
    rng = np.random.default_rng(seed)
    return [" ".join(rng.choice(WORDS, rng.integers(1, longest))) for _ in range(count)]


def test_columns_and_their_sum(tiny_model):
    scored = load_sentiment(str(tiny_model())).score(texts(20))
    assert scored.columns == ["negative", "neutral", "positive", "label", "valence"]
    assert scored.select(total=pl.sum_horizontal("negative", "neutral", "positive"))[
        "total"
    ].to_numpy() == pytest.approx(1)
    assert (scored["positive"] - scored["negative"]).to_list() == pytest.approx(scored["valence"].to_list())


def test_order_is_kept_and_equal_texts_score_equally(tiny_model):
    scorer = load_sentiment(str(tiny_model()))
    unique = texts(12)
    rows = [unique[i] for i in (3, 0, 3, 11, 5, 5, 0, 3)]
    alone = {text: scorer.score([text])["negative"][0] for text in unique}
    scored = scorer.score(rows)["negative"].to_list()
    assert scored == pytest.approx([alone[text] for text in rows], abs=TOLERANCE)
    assert scored[0] == scored[2] == scored[7]
    assert scored[4] == scored[5]


def test_blank_text_is_neutral(tiny_model):
    scored = load_sentiment(str(tiny_model())).score(["", "bad", " \t\n"])
    assert scored["label"].to_list()[::2] == ["neutral", "neutral"]
    assert scored.row(0)[:3] == pytest.approx((1 / 3,) * 3)
    assert scored["valence"].to_list()[::2] == [0, 0]


def test_no_texts_give_no_rows(tiny_model):
    assert load_sentiment(str(tiny_model())).score([]).shape == (0, 5)


def test_the_last_word_of_a_long_turn_counts(tiny_model):
    scorer = load_sentiment(str(tiny_model()))
    long = ["good"] * LONG
    whole, changed = scorer.score([" ".join(long), " ".join([*long[:-1], "bad"])])["negative"]
    assert whole != pytest.approx(changed, abs=1e-5)


def test_a_long_turn_is_the_mean_of_its_windows(tiny_model):
    scorer = load_sentiment(str(tiny_model(window=4)))
    parts = ["good bad slow fast", "help thanks my card"]
    mean = scorer.score(parts)["negative"].mean()
    assert scorer.score([" ".join(parts)])["negative"][0] == pytest.approx(mean, abs=TOLERANCE)


def test_batch_size_does_not_change_scores(tiny_model, monkeypatch):
    scorer, rows = load_sentiment(str(tiny_model())), texts(60)
    wide = scorer.score(rows)["valence"].to_numpy()
    monkeypatch.setattr(encoder_module, "TOKENS_PER_BATCH", 40)
    assert scorer.score(rows)["valence"].to_numpy() == pytest.approx(wide, abs=TOLERANCE)


def test_workers_do_not_change_scores_or_order(tiny_model, monkeypatch):
    folder, rows = str(tiny_model()), texts(200)
    alone = load_sentiment(folder, workers=1).score(rows)
    monkeypatch.setattr(encoder_module, "TOKENS_WORTH_WORKERS", 0)
    monkeypatch.setattr(encoder_module, "TOKENS_PER_BATCH", 100)
    several = load_sentiment(folder, workers=3).score(rows)
    assert several["valence"].to_numpy() == pytest.approx(alone["valence"].to_numpy(), abs=TOLERANCE)


def test_context_changes_a_score_only_where_the_model_was_trained_with_it(tiny_model):
    with_context = load_sentiment(str(tiny_model(name="with", context=True)))
    without = load_sentiment(str(tiny_model(name="without")))
    for scorer, differs in ((with_context, True), (without, False)):
        plain, after = scorer.score(["not good", "not good"], ["", "agent: my card is broken again"])["valence"]
        assert (plain != pytest.approx(after, abs=1e-6)) is differs


def test_the_speaker_in_front_of_the_context_is_not_context(tiny_model):
    scored = load_sentiment(str(tiny_model(context=True))).score(["bad"] * 3, ["agent: help", "help", "Agent:help"])
    assert scored["valence"].n_unique() == 1


def test_temperature_cools_without_changing_the_label(tiny_model):
    plain = load_sentiment(str(tiny_model(name="plain"))).score(texts(30))
    cooled = load_sentiment(str(tiny_model(name="cooled", temperature=3.0))).score(texts(30))
    assert cooled["label"].to_list() == plain["label"].to_list()
    assert (
        cooled.select(pl.max_horizontal(cooled.columns[:3])).mean().item()
        < plain.select(pl.max_horizontal(plain.columns[:3])).mean().item()
    )


def test_a_logit_that_is_no_number_flags_its_text_only(tiny_model, monkeypatch):
    scorer = load_sentiment(str(tiny_model()))
    real = scorer._encoder.logits

    def poisoned(rows, previous):
        found = real(rows, previous)
        found.logits[[i for i, row in enumerate(rows) if row == "bad"]] = np.nan
        return found

    monkeypatch.setattr(scorer._encoder, "logits", poisoned)
    scored = scorer.score(["good", "bad", "slow", "bad"])
    assert scored["label"].is_null().to_list() == [False, True, False, True]
    assert scored["valence"].is_null().to_list() == [False, True, False, True]
    assert not scored["negative"].is_nan().any()


def test_out_of_memory_halves_the_batch_and_goes_on(tiny_model, monkeypatch):
    scorer, rows = load_sentiment(str(tiny_model())), texts(16)
    expected = scorer.score(rows)["valence"].to_numpy()
    real = scorer._encoder._forward

    def small_memory(encodings):
        if len(encodings) > 4:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory")
        return real(encodings)

    monkeypatch.setattr(scorer._encoder, "_forward", small_memory)
    assert scorer.score(rows)["valence"].to_numpy() == pytest.approx(expected, abs=TOLERANCE)


def test_unknown_labels_are_refused_at_loading(tiny_model):
    with pytest.raises(ModelUnavailable, match="LABEL_0"):
        load_sentiment(str(tiny_model(labels=("LABEL_0", "LABEL_1", "LABEL_2"))))
