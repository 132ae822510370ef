"""The behaviours recipe: a head over sentences and a phrase table a fold of conversations, their blend, then both on all turns."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch
from sklearn.metrics import precision_recall_curve

from care_metrics.models.behaviours import BEHAVIOURS
from care_metrics.models.behaviours import COLUMNS as SHIPPED
from care_metrics.models.phrase_table import NAMES, PhraseTable
from care_metrics.models.pooled import PooledClassifier
from care_metrics.models.training.base_encoder import base_classifier, base_tokenizer
from care_metrics.models.training.blend import Blend, apply_blend, cross_fitted, fit_blend
from care_metrics.models.training.examples import Examples
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.head import fit_head
from care_metrics.models.training.loop import predict
from care_metrics.models.training.own_writing import OWN, SHOWN, STRENGTH_OPEN, STRONG, own_turns
from care_metrics.models.training.phrase_layer import fit_phrases, token_ids
from care_metrics.models.training.phrases import phrases
from care_metrics.models.training.ship import reload, ship

log = logging.getLogger(__name__)
FILE = "train/behaviours.parquet"
# Ordinal heads: one output for "at all" (grade >= 1) and one for "strong" (grade 2) of each behaviour.
OUTPUTS = BEHAVIOURS + tuple(f"{name}_strong" for name in BEHAVIOURS)
PROBLEM = "multi_label_classification"
FOLDS = 4
# Each is also read by a model that saw none of it: how far the opinions carry to another centre.
LARGE = ("microsoft_ckm_call_transcripts", "microsoft_csci_conversation_input")
# What a turn counts by source: one of people counts double, one that we wrote ourselves less.
WORTH, PEOPLE_WORTH = {**dict.fromkeys(LARGE, 1.0), OWN: 0.5}, 2.0
# The sixth layer adds nothing that the five below it do not tell, and scoring is the faster without it. None of them learns:
# 1,528 turns do not suffice to learn English anew.
LAYERS = 5
ENDS = (".", "?", "!", ";")
PHRASES, PHRASE_WEIGHT = 700, 0.4
# A cut chosen on fewer turns that show a behaviour is chance.
FEWEST = 30


def train_behaviours(data: Path, output: Path, seed: int) -> None:
    """Write config, weights, tokenizer and manifest to `output`; stages found finished in output/work are reused."""
    work, tokenizer, turns = output / "work", base_tokenizer(), graded(data)
    encoder, table = _held_out(work, tokenizer, turns, seed)
    targets, theirs = grades(turns), (turns["source"] != OWN).to_numpy()
    held_out = cross_fitted(encoder, table, targets, fold_of(turns, seed), theirs)
    np.save(work / "held_out.npy", held_out)
    chosen = thresholds(targets, held_out, theirs)
    log.info("thresholds %s", chosen)
    blend = fit_blend(encoder[theirs], table[theirs], targets[theirs])
    model, own = _fit(work, "all", tokenizer, turns, seed + 100)
    blended = apply_blend(blend, model, own)
    ship(model, output, {"context": False, "window": 192, "thresholds": chosen}, _tensors(blended))
    np.save(work / "elsewhere.npy", _elsewhere(work, tokenizer, turns, blend, seed))


def graded(data: Path) -> pl.DataFrame:
    """Agent turns with four grades each: real ones, then those of our own writing."""
    own = own_turns()
    real = pl.read_parquet(data / FILE).with_columns(pl.col(BEHAVIOURS).cast(pl.Float64))
    return pl.concat([real.select(own.columns), own])


def grades(turns: pl.DataFrame) -> np.ndarray:
    """Targets (n x outputs) of 0 and 1, NaN where two readings do not agree."""
    grade = turns.select(pl.col(BEHAVIOURS).cast(pl.Float64)).to_numpy()
    shown = np.where(np.isnan(grade), np.nan, grade >= SHOWN)
    strong = np.where(np.isnan(grade) | (grade == STRENGTH_OPEN), np.nan, grade >= STRONG)
    return np.concatenate([shown, strong], axis=1)


def examples(turns: pl.DataFrame, seed: int) -> Examples:
    """Graded turns and phrases of our own; of each output shown and not shown weigh the same, people's turns double."""
    targets = grades(turns)
    share = np.nanmean(targets, axis=0).clip(3e-3, 1 - 3e-3)
    worth = pl.col("source").replace_strict(WORTH, default=PEOPLE_WORTH, return_dtype=pl.Float64)
    weights = np.where(targets == 1, 0.5 / share, 0.5 / (1 - share)) * turns.select(worth).to_numpy()
    texts = turns["text"].to_list()
    own = phrases(OUTPUTS, PHRASES, seed, PHRASE_WEIGHT)
    own = Examples(own.texts, own.previous, own.targets, np.repeat(own.weights[:, None], len(OUTPUTS), axis=1))
    return Examples(texts, [""] * len(texts), targets, weights) + own


