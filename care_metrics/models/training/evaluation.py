"""Measure a shipped model on sets it was not trained on, as plain numbers for its card."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score

from care_metrics.models.behaviours import COLUMNS
from care_metrics.models.sentiment import load_sentiment
from care_metrics.models.training import behaviours as behaviours_recipe
from care_metrics.models.training import sentiment as sentiment_recipe
from care_metrics.models.training import sentiment_data as source
from care_metrics.models.training.calibration import expected_calibration_error, reliability, softmax, temperature
from care_metrics.models.training.own_writing import OWN, learnt_messages, own_messages
from care_metrics.models.weights import open_weights

HUMAN = ("multidogo", "abcd_sample", "aws_transcribe_call_analytics", "aws_contact_lens_voice_doc")
DEVELOPMENT = {"airline complaints": "dev/airline.parquet", "tweets": "dev/tweets.parquet"}
PLACES = {"turn": "contact-centre turns", "survey": "survey answers", "public": "public posts", "talk": "everyday talk"}
Numbers = dict[str, Any]


def sentiment_numbers(data: Path, folder: Path, work: Path, seed: int) -> Numbers:
    """Results of the shipped model on development sets, and of the folds on contact-centre turns they had not seen."""
    sets = _contact_centre(source.in_domain(data), work, seed) | _written(folder, work, seed) | never_learnt(folder)
    scorer = load_sentiment(str(folder))
    for name, file in DEVELOPMENT.items():
        frame = pl.read_parquet(data / file)
        scored = scorer.score(frame["text"].to_list()).select(source.LABELS).to_numpy()
        sets[name] = _with_vader(frame, three_classes(scored, source.codes(frame["label"])))
    foreign = pl.read_parquet(data / "dev/spanish_portuguese.parquet")
    scored = scorer.score(foreign["text"].to_list()).select(source.LABELS).to_numpy()
    sets["Spanish and Portuguese tweets"] = three_classes(scored, source.codes(foreign["label"]))
    return {
        "model": file_facts(folder),
        "temperature": open_weights(str(folder)).options["calibration"]["temperature"],
        "sets": sets,
    }


def behaviours_numbers(data: Path, folder: Path, work: Path, seed: int) -> Numbers:
    """Average precision, and precision, recall and F1 at the shipped thresholds, on turns the folds had not seen."""
    turns = behaviours_recipe.graded(data)
    found, targets = np.load(work / "held_out.npy"), behaviours_recipe.grades(turns)
    cuts = open_weights(str(folder)).options["thresholds"]
    theirs = (turns["source"] != OWN).to_numpy()
    sets = {"all turns": _columns(found[theirs], targets[theirs], cuts)}
    folds = behaviours_recipe.fold_of(turns, seed)
    for column, row in sets["all turns"].items():
        of = behaviours_recipe.OUTPUTS.index(column)
        parts = [theirs & (folds == fold) for fold in np.unique(folds)]
        scores = [average_precision_score(targets[part, of], found[part, of]) for part in parts]
        row["average_precision_by_fold"] = [float(score) for score in scores]
    for name, (rows, said) in _parts(turns["source"].to_numpy(), found, work / "elsewhere.npy").items():
        sets[name] = _columns(said[rows], targets[rows], cuts)
    return {"model": file_facts(folder), "thresholds": cuts, "sets": sets}


def _parts(source_of: np.ndarray, found: np.ndarray, elsewhere: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Rows and probabilities of each part: large sources, people's turns, and, once trained, sources a model never saw."""
    large = {name: source_of == name for name in behaviours_recipe.LARGE}
    parts = {name: (rows, found) for name, rows in large.items()}
    parts["turns of people"] = np.isin(source_of, HUMAN), found
    parts["turns of our own writing"] = source_of == OWN, found
    if elsewhere.exists():
        unseen, name_of = np.load(elsewhere), "{}, by a model that saw no other turn of it"
        parts |= {name_of.format(name): (rows, unseen) for name, rows in large.items()}
    return parts


def three_classes(probabilities: np.ndarray, labels: np.ndarray) -> Numbers:
    """Macro-F1, recall a class, AUC of negative against positive by valence, calibration, reliability table."""
    said, toned = probabilities.argmax(axis=1), labels != 1
    recall = recall_score(labels, said, labels=[0, 1, 2], average=None, zero_division=0)
    valence = probabilities[:, 2] - probabilities[:, 0]
    present = sorted(set(labels.tolist()))
    both = len(set(labels[toned].tolist())) == 2
    return {
        "n": len(labels),
        "macro_f1": float(f1_score(labels, said, labels=present, average="macro", zero_division=0)),
        "recall": {name: float(recall[i]) for i, name in enumerate(source.LABELS) if i in present},
        "auc": float(roc_auc_score(labels[toned] == 2, valence[toned])) if both else None,
        "ece": expected_calibration_error(probabilities, labels),
        "reliability": reliability(probabilities, labels),
    }


