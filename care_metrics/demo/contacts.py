"""Contacts before anybody answers: who gets in touch, why, how, and which bot, team and agent it goes to."""

from datetime import timedelta

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo.arrivals import arrivals, by_day, closing
from care_metrics.demo.centre import shares_of, teams_of
from care_metrics.demo.clients import Client
from care_metrics.demo.draws import Floats, chance, logistic, pick, pick_by_row

CHANNELS = ("voice", "chat", "email")
OUTREACH_SHARE, CASE_EASY, CASE_HARD = 0.035, 0.2, 0.7
# How likely a bot takes the contact first, by channel: transactional, emotional.
BOT_FIRST = {"voice": (0.24, 0.10), "chat": (0.58, 0.34), "email": (0.10, 0.03)}
# What becomes of a contact that a bot took: contained, given up in the bot, handed to a person.
BOT_ENDS = {"transactional": (0.62, 0.10, 0.28), "emotional": (0.22, 0.16, 0.62)}


def issues(client: Client, people: pl.DataFrame, size: int, rng: Generator) -> pl.DataFrame:
    """About `size` first contacts of new issues, as rows of latent state; the customer is a member at the time."""
    drawn = round(size * 1.35) + 20
    frame = pl.DataFrame(
        {
            "customer": pick(rng, people["propensity"] + 1e-9, drawn).astype(np.uint32),
            "at": arrivals(client, drawn, rng),
            "reason": pick(rng, [reason.share for reason in client.reasons], drawn),
            "channel": np.array(CHANNELS)[pick(rng, client.channels, drawn)],
            "proactive": chance(rng, np.full(drawn, OUTREACH_SHARE)),
            "answered_bot": rng.random(drawn),
        }
    )
    who = people.select("customer", "start_at", "language", "preferred_channel")
    frame = frame.join(who, "customer", "left", maintain_order="left").filter(pl.col("at") > pl.col("start_at"))
    frame = frame.head(size).with_row_index("issue")
    difficulty = np.array([reason.difficulty for reason in client.reasons])[frame["reason"].to_numpy()]
    prefers = chance(rng, np.full(frame.height, 0.45)) & ~frame["proactive"].to_numpy()
    emotional = pl.Series([reason.task == "emotional" for reason in client.reasons]).gather(frame["reason"])
    return frame.with_columns(
        channel=pl.when(pl.Series(prefers)).then("preferred_channel").otherwise("channel"),
        # The centre reaches out about trouble, not about passwords.
        proactive=pl.col("proactive") & emotional,
        generation=pl.lit(0),
        cased=pl.Series(chance(rng, np.where(difficulty > 0.3, CASE_HARD, CASE_EASY))),
        mood_before=pl.lit(0.0),
    ).drop("start_at", "preferred_channel", "answered_bot")


def routed(
    frame: pl.DataFrame,
    client: Client,
    agents: pl.DataFrame,
    rng: Generator,
    effects: frozenset[str],
    *,
    bots: bool = True,
) -> pl.DataFrame:
    """Add handler, agent (null for a bot alone) and bot_end: contained, given_up or null."""
    bot_end = _bot(frame, client, rng) if bots else np.full(frame.height, "")
    alone = np.isin(bot_end, ("contained", "given_up"))
    agent = _agent(frame, client, agents, rng, effects)
    return frame.with_columns(
        handler=pl.Series(np.select([alone, bot_end == "handed"], ["ai", "ai_then_human"], "human")),
        bot_end=pl.Series(np.where(alone, bot_end, "")).replace("", None),
        agent=pl.Series(agent.astype(np.uint32)).set(pl.Series(alone), None),
    )


def _bot(frame: pl.DataFrame, client: Client, rng: Generator) -> np.ndarray:
    emotional = np.array([reason.task == "emotional" for reason in client.reasons])[frame["reason"].to_numpy()]
    channel = frame["channel"].to_numpy()
    likely = np.select(
        [channel == name for name in CHANNELS], [_column(BOT_FIRST[name], emotional) for name in CHANNELS]
    )
    likely = np.where(frame["proactive"].to_numpy() | (frame["language"].to_numpy() == "es"), 0.0, likely)
    ends = np.where(emotional[:, None], [BOT_ENDS["emotional"]], [BOT_ENDS["transactional"]])
    outcome = np.array(["contained", "given_up", "handed"])[pick_by_row(rng, ends)]
    return np.where(chance(rng, likely), outcome, "")


def _column(pair: tuple[float, float], second: np.ndarray) -> Floats:
    return np.where(second, pair[1], pair[0])


