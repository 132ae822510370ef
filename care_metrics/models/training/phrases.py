"""Agent phrases of our own making for the forms that real turns show too rarely: strong commitments and real memory."""

import random

import numpy as np

from care_metrics.models.training.examples import Examples

# One row a family: output columns set to 1, columns set to 0, templates. Columns not named stay unknown.
OPENINGS = ("", "", "Thank you. ", "Okay, {name}. ", "All right. ", "No problem. ", "I see. ")
ENDINGS = ("", "", " Is there anything else?", " Thanks for waiting.", " Does that work for you?")
SLOTS = {
    "name": ("Maria", "Mr. Diaz", "Tom", "Ms. Okafor", "Priya", "Daniel", "Laura"),
    "when": ("tomorrow by noon", "before 5 pm today", "on Monday morning", "within the hour", "by Friday", "tonight"),
    "thing": ("the refund", "your order", "the repair", "your claim", "the new router", "the transfer", "your card"),
    "team": ("the warehouse", "billing", "the courier", "our engineers", "the branch", "the supplier"),
    "years": ("six years", "more than a decade", "2016", "your very first order"),
    "plan": ("the small plan", "paperless bills", "a window seat", "evening deliveries", "the same technician"),
    "feeling": ("frustrating", "worrying", "stressful", "upsetting", "disappointing", "tiring", "annoying"),
    "event": ("your daughter's wedding", "the move next week", "your exams", "the surgery", "the trip to Lima"),
}
CARE_ALONE = ("ownership", "ownership_strong", "proactivity", "proactivity_strong", "personalization_strong")
NOTHING = ("empathy", "empathy_strong", *CARE_ALONE)
FAMILIES: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("empathy", "empathy_strong"),
        CARE_ALONE,
        (
            "That must be really {feeling} for you.",
            "That sounds very {feeling}, I am so sorry.",
            "I can only imagine how {feeling} it is to be left waiting.",
            "I understand why you are angry, anyone would be.",
            "It is {feeling} to pay for something and not get it, I hear you.",
            "I get how {feeling} that is, with {event} so close.",
            "You have every right to be upset about {thing}.",
            "Oh no, how {feeling}. That should not have happened to you.",
            "I know how much {event} means to you, and this is {feeling}.",
            "Being cut off twice is {feeling}, I would feel the same.",
        ),
    ),
    (
        ("empathy",),
        ("empathy_strong", *CARE_ALONE),
        (
            "Sorry about that.",
            "I'm sorry about {thing}.",
            "My apologies for the delay.",
            "I do apologize for the mix-up with {thing}.",
            "I understand your concern.",
        ),
    ),
    (
        (),
        (*NOTHING, "personalization"),
        (
            "Sorry, could you say that again?",
            "Please hold.",
            "Sure, happy to help.",
            "Calm down, please.",
            "That is our policy, there is nothing to be done.",
            "As I said, read the terms.",
            "Which of the two is it?",
            "The form is on our website.",
            "Yes, that is correct.",
            "Go to settings and choose the second entry.",
        ),
    ),
    (
        (),
        ("ownership_strong",),
        ("We will get back to you.", "We'll let you know {when}.", "Our team is going to look at {thing}."),
    ),
    (
        ("ownership", "ownership_strong"),
        (),
        (
            "I'll call you back {when} with an answer about {thing}.",
            "I am going to stay with this until {thing} is sorted out.",
            "I will personally see to it that {thing} reaches you {when}.",
            "You have my word, I'll follow up with {team} and let you know {when}.",
            "I've taken this on myself and I'll check on {thing} again {when}.",
            "I will keep an eye on {thing} and write to you {when}.",
            "I'll get back to you as soon as {team} answers me.",
            "I'm making sure {thing} is done {when}, and I'll ring you to confirm it.",
            "Leave it with me, I'll chase {team} and keep you posted.",
            "I will stay on the line with you until {thing} goes through.",
        ),
    ),
    (
        ("ownership",),
        ("ownership_strong",),
        (
            "Let me check {thing} for you.",
            "I'm opening your file now.",
            "I have sent {thing} to {team}.",
            "I'll pass this to {team} right away.",
            "I've updated {thing} just now.",
            "Give me a moment while I look into {thing}.",
            "I'll cancel {thing} and send you the confirmation.",
            "I will contact {team} about {thing}.",
            "I'll raise this with {team} now.",
        ),
    ),
    (
        (),
        ("ownership", "ownership_strong"),
        (
            "{team} will get back to you at some point.",
            "You would have to call {team} about {thing}.",
            "Someone from {team} should be in touch.",
            "What is the number on {thing}?",
            "Follow up with {team} if it does not arrive {when}.",
            "Keep me updated on how it goes.",
            "{thing} usually takes five working days.",
            "They will call you back {when}.",
        ),
    ),
    (
        ("personalization", "personalization_strong"),
        (),
        (
            "You have been with us since {years}, so I can waive that fee.",
            "I see you asked about {thing} last month as well, so let us settle it for good.",
            "Since you told me you prefer {plan}, I have set it up that way.",
            "With {event} coming up, let us choose the faster option.",
            "I hope {event} goes well!",
            "As you mentioned you work nights, I booked the afternoon slot.",
            "Your notes say you always take {plan}, shall I keep that?",
            "Given that you only use it at weekends, {plan} would suit you better.",
            "Because of {event}, I moved {thing} forward to {when}.",
        ),
    ),
    (
        ("personalization",),
        NOTHING,
        ("Thank you, {name}.", "You're welcome, {name}, have a nice day.", "Could you confirm the date, {name}?"),
    ),
    (
        (),
        ("personalization", "personalization_strong"),
        ("How can I help you today?", "What is the number on {thing}?", "{thing} usually takes five working days."),
    ),
    (
        ("proactivity", "proactivity_strong"),
        (),
        (
            "By the way, your card expires next month; shall I send the new one now?",
            "While I have you here, I noticed a cheaper plan that fits how you use it; it would save you 12 a month.",
            "Before you go, there is an open request about {thing} too; let me close that one as well.",
            "So that this does not happen again, I switched on an alert for you.",
            "If {thing} is late I would suggest picking it up at the counter instead, which is free.",
            "There is maintenance in your street {when}, so save your work before then.",
            "I can also offer you a replacement in the meantime, at no cost.",
            "You can also order it online, which saves you the delivery charge.",
            "Since {plan} is cheaper for you, would you like to hear about it?",
            "Do make a copy of your photos first, because the reset deletes them.",
            "I noticed that {thing} has no insurance; shall we look at that too?",
            "If the shop near you is closed, there is another one with {thing} in stock.",
        ),
    ),
    (
        ("proactivity",),
        ("proactivity_strong",),
        (
            "You will get an email with the details {when}.",
            "The next step is that {team} reviews it, which takes about two days.",
            "You should see {thing} {when}.",
            "If it happens again, restart it first.",
            "Keep the receipt, you may need it later.",
        ),
    ),
    (
        (),
        ("proactivity", "proactivity_strong"),
        (
            "Is there anything else I can help you with?",
            "What is the number on {thing}?",
            "Would you like me to go ahead with that?",
            "Could you try that and tell me what you see?",
            "It costs 20 a month.",
        ),
    ),
)


def phrases(columns: tuple[str, ...], count: int, seed: int, weight: float) -> Examples:
    """`count` random phrases with the targets their family settles; the others stay unknown (NaN)."""
    rng = random.Random(seed)
    texts, targets = [], np.full((count, len(columns)), np.nan)
    for row in range(count):
        shown, absent, templates = rng.choice(FAMILIES)
        pattern = rng.choice(OPENINGS if "personalization" not in absent else ("",)) + rng.choice(templates)
        pattern += rng.choice(ENDINGS)
        words = {slot: rng.choice(choices) for slot, choices in SLOTS.items()}
        text = pattern.format(**words)
        texts.append(text[0].upper() + text[1:])
        for value, names in ((1.0, shown), (0.0, absent)):
            targets[row, [columns.index(name) for name in names]] = value
    return Examples(texts, [""] * count, targets, np.full(count, weight))
