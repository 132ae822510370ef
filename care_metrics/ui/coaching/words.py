"""Pillars, skills and behaviours as they are called on the page."""

from collections.abc import Iterable

from care_metrics.coaching.profile import Standing
from care_metrics.coaching.skills import SKILLS, SUBJECTS
from care_metrics.kpis import CATALOGUE
from care_metrics.ui import evidence_words, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, translated

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


def say_alike(rows: Iterable[Standing], key: str) -> None:
    """Where agents differ by no more than chance, no score keeps anything of its own: said, or one value for all is a riddle."""
    alike = dict.fromkeys(one.subject for one in rows if one.weight == 0)
    if alike:
        text = _("Agents do not differ beyond chance in {list}, so all show the mean of all agents there.")
        notices.note(text.format(list=", ".join(subject(name) for name in alike)), key)
