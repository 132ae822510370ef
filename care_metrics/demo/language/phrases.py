"""The shapes that phrase data take: topics by reason, and everything else a language needs to hold a conversation."""

from dataclasses import dataclass

Phrases = tuple[str, ...]
ByMood = dict[int, Phrases]


def lines(text: str) -> Phrases:
    """One phrase a line of a block; blank lines do not count."""
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


def words(text: str, separator: str | None = None) -> Phrases:
    """The words of a block, or its parts between separators."""
    return tuple(text.split(separator))


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What is said about one reason, as templates over the slots of a conversation.

    thing: the matter as a noun phrase; facts: the customer's problem without emotion; ask and detail: the agent's
    questions and their answers, in pairs; steps: what the agent finds; fixed and stuck: how it ends; ahead: a warning
    or offer nobody asked for; history: what the agent knows of this customer. fits holds two digits a fact, the step
    and the fix that belong to it; without it any do. products: what {product} is here, if not anything the client sells.
    """

    thing: Phrases
    facts: Phrases
    ask: Phrases
    detail: Phrases
    steps: Phrases
    fixed: Phrases
    stuck: Phrases
    ahead: Phrases
    history: Phrases
    fits: str = ""
    products: Phrases = ()

    def course(self, fact: int) -> tuple[Phrases, Phrases]:
        """The steps and fixes that make sense for a fact."""
        if not self.fits:
            return self.steps, self.fixed
        step, fix = map(int, self.fits.split()[fact])
        return (self.steps[step],), (self.fixed[fix],)


@dataclass(frozen=True)
class Circumstance:
    """Something in the customer's life: as told, as an agent acknowledges it, and as an agent adapts to it."""

    told: str
    felt: str
    fits: str


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """All phrases of one language that do not depend on the reason; moods run from -2 (furious) to 2 (delighted)."""

    topics: dict[str, Topic]
    circumstances: tuple[Circumstance, ...]
    weekdays: Phrases
    months: Phrases
    date: str
    twelve_hours: bool
    greet: Phrases
    greet_known: Phrases
    greet_onward: Phrases
    greet_outbound: Phrases
    before: ByMood
    after: ByMood
    again: Phrases
    identify_ask: Phrases
    identify_again: Phrases
    identify: Phrases
    identify_sharp: Phrases
    empathy: ByMood
    ownership: ByMood
    personal: Phrases
    adapt: Phrases
    outlook: Phrases
    react: ByMood
    react_more: ByMood
    reassured: Phrases
    close: ByMood
    close_more: ByMood
    farewell: Phrases
    farewell_open: Phrases
    farewell_short: Phrases
    hold: Phrases
    passing: Phrases
    outreach: Phrases
    outreach_answer: ByMood
    bot_greet: Phrases
    bot_ask: Phrases
    bot_lost: Phrases
    bot_again: ByMood
    bot_done: Phrases
    bot_give_up: Phrases
    bot_handed: Phrases
    mail_open: Phrases
    mail_wish: Phrases
    mail_sign: Phrases
    reply_open: Phrases
    reply_sign: Phrases
    fillers: Phrases
    comments: ByMood

    def clock(self, hour: int, minute: str) -> str:
        """A time of day as it is said in this language."""
        if not self.twelve_hours:
            return f"{hour}:{minute}"
        shown = hour if hour <= 12 else hour - 12
        return f"{shown}{'' if minute == '00' else ':' + minute} {'am' if hour < 12 else 'pm'}"
