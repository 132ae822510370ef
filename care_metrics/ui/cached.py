"""The only module that caches: every function takes the Scope first and the edition next, and is bounded.

A cache is shared between all readers, so what is not in the key would be served to the wrong one.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import polars as pl
import streamlit as st

from care_metrics import associations as associations_room
from care_metrics import attention, data_quality, mix, model_error, model_versions, ranking, sampling
from care_metrics import contacts as contacts_room
from care_metrics import evidence as evidence_room
from care_metrics import voices as voices_room
from care_metrics.access import current_revision, current_sentiments, warehouse_of
from care_metrics.associations import IMPACTS, Association
from care_metrics.coaching import before_after, load, peers, profile
from care_metrics.coaching import moments as moments_room
from care_metrics.coaching.before_after import Effect
from care_metrics.coaching.load import Load, Strain
from care_metrics.coaching.moments import Moment
from care_metrics.coaching.profile import Standing
from care_metrics.contacts import Bounds
from care_metrics.exports.export import MOST_ROWS
from care_metrics.filters import Filters
from care_metrics.kept import Kept
from care_metrics.measure import Question, measure_all
from care_metrics.mix import Slopes
from care_metrics.reviews.review_rows import Judged
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.scope import Scope
from care_metrics.statistics.rectify import Rectified
from care_metrics.store import Snapshot, Store, open_store
from care_metrics.voices import Voice
from care_metrics.warehouse import Warehouse


@dataclass(frozen=True)
class Edition:
    """Which store at which publication: a page reads one edition from its first number to its last."""

    store: Store
    snapshot: Snapshot


def _scope_key(scope: Scope) -> str:
    """Every field, so that a right that is new to Scope cannot be forgotten here; a set has no order of its own.

    As one text: Streamlit hashes a structure part by part, on every call.
    """
    values = (getattr(scope, field.name) for field in fields(scope))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


KEYS: dict[str | type, Callable[[Any], Any]] = {
    Scope: _scope_key,
    Edition: repr,
    Filters: repr,
    Question: repr,
    SamplingPlan: repr,
    Judged: repr,
}


def newest(url: str | None = None) -> Edition:
    """The newest publication, looked up anew; the frame does so once a run."""
    store = open_store(url)
    return Edition(store, store.snapshot())


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KEYS)
def _house(scope: Scope, edition: Edition) -> Warehouse:
    """Shared between sessions of the same Scope: each query takes its own cursor."""
    return warehouse_of(edition.store, edition.snapshot, scope)


def _holding(scope: Scope, edition: Edition, view: str) -> Warehouse:
    """The warehouse for questions about this view, whose rows are held from the first of them on."""
    house = _house(scope, edition)
    house.keep(view)
    return house


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=KEYS)
def _kept(scope: Scope, edition: Edition, as_of: datetime | None) -> Kept:
    """The rows behind the numbers of a Scope, shared as its warehouse is."""
    return Kept(_house(scope, edition), scope, as_of)


def make_ready(scope: Scope, edition: Edition) -> None:
    """Open a Scope's warehouse, and have the rows behind its numbers read, before anybody asks."""
    _kept(scope, edition, None).make_ready()


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def is_demo(scope: Scope, edition: Edition) -> bool:
    """Whether the store holds the simulated centre."""
    return edition.store.simulated(edition.snapshot)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def revisions(scope: Scope, edition: Edition) -> str | None:
    """The revisions of the sentiment models and the behaviours model whose scores count; None before the first score."""
    store, snapshot = edition.store, edition.snapshot
    found = [*current_sentiments(store, snapshot), current_revision(store, snapshot, "behaviours")]
    return " ".join(one for one in found if one) or None


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def bounds(scope: Scope, edition: Edition) -> Bounds | None:
    """Where the Scope's data begin and end; None for a store without contacts."""
    return contacts_room.bounds(_house(scope, edition), scope)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def currencies(scope: Scope, edition: Edition) -> dict[str, set[str]]:
    """The currencies of each client's costs."""
    return contacts_room.currencies(_house(scope, edition), scope)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=KEYS)
def options(scope: Scope, edition: Edition, dimension: str) -> list[str]:
    """The values of a dimension among the Scope's rows."""
    return contacts_room.options(_house(scope, edition), scope, dimension)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=KEYS)
