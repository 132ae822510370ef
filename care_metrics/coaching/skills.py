"""The skills that are trained, each defined by behaviours of the rubric; to add one: its record here."""

from dataclasses import dataclass

from care_metrics.schema import PILLARS


@dataclass(frozen=True)
class Skill:
    """A skill's score is 100 x points earned / points possible over these behaviours, where they had an opportunity.

    behaviours: names of items of the rubric; each belongs to one skill at most, so that no point counts twice.
    """

    name: str
    label: str
    question: str
    behaviours: tuple[str, ...]


SKILLS: tuple[Skill, ...] = (
    Skill(
        "de_escalation",
        "De-escalation",
        "When a customer was upset: was it taken up at once, without dismissing it?",
        ("acknowledges_feeling", "before_solving", "dismisses", "answers_promptly"),
    ),
    Skill(
        "active_listening",
        "Active listening",
        "Was what the customer had said, or was known for, used, so that nothing had to be said twice?",
        ("knows_the_customer", "asks_again", "keeps_context", "canned_sorry"),
    ),
    Skill(
        "relationship_management",
        "Relationship management",
        "Was the matter taken on with a day, thought ahead of, and followed up?",
        ("takes_it_on", "says_when", "pushes_away", "keeps_promise", "looks_ahead", "checks_in"),
    ),
)
SUBJECTS: tuple[str, ...] = (*PILLARS, *(skill.name for skill in SKILLS))
BEHAVIOURS: tuple[str, ...] = tuple(name for skill in SKILLS for name in skill.behaviours)
