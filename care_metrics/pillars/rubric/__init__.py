"""The rubric: every item of the four pillars with its weight, its gate and what a row of it cites (kpis.md, section 3)."""

from dataclasses import fields
from hashlib import sha256

from care_metrics.pillars import phrases
from care_metrics.pillars.item import Item
from care_metrics.pillars.rubric.empathy import EMPATHY
from care_metrics.pillars.rubric.ownership import OWNERSHIP
from care_metrics.pillars.rubric.personalization import PERSONALIZATION
from care_metrics.pillars.rubric.proactivity import PROACTIVITY

ITEMS: tuple[Item, ...] = EMPATHY + PROACTIVITY + PERSONALIZATION + OWNERSHIP


def _revision() -> str:
    """Changes with any word, weight or pattern of the rubric."""
    records = [[getattr(item, part.name) for part in fields(item) if part.name != "find"] for item in ITEMS]
    patterns = {name: value for name, value in vars(phrases).items() if name.isupper()}
    return "rules-" + sha256(repr((records, sorted(patterns.items()))).encode()).hexdigest()[:8]


RULES_REVISION = _revision()
