"""Measure the Spanish and Portuguese model: tweets by people, and contact-centre turns that it never learnt from."""

from pathlib import Path

import polars as pl

from care_metrics.models.sentiment import load_sentiment
from care_metrics.models.training import sentiment_data as source
from care_metrics.models.training.evaluation import Numbers, file_facts, three_classes
from care_metrics.models.training.own_writing import own_messages
from care_metrics.models.training.sentiment_es_pt import LANGUAGES, held_out_turns
from care_metrics.models.weights import open_weights

NAMES = {"es": "Spanish", "pt": "Portuguese"}


def sentiment_es_pt_numbers(data: Path, folder: Path, work: Path, seed: int) -> Numbers:
    """Results a language; the contact-centre turns are those of a quarter of the conversations, in rough translation."""
    scorer, (_, unseen) = load_sentiment(str(folder)), held_out_turns(data, work, seed)
    tweets = pl.read_parquet(data / "dev/spanish_portuguese.parquet")

    def measured(frame: pl.DataFrame, column: str = "text") -> Numbers:
        said = scorer.score(frame[column].to_list()).select(source.LABELS).to_numpy()
        return three_classes(said, source.codes(frame["label"]))

    sets = {"Spanish and Portuguese tweets": measured(tweets)}
    for code in LANGUAGES:
        sets[f"{NAMES[code]} tweets"] = measured(tweets.filter(pl.col("lang") == code))
        sets[f"contact-centre turns in rough {NAMES[code]}"] = measured(unseen, code)
        ours = own_messages(code).filter("measures")
        sets[f"contact-centre turns of our own writing, {NAMES[code]}"] = measured(ours)
    options = open_weights(str(folder)).options
    return {"model": file_facts(folder), **options["calibration"], "sets": sets}
