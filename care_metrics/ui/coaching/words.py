"""Pillars, skills and behaviours as they are called on the page."""

from care_metrics.coaching.skills import SKILLS, SUBJECTS
from care_metrics.kpis import CATALOGUE
from care_metrics.ui import evidence_words
from care_metrics.ui import format as fmt
from care_metrics.ui.text import translated

_SKILLS = {skill.name: skill for skill in SKILLS}


def subject(name: str) -> str:
    """A pillar, skill or behaviour; what somebody else called a skill stays as it is."""
    if name in CATALOGUE:
        return translated(CATALOGUE[name].label)
    if name in _SKILLS:
        return translated(_SKILLS[name].label)
    known = evidence_words.BEHAVIOURS.get(name)
    return translated(known) if known else fmt.neat(name)


def measured(name: str) -> bool:
    """Whether it is something whose score is known."""
    return name in SUBJECTS
