"""The Spanish and Portuguese recipe: one pass over English, translated and own texts, labels kept, words learnt anew."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import torch

from care_metrics.errors import ModelUnavailable
from care_metrics.models.sentiment import load_sentiment
from care_metrics.models.training import sentiment_data as source
from care_metrics.models.training.calibration import temperature
from care_metrics.models.training.examples import Examples, Noise
from care_metrics.models.training.folds import group_folds
from care_metrics.models.training.loop import Plan, fit, predict, soft_cross_entropy
from care_metrics.models.training.messages import messages
from care_metrics.models.training.messages_es_pt import hurried, messages_in
from care_metrics.models.training.multilingual_base import small_classifier
from care_metrics.models.training.multilingual_tokenizer import from_spec
from care_metrics.models.training.own_writing import learnt_messages
from care_metrics.models.training.ship import cool, reload, ship
from care_metrics.models.training.translations import MODES, translated
from care_metrics.settings import ROOT

log = logging.getLogger(__name__)
LANGUAGES = tuple(MODES)
# General rows a language: English ones keep the labels' meaning where the translation lost it.
GENERAL = {"en": 6_000, "es": 18_000, "pt": 18_000}
MESSAGES, ENGLISH_MESSAGES, PSEUDO, COPIES, OWN_COPIES = 6_000, 1_000, 4_000, 2, 4
NOISE = Noise(without_punctuation=0.15, mention=0.05)
HURRIED = 0.2
# Embeddings and the lowest layers stay as they are: they are what the languages have in common.
FROZEN_LAYERS = 3
LEARNING_RATE = 5e-5
HELD_OUT = 4
# Added to neutral's logit: of 0 to 0.6 in steps of 0.15 the best on development tweets that costs held-out turns nothing.
NEUTRAL_SHIFT = 0.45


def train_sentiment_es_pt(data: Path, output: Path, seed: int) -> None:
    """Write config, weights, tokenizer and manifest to `output`; stages found finished in output/work are reused."""
    work = output / "work"
    general = in_three("general", source.general(data).select("text", "label"), work, seed)
    turns, unseen = held_out_turns(data, work, seed)
    pseudo = _pseudo(data, work, seed)
    wrote = in_three("written", learnt_messages("en").select("text", "label"), work, seed)
    torch.manual_seed(seed)
    texts = [text for name in ("text", *LANGUAGES) for text in general[name]]
    model, spec = small_classifier(texts, work / "pieces.json")
    tokenizer = from_spec(spec)
    rows = mixture(general, turns, wrote, pseudo, seed)
    if not (work / "student" / "model.safetensors").exists():
        plan = Plan(1, LEARNING_RATE, seed, noise=NOISE, share=_share)
        log.info("%d examples, %.1f million parameters", len(rows), sum(p.numel() for p in model.parameters()) / 1e6)
        fit(model, tokenizer, rows, plan, soft_cross_entropy, work / "student.part")
        model.save_pretrained(work / "student")
    model = reload(work / "student")
    logits, labels = logits_of(model, tokenizer, unseen)
    heat = temperature(logits, labels)
    log.info("temperature %.3f", heat)
    cool(model.classifier, heat, NEUTRAL_SHIFT, source.LABELS.index("neutral"))
    calibration = {"temperature": heat, "neutral_shift": NEUTRAL_SHIFT}
    options = {"context": False, "window": 192, "languages": list(LANGUAGES), "calibration": calibration}
    ship(model, output, options, tokenizer_file=tokenizer.to_str())


def in_three(name: str, frame: pl.DataFrame, work: Path, seed: int) -> pl.DataFrame:
    """The frame with a column of translated texts a language, remembered in work/<name>.parquet."""
    file = work / f"{name}.parquet"
    if not file.exists():
        columns = [pl.Series(code, translated(frame["text"].to_list(), code, seed)) for code in LANGUAGES]
        work.mkdir(parents=True, exist_ok=True)
        frame.with_columns(columns).write_parquet(file)
    found = pl.read_parquet(file)
    if found["text"].to_list() != frame["text"].to_list():
        raise ModelUnavailable(f"{file}: holds other texts than the data; remove it and train again.")
    return found


def held_out_turns(data: Path, work: Path, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Contact-centre turns to learn from, and those of a quarter of the conversations, never learnt; both translated."""
    labelled = source.in_domain(data)
    splits = group_folds(source.codes(labelled["label"]), labelled["conversation_id"].to_list(), HELD_OUT, seed)
    inside, outside = next(iter(splits))
    own = in_three("turns", labelled.select("text", "label", "conversation_id", "source"), work, seed)
    read = in_three("readings", source.read_by_us(data).select("text", "label"), work, seed)
    unseen = own[outside]
    read = read.filter(~pl.col("text").is_in(unseen["text"].implode()))
    return pl.concat([own[inside].select(read.columns), read]), unseen


