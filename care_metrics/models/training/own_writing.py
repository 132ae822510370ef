"""Texts of our own writing: agent turns graded and customer messages labelled, by the rubric of the training data.

Each was judged twice, the second time by a reader who had not seen the first judgement. Both stand in the files; what the
two do not agree on teaches nothing.
"""

from pathlib import Path

import polars as pl

OWN = "own_writing"
TURNS, MESSAGES = (Path(__file__).with_name(name) for name in ("own_turns.csv", "own_messages.csv"))
GRADES = ("empathy", "proactivity", "personalization", "ownership")
# Both saw the behaviour, one of them the strong form.
SHOWN, STRONG = 1, 2
STRENGTH_OPEN = 1.5


def read_twice() -> pl.DataFrame:
    """Agent turns: conversation_id, text, four grades (-1..2) and the same `_again` from the second reading."""
    grades = [f"{name}{again}" for name in GRADES for again in ("", "_again")]
    words = dict.fromkeys(("conversation_id", "text"), pl.String())
    return pl.read_csv(TURNS, schema=words | dict.fromkeys(grades, pl.Int64()))


def own_turns() -> pl.DataFrame:
    """Agent turns: conversation_id, text, four settled grades (null: whether it is shown is open; 1.5: how), source."""
    settled = [_settled(name).alias(name) for name in GRADES]
    return read_twice().select("conversation_id", "text", *settled, source=pl.lit(OWN))


def _settled(name: str) -> pl.Expr:
    low, high = (function(name, f"{name}_again") for function in (pl.min_horizontal, pl.max_horizontal))
    one = pl.when((low < SHOWN) & (high >= SHOWN)).then(None).when((low == SHOWN) & (high == STRONG))
    return one.then(STRENGTH_OPEN).otherwise(low.cast(pl.Float64))


def own_messages(language: str) -> pl.DataFrame:
    """Customer messages in a language (en, es, pt) whose two labels agree.

    Columns: place (public, survey, turn, talk), previous, text, label, measures (never learnt from).
    """
    columns = ("language", "place", "previous", "text", "label", "label_again")
    every = pl.read_csv(MESSAGES, schema=dict.fromkeys(columns, pl.String) | {"measures": pl.Boolean})
    agreed = every.filter(pl.col("language") == language, pl.col("label") == pl.col("label_again"))
    return agreed.with_columns(pl.col("previous").fill_null("")).drop("language", "label_again")


def learnt_messages(language: str) -> pl.DataFrame:
    """Those of own_messages that may be learnt from."""
    return own_messages(language).filter(~pl.col("measures"))