def thresholds(targets: np.ndarray, probabilities: np.ndarray, theirs: np.ndarray) -> dict[str, float]:
    """For each shipped column the probability cut with the highest F1 on held-out turns that are not ours (n, bool).

    Where fewer than FEWEST of those show it, turns of our own writing help to choose.
    """
    chosen = {}
    for name in SHIPPED:
        column = OUTPUTS.index(name)
        asked = theirs if (targets[theirs, column] == 1).sum() >= FEWEST else ~np.isnan(targets[:, column])
        precision, recall, cuts = precision_recall_curve(targets[asked, column], probabilities[asked, column])
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
        near = cuts[f1[:-1] >= f1[:-1].max() - 0.005]
        # Of the cuts that are about as good, the one nearest to a half moves least on other people's turns.
        chosen[name] = round(float(near[np.abs(near - 0.5).argmin()]), 3)
    return chosen


def _strata(turns: pl.DataFrame) -> np.ndarray:
    grade = turns.select(pl.col("proactivity", "ownership").fill_null(0))
    return ((grade["proactivity"] >= SHOWN).cast(pl.Int64) * 2 + (grade["ownership"] >= STRONG)).to_numpy()


def fold_of(turns: pl.DataFrame, seed: int) -> np.ndarray:
    """The fold of each turn, by conversation; real turns and our own are split apart, so that neither moves the other."""
    folds, own = np.empty(len(turns), np.int64), (turns["source"] == OWN).to_numpy()
    for part in (np.flatnonzero(~own), np.flatnonzero(own)):
        names = turns[part]["conversation_id"].to_list()
        splits = group_folds(_strata(turns[part]), names, FOLDS, seed) if names else ()
        for fold, (_, outside) in enumerate(splits):
            folds[part[outside]] = fold
    return folds


def _elsewhere(work: Path, tokenizer: Any, turns: pl.DataFrame, blend: Blend, seed: int) -> np.ndarray:
    """Probabilities (n x outputs) of each large source's turns from a model that saw none of that source, else NaN."""
    found = np.full((len(turns), len(OUTPUTS)), np.nan)
    for number, source in enumerate(LARGE):
        of = (turns["source"] == source).to_numpy()
        texts = turns.filter(of)["text"].to_list()
        model, table = _fit(work, f"without_{source}", tokenizer, turns.filter(~of), seed + 200 + number)
        logits = predict(model, tokenizer, texts, [""] * len(texts))
        found[of] = blend.probabilities(logits, table.logits(token_ids(tokenizer, texts)))
    return found


def _held_out(work: Path, tokenizer: Any, turns: pl.DataFrame, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits (n x outputs) of each turn from the encoder and from the table that saw nothing of its conversation."""
    found = np.empty((2, len(turns), len(OUTPUTS)))
    folds = fold_of(turns, seed)
    for fold in range(FOLDS):
        texts = turns.filter(folds == fold)["text"].to_list()
        model, table = _fit(work, f"fold{fold}", tokenizer, turns.filter(folds != fold), seed + fold)
        found[0, folds == fold] = predict(model, tokenizer, texts, [""] * len(texts))
        found[1, folds == fold] = table.logits(token_ids(tokenizer, texts))
        log.info("fold %d done", fold)
    return found[0], found[1]


def _fit(work: Path, name: str, tokenizer: Any, turns: pl.DataFrame, seed: int) -> tuple[Any, PhraseTable]:
    """Encoder and phrase table of these turns; an encoder found finished is reused."""
    rows, folder = examples(turns, seed), work / name
    if not (folder / "model.safetensors").exists():
        model = base_classifier(OUTPUTS, PROBLEM, kind=PooledClassifier, num_hidden_layers=LAYERS)
        model.config.sentence_ends = [tokenizer.token_to_id(mark) for mark in ENDS]
        fit_head(model, tokenizer, rows)
        model.save_pretrained(folder)
    return reload(folder, PooledClassifier), fit_phrases(tokenizer, rows)


def _tensors(table: PhraseTable) -> dict[str, torch.Tensor]:
    values = (table.key, *(part.astype(np.float16) for part in (table.rarity, table.weight, table.bias)))
    return {name: torch.from_numpy(value) for name, value in zip(NAMES, values, strict=True)}
