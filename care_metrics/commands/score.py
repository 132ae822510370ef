"""Score turns that have no score of this model yet; resumable, publishing as it goes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import monotonic

import polars as pl

from care_metrics.commands.revisions import make_current, note_revision
from care_metrics.commands.roll_up import roll_up
from care_metrics.commands.turn_keys import md5_of
from care_metrics.models import Scorer
from care_metrics.models.language import languages_of
from care_metrics.store import Publication, Store, compact
from care_metrics.warehouse.facts import SCORES_SCHEMA

CHUNK_TURNS = 8_000
PUBLISH_EVERY_S = 30.0
PROBABILITIES = ["negative", "neutral", "positive", "valence"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ScoreReport:
    """scored: turns that got a valence; skipped: turns with a stated reason; left: turns still to do; version published.

    waiting: the revision whose scores do not count yet, None where they do.
    """

    scored: int
    skipped: int
    left: int
    version: int
    waiting: str | None = None


@dataclass(frozen=True)
class Job:
    """One kind of scoring: the table it fills, the turns of a client that a revision has not seen, and their rows."""

    table: str
    todo: Callable[[Store, str, str], pl.DataFrame]
    scored: Callable[[Store, str, pl.DataFrame, Scorer], pl.DataFrame]


def score(
    store: Store,
    publication: Publication,
    scorer: Scorer,
    clients: Sequence[str],
    progress: Progress = lambda done, total: None,
    most_turns: int | None = None,
    job: Job | None = None,
    current: bool = False,
) -> ScoreReport:
    """Score what is new in every client, newest contacts first; each publication leaves a store that pages can show.

    most_turns: stop after about so many turns (the rest is `left` for the next run). job: customers' sentiment by default.
    A new revision beside a current one waits to be compared; current: it counts once all its turns are scored.
    """
    job = job or SENTIMENT
    todo = {client: job.todo(store, client, scorer.revision) for client in clients}
    total, done, skipped = sum(rows.height for rows in todo.values()), 0, 0
    counts = note_revision(store, scorer.name, scorer.revision, getattr(scorer, "thresholds", None))
    last = monotonic()
    for client, rows in _chunks(todo, most_turns):
        scored = job.scored(store, client, rows, scorer)
        store.append(job.table, scored)
        # Kept at once, shown from time to time: a killed run loses one chunk, and the next run rolls up what lags.
        publication.commit()
        done += scored.height
        skipped += scored["reason"].count()
        progress(done, total)
        if monotonic() - last > PUBLISH_EVERY_S:
            _publish(publication, clients)
            last = monotonic()
        if most_turns is not None and done >= most_turns:
            break
    if current and not counts and done == total:
        counts = make_current(store, scorer.name, scorer.revision)
    _publish(publication, clients)
    waiting = None if counts else scorer.revision
    return ScoreReport(done - skipped, skipped, total - done, publication.base.version, waiting)


def _publish(publication: Publication, clients: Sequence[str]) -> None:
    for client in clients:
        compact(publication.store, client)
    if roll_up(publication, clients, derive=True):
        publication.commit()


def unscored(
    store: Store, client: str, revision: str, takes: Sequence[str] | None = None, leaves: Sequence[str] = ()
) -> pl.DataFrame:
    """Customer turns with a text and no score of this revision: interaction_id, turn_no, month, text, text_md5, language.

    takes: only contacts in these languages (two letters); leaves: none in these. An untold language is no one's but the
    model's that takes all the rest.
    """
    turns = store.read_now("turns", [client], ["interaction_id", "turn_no", "speaker", "text", "month"])
    contacts = store.read_now("interactions", [client], ["interaction_id", "language", "started_at"])
    if turns is None:
        return pl.DataFrame(schema={"text": pl.String})
    spoken = turns.filter((pl.col("speaker") == "customer") & (pl.col("text").str.strip_chars().str.len_chars() > 0))
    spoken = spoken.with_columns(text_md5=md5_of(spoken["text"])).drop("speaker")
    if contacts is not None:
        spoken = spoken.join(contacts, on="interaction_id", how="left")
    else:
        spoken = spoken.with_columns(
            language=pl.lit(None, pl.String), started_at=pl.lit(None, pl.Datetime("us", "UTC"))
        )
    spoken = with_language(spoken)
    spoken = spoken.filter(_tongue().is_in(list(takes)) if takes is not None else ~_tongue().is_in(list(leaves)))
    done = store.read_now("scores", [client], ["interaction_id", "turn_no", "text_md5", "revision"])
    if done is not None:
        mine = done.filter(pl.col("revision") == revision)
        spoken = spoken.join(mine, on=["interaction_id", "turn_no", "text_md5"], how="anti")
    # Newest first: what a page shows by default is scored before what lies a year back.
    return spoken.sort("started_at", "interaction_id", "turn_no", descending=[True, False, False], nulls_last=True)


def with_language(spoken: pl.DataFrame) -> pl.DataFrame:
    """`language` filled where the export does not say it, from all that is said in the contact; null where untold."""
    unsaid = spoken.filter(pl.col("language").is_null()) if "language" in spoken.columns else spoken.clear()
    if unsaid.is_empty():
        return spoken
    talks = unsaid.sort("turn_no").group_by("interaction_id", maintain_order=True).agg(pl.col("text").str.join("\n"))
    found = pl.Series("told", list(languages_of(talks["text"].to_list())), dtype=pl.String)
    told = talks.select("interaction_id").with_columns(found)
    joined = spoken.join(told, on="interaction_id", how="left", maintain_order="left")
    return joined.with_columns(language=pl.coalesce("language", "told")).drop("told")


def _chunks(todo: dict[str, pl.DataFrame], most_turns: int | None) -> Iterator[tuple[str, pl.DataFrame]]:
    """Chunks of every client in turn, so that all of them fill in together, also where few turns are asked for."""
    waiting = sum(rows.height > 0 for rows in todo.values())
    size = CHUNK_TURNS if most_turns is None else min(CHUNK_TURNS, -(-most_turns // max(waiting, 1)))
    deepest = max((rows.height for rows in todo.values()), default=0)
    for start in range(0, deepest, size):
        for client, rows in todo.items():
            chunk = rows.slice(start, size)
            if chunk.height:
                yield client, chunk


def _scored(store: Store, client: str, rows: pl.DataFrame, scorer: Scorer) -> pl.DataFrame:
    reasons = reasons_of(rows, getattr(scorer, "languages", None))
    rows = rows.with_columns(reason=reasons)
    unique = rows.filter(pl.col("reason").is_null()).unique("text_md5", maintain_order=True).select("text_md5", "text")
    known = _known(store, client, scorer.revision, unique)
    fresh = unique.join(known, on="text_md5", how="anti")
    found = scorer.score(fresh["text"].to_list()).select(PROBABILITIES)
    scores = pl.concat([known, fresh.select("text_md5").hstack(found)])
    no_score = pl.when(pl.col("reason").is_null() & pl.col("valence").is_null()).then(
        pl.lit("model gave no finite score")
    )
    return (
        rows.join(scores, on="text_md5", how="left")
        .with_columns(reason=no_score.otherwise(pl.col("reason")))
        .with_columns(pl.when(pl.col("reason").is_null()).then(pl.col(name)).alias(name) for name in PROBABILITIES)
        .with_columns(client=pl.lit(client), revision=pl.lit(scorer.revision), scored_at=pl.lit(datetime.now(UTC)))
        .select(pl.col(name).cast(kind) for name, kind in SCORES_SCHEMA.items())
    )


def _known(store: Store, client: str, revision: str, unique: pl.DataFrame) -> pl.DataFrame:
    """Scores that equal texts of this client got from the same revision before: the cache across runs."""
    stored = store.read_now("scores", [client], ["text_md5", "revision", *PROBABILITIES])
    if stored is None:
        return pl.DataFrame(schema={"text_md5": pl.String, **dict.fromkeys(PROBABILITIES, pl.Float64)})
    same = stored.filter((pl.col("revision") == revision) & pl.col("valence").is_not_null()).unique("text_md5")
    return same.join(unique, on="text_md5", how="semi").select("text_md5", *PROBABILITIES)


def reasons_of(rows: pl.DataFrame, languages: Sequence[str] | None) -> pl.Series:
    """Why a turn is not scored, null where it is: no word in it, or a language the model was not made for."""
    wordless = ~pl.col("text").str.contains(r"\p{L}")
    foreign = pl.lit(False)
    if languages is not None:
        foreign = ~pl.coalesce(pl.when(_tongue() != "").then(_tongue()), pl.lit(languages[0])).is_in(list(languages))
    reason = pl.when(wordless).then(pl.lit("no words")).when(foreign).then(pl.lit("language"))
    return rows.select(reason.alias("reason")).to_series()


def _tongue() -> pl.Expr:
    """The language's two letters, '' where it is untold: `es-CO` is `es`."""
    return pl.col("language").str.slice(0, 2).str.to_lowercase().fill_null("")


def sentiment_of(takes: Sequence[str] | None = None, leaves: Sequence[str] = ()) -> Job:
    """The scoring of customers' turns in some languages, or in all but some."""
    return Job("scores", partial(unscored, takes=takes, leaves=leaves), _scored)


SENTIMENT = sentiment_of()
