"""Finders for what agents wrote: the turn that shows a behaviour best, or the one that does harm."""

import polars as pl

from care_metrics.pillars.item import Find, found
from care_metrics.pillars.phrases import SORRY, TIME, insensitive
from care_metrics.pillars.records import Records

WEAK_SHARE = 0.5
SORRY_TOO_OFTEN = 3


def shown(output: str, strong: str | None = None) -> Find:
    """The agent turn after the gate that shows it best: all points for the strong form, half for the weak one.

    Where the model has no output for the strong form, showing it at all earns all points.
    """

    def find(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
        turns = _answers(records, chances)
        at_all = _at_least(records, output)
        share, sure = at_all.cast(pl.Float64), pl.col(output)
        if strong is not None and strong in turns.columns and turns[strong].count():
            full = at_all & _at_least(records, strong)
            share = pl.when(full).then(1.0).when(at_all).then(WEAK_SHARE).otherwise(0.0)
            sure = pl.when(full).then(pl.col(strong)).otherwise(pl.col(output))
        return _best(turns.with_columns(share=share, sure=sure))

    return find


def at_once(output: str) -> Find:
    """The agent's first turn after the gate: all points if it shows the behaviour."""

    def find(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
        first = _answers(records, chances).unique("interaction_id", keep="first", maintain_order=True)
        return _best(first.with_columns(share=_at_least(records, output).cast(pl.Float64), sure=pl.col(output)))

    return find


def with_time(output: str) -> Find:
    """The agent turn that shows the behaviour and says when: all points if there is one."""

    def find(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
        timed = _at_least(records, output) & pl.col("text").str.contains(insensitive(TIME))
        return _best(_answers(records, chances).with_columns(share=timed.cast(pl.Float64), sure=pl.col(output)))

    return find


def harm(pattern: str, unless: str, spared: str | None = None) -> Find:
    """The first agent turn after the gate that says it, unless the model finds the opposite behaviour in that turn.

    spared: what says the opposite in like words; it is taken out before the search.
    """

    def find(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
        text = pl.col("text") if spared is None else pl.col("text").str.replace_all(insensitive(spared), " ")
        said = text.str.contains(insensitive(pattern)) & ~_at_least(records, unless)
        first = _answers(records, chances).filter(said).unique("interaction_id", keep="first", maintain_order=True)
        return found(first.with_columns(share=pl.lit(0.0)))

    return find


def canned_sorry(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """The third turn with the very same apology."""
    said = pl.col("text").str.extract(f"({insensitive(SORRY)})").str.to_lowercase().str.strip_chars()
    turns = _answers(records, chances).with_columns(apology=said).drop_nulls("apology")
    nth = turns.with_columns(nth=pl.col("turn_no").cum_count().over("interaction_id", "apology"))
    third = nth.filter(pl.col("nth") == SORRY_TOO_OFTEN)
    return found(third.unique("interaction_id", keep="first", maintain_order=True).with_columns(share=pl.lit(0.0)))


def _answers(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """The judged agent turns that an opportunity of their leg lies before, in order."""
    turns = records.judged.join(
        chances.select("interaction_id", "after_turn"), on="interaction_id", maintain_order="left"
    )
    return turns.filter(pl.col("after_turn").is_null() | (pl.col("turn_no") > pl.col("after_turn")))


def _at_least(records: Records, output: str) -> pl.Expr:
    return (pl.col(output) >= records.threshold(output)).fill_null(False)


def _best(turns: pl.DataFrame) -> pl.DataFrame:
    """One row a leg: its turn with the highest share, then the surest; nothing is cited where nothing was shown."""
    best = turns.sort("share", "sure", "turn_no", descending=[True, True, False], nulls_last=True)
    best = best.unique("interaction_id", keep="first", maintain_order=True)
    earned = pl.col("share") > 0
    sure = pl.col("sure").fill_null(0.0)
    return found(
        best.with_columns(
            turn_no=pl.when(earned).then("turn_no"), confidence=pl.when(earned).then(sure).otherwise(1.0 - sure)
        )
    )
