"""Finders for what the centre did: each returns a share and the event that shows it."""

from collections.abc import Iterable

import polars as pl

from care_metrics.pillars.cases import WATCHED
from care_metrics.pillars.item import found
from care_metrics.pillars.matters import identifiers
from care_metrics.pillars.phrases import ASKS_AGAIN, SPARED, insensitive
from care_metrics.pillars.records import Records

PROMPT_S = 5.0
# A team that keeps at least half of a reason's contacts (of so many) could have kept this one too.
KEEPS, FEWEST = 0.5, 20


def promptly(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """The share of negative turns answered within five seconds; cites the slowest answer."""
    slowest = chances.sort("gap", descending=True).unique("interaction_id", keep="first", maintain_order=True)
    shares = chances.group_by("interaction_id").agg(share=(pl.col("gap") <= PROMPT_S).mean())
    rows = slowest.select("interaction_id", "turn_no").join(shares, on="interaction_id")
    return found(rows.with_columns(event_id="interaction_id"))


def reached_first(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """What the gate found: contacts made before a complaint, and complaints that nobody came before."""
    return found(chances)


def checked_in(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether an outbound contact of the case, or of the customer and reason, followed within seven days."""
    calls = records.legs.filter(pl.col("outbound") & (pl.col("outcome") == "handled"))
    after = [_next(chances, calls, by) for by in (["case_id"], ["customer_id", "reason"])]
    first = pl.concat(after).drop_nulls("call").unique("interaction_id", keep="first")
    rows = chances.join(first, on="interaction_id", how="left")
    share = pl.col("call").is_not_null().cast(pl.Float64)
    return found(rows.with_columns(share=share, event_id=pl.coalesce("call", "case_id")))


def _next(closings: pl.DataFrame, calls: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    made = (
        calls.drop_nulls(by).select(*by, "started_at", call="interaction_id", call_key="contact_key").sort("started_at")
    )
    pairs = (
        closings.drop_nulls(by)
        .sort("started_at")
        .join_asof(
            made,
            on="started_at",
            by=by,
            strategy="forward",
            tolerance=WATCHED,
            allow_exact_matches=False,
            check_sortedness=False,
        )
    )
    other = pl.col("call_key") != pl.col("contact_key")
    return pairs.select("interaction_id", call=pl.when(other).then(pl.col("call").cast(pl.String)))


def one_owner(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether one agent handled every leg of the case up to its closing."""
    known = chances.drop_nulls("owners")
    return found(known.with_columns(share=(pl.col("owners") == 1).cast(pl.Float64), event_id="case_id"))


def promise_kept(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether the promised follow-up happened in time."""
    return found(chances.with_columns(share=pl.col("follow_up_kept").cast(pl.Float64), event_id="interaction_id"))


def stayed_closed(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether the customer did not come back about the case within seven days of the closing leg."""
    back = (pl.col("next_at") - pl.col("started_at") <= WATCHED).fill_null(False)
    event = pl.when(back).then("next_id").otherwise("case_id")
    return found(chances.with_columns(share=(~back).cast(pl.Float64), event_id=event))


def kept_in_hand(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether the leg was not passed on, or had to be: escalated, or the team seldom keeps contacts of this reason."""
    passed = pl.col("transfers") > 0
    habit = records.background.habits if records.background else habits([records])
    rows = chances.filter(~pl.col("outbound")).drop_nulls("transfers")
    rows = rows.join(habit, on=["team", "reason"], how="left", nulls_equal=True)
    usual = ((pl.col("keeps") >= KEEPS) & (pl.col("seen") >= FEWEST)).fill_null(False)
    avoidable = passed & ~pl.col("escalated").fill_null(False) & usual
    return found(rows.with_columns(share=(~avoidable).cast(pl.Float64), event_id="interaction_id"))


def habits(parts: Iterable[Records]) -> pl.DataFrame:
    """Team, reason, keeps and seen (see Background) over a client's records in parts."""
    kept = pl.col("transfers") <= 0
    counted = [
        part.legs.filter(pl.col("person") & ~pl.col("outbound"))
        .drop_nulls(["transfers", "reason"])
        .group_by("team", "reason")
        .agg(kept=kept.sum().cast(pl.Int64), seen=pl.len().cast(pl.Int64))
        for part in parts
    ]
    sums = pl.concat(counted).group_by("team", "reason").sum()
    return sums.select("team", "reason", keeps=pl.col("kept") / pl.col("seen"), seen="seen")


def context_kept(records: Records, chances: pl.DataFrame) -> pl.DataFrame:
    """Whether the customer did not have to say again, after the transfer, what they had said before it."""
    said = identifiers(records)
    earlier = chances.select("interaction_id", "earlier").join(said.rename({"interaction_id": "earlier"}), on="earlier")
    repeated = earlier.join(said, on=["interaction_id", "value"], how="semi").select("interaction_id").unique()
    words = pl.col("text").str.replace_all(insensitive(SPARED), " ")
    agents = records.readable.filter((pl.col("speaker") == "agent") & words.str.contains(insensitive(ASKS_AGAIN)))
    asked = agents.group_by("interaction_id").agg(turn_no=pl.col("turn_no").first())
    rows = chances.join(asked, on="interaction_id", how="left").join(
        repeated.with_columns(again=pl.lit(True)), on="interaction_id", how="left"
    )
    lost = pl.col("again").fill_null(False) | pl.col("turn_no").is_not_null()
    return found(rows.with_columns(share=(~lost).cast(pl.Float64), event_id="earlier"))