def _agent(
    frame: pl.DataFrame, client: Client, agents: pl.DataFrame, rng: Generator, effects: frozenset[str]
) -> np.ndarray:
    """A team by kind of reason, then one of its agents by load; Spanish goes to Bogotá; never the agent before."""
    shares = {team.name: shares_of(team, effects) for team in teams_of(client)}
    kinds = np.array([0 if reason.easy else 1 if reason.task == "transactional" else 2 for reason in client.reasons])
    size = agents.select(pl.len().over("team")).to_series().to_numpy()
    by_kind = np.array([shares[name] for name in agents["team"]]).T / size
    weights = by_kind[kinds[frame["reason"].to_numpy()]] * agents["load"].to_numpy()
    elsewhere = agents["site"].to_numpy() != planted.HARD_SITE
    if not elsewhere.all():
        weights = weights * np.where((frame["language"].to_numpy() == "es")[:, None] & elsewhere, 0.0, 1.0)
    if "agent_before" in frame.columns:
        weights[np.arange(frame.height), frame["agent_before"].to_numpy()] = 0.0
    return pick_by_row(rng, weights)


def repeats(
    ended: pl.DataFrame, client: Client, rng: Generator, *, cold: np.ndarray, reached: np.ndarray
) -> pl.DataFrame:
    """The contacts that follow because the one before did not settle the matter: same customer, reason and case.

    ended: one row a contact as it ended. cold, reached: its agent is of the cold team; the campaign called first.
    """
    logit = np.where(ended["resolved"].to_numpy(), -2.45, 0.0)
    logit += np.where(ended["abandoned"].to_numpy(), 1.0, 0.0) - 0.25 * ended["ownership_shown"].fill_null(0).to_numpy()
    logit += planted.COLD_REPEAT * cold + np.log(planted.CAMPAIGN_REPEAT) * reached
    logit += np.where((ended["kept"] == False).fill_null(False).to_numpy(), 0.6, 0.0)  # noqa: E712 polars, null-aware
    logit -= np.where(ended["proactive"].to_numpy(), 9.0, 0.0)
    again = ended.filter(pl.Series(chance(rng, logistic(logit))))
    alone = again["handler"].to_numpy() == "ai"
    hours = np.where(alone | again["abandoned"].to_numpy(), 5.0, 40.0) * rng.lognormal(0.0, 0.9, again.height)
    at = again["at"] + pl.Series((hours.clip(0.4, 500) * 3.6e9).astype(np.int64)).cast(pl.Duration("us"))
    switch = chance(rng, np.full(again.height, 0.3))
    return again.select(
        "issue",
        "customer",
        "reason",
        "language",
        "cased",
        at=by_day(at, client.zone, rng),
        channel=pl.when(pl.Series(switch)).then(pl.lit("voice")).otherwise("channel"),
        proactive=pl.lit(False),
        generation=pl.col("generation") + 1,
        mood_before=pl.Series(np.where(again["resolved"].to_numpy(), -0.1, -0.25)),
    ).filter(pl.col("at") < closing(client))


def campaign(ended: pl.DataFrame, client: Client, rng: Generator, effects: frozenset[str]) -> pl.DataFrame:
    """Outbound contacts of the proactive campaign: 20 to 44 hours after a first contact about a late delivery."""
    names = [reason.name for reason in client.reasons]
    wanted = "proactive_campaign" in effects and client.slug == planted.CAMPAIGN_CLIENT
    reason = names.index(planted.CAMPAIGN_REASON) if wanted else -1
    local = pl.col("at").dt.convert_time_zone(client.zone).dt.date()
    due = (pl.col("reason") == reason) & ~pl.col("proactive") & ~pl.col("abandoned") & (local >= planted.CAMPAIGN_START)
    targets = ended.filter(due & (pl.col("generation") == 0))
    targets = targets.filter(pl.Series(chance(rng, np.full(targets.height, planted.CAMPAIGN_REACH))))
    delay = pl.Series((rng.uniform(20, 44, targets.height) * 3.6e9).astype(np.int64)).cast(pl.Duration("us"))
    return targets.select(
        "issue",
        "customer",
        "reason",
        "language",
        "cased",
        at=by_day(targets["at"] + delay, client.zone, rng),
        channel="channel",
        proactive=pl.lit(True),
        generation=pl.lit(0),
        mood_before=pl.lit(0.15),
    ).filter(pl.col("at") < closing(client) - timedelta(hours=1))
