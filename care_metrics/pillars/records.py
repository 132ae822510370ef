"""What evidence is derived from: one client's legs, turns and memberships, and how the model judged the turns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import polars as pl

from care_metrics.pillars.transcripts import floors, messages, reasons
from care_metrics.schema import PILLARS

# The customer turn that opens an opportunity; the threshold of low sentiment (kpis.md, 3.1).
NEGATIVE = -0.3
LEG_COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(("interaction_id", "contact_id", "case_id", "customer_id", "agent_id", "team"), pl.String()),
    **dict.fromkeys(("channel", "direction", "reason", "outcome", "handler"), pl.String()),
    **dict.fromkeys(("started_at", "ended_at", "follow_up_due_at"), pl.Datetime("us", "UTC")),
    "transfers": pl.Int64(),
    **dict.fromkeys(("escalated", "complaint", "case_closed", "proactive"), pl.Boolean()),
    **dict.fromkeys(("follow_up_promised", "follow_up_kept"), pl.Boolean()),
}
# valence: of customer turns. judged: whether the behaviours model has seen an agent turn; unfit: why it gave no score.
TURN_COLUMNS: dict[str, pl.DataType] = {
    "interaction_id": pl.String(),
    "turn_no": pl.Int64(),
    "speaker": pl.String(),
    "begin_s": pl.Float64(),
    "end_s": pl.Float64(),
    "text": pl.String(),
    "valence": pl.Float64(),
    "judged": pl.Boolean(),
    "unfit": pl.String(),
}
# What the rubric asks of the model; further outputs (empathy_strong...) are used where they are there.
OUTPUTS = (*PILLARS, "personalization_strong", "ownership_strong")
MEMBER_COLUMNS: dict[str, pl.DataType] = {"customer_id": pl.String(), "start_at": pl.Datetime("us", "UTC")}


@dataclass(frozen=True)
class Background:
    """What is learnt from all legs of a client and held against each.

    end: the latest instant; follow_on: reasons that lead on to another, of follow_on.SCHEMA; habits: team, reason, keeps
    (the share of such contacts that was not passed on) and seen (how many there were).
    """

    end: datetime | None
    follow_on: pl.DataFrame
    habits: pl.DataFrame


@dataclass(frozen=True)
class Records:
    """One client's rows as they stand, or whole matters of them: all legs of a contact, a case and a customer.

    interactions: LEG_COLUMNS. turns: TURN_COLUMNS and one column of probabilities (0..1) for each output of the
    behaviours model. customers: MEMBER_COLUMNS. Columns that are absent count as missing everywhere.
    thresholds: output -> probability from which it counts as shown; revision: of the behaviours model.
    background: of the whole client; without it these records are the whole.
    """

    interactions: pl.DataFrame
    turns: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TURN_COLUMNS))
    customers: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=MEMBER_COLUMNS))
    thresholds: Mapping[str, float] = field(default_factory=dict)
    revision: str | None = None
    background: Background | None = None

    @cached_property
    def legs(self) -> pl.DataFrame:
        """The legs by time, with contact_key, person (a human handled it) and outbound (the centre got in touch)."""
        return (
            with_columns(self.interactions, LEG_COLUMNS)
            .with_columns(
                contact_key=pl.coalesce("contact_id", "interaction_id"),
                person=(pl.col("outcome") == "handled") & (pl.col("handler").fill_null("human") != "ai"),
                outbound=(pl.col("direction") == "outbound").fill_null(False) | pl.col("proactive").fill_null(False),
            )
            .sort("started_at", "interaction_id")
        )

    @cached_property
    def end(self) -> datetime | None:
        """The latest instant in the client's legs: 'now' for whatever must mature."""
        return self.background.end if self.background else latest(self.legs)

    @cached_property
    def typed_turns(self) -> pl.DataFrame:
        """The turns with every column of TURN_COLUMNS and OUTPUTS."""
        return with_columns(self.turns, TURN_COLUMNS | dict.fromkeys(OUTPUTS, pl.Float64()))

    @cached_property
    def reasons(self) -> pl.DataFrame:
        """One row a leg with a transcript: interaction_id and why its text is not scored, null where it is."""
        return reasons(self.typed_turns)

    @cached_property
    def readable(self) -> pl.DataFrame:
        """The messages, in order, of the legs that a reader could score, whatever the model has seen so far."""
        fit = floors(self.typed_turns).filter(pl.col("floor").is_null())
        return messages(self.typed_turns).join(fit, on="interaction_id", how="semi", maintain_order="left")

    @cached_property
    def judged(self) -> pl.DataFrame:
        """The agents' messages that the model's word counts for: all of a leg or none of it."""
        fit = self.reasons.filter(pl.col("reason").is_null())
        agent = self.readable.filter(pl.col("speaker") == "agent")
        return agent.join(fit, on="interaction_id", how="semi", maintain_order="left")

    @cached_property
    def members(self) -> pl.DataFrame:
        """Each customer's first day."""
        return with_columns(self.customers, MEMBER_COLUMNS).group_by("customer_id").agg(pl.col("start_at").min())

    def threshold(self, output: str) -> float:
        """The probability from which a model's output counts as shown."""
        return self.thresholds.get(output, 0.5)


def with_columns(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The frame with every column of the schema, null where it had none."""
    absent = {name: kind for name, kind in schema.items() if name not in frame.columns}
    return frame.with_columns(pl.lit(None, kind).alias(name) for name, kind in absent.items())


def latest(legs: pl.DataFrame) -> datetime | None:
    """The latest instant in legs."""
    return legs.select(pl.max_horizontal(pl.max("started_at"), pl.max("ended_at"))).item()
