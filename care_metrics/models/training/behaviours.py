"""The behaviours recipe: folds over conversations, thresholds from held-out turns, one model distilled from the folds."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch
from sklearn.metrics import precision_recall_curve

from care_metrics.models.behaviours import BEHAVIOURS
from care_metrics.models.behaviours import COLUMNS as SHIPPED
from care_metrics.models.training.base_encoder import base_tokenizer
from care_metrics.models.training.examples import Examples, Noise
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.loop import Plan, fit, predict, soft_binary
from care_metrics.models.training.phrases import phrases
from care_metrics.models.training.sentiment import train_general
from care_metrics.models.training.ship import reload, ship

log = logging.getLogger(__name__)
FILE = "train/behaviours.parquet"
# Ordinal heads: one output for "at all" (grade >= 1) and one for "strong" (grade 2) of each behaviour.
OUTPUTS = BEHAVIOURS + tuple(f"{name}_strong" for name in BEHAVIOURS)
# Conversations are split in four; one of the four models suffices to set thresholds and to measure.
FOLDS, TRAINED_FOLDS = 4, 1
EPOCHS, RATE, TOKENS_PER_BATCH = 12, 1.5e-4, 800
NOISE = Noise(without_context=0.15, without_punctuation=0.1)
PHRASES, PHRASE_WEIGHT = 500, 0.5


def train_behaviours(data: Path, output: Path, seed: int) -> None:
    """Write config, weights, tokenizer and manifest to `output`; stages found finished in output/work are reused.

    Starts from the sentiment training's general stage, copied to output/work/general: feelings are known there.
    """
    work = output / "work"
    if not (work / "general" / "model.safetensors").exists():
        train_general(data, work, seed)
    tokenizer = base_tokenizer()
    turns = graded(data)
    held_out = _folds(work, tokenizer, turns, seed)
    np.save(work / "held_out.npy", held_out)
    model = _student(work, tokenizer, turns, held_out, seed)
    measured = np.isfinite(held_out[:, 0])
    chosen = thresholds(grades(turns)[measured], held_out[measured])
    log.info("thresholds %s", chosen)
    ship(model, output, {"context": True, "window": 192, "thresholds": chosen}, 1.0)


def graded(data: Path) -> pl.DataFrame:
    """Agent turns with four grades each."""
    return pl.read_parquet(data / FILE)


def grades(turns: pl.DataFrame) -> np.ndarray:
    """Targets (n x outputs) of 0 and 1."""
    shown = np.stack([(turns[name] >= 1).to_numpy() for name in BEHAVIOURS], axis=1)
    strong = np.stack([(turns[name] >= 2).to_numpy() for name in BEHAVIOURS], axis=1)
    return np.concatenate([shown, strong], axis=1).astype(float)


def examples(turns: pl.DataFrame, targets: np.ndarray) -> Examples:
    """Examples of graded turns; human-written ones, being few, weigh more."""
    rare = ~turns["source"].str.starts_with("microsoft").to_numpy()
    return Examples(turns["text"].to_list(), turns["previous"].to_list(), targets, np.where(rare, 2.0, 1.0))


def thresholds(targets: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    """For each shipped column the probability cut with the highest F1 on held-out turns."""
    chosen = {}
    for name in SHIPPED:
        column = OUTPUTS.index(name)
        precision, recall, cuts = precision_recall_curve(targets[:, column], probabilities[:, column])
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        near = cuts[f1[:-1] >= f1[:-1].max() - 0.005]
        # Of the cuts that are about as good, the one nearest to a half moves least on other people's turns.
        chosen[name] = round(float(near[np.abs(near - 0.5).argmin()]), 3)
    return chosen


def _strata(turns: pl.DataFrame) -> np.ndarray:
    return ((turns["proactivity"] >= 1).cast(pl.Int64) * 2 + (turns["ownership"] >= 2).cast(pl.Int64)).to_numpy()


def _with_new_head(folder: Path, seed: int) -> Any:
    """The classifier of a folder with a fresh output a behaviour in place of its own head."""
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    return BertForSequenceClassification.from_pretrained(
        folder,
        id2label=dict(enumerate(OUTPUTS)),
        label2id={label: index for index, label in enumerate(OUTPUTS)},
        problem_type="multi_label_classification",
        ignore_mismatched_sizes=True,
        use_safetensors=True,
        local_files_only=True,
    )


def _fit(work: Path, name: str, tokenizer: Any, rows: Examples, seed: int) -> Any:
    model = _with_new_head(work / "general", seed)
    mixed = rows + phrases(OUTPUTS, PHRASES, seed, PHRASE_WEIGHT)
    plan = Plan(EPOCHS, RATE, seed, tokens_per_batch=TOKENS_PER_BATCH, noise=NOISE)
    fit(model, tokenizer, mixed, plan, soft_binary, work / f"{name}.part")
    return model


def _folds(work: Path, tokenizer: Any, turns: pl.DataFrame, seed: int) -> np.ndarray:
    """Probabilities (n x outputs) of each turn from the model that saw nothing of its conversation, NaN if none did."""
    held_out = np.full((len(turns), len(OUTPUTS)), np.nan)
    groups: Sequence[str] = turns["conversation_id"].to_list()
    splits = list(group_folds(_strata(turns), groups, FOLDS, seed))[:TRAINED_FOLDS]
    for fold, (inside, outside) in enumerate(splits):
        folder = work / f"fold{fold}"
        if not (folder / "model.safetensors").exists():
            part = turns[inside]
            model = _fit(work, folder.name, tokenizer, examples(part, grades(part)), seed + fold)
            model.save_pretrained(folder)
        out = turns[outside]
        logits = predict(reload(folder), tokenizer, out["text"].to_list(), out["previous"].to_list())
        held_out[outside] = 1 / (1 + np.exp(-logits))
        log.info("fold %d done", fold)
    return held_out


def _student(work: Path, tokenizer: Any, turns: pl.DataFrame, held_out: np.ndarray, seed: int) -> Any:
    """One model on all turns; a fifth of a target is what a model that had not seen the turn said of it."""
    folder = work / "student"
    if not (folder / "model.safetensors").exists():
        own = grades(turns)
        targets = 0.8 * own + 0.2 * np.where(np.isfinite(held_out), held_out, 0.1 + 0.8 * own)
        _fit(work, "student", tokenizer, examples(turns, targets), seed + 100).save_pretrained(folder)
    return reload(folder)
