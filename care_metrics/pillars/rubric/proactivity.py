"""Proactivity: was a foreseeable next problem acted on before it came?"""

from care_metrics.pillars import done, spoken
from care_metrics.pillars.item import Item

PROACTIVITY: tuple[Item, ...] = (
    Item(
        name="looks_ahead",
        pillar="proactivity",
        source="text",
        judge="model",
        weight=2,
        gate="ahead",
        question="Did an agent turn warn of, prevent or solve what comes next, or say unasked what will happen?",
        cites="the agent turn",
        seen="looks ahead to what comes next",
        unseen="no agent turn looks ahead to what comes next",
        find=spoken.shown("proactivity", strong="proactivity_strong"),
    ),
    Item(
        name="reaches_out_first",
        pillar="proactivity",
        source="operational",
        weight=1,
        gate="forewarning",
        question="Did the centre get in touch before the customer complained about the same case or reason?",
        cites="the outbound contact, or the complaint that came first",
        seen="got in touch before the customer complained",
        unseen="the customer's complaint came first",
        find=done.reached_first,
    ),
    Item(
        name="checks_in",
        pillar="proactivity",
        source="operational",
        weight=1,
        gate="hard_won",
        question="Did the centre get in touch within 7 days of closing the case?",
        cites="the outbound contact, or the case",
        seen="checked in after the case was closed",
        unseen="nobody checked in within 7 days of closing the case",
        find=done.checked_in,
    ),
)
