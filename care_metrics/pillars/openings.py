"""The gates: when a leg offers an opportunity at all; without one there is no row, so neither 0 nor 100."""

from datetime import timedelta

import polars as pl

from care_metrics.pillars import cases, matters
from care_metrics.pillars.follow_on import CLEAR_Z, FEWEST, LIFT, WINDOW, leads_on
from care_metrics.pillars.item import Gate
from care_metrics.pillars.phrases import COMPLAINT, DENIED, FEELING, insensitive
from care_metrics.pillars.records import NEGATIVE, Records

_WHOLE_LEG = pl.lit(None, pl.Int64).alias("after_turn")


def emotion(records: Records) -> pl.DataFrame:
    """The first customer turn that is negative, names a feeling or a complaint; in a complaint leg the first one."""
    named = pl.col("text").str.replace_all(insensitive(DENIED), " ").str.contains(insensitive(f"{FEELING}|{COMPLAINT}"))
    told = records.legs.filter(pl.col("complaint")).select("interaction_id", told=pl.lit(True))
    people = records.legs.filter("person").select("interaction_id")
    spoken = records.readable.filter(pl.col("speaker") == "customer").join(people, on="interaction_id", how="semi")
    spoken = spoken.join(told, on="interaction_id", how="left")
    felt = (pl.col("valence") <= NEGATIVE).fill_null(False) | named | pl.col("told").fill_null(False)
    return spoken.filter(felt).group_by("interaction_id").agg(after_turn=pl.col("turn_no").min())


def ahead(records: Records) -> pl.DataFrame:
    """Legs of a person after which something foreseeably follows."""
    expects = (
        matters.open_case()
        | pl.col("follow_up_promised").fill_null(False)
        | pl.col("outbound")
        | pl.col("reason").is_in(leads_on(records)["reason"].unique().implode())
    )
    return _legs(matters.with_later(records), expects)


def history(records: Records) -> pl.DataFrame:
    """Legs of a person whose customer is known, with an earlier contact or a membership that had begun."""
    first = records.legs.group_by("customer_id").agg(first_at=pl.col("started_at").min())
    known = records.legs.filter(pl.col("customer_id").is_not_null())
    known = known.join(first, on="customer_id", how="left").join(records.members, on="customer_id", how="left")
    # A transfer continues a contact; it is no history of its own.
    begun = pl.col("started_at").min().over("contact_key")
    return _legs(known, (pl.col("first_at") < begun) | (pl.col("start_at") < begun))


def open_matter(records: Records) -> pl.DataFrame:
    """Legs of a person in which the issue was not closed on the spot."""
    return _legs(matters.with_later(records), matters.not_closed())


def conversation(records: Records) -> pl.DataFrame:
    """Legs of a person: what does harm needs no further opportunity."""
    return _legs(records.legs, pl.lit(True))


def negative_turn(records: Records) -> pl.DataFrame:
    """Voice legs in which an agent's turn follows a negative customer turn, both with times; their gaps in seconds."""
    voice = records.legs.filter(pl.col("channel").fill_null("voice") == "voice").select("interaction_id")
    follows = (
        pl.col(name).shift(-1).over("interaction_id").alias(f"next_{name}")
        for name in ("speaker", "begin_s", "turn_no")
    )
    pairs = records.readable.with_columns(follows).join(voice, on="interaction_id", how="semi")
    negative = (pl.col("speaker") == "customer") & (pl.col("valence") <= NEGATIVE)
    gap = pl.col("next_begin_s") - pl.col("end_s")
    answered = pairs.filter(negative & (pl.col("next_speaker") == "agent")).with_columns(gap=gap)
    return answered.drop_nulls("gap").select("interaction_id", "gap", after_turn="turn_no", turn_no="next_turn_no")