def _contact_centre(turns: pl.DataFrame, work: Path, seed: int) -> Numbers:
    sets: Numbers = {}
    for name, with_context in (("contact-centre turns", True), ("the same without context", False)):
        logits = sentiment_recipe.held_out(work, turns, seed, with_context)
        labels = source.codes(turns["label"])
        probabilities = cross_fitted(logits, labels, turns["conversation_id"].to_list(), seed)
        sets[name] = three_classes(probabilities, labels)
        if with_context:
            human = turns["source"].is_in(HUMAN).to_numpy()
            sets[name] = _with_vader(turns, sets[name]) | {
                "conversations": _conversations(turns, labels, probabilities)
            }
            people = three_classes(probabilities[human], labels[human])
            sets["contact-centre turns written by people"] = _with_vader(turns.filter(human), people)
    return sets


def _written(folder: Path, work: Path, seed: int) -> Numbers:
    """Messages of our own writing by place, each scored by a fold that did not learn from it, with the shipped temperature."""
    written, heat = learnt_messages("en"), open_weights(str(folder)).options["calibration"]["temperature"]
    probabilities = softmax(sentiment_recipe.held_out_messages(work, written, seed).astype(float) / heat)
    sets: Numbers = {}
    for place, name in PLACES.items():
        rows = (written["place"] == place).to_numpy()
        part = written.filter(rows)
        sets[f"{name} of our own writing"] = _with_vader(
            part, three_classes(probabilities[rows], source.codes(part["label"]))
        )
    return sets


def never_learnt(folder: Path) -> Numbers:
    """Messages of our own writing that no model learnt from, by place, scored by the shipped weights."""
    kept, scorer = own_messages("en").filter("measures"), load_sentiment(str(folder))
    sets: Numbers = {}
    for (place,), part in kept.group_by("place", maintain_order=True):
        scored = scorer.score(part["text"].to_list(), part["previous"].to_list())
        found = three_classes(scored.select(source.LABELS).to_numpy(), source.codes(part["label"]))
        sets[f"{PLACES[str(place)]} of our own writing, never learnt from"] = _with_vader(part, found)
    return sets


def cross_fitted(logits: np.ndarray, labels: np.ndarray, groups: Sequence[str], seed: int) -> np.ndarray:
    """Probabilities (n x 3) whose temperature comes from other conversations than the one it cools."""
    from care_metrics.models.training.folds import group_folds

    out = np.zeros(logits.shape)
    for inside, outside in group_folds(labels, groups, 5, seed + 1):
        out[outside] = softmax(logits[outside].astype(float) / temperature(logits[inside], labels[inside]))
    return out


def _conversations(turns: pl.DataFrame, labels: np.ndarray, probabilities: np.ndarray) -> Numbers:
    """Rank agreement of a conversation's mean valence with its mean label, where at least 3 turns are labelled."""
    frame = turns.select("conversation_id").with_columns(
        label=pl.Series(labels - 1), valence=pl.Series(probabilities[:, 2] - probabilities[:, 0])
    )
    means = frame.group_by("conversation_id").agg(pl.len(), pl.mean("label", "valence")).filter(pl.col("len") >= 3)
    return {"n": len(means), "spearman": float(spearmanr(means["label"], means["valence"]).statistic)}


def _with_vader(frame: pl.DataFrame, numbers: Numbers) -> Numbers:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    compound = SentimentIntensityAnalyzer().polarity_scores
    said = [vader_class(compound(text)["compound"]) for text in frame["text"]]
    labels = source.codes(frame["label"])
    return numbers | {
        "vader_macro_f1": float(f1_score(labels, said, average="macro", labels=sorted(set(labels.tolist()))))
    }


def vader_class(compound: float) -> int:
    """Position in LABELS by the cuts its authors give (Hutto and Gilbert 2014)."""
    return 0 if compound <= -0.05 else 2 if compound >= 0.05 else 1


def _columns(found: np.ndarray, targets: np.ndarray, cuts: dict[str, float]) -> Numbers:
    numbers: Numbers = {}
    for name in COLUMNS:
        column = behaviours_recipe.OUTPUTS.index(name)
        known = ~np.isnan(targets[:, column])
        truth, score = targets[known, column], found[known, column]
        said = score >= cuts[name]
        measure: Callable[..., Any]
        numbers[name] = {"n": len(truth), "shown": int(truth.sum())}
        for key, measure in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
            numbers[name][key] = float(measure(truth, said, zero_division=0)) if truth.any() else None
        numbers[name]["average_precision"] = float(average_precision_score(truth, score)) if truth.any() else None
    return numbers


def file_facts(folder: Path) -> Numbers:
    from care_metrics.models.manifest import revision, sha256

    weights = folder / "model.safetensors"
    return {"revision": revision(folder), "bytes": weights.stat().st_size, "sha256": sha256(weights)}
