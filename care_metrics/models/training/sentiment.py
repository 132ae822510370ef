"""The sentiment recipe: general texts, then contact-centre folds, then one student of the folds' ensemble."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch

from care_metrics.models.training import sentiment_data as source
from care_metrics.models.training.base_encoder import base_classifier, base_tokenizer
from care_metrics.models.training.calibration import softmax, temperature
from care_metrics.models.training.examples import Examples, Noise
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.loop import Plan, fit, predict, soft_cross_entropy
from care_metrics.models.training.messages import messages
from care_metrics.models.training.ship import cool, reload, ship

log = logging.getLogger(__name__)
# Conversations are split in four; two of the four models suffice to teach and to measure.
FOLDS, TRAINED_FOLDS = 4, 2
GENERAL_NOISE = Noise(without_punctuation=0.1, mention=0.1)
TURN_NOISE = Noise(without_context=0.35, without_punctuation=0.15)
# Copies of each contact-centre row beside this many general rows, so that neither manner of speaking is forgotten.
COPIES, REPLAY, STUDENT_REPLAY, PSEUDO = 4, 2500, 14000, 5000
MESSAGES = 4000
# Copies and learning rate of each pass of the student.
PASSES = ((4, 6e-5), (3, 4e-5))


def train_sentiment(data: Path, output: Path, seed: int) -> None:
    """Write config, weights, tokenizer and manifest to `output`; stages found finished in output/work are reused."""
    work = output / "work"
    tokenizer = base_tokenizer()
    train_general(data, work, seed)
    turns = source.in_domain(data)
    models = _folds(data, work, tokenizer, turns, seed)
    seen = turns["text"].to_list() + source.read_by_us(data)["text"].to_list()
    pseudo = _pseudo(models, tokenizer, source.unlabelled(data, seen), seed)
    student = _student(data, work, tokenizer, turns, pseudo, seed)
    logits = held_out(work, turns, seed)
    seen_by_none = np.isfinite(logits[:, 0])
    heat = temperature(logits[seen_by_none], source.codes(turns["label"])[seen_by_none])
    log.info("temperature %.3f", heat)
    cool(student.classifier, heat)
    ship(student, output, {"context": True, "window": 192, "calibration": {"temperature": heat}})


def held_out(work: Path, turns: pl.DataFrame, seed: int, with_context: bool = True) -> np.ndarray:
    """Logits (n x 3) of each turn from the fold model that saw nothing of its conversation, NaN where none did."""
    tokenizer = base_tokenizer()
    logits = np.full((len(turns), 3), np.nan, np.float32)
    for fold, (_, outside) in enumerate(_splits(turns, seed)):
        out = turns[outside]
        previous = out["previous"].to_list() if with_context else [""] * len(out)
        logits[outside] = predict(reload(work / f"fold{fold}"), tokenizer, out["text"].to_list(), previous)
    return logits


def _splits(turns: pl.DataFrame, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    folds = group_folds(source.codes(turns["label"]), turns["conversation_id"].to_list(), FOLDS, seed)
    return list(folds)[:TRAINED_FOLDS]


def train_general(data: Path, work: Path, seed: int) -> None:
    """The stage on general texts, in work/general; nothing is done where it is finished."""
    if (work / "general" / "model.safetensors").exists():
        return
    torch.manual_seed(seed)
    model = base_classifier(source.LABELS, "single_label_classification")
    plan = Plan(epochs=2, learning_rate=1e-4, seed=seed, noise=GENERAL_NOISE)
    rows = source.as_examples(source.general(data), 0.1)
    fit(model, base_tokenizer(), rows, plan, soft_cross_entropy, work / "general.part")
    model.save_pretrained(work / "general")


def mixture(data: Path, turns: pl.DataFrame, copies: int, replay: int, seed: int) -> Examples:
    """Each contact-centre row `copies` times (noise differs between copies) beside `replay` general rows."""
    own = source.as_examples(turns, 0.06, power=0.0)
    read = source.as_examples(source.read_by_us(data), 0.06, weight=0.7, power=0.0)
    other = source.as_examples(source.general(data).sample(replay, seed=seed), 0.1)
    return own.take(np.tile(np.arange(len(own)), copies)) + read + read + messages(MESSAGES, seed, 0.1, 0.6) + other


def _folds(data: Path, work: Path, tokenizer: Any, turns: pl.DataFrame, seed: int) -> list[Any]:
    """One model a fold, each of which saw the conversations of the other folds."""
    for fold, (inside, _) in enumerate(_splits(turns, seed)):
        folder = work / f"fold{fold}"
        if not (folder / "model.safetensors").exists():
            model = reload(work / "general")
            plan = Plan(epochs=1, learning_rate=6e-5, seed=seed + fold, noise=TURN_NOISE)
            rows = mixture(data, turns[inside], COPIES, REPLAY, seed + fold)
            fit(model, tokenizer, rows, plan, soft_cross_entropy)
            model.save_pretrained(folder)
    return [reload(work / f"fold{fold}") for fold in range(TRAINED_FOLDS)]


def _pseudo(models: list[Any], tokenizer: Any, turns: pl.DataFrame, seed: int) -> Examples:
    """Unlabelled turns with the ensemble's mean probabilities: all with some tone and as many again without."""
    texts, previous = turns["text"].to_list(), turns["previous"].to_list()
    mean = np.mean([softmax(predict(model, tokenizer, texts, previous)) for model in models], axis=0)
    rng = np.random.default_rng(seed)
    toned = np.flatnonzero(mean[:, 1] < 0.8)
    plain = np.flatnonzero(mean[:, 1] >= 0.8)
    toned = rng.permutation(toned)[: PSEUDO // 2]
    chosen = np.concatenate([toned, rng.permutation(plain)[: PSEUDO - len(toned)]])
    log.info("pseudo-labelled: %d with tone, %d chosen of %d", len(toned), len(chosen), len(turns))
    return Examples(texts, previous, mean, np.ones(len(texts))).take(chosen)


def _student(data: Path, work: Path, tokenizer: Any, turns: pl.DataFrame, pseudo: Examples, seed: int) -> Any:
    """Two passes, the second gentler and over other general rows and messages."""
    before = work / "general"
    for number, (copies, rate) in enumerate(PASSES):
        folder = work / f"student{number}"
        if not (folder / "model.safetensors").exists():
            model = reload(before)
            rows = mixture(data, turns, copies, STUDENT_REPLAY, seed + number) + pseudo
            plan = Plan(epochs=1, learning_rate=rate, seed=seed + 100 + number, noise=TURN_NOISE)
            fit(model, tokenizer, rows, plan, soft_cross_entropy, work / f"student{number}.part")
            model.save_pretrained(folder)
        before = folder
    return reload(before)
