"""What a review is made of, in words: root causes, next steps, the scorecard, and what a turn should be."""

from care_metrics.ui.text import noted

NONE = ""
ROOT_CAUSES = {
    NONE: noted("Not said"),
    "passed_around": noted("Passed around"),
    "waited": noted("Waited too long"),
    "not_solved": noted("Not solved"),
    "wrong_information": noted("Wrong information"),
    "tone": noted("Tone of the agent"),
    "policy": noted("Policy"),
    "product": noted("Product or service"),
    "other": noted("Something else"),
}
NEXT_STEPS = {
    NONE: noted("Not said"),
    "nothing": noted("Nothing to do"),
    "coach_agent": noted("Coach the agent"),
    "call_customer": noted("Call the customer back"),
    "fix_process": noted("Fix the process"),
    "second_opinion": noted("Second opinion"),
}
SCORECARD = {
    "identified": noted("Identified the customer as required"),
    "understood": noted("Understood the matter before solving"),
    "solved": noted("Solved it or took it on"),
    "next_step": noted("Said what happens next"),
    "courteous": noted("Stayed courteous"),
}
# What a turn's sentiment should be, in the words that a reviewer has for it.
SHOULD = {
    -0.9: noted("very negative"),
    -0.5: noted("negative"),
    0.0: noted("neutral"),
    0.5: noted("positive"),
    0.9: noted("very positive"),
}
ANSWERS = {"yes": noted("yes"), "no": noted("no"), "na": noted("n/a")}
