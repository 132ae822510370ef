"""The sentiment recipe: general texts, then contact-centre folds, then the mean of the folds' weights."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch

from care_metrics.models.training import sentiment_data as source
from care_metrics.models.training.base_encoder import base_classifier, base_tokenizer
from care_metrics.models.training.calibration import temperature
from care_metrics.models.training.examples import Examples, Noise
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.loop import Plan, fit, predict, soft_cross_entropy
from care_metrics.models.training.messages import messages
from care_metrics.models.training.own_writing import learnt_messages
from care_metrics.models.training.public_messages import public_messages
from care_metrics.models.training.ship import cool, reload, ship
from care_metrics.models.training.soup import soup

log = logging.getLogger(__name__)
# Each of four models sees the conversations of three quarters, and is measured on the fourth.
FOLDS = 4
GENERAL_NOISE = Noise(without_punctuation=0.1, mention=0.1)
TURN_NOISE = Noise(without_context=0.35, without_punctuation=0.15)
# Copies of each contact-centre row beside this many general rows, so that neither manner of speaking is forgotten.
COPIES, REPLAY = 4, 5000
MESSAGES = PUBLIC_MESSAGES = 2000


def train_sentiment(data: Path, output: Path, seed: int) -> None:
    """Write config, weights, tokenizer and manifest to `output`; stages found finished in output/work are reused."""
    work = output / "work"
    tokenizer = base_tokenizer()
    train_general(data, work, seed)
    turns = source.in_domain(data)
    models = _folds(data, work, tokenizer, turns, seed)
    heat = temperature(held_out(work, turns, seed), source.codes(turns["label"]))
    log.info("temperature %.3f", heat)
    model = soup(models)
    cool(model.classifier, heat)
    ship(model, output, {"context": True, "window": 192, "calibration": {"temperature": heat}})


def held_out(work: Path, turns: pl.DataFrame, seed: int, with_context: bool = True) -> np.ndarray:
    """Logits (n x 3) of each turn from the fold's model that saw nothing of its conversation."""
    return _logits(work, turns, [outside for _, outside in _splits(turns, seed)], with_context)


def held_out_messages(work: Path, written: pl.DataFrame, seed: int) -> np.ndarray:
    """Logits (n x 3) of each message of our own writing from the fold's model that did not learn from it."""
    return _logits(work, written, [np.flatnonzero(_fold_of(written, seed) == fold) for fold in range(FOLDS)], True)


def _logits(work: Path, rows: pl.DataFrame, parts: list[np.ndarray], with_context: bool) -> np.ndarray:
    tokenizer = base_tokenizer()
    logits = np.empty((len(rows), 3), np.float32)
    for fold, outside in enumerate(parts):
        out = rows[outside]
        previous = out["previous"].to_list() if with_context else [""] * len(out)
        logits[outside] = predict(reload(work / f"fold{fold}"), tokenizer, out["text"].to_list(), previous)
    return logits


def _fold_of(written: pl.DataFrame, seed: int) -> np.ndarray:
    """The fold of each message of our own writing: none belongs to a conversation, so chance decides."""
    return np.random.default_rng(seed).permutation(len(written)) % FOLDS


def _splits(turns: pl.DataFrame, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    return list(group_folds(source.codes(turns["label"]), turns["conversation_id"].to_list(), FOLDS, seed))


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


def mixture(data: Path, turns: pl.DataFrame, written: pl.DataFrame, seed: int) -> Examples:
    """Contact-centre rows and messages of our own writing, in copies that noise makes differ, beside general rows."""
    own = source.as_examples(turns, 0.06, power=0.0)
    read = source.as_examples(source.read_by_us(data), 0.06, weight=0.7, power=0.0)
    other = source.as_examples(source.replay(data, REPLAY, seed), 0.1)
    ours = messages(MESSAGES, seed, 0.1, 0.6) + public_messages(PUBLIC_MESSAGES, seed, 0.1, 0.6)
    wrote = source.as_examples(written, 0.06, power=0.0)
    return own.take(np.tile(np.arange(len(own)), COPIES)) + read + read + wrote + wrote + ours + other


def _folds(data: Path, work: Path, tokenizer: Any, turns: pl.DataFrame, seed: int) -> list[Any]:
    """One model a fold, each of which saw the conversations of the other folds."""
    splits = enumerate(_splits(turns, seed))
    return [_fold(data, work, tokenizer, turns[inside], seed, fold) for fold, (inside, _) in splits]


def _fold(data: Path, work: Path, tokenizer: Any, turns: pl.DataFrame, seed: int, fold: int) -> Any:
    folder = work / f"fold{fold}"
    if not (folder / "model.safetensors").exists():
        model = reload(work / "general")
        plan = Plan(epochs=1, learning_rate=6e-5, seed=seed + fold, noise=TURN_NOISE)
        written = learnt_messages("en")
        written = written.filter(_fold_of(written, seed) != fold)
        fit(model, tokenizer, mixture(data, turns, written, seed + fold), plan, soft_cross_entropy)
        model.save_pretrained(folder)
    return reload(folder)
