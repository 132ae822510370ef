"""What happens in a leg: waiting, the care shown, how long it takes, whether it helps, and how the customer feels."""

import numpy as np
import polars as pl
from numpy.random import Generator

from care_metrics.demo import effects as planted
from care_metrics.demo.arrivals import rush
from care_metrics.demo.clients import Client
from care_metrics.demo.draws import Floats, chance, logistic, lognormal, pick_by_row
from care_metrics.schema import PILLARS

PATIENCE_S = {"voice": 150.0, "chat": 120.0, "email": 1e9}
WAIT_S = {"voice": 15.0, "chat": 10.0, "email": 9_000.0}
TALK_FACTOR = {"voice": 1.0, "chat": 1.35, "email": 0.75}
HOLD_CHANCE = {"voice": 0.34, "chat": 0.05, "email": 0.0}
BOT_TRAITS = (0.15, 0.20, 0.30, 0.10)
THOROUGH_TALK, THOROUGH_RESOLVED, THOROUGH_MOOD = 0.20, 0.42, 0.08
LEVELS = np.array([-1, 0, 1, 2])


def collapsed(frame: pl.DataFrame, client: Client, effects: frozenset[str]) -> np.ndarray:
    """Where the leg falls into the month in which the client's ownership collapses."""
    if "ownership_collapse" not in effects or client.slug != planted.COLLAPSE_CLIENT:
        return np.zeros(frame.height, dtype=bool)
    day = frame["at"].dt.convert_time_zone(client.zone).dt.date()
    return day.is_between(planted.COLLAPSE_START, planted.COLLAPSE_END, closed="left").to_numpy()


def waiting(frame: pl.DataFrame, client: Client, rng: Generator) -> pl.DataFrame:
    """Add queue_s (0 for a bot, which answers at once) and abandoned: the queue outlasted the customer's patience."""
    channel, handler = frame["channel"].to_numpy(), frame["handler"].to_numpy()
    median = _by(WAIT_S, channel) * np.where(channel == "email", 1.0, rush(frame["at"], client.zone) ** 2)
    queue = lognormal(rng, median * np.where(handler == "ai_then_human", 1.5, 1.0), 1.15)
    patience = lognormal(rng, _by(PATIENCE_S, channel), 0.9)
    hurried = (handler == "human") & ~frame["proactive"].to_numpy() & (queue > patience)
    waits = np.where((handler == "ai") | frame["proactive"].to_numpy(), 0.0, np.where(hurried, patience, queue))
    given_up = (frame["bot_end"] == "given_up").fill_null(False).to_numpy()
    return frame.with_columns(queue_s=pl.Series(waits.round(1)), abandoned=pl.Series(hurried | given_up))


def care(frame: pl.DataFrame, agents: pl.DataFrame, poor: np.ndarray, rng: Generator) -> pl.DataFrame:
    """Add the level at which each pillar is shown: 2 strong, 1 weak, 0 absent, -1 harmful."""
    rows = frame["agent"].fill_null(0).to_numpy()
    alone = frame["agent"].is_null().to_numpy()
    shown = {}
    for pillar, bot in zip(PILLARS, BOT_TRAITS, strict=True):
        trait = np.where(alone, bot, agents[pillar].to_numpy()[rows])
        strong = (0.75 * trait - 0.05).clip(0.01)
        harmful = np.where(alone, 0.01, (0.16 - 0.22 * trait).clip(0.004))
        if pillar == "ownership":
            strong, harmful = np.where(poor, 0.04, strong), np.where(poor, 0.60, harmful)
        weak = np.minimum(0.25 + 0.25 * trait, 1.0 - strong - harmful)
        if pillar == "proactivity":
            weak, harmful = weak + harmful, np.zeros_like(harmful)
        odds = np.stack([harmful, 1.0 - strong - harmful - weak, weak, strong], axis=1)
        shown[f"{pillar}_shown"] = pl.Series(LEVELS[pick_by_row(rng, odds)])
    return frame.with_columns(**shown)