def answers(scope: Scope, edition: Edition, questions: tuple[Question, ...]) -> list[pl.DataFrame]:
    """One frame a question, from memory or all from one statement."""
    as_of = questions[0].filters.as_of if questions else None
    return measure_all(_house(scope, edition), scope, questions, kept=_kept(scope, edition, as_of))


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def mix_cells(scope: Scope, edition: Edition, name: str, filters: Filters, group: str) -> pl.DataFrame:
    """The sums of a KPI by group, reason and channel."""
    kept = _kept(scope, edition, filters.as_of)
    return mix.cells(_house(scope, edition), scope, name, filters, group, kept)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def group_sets(
    scope: Scope, edition: Edition, names: tuple[str, ...], filters: Filters, group: str
) -> list[ranking.GroupSet]:
    """The groups of each client under both lenses."""
    by = tuple(dict.fromkeys(("client", group)))
    [rows] = answers(scope, edition, (Question(names, filters, by),))
    return ranking.group_sets(rows, mix_cells(scope, edition, ranking.TIME, filters, group), group)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def slopes(scope: Scope, edition: Edition, name: str, filters: Filters) -> Slopes:
    """How a survey KPI goes with handle time, crude and at equal mix."""
    return mix.slopes(mix.answers_with_time(_house(scope, edition), scope, name, filters), name)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def contacts(
    scope: Scope, edition: Edition, name: str, filters: Filters, order: str = "lowest", value: float | None = None
) -> pl.DataFrame:
    """The rows behind a number, or those of exactly this value; as many as a list shows."""
    return contacts_room.contacts(
        _holding(scope, edition, "scored_turn"), scope, name, filters, order=order, value=value
    )


