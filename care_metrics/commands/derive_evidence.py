"""Derive one client's evidence from the tables as they now stand, and keep it apart from what was ingested."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from care_metrics.access import current_revision, current_sentiments
from care_metrics.commands.overturned import Claim
from care_metrics.commands.revisions import current_thresholds
from care_metrics.commands.turn_keys import keyed, md5_of
from care_metrics.pillars import Records, derive
from care_metrics.pillars.derive import EVIDENCE_SCHEMA
from care_metrics.pillars.records import LEG_COLUMNS, MEMBER_COLUMNS, TURN_COLUMNS
from care_metrics.settings import settings
from care_metrics.store import Snapshot, Store
from care_metrics.warehouse import SCORED

TURN = ["interaction_id", "turn_no"]
SPOKEN = {name: kind for name, kind in TURN_COLUMNS.items() if name not in ("judged", "unfit")}
# What a dispute is about; the credit it withdrew stays withdrawn when the evidence is derived anew.
DISPUTED = ("interaction_id", "pillar", "behaviour", "source", "turn_no", "event_id")
CLAIM = ["interaction_id", "behaviour", "source", "turn_no", "event_id", "revision"]


def derive_evidence(store: Store, client: str, overturned: Collection[Claim] = ()) -> bool:
    """Rewrite the client's derived evidence and unscored legs; False if nothing about them has changed.

    overturned: what accepted disputes are about; its credit is withdrawn, as is what was withdrawn before.
    """
    records = records_of(store, client)
    evidence = _disputed(_withdrawn(store, client, derive(records)), overturned)
    reasons = records.reasons.drop_nulls("reason")
    return any([_keep(store, client, "derived_evidence", evidence), _keep(store, client, "unscored_legs", reasons)])


def derived(store: Store, client: str) -> bool:
    """Whether `score` has derived anything for this client before; from then on evidence follows every change."""
    return bool(store.files(Snapshot(0, store.versions()), "derived_evidence", [client]))


def records_of(store: Store, client: str) -> Records:
    """The rows that evidence is derived from, with the scores of the models that are current."""
    now = Snapshot(0, store.versions())
    turns, revision = _read(store, client, "turns", SPOKEN), current_revision(store, now, "behaviours")
    if turns.height:
        turns = _with_valence(store, client, turns, current_sentiments(store, now))
        turns = _with_behaviours(store, client, turns, revision)
    return Records(
        _read(store, client, "interactions", LEG_COLUMNS),
        turns,
        _read(store, client, "customers", MEMBER_COLUMNS),
        current_thresholds(store, now, "behaviours"),
        revision,
    )


def _read(store: Store, client: str, table: str, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    rows = store.read_now(table, [client], list(columns))
    return pl.DataFrame(schema=columns) if rows is None else rows


def _with_valence(store: Store, client: str, turns: pl.DataFrame, revisions: Sequence[str]) -> pl.DataFrame:
    """Our model's valence; a supplied one only in legs of which the model scored no turn (kpis.md, `sentiment`)."""
    scores = store.read_now("scores", [client], [*TURN, "text_md5", "revision", "valence", "scored_at"])
    turns = turns.rename({"valence": "supplied"})
    if scores is None or settings().sentiment_source == "supplied":
        return turns.rename({"supplied": "valence"})
    mine = scores.filter(pl.col("revision").is_in(list(revisions))).drop_nulls("valence").sort("scored_at")
    mine = mine.unique([*TURN, "text_md5"], keep="last").select(*TURN, "text_md5", "valence")
    customers = turns.filter(pl.col("speaker") == "customer").select(*TURN, "text")
    customers = customers.with_columns(text_md5=md5_of(customers["text"])).join(mine, on=[*TURN, "text_md5"])
    joined = turns.join(customers.select(*TURN, "valence"), on=TURN, how="left")
    unseen = pl.col("valence").is_null().all().over("interaction_id")
    return joined.with_columns(valence=pl.when(unseen).then("supplied").otherwise("valence")).drop("supplied")


def _with_behaviours(store: Store, client: str, turns: pl.DataFrame, revision: str | None) -> pl.DataFrame:
    scores = store.read_now("behaviours", [client])
    if scores is None or revision is None:
        return turns
    key = [*TURN, "text_md5", "context_md5"]
    mine = scores.filter(pl.col("revision") == revision).sort("scored_at").unique(key, keep="last")
    outputs = [name for name, kind in mine.schema.items() if kind == pl.Float64]
    mine = mine.select(*key, *outputs, unfit="reason", judged=pl.lit(True))
    judged = keyed(turns).select(key).join(mine, on=key).drop("text_md5", "context_md5")
    return turns.join(judged, on=TURN, how="left")


def _withdrawn(store: Store, client: str, evidence: pl.DataFrame) -> pl.DataFrame:
    stored = store.read_now("derived_evidence", [client], [*CLAIM, "withdrawn"])
    if stored is None:
        return evidence
    overturned = stored.filter(pl.col("withdrawn")).select(*CLAIM, disputed="withdrawn").unique()
    joined = evidence.join(overturned, on=CLAIM, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(withdrawn=pl.col("disputed").fill_null(False)).drop("disputed")


def _disputed(evidence: pl.DataFrame, overturned: Collection[Claim]) -> pl.DataFrame:
    """By the evidence's own key: a later revision that gives the same credit for the same turn has lost the dispute too."""
    kinds = {name: EVIDENCE_SCHEMA[name] for name in DISPUTED}
    claims = pl.DataFrame(list(overturned), schema=kinds, orient="row").with_columns(disputed=pl.lit(True))
    joined = evidence.join(claims, on=list(kinds), how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(withdrawn=pl.col("withdrawn") | pl.col("disputed").fill_null(False)).drop("disputed")


def _keep(store: Store, client: str, table: str, rows: pl.DataFrame) -> bool:
    """Put the client's rows in the place of the old ones, unless they are the same."""
    schema = SCORED[table]
    fresh = rows.with_columns(client=pl.lit(client)).select(pl.col(name).cast(kind) for name, kind in schema.items())
    stored = store.read_now(table, [client], list(schema))
    if stored is None or not set(schema) <= set(stored.columns):
        same = fresh.is_empty()
    else:
        order = list(schema)
        same = stored.select(order).sort(order).equals(fresh.sort(order))
    if not same:
        store.replace(table, fresh, client, None)
    return not same
