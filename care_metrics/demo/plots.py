"""The courses that conversations take: with a person, with a bot, from a bot to a person, outbound, by e-mail."""

from random import Random
from typing import Any

from care_metrics.demo.clients import Client
from care_metrics.demo.scenes import Scene, Turn, acknowledgement, answer_of, problem, scene


def conversation(leg: dict[str, Any], client: Client, rng: Random) -> list[Turn]:
    """The turns of one leg, from its latent state."""
    stage = scene(leg, client, rng)
    if leg["channel"] == "email":
        by_mail(stage)
    elif leg["proactive"]:
        outreach(stage)
    elif leg["handler"] == "ai":
        with_bot(stage)
    else:
        if leg["handler"] == "ai_then_human":
            bot_first(stage)
        with_person(stage)
    return stage.turns


def with_person(stage: Scene) -> None:
    """Greeting, matter, details, work, news, farewell: about nine turns."""
    leg, rng = stage.leg, stage.rng
    handed = leg["handler"] == "ai_then_human"
    origin = leg["mood_bot"] if handed else leg["mood_start"]
    if (leg["leg"] or handed) and stage.level("personalization") > 0:
        stage.say("agent", stage.one(stage.tongue.greet_known))
        react(stage, origin)
    else:
        begin(stage, origin, onward=leg["leg"] or handed)
    for pair in rng.sample(range(len(stage.topic.ask)), (leg["thorough"] > 0.2) + (rng.random() < 0.15)):
        stage.say("agent", named(stage, 0.3), stage.topic.ask[pair])
        more = stage.maybe(0.15, stage.tongue.react_more[stage.mood(0.4, origin)])
        stage.say("customer", stage.topic.detail[pair], more)
    stage.say("agent", *work(stage), held=leg["hold_s"] > 0)
    react(stage, origin)
    stage.say("agent", *news(stage))
    finish(stage, origin)


def begin(stage: Scene, origin: float, *, onward: bool) -> None:
    """The greeting, the matter from the start, and who the customer is."""
    if stage.rng.random() < 0.93:
        stage.say("agent", stage.one(stage.tongue.greet_onward if onward else stage.tongue.greet))
    opening = stage.mood(0.05, origin)
    stage.say("customer", *problem(stage, min(opening, 0) if stage.rng.random() < 0.8 else opening))
    ask_and_tell(stage, opening, origin)


def named(stage: Scene, share: float) -> str:
    """The customer's name or a detail said back, where the agent is personal at all."""
    return stage.maybe(share, stage.tongue.personal) if stage.level("personalization") > 0 else ""


def ask_and_tell(stage: Scene, opening: int, origin: float) -> None:
    """The agent takes up the feeling and asks who it is; asking again for what was given costs patience."""
    tongue, personal = stage.tongue, stage.level("personalization")
    asks = tongue.identify_again if personal == -1 else tongue.identify_ask
    stage.say("agent", acknowledgement(stage, opening), named(stage, 0.5), stage.one(asks))
    mood = stage.mood(0.25, origin)
    if personal == -1 and mood < 1:
        stage.say("customer", stage.one(tongue.identify_sharp))
    else:
        stage.say("customer", stage.one(tongue.identify), stage.maybe(0.3, tongue.react_more[mood]) if mood < 0 else "")


def work(stage: Scene) -> tuple[str, ...]:
    """What the agent does and finds, how it is fitted to the customer, and the hold that it takes."""
    tongue, own, personal = stage.tongue, stage.level("ownership"), stage.level("personalization")
    begin = stage.one(tongue.ownership[1]) if own > 0 else stage.maybe(0.5, tongue.ownership[0])
    fitted = ""
    if personal == 2:
        fitted = (
            stage.one(tongue.adapt) if stage.troubled and stage.rng.random() < 0.6 else stage.one(stage.topic.history)
        )
    hold = stage.one(tongue.hold) if stage.leg["hold_s"] > 0 else ""
    return begin, stage.one(stage.topic.course(stage.fact)[0]), fitted, hold


def react(stage: Scene, origin: float) -> None:
    """The customer takes what was found; after warm words anger turns into mixed feelings."""
    mood = stage.mood(0.55, origin)
    if mood < 0 and stage.level("empathy") == 2 and stage.rng.random() < 0.4:
        stage.say("customer", stage.one(stage.tongue.reassured))
    else:
        stage.say("customer", *answer_of(stage, stage.tongue.react, stage.tongue.react_more, mood, 0.55))


def news(stage: Scene) -> tuple[str, ...]:
    """How it ends on the agent's side: solved, stuck or passed on; promises, warnings, or the matter pushed away."""
    tongue, own, ahead = stage.tongue, stage.level("ownership"), stage.level("proactivity")
    promise = stage.one(tongue.ownership[own]) if own in (2, -1) else ""
    if stage.leg["transferred"]:
        return promise if own == -1 else "", stage.one(tongue.passing)
    result = stage.one(stage.topic.course(stage.fact)[1] if stage.leg["resolved"] else stage.topic.stuck)
    outlook = {2: stage.topic.ahead, 1: tongue.outlook}.get(ahead)
    return result, promise, stage.one(outlook) if outlook else ""


