"""The canonical interactions: what the systems of the centre write down of the legs, honest gaps included."""

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo.arrivals import UTC, closing, span
from care_metrics.demo.clients import Client
from care_metrics.demo.draws import chance, logistic
from care_metrics.demo.journeys import World

NO_ACW, NO_CUSTOMER, NO_REASON = 0.03, 0.04, 0.025


def named(legs: pl.DataFrame, client: Client) -> pl.DataFrame:
    """Add the ids as their systems give them, in the order of arrival: interaction_id, contact_id, case_id."""
    first = legs.group_by("contact", maintain_order=True).agg(pl.col("at").min()).with_row_index("number", 1)
    cases = legs.filter("cased").select("issue").unique(maintain_order=True).with_row_index("case", 1)
    known = legs.join(first.select("contact", "number"), "contact", "left", maintain_order="left")
    known = known.join(cases, "issue", "left", maintain_order="left").with_row_index("row", 1)
    return known.with_columns(
        interaction_id=_numbered(f"{client.prefix}-I", "row", 6),
        contact_id=_numbered(f"{client.prefix}-C", "number", 6),
        case_id=pl.when("cased").then(_numbered(f"{client.prefix}-S", "case", 6)),
    ).drop("row", "number", "case")


def _numbered(prefix: str, column: str, digits: int) -> pl.Expr:
    return pl.lit(prefix) + pl.col(column).cast(pl.String).str.zfill(digits)


def recorded(legs: pl.DataFrame, world: World, rng: Generator) -> pl.DataFrame:
    """Add what a ticket system would hold: escalated, complaint, case_closed, gaps (which ids and reasons are lost)."""
    size, bad = legs.height, legs["mood_end"].to_numpy()
    person = legs["agent"].is_not_null().to_numpy() & ~legs["abandoned"].to_numpy()
    solved, poor = legs["resolved"].to_numpy(), legs["poor"].to_numpy()
    closed = np.where(solved, 0.97, np.where(poor, 0.80, 0.42)) * ~legs["transferred"].to_numpy()
    contact = legs.select("contact").unique(maintain_order=True)
    lost = contact.with_columns(
        no_customer=pl.Series(chance(rng, np.full(contact.height, NO_CUSTOMER))),
        no_reason=pl.Series(chance(rng, np.full(contact.height, NO_REASON))),
    )
    return legs.with_columns(
        escalated=pl.Series(chance(rng, logistic(-3.2 - 2.6 * bad) * person)),
        complaint=pl.Series(chance(rng, logistic(-3.9 - 3.2 * bad) * ~legs["abandoned"].to_numpy())),
        closed=pl.when(pl.col("cased") & pl.Series(person)).then(pl.Series(chance(rng, closed))),
        no_acw=pl.Series(chance(rng, np.full(size, NO_ACW))),
    ).join(lost, "contact", "left", maintain_order="left")


def interactions_table(legs: pl.DataFrame, world: World) -> pl.DataFrame:
    """The canonical interactions, one row a leg.

    started_at is the instant the conversation begins, queue_s lies before it: ended_at - started_at = talk_s + hold_s,
    and talk_s of an ai_then_human leg holds the bot's part. An abandoned leg starts when the customer joins the queue
    and ends when they give up: ended_at - started_at = queue_s. E-mail: the time spent writing, queue_s the wait for it.
    """
    client, reasons = world.client, [reason.name for reason in world.client.reasons]
    agents = world.agents.select("agent", "agent_id", "team", "site")
    people = world.people.select("customer", "customer_id")
    frame = legs.join(agents, "agent", "left", maintain_order="left").join(
        people, "customer", "left", maintain_order="left"
    )
    frame = frame.with_columns(started_at=pl.col("at"), ended_at=_ended())
    person = pl.col("agent").is_not_null()
    due = (pl.col("ended_at") + pl.duration(days=pl.col("promise_days"))).dt.truncate("1h")
    frame = frame.with_columns(
        customer_id=pl.when(~pl.col("no_customer")).then("customer_id"),
        reason=pl.when(~pl.col("no_reason")).then(
            pl.col("reason").replace_strict(dict(enumerate(reasons)), return_dtype=pl.String)
        ),
        task=pl.lit(None, pl.String),
        direction=pl.when("proactive").then(pl.lit("outbound")).otherwise(pl.lit("inbound")),
        acw_s=pl.when(~pl.col("no_acw")).then("acw_s"),
        outcome=pl.when("abandoned")
        .then(pl.lit("abandoned"))
        .when(person)
        .then(pl.lit("handled"))
        .otherwise(pl.lit("contained")),
        transfers=pl.col("transferred").cast(pl.Int64),
        case_closed="closed",
        follow_up_promised=pl.when(person & ~pl.col("abandoned")).then("promised"),
        follow_up_due_at=pl.when("promised").then(due),
        source_url=pl.when(pl.col("channel") == "voice").then(
            pl.lit(f"https://recordings.example.com/{client.slug}/") + pl.col("interaction_id")
        ),
        updated_at=pl.col("ended_at") + span(pl.col("acw_s").fill_null(60) + 30),
    )
    # A promise that falls due after the demo has not been kept or broken yet.
    frame = frame.with_columns(follow_up_kept=pl.when(pl.col("follow_up_due_at") <= closing(client)).then("kept"))
    # Team and site of an abandoned leg are those whose queue it was; no agent answered it.
    unanswered = pl.when(~pl.col("abandoned")).then("agent_id").alias("agent_id")
    instants = [pl.col(c).cast(UTC) for c in ("started_at", "ended_at", "follow_up_due_at", "updated_at")]
    return frame.with_columns(unanswered, *instants)


def _ended() -> pl.Expr:
    spent = pl.when("abandoned").then("queue_s").otherwise(pl.col("talk_s") + pl.col("hold_s"))
    return pl.col("at") + span(spent)
