"""The sentiment examples: general short texts and contact-centre turns, from the folder of training files."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from care_metrics.models.training.examples import Examples, smooth

LABELS = ("negative", "neutral", "positive")
GENERAL, IN_DOMAIN = "train/sentiment.parquet", "train/contact_centre_sentiment.parquet"
# Labels we gave by reading, under the same rubric; a text is named by its hash, for it is not ours to copy.
READINGS = Path(__file__).with_name("readings.csv")
UNLABELLED = ("train/unlabelled_turns.parquet", "train/unlabelled_customer_turns.parquet")


def codes(labels: pl.Series) -> np.ndarray:
    """Label names as positions in LABELS."""
    return labels.replace_strict(dict(zip(LABELS, range(3), strict=True)), return_dtype=pl.Int64).to_numpy()


def balanced(labels: np.ndarray, power: float = 1.0) -> np.ndarray:
    """One weight a row, mean 1: the inverse of its class's share, to this power."""
    share = np.bincount(labels, minlength=3) / len(labels)
    weights = share[labels] ** -power
    return weights / weights.mean()


def as_examples(frame: pl.DataFrame, smoothing: float, weight: float = 1.0, power: float = 1.0) -> Examples:
    """Examples of a frame with `text`, `label` and perhaps `previous`."""
    labels = codes(frame["label"])
    previous = frame["previous"].fill_null("").to_list() if "previous" in frame.columns else [""] * len(frame)
    return Examples(frame["text"].to_list(), previous, smooth(labels, 3, smoothing), weight * balanced(labels, power))


def general(data: Path, split: str = "train") -> pl.DataFrame:
    """Forum posts, film, news and product snippets and human-rated short messages."""
    return pl.read_parquet(data / GENERAL).filter(pl.col("split") == split)


def replay(data: Path, count: int, seed: int) -> pl.DataFrame:
    """All rated tweets, of both splits, and other general texts of the training split: `count` rows."""
    every = pl.read_parquet(data / GENERAL)
    tweets = every.filter(pl.col("source") == "vader_tweets")
    others = every.filter(pl.col("source") != "vader_tweets", pl.col("split") == "train")
    return pl.concat([tweets, others.sample(count - len(tweets), seed=seed)])


def in_domain(data: Path) -> pl.DataFrame:
    """Contact-centre customer turns labelled by reading."""
    return pl.read_parquet(data / IN_DOMAIN)


def unlabelled(data: Path, seen: Sequence[str]) -> pl.DataFrame:
    """Distinct customer turns without a label (text, previous), none of whose text is among `seen`."""
    turns = pl.read_parquet(data / UNLABELLED[0]).sort("conversation_id", "turn")
    said = pl.col("text").shift(1).over("conversation_id").fill_null("")
    turns = turns.with_columns(previous=said).filter(pl.col("role") == "customer").select("text", "previous")
    stream = pl.read_parquet(data / UNLABELLED[1]).select("text", previous=pl.lit(""))
    both = pl.concat([turns, stream]).unique("text", keep="first", maintain_order=True)
    return both.filter(~pl.col("text").is_in(pl.Series(list(seen)).implode()), pl.col("text").str.strip_chars() != "")


def read_by_us(data: Path) -> pl.DataFrame:
    """The unlabelled customer turns that we read and labelled (text, label, previous = '')."""
    stream = pl.read_parquet(data / UNLABELLED[1]).select("text").unique(maintain_order=True)
    digests = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in stream["text"]]
    labels = pl.read_csv(READINGS, schema_overrides={"text_sha256": pl.String})
    found = stream.with_columns(text_sha256=pl.Series(digests)).join(labels, on="text_sha256", maintain_order="left")
    return found.select("text", "label", previous=pl.lit(""))
