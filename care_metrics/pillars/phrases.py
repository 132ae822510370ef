"""Phrases that a rule may recognise without a model: few, plain and in English, case ignored."""

# Customers naming a feeling or hardship; "not worried" is taken out before the search.
FEELING = (
    r"\b(?:frustrat\w+|angry|anger|furious|upset\w*|annoy\w+|worried|worry\w*|anxious|stress\w+|scared|afraid|"
    r"disappoint\w+|desperate|devastated|exhaust\w+|overwhelmed|embarrass\w+|ashamed|heartbroken|grieving|"
    r"let down|fed up|sick of|tired of|at my wit'?s end)\b"
)
DENIED = r"\b(?:not|never|no longer|isn't|wasn't|aren't|don't be|am not|i'm not)\s+(?:\w+\s+){0,2}?" + FEELING
# Complaints, losses and vulnerability, whatever the tone in which they are told.
COMPLAINT = (
    r"\b(?:complain\w*|unacceptable|outrageous|ridiculous|disgrace\w*|ombudsman|lawyer|"
    r"(?:third|fourth|fifth|\d+th) time|again and again|over and over|"
    r"passed away|died|death|funeral|hospital|lost my (?:job|wife|husband|mother|father|son|daughter|home)|"
    r"stolen|scam\w*|fraud\w*|robbed)\b"
)
# Rubric, E = -1: dismissive, blaming, cold.
DISMISSIVE = (
    r"\b(?:calm down|nothing to be upset about|not that (?:serious|big a deal)|"
    r"you should(?:'ve| have) (?:read|checked|called|known|thought|told|paid|asked)|"
    r"(?:your own|you're the one at) fault|that's your (?:fault|problem)|something you did wrong|"
    r"(?:just|simply) (?:the|our) policy|(?:can't|cannot) do anything about (?:how|that|it)|"
    r"shouting (?:won't|will not)|everybody complains|as i (?:already )?(?:said|told you) (?:before|already))\b"
)
# Rubric, O = -1: the work is pushed away, or an unnamed somebody may do it.
PUSHES_AWAY = (
    r"\b(?:not (?:my|our) (?:department|job|area|responsibility|problem)|(?:isn't|is not|not) up to (?:me|us)|"
    r"(?:i|we) (?:don't|do not) (?:deal with|handle)|"
    r"some(?:one|body)(?: \w+){0,3} (?:will|might|may|should|would)(?: \w+){0,2}? "
    r"(?:look|get back|call|contact|reach|be in touch|check|deal|see|handle)|"
    r"you(?:'ll| will|'d| would)? (?:have|need) to (?:call|phone|ring|contact|write to|go to|speak (?:to|with)|talk to)|"
    r"nothing (?:more |else )?(?:i|we) can do)\b"
)
# Like words that spare the customer the way, or keep the door open.
NOT_SENT_AWAY = (
    r"\b(?:before|if|unless|when(?:ever)?|in case|rather than) you(?:'ll| will|'d| would| ever| still)? (?:have|need) to "
    r"(?:call|phone|ring|contact|write to|go to|speak (?:to|with)|talk to)\b"
)
# Rubric, N = -1: asks again for what was given; SPARED says the opposite in like words.
ASKS_AGAIN = (
    r"\b(?:(?:need|give|tell me|confirm|spell|repeat|provide|what(?:'s| is| was))\b[^.?!;]{0,40}"
    r"\b(?:name|number|details|reference|account|address|e-?mail|order|birth|postcode|zip|reason|problem|story|issue)\b"
    r"[^.?!;]{0,25}\b(?:again|once more|one more time)|"
    r"(?:repeat|re-?enter) your (?:details|information|data)|"
    r"(?:please|(?:can|could|will|would|'ll) you|you(?:'ll| will)?(?: have| need) to)\b[^.?!;]{0,40}"
    r"\b(?:start over|from the (?:start|beginning)))\b"
)
SPARED = (
    r"\b(?:don't|do not|doesn't|won't|will not|needn't|needs? not|no need|without|instead of)\b[^.?!;]{0,50}"
    r"\b(?:again|once more|start over|repeat\w*|from the (?:start|beginning))\b"
)
SORRY = r"[^.!?]*\b(?:sorry|apologi[sz]e|apologies)\b[^.!?]*"
# A time by which something will happen.
TIME = (
    r"\b(?:today|tonight|tomorrow|first thing|right away|same day|end of (?:the )?(?:day|week)|"
    r"(?:this|next) (?:morning|afternoon|evening|week|month)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:in|within)(?: the next)? (?:\d+|an?|one|two|three|four|five|six|seven|ten|a few|a couple of) (?:to \w+ )?"
    r"(?:business |working )?(?:minute|hour|day|week)s?|\d{1,2}(?::\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)|\d{1,2}:\d{2})"
)
# What identifies a customer: a redaction mark other than a name, an e-mail address, a number of four digits or more.
NO_IDENTIFIER = r"<name[^>]*>|[$€£]\s?[\d.,]+|\b(?:19|20)\d\d\b"
IDENTIFIER = r"<(?:card|ssn|iban|email|id|bank_account|phone|birth_date|address)[^>]*>|[\w.+-]+@[\w-]+\.\w+|[A-Za-z]{0,3}\d(?:[ -]?[A-Za-z0-9-]*\d){3,}"


def insensitive(pattern: str) -> str:
    """The pattern with case ignored."""
    return f"(?i){pattern}"
