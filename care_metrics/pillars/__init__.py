"""Evidence for the four pillars: what agents wrote and what the centre did, point by point, each with what it cites."""

from care_metrics.pillars.background import learnt
from care_metrics.pillars.derive import EVIDENCE_SCHEMA, derive
from care_metrics.pillars.item import Gate, Item
from care_metrics.pillars.openings import GATES
from care_metrics.pillars.records import Records
from care_metrics.pillars.rubric import ITEMS, RULES_REVISION
from care_metrics.pillars.transcripts import REASONS

__all__ = [
    "EVIDENCE_SCHEMA",
    "GATES",
    "ITEMS",
    "REASONS",
    "RULES_REVISION",
    "Gate",
    "Item",
    "Records",
    "derive",
    "learnt",
]
