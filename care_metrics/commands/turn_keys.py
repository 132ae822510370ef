"""What a turn's score is filed under: the hash of its text, and of the customer's turn before it."""

from hashlib import md5

import polars as pl


def md5_of(texts: pl.Series) -> pl.Series:
    """The hash of each text, as DuckDB's md5() gives it; null where there is none."""
    distinct = texts.drop_nulls().unique().to_list()
    known = {text: md5(text.encode(), usedforsecurity=False).hexdigest() for text in distinct}
    return texts.replace_strict(known, default=None, return_dtype=pl.String)


def with_previous(turns: pl.DataFrame) -> pl.DataFrame:
    """The turns in order with `previous`, the text of the latest customer turn before each, '' where there was none."""
    customers = pl.when((pl.col("speaker") == "customer") & (pl.col("text").str.strip_chars() != "")).then("text")
    before = customers.shift(1).forward_fill().over("interaction_id").fill_null("")
    return turns.sort("interaction_id", "turn_no").with_columns(previous=before)


def keyed(turns: pl.DataFrame) -> pl.DataFrame:
    """The agent turns with words, with previous, text_md5 and context_md5."""
    spoken = (pl.col("speaker") == "agent") & (pl.col("text").str.strip_chars().str.len_chars() > 0)
    agents = with_previous(turns).filter(spoken)
    return agents.with_columns(text_md5=md5_of(agents["text"]), context_md5=md5_of(agents["previous"]))