def durations(frame: pl.DataFrame, client: Client, agents: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    """Add thorough (how far the conversation goes beyond its reason's usual depth), talk_s, hold_s and acw_s."""
    channel = frame["channel"].to_numpy()
    alone, idle = frame["agent"].is_null().to_numpy(), frame["abandoned"].to_numpy()
    pace = np.where(alone, -0.6, agents["pace"].to_numpy()[frame["agent"].fill_null(0).to_numpy()])
    thorough = rng.normal(0.0, 1.0, frame.height)
    usual = np.array([reason.talk_s for reason in client.reasons])[frame["reason"].to_numpy()]
    usual = usual * _by(TALK_FACTOR, channel) * np.where(frame["proactive"].to_numpy(), 0.45, 1.0)
    talk = lognormal(rng, usual * np.exp(pace + THOROUGH_TALK * thorough), 0.20)
    talk = talk * np.where(frame["handler"].to_numpy() == "ai_then_human", 1.25, 1.0)
    hold = np.where(
        chance(rng, _by(HOLD_CHANCE, channel)) & ~alone, lognormal(rng, np.full(frame.height, 48.0), 0.7), 0.0
    )
    after = lognormal(rng, np.full(frame.height, 42.0) * np.exp(0.6 * pace), 0.5)
    return frame.with_columns(
        thorough=pl.Series(thorough),
        talk_s=pl.Series(np.where(idle, 0.0, talk.clip(20, 5_400)).round(1)),
        hold_s=pl.Series(np.where(idle, 0.0, hold.clip(0, 900)).round(1)),
        acw_s=pl.Series(np.where(idle | alone, 0.0, after.clip(2, 900)).round(1)),
    )


def help_given(
    frame: pl.DataFrame, client: Client, rng: Generator, *, poor: np.ndarray, cold: np.ndarray, may_transfer: bool
) -> pl.DataFrame:
    """Add transferred and resolved: a leg that is passed on, abandoned or beyond the bot resolves nothing."""
    difficulty = np.array([reason.difficulty for reason in client.reasons])[frame["reason"].to_numpy()]
    alone, idle = frame["agent"].is_null().to_numpy(), frame["abandoned"].to_numpy()
    ownership, thorough = frame["ownership_shown"].to_numpy(), frame["thorough"].to_numpy()
    transfer = -3.0 + 1.8 * difficulty - 0.45 * ownership + planted.COLLAPSE_TRANSFER * poor
    person = ~alone & ~idle & ~frame["proactive"].to_numpy() & may_transfer
    passed = chance(rng, logistic(transfer)) & person
    helped = 2.5 - 3.1 * difficulty + THOROUGH_RESOLVED * thorough + 0.3 * ownership - 1.1 * alone
    helped = helped + 0.15 * frame["personalization_shown"].to_numpy() + planted.COLLAPSE_RESOLVED * poor
    helped = helped + planted.COLD_RESOLVED * cold
    return frame.with_columns(
        transferred=pl.Series(passed), resolved=pl.Series(chance(rng, logistic(helped)) & ~passed & ~idle)
    )


def emotions(frame: pl.DataFrame, client: Client, rng: Generator, late: np.ndarray) -> pl.DataFrame:
    """Add mood_start, mood_bot (when the bot lets go), mood_end (all -1..1) and effort (0 is effortless)."""
    usual = np.array([reason.mood for reason in client.reasons])[frame["reason"].to_numpy()]
    wait = np.where(frame["channel"].to_numpy() == "email", 0.0, np.log1p(frame["queue_s"].to_numpy() / 60))
    start = usual + frame["mood_before"].to_numpy() - 0.10 * wait + rng.normal(0.0, 0.26, frame.height)
    handed = frame["handler"].to_numpy() == "ai_then_human"
    at_hand_over = start + np.where(late, planted.LATE_FALL, -0.08) * handed
    shown = {pillar: frame[f"{pillar}_shown"].to_numpy() for pillar in PILLARS}
    gain = 0.52 * frame["resolved"].to_numpy() + THOROUGH_MOOD * frame["thorough"].to_numpy() + 0.14 * shown["empathy"]
    gain = gain + 0.06 * shown["ownership"] + 0.05 * shown["personalization"] + 0.04 * shown["proactivity"]
    harm = sum((level == -1).astype(float) for level in shown.values())
    end = 0.55 * at_hand_over - 0.36 + gain - 0.14 * harm - 0.20 * frame["transferred"].to_numpy()
    end = end + rng.normal(0.0, 0.20, frame.height)
    effort = 0.9 * frame["generation"].to_numpy() + 0.3 * wait + 0.8 * ~frame["resolved"].to_numpy()
    effort = effort + planted.LATE_EFFORT * (late & handed) + 0.4 * (shown["personalization"] == -1)
    return frame.with_columns(
        mood_start=pl.Series(start.clip(-1, 1)),
        mood_bot=pl.Series(at_hand_over.clip(-1, 1)),
        mood_end=pl.Series(end.clip(-1, 1)),
        effort=pl.Series((effort + rng.normal(0.0, 0.35, frame.height)).clip(0)),
        late=pl.Series(late & handed),
    )


def promises(frame: pl.DataFrame, agents: pl.DataFrame, poor: np.ndarray, rng: Generator) -> pl.DataFrame:
    """Add promised, promise_days (1 to 5) and kept (null where nothing was promised)."""
    alone, idle = frame["agent"].is_null().to_numpy(), frame["abandoned"].to_numpy()
    strong = frame["ownership_shown"].to_numpy() == 2
    likely = 0.06 + 0.22 * ~frame["resolved"].to_numpy() + 0.20 * strong
    promised = chance(rng, np.where(alone | idle | frame["transferred"].to_numpy(), 0.0, likely))
    trait = agents["ownership"].to_numpy()[frame["agent"].fill_null(0).to_numpy()]
    kept = chance(rng, np.where(poor, planted.COLLAPSE_KEPT, 0.70 + 0.28 * trait))
    return frame.with_columns(
        promised=pl.Series(promised),
        promise_days=pl.Series(rng.integers(1, 6, frame.height)),
        kept=pl.Series(kept).set(pl.Series(~promised), None),
    )


def _by(values: dict[str, float], channel: np.ndarray) -> Floats:
    return np.select([channel == name for name in values], list(values.values()))
