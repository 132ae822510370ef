"""Derive one client's evidence from the tables as they now stand, and keep it apart from what was ingested."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import polars as pl

from care_metrics.access import current_revision, current_sentiments
from care_metrics.commands.found_rows import FoundRows
from care_metrics.commands.matters import Matters
from care_metrics.commands.overturned import Claim
from care_metrics.commands.progress import Tell, silent
from care_metrics.commands.revisions import current_thresholds
from care_metrics.commands.turn_keys import keyed, md5_of
from care_metrics.pillars import Records, derive, learnt
from care_metrics.pillars.derive import EVIDENCE_SCHEMA
from care_metrics.pillars.records import LEG_COLUMNS, MEMBER_COLUMNS, TURN_COLUMNS, Background
from care_metrics.settings import settings
from care_metrics.store import Snapshot, Store, pieces
from care_metrics.warehouse import SCORED

TURN = ["interaction_id", "turn_no"]
SPOKEN = {name: kind for name, kind in TURN_COLUMNS.items() if name not in ("judged", "unfit")}
READ: dict[str, list[str] | None] = {
    "interactions": list(LEG_COLUMNS),
    "turns": list(SPOKEN),
    "scores": [*TURN, "text_md5", "revision", "valence", "scored_at"],
    "behaviours": None,
}
# What a dispute is about; the credit it withdrew stays withdrawn when the evidence is derived anew.
DISPUTED = ("interaction_id", "pillar", "behaviour", "source", "turn_no", "event_id")
CLAIM = ["interaction_id", "behaviour", "source", "turn_no", "event_id", "revision"]


def derive_evidence(store: Store, client: str, overturned: Collection[Claim] = (), tell: Tell = silent) -> bool:
    """Rewrite the client's derived evidence and unscored legs; False if nothing about them has changed.

    overturned: what accepted disputes are about; its credit is withdrawn, as is what was withdrawn before. Matter by matter,
    so that memory is bounded whatever the number of turns.
    """
    withdrawn, found = _withdrawn(store, client), FoundRows(store, client, SCORED)
    with Matters(store, client, READ) as matters, closing(found):
        source = _Source.of(store, client, matters)
        background = learnt(lambda: (source.legs(bucket) for bucket in range(matters.count)))
        for bucket in range(matters.count):
            records = source.records(bucket, background)
            found.add("derived_evidence", _disputed(_marked(derive(records), withdrawn), overturned))
            found.add("unscored_legs", records.reasons.drop_nulls("reason"))
            tell(f"evidence of {client}", bucket + 1, matters.count)
        changed = [found.keep(table) for table in ("derived_evidence", "unscored_legs")]
    return any(changed)


def derived(store: Store, client: str) -> bool:
    """Whether `score` has derived anything for this client before; from then on evidence follows every change."""
    return bool(store.files(Snapshot(0, store.versions()), "derived_evidence", [client]))


@dataclass(frozen=True)
class _Source:
    """Where the records of a bucket come from; sentiments, behaviours: the revisions whose scores count now."""

    matters: Matters
    members: pl.DataFrame
    thresholds: Mapping[str, float]
    sentiments: Sequence[str]
    behaviours: str | None

    @classmethod
    def of(cls, store: Store, client: str, matters: Matters) -> "_Source":
        now = Snapshot(0, store.versions())
        members = store.read_now("customers", [client], list(MEMBER_COLUMNS))
        return cls(
            matters,
            pl.DataFrame(schema=MEMBER_COLUMNS) if members is None else members,
            current_thresholds(store, now, "behaviours"),
            current_sentiments(store, now),
            current_revision(store, now, "behaviours"),
        )

    def legs(self, bucket: int) -> Records:
        """The legs alone."""
        return Records(self._read("interactions", LEG_COLUMNS, bucket))

    def records(self, bucket: int, background: Background) -> Records:
        """All that evidence is derived from, with the scores of the models that are current."""
        legs, turns = self._read("interactions", LEG_COLUMNS, bucket), self._read("turns", SPOKEN, bucket)
        if turns.height:
            turns = _with_valence(turns, self.matters.read("scores", bucket), self.sentiments)
            turns = _with_behaviours(turns, self.matters.read("behaviours", bucket), self.behaviours)
        members = (
            self.members.join(legs.select("customer_id"), on="customer_id", how="semi") if legs.height else self.members
        )
        return Records(legs, turns, members, self.thresholds, self.behaviours, background)

    def _read(self, table: str, columns: Mapping[str, pl.DataType], bucket: int) -> pl.DataFrame:
        rows = self.matters.read(table, bucket)
        return pl.DataFrame(schema=columns) if rows is None else rows


def _with_valence(turns: pl.DataFrame, scores: pl.DataFrame | None, revisions: Sequence[str]) -> pl.DataFrame:
    """Our model's valence; a supplied one only in legs of which the model scored no turn (kpis.md, `sentiment`)."""
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


def _with_behaviours(turns: pl.DataFrame, scores: pl.DataFrame | None, revision: str | None) -> pl.DataFrame:
    if scores is None or revision is None:
        return turns
    key = [*TURN, "text_md5", "context_md5"]
    mine = scores.filter(pl.col("revision") == revision).sort("scored_at").unique(key, keep="last")
    outputs = [name for name, kind in mine.schema.items() if kind == pl.Float64]
    mine = mine.select(*key, *outputs, unfit="reason", judged=pl.lit(True))
    judged = keyed(turns).select(key).join(mine, on=key).drop("text_md5", "context_md5")
    return turns.join(judged, on=TURN, how="left")


def _withdrawn(store: Store, client: str) -> pl.DataFrame:
    """The claims whose credit was withdrawn before."""
    none = pl.DataFrame(schema={name: EVIDENCE_SCHEMA[name] for name in CLAIM})
    stored = pieces(store, "derived_evidence", client, [*CLAIM, "withdrawn"])
    return pl.concat([none, *(rows.filter("withdrawn").select(CLAIM) for rows in stored)]).unique()


def _marked(evidence: pl.DataFrame, withdrawn: pl.DataFrame) -> pl.DataFrame:
    overturned = withdrawn.with_columns(disputed=pl.lit(True))
    joined = evidence.join(overturned, on=CLAIM, how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(withdrawn=pl.col("disputed").fill_null(False)).drop("disputed")


def _disputed(evidence: pl.DataFrame, overturned: Collection[Claim]) -> pl.DataFrame:
    """By the evidence's own key: a later revision that gives the same credit for the same turn has lost the dispute too."""
    kinds = {name: EVIDENCE_SCHEMA[name] for name in DISPUTED}
    claims = pl.DataFrame(list(overturned), schema=kinds, orient="row").with_columns(disputed=pl.lit(True))
    joined = evidence.join(claims, on=list(kinds), how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(withdrawn=pl.col("withdrawn") | pl.col("disputed").fill_null(False)).drop("disputed")