def every_contact(scope: Scope, edition: Edition, name: str, filters: Filters) -> pl.DataFrame:
    """All rows behind a number, as many as a file holds; read once at a download, so not kept."""
    return contacts_room.contacts(_holding(scope, edition, "scored_turn"), scope, name, filters, MOST_ROWS)


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs=KEYS)
def count_contacts(scope: Scope, edition: Edition, name: str, filters: Filters, value: float | None = None) -> int:
    """How many rows there are behind a number."""
    return contacts_room.count_contacts(_house(scope, edition), scope, name, filters, value)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def transcript(scope: Scope, edition: Edition, client: str, interaction_id: str) -> pl.DataFrame:
    """The turns of one contact; no row where it does not exist or is not the reader's to see."""
    return contacts_room.transcript(_house(scope, edition), scope, client, interaction_id)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def one_contact(scope: Scope, edition: Edition, client: str, interaction_id: str) -> dict[str, Any] | None:
    """What is known of one contact, None where it is unknown or not the reader's to see."""
    return contacts_room.one_contact(_house(scope, edition), scope, client, interaction_id)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def evidence(scope: Scope, edition: Edition, client: str, interaction_id: str) -> pl.DataFrame:
    """The evidence of one contact; no row where it does not exist or is not the reader's to see."""
    return evidence_room.of_contact(_house(scope, edition), scope, client, interaction_id)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def unscored(scope: Scope, edition: Edition, filters: Filters) -> pl.DataFrame:
    """How many transcripts are scored, and how many are not for which reason."""
    return evidence_room.unscored(_house(scope, edition), scope, filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def associations(scope: Scope, edition: Edition, filters: Filters) -> list[Association]:
    """Each pillar against the impact that it is said to have."""
    house = _holding(scope, edition, "shown_leg")
    found = [(impact, associations_room.contacts_of(house, scope, impact, filters)) for impact in IMPACTS]
    return [associations_room.association(rows, impact) for impact, rows in found]


@dataclass(frozen=True)
class DataFacts:
    """freshness: one row a client; orphans: table -> interactions that are missing; unscored: turns by reason."""

    freshness: pl.DataFrame
    orphans: dict[str, int]
    unscored: pl.DataFrame


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def data_facts(scope: Scope, edition: Edition) -> DataFacts:
    """What the tables themselves say of their freshness and completeness."""
    house, loads = _house(scope, edition), load_records(scope, edition).loads
    return DataFacts(
        data_quality.freshness(house, scope, loads),
        data_quality.orphans(house, scope),
        data_quality.unscored_turns(house, scope),
    )


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def load_records(scope: Scope, edition: Edition) -> data_quality.Records:
    """What was noted about the loads of the Scope's clients."""
    return data_quality.records(edition.store, edition.snapshot, scope)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def quarantined(scope: Scope, edition: Edition, reason: str | None) -> pl.DataFrame:
    """The newest quarantined rows of a reason."""
    return data_quality.quarantined(edition.store, edition.snapshot, scope, reason)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def queue(
    scope: Scope,
    edition: Edition,
    filters: Filters,
    wanted: tuple[str, ...],
    order: str,
    without: tuple[tuple[str, str], ...] = (),
    among: tuple[tuple[str, str], ...] | None = None,
) -> attention.Queue:
    """The contacts for which all these reasons for attention hold."""
    return attention.queue(_holding(scope, edition, "scored_turn"), scope, filters, wanted, order, without, among)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def find(scope: Scope, edition: Edition, words: str) -> pl.DataFrame:
    """The contacts with this id or customer, or in which it was said."""
    return attention.find(_holding(scope, edition, "scored_turn"), scope, words)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def voices(scope: Scope, edition: Edition, filters: Filters) -> list[Voice]:
    """What customers said, a few sentences chosen by rule."""
    return voices_room.voices(_holding(scope, edition, "scored_turn"), scope, filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def roster(scope: Scope, edition: Edition, client: str) -> pl.DataFrame:
    """The agents of a client whom the reader may see."""
    return peers.roster(_house(scope, edition), scope, client)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def standings(scope: Scope, edition: Edition, client: str, filters: Filters) -> dict[str, dict[str, Standing]]:
    """Where each agent of the reader stands among all agents of the client."""
    return profile.standings(_house(scope, edition), scope, client, filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def moments(scope: Scope, edition: Edition, client: str, agent_id: str, filters: Filters) -> list[Moment]:
    """Best and worst moments of an agent, a few sentences chosen by rule."""
    return moments_room.moments(_house(scope, edition), scope, client, agent_id, filters)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def emotional_load(
    scope: Scope, edition: Edition, client: str, agent_id: str, filters: Filters
) -> tuple[list[Load], Strain | None]:
    """What an agent's customers were like, against all agents at equal mix, and day by day."""
    asked = _house(scope, edition), scope, client, agent_id, filters
    return load.load(*asked), load.strain(*asked)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def plan_effect(
    scope: Scope,
    edition: Edition,
    client: str,
    agent_id: str,
    subject: str,
    starts: date,
    end: date,
    coached: tuple[tuple[str, date], ...],
) -> Effect:
    """A plan's before and after with a comparison group."""
    return before_after.effect(_house(scope, edition), scope, client, agent_id, subject, starts, end, coached)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def corrected(
    scope: Scope,
    edition: Edition,
    name: str,
    filters: Filters,
    sums: tuple[float, ...],
    judged: tuple[Judged, ...],
    chances: tuple[tuple[tuple[str, str], float], ...],
) -> Rectified | None:
    """A number with the model's error in it, None where too few contacts drawn at random are reviewed."""
    return model_error.corrected(_house(scope, edition), scope, name, filters, sums, judged, dict(chances))


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=KEYS)
def frame_n(scope: Scope, edition: Edition, plan: SamplingPlan) -> int:
    """How many contacts a sampling plan may draw from."""
    return sampling.count(_house(scope, edition), scope, plan)


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs=KEYS)
def drawn(scope: Scope, edition: Edition, plan: SamplingPlan) -> tuple[Drawn, ...]:
    """The contacts that a sampling plan draws."""
    return sampling.draw(_house(scope, edition), scope, plan)


@st.cache_data(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def two_sentiments(
    scope: Scope, edition: Edition, current: tuple[str, ...], other: str | None
) -> tuple[model_versions.Agreement | None, model_versions.Contacts]:
    """The current sentiment revisions beside another one, or (None) beside what the sources supplied."""
    house = _house(scope, edition)
    if other is None:
        return model_versions.supplied(house, scope, current)
    return model_versions.sentiment(house, scope, current, other)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def two_behaviours(
    scope: Scope, edition: Edition, pillar: str, current: tuple[str, float], other: tuple[str, float]
) -> model_versions.Agreement | None:
    """One behaviour by two revisions, each with its own cut."""
    return model_versions.behaviour(_house(scope, edition), scope, pillar, current, other)