def logits_of(model: Any, tokenizer: Any, turns: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Logits (2n x 3) of the Spanish, then of the Portuguese texts, with their labels (2n)."""
    texts = [text for code in LANGUAGES for text in turns[code]]
    labels = np.tile(source.codes(turns["label"]), len(LANGUAGES))
    return predict(model, tokenizer, texts, [""] * len(texts)), labels


def mixture(general: pl.DataFrame, turns: pl.DataFrame, wrote: pl.DataFrame, pseudo: Examples, seed: int) -> Examples:
    """Everything to learn from: general texts, turns and what we wrote in three languages, the teacher's opinions."""
    parts = [pseudo, messages(ENGLISH_MESSAGES, seed, 0.1, 0.6)]
    for number, (code, count) in enumerate(GENERAL.items()):
        chosen = general.sample(count, seed=seed + number, shuffle=True)
        parts.append(_examples(chosen, code, seed, 0.1, 1.0))
        parts += [_examples(turns, code, seed + copy, 0.06, 0.0) for copy in range(COPIES)]
        parts.append(_examples(wrote, code, seed, 0.06, 0.0))
    parts += [messages_in(code, MESSAGES, seed, 0.06, 1.0) for code in LANGUAGES]
    parts += [_written(code, seed + copy) for code in LANGUAGES for copy in range(OWN_COPIES)]
    return sum(parts[1:], parts[0])


def _written(code: str, seed: int) -> Examples:
    """Messages of our own writing, but for those that measure."""
    learnt = learnt_messages(code)
    return _examples(learnt.rename({"text": code}), code, seed, 0.06, 0.0)


def _examples(frame: pl.DataFrame, code: str, seed: int, smoothing: float, power: float) -> Examples:
    column = "text" if code == "en" else code
    shown = frame.select(pl.col(column).alias("text"), "label").filter(pl.col("text").str.strip_chars() != "")
    found = source.as_examples(shown, smoothing, power=power)
    typed = found.texts if code == "en" else hurried(found.texts, code, HURRIED, seed)
    return Examples(typed, found.previous, found.targets, found.weights)


def _pseudo(data: Path, work: Path, seed: int) -> Examples:
    """Translated turns without a label and what the English model thinks of their originals: half of them with a tone."""
    seen = source.in_domain(data)["text"].to_list() + source.read_by_us(data)["text"].to_list()
    turns = in_three("unlabelled", source.unlabelled(data, seen).select("text"), work, seed)
    teacher = load_sentiment(str(ROOT / "models" / "sentiment"), "cpu", workers=1)
    mean = teacher.score(turns["text"].to_list()).select(source.LABELS).to_numpy()
    rng = np.random.default_rng(seed)
    toned = rng.permutation(np.flatnonzero(mean[:, 1] < 0.8))[: PSEUDO // 2]
    plain = rng.permutation(np.flatnonzero(mean[:, 1] >= 0.8))[: PSEUDO - len(toned)]
    chosen = np.concatenate([toned, plain])
    parts = [
        Examples(hurried(turns[code].to_list(), code, HURRIED, seed), [""] * len(turns), mean, np.ones(len(turns)))
        for code in LANGUAGES
    ]
    return parts[0].take(chosen) + parts[1].take(chosen)


def _share(name: str) -> float:
    """Frozen below, faster at the fresh head."""
    if "embeddings" in name or any(f"encoder.layer.{layer}." in name for layer in range(FROZEN_LAYERS)):
        return 0.0
    return 5.0 if "classifier" in name or "pooler" in name else 1.0
