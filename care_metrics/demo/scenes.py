"""One conversation turn by turn: who speaks, in which mood, with how much care."""

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from care_metrics.demo.clients import Client
from care_metrics.demo.language.phrases import ByMood, Phrases, Tongue, Topic
from care_metrics.demo.language.slots import slots_of
from care_metrics.demo.language.tongues import TONGUES

MOOD_STEPS = (-0.55, -0.18, 0.24, 0.62)
_MARKS = re.compile(r"[;!?¿¡]|[,.:](?=\s|$)")
# Phrases drawn again before one is said twice in a conversation.
TRIES = 4


@dataclass(frozen=True)
class Turn:
    """One turn; held: a hold follows it."""

    speaker: str
    text: str
    held: bool = False


@dataclass
class Scene:
    """A conversation being written: the leg's latent state, the language, the slots, and the turns so far."""

    leg: dict[str, Any]
    tongue: Tongue
    topic: Topic
    slots: dict[str, str]
    rng: Random
    spoken: bool
    troubled: bool
    fact: int
    turns: list[Turn] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def say(self, speaker: str, *templates: str, held: bool = False) -> None:
        """Add a turn of the templates that are not empty."""
        text = " ".join(template.format_map(self.slots) for template in templates if template)
        heard = self.spoken and speaker != "system"
        self.turns.append(Turn(speaker, transcribed(text, self, speaker) if heard else text, held))

    def one(self, phrases: Phrases) -> str:
        """Any of the phrases, rather a new one; those about a circumstance only where the customer has told one."""
        for _ in range(TRIES):
            phrase = self.rng.choice(phrases)
            if phrase not in self.used and (self.troubled or "{felt}" not in phrase):
                break
        while not self.troubled and "{felt}" in phrase:
            phrase = self.rng.choice(phrases)
        self.used.add(phrase)
        return phrase

    def maybe(self, probability: float, phrases: Phrases) -> str:
        """One of the phrases with the probability given, else nothing."""
        return self.one(phrases) if self.rng.random() < probability else ""

    def mood(self, progress: float, start: float | None = None) -> int:
        """The mood from -2 to 2 on the way from the start (0) to the end (1) of the leg."""
        start = self.leg["mood_start"] if start is None else start
        value = start + (self.leg["mood_end"] - start) * progress + self.rng.gauss(0.0, 0.10)
        return sum(value > step for step in MOOD_STEPS) - 2

    def level(self, pillar: str) -> int:
        """How strongly the agent shows a pillar in this leg."""
        return self.leg[f"{pillar}_shown"]


def scene(leg: dict[str, Any], client: Client, rng: Random) -> Scene:
    """An empty scene for a leg."""
    tongue = TONGUES[leg["language"]]
    topic = tongue.topics[client.reasons[leg["reason"]].name]
    spoken = leg["channel"] == "voice" and rng.random() < 0.45
    slots = slots_of(leg, client, tongue, topic, rng)
    fact = rng.randrange(len(topic.facts))
    return Scene(leg, tongue, topic, slots, rng, spoken, troubled=rng.random() < 0.35, fact=fact)


def transcribed(text: str, scene: Scene, speaker: str) -> str:
    """Text as a speech recognizer writes it: lower case, hardly any marks, a customer's filler here and there."""
    plain = _MARKS.sub("", text).lower()
    return f"{scene.one(scene.tongue.fillers)} {plain}" if speaker == "customer" and scene.rng.random() < 0.4 else plain


def problem(scene: Scene, mood: int) -> tuple[str, ...]:
    """How the customer states the matter: plainly when calm, wrapped in feeling when not."""
    tongue = scene.tongue
    before = scene.maybe(1.0 if mood == -2 else 0.6, tongue.before[mood])
    # Whoever is upset says so at least once.
    after = scene.maybe(0.6 if before else 1.0 if mood < 0 else 0.5, tongue.after[mood])
    again = scene.maybe(0.8, tongue.again) if scene.leg["generation"] else ""
    told = "{told}" if scene.troubled and "{told}" not in scene.used else ""
    scene.used.add("{told}")
    return before, scene.topic.facts[scene.fact], again, told, after


def acknowledgement(scene: Scene, mood: int) -> str:
    """What the agent says to the feeling: nothing needs saying where none was shown, short of harm."""
    level = scene.level("empathy")
    if level >= 1 and mood >= 0 and not scene.troubled:
        return scene.maybe(0.25, scene.tongue.empathy[1])
    curt = 0.0 if scene.leg["channel"] == "email" else 0.4
    return scene.one(scene.tongue.empathy[level]) if level else scene.maybe(curt, scene.tongue.empathy[0])


def answer_of(scene: Scene, choices: ByMood, more: ByMood, mood: int, share: float) -> tuple[str, str]:
    """A reply in a mood, sometimes with a second sentence in the same mood."""
    return scene.one(choices[mood]), scene.maybe(share, more[mood])
