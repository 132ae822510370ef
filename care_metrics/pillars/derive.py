"""From records to evidence: for every item of the rubric the legs whose gate is open, what they earned, what shows it."""

from functools import cache

import polars as pl

from care_metrics.pillars.item import Item
from care_metrics.pillars.openings import GATES
from care_metrics.pillars.records import Records
from care_metrics.pillars.rubric import ITEMS, RULES_REVISION

EVIDENCE_SCHEMA: dict[str, pl.DataType] = {
    "interaction_id": pl.String(),
    "pillar": pl.String(),
    "behaviour": pl.String(),
    "source": pl.String(),
    "earned": pl.Float64(),
    "possible": pl.Float64(),
    "turn_no": pl.Int64(),
    "event_id": pl.String(),
    "revision": pl.String(),
    "confidence": pl.Float64(),
    "reason": pl.String(),
    "gate": pl.String(),
    "gate_turn_no": pl.Int64(),
    "withdrawn": pl.Boolean(),
}


def derive(records: Records, items: tuple[Item, ...] = ITEMS) -> pl.DataFrame:
    """The evidence in the legs, EVIDENCE_SCHEMA: at most one row a leg and item, none where there was no opportunity.

    Text items need turns judged by the behaviours model; without its revision only operational ones are derived.
    """

    @cache
    def chances(gate: str) -> pl.DataFrame:
        return GATES[gate].opens(records)

    scored = [item for item in items if item.source == "operational" or records.revision is not None]
    rows = [_rows(item, records, chances(item.gate)) for item in scored]
    return pl.concat([pl.DataFrame(schema=EVIDENCE_SCHEMA), *rows]).sort("interaction_id", "pillar", "behaviour")


def _rows(item: Item, records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    opened = chances.group_by("interaction_id").agg(gate_turn_no=pl.col("after_turn").min())
    found = item.find(records, chances).join(opened, on="interaction_id", how="left")
    seen = pl.col("share") > 0
    values: dict[str, pl.Expr] = {
        "pillar": pl.lit(item.pillar),
        "behaviour": pl.lit(item.name),
        "source": pl.lit(item.source),
        "earned": pl.col("share") * item.weight,
        "possible": pl.lit(item.weight),
        "revision": pl.lit(records.revision if item.judge == "model" else RULES_REVISION),
        "reason": pl.when(seen).then(pl.lit(item.seen)).otherwise(pl.lit(item.unseen)),
        "gate": pl.lit(item.gate),
        "withdrawn": pl.lit(False),
    }
    return found.with_columns(**values).select(pl.col(name).cast(kind) for name, kind in EVIDENCE_SCHEMA.items())
