"""What a rubric item and the gate that opens it are: frozen records, so that a new one is a row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from care_metrics.pillars.records import Records

Open = Callable[[Records], pl.DataFrame]
Find = Callable[[Records, pl.DataFrame], pl.DataFrame]
FOUND_SCHEMA: dict[str, pl.DataType] = {
    "interaction_id": pl.String(),
    "share": pl.Float64(),
    "turn_no": pl.Int64(),
    "event_id": pl.String(),
    "confidence": pl.Float64(),
}


@dataclass(frozen=True)
class Gate:
    """An opportunity. `opens` gives one row a leg that had it: interaction_id, after_turn, and what a rule may need.

    after_turn: the turn after which an agent could answer it, null where the whole leg is the opportunity.
    """

    name: str
    meaning: str
    opens: Open


@dataclass(frozen=True)
class Item:
    """One item of the rubric: what is asked of a leg whose gate is open, what it weighs, what a row of it cites.

    find gives FOUND_SCHEMA: the share (0..1) of the weight earned, a row for each leg that could be judged.
    harmful: a row exists only where the behaviour was seen; it earns nothing of its weight.
    seen, unseen: the reason shown with a row that earned something, and with one that earned nothing.
    """

    name: str
    pillar: str
    source: Literal["text", "operational"]
    weight: float
    gate: str
    question: str
    cites: str
    seen: str
    unseen: str
    find: Find
    judge: Literal["model", "rule"] = "rule"
    harmful: bool = False


def found(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in the schema that an item's find promises; columns it does not set are null, confidence 1."""
    defaults = {name: pl.lit(1.0 if name == "confidence" else None, kind) for name, kind in FOUND_SCHEMA.items()}
    return rows.select(
        (pl.col(name).cast(kind) if name in rows.columns else defaults[name].alias(name))
        for name, kind in FOUND_SCHEMA.items()
    )
