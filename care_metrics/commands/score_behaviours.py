"""Score what agents' turns show, each in the light of the customer's turn before it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from care_metrics.commands.score import Job, reasons_of, with_language
from care_metrics.commands.turn_keys import keyed
from care_metrics.models import Scorer
from care_metrics.store import Store
from care_metrics.warehouse.facts import BEHAVIOURS_SCHEMA

KEY = ["text_md5", "context_md5"]
# The languages of a model that does not name its own: the shipped one reads English.
LANGUAGES: Sequence[str] = ("en",)


def unscored_agents(store: Store, client: str, revision: str) -> pl.DataFrame:
    """Agent turns with a text that this revision has not seen after this customer turn, newest contacts first."""
    turns = store.read_now("turns", [client], ["interaction_id", "turn_no", "speaker", "text", "month"])
    if turns is None:
        return pl.DataFrame(schema={"text": pl.String})
    spoken = keyed(turns)
    done = store.read_now("behaviours", [client], ["interaction_id", "turn_no", *KEY, "revision"])
    if done is not None:
        mine = done.filter(pl.col("revision") == revision)
        spoken = spoken.join(mine, on=["interaction_id", "turn_no", *KEY], how="anti")
    contacts = store.read_now("interactions", [client], ["interaction_id", "language", "started_at"])
    if contacts is None:
        contacts = pl.DataFrame(schema=dict.fromkeys(("interaction_id", "language", "started_at"), pl.String))
    spoken = with_language(spoken.join(contacts, on="interaction_id", how="left"))
    return spoken.sort("started_at", "interaction_id", "turn_no", descending=[True, False, False], nulls_last=True)


def scored_agents(store: Store, client: str, rows: pl.DataFrame, scorer: Scorer) -> pl.DataFrame:
    """The rows of the behaviours table: probabilities, or the reason for none; equal pairs are scored once."""
    outputs = list(scorer.columns)
    rows = rows.with_columns(reason=reasons_of(rows, getattr(scorer, "languages", LANGUAGES)))
    pairs = rows.filter(pl.col("reason").is_null()).unique(KEY, maintain_order=True).select(*KEY, "text", "previous")
    known = _known(store, client, scorer.revision, pairs, outputs)
    fresh = pairs.join(known, on=KEY, how="anti", maintain_order="left")
    found = scorer.score(fresh["text"].to_list(), fresh["previous"].to_list()).select(outputs)
    scores = pl.concat([known, fresh.select(KEY).hstack(found)])
    silent = pl.col("reason").is_null() & pl.any_horizontal(pl.col(outputs).is_null())
    joined = rows.join(scores, on=KEY, how="left", maintain_order="left")
    extra: dict[str, pl.DataType] = {name: pl.Float64() for name in outputs if name not in BEHAVIOURS_SCHEMA}
    return (
        joined.with_columns(pl.when(pl.col("reason").is_null()).then(pl.col(name)).alias(name) for name in outputs)
        .with_columns(
            reason=pl.when(silent).then(pl.lit("model gave no finite score")).otherwise("reason"),
            client=pl.lit(client),
            revision=pl.lit(scorer.revision),
            scored_at=pl.lit(datetime.now(UTC)),
        )
        .with_columns(pl.lit(None, kind).alias(name) for name, kind in _absent(outputs).items())
        .select(pl.col(name).cast(kind) for name, kind in (BEHAVIOURS_SCHEMA | extra).items())
    )


def _absent(outputs: Sequence[str]) -> dict[str, pl.DataType]:
    return {n: kind for n, kind in BEHAVIOURS_SCHEMA.items() if isinstance(kind, pl.Float64) and n not in outputs}


def _known(store: Store, client: str, revision: str, pairs: pl.DataFrame, outputs: Sequence[str]) -> pl.DataFrame:
    """What equal pairs of this client got from the same revision before: the cache across runs."""
    stored = store.read_now("behaviours", [client], [*KEY, "revision", "reason", *outputs])
    if stored is None or not set(outputs) <= set(stored.columns):
        return pl.DataFrame(schema=dict.fromkeys(KEY, pl.String) | dict.fromkeys(outputs, pl.Float64))
    same = stored.filter((pl.col("revision") == revision) & pl.col("reason").is_null())
    return same.unique(KEY).join(pairs, on=KEY, how="semi").select(*KEY, *outputs)


BEHAVIOURS = Job("behaviours", unscored_agents, scored_agents)
