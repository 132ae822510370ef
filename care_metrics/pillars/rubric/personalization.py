"""Personalization: was what is known of the customer used?"""

from care_metrics.pillars import done, phrases, spoken
from care_metrics.pillars.item import Item

PERSONALIZATION: tuple[Item, ...] = (
    Item(
        name="knows_the_customer",
        pillar="personalization",
        source="text",
        judge="model",
        weight=2,
        gate="history",
        question="Did an agent turn use the customer's history or circumstances (half: only the name or a detail)?",
        cites="the agent turn",
        seen="speaks to this customer in particular",
        unseen="no agent turn speaks to this customer in particular",
        find=spoken.shown("personalization", strong="personalization_strong"),
    ),
    Item(
        name="asks_again",
        pillar="personalization",
        source="text",
        weight=2,
        gate="history",
        question="Did an agent turn ask again for what had been given?",
        cites="the agent turn",
        seen="",
        unseen="asks again for what had been given",
        find=spoken.harm(phrases.ASKS_AGAIN, unless="personalization_strong", spared=phrases.SPARED),
        harmful=True,
    ),
    Item(
        name="keeps_context",
        pillar="personalization",
        source="operational",
        weight=1,
        gate="after_transfer",
        question="Was the customer spared from saying again, after a transfer, what they had said before it?",
        cites="the leg before the transfer, and the agent turn that asks again",
        seen="what the customer had said was known after the transfer",
        unseen="the customer had to say it again after the transfer",
        find=done.context_kept,
    ),
)
