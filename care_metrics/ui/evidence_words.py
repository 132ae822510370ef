"""A row of evidence in words: what it is about, what was found, who found it, and the turn that shows it."""

from collections.abc import Sequence
from typing import Any

from care_metrics.kpis import CATALOGUE
from care_metrics.pillars import ITEMS
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import Row
from care_metrics.ui.text import _, noted, translated

HARMFUL = {item.name for item in ITEMS if item.harmful}
RULES = "rules-"
BEHAVIOURS = {
    "acknowledges_feeling": noted("acknowledges the feeling"),
    "before_solving": noted("before solving"),
    "dismisses": noted("dismisses or blames"),
    "canned_sorry": noted("canned apology"),
    "answers_promptly": noted("answers promptly"),
    "looks_ahead": noted("looks ahead"),
    "reaches_out_first": noted("reaches out first"),
    "checks_in": noted("checks in"),
    "knows_the_customer": noted("knows the customer"),
    "asks_again": noted("asks again"),
    "keeps_context": noted("keeps the context"),
    "takes_it_on": noted("takes it on"),
    "says_when": noted("says when"),
    "pushes_away": noted("pushes it away"),
    "one_owner": noted("one owner"),
    "keeps_promise": noted("keeps the promise"),
    "stays_closed": noted("stays closed"),
    "keeps_in_hand": noted("keeps it in hand"),
}
_CHIPS = {
    "earned": noted("{pillar}: {behaviour}, {points}"),
    "part": noted("{pillar}, in part: {behaviour}, {points}"),
    "missed": noted("{pillar} missed: {behaviour}, {points}"),
    "harm": noted("{pillar} lost: {behaviour}, {points}"),
    "human": noted("Reviewer on {pillar}: {behaviour}, {points}"),
}


def kind(row: Row) -> str:
    """earned, part, harm or missed; human for what a reviewer gave, whatever it is."""
    if row["source"] == "human":
        return "human"
    if row["earned"] > 0:
        return "earned" if row["earned"] >= row["possible"] else "part"
    return "harm" if row["behaviour"] in HARMFUL else "missed"


def about(row: Row) -> str:
    """The pillar, or what a scorecard without one speaks of."""
    return translated(CATALOGUE[row["about"]].label) if row["about"] in CATALOGUE else _("Quality")


def behaviour(row: Row) -> str:
    """The item of our rubric in words; an item of somebody else's as they call it."""
    known = BEHAVIOURS.get(row["behaviour"])
    return translated(known) if known else fmt.neat(row["behaviour"])


def points(earned: float, possible: float) -> str:
    """1 of 2."""
    return _("{earned} of {possible}").format(earned=_number(earned), possible=_number(possible))


def _number(value: float) -> str:
    return fmt.number(value, 0 if round(value, 1) == round(value) else 1)


def chip(row: Row) -> str:
    """What stands beside the turn."""
    return translated(_CHIPS[kind(row)]).format(
        pillar=about(row), behaviour=behaviour(row), points=points(row["earned"], row["possible"])
    )


def why(row: Row) -> str:
    """Reason, opportunity, who found it and how surely, and what was taken back."""
    told = [fmt.neat(translated(row["reason"])) + "."] if row["reason"] else []
    if row["gate_turn_no"] is not None:
        told.append(_("The opportunity: turn {turn}.").format(turn=row["gate_turn_no"]))
    told.append(_found(row))
    if row["withdrawn"] and not row["possible"]:
        told.append(_("Taken out of the score after a dispute."))
    elif row["withdrawn"]:
        told.append(_("Withdrawn after a dispute, so it earns nothing."))
    elif not row["supported"] and not row["derived"]:
        told.append(_("It cites nothing that is on record, so it earns nothing."))
    return " ".join(told)


def _found(row: Row) -> str:
    if row["source"] == "human":
        return _("From a human scorecard; it does not enter the pillar score.")
    if not row["derived"]:
        return _("It came with the data.")
    if str(row["revision"]).startswith(RULES):
        return _("By rule {revision}.").format(revision=str(row["revision"]).removeprefix(RULES))
    text = _("Read by model {revision}, confidence {share}.")
    return text.format(revision=row["revision"], share=fmt.percent(row["confidence"] or 0.0, 0))


def turn_of(row: Row, turns: Sequence[dict[str, Any]]) -> int | None:
    """The turn that shows it: the one cited, else the agent's first chance after the opportunity, else none."""
    known = {turn["turn_no"] for turn in turns}
    if row["turn_no"] is not None:
        return row["turn_no"] if row["turn_no"] in known else None
    if row["source"] != "text" or row["gate_turn_no"] is None:
        return None
    after = [turn["turn_no"] for turn in turns if turn["speaker"] == "agent" and turn["turn_no"] > row["gate_turn_no"]]
    return min(after, default=None)


def verdicts() -> dict[str, str]:
    """The two toggles of a reviewer, and their keys."""
    return {
        "right": _("right"),
        "wrong": _("wrong"),
        "rightKey": _("The model is right (key R)"),
        "wrongKey": _("The model is wrong (key W)"),
    }