def finish(stage: Scene, origin: float) -> None:
    """The customer's last words, in the mood in which the leg ends, and the agent's."""
    tongue, rng = stage.tongue, stage.rng
    mood = stage.mood(1.0, origin)
    mood = 0 if mood == 1 and rng.random() < 0.2 else mood
    choices, more = (tongue.react, tongue.react_more) if stage.leg["transferred"] else (tongue.close, tongue.close_more)
    stage.say("customer", *answer_of(stage, choices, more, mood, 0.35))
    warm = mood > -2 and (stage.level("empathy") > 0 or stage.level("personalization") > 0)
    kind = tongue.farewell if stage.leg["resolved"] and mood >= 0 else tongue.farewell_open
    if rng.random() < 0.7 and not stage.leg["transferred"]:
        stage.say("agent", stage.one(kind if warm else tongue.farewell_short))


def bot_first(stage: Scene) -> None:
    """The bot tries before a person takes over; a late hand-over takes four to six rounds and the mood falls."""
    leg, rng, tongue = stage.leg, stage.rng, stage.tongue
    rounds = rng.randrange(4, 7) if leg["late"] else rng.randrange(1, 3)
    stage.say("bot", stage.one(tongue.bot_greet))
    stage.say("customer", *problem(stage, min(stage.mood(0.0), 0)))
    for number in range(1, rounds + 1):
        stage.say("bot", stage.one(tongue.bot_lost if number < rounds or rng.random() < 0.5 else tongue.bot_ask))
        value = leg["mood_start"] + (leg["mood_bot"] - leg["mood_start"]) * number / rounds
        stage.say("customer", stage.one(tongue.bot_again[min(0, stage.mood(0.0, value))]))
    stage.say("system", stage.one(tongue.bot_handed))


def with_bot(stage: Scene) -> None:
    """A bot alone: question, number, perhaps a misunderstanding, result."""
    tongue, rng = stage.tongue, stage.rng
    stage.say("bot", stage.one(tongue.bot_greet))
    stage.say("customer", *problem(stage, min(stage.mood(0.0), 0)))
    stage.say("bot", stage.one(tongue.bot_ask))
    stage.say("customer", stage.one(tongue.identify))
    if not stage.leg["resolved"] or rng.random() < 0.2:
        stage.say("bot", stage.one(tongue.bot_lost))
        stage.say("customer", stage.one(tongue.bot_again[min(0, stage.mood(0.6))]))
    if stage.leg["resolved"]:
        stage.say("bot", *stage.topic.course(stage.fact)[1][:1], stage.one(tongue.bot_done))
    else:
        stage.say("bot", stage.one(tongue.bot_give_up))
    if rng.random() < 0.7:
        stage.say("customer", *answer_of(stage, tongue.close, tongue.close_more, min(stage.mood(1.0), 1), 0.2))


def outreach(stage: Scene) -> None:
    """The centre calls first."""
    tongue = stage.tongue
    stage.say("agent", stage.one(tongue.greet_outbound), stage.one(tongue.outreach))
    stage.say("customer", stage.one(tongue.outreach_answer[max(-1, min(1, stage.mood(0.3)))]))
    held = stage.leg["hold_s"] > 0
    found = (stage.one(stage.topic.course(stage.fact)[0]), stage.one(stage.topic.ahead))
    stage.say("agent", *found, stage.one(tongue.hold) if held else "", held=held)
    react(stage, stage.leg["mood_start"])
    stage.say("agent", *news(stage))
    finish(stage, stage.leg["mood_start"])


def by_mail(stage: Scene) -> None:
    """A letter, a reply, and sometimes a second round; the centre may also write first."""
    leg, tongue, one = stage.leg, stage.tongue, stage.one
    speaker = "bot" if leg["handler"] == "ai" else "agent"
    if leg["proactive"]:
        told = (one(tongue.outreach), one(stage.topic.ahead))
    else:
        opening = min(stage.mood(0.05), 0)
        stage.say(
            "customer", one(tongue.mail_open), *problem(stage, opening), one(tongue.mail_wish), one(tongue.mail_sign)
        )
        told = (acknowledgement(stage, opening), *work(stage), *news(stage))
    stage.say(speaker, one(tongue.reply_open), *told, one(tongue.reply_sign))
    if stage.rng.random() < 0.75:
        stage.say("customer", *answer_of(stage, tongue.close, tongue.close_more, stage.mood(1.0), 0.4))
        if stage.rng.random() < 0.3:
            stage.say(speaker, one(tongue.farewell_short))