def after_transfer(records: Records) -> pl.DataFrame:
    """Later legs of a contact with the leg before them, where the customer had told that one who they are."""
    before = pl.col("interaction_id").shift(1).over("contact_key")
    pairs = records.legs.select("interaction_id", "person", earlier=before).filter(pl.col("person")).drop_nulls()
    told = matters.identifiers(records).select(earlier="interaction_id").unique()
    heard = records.readable.filter(pl.col("speaker") == "agent").select("interaction_id").unique()
    rows = pairs.join(told, on="earlier", how="semi").join(heard, on="interaction_id", how="semi")
    return rows.select("interaction_id", "earlier", _WHOLE_LEG)


def forewarning(records: Records) -> pl.DataFrame:
    """Outbound contacts, and the last leg before a complaint that no outbound contact preceded, where it was open."""
    return matters.forewarnings(records, ahead(records).select("interaction_id")).with_columns(_WHOLE_LEG)


def promise_due(records: Records) -> pl.DataFrame:
    """Legs of a person with a promise that had fallen due by the end of the data and is known to be kept or not."""
    due = pl.col("follow_up_promised") & (pl.col("follow_up_due_at") <= records.end)
    return _legs(records.legs, due & pl.col("follow_up_kept").is_not_null())


def closed_case(records: Records) -> pl.DataFrame:
    """The legs that closed a case at least seven days before the end of the data."""
    return cases.closed(records).filter(cases.mature(records)).with_columns(_WHOLE_LEG)


def shared_case(records: Records) -> pl.DataFrame:
    """The legs that closed a case after at least two legs handled by people."""
    return cases.closed(records).filter(pl.col("n_legs") >= 2).with_columns(_WHOLE_LEG)


def hard_won(records: Records) -> pl.DataFrame:
    """The legs that closed, seven days before the end of the data, a case that had cost the customer something."""
    return cases.closed(records).filter(cases.mature(records) & pl.col("hard")).with_columns(_WHOLE_LEG)


def _legs(legs: pl.DataFrame, opened: pl.Expr) -> pl.DataFrame:
    return legs.filter(pl.col("person") & opened.fill_null(False)).select(*legs.columns, _WHOLE_LEG)


_DAYS = WINDOW // timedelta(days=1)
GATES: dict[str, Gate] = {
    gate.name: gate
    for gate in (
        Gate(
            "emotion",
            f"a customer turn of valence {NEGATIVE} or less, or one that names a feeling, a complaint, a loss or a "
            "hardship; in a leg recorded as a complaint, the customer's first turn",
            emotion,
        ),
        Gate(
            "ahead",
            "the case stays open, a follow-up was promised, the centre got in touch, or the reason has a known follow-on "
            f"(from {FEWEST} contacts on, another reason of the same customer within {_DAYS} days at least {LIFT} times "
            f"as often as after other reasons, z at least {CLEAR_Z:.0f})",
            ahead,
        ),
        Gate("history", "the customer is known, and had an earlier contact or a membership", history),
        Gate(
            "open_matter",
            "the issue was not closed on the spot: the case stays open, a transfer, an escalation, a promise, or the "
            "customer came back for the same reason within 7 days",
            open_matter,
        ),
        Gate("conversation", "an agent spoke with the customer: harm needs no further opportunity", conversation),
        Gate(
            "negative_turn",
            f"a spoken customer turn of valence {NEGATIVE} or less that the agent's turn follows, both with times",
            negative_turn,
        ),
        Gate(
            "after_transfer",
            "a later leg of a contact in whose leg before the customer had told who they are",
            after_transfer,
        ),
        Gate(
            "forewarning",
            "an outbound contact, or a first complaint within 30 days after a leg on the same case or reason that had "
            "something ahead",
            forewarning,
        ),
        Gate("promise_due", "a promised follow-up that has fallen due and is known to be kept or not", promise_due),
        Gate("closed_case", "the leg closed a case at least 7 days before the end of the data", closed_case),
        Gate("shared_case", "the leg closed a case after at least two legs handled by people", shared_case),
        Gate(
            "hard_won",
            "the leg closed, at least 7 days before the end of the data, a case with several contacts, a complaint or "
            "an escalation",
            hard_won,
        ),
    )
}
